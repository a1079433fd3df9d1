"""
Writes that span models: meetings, visits, trips and trainings with their rows, advocacy cases,
commitments and what came of them.
"""

from advocacy.actions.cases import correct_step, delete_case, move_case, save_case
from advocacy.actions.checklists import (
    begin_draft,
    create_checklist,
    create_sample,
    publish_draft,
    save_questions,
)
from advocacy.actions.commitments import (
    delete_commitment,
    renew_commitment,
    save_commitment,
    withdraw_commitment,
)
from advocacy.actions.documents import approved_pdf
from advocacy.actions.followups import close_followup, note_progress, reopen_followup
from advocacy.actions.letters import save_letter
from advocacy.actions.meetings import MeetingMinutes, hold_meeting, record_meeting
from advocacy.actions.realisations import delete_realisation, save_realisation
from advocacy.actions.trainings import delete_training, save_training
from advocacy.actions.trips import delete_trip, save_trip
from advocacy.actions.visits import (
    VisitReport,
    add_photo,
    record_visit,
    reopen_visit,
    send_visit,
)

__all__ = [
    "MeetingMinutes",
    "VisitReport",
    "add_photo",
    "approved_pdf",
    "begin_draft",
    "close_followup",
    "correct_step",
    "create_checklist",
    "create_sample",
    "delete_case",
    "delete_commitment",
    "delete_realisation",
    "delete_training",
    "delete_trip",
    "hold_meeting",
    "move_case",
    "note_progress",
    "publish_draft",
    "record_meeting",
    "record_visit",
    "renew_commitment",
    "reopen_followup",
    "reopen_visit",
    "save_case",
    "save_commitment",
    "save_letter",
    "save_questions",
    "save_realisation",
    "save_training",
    "save_trip",
    "send_visit",
    "withdraw_commitment",
]
