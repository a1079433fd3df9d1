"""
Activities into a plan from a spreadsheet: read, checked, mended on the page, then all written or
none.
"""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import FormView

from programs.actions import add_activities
from programs.forms.plan_imports import PlanImportForm
from programs.models import BudgetLine, PlannedActivity, WorkPlan
from programs.views.plans import back_to_closed
from sinergi.kit.database_errors import constraint_message, deadlock_as_conflict
from sinergi.kit.models import Duplicate, FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import DRAFT_SENT, PageMixin


class PlanImport(PageMixin, FormView):
    """ "periksa" reads and shows; "tambahkan" writes, if what is read has no problem."""

    model = PlannedActivity
    action = "add"
    section = "plans"
    parent = ("Rencana kerja", "programs:plan_list")
    title = crumb = "Impor kegiatan"
    form_class = PlanImportForm
    template_name = "programs/plan_import.html"
    has_actions = True

    @cached_property
    def plan(self):
        plans = WorkPlan.objects.visible_to(self.request.user).select_related("team__province")
        return self.check_object_permission(get_object_or_404(plans, pk=self.kwargs["pk"]))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"plan": self.plan}

    def get_page_record(self):
        return self.plan

    def get_early_response(self):
        return back_to_closed(self.plan, self.request)

    def get_context_data(self, **kwargs):
        return super().get_context_data(plan=self.plan, **kwargs)

    def form_valid(self, form):
        read = form.read
        if self.request.POST.get("aksi") != "tambahkan" or read.problems:
            return self.render_to_response(
                self.get_context_data(form=form), status=422 if read.problems else 200
            )
        rows = [(row.activity, row.budget) for row in read.new_rows]
        if not rows:
            messages.info(self.request, "Semua kegiatan di lembar ini sudah ada.", DRAFT_SENT)
            return HttpResponseRedirect(self.plan.get_absolute_url())
        try:
            with deadlock_as_conflict():
                add_activities(
                    plan=self.plan, rows=rows, by=self.request.user, idempotency_key=form.sending
                )
        except Duplicate:
            pass  # this very sending has been stored already
        except (FrozenRecord, StaleRecord, TransitionError) as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        except IntegrityError as error:
            form.add_error(None, constraint_message(error, PlannedActivity, BudgetLine))
            return self.form_invalid(form)
        messages.success(self.request, f"{len(rows)} kegiatan ditambahkan.", DRAFT_SENT)
        return HttpResponseRedirect(self.plan.get_absolute_url())

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
