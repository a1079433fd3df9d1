"""What a record's own page says of its reminders: how it stands, or until when it was put off."""

from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from advocacy.cadence.kinds import SUBJECTS, CadenceKind
from advocacy.cadence.standings import TeamDay, standing_of, today_of
from advocacy.cadence.subjects import Ask, read_subjects
from advocacy.models import CadenceRule, CadenceSnooze
from programs.models import Team
from sinergi.accounts.models import User

RULE = ("kind", "months", "starts_on", "warn_days", "is_active")
SNOOZE = ("pk", "kind", "number", "starts_on", "event_on", "until", "reason", "ended_at")
BY = ("username", "first_name", "last_name")


def column_of(record):
    """Return the column of a snooze that names records like this one."""
    return next(
        name
        for name in dict.fromkeys(SUBJECTS.values())
        if isinstance(record, CadenceSnooze._meta.get_field(name).related_model)
    )


def reminders_of(record, now=None):
    """
    Return [(rule, Subject)] of a record that is late, soon or put off, on its team's own day. Two
    queries at the most.
    """
    column = column_of(record)
    day = read_day_of(record, column, now or timezone.now())
    if day is None:
        return []
    kinds = [CadenceKind(kind) for kind, name in SUBJECTS.items() if name == column]
    rules = [day.rule(kind) for kind in kinds]
    asked = [Ask(rule, day.today, key=record.pk) for rule in rules if rule.is_active]
    found = read_subjects(asked) if asked else {}
    told = [
        (one.rule, subject)
        for one in asked
        for subject in standing_of(day, one, found[one.part]).subjects
    ]
    return [(rule, one) for rule, one in told if one.is_alert or one.snooze]


def read_day_of(record, column, now):
    """
    Return the TeamDay of the team of a record, with the rules and the snoozes that concern it, or
    None: there is no team. One query.
    """
    kinds = [kind for kind, name in SUBJECTS.items() if name == column]
    whole = Q(
        **{f"cadence_snoozes__{name}__isnull": True for name in CadenceSnooze.SUBJECT_COLUMNS}
    )
    about = Q(**{f"cadence_snoozes__{column}": record.pk}) | whole
    of_kinds = Q(cadence_snoozes__kind__in=kinds)
    rows = Team.objects.filter(province=record.province_id).select_related("province")
    rows = rows.annotate(
        rule=FilteredRelation("cadence_rules", condition=Q(cadence_rules__kind__in=kinds)),
        put_off=FilteredRelation("cadence_snoozes", condition=of_kinds & about),
    )
    columns = {f"rule_{name}": F(f"rule__{name}") for name in RULE}
    columns |= {f"put_off_{name}": F(f"put_off__{name}") for name in SNOOZE}
    columns |= {"put_off_subject": F(f"put_off__{column}")}
    columns |= {f"by_{name}": F(f"put_off__created_by__{name}") for name in BY}
    day = None
    for team in rows.annotate(**columns).order_by("put_off_number", "put_off_pk"):
        day = day or TeamDay(team, today_of(team, None, now), {}, {})
        if team.rule_kind:
            given = {name: getattr(team, f"rule_{name}") for name in RULE}
            day.rules[team.rule_kind] = CadenceRule(team=day.team, **given)
        if team.put_off_pk:
            snooze = _snooze(day.team, team, column)
            day.snoozes[snooze.kind, team.put_off_subject] = snooze
    return day


def _snooze(team, row, column):
    """Return the snooze that stands beside a team in a row."""
    made = CadenceSnooze(team=team, **{name: getattr(row, f"put_off_{name}") for name in SNOOZE})
    setattr(made, f"{column}_id", row.put_off_subject)
    if row.by_username:
        made.created_by = User(**{name: getattr(row, f"by_{name}") for name in BY})
    return made
