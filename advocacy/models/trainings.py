"""Training of those who run libraries: what it was about, and who came from which library."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from advocacy.models.commitments import EARLIEST_YEAR
from advocacy.querysets.trainings import TrainingParticipantQuerySet, TrainingQuerySet
from programs.models import PlannedActivity, Team
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from villages.models import Province, Regency, Village

#: Rows of participants of one training: a province's largest, each by name.
MAX_ROWS = 300
MOST_COUNTED = 1000  # women, or men, of one row


class Training(Record):
    """A training (bimtek) of the team; its participants come from villages, by name or counted."""

    class Subject(models.TextChoices):
        STRATEGY = "strategy", "Strategi pengembangan perpustakaan dan TIK"
        ICT = "ict", "Literasi digital dan TIK"
        ADVOCACY = "advocacy", "Advokasi dan kemitraan"
        OTHER = "other", "Materi lain"

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="trainings", editable=False
    )
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="provinsi",
        related_name="+",
        editable=False,
        db_index=False,
    )
    title = PlainCharField("nama bimtek", max_length=150)
    subject = PlainCharField("pokok materi", max_length=10, choices=Subject)
    held_on = models.DateField("tanggal")
    place = PlainCharField("tempat", max_length=150, blank=True)
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        verbose_name="kabupaten/kota",
        null=True,
        blank=True,
        related_name="+",
        help_text="Kosong berarti untuk seluruh provinsi.",
    )
    materials = PlainTextField(
        "materi", max_length=2000, blank=True, help_text="Pokok bahasan, atau alamat bahannya."
    )
    activity = models.ForeignKey(
        PlannedActivity,
        models.PROTECT,
        verbose_name="kegiatan dalam rencana",
        null=True,
        blank=True,
        related_name="trainings",
        help_text="Bimtek ini dihitung sebagai kemajuan kegiatan itu.",
    )

    objects = TrainingQuerySet.as_manager()
    history_hidden = frozenset({"team", "province"})
    history_title = ("title",)

    class Meta:
        verbose_name = "bimtek"
        verbose_name_plural = "bimtek"
        ordering = ["-held_on", "-id"]
        indexes = [
            models.Index(fields=["-held_on", "-id"], name="advocacy_training_recent"),
            models.Index(
                fields=["province", "-held_on", "-id"], name="advocacy_training_prov_recent"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return record_url("advocacy:training_detail", self.pk)

    def clean(self):
        """Refuse a day still to come or long before the programme, and another province's place."""
        errors = {}
        if self.held_on and self.held_on > self.team.today:
            errors["held_on"] = "Bimtek dicatat setelah berlangsung; tanggal ini belum lewat."
        elif self.held_on and self.held_on.year < EARLIEST_YEAR:
            errors["held_on"] = "Periksa tahunnya."
        if self.regency_id and self.regency.province_id != self.team.province_id:
            errors["regency"] = "Kabupaten/kota ini tidak berada di provinsi tim."
        if errors:
            raise ValidationError(errors)


class TrainingParticipant(Record):
    """
    Who came from one village: a person by name, or how many women and men. Never both, so that
    nobody is counted twice.
    """

    class Gender(models.TextChoices):
        WOMAN = "woman", "Perempuan"
        MAN = "man", "Laki-laki"

    training = models.ForeignKey(
        Training,
        models.CASCADE,
        verbose_name="bimtek",
        related_name="participants",
        editable=False,
    )
    village = models.ForeignKey(
        Village, models.PROTECT, verbose_name="desa", related_name="training_participants"
    )
    name = PlainCharField("nama", max_length=150, blank=True)
    gender = PlainCharField("jenis kelamin", max_length=5, choices=Gender, blank=True)
    women = models.PositiveSmallIntegerField("perempuan", null=True, blank=True)
    men = models.PositiveSmallIntegerField("laki-laki", null=True, blank=True)

    objects = TrainingParticipantQuerySet.as_manager()
    history_parents = ("training",)
    history_title = ("name",)

    class Meta:
        verbose_name = "peserta bimtek"
        verbose_name_plural = "peserta bimtek"
        ordering = ["training", "id"]
        constraints = [
            models.CheckConstraint(
                name="advocacy_trainingparticipant_named_or_counted",
                condition=(~Q(name="") & Q(women__isnull=True, men__isnull=True))
                | (
                    Q(name="", gender="")
                    & (Q(women__isnull=False) | Q(men__isnull=False))
                    & (Q(women__isnull=True) | Q(women__lte=MOST_COUNTED))
                    & (Q(men__isnull=True) | Q(men__lte=MOST_COUNTED))
                ),
                violation_error_message="Tulis namanya, atau banyaknya; tidak keduanya.",
            ),
        ]

    def __str__(self):
        return self.name or f"{self.village}: {self.people} orang"

    def validate_constraints(self, exclude=None):
        """Leave the one constraint to the database: the form tells more, and asks of each row."""

    @property
    def people(self):
        """How many this row stands for."""
        return 1 if self.name else (self.women or 0) + (self.men or 0)

    @property
    def women_count(self):
        """How many women; None where nobody has counted them."""
        return int(self.gender == self.Gender.WOMAN) if self.name else self.women

    @property
    def men_count(self):
        return int(self.gender == self.Gender.MAN) if self.name else self.men

    @property
    def unknown_count(self):
        """How many of whom it is not known: somebody by name alone."""
        return int(bool(self.name) and not self.gender)
