"""Named reads over the files of meetings."""

from sinergi.kit.querysets import ScopedQuerySet


class AttachmentQuerySet(ScopedQuerySet):
    province_path = "meeting__province"

    def visible_to(self, user, permission=None):
        """Return those of a meeting; a waiting file is its sender's alone."""
        return super().visible_to(user, permission).filter(meeting__isnull=False)

    def waiting(self, user):
        """Return those sent along with a form that is not saved yet, which only the sender sees."""
        return self.filter(meeting__isnull=True, created_by=user)
