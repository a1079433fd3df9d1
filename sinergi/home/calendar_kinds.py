"""
The kinds of things that stand in a calendar: who sees which, what is read of each, and the words it
stands there with.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, CharField, DateField, F, Model, Q, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Greatest

from advocacy.models import (
    Commitment,
    FollowUp,
    Meeting,
    Partnership,
    Training,
    Trip,
    TripStop,
    Visit,
)
from advocacy.querysets.meetings import day_in_its_zone
from programs.models import Decree, PlannedActivity, WorkPlan
from sinergi.home.calendar_rows import calendar_columns
from sinergi.kit.links import record_url


@dataclass(frozen=True)
class CalendarKind:
    """What a person chooses to see; `css`: its colour."""

    label: str
    css: str = ""


#: By the word in the address.
KINDS = {
    "rapat": CalendarKind("Rapat dan audiensi", "d2"),
    "kunjungan": CalendarKind("Kunjungan dan perjalanan", "d1"),
    "tindak-lanjut": CalendarKind("Tenggat tindak lanjut", "d3"),
    "komitmen": CalendarKind("Tenggat komitmen", "d4"),
    "bimtek": CalendarKind("Bimtek", "d5"),
    "berakhir": CalendarKind("SK dan kerja sama berakhir"),
    "laporan": CalendarKind("Tenggat laporan triwulan"),
    "rencana": CalendarKind("Kegiatan rencana kerja"),
}
#: Kinds of one part alone, where a kind has several: understood in an address, where the numbers of
#: a month have them, and offered nowhere else.
NARROW_KINDS = {
    "kunjungan-terkirim": CalendarKind("Kunjungan"),
    "draf-kunjungan": CalendarKind("Draf kunjungan"),
    "perjalanan": CalendarKind("Perjalanan"),
    "tindak-lanjut-terbuka": CalendarKind("Tindak lanjut terbuka"),
    "tindak-lanjut-selesai": CalendarKind("Tindak lanjut selesai"),
    "sk-berakhir": CalendarKind("SK berakhir"),
    "kerja-sama-berakhir": CalendarKind("Kerja sama berakhir"),
}
#: The kind that no rows are read of: the days follow from the quarters.
REPORTS, REPORTS_PERMISSION = "laporan", "villages.view_libraryreport"


@dataclass(frozen=True)
class Part:
    """
    Rows of one model in a kind. `rows` makes of those within reach the columns of a span of days
    (calendar_rows); `province` and `regency` filter them by the key of a place; a kind that has
    nothing to do with one regency has no `regency`, and is left out where one is chosen. `narrow`:
    the kind that is this part alone, where its kind has more.
    """

    kind: str
    model: type[Model]
    rows: Callable
    detail: str
    province: str = "province"
    regency: Callable | None = None
    narrow: str = ""

    @property
    def permission(self):
        meta = self.model._meta
        return f"{meta.app_label}.view_{meta.model_name}"

    def is_of(self, kinds):
        """Whether one of these words asks for it."""
        return self.kind in kinds or self.narrow in kinds

    def url_of(self, key):
        return record_url(self.detail, key)


def on_the_calendar(first, column):
    """Return the day on which something stands that may have begun before the span."""
    return Greatest(column, Value(first, DateField()), output_field=DateField())


def _meetings(rows, first, last, user):
    rows = rows.on_days(first=first, last=last).filter(day_is_set=True)
    zone = Case(
        When(time_is_set=True, then=F("province__time_zone")),
        default=Value(""),
        output_field=CharField(),
    )
    return calendar_columns(
        rows,
        on_the_calendar(first, day_in_its_zone("starts_at")),
        "title",
        state="state",
        until=day_in_its_zone("ends_at"),
        starts="starts_at",
        ends="ends_at",
        zone=zone,
    )


def _months_meetings(rows, first, last, user):
    rows = rows.on_days(first=first, last=last).filter(day_is_set=False)
    return calendar_columns(
        rows, Value(first, DateField()), "title", state="state", starts="starts_at"
    )


def _sent_visits(rows, first, last, user):
    return _visits(rows.sent(), first, last)


def _own_drafts(rows, first, last, user):
    return _visits(rows.drafts().filter(created_by=user), first, last)


def _visits(rows, first, last):
    name = Coalesce(
        KeyTextTransform("library", "kept"), F("library__name"), output_field=CharField()
    )
    return calendar_columns(
        rows.filter(visited_on__range=(first, last)), "visited_on", name, state="state"
    )


def _trips(rows, first, last, user):
    rows = rows.filter(starts_on__lte=last, ends_on__gte=first)
    return calendar_columns(rows, on_the_calendar(first, F("starts_on")), "title", until="ends_on")


def _open_followups(rows, first, last, user):
    return _followups(rows.open(), first, last)


def _closed_followups(rows, first, last, user):
    return _followups(rows.closed(), first, last)


def _followups(rows, first, last):
    rows = rows.without_cancelled().filter(due_on__range=(first, last))
    return calendar_columns(rows, "due_on", "what", state="closed_as")


def _commitments(rows, first, last, user):
    rows = rows.outstanding().filter(due_on__range=(first, last))
    return calendar_columns(rows, "due_on", "description")


def _decrees(rows, first, last, user):
    rows = rows.binding().filter(amends__isnull=True, in_force_until__range=(first, last))
    return calendar_columns(rows, "in_force_until", "number", state="level")


def _partnerships(rows, first, last, user):
    return calendar_columns(rows.filter(ends_on__range=(first, last)), "ends_on", "about")


def _trainings(rows, first, last, user):
    return calendar_columns(rows.filter(held_on__range=(first, last)), "held_on", "title")


def _activities(rows, first, last, user):
    """Of the plans in force, whose months have the one that begins on the first day."""
    rows = rows.alias(then=F("months").bitand(1 << (first.month - 1))).filter(
        then__gt=0,
        plan__state=WorkPlan.State.APPROVED,
        plan__starts_on__lte=last,
        plan__ends_on__gte=first,
    )
    return calendar_columns(rows, Value(first, DateField()), "title")


def _of_regency(key):
    return Q(regency=key)


def _stops_in(key):
    return Q(pk__in=TripStop.objects.filter(library__regency=key).values("trip"))


def _left_in(key):
    return Q(meeting__regency=key) | Q(visit__regency=key)


#: In the order in which they stand on a day.
PARTS = {
    "meetings": Part("rapat", Meeting, _meetings, "advocacy:meeting_detail", regency=_of_regency),
    "visits": Part(
        "kunjungan",
        Visit,
        _sent_visits,
        "advocacy:visit_detail",
        regency=_of_regency,
        narrow="kunjungan-terkirim",
    ),
    "visit_drafts": Part(
        "kunjungan",
        Visit,
        _own_drafts,
        "advocacy:visit_detail",
        regency=_of_regency,
        narrow="draf-kunjungan",
    ),
    "trips": Part(
        "kunjungan", Trip, _trips, "advocacy:trip_detail", regency=_stops_in, narrow="perjalanan"
    ),
    "trainings": Part(
        "bimtek", Training, _trainings, "advocacy:training_detail", regency=_of_regency
    ),
    "decrees": Part(
        "berakhir",
        Decree,
        _decrees,
        "programs:decree_detail",
        province="team__province",
        narrow="sk-berakhir",
    ),
    "partnerships": Part(
        "berakhir",
        Partnership,
        _partnerships,
        "advocacy:partnership_detail",
        narrow="kerja-sama-berakhir",
    ),
    "followups": Part(
        "tindak-lanjut",
        FollowUp,
        _open_followups,
        "advocacy:followup_detail",
        regency=_left_in,
        narrow="tindak-lanjut-terbuka",
    ),
    "commitments": Part(
        "komitmen", Commitment, _commitments, "advocacy:commitment_detail", regency=_of_regency
    ),
    "closed_followups": Part(
        "tindak-lanjut",
        FollowUp,
        _closed_followups,
        "advocacy:followup_detail",
        regency=_left_in,
        narrow="tindak-lanjut-selesai",
    ),
}
#: What is known of a month alone.
MONTHS_PARTS = {
    "months_meetings": Part(
        "rapat", Meeting, _months_meetings, "advocacy:meeting_detail", regency=_of_regency
    ),
    "activities": Part(
        "rencana",
        PlannedActivity,
        _activities,
        "programs:activity_detail",
        province="plan__team__province",
        regency=_of_regency,
    ),
}
ALL_PARTS = PARTS | MONTHS_PARTS


def kinds_for(user, asked=()):
    """
    Return {word: CalendarKind} of what this account may see somewhere; and of the narrow ones those
    among the words that are asked for.
    """
    parts = [part for part in ALL_PARTS.values() if user.has_perm(part.permission)]
    seen = {part.kind for part in parts} | {part.narrow for part in parts if part.narrow in asked}
    if user.has_perm(REPORTS_PERMISSION):
        seen.add(REPORTS)
    return {word: kind for word, kind in (KINDS | NARROW_KINDS).items() if word in seen}


def columns_of_parts(parts, user, span, *, kinds, province="", regency=""):
    """
    Return {part: its columns} of these kinds over a span (first day, last), as far as the account
    sees them, in a place that was chosen (the keys of a province, of a regency).
    """
    found = {}
    for name, part in parts.items():
        if not part.is_of(kinds) or (regency and part.regency is None):
            continue
        rows = part.model.objects.visible_to(user)
        if province:
            rows = rows.filter(**{part.province: province})
        if regency:
            rows = rows.filter(part.regency(regency))
        found[name] = part.rows(rows, *span, user)
    return found
