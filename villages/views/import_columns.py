"""Page of an import's columns."""

import dataclasses

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import FormView

from sinergi.kit.models import StaleRecord
from villages.forms.import_columns import ColumnsForm
from villages.forms.imports import TOO_LONG
from villages.imports import batches
from villages.imports.columns import read_layout
from villages.models import ImportBatch
from villages.views.imports import DraftPage


class ImportColumns(DraftPage, FormView):
    """Sheet, header and columns, where they were not recognised or were recognised wrongly."""

    form_class = ColumnsForm
    crumb = "Kolom"
    title = "Pasangkan kolom"
    template_name = "villages/import_columns.html"
    has_actions = True

    def get_early_response(self):
        return None if self.batch.state == ImportBatch.State.DRAFT else redirect(self.batch)

    def get_parents(self):
        return [*super().get_parents(), (self.batch.file_name, self.batch.get_absolute_url())]

    @cached_property
    def read(self):
        return batches.sheets_of(self.batch)

    def get_form_kwargs(self):
        layout = batches.layout_of(self.batch, self.read)
        return super().get_form_kwargs() | {
            "batch": self.batch,
            "read": self.read,
            "layout": layout,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(batch=self.batch, **kwargs)

    def form_valid(self, form):
        batch, chosen = self.batch, form.cleaned_data
        if self.read[chosen["sheet"]].more:
            form.add_error("sheet", TOO_LONG)
            return self.form_invalid(form)
        if form.rereads:
            header = chosen["header"] if chosen["sheet"] == batch.sheet else None
            named = batches.remembered_columns(batch)
            layout = read_layout(
                self.read[chosen["sheet"]], header=header, remembered=named, number=chosen["sheet"]
            )
        else:
            layout = dataclasses.replace(form.layout, fields=form.chosen)
        # What the title of another sheet or header says comes anew, unless a person has just said
        # otherwise.
        for name in ("year", "regency"):
            setattr(
                batch, name, chosen[name] if not form.rereads or name in form.changed_data else None
            )
        batches.use_layout(batch, layout, self.read, hear_title=form.rereads)
        try:
            batch.save_as(by=self.request.user, version=chosen["version"])
        except StaleRecord:
            return self.stale(form)
        if form.rereads:
            messages.success(self.request, "Kolom dibaca ulang. Periksa pasangannya.")
            return redirect("villages:import_columns", batch.pk)
        return redirect(batch)

    def stale(self, form):
        """
        Show both versions side by side, because somebody else has saved first; the next save is a
        decision.
        """
        saved = ImportBatch.objects.get(pk=self.batch.pk)
        if saved.state != ImportBatch.State.DRAFT:
            return redirect(saved)
        form.data = form.data.copy()
        form.data["version"] = saved.version
        conflict = form.differences(saved)
        return self.render_to_response(
            self.get_context_data(form=form, conflict=conflict, saved=saved), status=409
        )

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
