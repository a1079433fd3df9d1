"""The reminders of a person: one for each rule of their team, about what they can act on."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.urls import reverse

from advocacy.cadence.kinds import MEETINGS, PERMISSIONS, ROLE_COLUMNS, CadenceKind
from advocacy.cadence.standings import read_days, read_standings
from advocacy.cadence.states import State
from advocacy.cadence.subjects import Ask
from advocacy.cadence.words import alert_note, alert_title, due_status_of
from advocacy.forms.minutes import SCHEDULE
from advocacy.forms.trips import MAX_STOPS
from advocacy.models import CadenceRule, Meeting
from programs.models import Team
from sinergi.kit.dates import long_date, month_year
from sinergi.kit.status import Status
from villages.quarters import Quarter

SHOWN = 10  # subjects of a reminder; its list has the rest
#: {state: the list of a rule's page that shows it}.
LATE, SOON, SCHEDULED, ASLEEP = "lewat", "segera", "terjadwal", "ditunda"
LISTS = {State.LATE: LATE, State.SOON: SOON, State.SCHEDULED: SCHEDULED}
#: {rule: the kind of meeting that its form is filled in with}.
FORMS = {
    CadenceKind.INTERNAL: Meeting.Kind.INTERNAL,
    CadenceKind.STAKEHOLDER: Meeting.Kind.STAKEHOLDER_PROVINCE,
    CadenceKind.AUDIENCE: Meeting.Kind.AUDIENCE,
}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Alert:
    """
    One reminder. Its `total` is that of the list it leads to; `subjects` are the first of them.
    With a `snooze` it was put off, and is shown as such or not at all.
    """

    rule: CadenceRule
    today: date
    title: str
    note: str
    due: date
    state: State
    subjects: tuple
    total: int
    list_url: str
    schedule_url: str
    schedule_label: str
    snooze_url: str = ""  # "": this person does not put it off
    snooze: Any = None
    last_snooze: Any = None  # the last there was, also one that has ended
    #: Of the form that stands below it.
    idempotency_key: UUID = field(default_factory=uuid4, compare=False)

    @property
    def team(self):
        return self.rule.team

    @property
    def late_days(self):
        return max((self.today - self.due).days, 0)

    @property
    def status(self):
        if self.snooze:
            return Status(f"Ditunda sampai {long_date(self.snooze.until)}")
        return due_status_of(self.state, self.due, self.today)

    @property
    def snooze_number(self):
        """The number of the last snooze that this page has seen, 0 for none."""
        return self.last_snooze.number if self.last_snooze else 0

    @property
    def snooze_choices(self):
        """
        Return [(day, label, what is on that day)] to be reminded again: a meeting that is planned
        for later, the end of this month and of the next, as far as the rule allows.
        """
        return snooze_choices(self.rule, self.today, self.subjects[0].planned)


def snooze_choices(rule, today, planned=None):
    last, found = rule.last_day_of_snooze(today), {}
    if planned and planned > today:
        found[planned] = "sudah dijadwalkan"
    first = today.replace(day=1)
    for note in ("akhir bulan ini", "akhir bulan depan"):
        first = (first + timedelta(days=31)).replace(day=1)
        found.setdefault(first - ONE_DAY, note)
    found.setdefault(today + timedelta(days=7), "sepekan lagi")
    return [
        (day, f"{day.day} {month_year(day).split()[0]}", note)
        for day, note in sorted(found.items())
        if today < day <= last
    ]


def alerts_of(user, today, now=None):
    """
    Return the reminders of this person: of rules that name a role of theirs at a team, about what
    they may act on there, the latest first and what was put off last. With the moment `now` every
    team stands on its own clock; without it all stand on the day `today`.

    Whoever works in the whole country has none; they have the page of all teams. At most five
    queries.
    """
    held = roles_by_province(user)
    if not held:
        return []
    teams = Team.objects.filter(province__in=held).select_related("province")
    days = read_days(list(teams), today, now)
    asked = [ask for day in days.values() for ask in asks_for(user, day, held)]
    found = []
    for standing in read_standings(asked, days) if asked else []:
        if alert := alert_of(for_person(standing, user, held), user, days):
            found.append(alert)
    return sorted(found, key=lambda one: (one.snooze is not None, -one.late_days, one.due))


def roles_by_province(user):
    """Return {province: the roles held there}; a role in the whole country is none of them."""
    found = {}
    for one in user.held_roles if user.is_active and not user.is_superuser else ():
        if one.province_id:
            found.setdefault(one.province_id, set()).add(one.role)
    return found


def asks_for(user, day, held):
    """Yield what is asked of a team for this person (Ask)."""
    roles = held[day.team.province_id]
    for kind in CadenceKind:
        rule, scope = day.rule(kind), user.scope(PERMISSIONS[kind])
        if not rule.is_active or not is_named(rule, roles) or scope.national:
            continue
        if day.team.province_id in scope.provinces:
            yield Ask(rule, day.today)
        elif here := regencies_in(scope.regencies, day.team.province_id):
            yield Ask(rule, day.today, here)


def is_named(rule, roles):
    """Return whether a rule reminds one of these roles; an administrator as the secretariat."""
    given = {"secretariat" if role == "administrator" else role for role in roles}
    return any(getattr(rule, ROLE_COLUMNS[role]) for role in given if role in ROLE_COLUMNS)


def regencies_in(regencies, province):
    return frozenset(key for key in regencies if key.startswith(f"{province}."))


def is_of_office(roles):
    """Whether one of these roles works on everything of the team, not on its own alone."""
    return bool(roles & {"administrator", "secretariat"})


def for_person(standing, user, held):
    """
    Return a standing with what this person can act on: a member moves the cases in their own hands
    alone. Who does not see the team's rules is told of all that is owed, whatever the team has put
    off of single records.
    """
    team = standing.rule.team
    if standing.kind == CadenceKind.CASE and not is_of_office(held[team.province_id]):
        return standing.held_by(user)
    if not user.has_perm("advocacy.view_cadencerule", team):
        rows = tuple(replace(one, snooze=standing.quiets(one)) for one in standing.subjects)
        return replace(standing, subjects=rows)
    return standing


def alert_of(standing, user, days):
    """
    Return the reminder of a rule for this person, or None: nothing is near. What is late comes
    first; what is soon is told when nothing is late.
    """
    for state in (State.LATE, State.SOON):
        if rows := standing.of(state):
            return alert_from(standing, state, rows, user, days)
    if rows := standing.asleep:
        return alert_from(standing, rows[0].state, rows, user, days, snooze=rows[0].snooze)
    return None


def alert_from(standing, state, rows, user, days, snooze=None):
    rule = standing.rule
    url, label = step_of(standing, rows)
    key = rows[0].key if len(rows) == 1 else None
    return Alert(
        rule=rule,
        today=standing.today,
        title=alert_title(standing, state, rows),
        note=alert_note(standing, rows),
        due=rows[0].due,
        state=state,
        subjects=tuple(rows[:SHOWN]),
        total=len(rows),
        list_url=list_url(standing, ASLEEP if snooze else LISTS[state], user),
        schedule_url=url,
        schedule_label=label,
        snooze_url=snooze_url(rule, key, user),
        snooze=snooze,
        last_snooze=snooze or days[rule.team_id].last_snooze(rule.kind, key),
    )


def list_url(standing, part, user):
    """Return the address of the list of what a reminder is about: as many as it says."""
    rule = standing.rule
    if not user.has_perm("advocacy.view_cadencerule", rule.team):
        asked = {"triwulan": Quarter.last_ended(standing.today).key, "daftar": "belum"}
        return f"{reverse('villages:report_list')}?{urlencode(asked)}"
    asked = {"daftar": part}
    if standing.kind == CadenceKind.CASE and not user.has_perm(
        "advocacy.change_advocacycase", rule.team
    ):
        asked["milik"] = "saya"
    return f"{rule.get_absolute_url()}?{urlencode(asked)}"


def snooze_url(rule, key, user):
    """Return where a reminder is put off, of one record (its key) or as a whole; "" for nobody."""
    if not user.has_perm("advocacy.add_cadencesnooze", rule.team):
        return ""
    where = [rule.team_id, rule.kind]
    if key is None:
        return reverse("advocacy:snooze_create", args=where)
    return reverse("advocacy:snooze_create_subject", args=[*where, key])


def step_of(standing, rows):
    """Return (address, label) of the next step: a form filled in, or where the work is done."""
    rule, first = standing.rule, rows[0]
    team, kind = rule.team, standing.kind
    if kind in MEETINGS:
        if first.planned_key:
            return reverse("advocacy:meeting_detail", args=[first.planned_key]), "Lihat jadwal"
        asked = {"untuk": SCHEDULE, "jenis": FORMS[kind], "tim": team.pk}
        return f"{reverse('advocacy:meeting_create')}?{urlencode(asked)}", "Jadwalkan"
    if kind == CadenceKind.VISIT:
        asked = {"perpustakaan": [row.key for row in rows[:MAX_STOPS]]}
        return f"{reverse('advocacy:trip_create')}?{urlencode(asked, doseq=True)}", "Jadwalkan"
    if kind == CadenceKind.REPORT:
        asked = {"triwulan": Quarter.last_ended(standing.today).key, "daftar": "belum"}
        asked |= {"province": team.province_id}
        return f"{reverse('villages:report_list')}?{urlencode(asked)}", "Buka daftar"
    if kind == CadenceKind.PLAN and first.key is None:
        return reverse("programs:plan_create", args=[team.pk]), "Susun rencana"
    return first.url, OPENS[kind]


OPENS = {
    CadenceKind.DECREE: "Buka SK",
    CadenceKind.PARTNERSHIP: "Buka kerja sama",
    CadenceKind.PLAN: "Lanjutkan",
    CadenceKind.CASE: "Buka sasaran",
    CadenceKind.COMMITMENT: "Buka komitmen",
    CadenceKind.EXPANSION: "Buka desa",
}
