"""Noting down the signature of a decree."""

from contextlib import suppress

from django.shortcuts import get_object_or_404

from programs.actions import annex_of, record_signature
from programs.forms.signatures import SignatureForm
from programs.views.decrees import DecreePage
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import (
    CHANGED,
    TransitionView,
)


class DecreeSign(DecreePage, TransitionView):
    """
    Enter the signature, with its scan. A scan that has arrived is kept even when something else
    must be corrected.
    """

    action = "sign"
    form_class = SignatureForm
    template_name = "programs/signature_form.html"
    question = "Catat penetapan {record}"
    explanation = "Susunan tim dalam lampiran dibekukan, dan isi SK tidak dapat diubah lagi."
    crumb = button = "Catat penetapan"
    done = "Penetapan SK dicatat; lampirannya dibekukan."
    scan_is_kept = False

    def get_initial(self):
        return super().get_initial() | {
            "signed_in": self.record.team.seat,
            "signer": self.record.signer,
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"decree": self.record}

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=annex_of(self.record), **kwargs)

    def perform(self, version, **sent):
        version = self.keep_scan(self.sent_form, version)
        record_signature(
            decree=self.record, by=self.request.user, version=version, **self.sent_form.signature
        )

    def form_valid(self, form):
        self.sent_form = form
        return super().form_valid(form)

    def keep_scan(self, form, version):
        """Store the scan that came along, once; the version the page goes on with."""
        if form.safe and not self.scan_is_kept:
            self.record.keep_scan(form.safe, by=self.request.user, version=version)
            self.scan_is_kept = True
            version = self.record.version
        return version

    def form_invalid(self, form):
        """
        Keep the scan that came along, and go on with the decree as it is now: its annex is shown
        below the form.

        If the decree changed since the page was opened, that is said.
        """
        stored, seen = (
            get_object_or_404(self.get_queryset(), pk=self.record.pk),
            form.cleaned_data.get("version"),
        )
        if seen == stored.version:
            self.record = stored
            with suppress(StaleRecord, TransitionError):
                self.keep_scan(form, stored.version)
        elif not self.scan_is_kept and CHANGED not in form.non_field_errors():
            form.add_error(None, CHANGED)
        self.record = get_object_or_404(self.get_queryset(), pk=stored.pk)
        form.data = form.data.copy()
        form.data["version"] = self.record.version
        if self.record.file:
            form["scan"].help_text = SignatureForm.kept_text(self.record)
        return super().form_invalid(form)
