"""Named reads over the photographs of visits."""

from sinergi.kit.querysets import ScopedQuerySet


class VisitPhotoQuerySet(ScopedQuerySet):
    province_path = "visit__province"
    regency_path = "visit__regency"
