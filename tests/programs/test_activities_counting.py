"""What counts towards an activity, and what ties it to a meeting."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from advocacy.actions.expansion import add_step
from advocacy.models import ExpansionStep
from programs.actions import approve_plan, remove_activity, submit_plan
from programs.models import (
    Achievement,
    PlannedActivity,
)
from programs.models.activities import quarters_due
from programs.months import mask_of
from programs.plan_versions import content_of, version_in_force, version_of
from programs.progress import PlanProgress, PlanWork
from tests import factories
from tests.pages import html_of
from villages.quarters import Quarter

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


class TestReports:
    """Quarterly reports count by what the plan says: nobody ties them to an activity."""

    @pytest.fixture
    def activity(self, team):
        return factories.activity(
            factories.plan(team, activities=0), way="report", months=[7, 8], unit="laporan"
        )

    @pytest.fixture
    def verified(self):
        readers = factories.user("secretariat"), factories.user("administrator")

        def make(village=None, quarter=None, **participation):
            library = factories.library(village)
            factories.participation(library, 2018, **participation)
            writer, reader = readers
            return factories.report(
                library, quarter, by=writer, state="verified", verified_by=reader
            )

        return make

    def test_those_due_in_its_months_count_once_verified(self, team, activity, verified):
        counted = verified()
        verified(factories.village("19.01.06.2003", "Dalil"), Quarter(2019, 1))
        verified(factories.village("19.01.06.2004", "Rebo"), Quarter(2018, 2))
        other = factories.library(factories.village("19.01.06.2005", "Kimak"))
        factories.participation(other, 2018)
        waiting = factories.report(other, by=factories.user("secretariat"))
        row = progress_of(activity)
        assert (row.done, [log.key for log in row.logs]) == (1, [counted.pk])
        waiting.verify(by=factories.user("administrator"))
        assert progress_of(activity).done == 2
        counted.reopen(by=None, reason="Angkanya tertukar.")
        assert progress_of(activity).done == 1

    def test_of_a_library_that_had_left_before_the_quarter_none_counts(
        self, team, activity, verified
    ):
        verified(left_on=date(2019, 3, 31))
        assert progress_of(activity).done == 0

    @pytest.mark.parametrize("months", [[7, 8], [6, 7]])
    def test_its_day_is_the_one_on_which_it_was_due_whenever_it_was_verified(
        self, team, activity, verified, months
    ):
        PlannedActivity.objects.filter(pk=activity.pk).update(months=mask_of(months))
        verified()
        row = progress_of(activity)
        assert (row.started_on, row.starts_late) == (date(2019, 7, 10), False)
        assert row.by_month == {7: (1, 0)}

    def test_of_its_place_alone(self, team, activity, verified):
        verified()
        verified(factories.village("19.02.05.2001", "Badau"))
        assert progress_of(activity).done == 2
        activity.counted = "regencies"
        activity.save_as(by=None)
        assert progress_of(activity).done == 2
        activity.regency = factories.regency("19.02")
        activity.counted = "logs"
        activity.save_as(by=None)
        assert progress_of(activity).done == 1
        activity.village = factories.village("19.02.05.2002", "Air Batu Buding")
        activity.save_as(by=None)
        assert progress_of(activity).done == 0

    def test_an_approved_plan_counts_by_what_was_approved(self, team, activity, verified):
        verified()
        submit_plan(plan=factories.fresh(activity.plan), by=factories.user("secretariat"))
        approve_plan(plan=factories.fresh(activity.plan), by=factories.user("chair"))
        plan = factories.fresh(activity.plan)
        PlannedActivity.objects.filter(pk=activity.pk).update(months=mask_of([10]))
        assert PlanProgress(plan, version_in_force(plan))[activity.pk].done == 1

    def test_the_last_quarter_is_due_in_the_next_year(self):
        assert quarters_due(2020, mask_of([1, 2])) == [Quarter(2019, 4)]
        assert quarters_due(2019, mask_of(range(1, 13))) == [
            Quarter(2018, 4),
            *(Quarter(2019, number) for number in (1, 2, 3)),
        ]

    def test_months_without_a_day_on_which_reports_are_due_are_refused(self, activity):
        activity.months = mask_of([8, 9])
        with pytest.raises(ValidationError, match="Tenggat laporan triwulan") as refused:
            activity.full_clean()
        assert "months" in refused.value.message_dict

    def test_nothing_is_noted_by_hand(self, activity):
        typed = Achievement(activity=activity, achieved_on=date(2019, 7, 20), note="Ada.")
        with pytest.raises(ValidationError, match="tidak diketik"):
            typed.full_clean()

    def test_its_page_names_the_quarters_and_the_reports(self, client, sign_in, activity, verified):
        sign_in("member")
        html = html_of(client.get(activity.get_absolute_url()))
        assert "Belum ada laporan triwulan terverifikasi dari triwulan itu." in html
        report = verified()
        html = html_of(client.get(activity.get_absolute_url()))
        assert (
            "Triwulan II 2019." in html
            and "tenggat 10 Juli 2019" in html
            and f'href="{report.get_absolute_url()}"' in html
        )

    def test_a_plan_without_such_an_activity_asks_for_none(
        self, team, django_assert_num_queries, activity
    ):
        plan = factories.fresh(activity.plan)
        version, plain = version_of(content_of(plan)), factories.plan(team, year=2020)
        with django_assert_num_queries(2):
            PlanWork(plan, version)
        version = version_of(content_of(plain))
        with django_assert_num_queries(1):
            PlanWork(plain, version)


def progress_of(activity):
    plan = factories.fresh(activity.plan)
    return PlanProgress(plan, version_of(content_of(plan)))[activity.pk]


class TestExpansion:
    """Villages count by what the plan says once they move on with evidence: nobody ties them."""

    @pytest.fixture
    def by(self, team):
        return factories.user("secretariat")

    @pytest.fixture
    def activity(self, team):
        return factories.activity(
            factories.plan(team, activities=0), way="expansion", months=[7, 8], unit="desa"
        )

    def moved(self, team, place, by, *days):
        """Return the case of a village with an audience on the first day, a promise on the next."""
        case = factories.expansion(place, by=by, day=date(2018, 1, 15))
        asked = factories.case(team, villages=[place], by=by)
        steps = [
            ExpansionStep(stage="audience", meeting=factories.audience(team, [asked], by=by)),
            ExpansionStep(
                stage="commitment", commitment=factories.commitment(team, case=asked, by=by)
            ),
        ]
        for day, step in zip(days, steps, strict=False):
            step.reached_on = day
            add_step(case=case, step=step, by=by)
        return case

    def test_a_village_counts_once_by_its_first_day(self, team, activity, by):
        case = self.moved(team, factories.village(), by, date(2019, 7, 2), date(2019, 8, 1))
        row = progress_of(activity)
        assert (row.done, [log.key for log in row.logs]) == (1, [case.pk])
        assert row.started_on == date(2019, 7, 2)

    @pytest.mark.parametrize("day", [date(2019, 6, 30), date(2019, 9, 1), date(2018, 7, 2)])
    def test_not_in_other_months(self, team, activity, by, day):
        self.moved(team, factories.village(), by, day)
        assert progress_of(activity).done == 0

    def test_not_without_evidence_nor_backwards(self, team, activity, by):
        factories.expansion(factories.village(), "audience", by=by, day=date(2019, 7, 5))
        place = factories.village("19.01.06.2003", "Dalil")
        case = factories.expansion(place, "commitment", by=by, day=date(2019, 1, 15))
        shown = factories.audience(team, [factories.case(team, villages=[place], by=by)], by=by)
        back = ExpansionStep(
            stage="audience", reached_on=date(2019, 7, 5), note="Ulang.", meeting=shown
        )
        add_step(case=case, step=back, by=by)
        assert progress_of(activity).done == 0

    @pytest.mark.both("stages are ordered by the database")
    def test_going_on_after_a_stop_counts_from_the_furthest_stage(self, team, activity, by):
        place = factories.village()
        case = factories.expansion(place, "commitment", "stopped", by=by, day=date(2018, 1, 15))
        asked = factories.case(team, villages=[place], by=by)
        met, promise = (
            factories.audience(team, [asked], by=by),
            factories.commitment(team, case=asked, by=by),
        )
        shown = [("candidate", {"meeting": met}), ("audience", {"meeting": met})]
        shown += [("stopped", {"reason": "other", "note": "Ditunda."})]
        shown += [("commitment", {"commitment": promise})]
        for stage, told in shown:
            add_step(
                case=case,
                step=ExpansionStep(stage=stage, reached_on=date(2019, 7, 5), **told),
                by=by,
            )
        assert progress_of(activity).done == 0
        money = factories.realisation(promise, by=by)
        budget = ExpansionStep(stage="budget", reached_on=date(2019, 8, 1), realisation=money)
        add_step(case=case, step=budget, by=by)
        assert [log.day for log in progress_of(activity).logs] == [date(2019, 8, 1)]

    @pytest.mark.both("what stands no longer is left out by joins")
    def test_not_once_the_evidence_was_taken_back(self, team, activity, by):
        self.moved(team, factories.village(), by, date(2019, 7, 2), date(2019, 8, 1))
        first, second = ExpansionStep.objects.order_by("number")[1:]
        first.meeting.cancel(by=by, reason="Tercatat dua kali.")
        assert [log.day for log in progress_of(activity).logs] == [date(2019, 8, 1)]
        second.commitment.withdraw(by=by, reason="Batal.")
        assert progress_of(activity).done == 0
        second.commitment.renew(by=by)
        assert progress_of(activity).done == 1

    def test_only_of_its_place(self, team, activity, by):
        PlannedActivity.objects.filter(pk=activity.pk).update(regency=factories.regency("19.02"))
        self.moved(team, factories.village(), by, date(2019, 7, 2))
        there = self.moved(team, factories.village("19.02.05.2001", "Tanah"), by, date(2019, 7, 3))
        assert [log.key for log in progress_of(activity).logs] == [there.pk]

    def test_its_page_names_the_villages(self, client, sign_in, team, activity, by):
        case = self.moved(team, factories.village(), by, date(2019, 7, 2))
        sign_in(by)
        answer = client.get(activity.get_absolute_url())
        assert [(title, url) for _, title, url in answer.context["named_logs"]] == [
            (str(case), case.get_absolute_url())
        ]
        assert "desa yang naik tahap dengan bukti pada bulan kegiatan ini" in html_of(answer)

    def test_the_plan_says_how_far_the_programme_reaches(self, client, sign_in, activity, by):
        factories.expansion(factories.village(), "running", by=by)
        factories.village("19.01.06.2003", "Dalil")
        sign_in(by)
        html = html_of(client.get(activity.plan.get_absolute_url()))
        told = "dari 2 desa dan kelurahan punya perpustakaan yang berjalan atau mandiri"
        assert told in html and "/perluasan/?province=19" in html
        number = "/perluasan/desa/?province=19&amp;tahap=open"
        assert f'href="{number}">1<' in html
        assert len(client.get(number.replace("&amp;", "&")).context["page"].rows) == 1
