"""Named reads over participations."""

from sinergi.kit.querysets import ScopedQuerySet


class ParticipationQuerySet(ScopedQuerySet):
    province_path = "library__province"
    regency_path = "library__regency"
