"""The annex of a decree."""

from programs.models import DecreeMember


def annex_of(decree):
    """
    Return the annex: the frozen rows of a signed decree, else the rows that membership on
    `roster_on` would give today.
    """
    if decree.is_binding:
        return list(decree.members.all())
    members = decree.team.members_on(decree.roster_on)
    return [
        DecreeMember.from_membership(membership, order)
        for order, membership in enumerate(members, 1)
    ]
