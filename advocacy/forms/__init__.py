from advocacy.forms.meetings import MeetingForm
from advocacy.forms.sheet import MeetingSheet

__all__ = ["MeetingForm", "MeetingSheet"]
