"""What the pages of a plan draw of each activity, a page of them at a time where a plan is long."""

from django.core.paginator import Paginator

from programs.plan_versions import WAYS
from sinergi.kit.text import parse_number
from villages.models import Village

ACTIVITIES_PER_PAGE = 60  # activities on a page; a plan may have 500


def coverage_today(team, user):
    """
    Return how many villages of the team's province have a library that runs or stands by itself
    today, and how many there are, as the floor above knows it; {} for those who may not see it. Two
    queries.
    """
    if not user.has_perm("advocacy.view_expansioncase", team):
        return {}
    villages = Village.objects.filter(province=team.province_id, gone_in="")
    opened = team.expansion_cases.open_on(team.today)
    return {"open": opened.count(), "villages": villages.count(), "province": team.province_id}


def plan_page(plan, **more):
    """
    Return what the rows of a plan need to know of the page they stand on
    (templates/programs/_plan_items.jinja).
    """
    return {
        "plan": plan.pk,
        "months": plan.months,
        "year": plan.year,
        "ways": WAYS,
        "typed": {},
        "errors": {},
        "coverage": {},
    } | more


def shown_activities(version, params):
    """
    Return a Page of the activities: the one that is asked for by number, or that has the activity
    asked for (its key).
    """
    items = [item for section in version.sections for item in section.items]
    places = {item.id: place for place, item in enumerate(items)}
    place = places.get(parse_number(params.get("kegiatan")), 0)
    return Paginator(items, ACTIVITIES_PER_PAGE).get_page(
        params.get("halaman") or place // ACTIVITIES_PER_PAGE + 1
    )


def plan_rows(version, progress=None, changes=(), threads=None, shown=None):
    """
    Return [(section, [what is shown of each activity])].

    With `shown` only those, without the sections whose activities are all on other pages.
    """
    by_item = {change.item.id: change for change in changes if change.item}
    keys = None if shown is None else {item.id for item in shown}
    found = []
    for section in version.sections:
        rows = [
            {
                "item": item,
                "progress": progress[item.id] if progress else None,
                "change": by_item.get(item.id),
                "thread": (threads or {}).get(item.id, []),
                "is_first": item is section.items[0],
                "is_last": item is section.items[-1],
            }
            for item in section.items
            if keys is None or item.id in keys
        ]
        if rows or not section.items:
            found.append((section, rows))
    return found
