"""The life of a meeting: each transition allowed and refused, each constraint kept and broken."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.models import AgendaItem, Attachment, Attendance, AudienceCase, FollowUp, Meeting
from sinergi.home.tasks import tasks_of
from sinergi.kit.models import FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from tests.constraints import kept, refused

pytestmark = pytest.mark.django_db

State = Meeting.State
CALLS = {
    "hold": {},
    "submit": {},
    "take_back": {},
    "approve": {},
    "send_back": {"reason": "Lengkapi daftar hadir."},
    "reopen": {"reason": "Nama salah."},
    "cancel": {"reason": "Ditunda."},
}
#: From which state each transition leads where; everything else is refused.
LEADS = {
    ("hold", State.PLANNED): State.HELD,
    ("submit", State.HELD): State.SUBMITTED,
    ("submit", State.RETURNED): State.SUBMITTED,
    ("approve", State.SUBMITTED): State.APPROVED,
    ("take_back", State.SUBMITTED): State.HELD,
    ("send_back", State.SUBMITTED): State.RETURNED,
    ("reopen", State.APPROVED): State.RETURNED,
    ("cancel", State.PLANNED): State.CANCELLED,
    ("cancel", State.HELD): State.CANCELLED,
}


@pytest.fixture
def in_state(make):
    """Build a meeting with complete minutes in the given state."""

    def build(state):
        account = make.user("secretariat")
        if state in (State.PLANNED, State.CANCELLED):
            meeting = make.meeting(make.team(), by=account)
            return (
                meeting.cancel(by=account, reason="Ditunda.")
                if state == State.CANCELLED
                else meeting
            )
        return make.minutes(make.team(), by=account, state=state)

    return build


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("name", CALLS)
def test_every_transition_from_every_state(in_state, make, name, state):
    meeting, account = in_state(state), make.user("chair")
    if name == "take_back" and state == State.SUBMITTED:
        account = meeting.submitted_by
    if target := LEADS.get((name, State(state))):
        getattr(meeting, name)(by=account, **CALLS[name])
        assert Meeting.objects.get(pk=meeting.pk).state == target
        assert meeting.updated_by == account
    else:
        with pytest.raises(TransitionError):
            getattr(meeting, name)(by=account, **CALLS[name])
        assert Meeting.objects.get(pk=meeting.pk).state == state


@pytest.mark.parametrize(
    ("name", "state"),
    [("send_back", State.SUBMITTED), ("reopen", State.APPROVED), ("cancel", State.PLANNED)],
)
def test_a_reason_must_say_something(in_state, make, name, state):
    meeting = in_state(state)
    with pytest.raises(TransitionError, match="alasannya"):
        getattr(meeting, name)(by=make.user("chair"), reason="   ")
    assert Meeting.objects.get(pk=meeting.pk).state == state


def test_a_transition_stamps_who_and_when(in_state, make):
    meeting, chair = in_state(State.SUBMITTED), make.user("chair")
    before = timezone.now()
    meeting.approve(by=chair)
    assert meeting.approved_by == chair
    assert before <= meeting.approved_at <= timezone.now()


def test_two_chairs_cannot_both_decide(in_state, make):
    """One approves, the other returns the copy read before: the second is told."""
    first = in_state(State.SUBMITTED)
    second = Meeting.objects.get(pk=first.pk)
    first.approve(by=make.user("chair"))
    with pytest.raises((StaleRecord, FrozenRecord)):
        second.send_back(by=make.user("chair"), reason="Kurang lengkap.")
    assert Meeting.objects.get(pk=first.pk).state == State.APPROVED


class TestTakenBack:
    """Sent minutes go back to whoever sent them, until the chair has decided."""

    @pytest.fixture
    def sender(self, sign_in):
        return sign_in("secretariat")

    @pytest.fixture
    def sent(self, make, sender):
        return make.minutes(make.team(), by=sender, state="submitted")

    def url(self, meeting):
        return reverse("advocacy:meeting_take_back", args=[meeting.pk])

    def test_by_who_sent_them(self, client, sent, sender):
        page = client.get(sent.get_absolute_url()).content.decode()
        assert self.url(sent) in page
        assert (
            "Tarik kembali notula “Rapat internal”?" in client.get(self.url(sent)).content.decode()
        )
        assert client.post(self.url(sent), {"version": sent.version}).status_code == 302
        stored = sent.stored()
        assert (stored.state, stored.taken_back_by, stored.submitted_by) == (
            State.HELD,
            sender,
            sender,
        )
        page = client.get(sent.get_absolute_url()).content.decode()
        assert (
            "Ditarik kembali oleh" in page
            and "Belum dikirim" in page
            and self.url(sent) not in page
        )
        assert (
            "Ditarik kembali oleh"
            in client.get(reverse("advocacy:meeting_history", args=[sent.pk])).content.decode()
        )
        assert [
            task
            for task in tasks_of(sender, date(2019, 7, 1))
            if task.title.startswith("Isi notula")
        ]

    @pytest.mark.both("constraints are checked by the database")
    def test_they_are_written_and_sent_again(self, sent, sender):
        sent.take_back(by=sender)
        sent.title = "Diperbaiki"
        sent.save_as(by=sender)
        sent.submit(by=sender)
        sent.approve(by=None)
        assert sent.stored().kept["by"]["taken_back"] == str(sender)

    def test_not_by_another(self, client, sent, make, sign_in):
        """Neither another of the desk, nor the chair; nor where nobody in particular sent them."""
        for role in ("secretariat", "administrator", "chair", "observer"):
            account = sign_in(role)
            assert self.url(sent) not in client.get(sent.get_absolute_url()).content.decode()
            assert client.get(self.url(sent)).status_code == 403
            assert client.post(self.url(sent), {"version": sent.version}).status_code == 403
            with pytest.raises(TransitionError, match="yang mengirimnya"):
                sent.take_back(by=account)
        nobodys = make.minutes(sent.team, state="submitted")
        assert not nobodys.may_be_taken_back_by(make.user("secretariat"))
        assert sent.stored().state == State.SUBMITTED

    @pytest.mark.parametrize("decision", ["approve", "send_back"])
    def test_not_once_the_chair_has_decided(self, client, sent, sender, make, decision):
        page = sent.version
        getattr(sent, decision)(by=make.user("chair"), **CALLS[decision])
        after = sent.stored()
        answer = client.post(self.url(sent), {"version": page})
        assert answer.status_code == 422 and after.get_state_display() in answer.content.decode()
        with pytest.raises(TransitionError):
            after.take_back(by=sender)
        assert sent.stored().state == after.state and sent.stored().taken_back_at is None

    def test_what_the_chair_asked_for_before_is_still_read(self, client, sent, sender, make):
        sent.send_back(by=make.user("chair"), reason="Lengkapi lampiran.")
        sent.submit(by=sender)
        sent.take_back(by=sender)
        assert (
            "Yang diminta diperbaiki: Lengkapi lampiran."
            in client.get(sent.get_absolute_url()).content.decode()
        )


class TestMissing:
    """What keeps minutes from being sent."""

    def test_complete_minutes_miss_nothing(self, make):
        assert make.minutes(make.team()).missing_for_minutes() == []

    def test_nobody_present(self, make):
        meeting = make.minutes(make.team())
        meeting.attendance.update(presence="absent")
        assert meeting.missing_for_minutes() == [
            ("attendance", "Tandai paling sedikit satu orang yang hadir.")
        ]

    def test_someone_unmarked(self, make):
        meeting = make.minutes(make.team())
        Attendance.objects.filter(name="Kepala DKPUS").update(presence="")
        assert meeting.missing_for_minutes() == [("attendance", "Tandai kehadiran: Kepala DKPUS.")]

    def test_no_agenda_chair_or_note_taker(self, make):
        meeting = make.minutes(make.team())
        meeting.agenda.all().delete()
        meeting.chair = meeting.note_taker = None
        assert meeting.missing_for_minutes() == [
            ("chair", "Pilih pimpinan rapat."),
            ("note_taker", "Pilih notulis."),
            ("agenda", "Isi paling sedikit satu agenda."),
        ]

    def test_not_held_yet(self, make):
        """Whether it is still planned, or was noted down as held and then put off."""
        meeting = make.minutes(make.team(), starts_at=timezone.now() - timedelta(hours=1))
        ahead = timezone.now() + timedelta(days=1)
        for state in (State.HELD, State.PLANNED):
            Meeting.objects.filter(pk=meeting.pk).update(starts_at=ahead, state=state)
            meeting = Meeting.objects.get(pk=meeting.pk)
            ((field, message),) = meeting.missing_for_minutes()
            assert field == "day" and meeting.when_text in message
            with pytest.raises(TransitionError, match="setelah rapat berlangsung"):
                meeting.submit(by=None)


def rows_of(meeting):
    """Return a row of each kind, as it is stored."""
    return [
        meeting.agenda.first(),
        meeting.attendance.first(),
        meeting.followups.first(),
        meeting.attachments.first(),
        meeting.audience_cases.first(),
    ]


def new_rows(meeting, case):
    file = {"original_name": "baru.jpg", "content_type": "image/jpeg", "size": 1}
    return [
        AgendaItem(meeting=meeting, topic="Susulan"),
        Attendance(
            meeting=meeting, name="Tamu", institution="Bappeda", is_guest=True, presence="present"
        ),
        FollowUp(
            meeting=meeting,
            province=meeting.province,
            what="Susulan",
            person_in_charge=meeting.chair,
            due_on=date(2019, 9, 1),
        ),
        Attachment(meeting=meeting, **file),
        AudienceCase(meeting=meeting, case=case),
    ]


class TestRowsOfWhatWasSent:
    """
    From handing in until they come back, no row of the minutes is written, added, taken away or
    moved.
    """

    @pytest.fixture
    def audience(self, make):
        meeting = make.audience(make.team(), by=make.user("secretariat"))
        AgendaItem(meeting=meeting, topic="Agenda").save_as(by=None)
        make.followup(meeting)
        file = {"original_name": "rapat.jpg", "content_type": "image/jpeg", "size": 1}
        Attachment(meeting=meeting, **file).save_as(by=None)
        return meeting

    def moved(self, meeting, state):
        if state == State.CANCELLED:
            return meeting.cancel(by=None, reason="Keliru dicatat.")
        meeting.submit(by=None)
        if state == State.APPROVED:
            meeting.approve(by=None)
        if state == State.RETURNED:
            meeting.send_back(by=None, reason="Lengkapi.")
        return meeting

    @pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.CANCELLED])
    def test_they_stay(self, audience, make, state):
        case = make.case(audience.team, asked="Lain")
        meeting = self.moved(audience, state)
        for row in rows_of(meeting):
            with pytest.raises(FrozenRecord):
                row.save_as(by=None)
        for row in rows_of(meeting):  # read anew: a copy that was refused once counts as stale
            with pytest.raises(FrozenRecord):
                row.delete_as(by=None)
        for row in new_rows(meeting, case):
            with pytest.raises(FrozenRecord):
                row.save_as(by=None)
        assert [row.version for row in rows_of(meeting)] == [1] * 5
        assert [type(row).objects.filter(meeting=meeting).count() for row in rows_of(meeting)] == [
            1
        ] * 5

    @pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.CANCELLED])
    def test_none_is_put_among_them(self, audience, make, state):
        """Of another meeting, or a file that waits for one."""
        other = make.audience(
            audience.team, title="Lain", cases=[make.case(audience.team, asked="Lain")]
        )
        rows = new_rows(other, make.case(audience.team, asked="Lagi"))
        rows[3].meeting = None
        rows = [row.save_as(by=None) for row in rows]
        meeting = self.moved(audience, state)
        for row in rows:
            row.meeting = meeting
            with pytest.raises(FrozenRecord):
                row.save_as(by=None)
            assert row.stored().meeting_id != meeting.pk

    def test_returned_they_are_written_again(self, audience, make):
        meeting = self.moved(audience, State.RETURNED)
        for row in [*rows_of(meeting), *new_rows(meeting, make.case(audience.team, asked="Lain"))]:
            assert row.save_as(by=None).stored().meeting == meeting
        for row in rows_of(meeting):
            row.delete_as(by=None)
            assert not type(row).objects.filter(pk=row.pk).exists()

    def test_a_follow_up_is_closed_meanwhile(self, audience, make):
        row = self.moved(audience, State.SUBMITTED).followups.get()
        row.close(by=make.user("secretariat"), note="Sudah.")
        assert not row.stored().is_open


class TestApprovedByAnother:
    """Nobody approves minutes they handed in themselves, whatever roles they have."""

    @pytest.fixture(params=["both roles", "superuser"])
    def both(self, request, make):
        if request.param == "superuser":
            return make.user(is_superuser=True)
        return make.assign(make.user("secretariat"), "chair")

    @pytest.mark.both("a constraint")
    def test_their_own_is_refused(self, both, make):
        meeting = make.minutes(make.team(), by=both, state="submitted")
        assert not meeting.may_be_approved_by(both)
        with pytest.raises(TransitionError, match="Anda kirim sendiri"):
            meeting.approve(by=both)
        assert meeting.stored().state == State.SUBMITTED and meeting.stored().kept is None

    def test_anothers_is_not(self, both, make):
        meeting = make.minutes(make.team(), by=make.user("secretariat"), state="submitted")
        assert meeting.may_be_approved_by(both)
        meeting.approve(by=both)
        assert meeting.stored().approved_by == both

    def test_who_sent_them_last_counts(self, both, make):
        """Handed in by another first, returned, and then by oneself."""
        meeting = make.minutes(make.team(), by=make.user("secretariat"), state="submitted")
        meeting.send_back(by=both, reason="Lengkapi.")
        meeting.submit(by=both)
        with pytest.raises(TransitionError, match="Anda kirim sendiri"):
            meeting.approve(by=both)

    def test_the_page_says_why_and_nothing_asks_for_it(self, both, make, client, sign_in):
        meeting = make.minutes(make.team(), by=both, state="submitted")
        sign_in(both)
        url = reverse("advocacy:meeting_approve", args=[meeting.pk])
        page = client.get(meeting.get_absolute_url()).content.decode()
        assert "Notula ini Anda kirim sendiri; yang mengesahkan harus orang lain." in page
        assert url not in page and "Giliran Anda" not in page
        assert reverse("advocacy:meeting_return", args=[meeting.pk]) in page, "taken back it can be"
        assert not [
            task for task in tasks_of(both, date(2019, 7, 1)) if task.title.startswith("Sahkan")
        ]
        answer = client.post(url, {"version": meeting.version})
        assert answer.status_code == 422 and "Anda kirim sendiri" in answer.content.decode()
        assert meeting.stored().state == State.SUBMITTED

    def test_another_is_asked(self, both, make, client, sign_in):
        meeting = make.minutes(make.team(), by=make.user("secretariat"), state="submitted")
        sign_in(both)
        url = reverse("advocacy:meeting_approve", args=[meeting.pk])
        page = client.get(meeting.get_absolute_url()).content.decode()
        assert url in page and "Giliran Anda" in page and "Anda kirim sendiri" not in page
        assert [
            task for task in tasks_of(both, date(2019, 7, 1)) if task.title.startswith("Sahkan")
        ]
        assert client.post(url, {"version": meeting.version}).status_code == 302


class TestFrozen:
    """Approved minutes are final for everyone."""

    @pytest.fixture
    def approved(self, make):
        return make.minutes(make.team(), state="approved")

    def test_the_meeting(self, approved, make):
        approved.title = "Lain"
        with pytest.raises(FrozenRecord):
            approved.save_as(by=make.user("administrator"))
        assert Meeting.objects.get(pk=approved.pk).title == "Rapat internal"

    @pytest.mark.parametrize("model", [AgendaItem, Attendance, FollowUp])
    def test_its_rows(self, approved, make, model):
        row = model.objects.filter(meeting=approved).first()
        with pytest.raises(FrozenRecord):
            row.save_as(by=make.user("administrator"))
        with pytest.raises(FrozenRecord):
            row.delete_as(by=make.user("administrator"))
        assert model.objects.filter(pk=row.pk).exists()

    def test_a_new_row(self, approved, make):
        with pytest.raises(FrozenRecord):
            AgendaItem(meeting=approved, topic="Susulan").save_as(by=None)
        with pytest.raises(FrozenRecord):
            Attachment(
                meeting=approved, original_name="a.jpg", size=1, content_type="image/jpeg"
            ).save_as(by=None)
        assert not AgendaItem.objects.filter(topic="Susulan").exists()

    def test_reopened_it_can_be_mended_and_leaves_a_trace(self, approved, make):
        approved.reopen(by=make.user("chair"), reason="Keputusan kedua kurang.")
        approved.title = "Diperbaiki"
        approved.save_as(by=make.user("secretariat"))
        assert approved.review_note == "Keputusan kedua kurang."
        assert "approved" in approved.history.values_list("state", flat=True)

    def test_its_follow_ups_can_still_be_closed(self, approved, make):
        row = approved.followups.get()
        row.close(by=make.user("secretariat"), note="Sudah dikirim.")
        assert not FollowUp.objects.get(pk=row.pk).is_open


def test_review_note_is_of_the_last_return(make):
    meeting, desk, chair = (
        make.minutes(make.team(), state="submitted"),
        make.user("secretariat"),
        make.user("chair"),
    )
    meeting.send_back(by=chair, reason="Pertama.")
    assert meeting.review_note == "Pertama."
    meeting.submit(by=desk)
    meeting.approve(by=chair)
    meeting.reopen(by=chair, reason="Kedua.")
    assert meeting.review_note == "Kedua."
    meeting.submit(by=desk)
    meeting.send_back(by=chair, reason="Ketiga.")
    assert meeting.review_note == "Ketiga."


@pytest.mark.both("constraints")
class TestConstraints:
    def test_end_after_start(self, make):
        meeting = make.meeting(make.team())
        refused(meeting, ends_at=meeting.starts_at)
        kept(meeting, ends_at=meeting.starts_at + timedelta(minutes=1))

    def test_regency_meeting_names_its_regency(self, make):
        meeting = make.meeting(make.team())
        refused(meeting, kind="stakeholder_regency")
        kept(meeting, kind="stakeholder_regency", regency=make.regency())

    def test_regency_lies_in_the_province(self, make):
        meeting = make.meeting(make.team())
        refused(meeting, regency=make.regency("11.01", "Kabupaten Aceh Selatan"))
        kept(meeting, regency=make.regency())

    def test_held_on_a_day(self, make):
        refused(make.minutes(make.team()), day_is_set=False)
        kept(make.meeting(), day_is_set=False)

    def test_sent_with_a_time(self, make):
        refused(make.minutes(make.team(), state="submitted"), time_is_set=False)
        kept(make.minutes(), time_is_set=False)

    def test_returned_and_cancelled_with_reason(self, make):
        meeting = make.meeting(make.team())
        refused(meeting, state="returned")
        refused(meeting, state="cancelled")
        kept(meeting, state="returned", return_reason="Lengkapi.")
        kept(meeting, state="cancelled", cancel_reason="Ditunda.")

    def test_a_person_once(self, make):
        meeting = make.minutes(make.team())
        first, second = meeting.attendance.filter(is_guest=False)[:2]
        refused(second, person=first.person)

    def test_a_guest_has_an_institution(self, make):
        guest = make.minutes(make.team()).attendance.get(is_guest=True)
        refused(guest, institution="")

    def test_closed_with_a_note(self, make):
        row = make.followup(make.meeting(make.team()))
        refused(row, closed_at=timezone.now(), closed_as="done")
        kept(row, closed_at=timezone.now(), closed_as="done", closing_note="Selesai.")


@pytest.mark.both("times are stored and compared in the database")
class TestTime:
    def test_on_the_clock_of_the_province(self, make):
        """09.00 in Manado is 01.00 UTC: WITA."""
        meeting = make.meeting(make.team("71"), starts_at=datetime(2019, 6, 19, 1, tzinfo=UTC))
        assert meeting.when_text == "Rabu, 19 Juni 2019, pukul 09.00 WITA"

    def test_a_month_without_a_day(self, make):
        meeting = make.meeting(
            make.team(), starts_at=datetime(2019, 6, 30, 17, tzinfo=UTC), day_is_set=False
        )
        assert meeting.when_text == "Juli 2019, tanggal belum ditetapkan"

    @pytest.mark.parametrize(
        ("day", "plausible"),
        [
            (date(1988, 11, 28), False),
            (date(2017, 11, 26), False),
            (date(2017, 11, 28), True),
            (date(2018, 11, 28), True),
            (date(2060, 1, 1), False),
        ],
    )
    def test_a_mistyped_year_is_noticed(self, make, day, plausible):
        assert (Meeting.implausible_day(day, make.team()) == "") is plausible


class TestFollowUps:
    def test_closed_by_whoever_holds_it(self, make):
        account = make.user("member")
        row = make.followup(
            make.meeting(make.team()), person_in_charge=make.person(account=account)
        )
        row.close(by=account, note="Sudah dikirim.")
        assert row.closed_by == account

    def test_not_by_another_member(self, make):
        row = make.followup(make.meeting(make.team()))
        with pytest.raises(TransitionError, match="oleh yang memegangnya"):
            row.close(by=make.user("member"), note="Sudah dikirim.")

    def test_not_twice_and_not_without_a_note(self, make):
        account = make.user("secretariat")
        row = make.followup(make.meeting(make.team()))
        with pytest.raises(TransitionError, match="hasilnya"):
            row.close(by=account, note=" ")
        row.close(by=account, note="Sudah.")
        with pytest.raises(TransitionError, match="sudah diselesaikan"):
            row.close(by=account, note="Sudah lagi.")

    def test_late_days(self, make):
        row = make.followup(make.meeting(make.team()), due_on=date(2019, 7, 5))
        assert [row.days_late(date(2019, 7, d)) for d in (4, 5, 6, 15)] == [0, 0, 1, 10]

    def test_due_between_the_meeting_and_three_years_on(self, make):
        meeting = make.meeting(make.team())
        assert "tidak boleh sebelum tanggal rapat, 19 Juni 2019" in FollowUp.implausible_due(
            date(2019, 6, 18), meeting.starts.date()
        )
        assert FollowUp.implausible_due(date(2019, 6, 19), meeting.starts.date()) == ""
        assert "Periksa tahunnya" in FollowUp.implausible_due(
            date(2049, 6, 19), meeting.starts.date()
        )
