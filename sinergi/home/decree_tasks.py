"""
Tasks of decrees: to draft a revision, to submit, to record the signature, to prepare a successor in
time.
"""

from django.urls import reverse
from django.utils.timezone import localtime

from programs.decree_coverage import coverage_of_teams
from programs.models import Decree, Team
from sinergi.home.task import LIMIT, Task, late_status
from sinergi.kit.dates import long_date
from sinergi.kit.querysets import rows_of_each
from sinergi.kit.status import Status, Tone

TEAMS = 3  # one a province; a national account looks at the teams' own pages


def decree_tasks(user, today):
    decrees = _decrees_of(user, today)
    return [
        *_to_revise(decrees["in_force"], decrees["on_its_way"], today),
        *_to_hand_in(decrees["hand_in"], today),
        *_to_record(decrees["record"]),
        *_to_succeed(decrees["succeed"], today),
    ]


def _decrees_of(user, today):
    """
    Return {task: decrees} of the user, and under "in_force" and "on_its_way" those that tell
    whether a revision is due; one query.
    """
    drafts = Decree.objects.visible_to(user, "programs.submit_decree").filter(
        state=Decree.State.DRAFTING
    )
    submitted = Decree.objects.visible_to(user, "programs.sign_decree").filter(
        state=Decree.State.SUBMITTED
    )
    of_teams = Decree.objects.filter(team__in=_teams_to_revise(user).values("pk"))
    return rows_of_each(
        {
            "in_force": of_teams.in_force_on(today).order_by("pk"),
            "on_its_way": of_teams.on_its_way(today),
            "hand_in": drafts.filter(submit_by__isnull=False).order_by("submit_by", "pk")[:LIMIT],
            "record": submitted.order_by("submitted_at", "pk")[:LIMIT],
            "succeed": (
                Decree.objects.visible_to(user, "programs.add_decree").expiring(today)[:LIMIT]
            ),
        },
        "team__province",
        "amends",
    )


def _teams_to_revise(user):
    if user.scope("programs.add_decree").national:
        return Team.objects.none()
    return Team.objects.visible_to(user, "programs.add_decree").order_by("pk")[:TEAMS]


def _to_revise(in_force, on_its_way, today):
    """
    Yield a task where membership changed since the decree in force was signed, and nobody has begun
    a revision.
    """
    for team, coverage in coverage_of_teams(in_force, on_its_way, today).items():
        if coverage.needs_revision and not coverage.pending:
            create = reverse("programs:decree_create", args=[team])
            yield Task(
                title=f"Susun revisi {coverage.decree}",
                url=f"{create}?mengubah={coverage.decree.pk}",
                due=today,
                note=" ".join(coverage.reasons)[:200],
                button="Susun revisi",
                status=Status("Susunan tim berubah", Tone.WAITING),
                urgent=True,
            )


def _to_hand_in(rows, today):
    for row in rows:
        late = max((today - row.submit_by).days, 0)
        yield Task(
            title=f"Ajukan {row}",
            url=row.get_absolute_url(),
            due=row.submit_by,
            note=row.about,
            button="Buka draf",
            status=late_status(late),
            late_days=late,
        )


def _to_record(rows):
    for row in rows:
        yield Task(
            title=f"Catat penetapan {row}",
            url=row.get_absolute_url(),
            due=localtime(row.submitted_at).date(),
            note=f"Diajukan {long_date(localtime(row.submitted_at))}; catat setelah ditandatangani",
            button="Buka SK",
            status=Status("Menunggu penetapan", Tone.WAITING),
        )


def _to_succeed(rows, today):
    """Yield a task for each decree in force that ends soon and has no successor on its way."""
    for row in rows:
        yield Task(
            title=f"Siapkan pengganti {row}",
            url=row.get_absolute_url(),
            due=row.in_force_until,
            note=f"Berlaku sampai {long_date(row.in_force_until)}",
            button="Buka SK",
            status=Status(
                f"Berakhir dalam {row.days_left(today)} hari"
                if row.days_left(today)
                else "Berakhir hari ini",
                Tone.WAITING,
            ),
            urgent=True,
        )
