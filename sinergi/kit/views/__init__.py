"""
The bases of the pages. A concrete view is a few declarative lines:

    class LibraryList(RecordList):
        model = Library
        title, section = "Perpustakaan", "libraries"
        filterset_class = LibraryFilter
        columns = (Column("Nama", "name"), page_column("villages:library_detail"))

Each asks the same two questions: may this person do this at all (else 403), and does the record lie
where they may see it (else it does not exist: 404). What a page says of itself, and what it may
answer otherwise:

    model, action, permission     who may open it
    related, get_queryset         the records within reach, and what is read along
    parent, get_parents           the pages above the record's own; with `crumb` they make the trail
    get_early_response            another answer instead of the page, before it begins
    get_page_record               the record that the page is about
    permitted_actions             what a record's page shows as `may`
    new_object, save              what a form starts from, and how it is written
    lead, get_cancel_url          what stands below a form's title, and where "Batal" leads
    searches_choices              the form's long lists can be looked through
    documents                     what is printed of the record (DocumentView)
    columns, get_listed           what the download of a list tells, and of which rows
    QueueableMixin, queue_kind    the form may be sent later, by the queue of a browser

The pages on one record share a few such lines in a class of their topic (`CommitmentPage`), which
stands first:

    class CommitmentUpdate(CommitmentPage, RecordUpdate):
        form_class = CommitmentForm
        crumb = "Ubah"

A list stands on top and takes only its `RecordList`. No view has more than five ancestors of our
own (tests/test_architecture.py).
"""

from sinergi.kit.views.documents import DocumentView
from sinergi.kit.views.downloads import DownloadMixin
from sinergi.kit.views.forms import (
    DRAFT_SENT,
    GONE,
    RecordCreate,
    RecordFormView,
    RecordUpdate,
    StoredRedirect,
)
from sinergi.kit.views.pages import (
    FileView,
    KeptFile,
    PageMixin,
    RecordDetail,
    RecordHistory,
    RecordList,
    search_terms,
)
from sinergi.kit.views.queue import QueueableMixin
from sinergi.kit.views.transitions import CHANGED, RecordDelete, TransitionView

__all__ = [
    "CHANGED",
    "DRAFT_SENT",
    "GONE",
    "DocumentView",
    "DownloadMixin",
    "FileView",
    "KeptFile",
    "PageMixin",
    "QueueableMixin",
    "RecordCreate",
    "RecordDelete",
    "RecordDetail",
    "RecordFormView",
    "RecordHistory",
    "RecordList",
    "RecordUpdate",
    "StoredRedirect",
    "TransitionView",
    "search_terms",
]
