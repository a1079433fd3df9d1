"""What a team is reminded of, and how, unless it says otherwise."""

from dataclasses import dataclass

from django.db import models

from sinergi.accounts.roles import ROLES

#: A reminder without an interval of its own is put off by at most so many days.
LONGEST_SNOOZE = 90
#: Months between two events and days of warning, at the most.
MOST_MONTHS, MOST_WARN_DAYS = 24, 180
#: Days of every month there is, so that a warning is always shorter than the interval.
SHORTEST_MONTH = 28


class CadenceKind(models.TextChoices):
    INTERNAL = "internal", "Rapat internal"
    STAKEHOLDER = "stakeholder", "Pertemuan pemangku kepentingan"
    AUDIENCE = "audience", "Audiensi"
    VISIT = "visit", "Kunjungan perpustakaan"
    REPORT = "report", "Laporan triwulan"
    DECREE = "decree", "Masa berlaku SK"
    PARTNERSHIP = "partnership", "Masa berlaku kerja sama"
    PLAN = "plan", "Pengajuan rencana kerja"
    CASE = "case", "Kemajuan sasaran advokasi"
    COMMITMENT = "commitment", "Tenggat komitmen"
    EXPANSION = "expansion", "Kemajuan perluasan"


#: Kinds of meetings, which come back after so many months.
MEETINGS = (CadenceKind.INTERNAL, CadenceKind.STAKEHOLDER, CadenceKind.AUDIENCE)
#: Kinds that are told once their day has passed, never before it.
NO_WARNING = (CadenceKind.CASE, CadenceKind.COMMITMENT, CadenceKind.EXPANSION)
#: Kinds of what is owed for a part of the year, of which there is no last time.
OWED = (CadenceKind.REPORT, CadenceKind.PLAN)
#: {kind: the column of a snooze that names one of its records}.
SUBJECTS = {
    CadenceKind.VISIT: "library",
    CadenceKind.REPORT: "library",
    CadenceKind.DECREE: "decree",
    CadenceKind.PARTNERSHIP: "partnership",
    CadenceKind.PLAN: "plan",
    CadenceKind.CASE: "case",
    CadenceKind.COMMITMENT: "commitment",
    CadenceKind.EXPANSION: "expansion",
}
#: {kind: the permission of whoever can do something about it}.
PERMISSIONS = {
    CadenceKind.INTERNAL: "advocacy.add_meeting",
    CadenceKind.STAKEHOLDER: "advocacy.add_meeting",
    CadenceKind.AUDIENCE: "advocacy.add_meeting",
    CadenceKind.VISIT: "advocacy.add_trip",
    CadenceKind.REPORT: "villages.change_libraryreport",
    CadenceKind.DECREE: "programs.add_decree",
    CadenceKind.PARTNERSHIP: "advocacy.change_partnership",
    CadenceKind.PLAN: "programs.submit_workplan",
    CadenceKind.CASE: "advocacy.move_advocacycase",
    CadenceKind.COMMITMENT: "advocacy.change_commitment",
    CadenceKind.EXPANSION: "advocacy.move_expansioncase",
}
#: {role: the column of a rule that says whether it is reminded}. An administrator is reminded of
#: what the secretariat is, whose work it may do.
ROLE_COLUMNS = {
    "secretariat": "for_secretariat",
    "chair": "for_chair",
    "member": "for_members",
    "regency_officer": "for_officers",
}


@dataclass(frozen=True)
class Shipped:
    """
    What holds for a team that has changed nothing. `months` is None where the day is kept
    elsewhere: on the record itself, or with the team (intervals of visits, limits of standing
    still).
    """

    months: int | None = None
    warn_days: int | None = None
    roles: tuple[str, ...] = ("secretariat",)


SHIPPED = {
    CadenceKind.INTERNAL: Shipped(1, 7),
    CadenceKind.STAKEHOLDER: Shipped(3, 14),
    CadenceKind.AUDIENCE: Shipped(2, 14),
    CadenceKind.VISIT: Shipped(None, 30),
    CadenceKind.REPORT: Shipped(None, 10, ("secretariat", "regency_officer")),
    CadenceKind.DECREE: Shipped(None, 60),
    CadenceKind.PARTNERSHIP: Shipped(None, 60),
    CadenceKind.PLAN: Shipped(None, 30),
    CadenceKind.CASE: Shipped(None, None, ("secretariat", "chair", "member")),
    CadenceKind.COMMITMENT: Shipped(),
    CadenceKind.EXPANSION: Shipped(),
}


def roles_of(kind):
    """Return the roles that can do something about it, and may therefore be reminded of it."""
    needed = PERMISSIONS[kind]
    return [role for role in ROLE_COLUMNS if needed in ROLES[role].permissions]
