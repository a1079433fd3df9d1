"""Named reads over checklists and their versions."""

from django.db.models import Max, Q

from sinergi.kit.querysets import ScopedQuerySet, key_along, one_or_in
from villages.models.regions import PROVINCE_LENGTH


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


class ChecklistQuerySet(SharedQuerySet):
    def for_list(self):
        """Add what a list shows of each: the version in force and the draft that waits."""
        states = self.model_of("versions").State
        published, draft = (Q(versions__state=one) for one in (states.PUBLISHED, states.DRAFT))
        return self.select_related("province").annotate(
            published_number=Max("versions__number", filter=published),
            published_at=Max("versions__published_at"),
            draft_number=Max("versions__number", filter=draft),
        )

    def in_use(self):
        """Return those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class ChecklistVersionQuerySet(SharedQuerySet):
    province_path = "checklist__province"

    def published(self):
        return self.filter(state=self.model.State.PUBLISHED)

    def drafts(self):
        return self.filter(state=self.model.State.DRAFT)

    def for_library(self, library):
        """
        Return the published versions that a visit to this library may have been begun with:
        withdrawn or replaced since, they stay good for what was begun with them.
        """
        own = Q(checklist__province=library.province_id) | Q(checklist__province__isnull=True)
        return self.published().filter(own, checklist__level=library.level)

    def offered_to(self, library):
        """
        Return the versions in force that a new visit to this library may begin with: first the
        province's own, and those for every purpose.
        """
        rows = self.for_library(library).filter(checklist__withdrawn_at__isnull=True)
        newest = {}
        for row in rows.select_related("checklist").order_by("checklist", "-number"):
            newest.setdefault(row.checklist_id, row)
        return sorted(
            newest.values(),
            key=lambda row: (
                row.checklist.province_id is None,
                row.checklist.purpose != "both",
                row.checklist.name,
            ),
        )

    def in_force(self):
        """Return the last published version of one checklist, or None."""
        return self.published().order_by("-number").first()
