"""Base views that create and change a record."""

import uuid

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import FormView

from sinergi.kit.database_errors import broken_constraint, constraint_message, deadlock_as_conflict
from sinergi.kit.deleted import get_deleted
from sinergi.kit.models import Duplicate, FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views.pages import PageMixin, search_terms

#: Of a message: what the last form sent has arrived, so its draft goes (static/js/page.js).
DRAFT_SENT = "draft-sent"
GONE = (
    "sudah dihapus atau digabungkan orang lain, sehingga isian ini tidak dapat disimpan. Salin yang"
    " masih Anda perlukan."
)


class StoredRedirect(HttpResponseRedirect):
    """Leads on from a form whose content is stored; no other redirect says that."""


class RecordFormView(PageMixin, FormView):
    """
    Save a RecordForm. Sent twice is one record, and a stale copy is refused with both versions
    shown.
    """

    template_name = "generic/form.html"
    has_actions = True
    success_message = ""
    lead = ""  # what stands below the title
    searches_choices = False  # the form's long lists can be looked through (`?cari=`)
    object = None

    def get_form_kwargs(self):
        words = {"words": search_terms(self.request)} if self.searches_choices else {}
        return super().get_form_kwargs() | {"instance": self.object} | words

    def get_cancel_url(self):
        """Return where "Batal" leads: to the last page of the trail."""
        trail = self.get_trail()
        return trail[-1][1] if trail else ""

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        shown = {"object": self.object, "lead": self.lead, "cancel_url": self.get_cancel_url()}
        return super().get_context_data(**shown | kwargs)

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
        Answer a submission that has made a record already: as done, unless it says something else
        now.

        That is a page gone back to and written anew; it is shown again as what it is, the next
        record.
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
        return StoredRedirect(self.get_success_url())

    def save(self, form):
        """
        Write what the form holds; a page that writes more than one record calls an action here.
        """
        return form.instance.save_submission(by=self.request.user, **form.sent)

    def add_constraint_error(self, form, error):
        """Show the message of the broken constraint beside the field it is about."""
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


class RecordCreate(RecordFormView):
    action = "add"

    def new_object(self):
        """Return the unsaved record that the form starts from; None: a blank one."""
        return

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.new_object()}

    def form_invalid(self, form):
        """
        Show the errors, unless this very submission has made a record already: a name would then
        be taken by its own record.
        """
        try:
            self.model.refuse_duplicate(
                by=self.request.user, idempotency_key=form.cleaned_data.get("idempotency_key")
            )
        except Duplicate as duplicate:
            return self.render_duplicate(form, duplicate.record)
        return super().form_invalid(form)


class RecordUpdate(RecordFormView):
    action = "change"

    @cached_property
    def object(self):
        try:
            return self.check_object_permission(
                get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
            )
        except Http404:
            if self.request.method == "POST":
                return self.get_deleted_object()
            raise

    def get_deleted_object(self):
        """
        Return the record as it was when it was deleted, so that what was typed meanwhile is not
        lost. Raises Http404 out of scope.
        """
        record = get_deleted(self.request.user, self.model, self.kwargs["pk"], self.permission)
        if record is None:
            raise Http404
        # A save is a change, which finds no row; it never brings the record back.
        record._state.adding = False
        return record

    def get_title(self):
        return f"Ubah {self.object}"
