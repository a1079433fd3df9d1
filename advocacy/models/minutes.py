"""The minutes of a meeting: what they lack, what they take from elsewhere, who approves them."""

from typing import NamedTuple

from django.utils import timezone

from sinergi.kit.transitions import TransitionError, stamp_names


class MinutesMixin:
    """
    What makes a meeting its minutes: what they still lack, and their way to the chair and back.

    submitted → approved; submitted ones are sent back (for a reason) or taken back by who sent
    them, approved ones reopened (for a reason).
    """

    @property
    def words(self):
        """
        What the minutes take from other records: as kept with their approval, before it as it is
        now.
        """
        return words_of(self) if self.kept is None else self.kept

    @property
    def review_note(self):
        """Why the minutes came back: returned, or reopened after approval."""
        reopened_last = self.reopened_at and (
            not self.returned_at or self.reopened_at > self.returned_at
        )
        return self.reopen_reason if reopened_last else self.return_reason

    def missing_for_minutes(self):
        """Return the gaps that keep these minutes from being sent, as they are stored."""
        attendance, agenda, cases = (
            self.attendance.all(),
            self.agenda.exists(),
            self.audience_cases.exists(),
        )
        return gaps_of(self, attendance=list(attendance), agenda=agenda, cases=cases)

    def submit(self, *, by, version=None):
        """Hand the minutes to the chair."""
        if self.is_editable and (gaps := self.stored().missing_for_minutes()):
            raise TransitionError(" ".join(gap.message for gap in gaps))
        return self.move(
            self.State.SUBMITTED,
            by=by,
            version=version,
            sources=[self.State.HELD, self.State.RETURNED],
            stamp="submitted",
        )

    def may_be_approved_by(self, user):
        """
        Return whether this person may approve: nobody approves what they handed in themselves.
        """
        return self.state == self.State.SUBMITTED and (
            user is None or self.submitted_by_id != user.pk
        )

    def approve(self, *, by, version=None):
        """Approve the minutes: from here on they are final, and say what they say now."""
        if self.state == self.State.SUBMITTED and not self.may_be_approved_by(by):
            raise TransitionError(
                "Notula ini Anda kirim sendiri; yang mengesahkan harus orang lain."
            )
        stored = self.stored()
        stored.approved_by = by
        self.kept = words_of(stored)
        return self.move(
            self.State.APPROVED,
            by=by,
            version=version,
            sources=[self.State.SUBMITTED],
            stamp="approved",
            also=["kept"],
        )

    def may_be_taken_back_by(self, user):
        """
        Return whether this person sent the minutes: they may still correct them until the chair has
        decided.
        """
        return (
            self.state == self.State.SUBMITTED
            and self.submitted_by_id is not None
            and self.submitted_by_id == user.pk
        )

    def take_back(self, *, by, version=None):
        """
        Take the minutes out of the chair's hands, to be written on; a decision that was quicker
        stands.
        """
        if self.state == self.State.SUBMITTED and not self.may_be_taken_back_by(by):
            raise TransitionError("Notula hanya ditarik kembali oleh yang mengirimnya.")
        return self.move(
            self.State.HELD,
            by=by,
            version=version,
            sources=[self.State.SUBMITTED],
            stamp="taken_back",
        )

    def send_back(self, *, by, reason, version=None):
        """Ask for a correction of minutes that were submitted."""
        return self.move(
            self.State.RETURNED,
            by=by,
            version=version,
            sources=[self.State.SUBMITTED],
            stamp="returned",
            reason_field="return_reason",
            reason=reason,
        )

    def reopen(self, *, by, reason, version=None):
        """
        Take approved minutes back to be corrected; the reason stays on record, what they said in
        their history.
        """
        self.kept = None
        return self.move(
            self.State.RETURNED,
            by=by,
            version=version,
            sources=[self.State.APPROVED],
            stamp="reopened",
            reason_field="reopen_reason",
            reason=reason,
            also=["kept"],
        )


class Gap(NamedTuple):
    """
    `field` is where it is filled in: a field of the meeting form, or "attendance" or "agenda",
    which are sections of it.
    """

    field: str
    message: str


def gaps_of(meeting, *, attendance, agenda, cases):
    """
    Return the gaps of a meeting with these rows, which need not be stored, in the order of the
    form.
    """
    gaps = [*_of_day(meeting), *_of_people(meeting)]
    if meeting.is_audience:
        gaps += _of_audience(meeting, cases)
    gaps += _of_attendance(attendance)
    if not meeting.is_audience and not agenda:
        gaps.append(Gap("agenda", "Isi paling sedikit satu agenda."))
    return gaps


def _of_day(meeting):
    if not meeting.day_is_set:
        yield Gap("day", "Tetapkan tanggal rapat.")
    elif meeting.starts_at and meeting.starts_at > timezone.now():
        yield Gap(
            "day",
            "Notula dikirim setelah rapat berlangsung; menurut tanggalnya, baru"
            f" {meeting.when_text}.",
        )
    if meeting.day_is_set and not meeting.time_is_set:
        yield Gap("start", "Isi waktu mulai.")


def _of_people(meeting):
    if not meeting.chair_id:
        yield Gap("chair", "Pilih pimpinan rapat.")
    if not meeting.note_taker_id:
        yield Gap("note_taker", "Pilih notulis.")


def _of_attendance(rows):
    unmarked = [row.name for row in rows if not row.presence]
    if unmarked:
        names = "semua yang diundang" if len(unmarked) == len(rows) > 1 else ", ".join(unmarked)
        yield Gap("attendance", f"Tandai kehadiran: {names}.")
    elif not any(row.presence == "present" for row in rows):
        yield Gap("attendance", "Tandai paling sedikit satu orang yang hadir.")


def _of_audience(meeting, cases):
    """Its points and the answer stand in the place of an agenda."""
    if not cases:
        yield Gap("cases", "Pilih paling sedikit satu sasaran advokasi.")
    for field, message in AUDIENCE_GAPS.items():
        if not getattr(meeting, field):
            yield Gap(field, message)


AUDIENCE_GAPS = {
    "received_by": "Isi siapa yang menerima tim.",
    "points": "Tuliskan pokok yang disampaikan.",
    "answer": "Tuliskan jawaban yang diterima.",
}


STAMPS = [
    "created",
    "held",
    "submitted",
    "taken_back",
    "returned",
    "reopened",
    "approved",
    "cancelled",
    "replanned",
]


def words_of(meeting):
    """
    Return the names that the minutes of a meeting would show now; three queries beside those for
    what is not loaded yet.

    Rows are found by their key. Position and institution are those of the day, as the roster has
    them; of those not in it, today's.
    """
    that_day = {row.person_id: row for row in meeting.attendance.filter(person__isnull=False)}
    followups = meeting.followups.select_related(
        "person_in_charge__institution", "minuted_person__institution"
    )
    cases = meeting.audience_cases.select_related("case__institution")
    return {
        "team": meeting.team.name,
        "letterhead": meeting.team.letterhead_words,
        "when": meeting.when_text,
        "regency": meeting.regency.name if meeting.regency_id else "",
        "activity": str(meeting.activity or ""),
        "chair": person_words(meeting.chair, that_day),
        "note_taker": person_words(meeting.note_taker, that_day),
        "followups": {
            str(row.pk): person_words(row.person_in_minutes, that_day) for row in followups
        },
        "cases": {
            str(row.pk): {"institution": row.case.institution.name, "asked": row.case.asked}
            for row in cases
        },
        "by": stamp_names(meeting, STAMPS),
    }


def tied_words(kept, activity):
    """
    Return what was kept of a record, tied to another activity (or none) since: its page names that
    one, its paper still the one of then (`paper_activity`).
    """
    then = kept.get("paper_activity", kept["activity"])
    return kept | {"activity": str(activity or ""), "paper_activity": then}


def person_words(person, that_day):
    """
    Return {name, position, institution} of a person, or None; `that_day` is {person: attendance}.
    """
    if person is None:
        return None
    row = that_day.get(person.pk)
    office = person.institution.name if person.institution_id else ""
    return {
        "name": person.name,
        "position": row.position if row else person.position,
        "institution": row.institution if row else office,
    }
