"""What the last internal meeting left open, offered to the next one."""

from functools import cached_property

from advocacy.forms.rows import row_total
from advocacy.models import Meeting


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
        return list(self.last.followups.open().select_related("person_in_charge")) if self.last else []

    def __bool__(self):
        return bool(self.agenda or self.followups)

    @property
    def rows(self):
        """Them as initial rows of the agenda."""
        return [{"topic": item.topic, "carried_from": item.pk} for item in self.agenda] + [
            {"topic": f"Tindak lanjut: {row.what}"[:300], "carried_followup": row.pk} for row in self.followups
        ]

    def add_to(self, data):
        """Put them behind the agenda rows that were sent, in the place of those left blank; none twice."""
        total = row_total(data, "agenda")
        keys = ("carried_from", "carried_followup")
        there = {(key, data.get(f"agenda-{n}-{key}")) for n in range(total) for key in keys}
        free = [
            n for n in range(total) if not any(data.get(f"agenda-{n}-{name}") for name in ("id", "topic", "notes", "decision"))
        ]
        for row in self.rows:
            key = next(key for key in keys if key in row)
            if (key, str(row[key])) in there:
                continue
            n = free.pop(0) if free else total
            total = max(total, n + 1)
            for name, value in row.items():
                data[f"agenda-{n}-{name}"] = str(value)
        data["agenda-TOTAL_FORMS"] = str(total)
