"""From where on a score is green, yellow or red: a set of thresholds for each year."""

from decimal import Decimal
from functools import cached_property

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from sinergi.kit import dates
from sinergi.kit.fields import PlainCharField, PlainTextField
from sinergi.kit.links import record_url
from sinergi.kit.models import Record
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import Stateful, TransitionError, stamp_at, stamp_by
from villages.models.participations import FIRST_YEAR, LAST_YEAR
from villages.models.regions import Province
from villages.quarters import Quarter
from villages.querysets import ThresholdQuerySet, ThresholdSetQuerySet
from villages.reports.fields import Outcome
from villages.reports.indicators import (
    INDICATOR_BY_KEY,
    Limits,
    decimal_text,
    indicators_of,
    largest_limit,
)

#: Limits of money reach further, for nothing is divided there.
LARGEST = largest_limit(is_money=False)
OF_MONEY = [key for key, indicator in INDICATOR_BY_KEY.items() if indicator.is_money]
FROZEN = "Ambang ini sudah ditetapkan, sehingga warnanya tidak berubah lagi."


def percent(label, default, **options):
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        **options,
    )


class ThresholdSet(Stateful, Record):
    """
    The thresholds for the quarters of one year: of a province, or of all that have none of their
    own. Published, for a reason, it stays as it is: what was green in a quarter is green for ever.
    A year without a published set has no colours.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        PUBLISHED = "published", "Ditetapkan"

        @property
        def status(self):
            return Status(self.label, Tone.APPROVED if self == self.PUBLISHED else Tone.DRAFT)

    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="provinsi",
        null=True,
        blank=True,
        related_name="+",
    )
    year = models.PositiveSmallIntegerField("tahun")
    green_from = percent("hijau mulai", 80, help_text="Persen bobot yang diketahui.")
    yellow_from = percent("kuning mulai", 50, help_text="Di bawahnya merah.")
    minimum = percent(
        "paling sedikit diketahui",
        60,
        help_text="Bila kurang: tidak ada data.",
    )
    state = PlainCharField(
        "status", max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    published_at, published_by = stamp_at("ditetapkan pada"), stamp_by("ditetapkan oleh")
    reason = PlainTextField("alasan", max_length=2000, blank=True, editable=False)

    objects = ThresholdSetQuerySet.as_manager()
    frozen_when = Q(state="published")
    frozen_message = FROZEN
    history_title = ("year",)

    class Meta:
        verbose_name = "ambang capaian"
        verbose_name_plural = "ambang capaian"
        ordering = ["-year", "province"]
        permissions = [("publish_thresholdset", "Dapat menetapkan ambang capaian")]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "year"],
                name="villages_thresholdset_once_a_year",
                violation_error_message="Ambang tahun itu sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(province__isnull=True),
                name="villages_thresholdset_shared_once_a_year",
                violation_error_message="Ambang tahun itu sudah ada.",
            ),
            models.CheckConstraint(
                name="villages_thresholdset_year",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=f"Tahunnya antara {FIRST_YEAR} dan {LAST_YEAR}.",
            ),
            models.CheckConstraint(
                name="villages_thresholdset_percents",
                condition=Q(green_from__lte=100, yellow_from__gte=1)
                & Q(green_from__gt=F("yellow_from"), minimum__gte=1, minimum__lte=100),
                violation_error_message="Kuning mulai di bawah hijau, semua 1 sampai 100 persen.",
            ),
            models.CheckConstraint(
                name="villages_thresholdset_published_with_reason",
                condition=~Q(state="published")
                | Q(published_at__isnull=False, published_by__isnull=False) & ~Q(reason=""),
                violation_error_message="Tuliskan alasannya.",
            ),
        ]

    def __str__(self):
        return f"Ambang {self.year}"

    def get_absolute_url(self):
        return record_url("villages:threshold_set_detail", self.pk)

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def status(self):
        return self.State(self.state).status

    @property
    def place_text(self):
        return str(self.province) if self.province_id else "Seluruh Indonesia"

    @cached_property
    def limits(self):
        """{key of an indicator: its Limits}, in the order of the registry."""
        rows = {row.indicator: row.limits for row in self.thresholds.all()}
        return {key: rows[key] for key in INDICATOR_BY_KEY if key in rows}

    def limits_of(self, outcome):
        """Return [(key of an indicator, its Limits)] of an outcome."""
        keys = [indicator.key for indicator in indicators_of(outcome)]
        return [(key, limits) for key, limits in self.limits.items() if key in keys]

    def gaps(self):
        """Return [what keeps it from being published], in words."""
        found = []
        for outcome in Outcome:
            total = sum(limits.weight for _, limits in self.limits_of(outcome))
            if total != 100:
                found.append(f"Bobot {outcome.label.lower()} berjumlah {total}%, seharusnya 100%.")
        return found

    def why_too_late(self):
        """
        Return why a province's own set cannot be published any more, or "": once a quarter of its
        year is over, the set of the country may have coloured it.
        """
        if self.province_id is None:
            return ""
        today = dates.today_in(self.province.time_zone)
        shared = ThresholdSet.objects.published().filter(year=self.year, province__isnull=True)
        if today <= Quarter(self.year, 1).ends_on or not shared.exists():
            return ""
        return (
            f"Ambang seluruh Indonesia sudah mewarnai triwulan tahun {self.year}, sehingga ambang"
            " provinsi tidak dapat ditetapkan lagi untuk tahun itu."
        )

    def publish(self, *, by, reason, version=None):
        """Put it in force for good (villages.actions.thresholds). Raises TransitionError."""
        if self.is_draft and (gaps := self.gaps()):
            raise TransitionError(" ".join(gaps))
        if self.is_draft and (late := self.why_too_late()):
            raise TransitionError(late)
        return self.move(
            self.State.PUBLISHED,
            by=by,
            version=version,
            sources=[self.State.DRAFT],
            stamp="published",
            reason_field="reason",
            reason=reason,
        )


def limit_column(label):
    """Return the column of a limit; its history tells it as people write it."""
    return ThresholdLimitField(
        label, max_digits=16, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )


class ThresholdLimitField(models.DecimalField):
    """A limit of an indicator: 100, 12,5 or 5.000.000."""

    def display_value(self, value):
        return decimal_text(Decimal(value))

    def deconstruct(self):
        """Name Django's own field in migrations: the column is the same."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs


class Threshold(Record):
    """
    Where green and yellow of one indicator begin, and its weight in percent of its outcome; 0
    leaves it uncounted. Between the two lies yellow; where they are one, there is none.
    """

    threshold_set = models.ForeignKey(
        ThresholdSet,
        models.CASCADE,
        verbose_name="ambang",
        related_name="thresholds",
        editable=False,
    )
    indicator = PlainCharField(
        "indikator",
        max_length=30,
        choices=[(key, indicator.label) for key, indicator in INDICATOR_BY_KEY.items()],
        editable=False,
    )
    green = limit_column("hijau mulai")
    yellow = limit_column("kuning mulai")
    weight = models.PositiveSmallIntegerField("bobot", validators=[MaxValueValidator(100)])

    objects = ThresholdQuerySet.as_manager()
    history_parents = ("threshold_set",)
    history_title = ("indicator",)
    frozen_when = Q(threshold_set__state="published")
    frozen_message = FROZEN

    class Meta:
        verbose_name = "ambang indikator"
        verbose_name_plural = "ambang indikator"
        ordering = ["threshold_set", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["threshold_set", "indicator"],
                name="villages_threshold_once_a_set",
                violation_error_message="Indikator ini sudah ada.",
            ),
            models.CheckConstraint(
                name="villages_threshold_indicator",
                condition=Q(indicator__in=list(INDICATOR_BY_KEY)),
                violation_error_message="Indikator ini tidak dikenal.",
            ),
            models.CheckConstraint(
                name="villages_threshold_values",
                condition=Q(green__gte=0, yellow__gte=0, weight__gte=0, weight__lte=100)
                & (Q(green__lt=LARGEST, yellow__lt=LARGEST) | Q(indicator__in=OF_MONEY)),
                violation_error_message="Batasnya tidak kurang dari 0, bobotnya 0 sampai 100.",
            ),
        ]

    def __str__(self):
        return self.definition.label

    @property
    def definition(self):
        """The indicator that these are the limits of."""
        return INDICATOR_BY_KEY[self.indicator]

    @property
    def limits(self):
        return Limits(self.green, self.yellow, self.weight)
