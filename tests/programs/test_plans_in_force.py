"""A plan that holds is drawn from what was approved, whatever changes beside it."""

import re
import uuid
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from programs.actions import add_comments, save_activity, submit_plan
from programs.documents import plan_pdf
from programs.models import (
    FundingSource,
    PlanComment,
    WorkPlan,
)
from programs.plan_versions import content_of, version_in_force, version_now, version_of
from programs.progress import PlanProgress
from sinergi.kit.transitions import TransitionError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def of(record, name, *more):
    return reverse(f"programs:{name}", args=[record.pk, *more])


class TestNote:
    def test_words_before_the_plan_do_not_collide_with_its_activities(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        page = client.get(of(plan, "plan_note")).content.decode()
        (base,) = re.findall('name="base" value="([^"]+)"', page)
        factories.activity(plan)
        data = {"version": plan.version, "base": base, "note": "Tema"}
        assert (
            client.post(of(plan, "plan_note"), data).status_code == 302
            and factories.fresh(plan).note == "Tema"
        )
        answer = client.post(of(plan, "plan_note"), data | {"note": "Tema lain"})
        assert (
            answer.status_code == 409
            and "Tema lain" in answer.content.decode()
            and factories.fresh(plan).note == "Tema"
        )


class TestWhatHolds:
    @pytest.fixture
    def plan(self, team):
        plan = factories.plan(team, activities=0, by=None)
        activity = factories.activity(plan, target=3)
        factories.minutes(team, activity=activity, starts_at=datetime(2019, 7, 2, 2, tzinfo=UTC))
        submit_plan(plan=factories.fresh(plan), by=factories.user("secretariat"))
        plan = factories.fresh(plan)
        plan.approve(by=factories.user("chair"))
        plan.submissions.get().decide("approved", by=plan.approved_by)
        return factories.fresh(plan)

    def test_an_approved_plan_is_drawn_from_what_was_approved(self, client, sign_in, plan):
        sign_in("secretariat")
        source = FundingSource.objects.get()
        source.kind, source.name = "private", "Bank Z"
        source.save_as(by=None)
        page = client.get(plan.get_absolute_url()).content.decode()
        assert "Bank Z" not in page and "APBD provinsi" in page
        assert version_of(content_of(plan)).money[0].label == "Swasta/CSR (Bank Z)", (
            "the live rows do say so"
        )

    def test_a_revision_changes_nothing_that_holds(self, client, sign_in, plan):
        """Neither what came of it, nor the home page, nor the paper that holds."""
        desk = sign_in("secretariat")
        plan.revise(by=desk, reason="Anggaran berubah.")
        row = plan.activities.select_related("plan").get()
        row.target = 1
        save_activity(activity=row, budget={}, by=desk, version=row.version)
        outcome = client.get(of(plan, "plan_outcome")).content.decode()
        assert "1 dari 3 pertemuan" in outcome and "1 dari 1" not in outcome
        assert "<b>0</b> dari 1 kegiatan selesai" in client.get("/").content.decode()
        page = client.get(plan.get_absolute_url()).content.decode()
        assert "1 dari 1 pertemuan" in page and "Yang berlaku tetap" in page and "versi 1" in page
        assert (version_now(plan).items[0].target, version_in_force(plan).items[0].target) == (1, 3)
        submit_plan(plan=factories.fresh(plan), by=desk)
        assert "Yang berlaku tetap" in client.get(plan.get_absolute_url()).content.decode()
        assert client.get(f"{of(plan, 'plan_paper')}?berlaku=1").status_code == 200

    def test_the_words_before_it_are_part_of_it(self, client, sign_in, team):
        sign_in("chair")
        plan = factories.plan(team)
        WorkPlan.objects.filter(pk=plan.pk).update(note="Tema tahun ini")
        submit_plan(plan=factories.fresh(plan), by=factories.user())
        assert "Tema tahun ini" in client.get(of(plan, "plan_review")).content.decode()
        WorkPlan.objects.filter(pk=plan.pk).update(note="Tema lain")
        assert "Tema tahun ini" in client.get(of(plan, "plan_version", 1)).content.decode()

    def test_nothing_is_said_about_an_approved_plan(self, client, sign_in, plan):
        sign_in("chair")
        data = {
            "version": plan.version,
            "shown": 1,
            "idempotency_key": str(uuid.uuid4()),
            "aksi": "catat",
            "catatan": "Terlambat.",
        }
        answer = client.post(of(plan, "plan_review"), data)
        assert answer.status_code == 409 and "sudah disetujui" in answer.content.decode()
        with pytest.raises(TransitionError):
            add_comments(comments=[PlanComment(plan=plan, round=1, text="x")], by=None)
        assert not PlanComment.objects.exists()

    @pytest.mark.parametrize("name", ["plan_note", "plan_import", "activity_create"])
    def test_no_form_opens_on_it(self, client, sign_in, plan, name):
        sign_in("secretariat")
        assert client.get(of(plan, name))["Location"] == plan.get_absolute_url()


class TestSources:
    def test_a_source_that_changed_its_year_breaks_no_page(self, client, sign_in, team):
        sign_in("chair")
        plan = factories.plan(team)
        FundingSource.objects.update(year=2020)
        assert "Rp12.000.000" in client.get(plan.get_absolute_url()).content.decode()


@pytest.mark.both("each database refuses other values")
class TestPaper:
    def test_long_words_and_strange_letters_print(self, team):
        plan = factories.plan(team, activities=0)
        factories.activity(
            plan, title="W" * 200, unit="Q" * 40, output="#set text(red) *tebal* $x$ @rujuk 😀 日本"
        )
        version = version_of(content_of(plan))
        assert plan_pdf(
            plan, version, PlanProgress(plan, version, today=date(2019, 7, 1))
        ).startswith(b"%PDF")
