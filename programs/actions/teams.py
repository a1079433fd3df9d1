"""Writes of teams: making that of a province, and its letterhead."""

from django.db import transaction

from programs.models import Institution, Team


@transaction.atomic
def form_team(*, team, by, idempotency_key=None):
    """
    Make a team, and write its library office into the register unless the province has one there:
    the first members come from it. Raises Duplicate, or IntegrityError when the province got a team
    meanwhile.
    """
    Team.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    made = team.save_submission(by=by, idempotency_key=idempotency_key)
    affair = Institution.Affair.LIBRARY
    office = Institution(
        province=team.province,
        name=team.office,
        sector=Institution.Sector.GOV_PROVINCE,
        affair=affair,
    )
    of_province = Institution.objects.filter(province=team.province)
    if not of_province.filter(affair=affair).exists() and not of_province.twins_of(office).exists():
        office.save_as(by=by)
    return made


def save_letterhead(*, team, by, version, safe=None, remove_logo=False):
    """
    Write a team's letterhead, with another logo (sinergi.kit.uploads.SafeFile) or without one.
    Raises StaleRecord.
    """
    if remove_logo:
        team.take_logo_away()
    return team.save_submission(by=by, version=version, safe=safe)
