"""The annex of a decree."""

from programs.models import DecreeMember


def annex_of(decree):
    """
    The annex: frozen rows of a signed decree, else as it would be with today's membership on
    `roster_on`.
    """
    if decree.is_binding:
        return list(decree.members.all())
    members = decree.team.members_on(decree.roster_on)
    return [DecreeMember.of(membership, order) for order, membership in enumerate(members, 1)]
