"""Named reads over aliases."""

from sinergi.kit.querysets import ScopedQuerySet


class AliasQuerySet(ScopedQuerySet):
    province_path = "regency__province"
    regency_path = "regency"
