"""
What an earlier meeting gives to a new one: the matters it left open, and its place, guests and
agenda to start from.
"""

from functools import cached_property

from advocacy.models import Meeting
from sinergi.kit.formsets import row_total

#: What is typed in a row of a section; a row without any of it is free.
TYPED = {"agenda": ("topic", "notes", "decision"), "tamu": ("name", "position", "institution")}


class Carryover:
    """The undiscussed agenda items and the open follow-ups of the team's last internal meeting."""

    def __init__(self, meeting):
        self.meeting = meeting

    @cached_property
    def last(self):
        if self.meeting.pk or self.meeting.kind != Meeting.Kind.INTERNAL:
            return None
        return Meeting.objects.select_related("province").last_internal(self.meeting.team)

    @cached_property
    def agenda(self):
        return list(self.last.agenda.undiscussed()) if self.last else []

    @cached_property
    def followups(self):
        return (
            list(self.last.followups.open().select_related("person_in_charge")) if self.last else []
        )

    def __bool__(self):
        return bool(self.agenda or self.followups)

    @property
    def rows(self):
        """Return them as initial rows of the agenda."""
        return [{"topic": item.topic, "carried_from": item.pk} for item in self.agenda] + [
            {"topic": f"Tindak lanjut: {row.what}"[:300], "carried_followup": row.pk}
            for row in self.followups
        ]

    def add_to(self, data):
        """
        Put them behind the agenda rows that were sent, in the place of those left blank; none
        twice.
        """
        keys = ("carried_from", "carried_followup")
        there = {
            (key, data.get(f"agenda-{n}-{key}"))
            for n in range(row_total(data, "agenda"))
            for key in keys
        }
        new = [
            row
            for row in self.rows
            if not any((key, str(row[key])) in there for key in keys if key in row)
        ]
        add_rows(data, "agenda", new)


class EarlierMeeting:
    """
    The team's last meeting of a kind that took place, or (`key`) the one that was offered, to copy
    from into a new one: place, guests, and what was on the agenda.
    """

    def __init__(self, meeting, *, kind=None, key=None):
        self.meeting, self.key = meeting, key
        self.kind = kind if kind in Meeting.Kind.values else Meeting.Kind.INTERNAL

    @cached_property
    def record(self):
        if self.meeting.pk:
            return None
        held = (
            Meeting.objects.took_place().filter(team=self.meeting.team).select_related("province")
        )
        if self.key is not None:
            return held.filter(pk=self.key).first()
        return held.filter(kind=self.kind).order_by("-starts_at", "-id").first()

    def add_to(self, data):
        """
        Add the place, guests and agenda behind what was typed, of which nothing is replaced and
        nothing doubled.
        """
        if self.record is None:
            return
        if not data.get("place"):
            data["place"] = self.record.place
        guests = self.record.attendance.filter(is_guest=True).values(
            "name", "position", "institution"
        )
        self._add(
            data, "tamu", "name", [guest | {"presence": ""} for guest in guests]
        )  # invited, until they are marked
        self._add(data, "agenda", "topic", self.record.agenda.values("topic"))

    @staticmethod
    def _add(data, prefix, name, rows):
        there = {
            (data.get(f"{prefix}-{n}-{name}") or "").strip().casefold()
            for n in range(row_total(data, prefix))
        }
        add_rows(data, prefix, [row for row in rows if row[name].casefold() not in there])


def add_rows(data, prefix, rows):
    """
    Put these rows ({column: value}) among those that were sent: in the place of blank ones, then
    behind them.
    """
    total = row_total(data, prefix)
    free = [
        n
        for n in range(total)
        if not any(data.get(f"{prefix}-{n}-{name}") for name in ("id", "DELETE", *TYPED[prefix]))
    ]
    for row in rows:
        n = free.pop(0) if free else total
        total = max(total, n + 1)
        for name, value in row.items():
            data[f"{prefix}-{n}-{name}"] = str(value)
    data[f"{prefix}-TOTAL_FORMS"] = str(total)
