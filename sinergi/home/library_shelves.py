"""
The shelf of the villages' libraries on home, with what stands of their reports of the last quarter;
and how far the programme reaches.

Whoever looks after the whole country has the lists: no shelf holds the libraries of 38 provinces.
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from sinergi.kit.links import record_url
from villages.models import Library, LibraryReport, Participation, Regency
from villages.models.regions import PROVINCE_LENGTH
from villages.quarters import Quarter
from villages.querysets.reports import expected_in

MANY = 60  # libraries on the shelf of the home page, at the most
SPINES = 12  # of one regency


def shelf_parts(user, today):
    """Return {key: (rows, columns)}."""
    quarter = Quarter.last_ended(today)
    scope = user.scope("villages.view_library")
    libraries = Library.objects.visible_to(user).village()
    reports = LibraryReport.objects.visible_to(user).of(quarter).handed_in()
    if scope.national:
        libraries, reports = libraries.none(), reports.none()
    alive = Participation.objects.alive_in(quarter).filter(library__in=libraries)
    code = {"code": "regency_id"}
    return {
        "shelf": (
            libraries.on_shelves()[:MANY],
            {
                "pk": "pk",
                "village": "village__name",
                "regency": "regency_id",
                "expected": Exists(alive.filter(library=OuterRef("pk"))),
                "handed_in": Exists(reports.filter(library=OuterRef("pk"))),
            },
        ),
        "regencies": (
            libraries.values("regency_id").order_by("regency_id"),
            code | {"name": "regency__name", "libraries": Count("pk")},
        ),
        "expected": (
            expected_in(libraries, quarter).values("regency_id").order_by(),
            code | {"expected": Count("pk")},
        ),
        "handed_in": (
            reports.filter(
                Exists(alive.filter(library=OuterRef("library"))),
                library__level=Library.Level.VILLAGE,
            )
            .values("library__regency_id")
            .order_by(),
            {"code": "library__regency_id", "handed_in": Count("pk")},
        ),
        "unreached": (_unreached(user, scope), {"code": "code", "name": "name"}),
    }


def _unreached(user, scope):
    """Return the regencies of the user's provinces in which no village has a library yet."""
    if scope.national:
        return Regency.objects.none()
    begun = Library.objects.village().filter(regency=OuterRef("pk"))
    rows = Regency.objects.visible_to(user, "villages.view_library")
    return rows.filter(~Exists(begun), gone_in="").order_by("code")


@dataclass(frozen=True)
class Spine:
    """One library on a shelf."""

    name: str
    url: str
    is_missing: bool


@dataclass(frozen=True)
class Shelf:
    """The libraries of one regency; the numbers are of all of them, the spines of the first."""

    name: str
    url: str
    libraries: int
    libraries_url: str
    expected: int
    handed_in: int
    missing: int
    missing_url: str
    spines: list = field(default_factory=list)


@dataclass(frozen=True)
class Shelves:
    """All shelves, the numbers of a quarter's reports, and the regencies without any library."""

    quarter: Quarter
    rows: list
    unreached: list

    def _sum(self, name):
        return sum(getattr(row, name) for row in self.rows)

    @property
    def libraries(self):
        return self._sum("libraries")

    @property
    def handed_in(self):
        return self._sum("handed_in")

    @property
    def missing(self):
        return self._sum("missing")

    @property
    def handed_in_url(self):
        return report_list_url(self.quarter, "masuk")

    @property
    def missing_url(self):
        return report_list_url(self.quarter, "belum")

    @property
    def reach(self):
        """Return (regencies with a library, all of them)."""
        return len(self.rows), len(self.rows) + len(self.unreached)


def shelves_of(rows, today):
    """Return the Shelves of the JSON rows of `shelf_parts`, or None without any library."""
    quarter = Quarter.last_ended(today)
    spines = {}
    for row in rows["shelf"]:
        spines.setdefault(row["regency"], []).append(_spine(row))
    expected = {row["code"]: row["expected"] for row in rows["expected"]}
    handed_in = {row["code"]: row["handed_in"] for row in rows["handed_in"]}
    shelves = [
        _shelf(
            row,
            quarter,
            expected.get(row["code"], 0),
            handed_in.get(row["code"], 0),
            spines.get(row["code"], []),
        )
        for row in rows["regencies"]
    ]
    return Shelves(quarter, shelves, rows["unreached"]) if shelves else None


def _spine(row):
    return Spine(
        row["village"],
        record_url("villages:library_detail", row["pk"]),
        bool(row["expected"] and not row["handed_in"]),
    )


def _shelf(row, quarter, expected, handed_in, spines):
    of_regency = {"province": row["code"][:PROVINCE_LENGTH], "regency": row["code"]}
    return Shelf(
        row["name"],
        reverse("villages:region_detail", args=[row["code"]]),
        row["libraries"],
        f"{reverse('villages:library_list')}?{urlencode({'level': 'village'} | of_regency)}",
        expected,
        handed_in,
        expected - handed_in,
        report_list_url(quarter, "belum", **of_regency),
        spines[:SPINES],
    )


def report_list_url(quarter, tab, **asked):
    """Return the address of the reports of a quarter in one of its lists (ReportList)."""
    query = urlencode({"triwulan": quarter.key, "daftar": tab} | asked)
    return f"{reverse('villages:report_list')}?{query}"
