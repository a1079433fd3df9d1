from advocacy.models.attachments import Attachment
from advocacy.models.followups import FollowUp
from advocacy.models.meetings import Meeting
from advocacy.models.minutes import AgendaItem, Attendance

__all__ = ["AgendaItem", "Attachment", "Attendance", "FollowUp", "Meeting"]
