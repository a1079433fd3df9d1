"""
Tasks of decrees: to draft a revision, to submit, and to record the signature that somebody else
gives; and those submitted of which somebody else records it.
"""

from programs.decree_coverage import coverage_of_teams
from programs.models import Decree, DecreeMember, Institution, Membership, Person, Team
from sinergi.home.task import READ, Task, TaskText, late_status
from sinergi.kit.dates import long_date
from sinergi.kit.json_rows import day_of, local_day_of
from sinergi.kit.links import record_url
from sinergi.kit.status import Status, Tone

SIGN, SUBMIT = "programs.sign_decree", "programs.submit_decree"
TEAMS = 3  # one a province; a national account looks at the teams' own pages
NAMED = {"pk": "pk", "level": "level", "number": "number"}
TIED = NAMED | {
    "team": "team_id",
    "amends": "amends_id",
    "replaces": "replaces_id",
    "from": "effective_from",
}
LISTED = {
    "decree": "decree_id",
    "person": "person_id",
    "name": "name",
    "role": "role",
    "institution": "institution_id",
    "institution_name": "institution_name",
}
MEMBERS = {
    "team": "team_id",
    "person": "person_id",
    "name": "person__name",
    "institution": "institution_id",
    "institution_name": "institution__name",
    "role": "role",
    "is_coordinator": "is_coordinator",
    "starts_on": "starts_on",
    "replaces": "replaces_id",
    "replaced": "replaces__person_id",
}


def decree_parts(user, today):
    """Return {key: (rows, columns)}; four of them tell whether a revision is due."""
    state = Decree.State
    drafts = Decree.objects.visible_to(user, SUBMIT).filter(state=state.DRAFTING)
    submitted = Decree.objects.visible_to(user, SIGN).filter(state=state.SUBMITTED)
    with_signer = Decree.objects.visible_to(user, SUBMIT).filter(state=state.SUBMITTED)
    if user.scope(SIGN):
        with_signer = with_signer.exclude(pk__in=submitted.values("pk"))
    sent = NAMED | {"submitted_at": "submitted_at"}
    teams = _teams_to_revise(user).values("pk")
    in_force = Decree.objects.filter(team__in=teams).in_force_on(today)
    return {
        "hand_in": (
            drafts.filter(submit_by__isnull=False).order_by("submit_by", "pk")[:READ],
            NAMED | {"submit_by": "submit_by", "about": "about"},
        ),
        "record": (submitted.order_by("submitted_at", "pk")[:READ], sent),
        "with_signer": (with_signer.order_by("submitted_at", "pk")[:READ], sent),
        "in_force": (in_force.order_by("pk"), TIED),
        "on_its_way": (Decree.objects.filter(team__in=teams).on_its_way(today), TIED),
        "roster": (
            DecreeMember.objects.filter(decree__in=in_force.values("pk")).order_by(
                "decree", "order"
            ),
            LISTED,
        ),
        "members": (Membership.objects.filter(team__in=teams).listed_on(today), MEMBERS),
    }


def _teams_to_revise(user):
    if user.scope("programs.add_decree").national:
        return Team.objects.none()
    return Team.objects.visible_to(user, "programs.add_decree").order_by("pk")[:TEAMS]


def decree_tasks(rows, today):
    """Return the tasks of the JSON rows of `decree_parts`."""
    return [
        *_to_revise(rows, today),
        *(_to_hand_in(row, today) for row in rows["hand_in"]),
        *(_to_record(row) for row in rows["record"]),
        *(_with_signer(row) for row in rows["with_signer"]),
    ]


def _to_revise(rows, today):
    """
    Yield a task where membership changed since the decree in force was signed, and nobody has begun
    a revision.
    """
    coverages = coverage_of_teams(
        [_decree(row) for row in rows["in_force"]],
        [_decree(row) for row in rows["on_its_way"]],
        [_roster_row(row) for row in rows["roster"]],
        [_member(row) for row in rows["members"]],
    )
    for team, coverage in coverages.items():
        if coverage.needs_revision and not coverage.pending:
            yield _to_draft_revision(team, coverage, today)


def _to_draft_revision(team, coverage, today):
    create = record_url("programs:decree_create", team)
    return Task(
        due=today,
        urgent=True,
        write=lambda: TaskText(
            title=f"Susun revisi {coverage.decree}",
            url=f"{create}?mengubah={coverage.decree.pk}",
            note=" ".join(coverage.reasons)[:200],
            button="Susun revisi",
            status=Status("Susunan tim berubah", Tone.WAITING),
        ),
    )


def _decree(row):
    return Decree(
        pk=row["pk"],
        level=row["level"],
        number=row["number"],
        team_id=row["team"],
        amends_id=row["amends"],
        replaces_id=row["replaces"],
        effective_from=day_of(row["from"]),
    )


def _roster_row(row):
    return DecreeMember(
        decree_id=row["decree"],
        person_id=row["person"],
        name=row["name"],
        role=row["role"],
        institution_id=row["institution"],
        institution_name=row["institution_name"],
    )


def _member(row):
    before = row["replaces"] and Membership(pk=row["replaces"], person_id=row["replaced"])
    return Membership(
        team_id=row["team"],
        person=Person(pk=row["person"], name=row["name"]),
        institution=Institution(pk=row["institution"], name=row["institution_name"]),
        role=row["role"],
        is_coordinator=row["is_coordinator"],
        starts_on=day_of(row["starts_on"]),
        replaces=before,
    )


def _named(row):
    return str(Decree(level=row["level"], number=row["number"]))


def _to_hand_in(row, today):
    submit_by = day_of(row["submit_by"])
    late = max((today - submit_by).days, 0)
    return Task(
        due=submit_by,
        late_days=late,
        write=lambda: TaskText(
            title=f"Ajukan {_named(row)}",
            url=record_url("programs:decree_detail", row["pk"]),
            note=row["about"],
            button="Buka draf",
            status=late_status(late),
        ),
    )


def _to_record(row):
    return _at_signer(row, f"Catat penetapan {_named(row)}", "catat setelah ditandatangani")


def _with_signer(row):
    return _at_signer(row, _named(row), "administrator mencatat penetapannya")


def _at_signer(row, title, next_step):
    sent = local_day_of(row["submitted_at"])
    return Task(
        due=sent,
        waits_for_others=True,
        write=lambda: TaskText(
            title=title,
            url=record_url("programs:decree_detail", row["pk"]),
            note=f"Di meja penanda tangan sejak {long_date(sent)}; {next_step}",
            button="Buka SK",
            status=Status("Menunggu penetapan", Tone.WAITING),
        ),
    )
