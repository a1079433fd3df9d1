"""
The bases of the pages. A concrete view is a few declarative lines:

    class LibraryList(RecordList):
        model = Library
        filterset_class = LibraryFilter
        order = ("name", "id")

Each asks the same two questions: may this person do this at all (else 403), and does the record lie
where they may see it (else it does not exist: 404).
"""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.views import View
from django.views.generic import CreateView, DetailView, FormView, TemplateView, UpdateView

from sinergi.kit import uploads
from sinergi.kit.forms import ConfirmForm
from sinergi.kit.history import HistoryPage, get_deleted, title_of
from sinergi.kit.models import (
    Duplicate,
    FrozenRecord,
    StaleRecord,
    broken_constraint,
    constraint_message,
    deadlock_as_conflict,
    told_by_references,
)
from sinergi.kit.pagination import KeysetPage
from sinergi.kit.transitions import TransitionError

#: Of a message: what the last form sent has arrived, so its draft goes (static/js/page.js).
DRAFT_SENT = "draft-sent"
GONE = (
    "sudah dihapus atau digabungkan orang lain, sehingga isian ini tidak dapat disimpan. Salin yang"
    " masih Anda perlukan."
)
CHANGED = "Isinya berubah sejak halaman ini dibuka. Baca lagi, lalu ulangi."


class PageMixin:
    """
    What every page has: a title, the entry of the menu it stands under, and the trail that leads to
    it.
    """

    title = ""
    crumb = ""  # the page's name at the end of the trail, where the title is long
    section = ""  # key of the menu entry (sinergi.home.context.MENU)
    has_actions = False  # a form or minutes: its own bar replaces the bottom bar on a phone

    def get_title(self):
        return self.title

    def get_trail(self):
        """(label, url) of the pages above this one."""
        return []

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


class ModelPermissionMixin(PageMixin):
    """
    A page on one model: `action` names the permission it takes ("view", "change", "approve", …).
    """

    model = None
    action = "view"

    @property
    def permission(self):
        return f"{self.model._meta.app_label}.{self.action}_{self.model._meta.model_name}"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return self.model._default_manager.visible_to(self.request.user)

    def get_page_record(self):
        """The stored record that the page is about, or None: on a list, or where one is made."""
        record = getattr(self, "object", None)
        return record if record and record.pk else None

    def check_object_permission(self, record):
        """
        The record, if the page's permission reaches it; visible but out of the permission's reach
        is 403.
        """
        if not self.request.user.has_perm(self.permission, record):
            raise PermissionDenied
        return record


def search_terms(request, name="cari"):
    """A few words of the query string to look for."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:100]


class RecordList(ModelPermissionMixin, TemplateView):
    """A filtered list, paged by key. `order` is the two sort columns (sinergi.kit.pagination)."""

    filterset_class = None
    order = ("name", "id")
    page_size = 50

    def get_template_names(self):
        return [f"{self.model._meta.app_label}/{self.model._meta.model_name}_list.html"]

    def get_context_data(self, **kwargs):
        self.filterset = self.filterset_class(
            self.request.GET, self.get_queryset(), request=self.request
        )
        page = KeysetPage(
            self.filterset.qs, self.request.GET, order=self.order, size=self.page_size
        )
        return super().get_context_data(page=page, filterset=self.filterset, **kwargs)


class RecordDetail(ModelPermissionMixin, DetailView):
    def get_title(self):
        return str(self.object)


class RecordHistory(RecordDetail):
    """
    Who changed what, old and new, a page at a time. A record with rows of its own adds their
    histories in `get_histories` and names them in `title_of`. What was deleted is read on as it was
    last, by whoever could see it.
    """

    template_name = "generic/history.html"
    crumb = "Riwayat"
    hidden_columns = frozenset()
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

    def get_histories(self):
        return [self.model.history.filter(id=self.object.pk)]

    def title_of(self, row, name):
        return title_of(row)

    def sentence(self, row, name, verb):
        return f"{self.title_of(row, name)} {verb}"

    def get_context_data(self, **kwargs):
        page = HistoryPage(
            *self.get_histories(),
            params=self.request.GET,
            sentence=self.sentence,
            hidden_columns=self.hidden_columns,
        )
        own = (str(self.object), self.object.get_absolute_url())
        trail = [step for step in self.get_trail() if step != own]
        trail = trail if self.is_deleted else [*trail, own]
        return super().get_context_data(
            page=page, trail=trail, is_deleted=self.is_deleted, **kwargs
        )


class KeptFile(ModelPermissionMixin, View):
    """
    The file of one version of a record, replaced or deleted since, for whoever may see the record,
    or could.
    """

    def get(self, request, pk):
        row = get_object_or_404(self.model.history.exclude(file=""), pk=pk)
        if not (
            self.get_queryset().filter(pk=row.id).exists()
            or get_deleted(request.user, self.model, row.id)
        ):
            raise Http404
        return uploads.serve_file_of(row.instance)


class SaveMixin(ModelPermissionMixin):
    """
    Saving a RecordForm: sent twice is one record, and a stale copy is refused with both versions
    shown.
    """

    has_actions = True
    success_message = ""

    def form_valid(self, form):
        try:
            with deadlock_as_conflict():
                self.object = self.save(form)
        except Duplicate as duplicate:
            return self.render_duplicate(form, duplicate.record)
        except StaleRecord as stale:
            if not isinstance(stale.record, self.model):
                form.add_error(
                    None, f"{stale.record} baru saja diubah orang lain. Periksa lagi, lalu simpan."
                )
                return self.form_invalid(form)
            return self.stale(form, stale)
        except (FrozenRecord, TransitionError) as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        except IntegrityError as error:
            self.add_constraint_error(form, error)
            return self.form_invalid(form)
        return self.saved(self.object)

    def render_duplicate(self, form, record):
        """
        This sending has made a record already: done, unless it says something else now (a page gone
        back to and written anew). Then it is shown again as what it is, the next record.
        """
        if form.matches(record):
            return self.saved(record)
        form.data = form.data.copy()
        form.data[form.add_prefix("idempotency_key")] = str(uuid.uuid4())
        form.prepare_redisplay()
        form.add_error(
            None,
            f"Kiriman sebelumnya sudah tersimpan: {record}. Simpan lagi hanya bila isian ini memang"
            " data lain.",
        )
        return self.render_to_response(self.get_context_data(form=form), status=409)

    def saved(self, record):
        self.object = record
        messages.success(self.request, self.success_message or f"{record} disimpan.", DRAFT_SENT)
        return HttpResponseRedirect(self.get_success_url())

    def save(self, form):
        """
        Write what the form holds; a page that writes more than one record calls an action here.
        """
        return form.save_as(by=self.request.user)

    def add_constraint_error(self, form, error):
        """The broken constraint's own words, beside the field it is about."""
        broken = broken_constraint(error, self.model)
        columns = [*getattr(broken, "fields", ()), *getattr(broken, "only", ())]
        field = next((name for name in columns if name in form.fields), None)
        form.add_error(field, constraint_message(error, self.model))

    def stale(self, form, stale):
        """
        Show the form again with the person's own text, beside what is stored now; the next save is
        a decision.
        """
        saved = self.model._base_manager.filter(pk=stale.record.pk).first()
        if saved is None:
            return self.gone(form)
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = saved.version
        form.prepare_redisplay()
        context = self.get_context_data(form=form, conflict=form.differences(saved), saved=saved)
        return self.render_to_response(context, status=409)

    def gone(self, form):
        """
        Show the form again, to be copied from: the record was deleted while it was being written.
        """
        form.prepare_redisplay()
        form.add_error(None, f"Data ini {GONE}")  # its name may be what was typed
        trail = self.get_trail()[:1]
        back = trail[0][1] if trail else "/"
        context = self.get_context_data(form=form) | {
            "gone": True,
            "trail": trail,
            "cancel_url": back,
        }
        return self.render_to_response(context, status=409)

    def form_invalid(self, form):
        form.prepare_redisplay()
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RecordCreate(SaveMixin, CreateView):
    action = "add"
    template_name = "generic/form.html"

    def form_invalid(self, form):
        """
        What this very sending has stored already is not held against it: a name that is taken by
        its own record.
        """
        try:
            self.model.refuse_duplicate(
                by=self.request.user, idempotency_key=form.cleaned_data.get("idempotency_key")
            )
        except Duplicate as duplicate:
            return self.render_duplicate(form, duplicate.record)
        return super().form_invalid(form)


class RecordUpdate(SaveMixin, UpdateView):
    action = "change"
    template_name = "generic/form.html"

    def get_object(self, queryset=None):
        try:
            return self.check_object_permission(super().get_object(queryset))
        except Http404:
            if self.request.method == "POST":
                return self.get_deleted_object()
            raise

    def get_deleted_object(self):
        """
        The record as it was when it was deleted, so that what was typed meanwhile is not lost;
        Http404 out of scope.
        """
        record = get_deleted(self.request.user, self.model, self.kwargs["pk"], self.permission)
        if record is None:
            raise Http404
        record._state.adding = (
            False  # a save is a change, which finds no row; it never brings the record back
        )
        return record

    def get_title(self):
        return f"Ubah {self.object}"


class TransitionView(ModelPermissionMixin, FormView):
    """
    Ask, then call one transition method of the record: `transition = "approve"`.

    The confirmation carries the version that was shown, so nobody approves a text they have not
    seen.
    """

    transition = ""
    form_class = ConfirmForm
    template_name = "generic/confirm.html"
    question = explanation = button = done = ""
    danger = False
    #: Whether the same page may be sent again once the change is told; not where somebody answers
    #: for a text.
    may_resend = False
    has_actions = True

    @cached_property
    def record(self):
        return self.check_object_permission(
            get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        )

    def get_page_record(self):
        return self.record

    def get_initial(self):
        return {"version": self.record.version}

    def get_title(self):
        return self.question.format(record=self.record)

    def get_trail(self):
        return [(str(self.record), self.record.get_absolute_url())]

    def get_context_data(self, **kwargs):
        return super().get_context_data(record=self.record, **kwargs)

    def perform(self, **sent):
        getattr(self.record, self.transition)(by=self.request.user, **sent)

    def form_valid(self, form):
        try:
            with deadlock_as_conflict():
                self.perform(**form.cleaned_data)
        except StaleRecord:
            # By the address: a deletion that was taken back has emptied the key of the record at
            # hand.
            saved = self.model._base_manager.filter(pk=self.kwargs["pk"]).first()
            form.add_error(None, CHANGED if saved else f"{self.record} {GONE}")
            if saved and self.may_resend:
                form.data = form.data.copy()
                form.data["version"] = saved.version
        except (TransitionError, FrozenRecord) as refused:
            form.add_error(None, str(refused))
        except ProtectedError as error:
            form.add_error(None, told_by_references(error.protected_objects))
        except IntegrityError as error:
            form.add_error(None, constraint_message(error, self.model))
        else:
            messages.success(self.request, self.get_done(), DRAFT_SENT)
            return HttpResponseRedirect(self.get_success_url())
        return self.form_invalid(form)

    def get_done(self):
        return self.done.format(record=self.record)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_url(self):
        return self.record.get_absolute_url()


class RecordDelete(TransitionView):
    """
    Ask, then delete; the version that was shown is the one that goes. What cannot be deleted says
    why instead of asking (`Record.why_kept`). Its history stays, on the page `history_name` of
    itself or of what it belonged to (`get_history_key`); what is told afterwards leads there.
    """

    action = "delete"
    template_name = "generic/delete.html"
    danger = True
    history_name = ""

    @cached_property
    def why_kept(self):
        return (
            self.record.why_kept() if self.record.pk else ""
        )  # a deletion that was taken back has emptied the key

    def get_title(self):
        return f"Belum dapat dihapus: {self.record}" if self.why_kept else super().get_title()

    def get_history_key(self):
        return self.kwargs["pk"]

    def get_done(self):
        url = reverse(self.history_name, args=[self.get_history_key()])
        return format_html('{} <a href="{}">Lihat riwayatnya</a>', super().get_done(), url)

    def perform(self, version):
        self.record.delete_as(by=self.request.user, version=version)
