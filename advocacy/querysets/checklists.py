"""Named reads over checklists and their versions."""

from django.db.models import Max, Q

from villages.querysets import SharedQuerySet


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
