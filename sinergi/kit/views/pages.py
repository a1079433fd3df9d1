"""Base views that read: what every page has, lists, one record, its history and its files."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import DetailView, TemplateView

from sinergi.kit import uploads
from sinergi.kit.deleted import get_deleted
from sinergi.kit.history import HistoryPage, title_of
from sinergi.kit.pagination import KeysetPage
from sinergi.kit.views.downloads import DownloadMixin


class PageMixin:
    """
    What every page has: who may open it, a title, the entry of the menu it stands under, and the
    trail that leads to it.

    `action` names the permission on `model` that it takes ("view", "change", "approve", …). A page
    on no model says `permission = None`: it is open to every account.
    """

    title = ""
    crumb = ""  # the page's name at the end of the trail, where the title is long
    section = ""  # key of the menu entry (sinergi.home.context.MENU)
    has_actions = False  # a form or minutes: its own bar replaces the bottom bar on a phone
    model = None
    action = "view"
    related = ()  # read along with each record
    parent = None  # (label, URL name) of the list that the page stands under
    #: False: the record has no page of its own, or its pages stand under the list
    record_in_trail = True

    @property
    def permission(self):
        return f"{self.model._meta.app_label}.{self.action}_{self.model._meta.model_name}"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            if self.permission and not request.user.has_perm(self.permission):
                raise PermissionDenied
            if response := self.get_early_response():
                return response
        return super().dispatch(request, *args, **kwargs)

    def get_early_response(self):
        """
        Return what is answered instead of the page, or None: something has to come before it, or
        its time is over.
        """
        return

    def get_queryset(self):
        rows = self.model._default_manager.visible_to(self.request.user)
        return rows.select_related(*self.related) if self.related else rows

    def get_page_record(self):
        """
        Return the stored record that the page is about, or None: on a list, or where one is made.
        """
        record = getattr(self, "object", None)
        return record if record and record.pk else None

    def check_object_permission(self, record):
        """
        Return the record, if the page's permission reaches it; visible but out of the permission's
        reach is 403.
        """
        if not self.request.user.has_perm(self.permission, record):
            raise PermissionDenied
        return record

    def get_title(self):
        return self.title

    def get_parents(self):
        """Return (label, url) of the pages above the record's own."""
        if not self.parent:
            return []
        label, url_name = self.parent
        return [(label, reverse(url_name))]

    def get_trail(self):
        """
        Return (label, url) of the pages above this one: a page with a `crumb` stands under the
        record's own.
        """
        trail, record = self.get_parents(), self.get_page_record()
        if (
            self.crumb and self.record_in_trail and record and record.pk
        ):  # a deletion that was taken back has emptied it
            trail.append((str(record), record.get_absolute_url()))
        return trail

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{
                "title": self.get_title(),
                "crumb": self.crumb or self.get_title(),
                "section": self.section,
                "trail": self.get_trail(),
                "has_actions": self.has_actions,
            }
            | kwargs
        )


def search_terms(request, name="cari"):
    """Return a few words of the query string to look for."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:100]


class RecordList(DownloadMixin, PageMixin, TemplateView):
    """
    A filtered list, paged by key and downloaded whole. `order` is the two sort columns
    (sinergi.kit.pagination), `columns` what a download tells of each row (sinergi.kit.columns).
    """

    filterset_class = None
    page_size = 50

    def get_queryset(self):
        return super().get_queryset().for_list()

    @cached_property
    def filterset(self):
        return self.filterset_class(self.request.GET, self.get_queryset(), request=self.request)

    def get_listed(self):
        return self.filterset.qs

    def get_template_names(self):
        return [
            self.template_name
            or f"{self.model._meta.app_label}/{self.model._meta.model_name}_list.html"
        ]

    def get_context_data(self, **kwargs):
        page = KeysetPage(
            self.get_listed(), self.request.GET, order=self.order, size=self.page_size
        )
        may_add = self.request.user.has_perm(
            f"{self.model._meta.app_label}.add_{self.model._meta.model_name}"
        )
        return super().get_context_data(
            **{"page": page, "filterset": self.filterset, "may_add": may_add}
            | ({} if page.rows else {"downloads": []})
            | kwargs
        )


class RecordDetail(PageMixin, DetailView):
    """
    The page of one record. `permitted_actions`: what the template asks for as `may`, each a
    permission on the record.
    """

    permitted_actions = ()

    def get_title(self):
        return str(self.object)

    def get_record_url(self):
        """Return the whole address of the record's page, for what leaves the portal."""
        return self.request.build_absolute_uri(self.object.get_absolute_url())

    def get_permitted_actions(self):
        app, name = self.model._meta.app_label, self.model._meta.model_name
        may = self.request.user.has_perm
        return {
            action: may(f"{app}.{action}_{name}", self.object) for action in self.permitted_actions
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"may": self.get_permitted_actions()} | kwargs)


class RecordHistory(RecordDetail):
    """
    Who changed what, old and new, a page at a time. A record with rows of its own adds their
    histories in `get_histories` and names them in `title_of`. What was deleted is read on as it was
    last, by whoever could see it.
    """

    template_name = "generic/history.html"
    crumb = "Riwayat"
    hidden_columns = frozenset()
    labels = {}  # {column: its name}, where the model has another
    is_deleted = False

    def get_object(self, queryset=None):
        try:
            return super().get_object(queryset)
        except Http404:
            record = get_deleted(self.request.user, self.model, self.kwargs["pk"], self.permission)
            if record is None:
                raise
            self.is_deleted = True
            return record

    def get_title(self):
        return f"Riwayat {self.object}"

    def get_trail(self):
        own = (str(self.object), self.object.get_absolute_url())
        return self.get_parents() if self.is_deleted else [*self.get_parents(), own]

    def get_histories(self):
        return [self.model.history.filter(id=self.object.pk)]

    def title_of(self, row, name):
        return title_of(row)

    def get_tellers(self):
        """
        Return {column: function} of columns that hold many things, each of which tells what became
        of them (HistoryPage).
        """
        return {}

    def get_covers(self):
        """Return {column: function} of columns of which not every value is shown (HistoryPage)."""
        return {}

    def sentence(self, row, name, verb):
        return f"{self.title_of(row, name)} {verb}"

    def get_context_data(self, **kwargs):
        page = HistoryPage(
            *self.get_histories(),
            params=self.request.GET,
            sentence=self.sentence,
            hidden_columns=self.hidden_columns,
            tellers=self.get_tellers(),
            labels=self.labels,
            covers=self.get_covers(),
        )
        return super().get_context_data(page=page, is_deleted=self.is_deleted, **kwargs)


class FileView(PageMixin, View):
    """Serve the file of a record, by its random key, to whoever may see the record."""

    column = "file"  # or "thumbnail": its small picture

    def get(self, request, key):
        return uploads.serve_file_of(get_object_or_404(self.get_queryset(), key=key), self.column)


class KeptFile(PageMixin, View):
    """
    Serve the file of one version of a record, replaced or deleted since, to whoever may see the
    record, or could.
    """

    def is_shown(self, row):
        """Return whether the file of this version may be read still."""
        return True

    def get(self, request, pk):
        row = get_object_or_404(self.model.history.exclude(file=""), pk=pk)
        if not self.is_shown(row) or not (
            self.get_queryset().filter(pk=row.id).exists()
            or get_deleted(request.user, self.model, row.id)
        ):
            raise Http404
        return uploads.serve_file_of(row.instance)
