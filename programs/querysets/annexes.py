"""Named reads over the annexes of decrees."""

from sinergi.kit.querysets import ScopedQuerySet


class DecreeMemberQuerySet(ScopedQuerySet):
    province_path = "decree__team__province"
