from advocacy.models.attachments import Attachment
from advocacy.models.cases import AdvocacyCase, AudienceCase, CasePlace, CaseStep
from advocacy.models.checklists import Checklist, ChecklistVersion
from advocacy.models.commitments import Commitment
from advocacy.models.followups import FollowUp
from advocacy.models.meetings import Meeting
from advocacy.models.minutes import AgendaItem, Attendance
from advocacy.models.network import MediaCoverage, Partnership
from advocacy.models.progress import FollowUpNote
from advocacy.models.realisations import Beneficiary, Realisation

__all__ = [
    "AdvocacyCase",
    "AgendaItem",
    "Attachment",
    "Attendance",
    "AudienceCase",
    "Beneficiary",
    "CasePlace",
    "CaseStep",
    "Checklist",
    "ChecklistVersion",
    "Commitment",
    "FollowUp",
    "FollowUpNote",
    "MediaCoverage",
    "Meeting",
    "Partnership",
    "Realisation",
]
