"""The page of a team: its legal basis, its size, and its roster to take along."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from programs.decree_steps import legal_steps, road_to_next
from programs.models import Membership, Person
from sinergi.kit.status import Status
from tests import factories
from tests.exporting import downloaded
from tests.pages import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


class TestRoster:
    def test_a_sheet_with_any_character(self, client, sign_in, team):
        sign_in("observer")
        Person.objects.filter(name="Kepala DKPUS").update(
            name="Nama\x0bAneh", phone="+6281234567890"
        )
        assert downloaded(client, reverse("programs:team_roster", args=[team.pk]))


class TestLegality:
    def test_what_is_ahead_is_not_shown_as_done(self, team):
        draft = factories.decree(
            team, state="drafting", level="governor", roster_on=team.today + timedelta(days=20)
        )
        steps = {step.label: step for step in road_to_next(team, [draft], team.today)[1]}
        assert steps["Daftar anggota disesuaikan"].is_ahead

    def test_a_day_of_the_past_knows_nothing_of_todays_drafts(self, team):
        draft = factories.decree(team, state="drafting", level="governor")
        assert legal_steps(team, [draft], date(2019, 1, 1))[1].status == Status("Tahap berikutnya")
        assert legal_steps(team, [draft], team.today)[1].in_progress

    def test_eleven_are_not_called_ten(self, client, sign_in, team):
        sign_in("observer")
        for n in range(3):
            person = factories.person(f"Orang {n}")
            Membership(
                team=team, person=person, institution=person.institution, starts_on=date(2019, 1, 1)
            ).save_as(by=None)
        page = html_of(client.get(team.get_absolute_url()))
        assert (
            "Sebelas anggota, lebih dari sepuluh yang diharapkan pedoman" in page
            and "11 dari 10" not in page
        )
