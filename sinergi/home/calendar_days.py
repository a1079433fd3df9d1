"""The days of a calendar: what stands on each, in words, and how much more there is."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from advocacy.models import FollowUp, Meeting
from programs.models.decrees import SHORT_NAMES
from sinergi.home.calendar_kinds import ALL_PARTS, KINDS
from sinergi.kit.dates import DAYS, SHORT_MONTHS, clock_for, full_date, in_zone
from sinergi.kit.status import Tone
from sinergi.kit.workdays import FRIDAY, holiday_of
from villages.quarters import Quarter

ONE_DAY = timedelta(days=1)
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
RANK = {name: number for number, name in enumerate(ALL_PARTS)}
#: What stands before the name of a thing on a day.
WORDS = {
    "visits": "Kunjungan {}",
    "visit_drafts": "Kunjungan {}",
    "trips": "Perjalanan {}",
    "trainings": "Bimtek: {}",
    "partnerships": "Kerja sama berakhir: {}",
    "followups": "Tenggat: {}",
    "closed_followups": "Tenggat: {}",
    "commitments": "Komitmen: {}",
}
#: What stands below the name of a thing that has no day yet.
KIND_OF = {"months_meetings": "Rapat", "activities": "Kegiatan dalam rencana kerja"}
#: Longer names are cut off on a day; their page has them whole.
LONGEST = 70


@dataclass(frozen=True)
class CalendarItem:
    """One thing on a day. `css`: its colour; what ends or falls due for all has a mark instead."""

    text: str
    url: str  # "" of reports of which there is no list yet
    css: str = ""
    note: str = ""
    is_off: bool = False  # called off
    tone: str = ""  # of the mark
    kind: str = ""


@dataclass
class Day:
    day: date
    in_month: bool
    is_today: bool
    items: list = field(default_factory=list)
    more: int = 0

    @property
    def holiday(self):
        """Its name, or ""; days of moon calendars in a year without a decree say perkiraan."""
        return holiday_of(self.day)

    @property
    def holiday_text(self):
        """Libur Maulid Nabi Muhammad; collective leave has its own name."""
        return self.holiday if "Cuti" in self.holiday else f"Libur {self.holiday}"

    @property
    def is_free(self):
        return self.day.weekday() > FRIDAY or bool(holiday_of(self.day))

    @property
    def css(self):
        empty = not self.in_month or not (self.items or self.holiday)
        return " ".join(["off px-2"] * self.is_free + ["empty"] * empty)

    @property
    def weekday(self):
        return f"{DAYS[self.day.weekday()]}{', hari ini' if self.is_today else ''}"

    @property
    def short_month(self):
        return SHORT_MONTHS[self.day.month - 1]

    @property
    def full_text(self):
        return full_date(self.day)


def item_of(row, today, zone):
    """Return the CalendarItem of a row, on that day, for somebody whose clock is in that zone."""
    part = ALL_PARTS[row.part]
    text, note, tone = WORDS.get(row.part, "{}").format(row.title), "", ""
    is_off = ALL_PARTS[row.part].model is Meeting and row.state == Meeting.State.CANCELLED
    if row.part == "decrees":
        number = f" Nomor {row.title}" if row.title else ""
        text, tone = f"{SHORT_NAMES[row.state]}{number} berakhir", Tone.LATE
    elif row.part == "partnerships":
        tone = Tone.LATE
    elif row.part == "visit_drafts":
        note = "draf"
    elif row.part == "closed_followups":
        note = FollowUp.Closing(row.state).label.lower()
    elif row.part in ("followups", "commitments") and row.day < today:
        note = "lewat tenggat"
    elif row.part == "meetings":
        note = time_of(row, zone)
    if is_off:
        note = f"{note} dibatalkan".strip()
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1].rstrip()}…"
    css, kind = KINDS[part.kind].css, KIND_OF.get(row.part, "")
    return CalendarItem(text, part.url_of(row.id), css, note, is_off, tone, kind)


def time_of(row, zone):
    """Return when a meeting begins: 09.00, and with its zone where that is not the reader's."""
    if not row.zone:
        return "waktu belum diisi"
    if in_zone(row.starts, row.zone).date() < row.day:
        return "lanjutan"
    return clock_for(row.starts, row.zone, zone)


def last_day_of(row):
    """Return the last day on which a row stands; what ends at midnight ends on the day before."""
    if row.ends and row.zone:
        return max(row.day, in_zone(row.ends - timedelta(microseconds=1), row.zone).date())
    return max(row.day, row.until) if row.until else row.day


def report_days(first, last):
    """Return {day: the quarter whose reports are due on it} of a span."""
    near = (Quarter.of(first).moved(back) for back in (-2, -1, 0, 1))
    return {one.due_on: one for one in near if first <= one.due_on <= last}


def report_item(quarter, url):
    return CalendarItem(f"Tenggat laporan {quarter.in_sentence}", url, tone=Tone.WAITING)


class MonthAgenda:
    """What stands on the days of a span, of rows that were read with a limit for each day."""

    def __init__(self, rows, last):
        self.by_day, self.counts = defaultdict(list), defaultdict(int)
        for row in rows:
            if row.number == 1:
                self.counts[row.day] += row.of_day
            self.by_day[row.day].append(row)
            day, until = row.day + ONE_DAY, min(last_day_of(row), last)
            while day <= until:
                self.counts[day] += 1
                self.by_day[day].append(row)
                day += ONE_DAY

    def of(self, day, most):
        """Return (the first rows of a day, how many more there are)."""
        rows = sorted(self.by_day[day], key=_order)[:most]
        return rows, max(self.counts[day] - len(rows), 0)


def _order(row):
    return RANK[row.part], row.starts or LONG_AGO, row.id


def days_of(month, rows, *, today, zone, most, report_url=None):
    """
    Return [Day] of a month's weeks; on those of its neighbours nothing is told. `report_url`: makes
    the address of the reports of a quarter, for whoever sees them.
    """
    agenda, due = MonthAgenda(rows, month.last), {}
    if report_url:
        due = report_days(month.first, month.last)
    days = []
    for one in month.days:
        day = Day(one, one in month, one == today)
        if day.in_month:
            if quarter := due.get(one):
                day.items.append(report_item(quarter, report_url(quarter)))
            found, day.more = agenda.of(one, most - len(day.items))
            for row in found:
                item = item_of(row, today, zone)
                day.items.append(continued(item) if row.day < one else item)
        days.append(day)
    return days


def continued(item):
    """Return what stands on the further days of something that goes on."""
    called_off = " dibatalkan" if item.is_off else ""
    return replace(item, note=f"lanjutan{called_off}")
