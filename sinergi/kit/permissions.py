"""
Permissions: who may do what, where.

A role is pure data: its name and the permissions it carries (`Role`). Where a person holds it is an
assignment: a province, a regency in it, or the whole country. Both meet in `scope_of(user,
permission)`: the places in which that user has that permission. Everything else (querysets,
has_perm, form choices, the admin) asks this one question.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


class HeldRole(Protocol):
    """A role at a place: both keys None for the whole country, a regency's with its province's."""

    role: str
    province_id: str | None
    regency_id: str | None


class RoleHolder(Protocol):
    """What permissions ask of an account."""

    is_active: bool
    is_superuser: bool
    #: Those that count now.
    held_roles: Sequence[HeldRole]


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
        Return whether the record lies in these places; a record with neither province nor regency
        is national, unless it lies in no place at all (`is_everywhere`).
        """
        if getattr(record, "is_everywhere", False):
            return bool(self)
        province = getattr(record, "province_id", None)
        return (
            self.national
            or (province is not None and province in self.provinces)
            or getattr(record, "regency_id", None) in self.regencies
        )


EVERYWHERE = Scope(national=True)
NOWHERE = Scope()


def scope_of(user: RoleHolder, permission, roles):
    """
    Return the Scope in which `user` has `permission` ("app.action_model"); `roles` is name → Role.
    """
    if not user.is_active:
        return NOWHERE
    if user.is_superuser:
        return EVERYWHERE
    held = [one for one in user.held_roles if permission in roles[one.role].permissions]
    return Scope(
        national=any(one.province_id is None for one in held),
        provinces=frozenset(one.province_id for one in held if not one.regency_id) - {None},
        regencies=frozenset(one.regency_id for one in held if one.regency_id),
    )
