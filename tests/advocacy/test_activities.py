"""Planned activities: what counts for them, chosen with a meeting or a commitment, by the day."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from advocacy.forms import activities as activity_forms
from advocacy.models import Commitment, Meeting
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.advocacy.test_commitments import commitment_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return factories.activity(
        factories.plan(factories.team(), activities=0), way="internal", title="Rapat rutin"
    )


def tie_url(meeting):
    return reverse("advocacy:meeting_tie", args=[meeting.pk])


@pytest.mark.parametrize("state", ["held", "submitted", "approved"])
def test_is_said_on_its_own_page_whatever_its_state(client, sign_in, activity, state):
    sign_in("secretariat")
    meeting = factories.minutes(activity.plan.team, state=state)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Di luar rencana kerja." in page
    answer = client.post(tie_url(meeting), {"version": meeting.version, "activity": activity.pk})
    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert meeting.activity == activity and meeting.state == state
    assert "Rapat rutin" in client.get(meeting.get_absolute_url()).content.decode()
    assert (
        client.post(tie_url(meeting), {"version": meeting.version, "activity": ""}).status_code
        == 302
    )
    assert Meeting.objects.get(pk=meeting.pk).activity is None


def test_the_minutes_stay_frozen_otherwise(activity):
    meeting = factories.minutes(activity.plan.team, state="approved")
    meeting.tie(activity, by=None)
    assert {row.state for row in meeting.history.all()} >= {
        "approved"
    } and meeting.history.first().activity == activity
    stored = Meeting.objects.get(pk=meeting.pk)
    assert (stored.title, stored.approved_at) == (meeting.title, meeting.approved_at)


def test_a_stale_page_changes_nothing(client, sign_in, activity):
    sign_in("secretariat")
    meeting = factories.minutes(activity.plan.team)
    answer = client.post(
        tie_url(meeting), {"version": meeting.version - 1, "activity": activity.pk}
    )
    assert answer.status_code == 422 and Meeting.objects.get(pk=meeting.pk).activity is None


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        (datetime(2019, 1, 1, 2, tzinfo=UTC), True),
        (datetime(2018, 12, 20, 2, tzinfo=UTC), False),
        (datetime(2020, 6, 30, 2, tzinfo=UTC), True),  # done late, within the half-year after
        (datetime(2020, 8, 1, 2, tzinfo=UTC), False),
    ],
)
def test_only_activities_of_its_time(activity, day, offered):
    meeting = factories.meeting(activity.plan.team, starts_at=day)
    if offered:
        assert meeting.tie(activity, by=None).activity == activity
    else:
        with pytest.raises(TransitionError, match="bukan bagian"):
            meeting.tie(activity, by=None)


def test_not_another_teams_nor_what_no_log_counts(client, sign_in, activity):
    sign_in("secretariat")
    meeting = factories.minutes(activity.plan.team)
    visit = factories.activity(activity.plan, way="visit")
    other = factories.activity(factories.plan(factories.team("11"), activities=0))
    for wrong in (visit, other):
        with pytest.raises(TransitionError):
            meeting.tie(wrong, by=None)
        answer = client.post(tie_url(meeting), {"version": meeting.version, "activity": wrong.pk})
        assert answer.status_code == 422 and "bukan bagian dari rencana" in answer.content.decode()
    assert Meeting.objects.get(pk=meeting.pk).activity is None


def test_what_was_called_off_counts_for_nothing(activity):
    meeting = factories.meeting(activity.plan.team)
    meeting.cancel(by=None, reason="Batal.")
    with pytest.raises(TransitionError, match="dibatalkan"):
        meeting.tie(activity, by=None)


def test_the_meeting_form_offers_it(client, sign_in, activity, meeting_data):
    sign_in("secretariat")
    team = activity.plan.team
    data = meeting_data(
        team, day="2019-07-02", idempotency_key=str(uuid.uuid4()), activity=str(activity.pk)
    )
    data["tindak-0-due_on"] = "2019-08-01"
    assert client.post("/rapat/baru/", data).status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.activity == activity
    page = client.get(reverse("advocacy:meeting_update", args=[meeting.pk])).content.decode()
    assert f'<option value="{activity.pk}" selected>2.1 Rapat rutin</option>' in page
    answer = client.post("/rapat/baru/", meeting_data(team, activity=str(activity.pk)))
    assert (
        answer.status_code == 422
        and "bukan bagian dari rencana pada tanggal rapat" in answer.content.decode()
    )


def test_a_log_outside_the_plan_is_offered_to_be_tied(client, sign_in, activity):
    sign_in("secretariat")
    team = activity.plan.team
    outside = factories.minutes(
        team, title="Rapat mendadak", starts_at=datetime(2019, 7, 2, 2, tzinfo=UTC)
    )
    factories.minutes(
        team, title="Rapat tahun lalu", starts_at=datetime(2018, 12, 2, 2, tzinfo=UTC)
    )
    tied = factories.minutes(
        team,
        title="Rapat terkait",
        starts_at=datetime(2019, 7, 3, 2, tzinfo=UTC),
        activity=activity,
    )
    page = client.get(reverse("programs:plan_outcome", args=[activity.plan.pk])).content.decode()
    assert tie_url(outside) in page and "Rapat tahun lalu" not in page and tie_url(tied) not in page
    assert "1 dari 3 pertemuan" in page


def test_the_day_before_the_plan_in_its_own_zone_is_outside(activity):
    """
    31 December 2018 at 23.30 WIB is 16.30 UTC; 1 January at 00.30 WIB is still December in UTC.
    """
    team = activity.plan.team
    for at in (
        datetime(2018, 12, 31, 16, 30, tzinfo=UTC),
        datetime(2018, 12, 31, 17, 30, tzinfo=UTC),
    ):
        factories.minutes(team, title=f"Rapat {at.hour}", starts_at=at)
    found = Meeting.objects.outside_plans(team, date(2019, 1, 1), date(2019, 12, 31))
    assert [row.title for row in found] == ["Rapat 17"]


def test_the_number_is_that_of_the_plan(client, sign_in, activity):
    """Also where others of its role are not on offer."""
    sign_in("secretariat")
    factories.activity(activity.plan, way="visit", title="Kunjungan")
    factories.activity(activity.plan, title="Pertemuan")
    page = client.get(tie_url(factories.minutes(activity.plan.team))).content.decode()
    assert "2.1 Rapat rutin" in page and "2.3 Pertemuan" in page and "Kunjungan" not in page


class TestActivities:
    def test_those_of_the_newest_plans_are_offered_and_the_chosen_one(
        self, client, sign_in, team, monkeypatch
    ):
        sign_in("secretariat")
        monkeypatch.setattr(activity_forms, "ACTIVITY_LIMIT", 2)
        for year in (2016, 2017, 2018, 2019):
            factories.activity(
                factories.plan(team, year=year, activities=0),
                way="support",
                title=f"Dukungan {year}",
            )
        oldest, *_ = (plan.activities.get() for plan in team.plans.order_by("starts_on"))
        stored = factories.commitment(team, activity=oldest)
        form = client.get("/komitmen/baru/").context["form"]
        assert [group for group, _ in form.fields["activity"].choices[1:]] == [
            "Rencana kerja 2019",
            "Rencana kerja 2018",
        ]
        assert form.has_more
        form = client.get(reverse("advocacy:commitment_update", args=[stored.pk])).context["form"]
        assert form.fields["activity"].choices[-1] == (
            "Rencana kerja 2016",
            [(oldest.pk, "2.1 Dukungan 2016")],
        )
        form = client.get("/komitmen/baru/?cari=2017").context["form"]
        assert [group for group, _ in form.fields["activity"].choices[1:]] == [
            "Rencana kerja 2019",
            "Rencana kerja 2017",
        ]

    def test_activities_of_a_past_plan_are_offered_and_judged_by_the_day(
        self, client, sign_in, team
    ):
        sign_in("secretariat")
        activity = factories.activity(factories.plan(team, activities=0), way="support")
        assert f'value="{activity.pk}"' in client.get("/komitmen/baru/").content.decode()
        late = client.post(
            "/komitmen/baru/", commitment_data(activity=activity.pk, promised_on="2021-01-05")
        )
        assert (
            late.status_code == 422
            and "bukan bagian dari rencana pada tanggal itu" in late.content.decode()
        )
        wrong = client.post(
            "/komitmen/baru/", commitment_data(activity=activity.pk, promised_on="")
        ).content.decode()
        assert (
            f'value="{activity.pk}" selected' in wrong and "bukan bagian dari rencana" not in wrong
        )
        assert (
            client.post("/komitmen/baru/", commitment_data(activity=activity.pk)).status_code == 302
        )
        assert Commitment.objects.get().activity == activity


@pytest.mark.both("each database refuses other days")
class TestDays:
    def test_a_year_mistyped_as_one(self, client, sign_in, team, meeting_data):
        sign_in("secretariat")
        activity = factories.activity(factories.plan(team, activities=0), way="support")
        assert client.post("/rapat/baru/", meeting_data(team, day="0001-01-01")).status_code == 422
        assert client.get("/rapat/baru/?tanggal=0001-01-01").status_code == 200
        data = commitment_data(promised_on="0001-01-01", activity=activity.pk)
        assert client.post("/komitmen/baru/", data).status_code == 422


class TestPlan:
    def test_only_ways_that_know_institutions_count_them(self, team):
        activity = factories.activity(factories.plan(team, activities=0), way="media")
        activity.counted = "institutions"
        with pytest.raises(ValidationError, match="Mitra hanya dihitung"):
            activity.full_clean()
        activity.way = "support"
        activity.full_clean()

    def test_what_was_noted_by_hand_before_may_be_mended(self, team):
        activity = factories.activity(factories.plan(team, activities=0), way="visit")
        row = factories.achievement(activity)
        type(activity).objects.filter(pk=activity.pk).update(way="media")
        row.refresh_from_db()
        row.note = "Dua berita."
        row.full_clean()
        with pytest.raises(ValidationError):
            type(row)(
                activity=row.activity, achieved_on=date(2019, 7, 1), note="Baru."
            ).full_clean()
