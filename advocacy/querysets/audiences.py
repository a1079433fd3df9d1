"""Named reads over the cases that an audience was about."""

from sinergi.kit.querysets import ScopedQuerySet


class AudienceCaseQuerySet(ScopedQuerySet):
    province_path = "meeting__province"
