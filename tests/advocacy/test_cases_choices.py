"""
Forms that offer choices: few of them at any number of records, the chosen one always, and others
looked for by words.
"""

import gzip
import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advocacy.actions import move_case
from advocacy.forms import cases as case_forms
from advocacy.models import AdvocacyCase
from programs.choices import person_choices, village_choices
from programs.models import Membership
from tests import factories
from tests.advocacy.test_cases import case_data, fresh
from tests.advocacy.test_commitments import commitment_data
from tests.pages import html_of
from tests.test_pages import queries

pytestmark = pytest.mark.django_db

MOST_BYTES = 15 * 1024


def many_cases(team, count, asked="Buku nomor {}".format):
    person = team.memberships.first().person
    AdvocacyCase.objects.bulk_create(
        AdvocacyCase(
            team=team,
            province=team.province,
            institution=person.institution,
            aim="goods",
            asked=asked(n),
            person_in_charge=person,
            stage_since=date(2012, 1, 1) + timedelta(days=n),
        )
        for n in range(count)
    )


class TestCases:
    @pytest.mark.parametrize("url", ["/komitmen/baru/", "/rapat/baru/"])
    def test_2000_of_them_are_no_heavier_than_a_list_of_some(self, client, sign_in, team, url):
        sign_in("secretariat")
        chance = random.Random(7)
        words = [
            "koleksi",
            "komputer",
            "jaringan",
            "bangunan",
            "pelatihan",
            "anggaran",
            "kendaraan",
            "kursi",
            "meja",
            "buku",
        ]
        many_cases(team, 2)
        few = queries(client, url)
        many_cases(team, 2000, lambda n: f"{n} {' '.join(chance.choices(words, k=16))}")
        assert queries(client, url) == few
        answer = client.get(url)
        assert len(gzip.compress(answer.content)) <= MOST_BYTES

    def test_those_that_moved_last_are_offered_and_the_chosen_one(
        self, client, sign_in, team, monkeypatch
    ):
        sign_in("secretariat")
        monkeypatch.setattr(case_forms, "CASE_LIMIT", 3)
        many_cases(team, 6)
        old = AdvocacyCase.objects.get(asked="Buku nomor 0")
        form = client.get(f"/komitmen/baru/?sasaran={old.pk}").context["form"]
        offered = [text.rpartition(" ")[2] for key, text in form.fields["case"].choices if key]
        assert sorted(offered) == ["0", "3", "4", "5"] and form.has_more
        assert form["case"].value() == old.pk

    def test_one_that_is_not_offered_is_looked_for(self, client, sign_in, team, monkeypatch):
        sign_in("secretariat")
        monkeypatch.setattr(case_forms, "CASE_LIMIT", 2)
        many_cases(team, 6)
        answer = client.get("/komitmen/baru/?cari=nomor+1")
        assert "Buku nomor 1<" in html_of(answer) and 'name="cari"' in html_of(answer)

    def test_one_that_is_not_offered_may_still_be_sent(self, client, sign_in, team, monkeypatch):
        """It was on the page while fewer had moved."""
        sign_in("secretariat")
        monkeypatch.setattr(case_forms, "CASE_LIMIT", 1)
        many_cases(team, 3)
        old = AdvocacyCase.objects.get(asked="Buku nomor 0")
        data = {
            "kind": "money",
            "value": "5",
            "description": "Uang",
            "promised_on": "2019-08-01",
            "promised_by": "Kepala",
        }
        client.post("/komitmen/baru/", data | {"case": old.pk, "institution": old.institution_id})
        assert old.commitments.count() == 1


class TestPeople:
    def test_members_are_read_together(self, team):
        """Each with the institution of today, in the order of the team."""

        def ask():
            with CaptureQueriesContext(connection) as captured:
                groups, _ = person_choices(team)
            return len(captured), groups

        few, groups = ask()
        members = [one.person for one in team.members_on(team.today)]
        assert groups[0] == (
            "Anggota tim",
            [(one.pk, f"{one.name} · {one.institution}") for one in members],
        )
        for n in range(8):
            office = factories.institution(f"Kantor {n}")
            one = factories.person(f"Anggota {n}", institution=office)
            Membership(team=team, person=one, institution=office, starts_on=team.today).save_as(
                by=None
            )
        many, groups = ask()
        assert many == few and len(groups[0][1]) == len(members) + 8

    def test_without_an_institution_the_regency_is_said(self, team):
        one = factories.person("Sukarelawan")
        one.institution, one.regency = None, factories.regency()
        one.save_as(by=None)
        other = factories.person("Tamu")
        other.institution = None
        other.save_as(by=None)
        choices = dict(person_choices(team)[0][-1][1])
        assert (choices[one.pk], choices[other.pk]) == ("Sukarelawan · Kabupaten Bangka", "Tamu")


class TestVillages:
    def test_are_those_of_the_place_with_a_library(self):
        for code, name in (
            ("19.01.06.2002", "Kapuk"),
            ("19.01.06.2003", "Badau"),
            ("19.02.01.2001", "Air Saga"),
        ):
            factories.library(factories.village(code, name))
        factories.village("19.01.06.2009", "Tanpa perpustakaan")
        factories.library(factories.village("11.01.01.2001", "Keude"))
        groups, has_more = village_choices("19")
        assert not has_more and [(name, [label for _, label in rows]) for name, rows in groups] == [
            ("Kabupaten Bangka", ["Desa Badau", "Desa Kapuk"]),
            ("Kabupaten Belitung", ["Desa Air Saga"]),
        ]
        groups, _ = village_choices("19", regency="19.02")
        assert [key for _, rows in groups for key, _ in rows] == ["19.02.01.2001"]

    def test_a_word_is_looked_for_in_the_place_alone(self):
        with CaptureQueriesContext(connection) as captured:
            village_choices("19", words="a")
        assert '"villages_village"."province_id" = ' in captured[0]["sql"]


class TestTickBoxes:
    def test_are_drawn_as_django_draws_each(self, client, sign_in, team):
        """The chosen one is ticked, and what is written in a name is text."""
        sign_in("secretariat")
        many_cases(team, 2, lambda n: f'Buku "{n}" <b>&')
        case = AdvocacyCase.objects.first()
        answer = client.get(f"/rapat/baru/?sasaran={case.pk}")
        field, text = answer.context["multiform"].form["cases"], html_of(answer)
        for box in field.subwidgets:
            drawn = box.tag()
            assert f'<label class="s-choice" for="{box.id_for_label}">{drawn}' in text
        assert sum(" checked" in box.tag() for box in field.subwidgets) == 1
        assert "<b>&" not in text.partition('id="audiensi"')[2]


class TestChoices:
    @pytest.mark.parametrize("stage", AdvocacyCase.Stage)
    def test_what_was_answered_is_asked_no_more(self, client, sign_in, team, stage):
        """Neither a new commitment nor the page of its library offers a case that is settled."""
        sign_in("secretariat")
        library = factories.library()
        case = factories.case(team, villages=[library.village], asked="Rak buku")
        AdvocacyCase.objects.filter(pk=case.pk).update(stage=stage)
        goes_on = stage.name in {"IDENTIFIED", "CONTACTED", "AUDIENCE", "COMMITTED", "DORMANT"}
        for url in ("/komitmen/baru/", library.get_absolute_url()):
            assert ("Rak buku" in html_of(client.get(url))) == goes_on, url

    def test_a_settled_case_stays_named_by_its_own_button(
        self, client, sign_in, team, secretariat_account
    ):
        sign_in(secretariat_account)
        case = factories.case(team)
        move_case(
            case=fresh(case),
            stage="declined",
            on=date(2019, 7, 5),
            note="Menolak.",
            by=secretariat_account,
        )
        page = html_of(client.get(f"/komitmen/baru/?sasaran={case.pk}"))
        assert f'<option value="{case.pk}" selected>' in page

    def test_a_chosen_case_is_listed_however_many_there_are(
        self, client, sign_in, team, monkeypatch
    ):
        sign_in("secretariat")
        monkeypatch.setattr(case_forms, "CASE_LIMIT", 1)
        old, *_ = (
            factories.case(team, asked=f"Buku {n}", since=date(2019, 7, 1 + n)) for n in range(3)
        )
        meeting = factories.audience(team, [old])
        page = html_of(client.get(reverse("advocacy:meeting_update", args=[meeting.pk])))
        assert "Buku 0" in page and "Buku 2" in page and "Buku 1" not in page

    def test_places_whose_library_is_gone_stay(self, client, sign_in, team, secretariat_account):
        sign_in(secretariat_account)
        library = factories.library()
        case = factories.case(team, by=secretariat_account, villages=[library.village])
        publication = factories.media(team, village=library.village)
        library.delete_as(by=secretariat_account)
        data = case_data(team, version=case.version, villages=[library.village_id], asked="Lain")
        page = html_of(client.get(reverse("advocacy:case_update", args=[case.pk])))
        assert "Desa Kapuk" in page and " checked" in page
        assert client.post(reverse("advocacy:case_update", args=[case.pk]), data).status_code == 302
        assert case.places.get().village_id == library.village_id
        assert f'value="{library.village_id}" selected' in html_of(
            client.get(f"{publication.get_absolute_url()}ubah/")
        )

    def test_the_team_is_that_of_what_the_address_names(self, client, sign_in, team):
        there = factories.team("71", members=factories.ROSTER[:3])
        office = factories.institution("Kantor lain", "private", "71")
        sign_in(factories.assign(factories.user("secretariat"), "secretariat", "71"))
        page = html_of(client.get(f"/advokasi/baru/?instansi={office.pk}"))
        assert f'<option value="{office.pk}" selected>' in page and there.name in page


@pytest.mark.both("each database refuses other keys")
class TestKeys:
    @pytest.mark.parametrize("key", ["9" * 30, "9" * 5000, "x", "1\x00", "-1"])
    def test_keys_that_cannot_be(self, client, sign_in, team, meeting_data, key):
        sign_in("secretariat")
        answers = [
            client.post("/rapat/baru/", meeting_data(team, kind="audience", cases=[key])),
            client.post("/komitmen/baru/", commitment_data(meeting=key, case=key, activity=key)),
            client.post(
                "/publikasi/baru/",
                {"meeting": key, "commitment": key, "village": key, "title": "x"},
            ),
            client.post("/advokasi/baru/", case_data(team, villages=[key], regencies=[key])),
        ]
        assert {answer.status_code for answer in answers} == {422}
