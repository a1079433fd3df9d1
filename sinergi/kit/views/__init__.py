"""
The bases of the pages. A concrete view is a few declarative lines:

    class LibraryList(RecordList):
        model = Library
        filterset_class = LibraryFilter
        order = ("name", "id")

Each asks the same two questions: may this person do this at all (else 403), and does the record lie where they may
see it (else it does not exist: 404).
"""

from sinergi.kit.views.forms import DRAFT_SENT, GONE, RecordCreate, RecordFormView, RecordUpdate
from sinergi.kit.views.pages import FileView, KeptFile, PageMixin, RecordDetail, RecordHistory, RecordList, search_terms
from sinergi.kit.views.transitions import CHANGED, RecordDelete, TransitionView

__all__ = [
    "CHANGED",
    "DRAFT_SENT",
    "GONE",
    "FileView",
    "KeptFile",
    "PageMixin",
    "RecordCreate",
    "RecordDelete",
    "RecordDetail",
    "RecordFormView",
    "RecordHistory",
    "RecordList",
    "RecordUpdate",
    "TransitionView",
    "search_terms",
]
