"""
The plan's life: what each state lets through and what it refuses, in the methods and in the
database.
"""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from programs.actions import (
    add_comments,
    approve_plan,
    create_plan,
    discard_plan,
    move_activity,
    remove_activity,
    return_plan,
    save_activity,
    submit_plan,
)
from programs.models import (
    BudgetLine,
    FundingSource,
    PlanComment,
    PlannedActivity,
    PlanSubmission,
    WorkPlan,
)
from programs.models import plans as plans_module
from programs.months import mask_of, months_of
from programs.plan_versions import version_of
from sinergi.kit.models import Duplicate, FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both("constraints, and what is frozen in JSON")]


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def desk(team):
    return factories.user("secretariat")


@pytest.fixture
def chair(team):
    return factories.user("chair")


class TestPeriod:
    @pytest.mark.parametrize(
        ("period", "first", "last", "text"),
        [
            ("year", date(2019, 1, 1), date(2019, 12, 31), "2019"),
            ("first_half", date(2019, 1, 1), date(2019, 6, 30), "Semester I 2019"),
            ("second_half", date(2019, 7, 1), date(2019, 12, 31), "Semester II 2019"),
        ],
    )
    def test_a_year_or_a_half_year(self, team, period, first, last, text):
        plan = factories.plan(period=period, activities=0)
        assert (plan.starts_on, plan.ends_on, plan.period, plan.period_text) == (
            first,
            last,
            period,
            text,
        )

    @pytest.mark.parametrize(
        ("year", "period", "fits"),
        [
            (2019, "second_half", False),
            (2019, "year", False),
            (2019, "first_half", True),
            (2020, "year", True),
        ],
    )
    def test_no_day_lies_in_two_plans(self, team, year, period, fits):
        factories.plan(period="second_half", activities=0)
        if fits:
            assert factories.plan(year=year, period=period, activities=0).pk
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                factories.plan(year=year, period=period, activities=0)

    def test_another_team_has_plans_of_its_own(self, team):
        factories.plan(team, activities=0)
        assert factories.plan(factories.team("11"), activities=0).pk


class TestReview:
    def test_the_whole_way(self, desk, chair):
        plan = factories.plan(by=desk)
        submit_plan(plan=plan, by=desk)
        assert (plan.state, plan.round) == ("submitted", 1)
        return_plan(plan=plan, by=chair, reason="Lengkapi.")
        first = plan.submissions.get()
        assert (plan.state, first.outcome, first.reason, first.decided_by) == (
            "returned",
            "returned",
            "Lengkapi.",
            chair,
        )
        submit_plan(plan=factories.fresh(plan), by=desk)
        plan = factories.fresh(plan)
        approve_plan(plan=plan, by=chair)
        assert (plan.state, plan.round) == ("approved", 2)
        assert [(s.number, s.outcome) for s in plan.submissions.order_by("number")] == [
            (1, "returned"),
            (2, "approved"),
        ]
        plan.revise(by=desk, reason="Anggaran berubah.")
        assert plan.state == "revising" and plan.is_editable
        submit_plan(plan=plan, by=desk)
        assert plan.round == 3

    @pytest.mark.parametrize("state", ["submitted", "approved"])
    def test_what_lies_with_the_chair_or_is_approved_is_not_written(self, desk, chair, state):
        plan = factories.plan(by=desk, chair=chair, state=state)
        row = plan.activities.get()
        for write in (
            lambda: save_activity(activity=row, budget={}, by=desk, version=row.version),
            lambda: factories.activity(plan),
            lambda: remove_activity(activity=row, by=desk),
            lambda: move_activity(activity=row, by=desk),
            lambda: row.save_as(by=desk),
            lambda: row.stored().delete_as(by=desk),
            lambda: plan.save_as(by=desk),
            lambda: BudgetLine(
                activity=row, source=factories.source(kind="apbn"), amount=5
            ).save_as(by=desk),
            lambda: row.lines.get().save_as(by=desk),
        ):
            with pytest.raises(FrozenRecord), transaction.atomic():
                write()
        assert plan.activities.get().lines.count() == 1

    @pytest.mark.parametrize("state", ["draft", "returned", "revising"])
    def test_what_lies_on_the_desk_is(self, desk, chair, state):
        plan = factories.plan(by=desk, chair=chair, state=state)
        row = plan.activities.select_related("plan").get()
        row.title = "Nama baru"
        save_activity(activity=row, budget={}, by=desk, version=row.version)
        assert plan.activities.get().title == "Nama baru"

    @pytest.mark.parametrize(
        ("state", "step"),
        [
            ("draft", "approve"),
            ("draft", "send_back"),
            ("draft", "revise"),
            ("returned", "approve"),
            ("returned", "revise"),
            ("approved", "send_back"),
            ("approved", "submit"),
            ("submitted", "submit"),
            ("submitted", "revise"),
            ("revising", "approve"),
        ],
    )
    def test_refused_steps(self, desk, chair, state, step):
        plan = factories.plan(by=desk, chair=chair, state=state)
        words = {"reason": "Sebab."} if step in ("send_back", "revise") else {}
        with pytest.raises(TransitionError, match="Tidak dapat dilakukan"):
            getattr(plan, step)(by=chair, **words)
        assert factories.fresh(plan).state == state

    def test_nobody_approves_what_they_handed_in(self, desk, chair):
        both = factories.assign(factories.user("secretariat"), "chair")
        plan = factories.plan(by=both, state="submitted")
        with pytest.raises(TransitionError, match="orang lain"):
            approve_plan(plan=plan, by=both)
        assert factories.fresh(plan).state == "submitted" and not plan.may_be_approved_by(both)
        approve_plan(plan=factories.fresh(plan), by=chair)

    def test_the_database_holds_that_too(self, desk):
        plan = factories.plan(by=desk, state="submitted")
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkPlan.objects.filter(pk=plan.pk).update(state="approved", approved_by=desk)
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanSubmission.objects.filter(plan=plan).update(outcome="approved", decided_by=desk)
        assert WorkPlan.objects.filter(pk=plan.pk).update(
            state="approved", approved_by=factories.user("chair")
        )

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_a_return_and_a_revision_need_a_reason(self, desk, chair, reason):
        plan = factories.plan(by=desk, state="submitted")
        with pytest.raises(TransitionError, match="alasan"):
            return_plan(plan=plan, by=chair, reason=reason)
        approved = factories.plan(year=2020, by=desk, chair=chair, state="approved")
        with pytest.raises(TransitionError, match="alasan"):
            approved.revise(by=desk, reason=reason)
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkPlan.objects.filter(pk=plan.pk).update(state="returned")
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkPlan.objects.filter(pk=plan.pk).update(state="revising")

    def test_comments_can_be_the_reason(self, desk, chair):
        plan = factories.plan(by=desk, state="submitted")
        row = plan.activities.get()
        comment = PlanComment(
            plan=plan, activity=row, about="2.1 Kegiatan 1", round=1, text="Mengapa Juli?"
        )
        return_plan(plan=plan, by=chair, comments=[comment])
        assert (
            plan.return_reason == "Lihat catatan pada: 2.1 Kegiatan 1"
            and plan.comments.get().text == "Mengapa Juli?"
        )

    def test_a_failed_return_stores_no_comment(self, desk, chair, monkeypatch):
        plan = factories.plan(by=desk, state="submitted")
        monkeypatch.setattr(PlanSubmission, "decide", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            return_plan(
                plan=plan,
                by=chair,
                reason="Sebab.",
                comments=[PlanComment(plan=plan, round=1, text="Catatan")],
            )
        assert not PlanComment.objects.exists() and factories.fresh(plan).state == "submitted"

    def test_nothing_is_handed_in_without_activities_or_with_nobody_in_charge(self, desk):
        plan = factories.plan(by=desk, activities=0)
        with pytest.raises(TransitionError, match="paling sedikit satu kegiatan"):
            submit_plan(plan=plan, by=desk)
        row = factories.activity(plan)
        PlannedActivity.objects.filter(pk=row.pk).update(person_in_charge=None)
        with pytest.raises(TransitionError, match="penanggung jawab"):
            submit_plan(plan=factories.fresh(plan), by=desk)
        assert not PlanSubmission.objects.exists() and factories.fresh(plan).round == 0

    def test_who_hands_in_has_seen_the_whole(self, desk):
        """A change of an activity takes the plan's version further."""
        plan = factories.plan(by=desk)
        row = PlannedActivity.objects.select_related("plan").get()
        save_activity(
            activity=row, budget={}, by=factories.user("secretariat"), version=row.version
        )
        with pytest.raises(StaleRecord):
            submit_plan(plan=plan, by=desk, version=plan.version)
        assert not PlanSubmission.objects.exists()


class TestSubmission:
    def test_says_the_same_whatever_is_renamed_later(self, desk, chair):
        plan = factories.plan(by=desk, chair=chair, state="returned")
        before = plan.submissions.get().content
        row, source = plan.activities.select_related("plan").get(), FundingSource.objects.get()
        row.title, row.target = "Nama baru", 9
        save_activity(activity=row, budget={source: 1}, by=desk, version=row.version)
        row.person_in_charge.name = "Sebutan baru"
        row.person_in_charge.save_as(by=None)
        source.name = "nama lain"
        source.save_as(by=None)
        stored = plan.submissions.get()
        assert stored.content == before
        version = version_of(stored.content)
        assert (version.items[0].title, version.items[0].target, version.cash) == (
            "Kegiatan 1",
            3,
            12_000_000,
        )
        assert (
            version.items[0].person == "PIC Program DKPUS"
            and version.money[0].label == "APBD provinsi"
        )

    def test_is_written_once(self, desk, chair):
        plan = factories.plan(by=desk, chair=chair, state="approved")
        submission = plan.submissions.get()
        submission.content = {}
        with pytest.raises(FrozenRecord):
            submission.save_as(by=desk)
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanSubmission(plan=plan, number=1, content={}).save_as(by=desk)
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanSubmission.objects.filter(pk=submission.pk).update(outcome="returned", reason="")


class TestActivities:
    def test_the_same_sending_is_one_activity(self, desk):
        plan, key = factories.plan(activities=0), "11111111-1111-1111-1111-111111111111"
        made = [
            PlannedActivity(
                plan=plan, role=1, title="Satu", way="other", target=1, unit="SK", months=1
            )
            for _ in range(2)
        ]
        save_activity(activity=made[0], budget={}, by=desk, idempotency_key=key)
        with pytest.raises(Duplicate):
            save_activity(activity=made[1], budget={}, by=desk, idempotency_key=key)
        assert plan.activities.count() == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"role": 4},
            {"role": 0},
            {"target": 0},
            {"target": 100_001},
            {"months": 0},
            {"months": 4096},
        ],
    )
    def test_the_database_refuses(self, team, wrong):
        row = factories.activity()
        with pytest.raises(IntegrityError), transaction.atomic():
            PlannedActivity.objects.filter(pk=row.pk).update(**wrong)

    def test_a_village_lies_in_its_regency(self, team):
        row, village = factories.activity(), factories.village()
        assert PlannedActivity.objects.filter(pk=row.pk).update(
            village=village, regency=village.regency_id
        )
        for regency in (None, factories.regency("19.02", "Kabupaten Belitung").pk):
            with pytest.raises(IntegrityError), transaction.atomic():
                PlannedActivity.objects.filter(pk=row.pk).update(regency=regency)

    def test_months_outside_the_plan_are_refused(self, team):
        plan = factories.plan(period="second_half", activities=0)
        row = PlannedActivity(
            plan=plan,
            role=1,
            title="Satu",
            way="other",
            target=1,
            unit="SK",
            months=mask_of([6, 7]),
        )
        with pytest.raises(ValidationError, match="Juli sampai Desember"):
            row.full_clean()

    def test_moving_keeps_every_other_in_its_order(self, team):
        plan = factories.plan(activities=4)
        rows = list(plan.activities.in_order())
        move_activity(activity=rows[3], before=rows[1].pk, by=None)
        assert [row.title for row in plan.activities.in_order()] == [
            "Kegiatan 1",
            "Kegiatan 4",
            "Kegiatan 2",
            "Kegiatan 3",
        ]
        move_activity(activity=PlannedActivity.objects.get(title="Kegiatan 1"), by=None)
        assert [row.title for row in plan.activities.in_order()] == [
            "Kegiatan 4",
            "Kegiatan 2",
            "Kegiatan 3",
            "Kegiatan 1",
        ]
        assert rows[3].history.count() == 3, (
            "made, moved up, and moved once more by the other's going"
        )

    def test_an_open_form_of_a_moved_activity_does_not_move_it_back(self, team):
        plan = factories.plan(activities=2)
        first, second = plan.activities.in_order().select_related("plan")
        move_activity(activity=second, steps=-1, by=None)
        first.title = "Nama baru"
        save_activity(activity=first, budget={}, by=None, version=first.version)
        assert [row.title for row in plan.activities.in_order()] == ["Kegiatan 2", "Nama baru"]

    def test_what_is_removed_leaves_what_was_said(self, desk, chair):
        plan = factories.plan(by=desk, chair=chair, state="submitted")
        row = plan.activities.get()
        comment = PlanComment(
            plan=plan, activity=row, about="2.1 Kegiatan 1", round=1, text="Hapus saja."
        )
        return_plan(plan=plan, by=chair, reason="Hapus yang pertama.", comments=[comment])
        remove_activity(activity=plan.activities.select_related("plan").get(), by=desk)
        kept = plan.comments.get()
        assert (kept.activity, kept.about) == (
            None,
            "2.1 Kegiatan 1",
        ) and not BudgetLine.objects.exists()

    def test_what_happened_is_not_removed(self, team):
        row = factories.activity()
        factories.minutes(team, activity=row)
        with pytest.raises(TransitionError, match="sudah mempunyai rapat"):
            remove_activity(activity=row, by=None)
        assert PlannedActivity.objects.filter(pk=row.pk).exists() and row.lines.exists()

    def test_a_plan_is_not_without_end(self, team, monkeypatch):
        monkeypatch.setattr("programs.actions.activities.MOST_ACTIVITIES", 2)
        assert plans_module.MOST_ACTIVITIES == 500
        plan = factories.plan(activities=2)
        with pytest.raises(TransitionError, match="paling banyak 2"):
            factories.activity(plan)


class TestCopy:
    def test_the_same_year_later(self, desk):
        earlier = factories.plan(activities=2)
        goods = factories.source(kind="private", support="in_kind", ceiling=5)
        factories.activity(earlier, title="Barang", budget={goods: 4_000_000}, months=[1, 12])
        plan = WorkPlan(team=earlier.team)
        plan.set_period(2020, "year")
        create_plan(plan=plan, copied=earlier, by=desk)
        assert [row.title for row in plan.activities.in_order()] == [
            "Kegiatan 1",
            "Kegiatan 2",
            "Barang",
        ]
        lines = BudgetLine.objects.filter(activity__plan=plan)
        assert sorted((line.source.year, line.source.support, line.amount) for line in lines) == [
            (2020, "cash", 12_000_000),
            (2020, "cash", 12_000_000),
            (2020, "in_kind", 4_000_000),
        ]
        assert FundingSource.objects.filter(year=2020, ceiling__isnull=False).count() == 0

    @pytest.mark.parametrize(
        ("months", "period", "expected"),
        [
            ([7, 8], "second_half", [7, 8]),
            ([2, 3], "second_half", [8, 9]),
            ([6, 7], "first_half", [6]),
            ([12], "first_half", [6]),
        ],
    )
    def test_months_follow_the_period(self, desk, months, period, expected):
        earlier = factories.plan(activities=0)
        factories.activity(earlier, months=months)
        plan = WorkPlan(team=earlier.team)
        plan.set_period(2020, period)
        create_plan(plan=plan, copied=earlier, by=desk)
        assert months_of(plan.activities.get().months) == expected

    def test_a_draft_may_be_thrown_away_and_a_submission_not(self, desk, chair):
        plan = factories.plan(by=desk, activities=2)
        with pytest.raises(StaleRecord):
            discard_plan(plan=factories.fresh(plan), by=desk, version=plan.version - 1)
        assert plan.activities.count() == 2
        plan = factories.fresh(plan)
        discard_plan(plan=plan, by=desk, version=plan.version)
        assert not WorkPlan.objects.exists() and not PlannedActivity.objects.exists()
        kept = factories.plan(by=desk, chair=chair, state="returned")
        with pytest.raises(TransitionError, match="pernah diajukan"):
            discard_plan(plan=kept, by=desk)


class TestComments:
    @pytest.fixture
    def comment(self, desk, chair):
        plan = factories.plan(by=desk, state="submitted")
        return PlanComment(
            plan=plan, activity=plan.activities.get(), about="2.1", round=1, text="Mengapa?"
        ).save_as(by=chair)

    def test_is_resolved_by_who_made_it_or_who_approves(self, comment, desk, chair):
        member = factories.user("member")
        assert comment.may_be_resolved_by(chair) and not comment.may_be_resolved_by(desk)
        assert not comment.may_be_resolved_by(member)
        own = PlanComment(plan=comment.plan, round=1, text="Punya saya.").save_as(by=member)
        assert own.may_be_resolved_by(member) and own.may_be_resolved_by(chair)
        comment.resolve(by=chair)
        with pytest.raises(TransitionError, match="sudah diselesaikan"):
            comment.resolve(by=chair)
        with pytest.raises(FrozenRecord):
            comment.save_as(by=chair)

    def test_answers_are_not_resolved(self, comment, desk, chair):
        answer = PlanComment(plan=comment.plan, round=1, text="Karena.", answers=comment).save_as(
            by=desk
        )
        with pytest.raises(TransitionError, match="jawabannya"):
            answer.resolve(by=chair)
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanComment.objects.filter(pk=answer.pk).update(resolved_at=comment.created_at)
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanComment.objects.filter(pk=answer.pk).update(answers=answer.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanComment.objects.filter(pk=answer.pk).update(text="")
        threads = PlanComment.objects.threads_of(comment.plan)
        assert [row.text for row in threads[comment.activity_id]] == ["Mengapa?"]
        assert [row.text for row in threads[comment.activity_id][0].thread] == ["Karena."]

    def test_sent_twice_is_one(self, comment, chair):
        key = "22222222-2222-2222-2222-222222222222"
        for expected in (1, 0):
            row = PlanComment(plan=comment.plan, round=1, text="Sekali.")
            row.idempotency_key = key
            assert add_comments(comments=[row], by=chair) == expected
        assert PlanComment.objects.filter(text="Sekali.").count() == 1
