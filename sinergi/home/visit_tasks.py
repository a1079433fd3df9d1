"""
Tasks of visits: to finish one's own drafts, and to plan visits that are overdue; and the libraries
of home, which come with them in one query.
"""

from django.db.models import Case, F, IntegerField, OuterRef, Subquery, When
from django.db.models.lookups import GreaterThan
from django.urls import reverse

from advocacy.models import Visit
from advocacy.querysets.visit_schedule import VisitScheduleQuerySet, first_open, last_visit
from advocacy.visit_intervals import months_later
from sinergi.home.report_tasks import report_libraries
from sinergi.home.task import LIMIT, Task, late_status
from sinergi.kit.dates import long_date
from sinergi.kit.querysets import rows_of_each
from sinergi.kit.status import Status, Tone
from villages.models import Library

MANY = 60  # villages on the shelf of the home page, at the most
VISITED = 3  # last visits shown


def home_libraries(user, today):
    """
    Return {part: libraries} of the user: "shelf", those of villages; "visited", last; "draft", with
    a draft of the user's; "overdue", of a province whose visits the user looks after. One query.
    """
    rows = Library.objects.visible_to(user)
    visits = Visit.objects.visible_to(user)
    own = Visit.objects.visible_to(user, "advocacy.change_visit").drafts_of(user)
    last = visits.sent().order_by("-visited_on", "-id").values("library")[:VISITED]
    visited = rows.alias(last_visited_on=last_visit()).filter(pk__in=last)
    reported, of_reports = report_libraries(user)
    draft = own.filter(library=OuterRef("pk")).order_by("-visited_on", "-id")
    return rows_of_each(
        {
            "shelf": rows.on_shelves()[:MANY],
            "visited": visited.order_by("-last_visited_on", "-id"),
            "draft": rows.filter(pk__in=own.values("library")).order_by("id")[:LIMIT],
            "overdue": _overdue(user, today).order_by("last_visited_on", "id")[: LIMIT + 1],
            **reported,
        },
        "village",
        "regency",
        shown={
            "visited": {"last_visited_on": last_visit(), "last_visit": last_visit("pk")},
            "draft": {
                "draft": Subquery(draft.values("pk")[:1]),
                "drafted_on": Subquery(draft.values("visited_on")[:1]),
            },
            "overdue": {"last_visited_on": last_visit(), "months": _months()},
            **of_reports,
        },
    )


def _months():
    """Return the team's interval for the library of the outer query."""
    shorter = When(GreaterThan(first_open(), 0), then=F("province__team__visit_interval_open"))
    return Case(shorter, default=F("province__team__visit_interval"), output_field=IntegerField())


def _overdue(user, today):
    """Return the libraries to be visited; whoever looks after the whole country has the list."""
    rows = VisitScheduleQuerySet(Library).village().overdue_by_team(today)
    rows = rows.alias(last_visited_on=last_visit())
    if user.scope("advocacy.change_followup").national:
        return rows.none()
    return rows.visible_to(user, "advocacy.change_followup")


def visit_tasks(libraries, today):
    """Return the tasks of `libraries`, which `home_libraries` found."""
    return [*_to_finish(libraries["draft"]), *_to_plan(libraries["overdue"], today)]


def _to_finish(rows):
    for row in rows:
        yield Task(
            title=f"Kirim kunjungan ke {row.name}",
            url=reverse("advocacy:visit_detail", args=[row.draft]),
            due=row.drafted_on,
            note=f"Kunjungan {long_date(row.drafted_on)}, masih draf Anda",
            button="Lanjutkan",
            action_url=reverse("advocacy:visit_update", args=[row.draft]),
            status=Status("Draf kunjungan", Tone.WAITING),
        )


def _to_plan(rows, today):
    """Yield one task for all visits that are overdue: they are planned together."""
    if not rows:
        return
    due = min(months_later(row.last_visited_on, row.months) for row in rows)
    number = f"lebih dari {LIMIT}" if len(rows) > LIMIT else len(rows)
    late = (today - due).days
    yield Task(
        title=f"Rencanakan kunjungan ke {number} perpustakaan",
        url=reverse("advocacy:visit_schedule") + "?daftar=terlambat",
        due=due,
        note=f"Paling lama menunggu: {rows[0].name}, terakhir {long_date(rows[0].last_visited_on)}",
        button="Rencanakan",
        status=late_status(late),
        late_days=late,
    )
