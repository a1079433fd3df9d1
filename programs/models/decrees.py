"""Decrees (Surat Keputusan) on which the team stands."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from programs.models.signatures import FAR, FILE_COLUMNS, Signature
from programs.models.teams import Team
from programs.querysets.decrees import DecreeQuerySet
from sinergi.kit import dates
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from sinergi.kit.periods import NoOverlap
from sinergi.kit.transitions import Stateful, TransitionError, stamp_at, stamp_by, stamp_names

MAX_POINTS = 200  # of each structured text: more is no decree that anybody reads


def text_points(text):
    """Return the points of a structured text: one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


SHORT_NAMES = {
    "office": "SK Kepala Dinas",
    "governor": "SK Gubernur",
    "national": "SK Kepala Perpusnas",
}


class Decree(Stateful, Signature, Record):
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

    state = PlainCharField(
        "status", max_length=10, choices=State, default=State.DRAFTING, editable=False
    )
    kept = models.JSONField("kata-kata saat ditetapkan", null=True, editable=False)
    round = models.PositiveSmallIntegerField("draf ke", default=1, editable=False)
    submitted_at, submitted_by = stamp_at("diajukan pada"), stamp_by("diajukan oleh")
    returned_at, returned_by = stamp_at("dikembalikan pada"), stamp_by("dikembalikan oleh")
    return_reason = PlainTextField(
        "yang perlu diperbaiki", max_length=2000, blank=True, editable=False
    )
    recorded_at, recorded_by = (
        stamp_at("penetapan dicatat pada"),
        stamp_by("penetapan dicatat oleh"),
    )
    revoked_at, revoked_by = (
        stamp_at("pencabutan dicatat pada"),
        stamp_by("pencabutan dicatat oleh"),
    )
    revoke_reason = PlainTextField("dasar pencabutan", max_length=2000, blank=True, editable=False)

    objects = DecreeQuerySet.as_manager()
    history_parents = ("team",)
    history_title = ("about", "original_name")
    history_hidden = frozenset({"key", "content_type", "original_name"})
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
        """Return the short name: SK Gubernur Nomor 188/2019."""
        return f"{SHORT_NAMES[self.level]}{f' Nomor {self.number}' if self.number else ''}"

    @property
    def full_name(self):
        """The name as other decrees quote it."""
        return f"Keputusan {self.issuer}{f' Nomor {self.number}' if self.number else ''}"

    def get_absolute_url(self):
        return record_url("programs:decree_detail", self.pk)

    @property
    def province_id(self):
        return self.team.province_id

    @property
    def rank(self):
        return self.Level.values.index(self.level)

    # What it says, point by point ---------------------------------------------------------------
    @property
    def consideration_items(self):
        return text_points(self.considerations)

    @property
    def legal_basis_items(self):
        return text_points(self.legal_basis)

    @property
    def diktum_items(self):
        return text_points(self.diktum)

    @property
    def words(self):
        """
        What its page and paper take from other records: kept with the signature, before it as of
        now.
        """
        return self.words_now() if self.kept is None else self.kept

    def words_now(self):
        """
        Return {team: its name, place: where it is signed, by: {stamp: the account's name}} of
        today.
        """
        return {
            "team": self.team.name,
            "place": self.signed_in or self.team.seat,
            "by": stamp_names(self, ["created", "submitted", "recorded", "revoked"]),
        }

    def clean(self):
        wrong = {}
        for name in ("considerations", "legal_basis", "diktum"):
            if (count := len(text_points(getattr(self, name)))) > MAX_POINTS:
                problem = f"Paling banyak {MAX_POINTS} butir, satu per baris; sekarang ada {count}."
                wrong[name] = f"{problem} Gabungkan sebagian."
        if self.submit_by and self.target_on and self.target_on < self.submit_by:
            submitted = dates.long_date(self.submit_by)
            wrong["target_on"] = f"Tidak boleh sebelum target diajukan, {submitted}."
        if wrong:
            raise ValidationError(wrong)

    # Its life -----------------------------------------------------------------------------------
    def missing_for_submission(self):
        """Return, as messages, what a draft needs before it can be handed in."""
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
        Send it back to drafting for a correction that was asked for; the next round of the draft
        begins.
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

    def revoke(self, *, by, last_day, reason, version=None):
        """
        End its force after `last_day`; `reason` says why, or by which decree. While it still holds,
        that day may be brought forward.
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
