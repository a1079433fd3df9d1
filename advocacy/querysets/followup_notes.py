"""Named reads over the log of a follow-up's progress."""

from sinergi.kit.querysets import ScopedQuerySet


class FollowUpNoteQuerySet(ScopedQuerySet):
    province_path = "followup__province"

    def with_names(self):
        return self.select_related("person", "created_by")
