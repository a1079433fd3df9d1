"""What a decree asks of a person: a revision, handing in, noting the signature, a successor in time."""

from django.urls import reverse
from django.utils.timezone import localtime

from programs.coverage import coverage_on
from programs.models import Decree, Team
from sinergi.home.task import LIMIT, Task
from sinergi.kit.dates import long_date
from sinergi.kit.templatetags.sinergi import thousands

TEAMS = 3  # one a province; a national account looks at the teams' own pages


def decree_tasks(user, today):
    return [*_to_revise(user, today), *_to_hand_in(user, today), *_to_record(user), *_to_succeed(user, today)]


def _to_revise(user, today):
    """Where membership changed since the decree in force was signed, and nobody has begun a revision."""
    scope = user.scope("programs.add_decree")
    if scope.national or not scope:
        return
    for team in Team.objects.visible_to(user, "programs.add_decree").select_related("province").order_by("pk")[:TEAMS]:
        coverage = coverage_on(team, today, team.members_on(today))
        if coverage.needs_revision and not coverage.pending:
            yield Task(
                title=f"Susun revisi {coverage.decree}",
                url=f"{reverse('programs:decree_create', args=[team.pk])}?mengubah={coverage.decree.pk}",
                due=today,
                note=" ".join(coverage.reasons)[:200],
                button="Susun revisi",
                chip="Susunan tim berubah",
                urgent=True,
            )


def _to_hand_in(user, today):
    rows = Decree.objects.visible_to(user, "programs.submit_decree").filter(
        state=Decree.State.DRAFTING, submit_by__isnull=False
    )
    for row in rows.select_related("team").order_by("submit_by", "pk")[:LIMIT]:
        late = max((today - row.submit_by).days, 0)
        yield Task(
            title=f"Ajukan {row}",
            url=row.get_absolute_url(),
            due=row.submit_by,
            note=row.about,
            button="Buka draf",
            chip=f"Terlambat {thousands(late)} hari" if late else "",
            late_days=late,
        )


def _to_record(user):
    rows = Decree.objects.visible_to(user, "programs.sign_decree").filter(state=Decree.State.SUBMITTED)
    for row in rows.select_related("team").order_by("submitted_at", "pk")[:LIMIT]:
        yield Task(
            title=f"Catat penetapan {row}",
            url=row.get_absolute_url(),
            due=localtime(row.submitted_at).date(),
            note=f"Diajukan {long_date(localtime(row.submitted_at))}; catat setelah ditandatangani",
            button="Buka SK",
            chip="Menunggu penetapan",
        )


def _to_succeed(user, today):
    """In force, ending soon, with no successor on its way."""
    for row in Decree.objects.visible_to(user, "programs.add_decree").expiring(today).select_related("team")[:LIMIT]:
        yield Task(
            title=f"Siapkan pengganti {row}",
            url=row.get_absolute_url(),
            due=row.in_force_until,
            note=f"Berlaku sampai {long_date(row.in_force_until)}",
            button="Buka SK",
            chip=f"Berakhir dalam {row.days_left(today)} hari" if row.days_left(today) else "Berakhir hari ini",
            urgent=True,
        )
