"""Writes that span models: meetings with their rows, advocacy cases, commitments and what came of them."""

from advocacy.actions.cases import delete_case, move_case, save_case
from advocacy.actions.commitments import delete_realisation, save_commitment, save_realisation
from advocacy.actions.meetings import hold_meeting, record_meeting

__all__ = [
    "delete_case",
    "delete_realisation",
    "hold_meeting",
    "move_case",
    "record_meeting",
    "save_case",
    "save_commitment",
    "save_realisation",
]
