"""
Loading regions from the page: by province or all of them, a part at a time, again without harm, and
in one's own places.
"""

import pytest

from tests import factories
from villages import gazetteer
from villages.actions import LoadedMeanwhile, load_new_province, load_regions
from villages.actions import regions as actions
from villages.models import District, Province, Regency, Village
from villages.views import regions as region_views

pytestmark = pytest.mark.django_db

PAGE = "/wilayah/muat/"
SMALL = {"36": "Banten", "34": "Daerah Istimewa Yogyakarta", "31": "Daerah Khusus Ibukota Jakarta"}


@pytest.fixture
def three(monkeypatch):
    """Let the country have three small provinces."""
    monkeypatch.setattr(gazetteer, "list_provinces", lambda: SMALL)


def told(response):
    return [str(message) for message in response.context["messages"]]


class TestOne:
    def test_is_loaded_whole_and_counted(self, client, sign_in):
        sign_in(factories.user(is_superuser=True))
        answer = client.post(PAGE, {"provinsi": "31"}, follow=True)
        new = {model: model.objects.count() for model in (Regency, District, Village)}
        assert Province.objects.get().pk == "31" and all(new.values())
        counted = (
            f"{new[Regency]} kabupaten/kota, {new[District]} kecamatan, {new[Village]} desa dan"
            " kelurahan"
        )
        assert told(answer) == [f"{SMALL['31']} dimuat: {counted}."]
        assert "/tim/baru/?provinsi=31" in answer.content.decode(), (
            "what comes next stands beside it"
        )

    def test_again_changes_nothing_and_says_so(self, client, sign_in):
        sign_in(factories.user(is_superuser=True))
        client.post(PAGE, {"provinsi": "31"}, follow=True)
        Village.objects.filter(pk=Village.objects.first().pk).update(name="Nama lama")
        answer = client.post(PAGE, {"provinsi": "31"}, follow=True)
        assert told(answer) == [f"{SMALL['31']} sudah dimuat lebih dulu, mungkin oleh orang lain."]
        assert Village.objects.filter(name="Nama lama").exists(), (
            "changes are the command's, which shows them first"
        )

    @pytest.mark.parametrize("code", ["", "99", "19.01", "x", None])
    def test_of_no_province_does_not_exist(self, client, sign_in, code):
        sign_in(factories.user(is_superuser=True))
        assert client.post(PAGE, {"provinsi": code} if code is not None else {}).status_code == 404
        assert not Province.objects.exists()


class TestAll:
    def test_a_part_at_a_time_until_all_are_there(self, client, sign_in, three, monkeypatch):
        """However slow the machine: at least one each time, so that it ends."""
        monkeypatch.setattr(region_views, "SECONDS", 0)
        sign_in(factories.user(is_superuser=True))
        for done in (1, 2):
            answer = client.post(PAGE, {"provinsi": "semua"})
            page = answer.content.decode()
            assert answer.status_code == 200 and f"{done} dari 3 provinsi" in page
            assert "data-goes-on" in page and "Lanjutkan" in page, (
                "with JavaScript by itself, without it by a button"
            )
        answer = client.post(PAGE, {"provinsi": "semua"}, follow=True)
        assert (
            told(answer) == ["Semua provinsi sudah dimuat."]
            and "data-goes-on" not in answer.content.decode()
        )
        assert set(Province.objects.values_list("pk", flat=True)) == set(SMALL)

    def test_while_there_is_time_in_one_request(self, client, sign_in, three, monkeypatch):
        monkeypatch.setattr(region_views, "monotonic", lambda: 0)
        sign_in(factories.user(is_superuser=True))
        assert client.post(PAGE, {"provinsi": "semua"}).status_code == 302
        assert Province.objects.count() == 3

    def test_what_is_there_is_left_alone(self, client, sign_in, three, monkeypatch):
        asked = []
        load_regions(province="34")
        monkeypatch.setattr(
            region_views,
            "load_new_province",
            lambda code: asked.append(code) or load_new_province(code),
        )
        sign_in(factories.user(is_superuser=True))
        client.post(PAGE, {"provinsi": "semua"})
        assert asked == ["36", "31"]


class TestWhose:
    def test_an_administrator_loads_the_own_province_alone(self, client, sign_in):
        sign_in("administrator")
        page = client.get(PAGE).content.decode()
        assert "Bangka Belitung" in page and "Lampung" not in page and "Muat semua" not in page
        assert client.post(PAGE, {"provinsi": "18"}).status_code == 404
        assert client.post(PAGE, {"provinsi": "semua"}).status_code == 302
        assert set(Village.objects.values_list("province", flat=True)) == {"19"}

    def test_nobody_else_loads_anything(self, client, sign_in):
        sign_in("secretariat")
        assert client.post(PAGE, {"provinsi": "19"}).status_code == 403
        assert not Village.objects.exists()


class TestMeanwhile:
    def meanwhile(self, monkeypatch):
        """Another loads the province after it was looked for, and before it is written."""
        real = actions.compare_regions

        def compare(**asked):
            changes = real(**asked)
            actions.apply_regions(real(**asked))
            return changes

        monkeypatch.setattr(actions, "compare_regions", compare)

    @pytest.mark.both("the key's own error")
    def test_is_told_apart_from_an_error(self, monkeypatch):
        self.meanwhile(monkeypatch)
        with pytest.raises(LoadedMeanwhile):
            load_new_province("31")

    def test_is_said_and_the_rest_goes_on(self, client, sign_in, three, monkeypatch):
        monkeypatch.setattr(region_views, "monotonic", lambda: 0)
        self.meanwhile(monkeypatch)
        sign_in(factories.user(is_superuser=True))
        answer = client.post(PAGE, {"provinsi": "semua"}, follow=True)
        assert len(told(answer)) == 4 and "lebih dulu" in told(answer)[0]
        assert Province.objects.count() == 3


class TestEmptyPages:
    """Nothing is loaded: what comes first, by role."""

    @pytest.mark.parametrize(
        "path", ["/wilayah/", "/desa/impor/", "/tim/baru/", "/mitra/baru/", "/orang/baru/"]
    )
    def test_lead_to_the_loading(self, client, sign_in, path):
        sign_in(factories.user(is_superuser=True))
        answer = client.get(path)
        assert answer.status_code == 200
        assert (
            PAGE in answer.content.decode()
            and "Daftar wilayah masih kosong" in answer.content.decode()
        )

    def test_who_cannot_load_is_told_who_does(self, client, sign_in):
        sign_in("observer", province_code=None)
        page = client.get("/wilayah/").content.decode()
        assert "Administrator portal memuatnya" in page and PAGE not in page

    @pytest.mark.parametrize(
        ("role", "leads", "not_to"),
        [
            ("administrator", "/desa/impor/", None),
            ("secretariat", 'btn-primary" href="/desa/"', "/desa/impor/"),
            ("observer", "yang dicatat sekretariat", "/desa/impor/"),
        ],
    )
    def test_without_libraries(self, client, sign_in, role, leads, not_to):
        sign_in(role)
        page = client.get("/perpustakaan/").content.decode()
        assert leads in page and (not_to is None or not_to not in page)
