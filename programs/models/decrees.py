"""Decrees (Surat Keputusan) on which the team stands."""

import uuid
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from programs.models.teams import Team
from programs.querysets import NOTICE_DAYS, DecreeQuerySet
from sinergi.kit import dates, uploads
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.models import Record
from sinergi.kit.periods import NoOverlap
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import Stateful, TransitionError, names_of, when, who

EARLIEST = date(2000, 1, 1)  # a decree before it is a mistyped year
FAR = timedelta(days=3 * 366)  # between the dates of one decree, and ahead of today
MAX_POINTS = 200  # of each structured text: more is no decree that anybody reads


def items(text):
    """The points of a structured text: one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


#: Columns of the scan, and those that a signature fills.
FILE_COLUMNS = ("key", "file", "content_type", "original_name")
SIGNATURE_COLUMNS = (
    "number",
    "signed_on",
    "signed_in",
    "signer",
    "effective_from",
    "effective_until",
    "in_force_until",
)

SHORT_NAMES = {
    "office": "SK Kepala Dinas",
    "governor": "SK Gubernur",
    "national": "SK Kepala Perpusnas",
}


class Decree(Stateful, Record):
    """
    A decree of one legal level: drafting → submitted → signed → revoked; a signed one expires by
    its date.

    A decree may change (`amends`) an earlier one, which then goes on in force as changed, or take
    its place (`replaces`). What is submitted or signed is not written any more. With the signature
    its roster is frozen in DecreeMember, and the words that come from elsewhere in `kept`: a signed
    decree is drawn from these, whatever the register says later.
    """

    class Level(models.TextChoices):
        """From the lowest legal standing to the highest."""

        OFFICE = "office", "Tingkat dinas"
        GOVERNOR = "governor", "Tingkat provinsi"
        NATIONAL = "national", "Tingkat nasional"

    class State(models.TextChoices):
        DRAFTING = "drafting", "Draf"
        SUBMITTED = "submitted", "Diajukan"
        SIGNED = "signed", "Ditetapkan"
        REVOKED = "revoked", "Dicabut"

    PENDING = (State.DRAFTING, State.SUBMITTED)
    BINDING = (State.SIGNED, State.REVOKED)

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="decrees", editable=False
    )
    level = PlainCharField("tingkat", max_length=10, choices=Level, editable=False)
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="mengubah",
        null=True,
        related_name="amendments",
        editable=False,
    )
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="menggantikan",
        null=True,
        related_name="successors",
        editable=False,
    )
    issuer = PlainCharField(
        "yang menetapkan",
        max_length=200,
        help_text="Jabatan, misalnya Gubernur Kepulauan Bangka Belitung.",
    )
    about = PlainCharField("tentang", max_length=300)
    considerations = PlainTextField(
        "menimbang",
        max_length=10000,
        blank=True,
        help_text="Satu butir per baris, tanpa huruf a, b, c.",
    )
    legal_basis = PlainTextField(
        "mengingat",
        max_length=10000,
        blank=True,
        help_text="Satu peraturan per baris, tanpa nomor.",
    )
    diktum = PlainTextField(
        "diktum",
        max_length=20000,
        blank=True,
        help_text=(
            "Satu diktum per baris, tanpa KESATU, KEDUA. Biaya dan masa berlaku ditambahkan"
            " otomatis."
        ),
    )
    cost_charged_to = PlainCharField(
        "biaya dibebankan pada",
        max_length=300,
        blank=True,
        help_text="Misalnya APBD Provinsi tahun anggaran 2019.",
    )
    roster_on = models.DateField(
        "susunan tim per", help_text="Lampiran memuat anggota pada tanggal ini."
    )
    submit_by = models.DateField("target diajukan", null=True, blank=True)
    target_on = models.DateField("target ditetapkan", null=True, blank=True)

    number = PlainCharField("nomor", max_length=100, blank=True, editable=False)
    signed_on = models.DateField("ditetapkan pada", null=True, editable=False)
    signed_in = PlainCharField("ditetapkan di", max_length=100, blank=True, editable=False)
    signer = PlainCharField("nama penanda tangan", max_length=150, blank=True, editable=False)
    effective_from = models.DateField("berlaku sejak", null=True, editable=False)
    effective_until = models.DateField("berlaku sampai", null=True, editable=False)
    in_force_until = models.DateField(
        "hari terakhir berlaku",
        null=True,
        editable=False,
        help_text="Masa berlakunya, atau hari sebelum dicabut.",
    )
    key = models.UUIDField("kunci berkas", default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField("pindaian", upload_to=uploads.random_path, blank=True, editable=False)
    content_type = PlainCharField("tipe isi", max_length=50, blank=True, editable=False)
    original_name = PlainCharField("nama berkas", max_length=120, blank=True, editable=False)

    state = PlainCharField(
        "status", max_length=10, choices=State, default=State.DRAFTING, editable=False
    )
    kept = models.JSONField("kata-kata saat ditetapkan", null=True, editable=False)
    round = models.PositiveSmallIntegerField("draf ke", default=1, editable=False)
    submitted_at, submitted_by = when("diajukan pada"), who("diajukan oleh")
    returned_at, returned_by = when("dikembalikan pada"), who("dikembalikan oleh")
    return_reason = PlainTextField(
        "yang perlu diperbaiki", max_length=2000, blank=True, editable=False
    )
    recorded_at, recorded_by = when("penetapan dicatat pada"), who("penetapan dicatat oleh")
    revoked_at, revoked_by = when("pencabutan dicatat pada"), who("pencabutan dicatat oleh")
    revoke_reason = PlainTextField("dasar pencabutan", max_length=2000, blank=True, editable=False)

    objects = DecreeQuerySet.as_manager()
    history_parents = ("team",)
    kept_file = "programs:decree_kept"
    frozen_when = ~Q(state=State.DRAFTING)

    class Meta:
        verbose_name = "SK"
        verbose_name_plural = "SK"
        ordering = ["-pk"]
        permissions = [
            ("submit_decree", "Dapat mengajukan draf SK dan menariknya kembali"),
            ("sign_decree", "Dapat mencatat penetapan SK"),
            ("revoke_decree", "Dapat mencatat pencabutan SK"),
        ]
        constraints = [
            models.CheckConstraint(
                name="programs_decree_changes_or_replaces",
                condition=Q(amends__isnull=True) | Q(replaces__isnull=True),
                violation_error_message="SK mengubah atau menggantikan SK lain, tidak keduanya.",
            ),
            models.CheckConstraint(
                name="programs_decree_signed_is_complete",
                condition=Q(state__in=["drafting", "submitted"])
                | Q(signed_on__isnull=False, effective_from__isnull=False)
                & ~Q(number="")
                & ~Q(file=""),
                violation_error_message=(
                    "SK yang ditetapkan memerlukan nomor, tanggal, masa berlaku, dan pindaiannya."
                ),
            ),
            models.CheckConstraint(
                name="programs_decree_signed_keeps_its_words",
                condition=Q(state__in=["drafting", "submitted"], kept__isnull=True)
                | Q(state__in=["signed", "revoked"], kept__isnull=False),
                violation_error_message="SK yang ditetapkan menyimpan kata-katanya saat itu.",
            ),
            models.CheckConstraint(
                name="programs_decree_ends_after_start",
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gte=F("effective_from")),
                violation_error_message="Berlaku sampai tidak boleh sebelum berlaku sejak.",
            ),
            models.CheckConstraint(
                name="programs_decree_in_force_within_its_term",
                condition=Q(in_force_until__isnull=True, effective_until__isnull=True)
                | Q(in_force_until__isnull=False, in_force_until__gte=F("effective_from"))
                & (Q(effective_until__isnull=True) | Q(in_force_until__lte=F("effective_until"))),
                violation_error_message="Hari terakhir berlaku harus di dalam masa berlaku SK.",
            ),
            models.CheckConstraint(
                name="programs_decree_revoked_with_reason",
                condition=~Q(state="revoked")
                | Q(in_force_until__isnull=False) & ~Q(revoke_reason=""),
                violation_error_message="Tuliskan sejak kapan dan atas dasar apa SK dicabut.",
            ),
            models.UniqueConstraint(
                fields=["team", "level", "number"],
                condition=~Q(number=""),
                name="programs_decree_number_once",
                violation_error_message="SK dengan nomor ini sudah tercatat.",
            ),
            NoOverlap(
                fields=["team", "level"],
                start="effective_from",
                end="in_force_until",
                only={"state": ["signed", "revoked"], "amends": None},
                name="programs_decree_one_in_force",
                violation_error_message=(
                    "Pada masa itu masih berlaku SK lain pada tingkat ini. Buat SK yang mengubah"
                    " atau menggantikannya."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state", "effective_from"], name="programs_decree_team")
        ]

    def __str__(self):
        """As people call it for short: SK Gubernur Nomor 188/2019."""
        return f"{SHORT_NAMES[self.level]}{f' Nomor {self.number}' if self.number else ''}"

    @property
    def full_name(self):
        """As other decrees quote it."""
        return f"Keputusan {self.issuer}{f' Nomor {self.number}' if self.number else ''}"

    def get_absolute_url(self):
        return reverse("programs:decree_detail", args=[self.pk])

    @property
    def province_id(self):
        return self.team.province_id

    @property
    def rank(self):
        return self.Level.values.index(self.level)

    @property
    def is_binding(self):
        return self.state in self.BINDING

    @property
    def download_name(self):
        return uploads.download_name(self.original_name, self.content_type)

    # What it says, point by point ---------------------------------------------------------------
    @property
    def consideration_items(self):
        return items(self.considerations)

    @property
    def legal_basis_items(self):
        return items(self.legal_basis)

    @property
    def diktum_items(self):
        return items(self.diktum)

    @property
    def words(self):
        """
        What its page and paper take from other records: as kept with the signature, before it as it
        is now.
        """
        return self.words_now() if self.kept is None else self.kept

    def words_now(self):
        """{team: its name, place: where it is signed, by: {stamp: the account's name}}"""
        return {
            "team": self.team.name,
            "place": self.signed_in or self.team.seat,
            "by": names_of(self, ["created", "submitted", "recorded", "revoked"]),
        }

    # Where it stands on a day -------------------------------------------------------------------
    def holds_on(self, day):
        """Whether its own term has that day; of one that changes another, the other's must too."""
        own = (
            self.is_binding
            and self.effective_from <= day
            and (self.in_force_until is None or day <= self.in_force_until)
        )
        return own and (self.amends is None or self.amends.holds_on(day))

    def days_left(self, day):
        """Days in force after this one, or None without an end."""
        return (self.in_force_until - day).days if self.in_force_until and self.is_binding else None

    @property
    def may_be_revoked(self):
        """Signed; or revoked from a day still ahead, which may be brought forward."""
        ahead = self.state == self.State.REVOKED and self.in_force_until >= self.team.today
        return self.state == self.State.SIGNED or ahead

    def expires_soon(self, day):
        """In force, and not for more than NOTICE_DAYS any more."""
        left = self.days_left(day)
        return self.holds_on(day) and left is not None and left <= NOTICE_DAYS

    def status_on(self, day):
        """Return the Status on that day: expiry is a matter of the date, not of a state."""
        if not self.is_binding:
            label = (
                f"Draf ke-{self.round}"
                if self.state == self.State.DRAFTING and self.round > 1
                else self.get_state_display()
            )
            return Status(label, Tone.WAITING if self.state == self.State.SUBMITTED else Tone.DRAFT)
        if day < self.effective_from:
            return Status("Belum mulai berlaku", Tone.SCHEDULED)
        if self.expires_soon(day):
            return Status("Segera berakhir", Tone.WAITING)
        if self.holds_on(day):
            return Status("Berlaku", Tone.APPROVED)
        return Status("Dicabut" if self.state == self.State.REVOKED else "Berakhir", Tone.LATE)

    @property
    def term_text(self):
        """28 November 2018 sampai 27 November 2019"""
        if not self.effective_from:
            return ""
        if self.in_force_until:
            return (
                f"{dates.long_date(self.effective_from)} sampai"
                f" {dates.long_date(self.in_force_until)}"
            )
        return f"Sejak {dates.long_date(self.effective_from)}, sampai dicabut"

    def clean(self):
        wrong = {}
        for name in ("considerations", "legal_basis", "diktum"):
            if (count := len(items(getattr(self, name)))) > MAX_POINTS:
                told = f"Paling banyak {MAX_POINTS} butir, satu per baris; sekarang ada {count}."
                wrong[name] = f"{told} Gabungkan sebagian."
        if self.submit_by and self.target_on and self.target_on < self.submit_by:
            submitted = dates.long_date(self.submit_by)
            wrong["target_on"] = f"Tidak boleh sebelum target diajukan, {submitted}."
        if wrong:
            raise ValidationError(wrong)

    # Its life -----------------------------------------------------------------------------------
    def missing_for_submission(self):
        """What a draft needs before it can be handed in, as messages."""
        missing = []
        if not self.consideration_items:
            missing.append("Isi pertimbangannya (menimbang).")
        if not self.legal_basis_items:
            missing.append("Isi dasar hukumnya (mengingat).")
        if not self.diktum_items:
            missing.append("Isi diktumnya.")
        if not self.team.memberships.on(self.roster_on).exists():
            missing.append(
                f"Tidak ada anggota tim pada {dates.long_date(self.roster_on)}; periksa tanggal"
                " susunan tim."
            )
        return missing

    def submit(self, *, by, version=None):
        """Hand the draft in: to the head of the office, or to the legal bureau (Biro Hukum)."""
        if self.state == self.State.DRAFTING and (
            missing := self.stored().missing_for_submission()
        ):
            raise TransitionError(" ".join(missing))
        return self.move(
            self.State.SUBMITTED,
            by=by,
            version=version,
            sources=[self.State.DRAFTING],
            stamp="submitted",
        )

    def send_back(self, *, by, reason, version=None):
        """
        Back to drafting, for a correction that was asked for; the next round of the draft begins.
        """
        with transaction.atomic():
            if self.state == self.State.SUBMITTED:
                self.round += 1
                self._let_go_of_scan()  # it is of the text that was sent back
            return self.move(
                self.State.DRAFTING,
                by=by,
                version=version,
                sources=[self.State.SUBMITTED],
                stamp="returned",
                reason_field="return_reason",
                reason=reason,
                also=["round", *FILE_COLUMNS],
            )

    def sign(
        self,
        *,
        by,
        number,
        signed_on,
        signed_in,
        signer,
        effective_from,
        effective_until,
        version=None,
    ):
        """
        Note down that it was signed. Its roster is frozen, and what it replaces ended, in
        programs.actions.record_signature.
        """
        if wrong := self.implausible(signed_on, effective_from, effective_until):
            raise TransitionError(" ".join(wrong.values()))
        if not self.file or not self.file.storage.exists(self.file.name):
            raise TransitionError("Lampirkan pindaian SK yang sudah ditandatangani.")
        self.number, self.signed_on, self.signed_in, self.signer = (
            number.strip(),
            signed_on,
            signed_in.strip(),
            signer.strip(),
        )
        self.effective_from, self.effective_until, self.in_force_until = (
            effective_from,
            effective_until,
            effective_until,
        )
        stored = self.stored()
        stored.signed_in, stored.recorded_by = self.signed_in, by
        self.kept = stored.words_now()
        return self.move(
            self.State.SIGNED,
            by=by,
            version=version,
            sources=[self.State.SUBMITTED],
            stamp="recorded",
            also=["kept", *SIGNATURE_COLUMNS],
        )

    def revoke(self, *, by, last_day, reason, version=None):
        """
        It does not hold after `last_day`; why, or by which decree, is the reason. While it still
        holds, that day may be brought forward.
        """
        sources = [self.State.SIGNED, self.State.REVOKED] if self.may_be_revoked else []
        if sources:
            if self.state == self.State.REVOKED and last_day == self.in_force_until:
                raise TransitionError(f"Hari terakhir {self} memang {dates.long_date(last_day)}.")
            if last_day < self.effective_from:
                raise TransitionError(
                    f"{self} berlaku sejak {dates.long_date(self.effective_from)}; hari terakhirnya"
                    " tidak mungkin sebelum itu."
                )
            if last_day > self.team.today + FAR:
                raise TransitionError(
                    "Periksa tahunnya: hari terakhir berlakunya lebih dari tiga tahun lagi."
                )
            if self.in_force_until and last_day > self.in_force_until:
                raise TransitionError(
                    f"{self} sudah berakhir {dates.long_date(self.in_force_until)}."
                )
            self.in_force_until = last_day
            self.kept = self.kept | {"by": self.kept["by"] | {"revoked": str(by or "")}}
        return self.move(
            self.State.REVOKED,
            by=by,
            version=version,
            sources=sources,
            stamp="revoked",
            reason_field="revoke_reason",
            reason=reason,
            also=["in_force_until", "kept"],
        )

    def keep_scan(self, safe, *, by, version=None):
        """
        Store the scan of the signed decree (sinergi.kit.uploads.SafeFile) while the signature is
        being noted down.

        Raises StaleRecord or TransitionError, and then leaves no file behind.
        """
        if self.state != self.State.SUBMITTED:
            raise TransitionError("Pindaian disimpan saat penetapan SK dicatat.")
        with uploads.replacing_file(self, safe):
            return self.write_as(
                *FILE_COLUMNS, by=by, version=version, when=Q(state=self.State.SUBMITTED)
            )

    def _let_go_of_scan(self):
        """The history keeps it."""
        if self.file:
            self.file, self.content_type, self.original_name = "", "", ""

    def implausible(self, signed_on, effective_from, effective_until):
        """{field: what is wrong} with the dates of a signature: most often a mistyped year."""
        wrong = {}
        if signed_on and signed_on > self.team.today:
            wrong["signed_on"] = "Tanggal penetapan tidak boleh sesudah hari ini."
        if signed_on and signed_on < EARLIEST:
            wrong["signed_on"] = "Periksa tahunnya."
        if signed_on and effective_from and abs(effective_from - signed_on) > FAR:
            wrong["effective_from"] = (
                "Periksa tahunnya: lebih dari tiga tahun dari tanggal penetapan."
            )
        if effective_from and effective_until:
            if effective_until < effective_from:
                wrong["effective_until"] = (
                    f"Tidak boleh sebelum mulai berlaku, {dates.long_date(effective_from)}."
                )
            elif effective_until - effective_from > timedelta(days=10 * 366):
                wrong["effective_until"] = (
                    "Periksa tahunnya: lebih dari sepuluh tahun sejak mulai berlaku."
                )
        return wrong
