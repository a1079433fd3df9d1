"""The rhythm of a quarter: in which of its weeks something happened, of four kinds."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models.functions import TruncDate

from advocacy.cadence.alerts import read_reminders
from advocacy.cadence.branches import MEETING_KINDS
from advocacy.cadence.kinds import MEETINGS, CadenceKind
from advocacy.cadence.standings import today_of
from advocacy.cadence.states import State
from advocacy.cadence.words import alert_title, interval_text, within
from advocacy.models import Meeting, Visit
from sinergi.kit.dates import long_date
from sinergi.kit.status import Status, Tone
from villages.models import Library
from villages.quarters import Quarter

WEEKS = 13
KINDS = (CadenceKind.INTERNAL, CadenceKind.AUDIENCE, CadenceKind.VISIT, CadenceKind.STAKEHOLDER)
#: Width and distance of the bars, as SVG writes them.
BAR_STEP = 12


@dataclass(frozen=True)
class QuarterEvent:
    """Something that happened in a quarter: a meeting, or the last visit to a library in it."""

    title: str
    url: str
    day: date


@dataclass(frozen=True)
class Rhythm:
    """How a team kept one of its rules in a quarter."""

    rule: Any
    quarter: Any
    weeks: tuple
    number: int
    status: Status
    sentence: str

    @property
    def label(self):
        return "Kunjungan desa" if self.rule.kind == CadenceKind.VISIT else str(self.rule)

    @property
    def unit(self):
        return "desa" if self.rule.kind == CadenceKind.VISIT else "kali"

    @property
    def list_url(self):
        return f"{self.rule.get_absolute_url()}?{urlencode({'triwulan': self.quarter.key})}"

    @property
    def bars(self):
        """Return [(x, whether something happened)] of the weeks."""
        return [(n * BAR_STEP, happened) for n, happened in enumerate(self.weeks)]

    @property
    def words(self):
        """Rapat internal pada pekan 2 dan 4: what the bars say."""
        weeks = [str(n) for n, happened in enumerate(self.weeks, 1) if happened]
        if not weeks:
            return f"{self.label}: tidak ada pada {WEEKS} pekan ini"
        told = " dan ".join([", ".join(weeks[:-1]), weeks[-1]] if weeks[1:] else weeks)
        return f"{self.label} pada pekan {told}"


def week_of(quarter, day):
    """Return the week of a quarter in which a day lies, from 0; a day too many is of the last."""
    return min((day - quarter.starts_on).days // 7, WEEKS - 1)


def meetings_in(team, quarter, kinds):
    """Return the meetings of these kinds that took place in a quarter, on the team's clock."""
    zone = ZoneInfo(team.province.time_zone)
    begins = datetime.combine(quarter.starts_on, time.min, zone)
    ends = datetime.combine(quarter.next.starts_on, time.min, zone)
    rows = Meeting.objects.took_place().filter(
        province=team.province_id, team=team.pk, kind__in=kinds
    )
    rows = rows.filter(starts_at__gte=begins, starts_at__lt=ends).order_by("-starts_at", "-pk")
    return rows.annotate(day=TruncDate("starts_at", tzinfo=zone))


def visits_in(team, quarter):
    """Return the visits to libraries of villages that were sent, in a quarter, the last first."""
    rows = Visit.objects.in_quarter(quarter).filter(
        province=team.province_id, library__level=Library.Level.VILLAGE
    )
    return rows.order_by("-visited_on", "-pk")


def events_of(team, kind, quarter):
    """Return [QuarterEvent] of a kind in a quarter, the latest first. One query."""
    if kind == CadenceKind.VISIT:
        found = {}
        rows = visits_in(team, quarter).values_list("library", "library__name", "pk", "visited_on")
        for library, name, key, day in rows:
            found.setdefault(library, QuarterEvent(name, Visit(pk=key).get_absolute_url(), day))
        return list(found.values())
    if kind not in MEETINGS:
        return []
    rows = meetings_in(team, quarter, MEETING_KINDS[kind]).values_list("pk", "title", "day")
    return [
        QuarterEvent(title, Meeting(pk=key).get_absolute_url(), day) for key, title, day in rows
    ]


def overview_of(user, today, now=None):
    """
    Return (the reminders of this person, [Rhythm] of this quarter of the first team that they see).
    Two queries more than the reminders alone.
    """
    alerts, found = read_reminders(user, today, now, also=KINDS)
    teams = [team for team in found if user.has_perm("advocacy.view_cadencerule", team)]
    if not teams:
        return alerts, []
    team = min(teams, key=lambda one: one.pk)
    standings = {kind: one for kind, one in found[team].items() if kind in KINDS}
    quarter = Quarter.of(today_of(team, today, now))
    return alerts, rhythm_of(team, quarter, standings)


def rhythm_of(team, quarter, standings):
    """
    Return [Rhythm] of a quarter: internal meetings, audiences, visits, meetings of stakeholders, as
    far as the team is reminded of them; `standings` are {kind: Standing} of the team. Two queries.
    """
    happened = {kind: [] for kind in KINDS}
    of_kind = {meeting: kind for kind in MEETINGS for meeting in MEETING_KINDS[kind]}
    for kind, day in meetings_in(team, quarter, list(of_kind)).values_list("kind", "day"):
        happened[of_kind[kind]].append((None, day))
    happened[CadenceKind.VISIT] = list(
        visits_in(team, quarter).values_list("library", "visited_on")
    )
    return [
        _rhythm(standings[kind], quarter, happened[kind]) for kind in KINDS if kind in standings
    ]


def _rhythm(standing, quarter, happened):
    rule = standing.rule
    weeks = {week_of(quarter, day) for _, day in happened}
    is_visit = rule.kind == CadenceKind.VISIT
    number = len({library for library, _ in happened} if is_visit else happened)
    return Rhythm(
        rule,
        quarter,
        tuple(n in weeks for n in range(WEEKS)),
        number,
        *_told(standing, number),
    )


def _told(standing, number):
    """Return (status, sentence) of a tile."""
    rule = standing.rule
    kept = f"Setiap {rule.team.visit_interval} bulan" if rule.kind == CadenceKind.VISIT else ""
    kept = kept or interval_text(rule)
    if standing.is_asleep:
        return standing.status, f"Alasan: {standing.asleep[0].snooze.reason}"
    state = standing.state
    if state not in (State.LATE, State.SOON):
        return standing.status, _planned(standing, kept)
    rows = standing.of(state)
    if rule.kind == CadenceKind.VISIT:
        return standing.status, alert_title(standing, state, rows)
    status = standing.status if number else Status("Belum ada", Tone.LATE)
    if state == State.SOON:
        return status, f"{kept}, paling lambat {within(rows[0].due, standing.today)}"
    return status, f"{kept}, sudah lewat {(standing.today - rows[0].due) // timedelta(days=1)} hari"


def _planned(standing, kept):
    planned = next((one.planned for one in standing.subjects if one.planned), None)
    if standing.state == State.SCHEDULED and planned:
        return f"{kept}, berikutnya {long_date(planned)}"
    return kept
