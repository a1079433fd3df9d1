"""
What the team prints of what happened: one module a document, each with the function that returns
its data.

A document's data are one dictionary of plain text, lists and flags. The page
(`templates/documents/<template>.html`), the PDF (`<template>.typ`) and, where there is one, the
Word template draw the same dictionary.
"""

from advocacy.documents.assignment_letters import ASSIGNMENT_LETTER
from advocacy.documents.attendance_sheets import ATTENDANCE_SHEET, FILLED_ATTENDANCE_SHEET
from advocacy.documents.handovers import HANDOVER
from advocacy.documents.invitations import INVITATION
from advocacy.documents.minutes import MINUTES
from advocacy.documents.visit_reports import VISIT_REPORT

#: The documents of a meeting, in the order in which they are needed.
OF_MEETING = (INVITATION, ATTENDANCE_SHEET, FILLED_ATTENDANCE_SHEET, MINUTES)
OF_REALISATION = (HANDOVER,)
OF_TRIP = (ASSIGNMENT_LETTER,)
OF_VISIT = (VISIT_REPORT,)

#: Those whose Word template a team may replace.
WITH_WORD = tuple(document for document in (*OF_MEETING, *OF_TRIP) if document.word)

__all__ = ["OF_MEETING", "OF_REALISATION", "OF_TRIP", "OF_VISIT", "WITH_WORD"]
