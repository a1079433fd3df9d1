"""The signature of a decree: its number and day, its scan, and how long it holds."""

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from programs.querysets.decrees import NOTICE_DAYS
from sinergi.kit import dates, uploads
from sinergi.kit.fields import PlainCharField
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import TransitionError

FIRST_SIGNED_ON = date(2000, 1, 1)  # a decree before it is a mistyped year
FAR = timedelta(days=3 * 366)  # between the dates of one decree, and ahead of today
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


class Signature(models.Model):
    """
    Abstract: what a decree has once it is signed, that is the columns of its signature, its scan,
    and its term.

    The states are those of `Decree`.
    """

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

    class Meta:
        abstract = True

    @property
    def download_name(self):
        return uploads.download_name(self.original_name, self.content_type)

    # Its term -----------------------------------------------------------------------------------
    @property
    def is_binding(self):
        return self.state in self.BINDING

    def holds_on(self, day):
        """Whether its own term has that day; of one that changes another, the other's must too."""
        own = (
            self.is_binding
            and self.effective_from <= day
            and (self.in_force_until is None or day <= self.in_force_until)
        )
        return own and (self.amends is None or self.amends.holds_on(day))

    def days_left(self, day):
        """Return the days in force after this one, or None without an end."""
        return (self.in_force_until - day).days if self.in_force_until and self.is_binding else None

    @property
    def may_be_revoked(self):
        """Whether it is signed, or revoked from a day still ahead, which may be brought forward."""
        ahead = self.state == self.State.REVOKED and self.in_force_until >= self.team.today
        return self.state == self.State.SIGNED or ahead

    def expires_soon(self, day):
        """Whether it is in force, for NOTICE_DAYS more at the most."""
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
        """The term in words: "28 November 2018 sampai 27 November 2019"."""
        if not self.effective_from:
            return ""
        if self.in_force_until:
            return (
                f"{dates.long_date(self.effective_from)} sampai"
                f" {dates.long_date(self.in_force_until)}"
            )
        return f"Sejak {dates.long_date(self.effective_from)}, sampai dicabut"

    # Signing ------------------------------------------------------------------------------------
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
        if wrong := self.date_problems(signed_on, effective_from, effective_until):
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
        """Clear the scan; the history keeps it."""
        if self.file:
            self.file, self.content_type, self.original_name = "", "", ""

    def date_problems(self, signed_on, effective_from, effective_until):
        """
        Return {field: what is wrong} with the dates of a signature: most often a mistyped year.
        """
        wrong = {}
        if signed_on and signed_on > self.team.today:
            wrong["signed_on"] = "Tanggal penetapan tidak boleh sesudah hari ini."
        if signed_on and signed_on < FIRST_SIGNED_ON:
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
