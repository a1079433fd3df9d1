"""What is sent to the group of a team: what comes, what is late, and what was decided."""

from advocacy.messages.followups import deadline_text
from sinergi.kit import dates
from sinergi.kit.chats import chat_text

#: Of each kind; the list has the rest.
MOST = 15


def group_summary(team, *, coming, late, decided, today, url):
    """
    `coming` are meetings, `late` follow-ups, `decided` agenda items of approved minutes, each in
    its order; more than MOST of one are not told one by one.
    """
    lines = [f"Ringkasan {team.name}, {dates.long_date(today)}"]
    lines += ["", "Tujuh hari ke depan:", *_told(coming, _meeting_line)]
    if not coming:
        lines.append("Tidak ada rapat.")
    if late:
        lines += ["", "Lewat tenggat:"]
        lines += _told(late, lambda row: f"{row.what}: {row.holder}, {deadline_text(row, today)}")
    if decided:
        lines += ["", "Diputuskan dua pekan terakhir:"]
        lines += _told(decided, _decision_line)
    return chat_text("ringkasan", "Ringkasan untuk grup", lines, url)


def _meeting_line(meeting):
    place = f", di {meeting.place}" if meeting.place else ""
    return f"{meeting.title}: {meeting.when_text}{place}"


def _decision_line(item):
    return f"{item.decision} ({item.meeting.title}, {dates.long_date(item.meeting.starts)})"


def _told(rows, line):
    more = ["- dan lainnya"] if len(rows) > MOST else []
    return [*(f"- {line(row)}" for row in rows[:MOST]), *more]
