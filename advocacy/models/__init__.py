from advocacy.models.agenda import AgendaItem
from advocacy.models.approved_papers import ApprovedPaper
from advocacy.models.attachments import Attachment
from advocacy.models.attendance import Attendance, VisitAttendance
from advocacy.models.audiences import AudienceCase
from advocacy.models.cadence import CadenceRule, CadenceSnooze
from advocacy.models.cases import AdvocacyCase, CasePlace, CaseStep
from advocacy.models.checklists import Checklist, ChecklistVersion
from advocacy.models.commitments import Commitment
from advocacy.models.expansion import ExpansionCase, ExpansionStep
from advocacy.models.followup_notes import FollowUpNote
from advocacy.models.followups import FollowUp
from advocacy.models.media import MediaCoverage
from advocacy.models.meetings import Meeting
from advocacy.models.partnerships import Partnership
from advocacy.models.photos import VisitPhoto
from advocacy.models.realisations import Beneficiary, Realisation
from advocacy.models.recommendations import RecommendationAnswer
from advocacy.models.trainings import Training, TrainingParticipant
from advocacy.models.trips import Trip, TripStop, TripTraveller
from advocacy.models.visits import Visit

__all__ = [
    "AdvocacyCase",
    "AgendaItem",
    "ApprovedPaper",
    "Attachment",
    "Attendance",
    "AudienceCase",
    "Beneficiary",
    "CadenceRule",
    "CadenceSnooze",
    "CasePlace",
    "CaseStep",
    "Checklist",
    "ChecklistVersion",
    "Commitment",
    "ExpansionCase",
    "ExpansionStep",
    "FollowUp",
    "FollowUpNote",
    "MediaCoverage",
    "Meeting",
    "Partnership",
    "Realisation",
    "RecommendationAnswer",
    "Training",
    "TrainingParticipant",
    "Trip",
    "TripStop",
    "TripTraveller",
    "Visit",
    "VisitAttendance",
    "VisitPhoto",
]
