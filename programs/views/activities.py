"""The activities of a plan: written while it is on the desk, read with what came of them always."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from programs.actions import remove_activity, save_activity
from programs.activity_logs import name_logs
from programs.forms.activities import AchievementForm, ActivityForm
from programs.models import (
    Achievement,
    BudgetLine,
    Expense,
    FundingSource,
    PlannedActivity,
    WorkPlan,
)
from programs.models.activities import COUNTED_BY_ITSELF, LOGS_WORDS, REPORTS, quarters_due
from programs.months import months_text
from programs.plan_versions import ROLE_LABELS, WAYS, version_now
from programs.progress import PlanProgress
from programs.views.plans import back_to_closed, title_in_plan, trail_to
from sinergi.kit.pagination import KeysetPage
from sinergi.kit.views import (
    RecordCreate,
    RecordDelete,
    RecordDetail,
    RecordHistory,
    RecordUpdate,
)

ROWS_PER_PAGE = 25  # logs, achievements and expenses on a page of an activity


class ActivityPage:
    model = PlannedActivity
    section = "plans"
    related = ("plan__team__province", "regency", "village", "person_in_charge")

    @property
    def plan(self):
        return self.get_page_record().plan

    def get_parents(self):
        return trail_to(
            None if self.plan._state.adding else self.plan
        )  # it may be gone, with its activities


class ActivityFormPage(ActivityPage):
    form_class = ActivityForm
    template_name = "programs/activity_form.html"
    searches_choices = True

    def get_early_response(self):
        return back_to_closed(self.plan, self.request)

    def get_cancel_url(self):
        return self.plan.get_absolute_url()

    def save(self, form):
        return save_activity(
            activity=form.instance, budget=form.budget, by=self.request.user, **form.sent
        )

    def get_success_url(self):
        if "lagi" in self.request.POST:
            create = reverse("programs:activity_create", args=[self.object.plan_id])
            return f"{create}?peran={self.object.role}"
        return self.object.place_in_plan

    def get_context_data(self, **kwargs):
        plan = self.plan
        context = super().get_context_data(plan=plan, **kwargs)
        if not context["form"].sources:
            context["offer"] = FundingSource.objects.to_copy(plan.team_id, plan.year)
        return context


class ActivityCreate(ActivityFormPage, RecordCreate):
    title = "Tambah kegiatan"

    @cached_property
    def plan(self):
        plans = WorkPlan.objects.visible_to(self.request.user).select_related("team__province")
        return self.check_object_permission(get_object_or_404(plans, pk=self.kwargs["plan"]))

    def new_object(self):
        return PlannedActivity(plan=self.plan)

    def get_initial(self):
        role = self.request.GET.get("peran")
        return super().get_initial() | (
            {"role": role} if role in map(str, PlannedActivity.Role.values) else {}
        )


class ActivityUpdate(ActivityFormPage, RecordUpdate):
    crumb = "Ubah"


class ActivityRemove(ActivityPage, RecordDelete):
    question = "Hapus kegiatan “{record}”?"
    explanation = (
        "Kegiatan ini keluar dari rencana. Riwayat dan catatan tinjauannya tetap tersimpan."
    )
    crumb = button = "Hapus kegiatan"
    done = "Kegiatan dihapus dari rencana."
    history_name = "programs:activity_history"

    def get_early_response(self):
        return back_to_closed(self.plan, self.request)

    def perform(self, version):
        remove_activity(activity=self.record, by=self.request.user, version=version)


class ActivityDetail(ActivityPage, RecordDetail):
    """One activity with its logs, what was spent on it, and what is said about it."""

    template_name = "programs/activity_detail.html"

    def get_context_data(self, **kwargs):
        activity, user = self.object, self.request.user
        plan = activity.plan
        version = version_now(plan)
        progress = PlanProgress(plan, version, alone=activity.pk)[activity.pk]
        logs = Paginator(progress.logs, ROWS_PER_PAGE).get_page(self.request.GET.get("catatan"))
        achievements = activity.achievements.all()
        expenses = activity.expenses.select_related("source")
        may = {
            name: user.has_perm(f"programs.{name}", activity)
            for name in (
                "change_plannedactivity",
                "delete_plannedactivity",
                "add_expense",
                "add_achievement",
            )
        }
        return super().get_context_data(
            activity=activity,
            plan=plan,
            progress=progress,
            item=progress.item,
            logs=logs,
            named_logs=name_logs(plan.team, logs),
            logs_word=LOGS_WORDS.get(progress.source),
            quarters=(
                quarters_due(plan.year, progress.item.months) if progress.source == REPORTS else ()
            ),
            months=months_text(progress.item.months),
            role=ROLE_LABELS[progress.item.role],
            way=WAYS[progress.item.way],
            expenses=KeysetPage(
                expenses, self.request.GET, order=("-spent_on", "-id"), size=ROWS_PER_PAGE
            ),
            achievements=Paginator(achievements, ROWS_PER_PAGE).get_page(
                self.request.GET.get("capaian")
            ),
            may=may,
            **kwargs,
        )


class ActivityHistory(ActivityPage, RecordHistory):
    def get_histories(self):
        rows = [
            model.history.filter(activity=self.object.pk)
            for model in (BudgetLine, Expense, Achievement)
        ]
        return [*super().get_histories(), *rows]

    def title_of(self, row, name):
        return title_in_plan(row, name)


# What is noted by hand, where no log counts -----------------------------------------------------
class ActivityRelatedPage:
    """Base of the pages on what is noted for one activity, that of the record or of the URL."""

    section = "plans"
    related = ("activity__plan__team__province",)
    record_in_trail = False

    @cached_property
    def activity(self):
        if record := self.get_page_record():
            return record.activity
        rows = PlannedActivity.objects.visible_to(self.request.user).select_related(
            "plan__team__province"
        )
        return self.check_object_permission(get_object_or_404(rows, pk=self.kwargs["activity"]))

    def new_object(self):
        return self.model(activity=self.activity)

    def get_parents(self):
        return [
            *trail_to(self.activity.plan),
            (str(self.activity), self.activity.get_absolute_url()),
        ]

    def get_success_url(self):
        return self.activity.get_absolute_url()

    def get_history_key(self):
        """Return the activity's: its history tells this one's too."""
        return self.activity.pk


class AchievementCreate(ActivityRelatedPage, RecordCreate):
    model = Achievement
    form_class = AchievementForm
    title = crumb = "Catat capaian"
    success_message = "Capaian dicatat."

    def get(self, request, *args, **kwargs):
        if self.activity.is_logged:
            messages.warning(request, COUNTED_BY_ITSELF)
            return HttpResponseRedirect(self.activity.get_absolute_url())
        return super().get(request, *args, **kwargs)


class AchievementUpdate(ActivityRelatedPage, RecordUpdate):
    model = Achievement
    form_class = AchievementForm
    crumb = "Ubah capaian"


class AchievementDelete(ActivityRelatedPage, RecordDelete):
    model = Achievement
    history_name = "programs:activity_history"
    question = "Hapus {record}?"
    explanation = "Kemajuan kegiatannya dihitung ulang. Riwayatnya tetap tersimpan."
    crumb = button = "Hapus capaian"
    done = "Capaian dihapus."
