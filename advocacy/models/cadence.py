"""The rhythm of a team: what it is reminded of, and which reminders it has put off."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from advocacy.cadence.kinds import (
    LONGEST_SNOOZE,
    MEETINGS,
    MOST_MONTHS,
    MOST_WARN_DAYS,
    NO_WARNING,
    ROLE_COLUMNS,
    SHIPPED,
    SHORTEST_MONTH,
    SUBJECTS,
    CadenceKind,
    roles_of,
)
from advocacy.cadence.states import longest_snooze
from advocacy.models.cases import AdvocacyCase
from advocacy.models.commitments import Commitment
from advocacy.models.expansion import ExpansionCase
from advocacy.models.partnerships import Partnership
from advocacy.querysets.cadence import CadenceRuleQuerySet, CadenceSnoozeQuerySet
from programs.models import Decree, Team, WorkPlan
from sinergi.accounts.roles import ROLES
from sinergi.kit.dates import long_date
from sinergi.kit.fields import PlainCharField
from sinergi.kit.models import Record
from sinergi.kit.transitions import TransitionError, stamp_at, stamp_by
from villages.models import Library

WARNING_TOO_LONG = "Peringatan harus lebih pendek daripada jaraknya."
#: The columns of a snooze that name a record.
SUBJECT_COLUMNS = tuple(dict.fromkeys(SUBJECTS.values()))
ENDED = "Penundaan ini sudah berakhir."


def team_field(name):
    return models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name=name, editable=False
    )


def for_role(role):
    """Return the column that says whether this role is reminded."""
    return models.BooleanField(ROLES[role].label, default=False)


class CadenceRule(Record):
    """
    What a team has changed of one kind of reminder. Without a row the kind holds as it is shipped
    (`CadenceRule.shipped`), so that every team has every reminder from its first day.

    Months are set for meetings alone: those of visits stand with the team, and every other day is
    that of a record.
    """

    team = team_field("cadence_rules")
    kind = PlainCharField("pengingat", max_length=12, choices=CadenceKind, editable=False)
    months = models.PositiveSmallIntegerField(
        "sedikitnya sekali setiap (bulan)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
    )
    starts_on = models.DateField(
        "dihitung sejak",
        null=True,
        blank=True,
        help_text="Kosong berarti sejak yang terakhir, atau sejak tim dibentuk bila belum ada.",
    )
    warn_days = models.PositiveSmallIntegerField(
        "diingatkan sebelumnya (hari)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_WARN_DAYS)],
    )
    for_secretariat = for_role("secretariat")
    for_chair = for_role("chair")
    for_members = for_role("member")
    for_officers = for_role("regency_officer")
    is_active = models.BooleanField("diingatkan", default=True)

    objects = CadenceRuleQuerySet.as_manager()
    history_title = ("kind",)

    class Meta:
        verbose_name = "irama tim"
        verbose_name_plural = "irama tim"
        ordering = ["team", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "kind"],
                name="advocacy_cadencerule_once",
                violation_error_message=(
                    "Pengingat ini baru saja diatur orang lain. Buka lagi halamannya."
                ),
            ),
            models.CheckConstraint(
                name="advocacy_cadencerule_months_of_meetings",
                condition=Q(
                    kind__in=MEETINGS,
                    months__isnull=False,
                    months__gte=1,
                    months__lte=MOST_MONTHS,
                )
                | ~Q(kind__in=MEETINGS) & Q(months__isnull=True, starts_on__isnull=True),
                violation_error_message=f"Isi jaraknya, 1 sampai {MOST_MONTHS} bulan.",
            ),
            models.CheckConstraint(
                name="advocacy_cadencerule_warning",
                condition=Q(kind__in=NO_WARNING, warn_days__isnull=True)
                | ~Q(kind__in=NO_WARNING)
                & Q(warn_days__isnull=False, warn_days__lte=MOST_WARN_DAYS),
                violation_error_message=f"Isi harinya, 0 sampai {MOST_WARN_DAYS}.",
            ),
            models.CheckConstraint(
                name="advocacy_cadencerule_warning_within_months",
                condition=Q(months__isnull=True) | Q(warn_days__lt=F("months") * SHORTEST_MONTH),
                violation_error_message=WARNING_TOO_LONG,
            ),
            models.CheckConstraint(
                name="advocacy_cadencerule_for_somebody",
                condition=Q(*((name, True) for name in ROLE_COLUMNS.values()), _connector=Q.OR),
                violation_error_message="Pilih siapa yang diingatkan.",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @classmethod
    def shipped(cls, team, kind):
        """Return the rule as it holds where the team has changed nothing; it is not stored."""
        given = SHIPPED[kind]
        roles = {ROLE_COLUMNS[role]: True for role in given.roles}
        return cls(team=team, kind=kind, months=given.months, warn_days=given.warn_days, **roles)

    @property
    def province_id(self):
        return self.team.province_id

    @property
    def warning(self):
        """Days of warning, as a number."""
        return self.warn_days or 0

    @property
    def roles(self):
        """The roles that are reminded."""
        return [role for role, column in ROLE_COLUMNS.items() if getattr(self, column)]

    @property
    def interval_months(self):
        """The months after which it comes back, or None; those of visits stand with the team."""
        return self.team.visit_interval if self.kind == CadenceKind.VISIT else self.months

    def last_day_of_snooze(self, starts_on):
        """Return until when a reminder may be put off on that day, at the most."""
        return longest_snooze(starts_on, self.interval_months, LONGEST_SNOOZE)

    def get_absolute_url(self):
        return reverse("advocacy:cadence_detail", args=[self.team_id, self.kind])

    def clean(self):
        errors = {}
        for role, column in ROLE_COLUMNS.items():
            if getattr(self, column) and role not in roles_of(self.kind):
                errors[column] = "Peran ini tidak dapat menindaklanjutinya."
        if self.months and self.warning >= self.months * SHORTEST_MONTH:
            errors["warn_days"] = WARNING_TOO_LONG
        if self.starts_on and abs(self.starts_on.year - self.team.today.year) > 2:
            errors["starts_on"] = "Periksa tahunnya."
        if errors:
            raise ValidationError(errors)


def subject_field(model, label):
    """Return the column that names one record whose reminder is put off."""
    return models.ForeignKey(
        model,
        models.CASCADE,
        verbose_name=label,
        null=True,
        editable=False,
        related_name="cadence_snoozes",
    )


def one_subject():
    """Return the condition that a snooze names no record, or one of its own kind."""
    nothing = {f"{name}__isnull": True for name in SUBJECT_COLUMNS}
    condition = Q(**nothing)
    for name in SUBJECT_COLUMNS:
        kinds = [kind for kind, column in SUBJECTS.items() if column == name]
        condition |= Q(**nothing | {f"{name}__isnull": False}, kind__in=kinds)
    return condition


class CadenceSnooze(Record):
    """
    That a reminder is put off until a day, for a reason that the team sees: of a rule as a whole,
    or of one record. It ends by itself when that day is there or the thing happens, which follows
    from the days alone (advocacy.cadence.states.is_asleep), or when somebody ends it.

    `event_on` is the last time that the thing had happened when it was put off: what happens later
    ends it. `number` counts those of one thing. A form carries the number that it saw, so of two
    people who put off the same reminder the second is told.
    """

    SUBJECT_COLUMNS = SUBJECT_COLUMNS

    team = team_field("cadence_snoozes")
    kind = PlainCharField("pengingat", max_length=12, choices=CadenceKind, editable=False)
    library = subject_field(Library, "perpustakaan")
    decree = subject_field(Decree, "SK")
    partnership = subject_field(Partnership, "kerja sama")
    case = subject_field(AdvocacyCase, "sasaran advokasi")
    commitment = subject_field(Commitment, "komitmen")
    plan = subject_field(WorkPlan, "rencana kerja")
    expansion = subject_field(ExpansionCase, "perluasan")
    number = models.PositiveSmallIntegerField("penundaan ke", default=1, editable=False)
    starts_on = models.DateField("ditunda pada", editable=False)
    event_on = models.DateField("terakhir terjadi", null=True, editable=False)
    until = models.DateField("ingatkan lagi")
    reason = PlainCharField("alasan, terlihat oleh tim", max_length=300)
    ended_at, ended_by = stamp_at("diakhiri pada"), stamp_by("diakhiri oleh")

    objects = CadenceSnoozeQuerySet.as_manager()
    history_title = ("kind",)
    history_hidden = frozenset({"team", "number", "event_on", *SUBJECT_COLUMNS})

    class Meta:
        verbose_name = "penundaan pengingat"
        verbose_name_plural = "penundaan pengingat"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="advocacy_cadencesnooze_one_subject",
                condition=one_subject(),
                violation_error_message="Penundaan ini untuk satu hal, sesuai pengingatnya.",
            ),
            models.CheckConstraint(
                name="advocacy_cadencesnooze_until_later",
                condition=Q(until__gt=F("starts_on")),
                violation_error_message="Pilih tanggal sesudah hari ini.",
            ),
            models.CheckConstraint(
                name="advocacy_cadencesnooze_with_reason",
                condition=~Q(reason=""),
                violation_error_message="Tuliskan alasannya.",
            ),
            models.UniqueConstraint(
                F("team"),
                F("kind"),
                F("number"),
                Coalesce(*SUBJECT_COLUMNS, 0, output_field=models.BigIntegerField()),
                name="advocacy_cadencesnooze_number_once",
                violation_error_message=(
                    "Pengingat ini baru saja ditunda orang lain. Baca alasannya, lalu putuskan."
                ),
            ),
        ]
        indexes = [models.Index(fields=["team", "until"], name="advocacy_cadencesnooze_until")]

    def __str__(self):
        return f"{self.get_kind_display()} sampai {long_date(self.until)}"

    @property
    def province_id(self):
        return self.team.province_id

    @property
    def subject_column(self):
        """The column of the record it is about, or ""."""
        column = SUBJECTS.get(self.kind, "")
        return column if column and getattr(self, f"{column}_id") else ""

    @property
    def subject_id(self):
        """The key of the record it is about, or None."""
        return getattr(self, f"{self.subject_column}_id") if self.subject_column else None

    @property
    def subject(self):
        """The record it is about, or None: the rule as a whole."""
        return getattr(self, self.subject_column) if self.subject_column else None

    @property
    def times_text(self):
        """Ditunda 2 kali, terakhir oleh PIC Program."""
        return f"Ditunda {self.number} kali, terakhir oleh {self.created_by or 'sistem'}"

    def get_absolute_url(self):
        return reverse("advocacy:cadence_detail", args=[self.team_id, self.kind])

    def set_subject(self, key):
        """Take the record with this key, of the rule's own kind; None: the rule as a whole."""
        if key is not None:
            setattr(self, f"{SUBJECTS[self.kind]}_id", key)

    def longest(self, rule):
        """Return until when it may last, at the most, under this rule."""
        return rule.last_day_of_snooze(self.starts_on)

    def clean(self):
        """Refuse a day that has come already, and one past the rule's own interval."""
        if not self.until:
            return
        rule = CadenceRule.objects.filter(team=self.team, kind=self.kind).first()
        last = self.longest(rule or CadenceRule.shipped(self.team, self.kind))
        if self.until <= self.starts_on:
            raise ValidationError({"until": "Pilih tanggal sesudah hari ini."})
        if self.until > last:
            raise ValidationError({"until": f"Paling lama sampai {long_date(last)}."})

    def end(self, *, by, version=None):
        """Be reminded again from now on."""
        if self.ended_at or self.until <= self.team.today:
            raise TransitionError(ENDED)
        self.ended_at, self.ended_by = timezone.now(), by
        return self.write_as(
            "ended_at", "ended_by", by=by, version=version, when=Q(ended_at__isnull=True)
        )
