"""
Who may do what, where.

A role is pure data: its name and the permissions it carries (`Role`). Where a person holds it is an
assignment: a province, a regency in it, or the whole country. Both meet in `scope_of(user,
permission)`: the places in which that user has that permission. Everything else (querysets,
has_perm, form choices, the admin) asks this one question.
"""

from dataclasses import dataclass, field

from django.utils import timezone


@dataclass(frozen=True)
class Role:
    name: str
    label: str
    permissions: frozenset[str]
    words: str = ""  # what who holds it does, for whoever chooses


@dataclass(frozen=True)
class Scope:
    """The places a permission reaches: the whole country, whole provinces, or single regencies."""

    national: bool = False
    provinces: frozenset[str] = field(default_factory=frozenset)
    regencies: frozenset[str] = field(default_factory=frozenset)

    def __bool__(self):
        return bool(self.national or self.provinces or self.regencies)

    def covers(self, record):
        """
        Whether the record lies in these places; a record with neither province nor regency is
        national.
        """
        province = getattr(record, "province_id", None)
        return (
            self.national
            or (province is not None and province in self.provinces)
            or getattr(record, "regency_id", None) in self.regencies
        )


EVERYWHERE = Scope(national=True)
NOWHERE = Scope()


def assignments_of(user):
    """The user's assignments in force, with their places, read once for each request."""
    if not hasattr(user, "_assignments"):
        user._assignments = list(user.assignments.in_force(timezone.localdate()))
    return user._assignments


def scope_of(user, permission, roles):
    """
    The places in which `user` has `permission` ("app.action_model"), by the roles given as name →
    Role.
    """
    if not user.is_active:
        return NOWHERE
    if user.is_superuser:
        return EVERYWHERE
    held = [a for a in assignments_of(user) if permission in roles[a.role].permissions]
    return Scope(
        national=any(a.province_id is None for a in held),
        provinces=frozenset(a.province_id for a in held if a.province_id and not a.regency_id),
        regencies=frozenset(a.regency_id for a in held if a.regency_id),
    )
