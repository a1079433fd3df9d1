"""Regions from the official list, and libraries at exactly one place each."""

import contextlib
import dataclasses
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from tests import factories
from tests.constraints import refused
from villages import gazetteer
from villages.actions import apply_regions, compare_regions, load_regions
from villages.models import District, Library, Province, Regency, Village

pytestmark = pytest.mark.django_db


@pytest.mark.both("bulk writes")
class TestLoadRegions:
    def test_one_province(self):
        result = load_regions(province="19")
        assert Province.objects.get().name == "Kepulauan Bangka Belitung"
        assert Regency.objects.count() == 7
        assert len(result.new) == sum(
            model.objects.count() for model in (Province, Regency, District, Village)
        )
        seliu = Village.objects.get(pk="19.02.02.2009")
        assert (seliu.name, seliu.district.name, seliu.regency_id, seliu.province_id) == (
            "Pulau Seliu",
            "Membalong",
            "19.02",
            "19",
        )

    def test_again_changes_nothing(self, django_assert_max_num_queries):
        load_regions(province="19")
        with django_assert_max_num_queries(8):
            result = load_regions(province="19")
        assert not result.new and not result.changed and not result.gone and result.unchanged > 400

    def test_mends_what_differs_and_keeps_what_is_gone(self):
        load_regions(province="19")
        Village.objects.filter(pk="19.02.02.2009").update(name="Seliu")
        district = District.objects.get(pk="19.02.02")
        place = {"district": district, "regency_id": "19.02", "province_id": "19"}
        Village.objects.create(pk="19.02.02.2999", name="Desa lama", **place)
        result = load_regions(province="19")
        assert result.renamed == [("19.02.02.2009", "Seliu", "Pulau Seliu")]
        assert result.gone == [("19.02.02.2999", "Desa lama")]
        assert Village.objects.get(pk="19.02.02.2009").name == "Pulau Seliu"
        assert Village.objects.get(pk="19.02.02.2999").gone_in == gazetteer.EDITION
        again = load_regions(province="19")
        assert not again.gone and not again.renamed, "what is marked is not told again"

    def test_another_edition_is_compared_before_it_is_written(self):
        load_regions(province="19")
        places = [p for p in gazetteer.list_places("19") if p.code != "19.01.06.2002"]
        renamed = next(p for p in places if p.code == "19.01.03.2005")
        places[places.index(renamed)] = dataclasses.replace(renamed, name="Kimak Baru")
        places.append(gazetteer.Place("19.01.06.2099", "Desa Pemekaran", 4, "desa"))
        changes = compare_regions(province="19", places=places)
        assert changes.new == [("19.01.06.2099", "Desa Pemekaran")]
        assert changes.renamed == [("19.01.03.2005", "Kimak", "Kimak Baru")]
        assert changes.gone == [("19.01.06.2002", "Kapuk")]
        assert Village.objects.get(pk="19.01.03.2005").name == "Kimak", "nothing is written yet"
        apply_regions(changes)
        assert Village.objects.get(pk="19.01.03.2005").name == "Kimak Baru"
        assert (
            Village.objects.get(pk="19.01.06.2002").gone_in
            and Village.objects.filter(pk="19.01.06.2099").exists()
        )

    def test_a_code_that_is_back_loses_its_mark(self):
        load_regions(province="19")
        Village.objects.filter(pk="19.01.06.2002").update(gone_in="Edisi antara")
        assert load_regions(province="19").back == [("19.01.06.2002", "Kapuk")]
        assert Village.objects.get(pk="19.01.06.2002").gone_in == ""

    def test_all_or_nothing(self, monkeypatch):
        def crash(*args, **kwargs):
            raise RuntimeError("putus")

        monkeypatch.setattr(type(Village.objects.all()), "bulk_create", crash)
        with pytest.raises(RuntimeError):
            load_regions(province="19")
        assert not Province.objects.exists()

    def test_the_command_says_what_it_did(self):
        out = StringIO()
        call_command("load_regions", province="19", stdout=out)
        assert "448 baru, 0 berganti nama" in out.getvalue() and "Diterapkan" in out.getvalue()

    @pytest.fixture
    def differs(self):
        load_regions(province="19")
        Village.objects.filter(pk="19.02.02.2009").update(name="Seliu")

    def test_the_command_shows_before_it_applies(self, differs):
        """Without a person to ask it writes nothing until it is told to."""
        out = StringIO()
        with pytest.raises(CommandError, match="--yes"):
            call_command("load_regions", province="19", stdout=out)
        assert "19.02.02.2009 Seliu → Pulau Seliu" in out.getvalue()
        assert Village.objects.get(pk="19.02.02.2009").name == "Seliu"
        call_command("load_regions", province="19", yes=True, stdout=out)
        assert Village.objects.get(pk="19.02.02.2009").name == "Pulau Seliu"

    def test_the_command_asks_a_person(self, differs, monkeypatch):
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        for said, name in (("t", "Seliu"), ("ya", "Pulau Seliu")):
            monkeypatch.setattr("builtins.input", lambda _, said=said: said)
            with contextlib.suppress(CommandError):
                call_command("load_regions", province="19", stdout=StringIO())
            assert Village.objects.get(pk="19.02.02.2009").name == name

    def test_a_dry_run_only_shows(self, differs):
        out = StringIO()
        call_command("load_regions", province="19", dry_run=True, yes=True, stdout=out)
        assert "Tidak ada yang ditulis" in out.getvalue()
        assert Village.objects.get(pk="19.02.02.2009").name == "Seliu"

    def test_an_unknown_province_is_refused(self):
        with pytest.raises(CommandError, match="99 tidak ada"):
            call_command("load_regions", province="99")


def test_the_list_has_every_village_once():
    """83,762 villages of the edition of 2025, in 38 provinces."""
    codes = [place.code for place in gazetteer.list_places() if place.level == 4]
    assert len(codes) == len(set(codes)) == 83_762
    assert sum(1 for place in gazetteer.list_places() if place.level == 1) == 38


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("19", "Asia/Jakarta"),
        ("61", "Asia/Jakarta"),
        ("51", "Asia/Makassar"),
        ("91", "Asia/Jayapura"),
    ],
)
def test_time_zones(code, zone):
    assert gazetteer.time_zone(code) == zone


@pytest.mark.both("constraints")
class TestLibraryConstraints:
    def test_exactly_one_place(self):
        of_village = factories.library()
        of_regency = factories.library(factories.regency())
        of_province = factories.library(factories.province())
        refused(of_village, village=None)
        refused(of_village, level="province")
        refused(of_regency, regency=None)
        refused(of_province, level="regency")
        assert [str(lib.place) for lib in (of_village, of_regency, of_province)] == [
            "Kapuk",
            "Kabupaten Bangka",
            "Kepulauan Bangka Belitung",
        ]

    def test_the_places_agree(self):
        library = factories.library()
        factories.regency("19.02", "Kabupaten Belitung")
        factories.province("11")
        refused(library, regency="19.02")
        refused(library, province="11")

    @pytest.mark.parametrize("place", [factories.village, factories.regency, factories.province])
    def test_one_library_a_place(self, place):
        factories.library(place())
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.library(place())
        assert Library.objects.count() == 1

    def test_a_code_names_what_it_lies_in(self):
        village = factories.village()
        factories.regency("19.02", "Kabupaten Belitung")
        refused(village, regency="19.02")
        refused(village.district, regency="19.02")


@pytest.mark.both("search")
def test_a_village_is_found_by_a_part_of_its_name(client, sign_in):
    load_regions(province="19")
    sign_in("secretariat")
    page = client.get("/desa/?q=seliu").content.decode()
    assert "Pulau Seliu" in page and "Membalong" in page and page.count('class="s-main"') == 1


def test_a_region_of_every_level_has_a_page(client, sign_in):
    load_regions(province="19")
    sign_in("secretariat")
    for code, words in {
        "19": "Kabupaten Bangka",
        "19.02": "Membalong",
        "19.02.02": "Pulau Seliu",
        "19.02.02.2009": "33452",
    }.items():
        assert words in client.get(f"/wilayah/{code}/").content.decode()
    for code in ("19.0", "x", "19.02.02.2009.1", "11", "99", "1%00", "19.0%00"):
        assert client.get(f"/wilayah/{code}/").status_code == 404
