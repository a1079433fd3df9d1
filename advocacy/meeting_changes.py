"""What a meeting was before its time or place last changed, from its history."""

from itertools import pairwise

#: The columns that say when and where.
TOLD = ("starts_at", "ends_at", "day_is_set", "time_is_set", "place", "link")
#: Versions that are looked through.
VERSIONS = 200


def before_last_change(meeting):
    """
    Return the meeting as it stood before its time or place changed last while it was planned, or
    before it was put back on the calendar; None if it was never so. One query.
    """
    states = (meeting.State.PLANNED, meeting.State.CANCELLED)
    rows = meeting.history.order_by("-history_date", "-history_id")
    rows = rows.values("state", *TOLD)[:VERSIONS]
    for now, was in pairwise(rows):
        is_told = was["state"] in states and now["state"] == meeting.State.PLANNED
        if is_told and any(now[name] != was[name] for name in ("state", *TOLD)):
            return type(meeting)(province=meeting.province, **was)
    return None
