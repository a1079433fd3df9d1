"""What readers and attackers of the work plan found, and what holds since."""

import re
import uuid
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from programs.actions import add_comments, remove_activity, save_activity, submit_plan
from programs.documents import plan_pdf
from programs.models import (
    Achievement,
    BudgetLine,
    Expense,
    FundingSource,
    PlanComment,
    PlannedActivity,
    WorkPlan,
)
from programs.plan_versions import content_of, version_in_force, version_now, version_of
from programs.progress import PlanProgress
from sinergi.kit.forms import ReasonForm
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.pdfs import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def of(record, name, *more):
    return reverse(f"programs:{name}", args=[record.pk, *more])


def table(*titles):
    head = "Peran\tKegiatan\tCara\tTarget\tSatuan\tBulan"
    return "\n".join([head, *(f"1\t{title}\tLainnya\t1\tSK\tJuli" for title in titles)])


class TestSentAgainWithOtherWords:
    """
    A page gone back to: its key has made something already, and what it says now is something else.
    """

    def test_another_table_is_another_import(self, client, sign_in, team):
        sign_in("secretariat")
        plan, key = factories.plan(team, activities=0), str(uuid.uuid4())
        for text in (table("Satu"), table("Dua", "Tiga"), table("Dua", "Tiga")):
            client.post(
                of(plan, "plan_import"),
                {"idempotency_key": key, "pasted": text, "aksi": "tambahkan"},
            )
        assert sorted(row.title for row in plan.activities.all()) == ["Dua", "Satu", "Tiga"]

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

    def test_another_receipt_is_told(self, client, sign_in, team):
        sign_in("secretariat")
        activity = factories.activity(factories.plan(team, activities=0))
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "source": factories.source().pk,
            "spent_on": "2019-07-01",
            "amount": "5",
        }
        statuses = [
            client.post(
                of(activity, "expense_create"),
                data | {"what": "x", "upload": SimpleUploadedFile(name, PDF)},
            ).status_code
            for name in ("salah.pdf", "salah.pdf", "benar.pdf")
        ]
        assert statuses == [302, 302, 409] and Expense.objects.get().original_name == "salah.pdf"


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
        page = client.get(of(plan, "plan_review")).content.decode()
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

    def test_a_file_does_not_overwrite_what_was_pasted(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        sent = {
            "idempotency_key": str(uuid.uuid4()),
            "pasted": table("Tempelan"),
            "aksi": "periksa",
        }
        answer = client.post(
            of(plan, "plan_import"), sent | {"file": SimpleUploadedFile("a.csv", b"x,y")}
        )
        assert answer.status_code == 422 and "Pilih salah satu" in answer.content.decode()
        assert "Tempelan" in answer.context["form"].data["pasted"]

    def test_a_line_break_counts_once(self):
        reason = "\r\n".join(["x" * 99] * 19 + ["y" * 100])
        form = ReasonForm({"version": 1, "reason": reason})
        assert len(reason) > 2000 and form.is_valid(), form.errors
        assert (
            form.cleaned_data["reason"].count("\n") == 19
            and "\r" not in form.cleaned_data["reason"]
        )

    def test_a_meeting_keeps_a_tie_that_is_offered_no_more(self, client, sign_in, team, sheet_data):
        sign_in("secretariat")
        activity = factories.activity(
            factories.plan(team, year=2018, activities=0), way="internal", months=[11]
        )
        client.post("/rapat/baru/", sheet_data(team, activity=str(activity.pk)))
        meeting = team.meetings.get()
        PlannedActivity.objects.filter(pk=activity.pk).update(way="visit")
        page = client.get(reverse("advocacy:meeting_update", args=[meeting.pk])).content.decode()
        assert f'<option value="{activity.pk}" selected>' in page


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

    def test_a_source_that_changed_its_year_breaks_no_page(self, client, sign_in, team):
        sign_in("chair")
        plan = factories.plan(team)
        FundingSource.objects.update(year=2020)
        assert "Rp12.000.000" in client.get(plan.get_absolute_url()).content.decode()

    def test_stamps_are_of_the_readers_zone(self, client, sign_in, team):
        sign_in("chair")
        plan = factories.plan(team, by=factories.user(), state="submitted")
        comment = PlanComment(plan=plan, round=1, text="Pagi sekali.").save_as(by=None)
        PlanComment.objects.filter(pk=comment.pk).update(
            created_at=datetime(2026, 7, 31, 18, tzinfo=UTC)
        )
        assert "1 Agustus 2026" in client.get(of(plan, "plan_review")).content.decode()


class TestSheets:
    @pytest.mark.parametrize(("text", "target"), [("3.0", 3), ("1.250", 1250), ("17", 17)])
    def test_targets_as_excel_writes_them(self, client, sign_in, team, text, target):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        sent = {
            "idempotency_key": str(uuid.uuid4()),
            "pasted": table("Satu").replace("\t1\tSK", f"\t{text}\tSK"),
            "aksi": "tambahkan",
        }
        assert client.post(of(plan, "plan_import"), sent).status_code == 302
        assert plan.activities.get().target == target

    @pytest.mark.parametrize("text", ["1.5", "2.5", "0.0", "000000001" + "0" * 5000, "9" * 5000])
    def test_targets_that_are_none(self, client, sign_in, team, text):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        sent = {
            "idempotency_key": str(uuid.uuid4()),
            "pasted": table("Satu").replace("\t1\tSK", f"\t{text}\tSK"),
            "aksi": "tambahkan",
        }
        assert (
            client.post(of(plan, "plan_import"), sent).status_code == 422
            and not plan.activities.exists()
        )

    def test_sources_whose_names_look_alike_are_kept_apart(self, client, sign_in, team):
        sign_in("secretariat")
        plan, other = (
            factories.plan(team, activities=0),
            factories.plan(team, year=2020, activities=0),
        )
        names = ("PT A", "PT. A", "😀", "日本")
        for year in (2019, 2020):
            sources = [
                factories.source(team, year=year, kind="private", name=name) for name in names
            ]
        sources = [factories.source(team, kind="private", name=name) for name in names]
        factories.activity(plan, budget={source: n for n, source in enumerate(sources, 1)})
        content = client.get(of(plan, "plan_export")).content
        assert load_workbook(BytesIO(content)).worksheets[0].max_row == 2
        sent = {
            "idempotency_key": str(uuid.uuid4()),
            "aksi": "periksa",
            "file": SimpleUploadedFile("r.xlsx", content),
        }
        pasted = client.post(of(other, "plan_import"), sent).context["form"].data["pasted"]
        sent = {"idempotency_key": str(uuid.uuid4()), "aksi": "tambahkan", "pasted": pasted}
        assert client.post(of(other, "plan_import"), sent).status_code == 302
        stored = BudgetLine.objects.filter(activity__plan=other).order_by("amount")
        assert [(line.source.name, line.amount) for line in stored] == [
            (name, n) for n, name in enumerate(names, 1)
        ]

    def test_a_name_that_could_be_two_sources_is_asked_back(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        for name in ("PT A", "PT. A"):
            factories.source(team, kind="private", name=name)
        text = (
            table("Satu").replace("\tBulan", "\tBulan\tAnggaran\tSumber dana")
            + "\t500\tSwasta CSR PT A"
        )
        answer = client.post(
            of(plan, "plan_import"),
            {"idempotency_key": str(uuid.uuid4()), "pasted": text, "aksi": "periksa"},
        )
        assert answer.status_code == 422 and "tulis persis" in answer.content.decode()


@pytest.mark.both("each database refuses other values")
class TestOddInput:
    def test_an_amount_of_5000_digits(self, client, sign_in, team):
        sign_in("secretariat")
        activity = factories.activity(factories.plan(team, activities=0))
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "source": factories.source().pk,
            "spent_on": "2019-07-01",
            "what": "x",
        }
        assert (
            client.post(of(activity, "expense_create"), data | {"amount": "9" * 5000}).status_code
            == 422
        )

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

    @pytest.mark.parametrize("year", ["-5", "1" * 21, "dua ribu", "1999", "2100"])
    def test_years_of_no_budget(self, client, sign_in, team, year):
        sign_in("secretariat")
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "year": year,
            "kind": "apbn",
            "support": "cash",
        }
        answer = client.post(of(team, "funding_create"), data)
        assert answer.status_code == 422 and "9223372036854775807" not in answer.content.decode()
        assert not FundingSource.objects.exists()

    def test_long_words_and_strange_letters_print(self, team):
        plan = factories.plan(team, activities=0)
        factories.activity(
            plan, title="W" * 200, unit="Q" * 40, output="#set text(red) *tebal* $x$ @rujuk 😀 日本"
        )
        version = version_of(content_of(plan))
        assert plan_pdf(
            plan, version, PlanProgress(plan, version, today=date(2019, 7, 1))
        ).startswith(b"%PDF")
