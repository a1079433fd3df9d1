"""Rows of a province, or of the whole country."""

from django.db.models import Q

from sinergi.kit.querysets import ScopedQuerySet, key_along, one_or_in
from villages.codes import PROVINCE_LENGTH


class SharedQuerySet(ScopedQuerySet):
    """
    Rows of a province, and rows of none, which are the whole country's: these are seen by whoever
    sees such rows at all, and changed by those alone who may change them everywhere. What is a
    province's own is seen in its regencies too.
    """

    def visible_to(self, user, permission=None):
        if not user.is_authenticated:
            return self.none()
        scope, is_shared = self._scope_of(user, permission)
        if scope.national:
            return self
        if not scope:
            return self.none()
        where = Q(**{f"{self.province_path}__isnull": True}) if is_shared else Q(pk__in=[])
        if provinces := provinces_of(scope):
            where |= one_or_in(self.province_path, provinces)
        return self.filter(where)

    def would_show(self, user, record, permission=None):
        scope, is_shared = self._scope_of(user, permission)
        province = key_along(record, self.province_path)
        if province is None:
            return scope.national or bool(scope and is_shared)
        return scope.national or province in provinces_of(scope)

    def _scope_of(self, user, permission):
        """Return the places of the permission, and whether it is the one to view these rows."""
        view = f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"
        return user.scope(permission or view), permission in (None, view)


def provinces_of(scope):
    """Return the keys of the provinces that a scope reaches, or reaches into."""
    return scope.provinces | {regency[:PROVINCE_LENGTH] for regency in scope.regencies}
