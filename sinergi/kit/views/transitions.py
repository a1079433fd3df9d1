"""Base views that ask, then act: one transition of a record, or its deletion."""

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.views.generic import FormView

from sinergi.kit.database_errors import constraint_message, deadlock_as_conflict, references_message
from sinergi.kit.forms import ConfirmForm
from sinergi.kit.models import FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views.forms import DRAFT_SENT, GONE, StoredRedirect
from sinergi.kit.views.pages import PageMixin

CHANGED = "Isinya berubah sejak halaman ini dibuka. Baca lagi, lalu ulangi."


class TransitionView(PageMixin, FormView):
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
    is_stale = False  # what was sent is about an earlier version of the record
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

    def get_context_data(self, **kwargs):
        return super().get_context_data(record=self.record, **kwargs)

    def perform(self, **sent):
        getattr(self.record, self.transition)(by=self.request.user, **sent)

    def form_valid(self, form):
        try:
            with deadlock_as_conflict():
                self.perform(**form.cleaned_data)
        except StaleRecord:
            self.is_stale = True
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
            form.add_error(None, references_message(error.protected_objects))
        except IntegrityError as error:
            form.add_error(None, constraint_message(error, self.model))
        else:
            return self.saved()
        return self.form_invalid(form)

    def saved(self):
        messages.success(self.request, self.get_done(), DRAFT_SENT)
        return StoredRedirect(self.get_success_url())

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
    explanation = "Riwayatnya tetap tersimpan."
    danger = True
    history_name = ""

    @cached_property
    def why_kept(self):
        return (
            self.record.why_kept() if self.record.pk else ""
        )  # a deletion that was taken back has emptied the key

    def get_title(self):
        return f"Belum dapat dihapus: {self.record}" if self.why_kept else super().get_title()

    def get_success_url(self):
        """Return the last of the pages above the record's own."""
        return self.get_parents()[-1][1]

    def get_history_key(self):
        return self.kwargs["pk"]

    def get_done(self):
        url = reverse(self.history_name, args=[self.get_history_key()])
        return format_html('{} <a href="{}">Lihat riwayatnya</a>', super().get_done(), url)

    def perform(self, version):
        self.record.delete_as(by=self.request.user, version=version)
