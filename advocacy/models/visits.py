"""Visits to libraries: mentoring, monitoring, or both."""

from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

from advocacy.last_answers import line_up
from advocacy.models.checklists import ChecklistVersion, Purpose
from advocacy.models.minutes import Gap, person_words, tied_words
from advocacy.querysets.visits import VisitQuerySet, earlier_answers
from advocacy.questions import unanswered
from programs.models import PlannedActivity, Team
from sinergi.kit import dates
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import Stateful, TransitionError, stamp_at, stamp_by, stamp_names
from villages.models import Library, Province, Regency
from villages.models.regions import PROVINCE_LENGTH

MAX_PHOTOS = 20


class AnswersField(models.JSONField):
    """{key of the question: answer}; its history counts them."""

    def display_value(self, value):
        return f"{len(value)} jawaban"

    def deconstruct(self):
        """Name Django's own field in migrations: the column is the same."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


class Visit(Stateful, Record):
    """
    A visit of the team to a library, with the answers to the checklist it was begun with.

    draft → sent; sent may be reopened, for a reason. What is sent is not written any more, nor are
    its rows; but for the photographs that were announced with it (`photo_keys`), which may arrive
    later, one by one.

    `answers` is {key of the question: answer} as advocacy.questions stores them. What the page of a
    sent visit takes from other records is kept with it (`kept`), and drawn from there.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        SENT = "sent", "Terkirim"

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="visits", editable=False
    )
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="provinsi",
        related_name="+",
        editable=False,
        db_index=False,
    )
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        verbose_name="kabupaten/kota",
        related_name="visits",
        null=True,
        editable=False,
        db_index=False,
    )
    library = models.ForeignKey(
        Library,
        models.PROTECT,
        verbose_name="perpustakaan",
        related_name="visits",
        editable=False,
        db_index=False,
    )
    visited_on = models.DateField("tanggal")
    purpose = PlainCharField("maksud kunjungan", max_length=10, choices=Purpose)
    met = PlainCharField(
        "bertemu dengan",
        max_length=300,
        blank=True,
        help_text="Misalnya kepala desa dan pengelola perpustakaan.",
    )
    activity = models.ForeignKey(
        PlannedActivity,
        models.PROTECT,
        verbose_name="kegiatan dalam rencana",
        null=True,
        blank=True,
        related_name="visits",
        help_text="Kunjungan yang terkirim dihitung sebagai kemajuan kegiatan ini.",
    )
    checklist_version = models.ForeignKey(
        ChecklistVersion,
        models.PROTECT,
        verbose_name="daftar periksa",
        null=True,
        editable=False,
        related_name="visits",
    )
    answers = AnswersField("jawaban", default=dict, editable=False, encoder=DjangoJSONEncoder)
    findings = PlainTextField("temuan", max_length=5000, blank=True)
    state = PlainCharField(
        "status", max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    photo_keys = models.JSONField("foto yang diumumkan", default=list, editable=False)
    kept = models.JSONField("kata-kata saat dikirim", null=True, editable=False)
    sent_at, sent_by = stamp_at("dikirim pada"), stamp_by("dikirim oleh")
    reopened_at, reopened_by = stamp_at("dibuka kembali pada"), stamp_by("dibuka kembali oleh")
    reopen_reason = PlainTextField(
        "alasan dibuka kembali", max_length=2000, blank=True, editable=False
    )

    objects = VisitQuerySet.as_manager()
    history_hidden = frozenset({"photo_keys", "kept", "province", "regency", "team"})
    frozen_when = Q(state="sent")
    frozen_message = (
        "Kunjungan ini sudah dikirim, sehingga isinya tidak dapat diubah. Ketua Tim atau"
        " sekretariat dapat membukanya kembali."
    )

    class Meta:
        verbose_name = "kunjungan"
        verbose_name_plural = "kunjungan"
        ordering = ["-visited_on", "-id"]
        permissions = [
            ("send_visit", "Dapat mengirim kunjungan"),
            ("reopen_visit", "Dapat membuka kembali kunjungan yang sudah dikirim"),
        ]
        constraints = [
            models.CheckConstraint(
                name="advocacy_visit_sent_is_stamped",
                condition=Q(state="draft") | Q(sent_at__isnull=False, sent_by__isnull=False),
                violation_error_message="Kunjungan yang dikirim mencatat oleh siapa dan kapan.",
            ),
            models.CheckConstraint(
                name="advocacy_visit_sent_keeps_its_words",
                condition=Q(state="sent", kept__isnull=False)
                | Q(state="draft") & Q(kept__isnull=True),
                violation_error_message="Kunjungan yang dikirim menyimpan kata-katanya saat itu.",
            ),
            models.CheckConstraint(
                name="advocacy_visit_reopened_with_reason",
                condition=Q(reopened_at__isnull=True) | ~Q(reopen_reason=""),
                violation_error_message="Tuliskan alasannya.",
            ),
            models.CheckConstraint(
                name="advocacy_visit_regency_in_province",
                condition=Q(regency__isnull=True)
                | Q(province_id=Substr("regency_id", 1, PROVINCE_LENGTH)),
                violation_error_message="Kabupaten/kota ini tidak berada di provinsi tim.",
            ),
        ]
        indexes = [
            models.Index(fields=["-visited_on", "-id"], name="advocacy_visit_recent"),
            models.Index(
                fields=["province", "-visited_on", "-id"], name="advocacy_visit_prov_recent"
            ),
            models.Index(
                fields=["regency", "-visited_on", "-id"], name="advocacy_visit_reg_recent"
            ),
            models.Index(fields=["library", "-visited_on", "-id"], name="advocacy_visit_library"),
            models.Index(
                fields=["province", "-visited_on", "-id"],
                condition=Q(state="draft"),
                name="advocacy_visit_prov_draft",
            ),
            models.Index(
                fields=["-visited_on", "-id"],
                condition=Q(state="draft"),
                name="advocacy_visit_draft",
            ),
        ]

    def __str__(self):
        return f"Kunjungan ke {self.library_name}, {dates.long_date(self.visited_on)}"

    def get_absolute_url(self):
        return record_url("advocacy:visit_detail", self.pk)

    def set_library(self, library):
        """Take the library, and from it the province, the regency and the team."""
        self.library = library
        self.province_id, self.regency_id = library.province_id, library.regency_id

    @property
    def library_name(self):
        """The library's name, of a sent visit as it was then."""
        return self.kept["library"] if self.kept else self.library.name

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def status(self):
        return Status("Draf") if self.is_draft else Status("Terkirim", Tone.APPROVED)

    @property
    def questions(self):
        """The questions of the version it was begun with, or none."""
        return self.checklist_version.asked if self.checklist_version_id else ()

    def beside_earlier(self):
        """Return [LastAnswer]: its questions beside what was answered before. One query."""
        before = Visit.objects.before(self.library_id, self.visited_on, but=self.pk)
        return line_up(self.questions, earlier_answers(before))

    @property
    def words(self):
        """
        What the page takes from other records: of a sent visit as it was then, else as it is now.
        """
        return visit_words(self) if self.kept is None else self.kept

    @staticmethod
    def implausible_day(day, team):
        """Return what is wrong with a visit of this team on that day, or ""."""
        if day > team.today:
            return (
                f"Tanggal kunjungan tidak boleh sesudah hari ini, {dates.long_date(team.today)}."
                " Periksa juga tanggal di perangkat Anda."
            )
        if team.formed_on - day > timedelta(days=366):
            return f"Periksa tahunnya: tim dibentuk {dates.long_date(team.formed_on)}."
        return ""

    def same_day(self):
        """Return the other visits to this library on the same day: perhaps one, made together."""
        rows = Visit.objects.filter(library=self.library_id, visited_on=self.visited_on)
        return rows.exclude(pk=self.pk).order_by("pk")

    # State --------------------------------------------------------------------------------------
    def may_be_changed_by(self, user):
        """
        Return whether this person may write on: whoever began it, or who may change the team's
        follow-ups, as the secretariat may.
        """
        if not self.is_draft or not user.has_perm("advocacy.change_visit", self):
            return False
        return self.created_by_id == user.pk or user.has_perm("advocacy.change_followup", self)

    def missing(self):
        """Return the gaps that keep it from being sent, as it is stored."""
        return gaps_of_visit(
            self,
            attendance=list(self.attendance.all()),
            recommendations=list(self.recommendation_answers.select_related("followup")),
        )

    def send(self, *, by, version=None):
        """Hand it in: from here on it is final, and says what it says now."""
        stored = self.stored()
        if self.is_draft and (gaps := stored.missing()):
            raise TransitionError(" ".join(gap.message for gap in gaps))
        stored.sent_by = by
        self.kept = visit_words(stored)
        return self.move(
            self.State.SENT,
            by=by,
            version=version,
            sources=[self.State.DRAFT],
            stamp="sent",
            also=["kept"],
        )

    def reopen(self, *, by, reason, version=None):
        """Take a sent visit back to be corrected; what it said stays in its history."""
        self.kept = None
        return self.move(
            self.State.DRAFT,
            by=by,
            version=version,
            sources=[self.State.SENT],
            stamp="reopened",
            reason_field="reopen_reason",
            reason=reason,
            also=["kept"],
        )

    def may_be_tied_by(self, user):
        """
        Return whether this person may say to which planned activity it belongs, and there is one to
        choose or to let go of.
        """
        if not user.has_perm("advocacy.change_visit", self):
            return False
        return (
            self.activity_id is not None
            or PlannedActivity.objects.offered_to(self.team, self.visited_on, log="visits").exists()
        )

    def tie(self, activity, *, by, version=None):
        """
        Say which planned activity it belongs to, or (None) that it belongs to none: no part of what
        was sent, so it stays possible afterwards, and the report keeps the one of then.
        """
        offered = PlannedActivity.objects.offered_to(self.team, self.visited_on, log="visits")
        if activity is not None and not offered.contains(activity):
            raise TransitionError(
                "Kegiatan ini bukan bagian dari rencana kerja tim pada masa kunjungan ini."
            )
        self.activity = activity
        self.kept = Visit.objects.values_list("kept", flat=True).get(pk=self.pk)
        if self.kept is not None:
            self.kept = tied_words(self.kept, activity)
        return self.write_as("activity", "kept", by=by, version=version, when=Q())

    # Photographs --------------------------------------------------------------------------------
    def may_get_photo_from(self, user, key):
        """
        Return whether this person may add a photograph: who writes on it, and, for one that was
        announced, whoever knows its key.
        """
        if user.pk in (self.created_by_id, self.sent_by_id) or self.may_be_changed_by(user):
            return True
        return user.has_perm("advocacy.add_visit", self) and key in self.photo_keys

    def expects_photo(self, key):
        """Return whether a photograph with this key (text) may still be added."""
        return self.is_draft or key in self.photo_keys

    def photos_to_come(self, photos):
        """Return how many were announced and are not among these, which have arrived."""
        return len(set(self.photo_keys) - {str(photo.idempotency_key) for photo in photos})

    def why_kept(self):
        """Return why it cannot be deleted, or "": a draft that was sent before says so."""
        if self.is_draft and self.sent_at:
            return "Kunjungan ini pernah dikirim, jadi tidak dapat dihapus."
        return super().why_kept()


def gaps_of_visit(visit, *, attendance, recommendations):
    """
    Return the gaps of a visit with these rows, which need not be stored, in the order of the form;
    the field of a question is its key, that of a recommendation `rekomendasi-` and its number.
    """
    gaps = []
    if problem := Visit.implausible_day(visit.visited_on, visit.team):
        gaps.append(Gap("visited_on", problem))
    if not attendance:
        gaps.append(Gap("attendance", "Tandai siapa yang berkunjung."))
    for row in recommendations:
        what = row.followup.what
        if not row.answer:
            gaps.append(Gap(f"rekomendasi-{row.followup_id}", f"Jawab rekomendasi “{what}”."))
        elif not row.note:
            message = f"Tuliskan yang terlihat tentang “{what}”."
            gaps.append(Gap(f"rekomendasi-{row.followup_id}", message))
    for question in unanswered(visit.questions, visit.answers):
        gaps.append(Gap(question.key, f"Jawab pertanyaan “{question.text}”."))
    return gaps


def visit_words(visit):
    """
    Return the names that the page of a visit would show now; three queries beside those for what is
    not loaded yet. Rows are found by their key.
    """
    there = {row.person_id: row for row in visit.attendance.filter(person__isnull=False)}
    made = visit.followups.select_related(
        "person_in_charge__institution", "minuted_person__institution"
    )
    answered = visit.recommendation_answers.select_related(
        "followup__person_in_charge", "followup__visit__library"
    )
    library = visit.library
    return {
        "letterhead": visit.team.letterhead_words,
        "library": library.name,
        "place": library.place_words,
        "head": library.head,
        "activity": str(visit.activity or ""),
        "followups": {
            str(row.pk): person_words(row.person_in_minutes, there) or {"name": row.manager_name}
            for row in made
        },
        "answers": {
            str(row.pk): {"what": row.followup.what, "holder": row.followup.holder}
            for row in answered
        },
        "earlier": {
            last.question.key: {"day": last.day.isoformat(), "text": last.text}
            for last in visit.beside_earlier()
            if last.day
        },
        "by": stamp_names(visit, ["created", "sent"]),
    }
