"""Named reads over who came, and who went."""

from sinergi.kit.querysets import ScopedQuerySet


class AttendanceQuerySet(ScopedQuerySet):
    province_path = "meeting__province"

    def guests_known_to(self, user, limit=100):
        """
        Return (name, position, institution) of the guests noted down lately, to be offered when one
        is typed.
        """
        rows = (
            self.visible_to(user)
            .filter(is_guest=True)
            .order_by("-pk")
            .values_list("name", "position", "institution")
        )
        return sorted(set(rows[:limit]))


class VisitAttendanceQuerySet(ScopedQuerySet):
    province_path = "visit__province"
    regency_path = "visit__regency"
