"""
What the team prints of what happened: one module a document, each with the function that returns
its data.

A document's data are one dictionary of plain text, lists and flags. The page
(`templates/documents/<template>.html`), the PDF (`<template>.typ`) and, where there is one, the
Word template draw the same dictionary.
"""

from advocacy.documents.assignment_letters import ASSIGNMENT_LETTER, assignment_letter_to_keep
from advocacy.documents.attendance_sheets import ATTENDANCE_SHEET, FILLED_ATTENDANCE_SHEET
from advocacy.documents.handovers import HANDOVER
from advocacy.documents.invitations import INVITATION, invitation_to_keep
from advocacy.documents.minutes import MINUTES
from advocacy.documents.visit_reports import VISIT_REPORT

#: The documents of a meeting, in the order in which they are needed.
OF_MEETING = (INVITATION, ATTENDANCE_SHEET, FILLED_ATTENDANCE_SHEET, MINUTES)
OF_REALISATION = (HANDOVER,)
OF_TRIP = (ASSIGNMENT_LETTER,)
OF_VISIT = (VISIT_REPORT,)

#: Those whose Word template a team may replace.
WITH_WORD = tuple(document for document in (*OF_MEETING, *OF_TRIP) if document.word)

#: {letter: function that returns what is kept of it, or None: it lacks something}
LETTERS_TO_KEEP = {
    INVITATION.slug: invitation_to_keep,
    ASSIGNMENT_LETTER.slug: assignment_letter_to_keep,
}

__all__ = ["LETTERS_TO_KEEP", "OF_MEETING", "OF_REALISATION", "OF_TRIP", "OF_VISIT", "WITH_WORD"]
