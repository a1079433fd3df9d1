"""The cases under way that have stood longest, and whether anything would move them."""

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import ExtractQuarter, ExtractYear

from advocacy.expansion_evidence import WAYS, VillagePlace, records
from advocacy.expansion_stages import EVIDENCE, UNDER_WAY

SHOWN = 6


def longest_waiting(steps, today):
    """
    Return the last step of those under way that have stood longest, a few, of official villages;
    `is_suggested`: there is a record of the village that would show the next stage. One query.
    """
    place = VillagePlace(OuterRef("case__village"), OuterRef("regency"), OuterRef("province"))
    cases = [When(Q(stage=stage), then=_some(stage.next, place)) for stage in UNDER_WAY]
    found = steps.last_on(today).in_official_villages().filter(stage__in=UNDER_WAY)
    # Chosen first: what would move a case is looked for at these few alone, and planned for so few.
    chosen = found.order_by("reached_on", "pk").values("pk")[:SHOWN]
    rows = steps.filter(pk__in=chosen)
    rows = rows.annotate(year=ExtractYear("reached_on"), quarter=ExtractQuarter("reached_on"))
    rows = rows.annotate(
        is_suggested=Case(*cases, default=Value(False), output_field=BooleanField())
    )
    places = ("case__village", "case__regency", "case__province")
    return list(rows.select_related(*places).order_by("reached_on", "pk"))


def _some(stage, place):
    """
    Return whether a record of the village itself would show the stage, since the step. Each way to
    name it is asked by itself: all in one would read every record of the country.
    """
    found = Q()
    for kind in EVIDENCE[stage]:
        day = OuterRef("reached_on")
        since = (OuterRef("year"), OuterRef("quarter")) if kind == "report" else day
        for way in WAYS.get(kind, ()):
            found |= Q(Exists(records(kind, stage, place, near=True, since=since, way=way)))
    return found
