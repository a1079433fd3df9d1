"""
What follows from a decree: whom the one in force covers, whom it does not, and whether it must be
revised.

Nothing of this is stored: it is read from the dated membership and the frozen rosters, so a change
of membership calls for a revision by itself, and a signed revision answers it.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from programs.models import Decree, DecreeMember, Membership
from sinergi.kit import dates


@dataclass
class Coverage:
    """
    The members of a day against the roster of the decree in force on it.

    `decree` is the one of the highest level, `roster_of` the one whose annex counts: its latest
    change, or itself.
    """

    decree: Decree | None
    roster_of: Decree | None = None
    covered: list[Membership] = field(default_factory=list)
    uncovered: list[Membership] = field(default_factory=list)
    changed: list[tuple[DecreeMember, Membership]] = field(
        default_factory=list
    )  # listed in another part or office
    gone: list[DecreeMember] = field(default_factory=list)  # listed, but not in the team any more
    pending: Decree | None = None  # a draft that will change or replace it

    @property
    def needs_revision(self):
        return bool(self.decree and (self.uncovered or self.changed or self.gone))

    @property
    def reasons(self):
        """
        Why a revision is needed, one sentence a change; a successor and whom it replaced are one.
        """
        gone = {row.person_id: row for row in self.gone}
        sentences = []
        for member in self.uncovered:
            since = f"sejak {dates.long_date(member.starts_on)}"
            row = gone.pop(member.replaces.person_id, None) if member.replaces_id else None
            if row:
                sentences.append(
                    f"{row.name} digantikan {member.person.name} ({member.institution.name})"
                    f" {since}."
                )
            else:
                sentences.append(
                    f"{member.person.name} ({member.institution.name}) menjadi {member.role_text}"
                    f" {since}."
                )
        for row, member in self.changed:
            sentences.append(
                f"{member.person.name}, {row.role} dari {row.institution_name}, sekarang"
                f" {member.role_text} dari {member.institution.name}."
            )
        return sentences + [
            f"{row.name} ({row.institution_name}) tidak lagi menjadi anggota."
            for row in gone.values()
        ]

    def covers(self, membership):
        return membership in self.covered


def leading_decree(decrees):
    """
    Return, of the decrees in force on a day, the base of the highest level and the one whose annex
    counts; or (None, None).
    """
    bases = [decree for decree in decrees if decree.amends_id is None]
    if not bases:
        return None, None
    base = max(bases, key=lambda decree: (decree.rank, decree.effective_from))
    changes = [decree for decree in decrees if decree.amends_id == base.pk]
    return base, max(changes, key=lambda decree: (decree.effective_from, decree.pk), default=base)


def coverage_on(team, day, members, *, base=None, decrees=None):
    """
    Return how the decree in force on that day, or the given one, covers these members (of that
    day).

    `decrees`: all of the team, linked, where they have been read already. Two queries, or one.
    """
    decrees = team.decrees.linked() if decrees is None else decrees
    holding = [decree for decree in decrees if decree.holds_on(day)]
    if base is not None:
        holding = [base, *(decree for decree in holding if decree.amends_id == base.pk)]
    base, roster_of = leading_decree(holding)
    if base is None:
        return Coverage(None, uncovered=list(members))
    after = [decree for decree in decrees if base.pk in (decree.amends_id, decree.replaces_id)]
    pending = next((decree for decree in reversed(after) if _is_on_its_way(decree, day)), None)
    return compare_roster(
        Coverage(base, roster_of, pending=pending), roster_of.members.all(), members
    )


def coverage_of_teams(in_force, on_its_way, rosters, members):
    """
    Return {key of a team: Coverage} for these decrees in force on a day, in the order of the keys.

    `on_its_way`: the drafts of the same teams; `rosters`: the rows of the annexes of `in_force`;
    `members`: those of the teams on that day.
    """
    decrees, found = defaultdict(list), {}
    for decree in in_force:
        decrees[decree.team_id].append(decree)
    for team in sorted(decrees):
        base, roster_of = leading_decree(decrees[team])
        if base is not None:
            after = (
                decree for decree in on_its_way if base.pk in (decree.amends_id, decree.replaces_id)
            )
            coverage = Coverage(base, roster_of, pending=next(after, None))
            found[team] = compare_roster(
                coverage,
                [row for row in rosters if row.decree_id == roster_of.pk],
                [member for member in members if member.team_id == team],
            )
    return found


def compare_roster(coverage, roster, members):
    """Return the coverage, filled with what the rows of its roster say of these members."""
    rows = {row.person_id: row for row in roster}
    for member in members:
        row = rows.pop(member.person_id, None)
        if row is None:
            coverage.uncovered.append(member)
        elif (row.role, row.institution_id) != (member.role_text, member.institution_id):
            coverage.changed.append((row, member))
        else:
            coverage.covered.append(member)
    coverage.gone = list(rows.values())
    return coverage


def _is_on_its_way(decree, day):
    """Whether the decree is a draft, or is signed and begins later."""
    begins_later = decree.state == Decree.State.SIGNED and decree.effective_from > day
    return decree.state in Decree.PENDING or begins_later


def terms_of(teams):
    """
    Return {team: [(first day, last day or None)]} in which some decree was in force. One query.
    """
    terms = {}
    rows = Decree.objects.binding().filter(team__in=teams, amends__isnull=True).order_by()
    for team, first, last in rows.values_list("team_id", "effective_from", "in_force_until"):
        terms.setdefault(team, []).append((first, last))
    return terms


def has_basis(terms, day):
    """Whether one of these terms has that day."""
    return any(first <= day and (last is None or day <= last) for first, last in terms)
