"""What a team is called and its limits, changed on a page of the portal."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programs.models import Membership, Team
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def page_of(team):
    return reverse("programs:team_update", args=[team.pk])


def sent(team, **changes):
    return {
        "version": team.version,
        "name": team.name,
        "formed_on": team.formed_on.isoformat(),
        "stall_days": "45",
        "visit_interval": "4",
        "visit_interval_open": "2",
        "independent_quarters": "3",
        "independent_staff": "on",
    } | changes


class TestChanging:
    def test_by_the_administrator(self, client, sign_in, team):
        account = sign_in("administrator")
        answer = client.post(page_of(team), sent(team, name="Tim Sinergi Babel"))
        assert answer.url == team.get_absolute_url()
        team.refresh_from_db()
        assert (team.name, team.stall_days) == ("Tim Sinergi Babel", 45)
        assert (team.visit_interval, team.visit_interval_open) == (4, 2)
        asked = (team.independent_budget, team.independent_staff, team.independent_policies)
        assert (team.independent_quarters, *asked) == (3, False, True, False)
        assert team.history.first().history_user == account

    def test_stands_in_its_history(self, client, sign_in, team):
        sign_in("administrator")
        client.post(page_of(team), sent(team))
        shown = client.get(reverse("programs:team_history", args=[team.pk])).content.decode()
        assert "45" in shown

    def test_is_one_tap_from_the_teams_page_for_who_may(self, client, sign_in, team):
        for role, offered in (
            ("administrator", True),
            ("secretariat", False),
            ("chair", False),
            ("observer", False),
        ):
            sign_in(role)
            shown = client.get(team.get_absolute_url()).content.decode()
            assert (f'href="{page_of(team)}"' in shown) is offered

    def test_its_province_is_not_taken_from_the_request(self, client, sign_in, team):
        factories.province("18")
        sign_in("administrator", province_code=None)
        client.post(page_of(team), sent(team, province="18", is_sample="on"))
        team.refresh_from_db()
        assert team.province_id == "19" and not team.is_sample


class TestRefused:
    @pytest.mark.parametrize(
        ("changes", "field", "words"),
        [
            ({"name": " "}, "name", "Isi nama tim."),
            ({"formed_on": "0018-11-28"}, "formed_on", "Periksa tahunnya."),
            ({"formed_on": "2028-11-28"}, "formed_on", "anggota pertama mulai 28 November 2018"),
            ({"stall_days": "0"}, "stall_days", "Isi jumlah hari, 1 sampai 365."),
            ({"stall_days": "366"}, "stall_days", "Isi jumlah hari, 1 sampai 365."),
            ({"stall_days": "sebulan"}, "stall_days", "Isi jumlah hari, 1 sampai 365."),
            ({"visit_interval": "0"}, "visit_interval", "Isi jumlah bulan, 1 sampai 24."),
            ({"visit_interval": "25"}, "visit_interval", "Isi jumlah bulan, 1 sampai 24."),
            ({"visit_interval_open": ""}, "visit_interval_open", "Isi jumlah bulan, 1 sampai 24."),
            ({"independent_quarters": "0"}, "independent_quarters", "1 sampai 8."),
            ({"independent_quarters": "9"}, "independent_quarters", "1 sampai 8."),
            ({"visit_interval_open": "5"}, "visit_interval_open", "tidak boleh lebih panjang"),
        ],
    )
    def test_beside_the_field_with_the_text_kept(
        self, client, sign_in, team, changes, field, words
    ):
        sign_in("administrator")
        answer = client.post(page_of(team), sent(team, **changes))
        assert answer.status_code == 422 and words in " ".join(answer.context["form"].errors[field])
        assert changes.get("stall_days", "45") in answer.content.decode()
        team.refresh_from_db()
        assert team.version == 1

    def test_of_another_province(self, client, sign_in, team):
        sign_in("administrator", province_code="18")
        assert client.get(page_of(team)).status_code == 404
        assert client.post(page_of(team), sent(team)).status_code == 404

    def test_a_stale_save_shows_both(self, client, sign_in, team):
        sign_in("administrator")
        data = sent(team, name="Tim Sinergi Babel")
        team.name = "Tim Sinergi Serumpun Sebalai"
        team.save_as(by=None)
        answer = client.post(page_of(team), data)
        shown = answer.content.decode()
        assert (
            answer.status_code == 409
            and "Tim Sinergi Babel" in shown
            and "Tim Sinergi Serumpun Sebalai" in shown
        )
        assert Team.objects.get().name == "Tim Sinergi Serumpun Sebalai"
        again = sent(
            team, name="Tim Sinergi Babel", version=answer.context["form"]["version"].value()
        )
        assert client.post(page_of(team), again).status_code == 302
        assert Team.objects.get().name == "Tim Sinergi Babel"


class TestFoundingDay:
    def test_is_not_long_after_the_first_member(self, team):
        team.formed_on = date(2020, 1, 1)
        with pytest.raises(ValidationError, match="anggota pertama mulai 28 November 2018"):
            team.full_clean()

    def test_that_is_stored_stands(self, team):
        Membership.objects.filter(team=team).update(starts_on=date(2010, 1, 1))
        team.full_clean()
