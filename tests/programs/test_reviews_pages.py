"""The page of a review: sent again, gone old, and asked for what never was."""

import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from programs.actions import remove_activity, submit_plan
from programs.models import (
    PlanComment,
)
from tests import factories
from tests.pages import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def of(record, name, *more):
    return reverse(f"programs:{name}", args=[record.pk, *more])


class TestSentAgain:
    def test_another_comment_is_stored(self, client, sign_in, team):
        sign_in("chair")
        plan = factories.plan(team, by=factories.user(), state="submitted")
        data = {
            "version": plan.version,
            "shown": 1,
            "idempotency_key": str(uuid.uuid4()),
            "aksi": "catat",
        }
        for text in ("Satu.", "Satu, dan lagi.", "Satu, dan lagi."):
            client.post(of(plan, "plan_review"), data | {"catatan": text})
        assert sorted(row.text for row in plan.comments.all()) == ["Satu, dan lagi.", "Satu."]


class TestNothingTypedIsLost:
    def test_an_answer_to_a_comment_that_was_resolved_meanwhile(self, client, sign_in, team):
        plan = factories.plan(team, by=factories.user(), state="submitted")
        comment = PlanComment(plan=plan, round=1, text="Mengapa?").save_as(by=None)
        comment.resolve(by=factories.user("chair"))
        sign_in("secretariat")
        data = {
            "version": plan.version,
            "shown": 1,
            "idempotency_key": str(uuid.uuid4()),
            "aksi": "catat",
        }
        assert (
            client.post(
                of(plan, "plan_review"), data | {f"jawab-{comment.pk}": "Karena."}
            ).status_code
            == 302
        )
        assert comment.replies.get().text == "Karena."

    def test_a_comment_on_what_left_the_plan_meanwhile(self, client, sign_in, team):
        """It is kept with the version that its author saw."""
        desk, chair = factories.user("secretariat"), factories.user("chair")
        plan = factories.plan(team, activities=2, by=desk, chair=chair, state="returned")
        gone, kept = plan.activities.in_order().select_related("plan")
        removed = gone.pk
        remove_activity(activity=gone, by=desk)
        submit_plan(plan=factories.fresh(plan), by=desk)
        sign_in("member")
        data = {"version": 1, "shown": 1, "idempotency_key": str(uuid.uuid4()), "aksi": "catat"}
        data |= {
            f"catatan-{removed}": "Tentang yang hilang.",
            f"catatan-{kept.pk}": "Tentang yang tinggal.",
        }
        assert client.post(of(plan, "plan_review"), data).status_code == 302
        assert sorted(plan.comments.values_list("text", "about", "activity", "round")) == [
            ("Tentang yang hilang.", "2.1 Kegiatan 1", None, 1),
            ("Tentang yang tinggal.", "2.2 Kegiatan 2", kept.pk, 1),
        ]
        page = html_of(client.get(of(plan, "plan_review")))
        assert "Tentang 2.1 Kegiatan 1, yang sudah dihapus dari rencana" in page

    def test_an_old_page_decides_nothing_and_keeps_its_text(self, client, sign_in, team):
        desk, chair = factories.user("secretariat"), factories.user("chair")
        plan = factories.plan(team, by=desk, chair=chair, state="returned")
        seen = plan.version
        submit_plan(plan=factories.fresh(plan), by=desk)
        sign_in(chair)
        data = {
            "version": seen,
            "shown": 1,
            "idempotency_key": str(uuid.uuid4()),
            "aksi": "kembalikan",
            "catatan": "Teks saya.",
        }
        answer = client.post(of(plan, "plan_review"), data)
        page = answer.content.decode()
        assert answer.status_code == 409 and "Isinya berubah" in page and "Teks saya." in page
        assert factories.fresh(plan).state == "submitted" and not PlanComment.objects.exists()


class TestStamps:
    def test_stamps_are_of_the_readers_zone(self, client, sign_in, team):
        sign_in("chair")
        plan = factories.plan(team, by=factories.user(), state="submitted")
        comment = PlanComment(plan=plan, round=1, text="Pagi sekali.").save_as(by=None)
        PlanComment.objects.filter(pk=comment.pk).update(
            created_at=datetime(2026, 7, 31, 18, tzinfo=UTC)
        )
        assert "1 Agustus 2026" in client.get(of(plan, "plan_review")).content.decode()


@pytest.mark.both("each database refuses other values")
class TestOddInput:
    @pytest.mark.parametrize(
        "path",
        ["versi/99999999999999999/", "tinjau/?banding=99999999999999999", "tinjau/?banding=-1"],
    )
    def test_versions_that_never_were(self, client, sign_in, team, path):
        sign_in("chair")
        plan = factories.plan(team, by=factories.user(), state="submitted")
        assert client.get(f"{plan.get_absolute_url()}{path}").status_code == (
            404 if "versi" in path else 200
        )
        assert client.get(f"{plan.get_absolute_url()}versi/{'9' * 30}/").status_code == 404
