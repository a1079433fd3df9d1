"""
Heavy single requests of a plan: as many queries for a few rows as for many, and pages that keep
their weight.
"""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.actions import add_activities, add_comments, create_plan, discard_plan
from programs.comment_pages import COMMENTS_PER_PAGE
from programs.models import BudgetLine, FundingSource, PlanComment, PlannedActivity, WorkPlan
from sinergi.kit.models import Duplicate
from sinergi.kit.transitions import TransitionError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def queries(work):
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def table(count, source):
    head = (
        "Peran\tKegiatan\tCara\tTarget\tSatuan\tBulan\tKabupaten/kota\tDesa\tPJ\tAnggaran\tSumber"
        " dana"
    )
    row = "Audiensi\t3\tpertemuan\tJuli\tKab. Bangka\tKapuk\tPerwakilan Bappeda\t9.000.000"
    rows = [f"{n % 3 + 1}\tKegiatan {n}\t{row}\t{source.label}" for n in range(count)]
    return "\n".join([head, *rows])


class TestImport:
    @pytest.fixture
    def sent(self, client, sign_in, team):
        """Send a table of so many rows to a new plan, as a person does."""
        sign_in("secretariat")
        factories.library()

        def send(count, year, action="tambahkan"):
            plan = factories.plan(team, year=year, activities=0)
            source = factories.source(team, year=year)
            url = reverse("programs:plan_import", args=[plan.pk])
            data = {
                "idempotency_key": str(uuid.uuid4()),
                "pasted": table(count, source),
                "aksi": action,
            }
            with CaptureQueriesContext(connection) as captured:
                answer = client.post(url, data)
            assert answer.status_code == (302 if action == "tambahkan" else 200)
            assert plan.activities.count() == (count if action == "tambahkan" else 0)
            return plan, len(captured)

        return send

    @pytest.mark.parametrize("action", ["periksa", "tambahkan"])
    def test_asks_as_often_for_5_rows_as_for_50(self, sent, action):
        sent(1, 2021, action)  # what is asked for once only
        few, many = (sent(count, year, action)[1] for count, year in ((5, 2022), (50, 2023)))
        assert few == many and many <= 25

    def test_what_is_written_is_whole(self, sent):
        account = factories.user()
        plan, _ = sent(3, 2021)
        rows = list(
            plan.activities.in_order()
            .select_related("created_by")
            .prefetch_related("lines__source")
        )
        assert [
            (row.title, row.role, row.village_id, row.regency_id, row.months) for row in rows
        ] == [(f"Kegiatan {n}", n + 1, "19.01.06.2002", "19.01", 1 << 6) for n in range(3)]
        assert len({row.order for row in rows}) == 3 and {row.version for row in rows} == {1}
        assert all(
            row.created_by == row.updated_by and row.created_by not in (None, account)
            for row in rows
        )
        assert [[(line.amount, line.source.year) for line in row.lines.all()] for row in rows] == [
            [(9_000_000, 2021)]
        ] * 3
        for model in (PlannedActivity, BudgetLine):
            kept = model.history.all()
            assert sorted(row.id for row in kept) == sorted(
                model.objects.values_list("pk", flat=True)
            )
            assert {(row.history_type, row.history_user_id) for row in kept} == {
                ("+", rows[0].created_by_id)
            }

    def test_is_refused_whole_where_the_plan_would_be_too_long(self, team, monkeypatch):
        plan = factories.plan(team, activities=2)
        monkeypatch.setattr("programs.actions.activities.MOST_ACTIVITIES", 4)

        def add(count):
            rows = [(copy_of(plan), {factories.source(team): 5}) for _ in range(count)]
            add_activities(plan=plan, rows=rows, by=None, idempotency_key=uuid.uuid4())

        with pytest.raises(TransitionError, match="paling banyak 4"):
            add(3)
        assert plan.activities.count() == 2
        add(2)
        assert plan.activities.count() == 4

    def test_counts_the_version_of_the_plan_on(self, team):
        plan = factories.plan(team)
        before = factories.fresh(plan).version
        add_activities(plan=plan, rows=[(copy_of(plan), {})], by=None, idempotency_key=uuid.uuid4())
        assert factories.fresh(plan).version > before

    def test_sent_again_is_told(self, team):
        plan, desk, key = factories.plan(team), factories.user(), uuid.uuid4()
        add_activities(plan=plan, rows=[(copy_of(plan), {})], by=desk, idempotency_key=key)
        with pytest.raises(Duplicate):
            add_activities(plan=plan, rows=[(copy_of(plan), {})], by=desk, idempotency_key=key)
        assert plan.activities.count() == 2


def copy_of(plan):
    row = plan.activities.first()
    row.pk, row._state.adding, row.idempotency_key = None, True, None
    return row


class TestCopy:
    def of(self, team, count, year, to):
        earlier = factories.plan(team, year=year, activities=0)
        factories.activity(earlier, title="Contoh")
        rows = [
            (
                copy_of(earlier),
                {factories.source(team, year=year, kind="private", name=f"Mitra {n}"): n + 1},
            )
            for n in range(count)
        ]
        add_activities(plan=earlier, rows=rows, by=None, idempotency_key=uuid.uuid4())
        plan = WorkPlan(team=team)
        plan.set_period(to, "year")
        return plan, queries(lambda: create_plan(plan=plan, copied=earlier, by=None))

    def test_asks_as_often_for_5_as_for_50(self, team):
        """Also where each activity has a source of its own that the new year does not have yet."""
        (_, few), (plan, many) = (
            self.of(team, count, year, year + 10) for count, year in ((5, 2021), (50, 2022))
        )
        assert few == many and many <= 25
        assert (
            plan.activities.count() == 51 and FundingSource.objects.filter(year=2032).count() == 51
        )
        lines = BudgetLine.objects.of_plan(plan).filter(source__kind="private")
        assert sorted(
            (line.source.name, line.amount) for line in lines.select_related("source")
        ) == sorted((f"Mitra {n}", n + 1) for n in range(50))
        kept = FundingSource.history.filter(year=2032)
        assert kept.count() == 51 and {row.history_type for row in kept} == {"+"}

    def test_thrown_away_it_asks_as_often(self, team):
        found = []
        for count, year in ((5, 2021), (50, 2022)):
            plan, _ = self.of(team, count, year, year + 10)
            found.append(
                queries(lambda plan=plan: discard_plan(plan=factories.fresh(plan), by=None))
            )
            assert not PlannedActivity.objects.filter(plan=plan.pk).exists()
            assert (
                PlannedActivity.history.filter(plan=plan.pk, history_type="-").count() == count + 1
            )
        assert found[0] == found[1] and found[1] <= 45

    def test_a_draft_with_something_that_happened_is_not_thrown_away(self, team):
        plan = factories.plan(team, activities=2)
        factories.expense(plan.activities.first(), spent_on=date(2019, 7, 1))
        with pytest.raises(TransitionError, match="sudah mempunyai pengeluaran"):
            discard_plan(plan=factories.fresh(plan), by=None)
        assert plan.activities.count() == 2 and BudgetLine.objects.of_plan(plan).count() == 2


class TestComments:
    @pytest.fixture
    def plan(self, team):
        return factories.plan(
            team, activities=2, by=factories.user("secretariat"), state="submitted"
        )

    def comments(self, plan, count, word="Catatan"):
        rows = []
        for n in range(count):
            row = PlanComment(
                plan=plan,
                round=1,
                text=f"{word} {n}.",
                activity=plan.activities.first(),
                about="2.1",
            )
            row.idempotency_key = uuid.uuid4()
            rows.append(row)
        return rows

    def test_asks_as_often_for_5_as_for_50(self, plan):
        chair, found = factories.user("chair"), []
        for count in (5, 50):
            rows = self.comments(plan, count)
            found.append(queries(lambda rows=rows: add_comments(comments=rows, by=chair)))
        few, many = found
        assert few == many and many <= 10
        assert (
            PlanComment.objects.count()
            == PlanComment.history.filter(history_user=chair, history_type="+").count()
            == 55
        )
        assert set(PlanComment.objects.values_list("created_by", "updated_by", "version")) == {
            (chair.pk, chair.pk, 1)
        }

    def test_of_one_sending_only_what_is_new_is_stored(self, plan):
        chair, rows = factories.user("chair"), self.comments(plan, 3)
        assert add_comments(comments=rows[:2], by=chair) == 2
        assert add_comments(comments=rows, by=chair) == 1
        assert PlanComment.objects.count() == PlanComment.history.count() == 3

    def test_what_was_stored_can_be_answered(self, plan):
        """They know their keys afterwards, those that had arrived before, too."""
        chair, rows = factories.user("chair"), self.comments(plan, 2)
        for _ in range(2):
            add_comments(comments=rows, by=chair)
            assert sorted(row.pk for row in rows) == sorted(
                PlanComment.objects.values_list("pk", flat=True)
            )
        answer = PlanComment(plan=plan, round=1, text="Karena.", answers=rows[0])
        add_comments(comments=[answer], by=chair)
        assert rows[0].replies.get() == answer

    def page(self, client, plan, **asked):
        answer = client.get(reverse("programs:plan_review", args=[plan.pk]), asked)
        assert answer.status_code == 200
        return answer

    def test_the_page_keeps_its_weight(self, client, sign_in, plan):
        chair = sign_in("chair")
        url = reverse("programs:plan_review", args=[plan.pk])
        self.page(client, plan)
        found = []
        for count in (COMMENTS_PER_PAGE, 401):
            add_comments(comments=self.comments(plan, count), by=chair)
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(url)
            found.append((len(captured), len(answer.content)))
        (few, light), (many, heavy) = found
        assert few == many <= 6 and heavy < light * 1.1

    def test_every_comment_stands_on_one_of_the_pages(self, client, sign_in, plan):
        """Also the answers of one that has more than a page holds."""
        chair = sign_in("chair")
        add_comments(comments=self.comments(plan, COMMENTS_PER_PAGE), by=chair)
        head = PlanComment.objects.order_by("pk").first()
        answers = self.comments(plan, COMMENTS_PER_PAGE, "Jawaban")
        for row in answers:
            row.answers = head
        add_comments(comments=answers, by=chair)
        PlanComment.objects.order_by("-pk").filter(answers=None).last().resolve(by=chair)
        asked, texts = {}, []
        while asked is not None:
            answer = self.page(client, plan, **asked)
            shown = [row for rows in answer.context["comments"].shown.values() for row in rows]
            texts += [row.text for row in shown if row.pk != head.pk] + [
                one.text for row in shown for one in row.answers_shown
            ]
            page = answer.content.decode()
            assert all(row.text in page for row in shown)
            following = answer.context["comments"].next
            asked = {"catatan": following} if following else None
        expected = PlanComment.objects.exclude(pk=head.pk).values_list("text", flat=True)
        assert sorted(texts) == sorted(expected)

    def test_a_link_to_a_comment_opens_its_page(self, client, sign_in, plan):
        chair = sign_in("chair")
        add_comments(comments=self.comments(plan, 3 * COMMENTS_PER_PAGE), by=chair)
        oldest = PlanComment.objects.order_by("pk").first()
        assert f'id="catatan-{oldest.pk}"' not in self.page(client, plan).content.decode()
        answer = client.get(oldest.get_absolute_url())
        assert f'id="catatan-{oldest.pk}"' in answer.content.decode()

    def test_what_is_typed_under_a_comment_of_another_page_stays(self, client, sign_in, plan):
        chair = sign_in("chair")
        add_comments(comments=self.comments(plan, 2 * COMMENTS_PER_PAGE), by=chair)
        oldest = PlanComment.objects.order_by("pk").first()
        data = {
            "version": plan.version - 1,
            "shown": 1,
            "idempotency_key": str(uuid.uuid4()),
            "aksi": "kembalikan",
        }
        data |= {f"jawab-{oldest.pk}": "Ketikan saya.", "catatan": "Lengkapi."}
        answer = client.post(reverse("programs:plan_review", args=[plan.pk]), data)
        assert answer.status_code == 409 and "Ketikan saya." in answer.content.decode()

    @pytest.mark.parametrize("asked", ["x", "-1", "999999999999", "9" * 30, ""])
    def test_a_comment_that_is_not_there_is_the_first_page(self, client, sign_in, plan, asked):
        chair = sign_in("chair")
        add_comments(comments=self.comments(plan, 2), by=chair)
        assert len(self.page(client, plan, catatan=asked).context["comments"].shown) == 1
