"""What counts towards an activity, and what ties it to a meeting."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programs.actions import remove_activity
from programs.models import (
    Achievement,
    PlannedActivity,
)
from programs.plan_versions import content_of, version_of
from programs.progress import PlanProgress
from tests import factories
from tests.pages import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


class TestTies:
    def test_a_meeting_keeps_a_tie_that_is_offered_no_more(
        self, client, sign_in, team, meeting_data
    ):
        sign_in("secretariat")
        activity = factories.activity(
            factories.plan(team, year=2018, activities=0), way="internal", months=[11]
        )
        client.post("/rapat/baru/", meeting_data(team, activity=str(activity.pk)))
        meeting = team.meetings.get()
        PlannedActivity.objects.filter(pk=activity.pk).update(way="visit")
        page = client.get(reverse("advocacy:meeting_update", args=[meeting.pk])).content.decode()
        assert f'<option value="{activity.pk}" selected>' in page


class TestCounting:
    def test_what_logs_count_is_not_noted_by_hand_as_well(self, team):
        """Whatever a race or an older row left behind, one kind counts."""
        activity = factories.activity(factories.plan(team, activities=0), way="visit")
        factories.achievement(activity, amount=5)
        factories.minutes(team, activity=activity)
        plan = activity.plan
        assert PlanProgress(plan, version_of(content_of(plan)))[activity.pk].done == 5
        PlannedActivity.objects.filter(pk=activity.pk).update(way="internal")
        assert PlanProgress(plan, version_of(content_of(plan)))[activity.pk].done == 1
        assert Achievement.objects.count() == 1

    def test_sent_visits_count_beside_what_was_noted_by_hand_before(self, client, sign_in, team):
        activity = factories.activity(factories.plan(team, activities=0), way="visit")
        factories.achievement(activity, amount=2)
        library = factories.library()
        sent = factories.visit(library, activity=activity)
        factories.visit(library, activity=activity, send=False)
        plan = activity.plan
        assert PlanProgress(plan, version_of(content_of(plan)))[activity.pk].done == 3
        sign_in("secretariat")
        answer = client.get(activity.get_absolute_url())
        assert [url for _, _, url in answer.context["named_logs"]] == [sent.get_absolute_url()]
        assert "Dihitung dari kunjungan yang dikaitkan" in html_of(answer)

    def test_an_activity_with_meetings_keeps_a_way_that_counts_them(self, team):
        activity = factories.activity(factories.plan(team, activities=0))
        factories.minutes(team, activity=activity)
        activity.way = "visit"
        with pytest.raises(ValidationError, match="catatan yang dikaitkan"):
            activity.full_clean()

    def test_a_cancelled_meeting_can_be_let_go(self, client, sign_in, team):
        sign_in("secretariat")
        activity = factories.activity(factories.plan(team, activities=0))
        meeting = factories.meeting(team, activity=activity)
        meeting.cancel(by=None, reason="Batal.")
        assert (
            "Ubah kaitan dengan rencana" in client.get(meeting.get_absolute_url()).content.decode()
        )
        url = reverse("advocacy:meeting_tie", args=[meeting.pk])
        assert client.post(url, {"version": meeting.version, "activity": ""}).status_code == 302
        remove_activity(activity=activity, by=None)
