"""Named reads over who came."""

from sinergi.kit.querysets import ScopedQuerySet


class AttendanceQuerySet(ScopedQuerySet):
    province_path = "meeting__province"

    def guests_known_to(self, user, limit=100):
        """
        The guests noted down lately, to be offered when one is typed: (name, position,
        institution).
        """
        rows = (
            self.visible_to(user)
            .filter(is_guest=True)
            .order_by("-pk")
            .values_list("name", "position", "institution")
        )
        return sorted(set(rows[:limit]))
