"""Writes of a year's sources of funding that begin from another year's."""

from django.db import IntegrityError, transaction

from programs.models import FundingSource
from sinergi.kit import bulk

SOURCE_KEY_COLUMNS = ("kind", "support", "name")  # what makes a source the same one in another year


def source_key(source):
    return tuple(getattr(source, name) for name in SOURCE_KEY_COLUMNS)


def sources_for(*, team, year, rows, with_ceilings=False, by):
    """
    Return {key: the team's source in this year} for each of these sources of another year, and how
    many were made.

    A ceiling is known of one year only, so a new source has none unless `with_ceilings`; a source
    that exists stays as it is.
    """
    wanted = {source_key(row): row.ceiling if with_ceilings else None for row in rows}
    try:
        with transaction.atomic():
            return _with_missing(team, year, wanted, by=by)
    except IntegrityError:  # somebody else has just made one of them: it is there now
        return _with_missing(team, year, wanted, by=by)


def _with_missing(team, year, wanted, *, by):
    of_year = FundingSource.objects.filter(team=team, year=year)
    there = set(of_year.values_list(*SOURCE_KEY_COLUMNS))
    missing = [key for key in wanted if key not in there]
    new = [
        FundingSource(
            team=team,
            year=year,
            ceiling=wanted[key],
            **dict(zip(SOURCE_KEY_COLUMNS, key, strict=True)),
        )
        for key in missing
    ]
    bulk.insert_records(new, by=by)
    found = {source_key(row): row for row in of_year}
    bulk.keep_history(of_year.filter(pk__in=[found[key].pk for key in missing]), "+", by=by)
    return found, len(missing)


@transaction.atomic
def copy_sources(*, team, year, from_year, with_ceilings=False, by):
    """Enter a team's sources of one year for another, once. How many are new."""
    rows = FundingSource.objects.filter(team=team, year=from_year).order_by("pk")
    _, new = sources_for(team=team, year=year, rows=rows, with_ceilings=with_ceilings, by=by)
    return new
