"""Named reads over quarterly reports, and which libraries are expected to hand one in."""

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from sinergi.kit.querysets import ScopedQuerySet
from villages.querysets.participations import is_alive


class LibraryReportQuerySet(ScopedQuerySet):
    regency_path = "regency"

    def of(self, quarter):
        return self.filter(year=quarter.year, quarter_number=quarter.number)

    def before(self, quarter):
        earlier = Q(year=quarter.year, quarter_number__lt=quarter.number)
        return self.filter(Q(year__lt=quarter.year) | earlier)

    def of_any(self, quarters):
        where = Q(pk__in=[])
        for quarter in quarters:
            where |= Q(year=quarter.year, quarter_number=quarter.number)
        return self.filter(where)

    def verified(self):
        return self.filter(state=self.model.State.VERIFIED)

    def verified_in(self, quarters):
        """
        Return the verified ones of these quarters whose library was to report of theirs, in the
        order of the quarters.
        """
        return self.verified().expected_among(quarters).order_by("year", "quarter_number", "pk")

    def titles_of(self, keys):
        """Return {key: (title, address)} of these (programs.activity_logs)."""
        rows = self.filter(pk__in=keys).select_related("library")
        return {row.pk: (str(row), row.get_absolute_url()) for row in rows}

    def handed_in(self):
        return self.exclude(state__in=self.model.EDITABLE)

    def submitted(self):
        return self.filter(state=self.model.State.SUBMITTED)

    def to_verify_by(self, user):
        """Return those handed in that this person may decide on: never their own."""
        return self.submitted().filter(Q(submitted_by__isnull=True) | ~Q(submitted_by=user))

    def returned_to(self, user):
        """
        Return those that are to be mended by this person, who handed them in; with the moment at
        which each was returned or opened again, the later of both (`to_mend_since`).
        """
        since = Greatest(
            Coalesce("returned_at", "reopened_at"), Coalesce("reopened_at", "returned_at")
        )
        rows = self.filter(state=self.model.State.RETURNED, submitted_by=user)
        return rows.annotate(to_mend_since=since)

    def with_places(self):
        return self.select_related("library__village__district", "province", "regency")

    def expected_among(self, quarters):
        """Return those of these quarters whose library is to report of theirs (`expected_in`)."""
        starts, ends, where = [], [], Q(pk__in=[])
        for quarter in quarters:
            of_it = Q(year=quarter.year, quarter_number=quarter.number)
            where |= of_it
            starts.append(When(of_it, then=Value(quarter.starts_on)))
            ends.append(When(of_it, then=Value(quarter.ends_on)))
        rows = self.filter(where).alias(
            starts_on=Case(*starts, output_field=DateField()),
            ends_on=Case(*ends, output_field=DateField()),
        )
        alive = is_alive(OuterRef("year"), OuterRef("starts_on"), OuterRef("ends_on"))
        participations = self.model_of("library").objects.model_of("participations").objects
        return rows.filter(Exists(participations.filter(alive, library=OuterRef("library"))))

    def of_library(self, library, quarters):
        """Return {quarter: its report} of one library in these quarters. One query."""
        return {row.quarter: row for row in self.of_any(quarters).filter(library=library)}

    def to_compare_with(self, library, quarter):
        """
        Return (the last verified report before a quarter, the verified one of a year before), or
        None for each: what nobody has verified is no measure. One query.
        """
        rows = self.verified().before(quarter).filter(library=library)
        last = list(rows.order_by("-year", "-quarter_number")[:4])
        of_last_year = [row for row in last if row.quarter == quarter.year_before]
        return (last[0] if last else None), (of_last_year[0] if of_last_year else None)


class ReportSubmissionQuerySet(ScopedQuerySet):
    province_path = "report__province"
    regency_path = "report__regency"

    def with_photo(self, key):
        """Return those that a photograph was handed in with, by its key."""
        return self.filter(content__photo=str(key))


def expected_in(libraries, quarter):
    """
    Return those of these libraries that are to report of this quarter: whose part in the programme
    had begun by its last day, and had not ended before its first.
    """
    alive = libraries.model_of("participations").objects.alive_in(quarter)
    return libraries.filter(Exists(alive.filter(library=OuterRef("pk"))))


def still_to_come(libraries, quarter):
    """Return those whose report of this quarter is expected, but was not handed in."""
    reports = libraries.model_of("reports").objects.of(quarter).handed_in()
    return expected_in(libraries, quarter).filter(~Exists(reports.filter(library=OuterRef("pk"))))


def with_reports(libraries, quarter):
    """
    Add to each library what stands of its report of this quarter (`report_id`, `report_state`, or
    None), and `last_reported`: the last quarter handed in, as year times ten and number.
    """
    reports = libraries.model_of("reports").objects.filter(library=OuterRef("pk")).order_by()
    last = (
        reports.handed_in().values("library").annotate(at=Max(F("year") * 10 + F("quarter_number")))
    )
    return libraries.annotate(
        report_id=Subquery(reports.of(quarter).values("pk")),
        report_state=Subquery(reports.of(quarter).values("state")),
        last_reported=Subquery(last.values("at")),
    )


def with_last_verified(libraries, quarter):
    """Add to each library the key of its last verified report before a quarter (`verified_id`)."""
    reports = libraries.model_of("reports").objects.verified().before(quarter)
    last = reports.filter(library=OuterRef("pk")).order_by("-year", "-quarter_number")
    return libraries.annotate(verified_id=Subquery(last.values("pk")[:1]))


def states_of(libraries, quarter):
    """
    Return {state, or "none": how many} over the libraries that are expected to report of this
    quarter; together they are all of them. Two queries.
    """
    expected = expected_in(libraries, quarter)
    reports = libraries.model_of("reports").objects.of(quarter)
    counted = reports.filter(library__in=expected.order_by()).order_by().values_list("state")
    found = dict(counted.annotate(n=Count("pk")))
    states = {state: found.get(state, 0) for state in reports.model.State.values}
    return {"none": expected.count() - sum(states.values())} | states
