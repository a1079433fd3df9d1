"""Visits: what the database holds, what may be done when, and what became of recommendations."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from advocacy.actions import (
    VisitReport,
    add_photo,
    record_visit,
    reopen_visit,
    send_visit,
)
from advocacy.actions import visits as visit_actions
from advocacy.models import FollowUp, FollowUpNote, Visit, VisitPhoto
from advocacy.querysets.visits import earlier_answers
from advocacy.questions import Question
from sinergi.kit.models import Duplicate, FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from sinergi.kit.uploads import SafeFile
from tests import factories
from tests.constraints import kept, refused
from tests.pages import html_of

pytestmark = pytest.mark.django_db

JUNE, SEPTEMBER = date(2019, 6, 12), date(2019, 9, 10)


@pytest.fixture
def secretariat():
    return factories.user("secretariat")


@pytest.fixture
def library(secretariat):
    factories.team()
    return factories.library(by=secretariat)


def picture(name="rak.jpg"):
    return SafeFile(
        ContentFile(b"gambar"), "image/jpeg", name, thumbnail=ContentFile(b"gambar kecil")
    )


@pytest.mark.both("constraints are held by the database")
class TestConstraints:
    def test_sent_is_stamped_and_keeps_its_words(self, library, secretariat):
        visit = factories.visit(library, by=secretariat, send=False)
        refused(visit, state="sent")
        refused(visit, state="sent", sent_at=timezone.now(), sent_by=secretariat)
        refused(visit, kept={"library": "Lama"})
        kept(visit, state="sent", sent_at=timezone.now(), sent_by=secretariat, kept={})

    def test_reopened_with_a_reason(self, library, secretariat):
        visit = factories.visit(library, by=secretariat, send=False)
        refused(visit, reopened_at=timezone.now())
        kept(visit, reopened_at=timezone.now(), reopen_reason="Salah tanggal.")

    def test_the_regency_lies_in_the_province(self, library, secretariat):
        visit = factories.visit(library, by=secretariat)
        factories.province("11")
        refused(visit, province="11")
        kept(visit, regency=None)

    def test_a_person_went_once_and_a_guest_has_an_institution(self, library, secretariat):
        two = [factories.person(), factories.person()]
        first, second = factories.visit(library, by=secretariat, went=two).attendance.all()
        refused(second, person=first.person)
        refused(second, is_guest=True, institution="")
        kept(second, is_guest=True)

    def test_a_followup_has_one_origin(self, library, secretariat):
        row = factories.visit(library, by=secretariat, recommended=["Rawat"]).followups.get()
        meeting = factories.meeting()
        refused(row, meeting=meeting)
        refused(row, visit=None)
        refused(row, visit=None, meeting=meeting)  # in nobody's hands
        kept(row, visit=None, meeting=meeting, person_in_charge=factories.person())

    def test_what_is_closed_says_as_what(self, library, secretariat):
        row = factories.visit(library, by=secretariat, recommended=["Rawat"]).followups.get()
        refused(row, closed_at=timezone.now(), closing_note="Selesai.")
        refused(row, closed_as="done")
        kept(row, closed_at=timezone.now(), closing_note="Selesai.", closed_as="dropped")

    def test_a_recommendation_is_answered_once_a_visit_and_moves_while_open(
        self, library, secretariat
    ):
        first = factories.visit(library, by=secretariat, recommended=["Rawat", "Tata"])
        one, other = first.followups.order_by("pk")
        row = factories.answered(one, on=SEPTEMBER, answer="open").recommendation_answers.get()
        twin = factories.answered(other, on=SEPTEMBER, answer="done").recommendation_answers.get()
        kept(row, due_on=SEPTEMBER)
        refused(twin, due_on=SEPTEMBER)
        refused(twin, visit=row.visit, followup=row.followup)


class TestSending:
    def test_what_is_missing_is_said_at_once(self, library, secretariat):
        asked = [Question("", "Perpustakaan buka", required=True), Question("", "Rak cukup")]
        checklist = factories.checklist(by=secretariat, asked=asked)
        visit = Visit(team=library.province.team, visited_on=date(2099, 1, 1), purpose="both")
        visit.set_library(library)
        visit.checklist_version = checklist.versions.get()
        record_visit(VisitReport(visit=visit), by=secretariat)
        with pytest.raises(TransitionError) as refusal:
            send_visit(visit=visit, by=secretariat)
        told = str(refusal.value)
        assert "tidak boleh sesudah hari ini" in told and "Tandai siapa yang berkunjung" in told
        assert "Jawab pertanyaan “Perpustakaan buka”." in told and "Rak" not in told
        assert visit.stored().state == "draft"

    def test_sent_is_frozen_with_all_its_rows(self, library, secretariat):
        visit = factories.visit(library, by=secretariat, recommended=["Rawat"])
        for row in (visit.stored(), visit.attendance.get(), visit.followups.get()):
            with pytest.raises(FrozenRecord):
                row.save_as(by=secretariat)
        with pytest.raises(FrozenRecord):
            visit.delete_as(by=secretariat)

    def test_a_draft_is_written_on_and_deleted(self, library, secretariat):
        visit = factories.visit(library, by=secretariat, send=False)
        visit.findings = "Rak penuh."
        visit.save_as(by=secretariat)
        visit.delete_as(by=secretariat)
        assert not Visit.objects.exists()

    def test_says_the_same_after_the_library_was_renamed(self, library, secretariat):
        visit = factories.visit(library, by=secretariat, recommended=["Rawat"])
        before = visit.words
        library.name = "Perpustakaan Baru"
        library.save_as(by=secretariat)
        later = Visit.objects.get()
        assert later.words == before and "Baru" not in str(later)
        assert later.followups.get().holder == f"Pengelola {before['library']}"

    def test_a_sent_visit_keeps_the_earlier_answers_it_was_sent_beside(self, library, secretariat):
        version = factories.checklist(by=secretariat).versions.get()
        first, second = (
            factories.visit(
                library,
                by=secretariat,
                visited_on=day,
                checklist_version=version,
                answers={"k2": number},
            )
            for day, number in ((JUNE, 3), (SEPTEMBER, 4))
        )
        told = second.stored().words["earlier"]["k2"]
        assert told == {"day": "2019-06-12", "text": "3 hari"}
        factories.visit(  # entered late
            library,
            by=secretariat,
            visited_on=date(2019, 8, 1),
            checklist_version=version,
            answers={"k2": 9},
        )
        assert second.stored().words["earlier"]["k2"] == told
        twin = factories.visit(
            library,
            by=secretariat,
            visited_on=JUNE,
            checklist_version=version,
            answers={"k2": 7},
        )
        assert first.stored().words["earlier"] == {}
        assert twin.stored().words["earlier"]["k2"]["text"] == "3 hari"

    def test_two_people_writing_the_second_is_told(self, library, secretariat):
        visit = factories.visit(library, by=secretariat, send=False)
        one, other = visit.stored(), visit.stored()
        record_visit(VisitReport(visit=one, version=one.version), by=secretariat)
        with pytest.raises(StaleRecord):
            record_visit(VisitReport(visit=other, version=other.version), by=secretariat)

    def test_sent_twice_is_one_visit(self, library, secretariat):
        key = uuid.uuid4()
        for _ in range(2):
            visit = Visit(team=library.province.team, visited_on=JUNE, purpose="both")
            visit.set_library(library)
            report = VisitReport(visit=visit, idempotency_key=key)
            try:
                record_visit(report, by=secretariat)
            except Duplicate as duplicate:
                assert duplicate.record == Visit.objects.get()
        assert Visit.objects.count() == 1

    def test_a_crash_in_the_middle_leaves_nothing(self, library, secretariat):
        visit = Visit(team=library.province.team, visited_on=JUNE, purpose="both")
        visit.set_library(library)
        nobody = FollowUp(what="Rawat", due_on=None)  # the column needs a day
        with pytest.raises(Exception, match="due_on"):
            record_visit(VisitReport(visit=visit, followups=[nobody]), by=secretariat)
        assert not Visit.objects.exists()


class TestRecommendations:
    @pytest.fixture
    def row(self, library, secretariat):
        return factories.visit(
            library, by=secretariat, visited_on=JUNE, recommended=["Rawat komputer"]
        ).followups.get()

    def test_open_of_a_library_are_those_of_sent_visits(self, row, library, secretariat):
        factories.visit(library, by=secretariat, recommended=["Draf"], send=False)
        assert list(FollowUp.objects.recommended_to(library)) == [row]
        assert list(FollowUp.objects.without_cancelled()) == [row]

    @pytest.mark.parametrize(
        ("answer", "label"), [("done", "Selesai"), ("dropped", "Tidak perlu lagi")]
    )
    def test_answered_it_is_closed_with_the_word_of_the_visit(self, row, answer, label):
        visit = factories.answered(row, on=SEPTEMBER, answer=answer, note="Sudah menyala.")
        stored = row.stored()
        assert (stored.closing_note, stored.status_on(SEPTEMBER).label) == ("Sudah menyala.", label)
        assert stored.progress.get().visit == visit

    def test_still_open_it_moves_and_the_visit_that_made_it_says_what_it_said(self, row):
        day = date(2019, 10, 31)
        made_due = row.due_on
        visit = factories.answered(row, on=SEPTEMBER, answer="open", due_on=day)
        stored = row.stored()
        assert stored.is_open and stored.due_on == day and stored.due_in_minutes == made_due
        entry = stored.progress.get()
        assert (entry.visit, entry.due_on, entry.kind) == (visit, day, FollowUpNote.Kind.PROGRESS)

    def test_closed_meanwhile_it_stays_as_it_is_and_the_visit_keeps_its_word(
        self, row, library, secretariat
    ):
        factories.answered(row, on=SEPTEMBER, answer="done", note="Pertama.")
        late = factories.answered(row, on=SEPTEMBER, answer="open", note="Kedua.")
        assert row.stored().closing_note == "Pertama."
        assert late.recommendation_answers.get().note == "Kedua."

    def test_reopening_a_visit_opens_what_it_closed_and_sending_it_anew_closes_it(
        self, row, secretariat
    ):
        visit = factories.answered(row, on=SEPTEMBER, answer="done", note="Menyala.")
        reopen_visit(visit=visit, by=secretariat, reason="Salah desa.")
        assert row.stored().is_open
        answer = visit.recommendation_answers.get()
        answer.note = "Dua menyala."
        report = VisitReport(
            visit=visit.stored(), recommendations=[answer], version=visit.stored().version
        )
        record_visit(report, by=secretariat, send=True)
        assert row.stored().closing_note == "Dua menyala."
        kinds = list(row.progress.order_by("pk").values_list("kind", flat=True))
        assert kinds == ["closed", "reopened", "closed"]

    def test_what_somebody_else_closed_since_stays_closed(self, row, secretariat):
        visit = factories.answered(row, on=SEPTEMBER, answer="open")
        row.refresh_from_db()
        row.close(by=secretariat, note="Selesai lewat rapat.")
        reopen_visit(visit=visit, by=secretariat, reason="Salah tanggal.")
        assert not row.stored().is_open

    def test_sent_again_with_the_same_words_is_one_entry(self, row, secretariat):
        visit = factories.answered(row, on=SEPTEMBER, answer="open", due_on=date(2019, 10, 31))
        reopen_visit(visit=visit, by=secretariat, reason="Salah ketik.")
        send_visit(visit=visit.stored(), by=secretariat)
        assert row.progress.count() == 1

    def test_what_was_decided_later_stands_when_an_earlier_visit_is_sent_anew(
        self, row, secretariat
    ):
        early, late = date(2019, 11, 5), date(2019, 12, 24)
        first = factories.answered(row, on=SEPTEMBER, answer="open", due_on=early)
        factories.answered(row, on=SEPTEMBER, answer="open", due_on=late, note="Lewat rapat.")
        reopen_visit(visit=first, by=secretariat, reason="Salah ketik.")
        send_visit(visit=first.stored(), by=secretariat)
        assert row.stored().due_on == late

    def test_only_a_reason_reopens(self, row, secretariat):
        with pytest.raises(TransitionError):
            reopen_visit(visit=row.visit.stored(), by=secretariat, reason=" ")
        assert row.visit.stored().state == "sent"


class TestPhotos:
    def test_of_a_draft(self, library, secretariat):
        visit = factories.visit(library, by=secretariat, send=False)
        photo = add_photo(visit=visit, safe=picture(), by=secretariat, idempotency_key=uuid.uuid4())
        with photo.file.open() as kept_file, photo.thumbnail.open() as small:
            assert (kept_file.read(), small.read()) == (b"gambar", b"gambar kecil")

    def test_announced_with_a_sent_visit_arrives_later_once(self, library, secretariat):
        key = uuid.uuid4()
        visit = factories.visit(library, by=secretariat, photo_keys=[str(key)])
        add_photo(visit=visit, safe=picture(), by=secretariat, idempotency_key=key)
        with pytest.raises(Duplicate):
            add_photo(visit=visit, safe=picture(), by=secretariat, idempotency_key=key)
        assert VisitPhoto.objects.count() == 1

    def test_no_more_than_a_visit_may_have(self, library, secretariat, monkeypatch):
        monkeypatch.setattr(visit_actions, "MAX_PHOTOS", 1)
        visit = factories.visit(library, by=secretariat, send=False)
        factories.photo(visit, by=secretariat)
        with pytest.raises(TransitionError, match="Paling banyak 1 foto"):
            factories.photo(visit, by=secretariat)

    def test_of_a_sent_visit_that_did_not_announce_it_is_refused(self, library, secretariat):
        visit = factories.visit(library, by=secretariat)
        with pytest.raises(TransitionError):
            add_photo(visit=visit, safe=picture(), by=secretariat, idempotency_key=uuid.uuid4())
        assert not VisitPhoto.objects.exists()


class TestEarlierAnswers:
    def test_newest_first_of_sent_visits_until_that_day(self, library, secretariat):
        version = factories.checklist(by=secretariat).versions.get()
        keys = {one.key: None for one in version.asked}
        for day, value in ((JUNE, 3), (date(2019, 3, 1), 2), (SEPTEMBER, 4)):
            visit = factories.visit(library, by=secretariat, visited_on=day, send=False)
            visit.checklist_version, visit.answers = version, {**keys, "k1": value}
            visit.save_as(by=secretariat)
            if value < 4:
                Visit.objects.filter(pk=visit.pk).update(
                    state="sent", sent_at=timezone.now(), sent_by=secretariat, kept={}
                )
        found = earlier_answers(Visit.objects.before(library, SEPTEMBER))
        assert [(one.day, one.answers["k1"]) for one in found] == [
            (JUNE, 3),
            (date(2019, 3, 1), 2),
        ]
        assert earlier_answers(Visit.objects.before(library, date(2019, 2, 1))) == []


def test_the_page_of_an_internal_meeting_names_the_visits_since_the_one_before(
    library, secretariat, client
):
    team = library.province.team
    for day in (date(2019, 5, 2), JUNE, date(2019, 7, 1)):
        factories.visit(library, by=secretariat, visited_on=day)
    factories.minutes(team, by=secretariat, starts_at=datetime(2019, 6, 5, 2, tzinfo=UTC))
    meeting = factories.minutes(team, by=secretariat)  # on 19 June
    client.force_login(secretariat, backend="sinergi.accounts.backends.RoleBackend")
    html = html_of(client.get(meeting.get_absolute_url()))
    assert "12 Juni 2019</a>" in html
    assert "2 Mei 2019</a>" not in html and "1 Juli 2019</a>" not in html
