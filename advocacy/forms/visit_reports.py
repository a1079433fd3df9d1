"""The form of a visit as one page: validated as a whole, written as a whole."""

import uuid
from contextlib import suppress

from django.core.exceptions import ValidationError

from advocacy.actions import VisitReport
from advocacy.forms.recommendations import (
    AnswerForm,
    RecommendationRows,
    line_of_recommendation,
)
from advocacy.forms.visits import AskedQuestion, VisitForm, VisitGuestRows
from advocacy.last_answers import line_up
from advocacy.models import FollowUp, RecommendationAnswer, Visit, VisitAttendance
from advocacy.models.visits import MAX_PHOTOS, gaps_of_visit
from advocacy.querysets.visits import earlier_answers
from advocacy.questions import display_answer
from programs.models import Person
from sinergi.kit import dates, uploads
from sinergi.kit.forms import error_links, outline_differences
from sinergi.kit.formsets import clear_errors
from sinergi.kit.text import parse_number

#: Open recommendations that one form asks about; the first due come first.
MOST_ASKED = 50


class VisitMultiForm:
    """
    Everything on the page of the form of a visit, bound to a request or not.

    `problems` are those of the page as a whole, `file_problems` of its photographs. A draft may be
    saved with gaps; `is_valid(send=True)` puts each beside its field.
    """

    def __init__(self, *, user, visit, data=None, files=None):
        self.user, self.visit, self.data, self.files = user, visit, data, files
        self.team, stored = visit.team, visit.pk is not None
        self.problems, self.file_problems, self.attendance_error = [], [], ""
        self.photos_taken, self.photos_refused = [], []
        self.day = self._day()
        self.form = VisitForm(data, instance=visit, day=self.day)
        went = list(visit.attendance.all()) if stored else []
        self.members = self._members([row for row in went if not row.is_guest])
        people = [row.person for row in self.members]
        self.guests = VisitGuestRows(
            data, rows=[row for row in went if row.is_guest], new=VisitAttendance
        )
        self.answers = self._answers(stored)
        rows = list(visit.followups.order_by("order", "pk")) if stored else []
        self.followups = RecommendationRows(
            data, rows=rows, new=FollowUp, form_kwargs={"people": people, "visit": visit}
        )
        self.questions = self._questions()
        self.photos = list(visit.photos.all()) if stored else []

    # What is on the page ------------------------------------------------------------------------
    def _day(self):
        typed = None
        if self.data is not None:
            with suppress(ValidationError):
                typed = VisitForm.base_fields["visited_on"].to_python(self.data.get("visited_on"))
        return typed or self.visit.visited_on or self.team.today

    def _members(self, stored):
        """
        Return a row for each member of that day, whether they went or not (`went`), and for whoever
        was written down and is no longer one.
        """
        by_person = {row.person_id: row for row in stored}
        ticked = set(by_person)
        if self.data is not None:
            ticked = {parse_number(text) for text in self.data.getlist("pergi")}
        memberships = self.team.memberships.on(self.day).in_order_of_role()
        once = {}
        for membership in memberships.select_related("person", "institution"):
            once.setdefault(membership.person_id, membership)
        rows = []
        for membership in once.values():
            row = by_person.pop(membership.person_id, None)
            row = row or VisitAttendance(person=membership.person)
            row.take_from(membership)
            rows.append(row)
        rows += by_person.values()
        for row in rows:
            row.went = row.person_id in ticked
        self.strangers = ticked - {row.person_id for row in rows}
        return rows

    def _answers(self, stored):
        """
        Return a form for each recommendation that is asked about: those on the page already, and of
        a page that is not sent those open now.
        """
        rows, self.obsolete = {}, []  # those that were made after the day of this visit
        if stored:
            given = self.visit.recommendation_answers.select_related(*ANSWER_NAMES)
            self.obsolete = [row for row in given if row.followup.origin_day > self.day]
            rows = {row.followup_id: row for row in given if row not in self.obsolete}
        if self.data is not None:
            asked = {parse_number(text) for text in self.data.getlist("rekomendasi")} - {0, None}
            known = FollowUp.objects.filter(visit__library=self.visit.library, pk__in=asked)
        else:
            known = FollowUp.objects.recommended_to(self.visit.library).open()
            known = known.exclude(visit=self.visit.pk) if stored else known
        known = known.filter(visit__visited_on__lte=self.day)
        known = known.exclude(pk__in=rows).select_related(*FOLLOWUP_NAMES)
        for followup in known[:MOST_ASKED]:
            rows[followup.pk] = RecommendationAnswer(followup=followup)
        today = self.team.today
        forms = [
            AnswerForm(self.data, instance=row, prefix=f"rekomendasi-{row.followup_id}")
            for row in rows.values()
        ]
        for form in forms:
            form.status = form.followup.status_on(today)
        return sorted(forms, key=lambda form: (form.followup.due_on, form.followup.pk))

    def _questions(self):
        visits = Visit.objects.before(self.visit.library, self.day, but=self.visit.pk)
        asked = [
            AskedQuestion(last) for last in line_up(self.visit.questions, earlier_answers(visits))
        ]
        for one in asked:
            if self.data is not None:
                one.read(self.data.getlist(one.name))
            else:
                one.keep(self.visit.answers.get(one.question.key))
        return asked

    @property
    def sections(self):
        """[(heading, [AskedQuestion])]: a heading wherever the section changes."""
        found = []
        for one in self.questions:
            if not found or found[-1][0] != one.question.section:
                found.append((one.question.section, []))
            found[-1][1].append(one)
        return found

    @property
    def answered_count(self):
        return sum(one.value is not None for one in self.questions)

    @property
    def recommendations_answered(self):
        return sum(form.is_answered for form in self.answers)

    @property
    def last_visit(self):
        """The visit before this one, or None."""
        return Visit.objects.before(self.visit.library, self.day, but=self.visit.pk).first()

    @property
    def photos_left(self):
        """How many more photographs the visit may have."""
        return max(0, MAX_PHOTOS - len(self.photos))

    @property
    def row_sets(self):
        return {"tamu": self.guests, "tindak": self.followups}

    @property
    def summary(self):
        """(field id, message) of every error, in the order of the page."""
        if self.data is None:
            return []
        links = [(None, problem) for problem in self.problems] + error_links(self.form)
        if self.attendance_error:
            links.append(("pergi", self.attendance_error))
        links += error_links(*[form for form in self.guests.forms if not form.is_removed])
        links += error_links(*self.answers)
        links += [(form.prefix, form.gap) for form in self.answers if form.gap]
        for one in self.questions:
            if message := one.error or one.gap:
                links.append((one.name, f"{one.question.text}: {message}"))
        links += error_links(*[form for form in self.followups.forms if not form.is_removed])
        links += [
            (None, message) for rows in self.row_sets.values() for message in rows.non_form_errors()
        ]
        return links + [("photos", message) for message in self.file_problems]

    # What is sent -------------------------------------------------------------------------------
    def is_valid(self, *, send=False):
        """
        Return whether the page can be saved; with `send`, whether it could be sent too, so that
        every error is shown at once.
        """
        valid = self.form.is_valid()
        for part in (*self.answers, *self.row_sets.values()):
            valid &= part.is_valid()
        if self.strangers:
            self.attendance_error = (
                "Ada yang dicentang tetapi bukan anggota tim pada tanggal itu. Tulis sebagai tamu"
                " bila memang ikut."
            )
        valid &= not any(one.error for one in self.questions) and not self.attendance_error
        self._set_values()
        if send and self.form.cleaned_data.get("visited_on"):
            valid &= not self._add_gaps()
        return valid and not self.problems and not self.file_problems

    def _set_values(self):
        visit = self.visit
        visit.purpose = self.form.purpose
        visit.answers = {
            one.question.key: one.value for one in self.questions if one.value is not None
        }

    def _add_gaps(self):
        """Put what sending would need beside its field; return whether there is any."""
        went = [*filter(lambda row: row.went, self.members), *self.guests.live]
        answers = [form.instance for form in self.answers]
        gaps = gaps_of_visit(self.visit, attendance=went, recommendations=answers)
        by_key = {one.question.key: one for one in self.questions}
        by_prefix = {form.prefix: form for form in self.answers}
        for gap in gaps:
            if gap.field == "attendance":
                self.attendance_error = self.attendance_error or gap.message
            elif gap.field in by_prefix:
                by_prefix[gap.field].gap = gap.message
            elif gap.field in by_key:
                by_key[gap.field].gap = "Belum dijawab."
            elif gap.field not in self.form.errors:
                self.form.add_error(gap.field, gap.message)
        return bool(gaps)

    def take_photos(self):
        """Check the photographs that came along; those refused are told."""
        sent = self.files.getlist("photos") if self.files else []
        room = max(0, MAX_PHOTOS - len(self.photos))
        for answer in uploads.accept_all(sent[:room]):
            if isinstance(answer, uploads.SafeFile) and answer.is_image:
                self.photos_taken.append(answer)
            elif isinstance(answer, uploads.SafeFile):
                self.file_problems.append(f"{answer.original_name}: bukan foto.")
            else:
                self.file_problems += answer.messages
        if sent[room:]:
            self.file_problems.append(f"Paling banyak {MAX_PHOTOS} foto untuk satu kunjungan.")
        if self.file_problems and self.photos_taken:
            self.file_problems.append("Foto yang lain belum tersimpan; pilih lagi semuanya.")

    def get_report(self):
        """Return what a valid page holds, as `record_visit` takes it."""
        guests = [form.instance for form in self.guests.live]
        for row in guests:
            row.person = Person.objects.known_as(row.name, row.institution, self.team.province_id)
        dropped = set(self.data.getlist("buang"))
        announced = [str(key) for key in self.form.cleaned_data["photo_keys"]]
        gone = {str(photo.idempotency_key) for photo in self.photos if str(photo.key) in dropped}
        keys = dict.fromkeys([*self.visit.photo_keys, *announced])
        self.visit.photo_keys = [key for key in keys if key not in gone]
        return VisitReport(
            visit=self.visit,
            attendance=[*(row for row in self.members if row.went), *guests],
            recommendations=[form.instance for form in self.answers],
            followups=[form.instance for form in self.followups.live],
            photos=[(uuid.uuid4(), safe) for safe in self.photos_taken],
            removed=[
                *(row for row in self.members if row.pk and not row.went),
                *self.guests.removed,
                *self.followups.removed,
                *self.obsolete,
                *(photo for photo in self.photos if str(photo.key) in dropped),
            ],
            **self.form.sent,
        )

    def clear_errors(self):
        for part in (self.form, *self.answers, *self.guests.forms, *self.followups.forms):
            clear_errors(part)
        for one in self.questions:
            one.error = ""

    # Comparison of two versions -----------------------------------------------------------------
    def outline(self):
        """Return what this page says, as {label: text}."""
        guests = [form.instance for form in self.guests.live]
        lines = visit_outline(
            self.visit,
            [*(row for row in self.members if row.went), *guests],
            [form.instance for form in self.answers],
            [form.instance for form in self.followups.live],
        )
        dropped = set(self.data.getlist("buang")) & {str(photo.key) for photo in self.photos}
        return lines | ({"Foto": f"{len(dropped)} dibuang"} if dropped else {})

    def differences(self, saved):
        """Return (label, yours, theirs) wherever this page and the stored visit differ."""
        return outline_differences(self.outline(), outline_of_visit(saved))


FOLLOWUP_NAMES = ("person_in_charge", "minuted_person", "province", "visit__library")
ANSWER_NAMES = [f"followup__{name}" for name in FOLLOWUP_NAMES]


def outline_of_visit(visit):
    """Return what the stored visit says, under the same labels as `VisitMultiForm.outline`."""
    answers = visit.recommendation_answers.select_related("followup")
    return visit_outline(
        visit,
        visit.attendance.all(),
        answers,
        visit.followups.select_related("person_in_charge", "minuted_person").order_by(
            "order", "pk"
        ),
    )


def line_of_attendee(row):
    """Return who went in one line; of a member, the name says it."""
    parts = [row.name, row.position, row.institution] if row.is_guest else [row.name]
    return ", ".join(filter(None, parts))


def visit_outline(visit, attendance, answers, followups):
    """Return what a visit with these rows says, as {label: text}."""
    lines = {
        "Tanggal": dates.long_date(visit.visited_on) if visit.visited_on else "",
        "Maksud kunjungan": visit.get_purpose_display(),
        "Yang berkunjung": "; ".join(sorted(line_of_attendee(row) for row in attendance)),
        "Bertemu dengan": visit.met,
        "Kegiatan dalam rencana": str(visit.activity or ""),
    }
    for number, row in enumerate(sorted(answers, key=lambda row: row.followup_id), 1):
        due = dates.long_date(row.due_on) if row.due_on else ""
        said = filter(None, [row.get_answer_display(), row.note, due])
        lines[f"Rekomendasi {number}, “{row.followup.what}”"] = "; ".join(said)
    for number, question in enumerate(visit.questions, 1):
        value = visit.answers.get(question.key)
        lines[f"{number}. {question.text}"] = display_answer(question, value)
    lines["Temuan"] = visit.findings.replace("\r\n", "\n")
    for number, row in enumerate(followups, 1):
        lines[f"Rekomendasi baru {number}"] = line_of_recommendation(row, row.person_in_minutes)
    return lines
