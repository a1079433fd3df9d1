"""The villages of an imported list enter the expansion, all of them at one stage."""

from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView

from advocacy.actions.expansion_imports import open_cases
from advocacy.expansion_stages import Stage
from advocacy.forms.expansion_imports import ExpansionImportForm
from advocacy.models import ExpansionCase
from sinergi.kit import bulk
from sinergi.kit.database_errors import constraint_message, deadlock_as_conflict
from sinergi.kit.dates import today_in
from sinergi.kit.models import StaleRecord
from sinergi.kit.text import thousands
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import CHANGED, DRAFT_SENT, PageMixin, StoredRedirect
from villages.models import ImportBatch, Village

SHOWN = 50  # villages on the page
NOTHING_LEFT = "Semua desa pada daftar ini sudah mempunyai catatan perluasan."


class ExpansionImport(PageMixin, FormView):
    """
    Ask at which stage the villages of the list stand that have no case yet, and write them. Sent
    twice, there are none left.
    """

    model = ExpansionCase
    action = "add"
    section = "libraries"
    title = crumb = "Catat perluasan dari daftar"
    template_name = "advocacy/expansion_import.html"
    form_class = ExpansionImportForm
    has_actions = True

    def get(self, request, *args, **kwargs):
        return super().get(request) if self.villages else self.nothing_left()

    def post(self, request, *args, **kwargs):
        return super().post(request) if self.villages else self.nothing_left()

    def nothing_left(self):
        messages.info(self.request, NOTHING_LEFT)
        return redirect(self.batch)

    @cached_property
    def batch(self):
        rows = ImportBatch.objects.visible_to(self.request.user).of_villages()
        return get_object_or_404(rows, pk=self.kwargs["batch"], state=ImportBatch.State.APPLIED)

    @cached_property
    def villages(self):
        """Return the villages of the list without a case, where this account may open one."""
        rows = Village.objects.visible_to(self.request.user, self.permission).filter(
            gone_in="", expansion_case__isnull=True, province__team__isnull=False
        )
        rows = rows.select_related("district", "regency", "province")
        found = []
        for part in bulk.parts(self.batch.village_codes()):
            found += rows.filter(pk__in=part)
        return sorted(found, key=lambda village: village.pk)

    @property
    def today(self):
        """Return the day that has come in all of their zones."""
        return min(today_in(zone) for zone in {row.province.time_zone for row in self.villages})

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.today}

    def get_initial(self):
        told = [self.batch.file_name, self.batch.source]
        return super().get_initial() | {"note": f"Daftar: {', '.join(filter(None, told))}."}

    def form_valid(self, form):
        try:
            with deadlock_as_conflict():
                number = open_cases(
                    villages=self.villages,
                    batch=self.batch,
                    by=self.request.user,
                    **form.cleaned_data,
                )
        except TransitionError as refused:
            form.add_error(None, str(refused))
        except IntegrityError as error:
            form.add_error(None, constraint_message(error, ExpansionCase))
            del self.villages  # some of them have a case by now
        except StaleRecord:
            form.add_error(None, CHANGED)
        else:
            stage = Stage(form.cleaned_data["stage"]).label
            done = f"{thousands(number)} desa tercatat pada tahap {stage}."
            messages.success(self.request, done, DRAFT_SENT)
            return StoredRedirect(self.batch.get_absolute_url())
        return self.form_invalid(form)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_parents(self):
        above = ("Impor data", reverse("villages:import_list"))
        return [above, (str(self.batch), self.batch.get_absolute_url())]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            batch=self.batch,
            count=len(self.villages),
            villages=self.villages[:SHOWN],
            more=max(0, len(self.villages) - SHOWN),
            cancel_url=self.batch.get_absolute_url(),
            **kwargs,
        )
