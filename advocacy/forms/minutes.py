"""The meeting form as one page: validated as a whole, written as a whole."""

import uuid
from contextlib import suppress

from django.core.exceptions import ValidationError

from advocacy.actions import MeetingMinutes
from advocacy.forms.agenda import AgendaRows
from advocacy.forms.attendance import GuestRows, RosterForm
from advocacy.forms.followups import FollowUpRows
from advocacy.forms.meetings import MeetingForm
from advocacy.models import AgendaItem, Attachment, Attendance, FollowUp, Meeting
from advocacy.models.minutes import gaps_of
from advocacy.outlines import outline_of
from programs.models import Membership, Person
from sinergi.kit import dates, uploads
from sinergi.kit.forms import error_links, outline_differences
from sinergi.kit.formsets import clear_errors

MAX_FILES = 20
#: What a page is for, as its field `untuk` says: the invitation, or the minutes.
SCHEDULE, MINUTES = "jadwal", "notula"


class MeetingMultiForm:
    """
    Everything on the page of the meeting form, bound to a request or not.

    `problems` are those of the page as a whole, `file_problems` name the file field they belong to,
    and `section_gaps` hold for a section ("attendance", "agenda") what sending it would need.

    Of a meeting still ahead the page may ask for what an invitation needs and no more
    (`is_schedule`): who came, what was said and what follows is neither shown nor touched.
    """

    def __init__(self, *, user, meeting, data=None, files=None, initial=None, is_schedule=False):
        self.user, self.meeting, self.data, self.files = user, meeting, data, files
        asked = is_schedule if data is None else data.get("untuk") == SCHEDULE
        self.is_schedule = asked and meeting.state == Meeting.State.PLANNED
        self.team = meeting.team
        self.problems, self.file_problems, self.uploaded = [], [], []
        self.section_gaps = {"attendance": [], "agenda": []}
        self.stored_day = meeting.starts.date() if meeting.starts_at else None
        self.day = self._day(initial or {})
        self.memberships = list(
            self.team.memberships.on(self.day)
            .in_order_of_role()
            .select_related("person", "institution")
        )
        stored = meeting.pk is not None
        followups = list(meeting.followups.order_by("order", "pk")) if stored else []
        chosen = {
            meeting.chair_id,
            meeting.note_taker_id,
            *(row.person_in_minutes_id for row in followups),
        } - {None}
        chosen -= {m.person_id for m in self.memberships}
        people = self.people = [m.person for m in self.memberships] + list(
            Person.objects.filter(pk__in=chosen)
        )
        initial = (initial or {}) if stored else self._default_people() | (initial or {})
        self.form = MeetingForm(
            data,
            instance=meeting,
            people=people,
            day=self.day,
            initial=initial,
            is_schedule=self.is_schedule,
        )
        self.roster = self._roster(
            list(meeting.attendance.filter(is_guest=False)) if stored else []
        )
        self.guests = GuestRows(
            data,
            rows=meeting.attendance.filter(is_guest=True) if stored else [],
            new=lambda: Attendance(meeting=meeting),
            form_kwargs={"is_schedule": self.is_schedule},
        )
        self.agenda = AgendaRows(
            data,
            rows=meeting.agenda.all() if stored else [],
            offered=[] if stored else [{}],
            new=AgendaItem,
            form_kwargs={"team": self.team, "is_schedule": self.is_schedule},
        )
        self.followups = FollowUpRows(
            None if self.is_schedule else data,
            rows=followups,
            new=FollowUp,
            form_kwargs={"people": people, "meeting": meeting},
        )
        waiting = Attachment.objects.waiting(user)
        keys = data.getlist("lampiran") if data is not None else []
        self.attachments = list(meeting.attachments.all()) if stored else []
        self.waiting = list(waiting.filter(key__in=[k for k in keys if _is_uuid(k)]))
        self.dropped = set(data.getlist("buang")) if data is not None else set()

    # What is on the page ------------------------------------------------------------------------
    def _day(self, initial):
        """
        Return the day the roster is of: the one typed, else the stored one, else today in the
        province.
        """
        typed = None
        if self.data is not None:
            with suppress(ValidationError):
                typed = MeetingForm.base_fields["day"].to_python(self.data.get("day"))
        return (
            typed
            or initial.get("day")
            or self.stored_day
            or dates.today_in(self.team.province.time_zone)
        )

    def _default_people(self):
        """
        Return who most often leads and takes notes: the team's chair of that day, and whoever
        writes, if a member then.
        """
        chairs = [m.person_id for m in self.memberships if m.role == Membership.Role.CHAIR]
        own = [m.person_id for m in self.memberships if m.person.user_id == self.user.pk]
        return {"chair": chairs[0] if chairs else None, "note_taker": own[0] if own else None}

    def _roster(self, stored):
        """
        Return a form for each member of that day, and for whoever was written down already and is
        no longer one.
        """
        by_person = {row.person_id: row for row in stored}
        moved = self.stored_day is not None and self.day != self.stored_day
        rows = []
        once = {
            membership.person_id: membership for membership in reversed(self.memberships)
        }  # the higher role counts
        for order, membership in enumerate(reversed(once.values())):
            row = by_person.pop(membership.person_id, None) or Attendance(
                person=membership.person, is_guest=False
            )
            if not row.presence or moved:  # until somebody is marked, the row follows the team
                row.take_from(membership)
            row.order = order
            rows.append(row)
        self.departed = [row for row in by_person.values() if moved or not row.presence]
        rows += [row for row in by_person.values() if row not in self.departed]
        return [
            RosterForm(
                self.data,
                instance=row,
                prefix=f"hadir-{row.person_id}",
                is_schedule=self.is_schedule,
            )
            for row in rows
        ]

    @property
    def row_sets(self):
        """The sections of rows that are sent, by their prefix."""
        sent = {"tamu": self.guests, "agenda": self.agenda}
        return sent if self.is_schedule else sent | {"tindak": self.followups}

    @property
    def forms(self):
        yield self.form
        yield from self.roster
        for rows in self.row_sets.values():
            yield from rows.forms

    @property
    def summary(self):
        """(field id, message) of every error, in the order of the page."""
        if self.data is None:
            return []
        links = [(None, problem) for problem in self.problems] + error_links(self.form)
        links += [
            (self._first_unmarked, message) for message in self.section_gaps["attendance"]
        ] + error_links(*self.roster)
        for prefix, rows in self.row_sets.items():
            links += [
                ("agenda", message) for message in self.section_gaps["agenda"] if prefix == "agenda"
            ]
            links += error_links(*[form for form in rows.forms if not form.is_removed])
            links += [(None, message) for message in rows.non_form_errors()]
        return links + self.file_problems

    @property
    def _first_unmarked(self):
        """Where to go on marking who came: the id of a member's or a guest's line."""
        rows = [] if self.is_schedule else (*self.roster, *self.guests.live)
        return next((form["presence"].auto_id for form in rows if form.is_unmarked), "kehadiran")

    @property
    def refused_files(self):
        """The file fields that have something to tell."""
        return {field for field, _ in self.file_problems}

    @property
    def present(self):
        return (
            0
            if self.is_schedule
            else sum(form["presence"].value() == "present" for form in self.roster)
        )

    @property
    def all_files(self):
        """
        Stored, waiting and just sent; those to be thrown away are marked, and stay on the page
        until that is done.
        """
        files = self.attachments + self.waiting + self.uploaded
        for row in files:
            row.is_dropped = str(row.key) in self.dropped
        return files

    def brings_nothing_new_to(self, saved):
        """
        Return whether the stored meeting has all of this page, files included: then this is the
        same sending again.
        """
        there = set(saved.attachments.values_list("original_name", "size"))
        files = {(row.original_name, row.size) for row in self.waiting + self.uploaded}
        return files <= there and not self.dropped and not self.differences(saved)

    # What is sent -------------------------------------------------------------------------------
    def accept_files(self):
        """Check every file that was sent; return (kind, SafeFile) of those accepted."""
        accepted = []
        kinds = {
            "photos": Attachment.Kind.PHOTO,
            "attendance_lists": Attachment.Kind.ATTENDANCE_LIST,
        }
        sent = [(name, upload) for name in kinds for upload in self.files.getlist(name)]
        room = max(0, MAX_FILES - len(self.all_files))
        answers = uploads.accept_all([upload for _, upload in sent[:room]])
        for (name, _), safe in zip(sent, answers, strict=False):
            if isinstance(safe, ValidationError):
                self.file_problems += [(name, message) for message in safe.messages]
            elif name == "photos" and not safe.is_image:
                message = "bukan foto. PDF dapat ditambahkan sebagai daftar hadir."
                self.file_problems.append((name, f"{safe.original_name}: {message}"))
            else:
                accepted.append((kinds[name], safe))
        for name, upload in sent[room:]:
            message = f"belum diambil. Paling banyak {MAX_FILES} berkas untuk satu rapat."
            self.file_problems.append((name, f"{uploads.clean_name(upload.name)}: {message}"))
        return accepted

    def is_valid(self, *, submit=False):
        """
        Return whether the page can be saved; with `submit`, whether the minutes could be sent too,
        so that every error is shown at once.
        """
        valid = self.form.is_valid()  # first: the follow-ups are checked against the day it sets
        for part in (*self.roster, *self.row_sets.values()):
            valid &= part.is_valid()  # each of them, so that every error is shown at once
        if valid:
            self._check_people()
        if submit:
            valid &= not self._add_gaps()
        else:
            self._invite_guests()
        return valid and not self.problems and not self.file_problems

    def _add_gaps(self):
        """
        Put what sending would need beside the fields that are not in error already; return whether
        there is any.
        """
        attendance = [form.instance for form in (*self.roster, *self.guests.live)]
        cases = self.form.cleaned_data.get("cases")
        gaps = gaps_of(
            self.form.instance, attendance=attendance, agenda=self.agenda.live, cases=cases
        )
        for gap in gaps:
            if gap.field in self.section_gaps:
                self.section_gaps[gap.field].append(gap.message)
            elif gap.field not in self.form.errors:
                self.form.add_error(gap.field, gap.message)
        for form in (*self.roster, *self.guests.live):
            form.is_unmarked = not form.instance.presence
        return bool(gaps)

    def _invite_guests(self):
        """
        Mark guests added to a meeting still ahead as invited, unless they were marked otherwise.
        """
        ahead = self.meeting.starts_at and self.meeting.is_ahead
        if ahead and self.meeting.state == Meeting.State.PLANNED:
            for row in [form.instance for form in self.guests.live if not form.instance.pk]:
                if row.presence == Attendance.Presence.PRESENT:  # as the form offers it
                    row.presence = ""

    def _check_people(self):
        """Add an error for whoever is on the list twice."""
        seen = {comparable(form.instance.name): form.instance.name for form in self.roster}
        for form in self.guests.live:
            guest = form.instance
            key = comparable(guest.name)
            if key in seen:
                form.add_error(
                    "name",
                    f"{guest.name} sudah ada dalam daftar hadir. Bedakan sebutannya bila orangnya"
                    " lain.",
                )
                self.problems.append(f"{guest.name} tercatat dua kali dalam daftar hadir.")
            seen[key] = guest.name

    def get_minutes(self):
        """Return what a valid page holds, as `record_meeting` takes it."""
        for form in self.guests.live:
            form.instance.person = Person.objects.known_as(
                form.instance.name, form.instance.institution, self.team.province_id
            )
        return MeetingMinutes(
            meeting=self.form.instance,
            roster=[form.instance for form in self.roster],
            guests=[form.instance for form in self.guests.live],
            agenda=[form.instance for form in self.agenda.live],
            followups=[] if self.is_schedule else [form.instance for form in self.followups.live],
            cases=self.form.cleaned_data["cases"],
            attachments=[a for a in self.waiting + self.uploaded if str(a.key) not in self.dropped],
            removed=[
                *self.departed,
                *self.guests.removed,
                *self.agenda.removed,
                *self.followups.removed,
                *(a for a in self.attachments if str(a.key) in self.dropped),
            ],
            **self.form.sent,
        )

    # Rows without JavaScript --------------------------------------------------------------------
    def clear_errors(self):
        for form in self.forms:
            clear_errors(form)

    # The same page again ------------------------------------------------------------------------
    def match_stored_rows(self, saved, *, in_order):
        """
        Give rows without an id the stored rows that an earlier sending of this page made: those
        that say the same, and, `in_order`, then the next one free. Without this they would be
        stored twice.
        """
        stored = {"tamu": saved.attendance.filter(is_guest=True), "agenda": saved.agenda.all()}
        stored["tindak"] = saved.followups.order_by("order", "pk")
        for prefix, row_set in self.row_sets.items():
            on_page = {form.instance.pk for form in row_set.forms}
            free = [row for row in stored[prefix] if row.pk not in on_page]
            new = [form for form in row_set.live if not form.instance.pk]
            for same in (
                lambda row, form: str(row) == str(form.instance),
                lambda row, form: in_order,
            ):
                for form in list(new):
                    if match := next((row for row in free if same(row, form)), None):
                        self.data[f"{form.prefix}-id"] = str(match.pk)
                        free.remove(match)
                        new.remove(form)

    # Comparison of two versions -----------------------------------------------------------------
    def outline(self):
        """Return what this page says, as {label: text}."""
        lines = self.form.outline()
        for form in self.roster:
            lines |= {f"Kehadiran {form.instance.name}": form.outline()[""]}
        for label, rows in (
            ("Tamu", self.guests),
            ("Agenda", self.agenda),
            ("Tindak lanjut", self.followups),
        ):
            for number, form in enumerate(rows.live, 1):
                lines |= {
                    f"{label} {number} {part}".strip(): text
                    for part, text in form.outline().items()
                }
        return lines

    def differences(self, saved):
        """Return (label, yours, theirs) wherever this page and the stored meeting differ."""
        return outline_differences(self.outline(), outline_of(saved))


def comparable(name):
    """Return a name without case and extra spaces."""
    return " ".join(name.casefold().split())


def _is_uuid(text):
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False
