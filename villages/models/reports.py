"""What a library reports of a quarter, and each version of it that was handed in."""

from uuid import uuid4

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from sinergi.kit import dates, uploads
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.files import FileRecord
from sinergi.kit.links import record_url
from sinergi.kit.money import RupiahField
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import Stateful, TransitionError, stamp_at, stamp_by
from villages.models.libraries import Library
from villages.models.participations import FIRST_YEAR, LAST_YEAR
from villages.models.regions import Province, Regency
from villages.quarters import Quarter
from villages.querysets.reports import LibraryReportQuerySet
from villages.reports.checks import contradictions
from villages.reports.fields import BY_KEY, FIELDS, fields_of

PHOTO_CONSENT = "Foto disimpan bila yang diceritakan setuju."


def figure(key):
    """Return the column of a field of the registry (villages.reports.fields): empty is not 0."""
    field = BY_KEY[key]
    if field.is_money:
        return RupiahField(field.label.lower(), null=True, blank=True, least=0)
    return models.PositiveIntegerField(
        field.label.lower(),
        null=True,
        blank=True,
        validators=[
            MaxValueValidator(
                field.most, message=f"Periksa lagi: paling banyak {field.most:,}.".replace(",", ".")
            )
        ],
    )


class LibraryReport(Stateful, FileRecord):
    """
    The report of one library of one quarter: once each.

    draft → submitted → verified; submitted may be returned, for a reason, and is handed in again;
    verified may be reopened, for a reason, and counts only once it is verified anew. Nobody
    verifies what they handed in. Whether it is late is read from the calendar, never stored.

    `notes` is {key of the field: why it jumped}. Its file is the photograph of its story, which
    nobody keeps without the consent of whoever is in it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        SUBMITTED = "submitted", "Menunggu pemeriksaan"
        RETURNED = "returned", "Dikembalikan"
        VERIFIED = "verified", "Terverifikasi"

        @property
        def status(self):
            return Status(self.label, _TONES[self])

    EDITABLE = (State.DRAFT, State.RETURNED)

    library = models.ForeignKey(
        Library,
        models.PROTECT,
        verbose_name="perpustakaan",
        related_name="reports",
        editable=False,
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
        related_name="+",
        null=True,
        editable=False,
        db_index=False,
    )
    library_name = PlainCharField("nama saat dikirim", max_length=150, blank=True, editable=False)
    place_words = PlainCharField("tempat saat dikirim", max_length=300, blank=True, editable=False)
    year = models.PositiveSmallIntegerField("tahun", editable=False)
    quarter_number = models.PositiveSmallIntegerField("triwulan", editable=False)
    state = PlainCharField(
        "status", max_length=10, choices=State, default=State.DRAFT, editable=False
    )

    titles = figure("titles")
    copies = figure("copies")
    computers = figure("computers")
    online_computers = figure("online_computers")
    opening_days = figure("opening_days")
    opening_hours = figure("opening_hours")
    staff = figure("staff")
    trained_staff = figure("trained_staff")
    members = figure("members")
    visitors = figure("visitors")
    women = figure("women")
    men = figure("men")
    children = figure("children")
    activities = figure("activities")
    information_activities = figure("information_activities")
    involvement_activities = figure("involvement_activities")
    advocacy_activities = figure("advocacy_activities")
    participants = figure("participants")
    ict_users = figure("ict_users")
    loans = figure("loans")
    online_visits = figure("online_visits")
    village_budget = figure("village_budget")
    partners = figure("partners")
    media = figure("media")
    policies = figure("policies")

    notes = models.JSONField("keterangan lonjakan", default=dict, blank=True, editable=False)
    story = PlainTextField("kisah dampak", max_length=3000, blank=True)
    story_consent = models.BooleanField("yang diceritakan setuju", default=False)
    file = models.FileField("foto kisah", upload_to=uploads.random_path, blank=True, editable=False)
    thumbnail = models.FileField(
        "gambar kecil", upload_to=uploads.random_path, blank=True, editable=False
    )

    submitted_at, submitted_by = stamp_at("dikirim pada"), stamp_by("dikirim oleh")
    returned_at, returned_by = stamp_at("dikembalikan pada"), stamp_by("dikembalikan oleh")
    return_reason = PlainTextField(
        "alasan dikembalikan", max_length=2000, blank=True, editable=False
    )
    verified_at, verified_by = stamp_at("diverifikasi pada"), stamp_by("diverifikasi oleh")
    reopened_at, reopened_by = stamp_at("dibuka kembali pada"), stamp_by("dibuka kembali oleh")
    reopen_reason = PlainTextField(
        "alasan dibuka kembali", max_length=2000, blank=True, editable=False
    )

    objects = LibraryReportQuerySet.as_manager()
    history_parents = ("library",)
    history_hidden = FileRecord.history_hidden | {
        "province",
        "regency",
        "year",
        "quarter_number",
        "thumbnail",
        "library_name",
        "place_words",
    }
    kept_file = "villages:report_kept"
    frozen_when = ~Q(state__in=EDITABLE)
    frozen_message = (
        "Laporan ini sudah dikirim, sehingga angkanya tidak dapat diubah sampai dikembalikan."
    )

    class Meta:
        verbose_name = "laporan triwulan"
        verbose_name_plural = "laporan triwulan"
        ordering = ["-year", "-quarter_number", "library"]
        permissions = [
            ("submit_libraryreport", "Dapat mengirim laporan triwulan"),
            ("verify_libraryreport", "Dapat memeriksa laporan triwulan"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["library", "year", "quarter_number"],
                name="villages_libraryreport_once_a_quarter",
                violation_error_message="Perpustakaan ini sudah punya laporan triwulan itu.",
            ),
            models.CheckConstraint(
                name="villages_libraryreport_quarter",
                condition=Q(quarter_number__gte=1, quarter_number__lte=4)
                & Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message="Triwulannya I sampai IV.",
            ),
            models.CheckConstraint(
                name="villages_libraryreport_returned_with_reason",
                condition=~Q(state="returned") | ~Q(return_reason="", reopen_reason=""),
                violation_error_message="Tuliskan alasannya.",
            ),
            models.CheckConstraint(
                name="villages_libraryreport_verified_by_another",
                condition=~Q(state="verified") | ~Q(verified_by=F("submitted_by")),
                violation_error_message="Yang memeriksa harus orang lain.",
            ),
            models.CheckConstraint(
                name="villages_libraryreport_story_with_consent",
                condition=Q(story="")
                | Q(story_consent=True)
                | ~Q(state__in=["submitted", "verified"]),
                violation_error_message="Kisah dikirim bila yang diceritakan setuju.",
            ),
            models.CheckConstraint(
                name="villages_libraryreport_photo_with_consent",
                condition=Q(file="") | Q(story_consent=True),
                violation_error_message=PHOTO_CONSENT,
            ),
        ]
        indexes = [
            models.Index(
                fields=["year", "quarter_number", "province", "regency"],
                name="villages_report_quarter",
            ),
            models.Index(
                fields=["province", "state", "submitted_at", "id"],
                name="villages_report_prov_state",
            ),
            models.Index(fields=["state", "submitted_at", "id"], name="villages_report_state"),
        ]

    def __str__(self):
        return f"{self.quarter}, {self.told_name}"

    def get_absolute_url(self):
        return record_url("villages:report_detail", self.pk)

    def set_library(self, library):
        """Take the library, and from it the province and the regency."""
        self.library = library
        self.province_id, self.regency_id = library.province_id, library.regency_id

    @property
    def quarter(self):
        return Quarter(self.year, self.quarter_number)

    @quarter.setter
    def quarter(self, quarter):
        self.year, self.quarter_number = quarter.year, quarter.number

    @property
    def told_name(self):
        """Return the library's name: of what was handed in, as it was then."""
        return self.library.name if self.is_editable else self.library_name or self.library.name

    @property
    def told_place(self):
        """Return where the library stands, of what was handed in as it was then."""
        now = self.library.place_words
        return now if self.is_editable else self.place_words or now

    # What it says -------------------------------------------------------------------------------
    @property
    def fields(self):
        """The fields that its quarter asks for."""
        return fields_of(self.quarter)

    @property
    def figures(self):
        """Return {key of the field: figure or None} of all fields."""
        return {field.key: getattr(self, field.key) for field in FIELDS}

    @property
    def content(self):
        """Return what it says, as a submission keeps it."""
        return {
            "figures": {field.key: getattr(self, field.key) for field in self.fields},
            "notes": dict(self.notes),
            "story": self.story,
            "photo": str(self.key) if self.file else "",
            "library": self.library_name,
            "place": self.place_words,
        }

    def remove_photo(self):
        """Have no photograph any more, once it is saved; what was handed in keeps its file."""
        self.file = self.thumbnail = self.content_type = self.original_name = ""
        self.key = uuid4()

    @property
    def known_count(self):
        return sum(getattr(self, field.key) is not None for field in self.fields)

    # State --------------------------------------------------------------------------------------
    @property
    def is_editable(self):
        return self.state in self.EDITABLE

    @property
    def status(self):
        return self.State(self.state).status

    def status_on(self, day):
        """Return how it stands; of what was not handed in, how late it is."""
        late = self.quarter.days_late(day) if self.is_editable else 0
        return Status(f"Terlambat {late} hari", Tone.LATE) if late else self.status

    def missing(self, today):
        """Return [(key of the field or "", message)] of what keeps it from being handed in."""
        found = []
        if self.quarter.ends_on >= today:
            found.append(
                (
                    "",
                    f"{self.quarter} belum berakhir. Laporannya dikirim mulai"
                    f" {dates.long_date(self.quarter.next.starts_on)}.",
                )
            )
        if not self.known_count:
            found.append(("", "Belum ada angka yang diisi. Bila memang tidak ada, tulis 0."))
        found += contradictions(self.figures).items()
        if self.story and not self.story_consent:
            found.append(("story_consent", "Kisah dikirim bila yang diceritakan setuju."))
        return found

    def submit(self, *, by, version=None):
        """Hand it in; what it says is kept word for word (villages.actions.submit_report)."""
        today = dates.today_in(self.library.province.time_zone)
        if self.is_editable and (gaps := self.stored().missing(today)):
            raise TransitionError(" ".join(message for _, message in gaps))
        self.library_name, self.place_words = self.library.name, self.library.place_words
        return self.move(
            self.State.SUBMITTED,
            by=by,
            version=version,
            sources=list(self.EDITABLE),
            stamp="submitted",
            also=["library_name", "place_words"],
        )

    def may_be_verified_by(self, user):
        """Return whether this person may decide: nobody verifies what they handed in."""
        return self.state == self.State.SUBMITTED and self.submitted_by_id != user.pk

    def verify(self, *, by, version=None):
        """Find it right: from here on it counts."""
        self._refuse_own(by)
        return self.move(
            self.State.VERIFIED,
            by=by,
            version=version,
            sources=[self.State.SUBMITTED],
            stamp="verified",
        )

    def send_back(self, *, by, reason, version=None):
        """Return it to be corrected."""
        self._refuse_own(by)
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
        Open a verified report again; it counts once it is verified anew. Why it was returned before
        that is told by its history.
        """
        self.return_reason = ""
        return self.move(
            self.State.RETURNED,
            by=by,
            version=version,
            sources=[self.State.VERIFIED],
            stamp="reopened",
            reason_field="reopen_reason",
            reason=reason,
            also=["return_reason"],
        )

    def _refuse_own(self, by):
        if self.state == self.State.SUBMITTED and not self.may_be_verified_by(by):
            raise TransitionError(
                "Laporan ini Anda kirim sendiri; yang memeriksa harus orang lain."
            )


_TONES = {
    LibraryReport.State.DRAFT: Tone.DRAFT,
    LibraryReport.State.SUBMITTED: Tone.WAITING,
    LibraryReport.State.RETURNED: Tone.CHANGED,
    LibraryReport.State.VERIFIED: Tone.APPROVED,
}
