"""The work plan: its table, its months, what came of it, and its way to the chair."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.views import View
from django.views.generic import TemplateView

from programs.actions import create_plan, discard_plan, move_activity, save_note
from programs.documents import plan_pdf
from programs.forms.plans import PlanForm, PlanNoteForm
from programs.models import Achievement, BudgetLine, Expense, PlannedActivity, Team, WorkPlan
from programs.plan_export import plan_xlsx
from programs.plan_pages import (
    ACTIVITIES_PER_PAGE,
    coverage_today,
    plan_page,
    plan_rows,
    shown_activities,
)
from programs.plan_versions import version_in_force, version_now, version_of
from programs.progress import PlanProgress
from programs.spending import EXPENSE_COLUMNS, Spending
from programs.views.teams import team_or_404
from sinergi.kit.columns import ROW, Cell, Column, labels_of, page_column
from sinergi.kit.documents import pdf_response, requested_paper_size
from sinergi.kit.history import RowsUnder, keys_of, title_of
from sinergi.kit.models import FrozenRecord
from sinergi.kit.money import rupiah
from sinergi.kit.pagination import KeysetPage
from sinergi.kit.spreadsheets.write import xlsx_response
from sinergi.kit.text import parse_number
from sinergi.kit.views import (
    DownloadMixin,
    PageMixin,
    RecordCreate,
    RecordDelete,
    RecordDetail,
    RecordHistory,
    RecordUpdate,
)

OUTSIDE_SHOWN = 20  # meetings outside the plan, by name


class PlanPage:
    """A page on one plan, with the tabs that lead to its other pages."""

    model = WorkPlan
    section = "plans"
    parent = ("Rencana kerja", "programs:plan_list")
    related = ("team__province",)
    permitted_actions = ("change", "submit", "approve", "delete")


class PlanList(DownloadMixin, PlanPage, PageMixin, TemplateView):
    """Every plan one may see; a team makes one or two a year."""

    title = "Rencana kerja"
    template_name = "programs/plan_list.html"
    order = ("-starts_on", "-id")
    reads_whole_rows = True
    columns = (
        Column("Rencana", ROW, read=str),
        Column("Tim", "team__name"),
        Column("Provinsi", "team__province__name"),
        Column("Mulai", "starts_on", Cell.DATE),
        Column("Sampai", "ends_on", Cell.DATE),
        Column("Kegiatan", "n", Cell.NUMBER),
        Column("Anggaran (uang)", "cash", Cell.RUPIAH, about="rupiah, tanpa barang dan jasa"),
        Column("Status", "state", read=labels_of(WorkPlan.State)),
        page_column("programs:plan_detail", label="Halaman"),
    )

    def get_listed(self):
        return self.get_queryset().for_list()

    def get_context_data(self, **kwargs):
        visible = self.get_queryset()
        page = KeysetPage(self.get_listed(), self.request.GET, order=self.order)
        several = bool(page.rows) and visible.exclude(team=page.rows[0].team_id).exists()
        teams = Team.objects.visible_to(self.request.user, "programs.add_workplan")
        teams = list(teams.select_related("province").order_by("province")[:50])
        return super().get_context_data(page=page, teams=teams, several=several, **kwargs)


class PlanCreate(PlanPage, RecordCreate):
    title = "Susun rencana kerja"
    form_class = PlanForm

    def new_object(self):
        team = team_or_404(self.request.user, self.kwargs["team"])
        return WorkPlan(team=self.check_object_permission(team))

    def get_initial(self):
        copied = parse_number(self.request.GET.get("salin")) or None
        return super().get_initial() | {"copied": copied}

    def save(self, form):
        return create_plan(
            plan=form.instance,
            period=(form.cleaned_data["year"], form.cleaned_data["period"]),
            copied=form.cleaned_data["copied"],
            by=self.request.user,
            **form.sent,
        )


class PlanNote(PlanPage, RecordUpdate):
    """The introduction of the plan; its period stays."""

    form_class = PlanNoteForm
    crumb = "Pengantar"

    def get_early_response(self):
        return back_to_closed(self.object, self.request)

    def save(self, form):
        return save_note(plan=form.instance, was_read=form.is_of, by=self.request.user, **form.sent)

    def get_title(self):
        return f"Pengantar {self.object}"


class PlanReading(PlanPage, RecordDetail):
    """A page that reads the plan as it stands now, with what came of it so far."""

    def read(self, plan):
        self.submitted = plan.submitted
        return version_now(plan, self.submitted)

    def get_context_data(self, **kwargs):
        plan = self.object
        self.version = self.read(plan)
        self.progress = PlanProgress(plan, self.version)
        self.shown = shown_activities(self.version, self.request.GET)
        may = self.get_permitted_actions()
        editable = may["change"] and plan.is_editable
        return super().get_context_data(
            plan=plan,
            version=self.version,
            progress=self.progress,
            may=may,
            editable=editable,
            shown=self.shown,
            page=plan_page(plan, links=True, editable=editable),
            **kwargs,
        )


class PlanDetail(PlanReading):
    template_name = "programs/plan_detail.html"
    has_actions = True
    related = (*PlanPage.related, "submitted_by", "returned_by")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        plan, may = self.object, context["may"]
        return context | {
            "submitted": self.submitted,
            "missing": plan.missing_for_submission() if may["submit"] and plan.is_editable else [],
            "holding": (
                plan.holding if plan.approved_at and plan.state != plan.State.APPROVED else None
            ),
            "rows": plan_rows(self.version, self.progress, shown=self.shown),
            "page": context["page"] | {"coverage": coverage_today(plan.team, self.request.user)},
        }


class PlanMonths(PlanReading):
    """The plan as a strip of months, with what happened in each."""

    template_name = "programs/plan_months.html"
    crumb = "Per bulan"

    def get_title(self):
        return f"{self.object} per bulan"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        today = self.object.team.today
        now = today.month if self.object.starts_on <= today <= self.object.ends_on else 0
        rows = plan_rows(self.version, self.progress, shown=self.shown)
        return context | {"rows": rows, "page": context["page"] | {"now": now}}


class PlanOutcome(PlanReading):
    """The plan against what happened, and what happened outside it."""

    template_name = "programs/plan_outcome.html"
    crumb = "Realisasi"

    def get_title(self):
        return f"Realisasi {self.object}"

    def read(self, plan):
        """Return the version that holds, also while a revision of it is under way."""
        return version_in_force(plan) or version_now(plan)

    def get_context_data(self, **kwargs):
        plan = self.object
        outside = plan.team.meetings.outside_plans(plan.team, plan.starts_on, plan.ends_on)
        may_tie = self.request.user.has_perm("advocacy.change_meeting", plan)
        rows = list(outside[: OUTSIDE_SHOWN + 1])
        context = super().get_context_data(
            outside=rows[:OUTSIDE_SHOWN],
            more_outside=len(rows) > OUTSIDE_SHOWN,
            may_tie=may_tie,
            **kwargs,
        )
        return context | {"rows": [self.progress[item.id] for item in self.shown]}


class PlanSpending(DownloadMixin, PlanReading):
    """The budget and the expenses behind one number of the outcome."""

    template_name = "programs/plan_spending.html"
    crumb = "Rincian"
    order = ("-spent_on", "-id")
    columns = EXPENSE_COLUMNS

    def download(self, kind):
        self.object = self.get_object()
        self.progress = PlanProgress(self.object, self.read(self.object))
        return super().download(kind)

    def get_listed(self):
        return Spending(self.progress, self.request.GET).expenses

    def get_filter_words(self):
        return [("Pilihan", Spending(self.progress, self.request.GET).label)]

    def get_title(self):
        return f"Anggaran dan pengeluaran {self.object}"

    def get_trail(self):
        return [
            *super().get_trail(),
            ("Realisasi", reverse("programs:plan_outcome", args=[self.object.pk])),
        ]

    def read(self, plan):
        return version_in_force(plan) or version_now(plan)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        spending = Spending(self.progress, self.request.GET)
        shown = [
            "what",
            "spent_on",
            "amount",
            "activity__title",
            "source__kind",
            "source__name",
            "source__support",
        ]
        expenses = spending.expenses.select_related("activity", "source").only(*shown)
        expenses = KeysetPage(expenses, self.request.GET, order=self.order)
        budgets = {
            unit: (
                Paginator(pairs, ACTIVITIES_PER_PAGE).get_page(self.request.GET.get(unit)),
                whole,
            )
            for unit, (pairs, whole) in spending.budgets.items()
        }
        return context | {"spending": spending, "budgets": budgets, "page": expenses}


class PlanHistory(PlanPage, RecordHistory):
    """
    The history of the plan and its activities; a new order of these is told once, of the plan.
    """

    hidden_columns = frozenset({"order"})

    def get_histories(self):
        plan = self.object.pk
        keys = keys_of(PlannedActivity, plan=plan)
        rows = [RowsUnder(model, "activity", keys) for model in (BudgetLine, Expense, Achievement)]
        return [*super().get_histories(), PlannedActivity.history.filter(plan=plan), *rows]

    def title_of(self, row, name):
        return title_in_plan(row, name)


class PlanDiscard(PlanPage, RecordDelete):
    question = "Hapus {record}?"
    explanation = (
        "Rencana ini belum pernah diajukan. Kegiatan dan anggarannya ikut terhapus; riwayatnya"
        " tetap tersimpan."
    )
    crumb = button = "Hapus rencana"
    done = "Rencana kerja dihapus."
    history_name = "programs:plan_history"

    def perform(self, version):
        discard_plan(plan=self.record, by=self.request.user, version=version)


STEPS = {"naik": -1, "turun": 1}


class PlanOrder(PlanPage, PageMixin, View):
    """
    Move one activity: `geser` is its key with "-naik" or "-turun", or its key alone and `sebelum`
    the one it is to precede.
    """

    action = "change"
    http_method_names = ["post"]

    def post(self, request, pk):
        plan = self.check_object_permission(get_object_or_404(self.get_queryset(), pk=pk))
        key, _, way = request.POST.get("geser", "").partition("-")
        activity = get_object_or_404(plan.activities.select_related("plan"), pk=parse_number(key))
        place = (
            {"steps": STEPS[way]}
            if way in STEPS
            else {"before": parse_number(request.POST.get("sebelum"))}
        )
        try:
            move_activity(activity=activity, by=request.user, **place)
        except FrozenRecord as refused:
            messages.warning(request, str(refused))
        return HttpResponseRedirect(activity.place_in_plan)


class PlanPaper(PlanPage, PageMixin, View):
    """
    The plan for print, marked DRAF until it is approved. While it is revised or reviewed again,
    ?berlaku=1 asks for what holds; ?kertas=f4 for that size of paper.
    """

    def get(self, request, pk):
        plan = get_object_or_404(self.get_queryset(), pk=pk)
        holding = (
            plan.holding if plan.state == plan.State.APPROVED or "berlaku" in request.GET else None
        )
        version = version_of(holding.content) if holding else version_now(plan)
        progress = None if holding else PlanProgress(plan, version)
        content = plan_pdf(
            plan, version, progress, approved=holding, paper=requested_paper_size(request)
        )
        return pdf_response(content, f"{slugify(str(plan))}.pdf")


class PlanExport(PlanPage, PageMixin, View):
    """The plan as a spreadsheet, in the columns that the import reads."""

    def get(self, request, pk):
        plan = get_object_or_404(self.get_queryset(), pk=pk)
        submitted = plan.submitted
        version = version_now(plan, submitted)
        team = submitted.paper["team"] if submitted and submitted.paper else plan.team.name
        content = plan_xlsx(plan, version, PlanProgress(plan, version), team=team)
        return xlsx_response(content, f"{slugify(str(plan))}.xlsx")


def trail_to(plan=None):
    """Return the way to the plans, and to one of them."""
    return [
        ("Rencana kerja", reverse("programs:plan_list")),
        *([(str(plan), plan.get_absolute_url())] if plan else []),
    ]


def title_in_plan(row, name):
    """
    Return how a row under a plan's activities is named in a history: by what it says and for what.
    """
    if row.instance_type is BudgetLine:
        return f"Anggaran {rupiah(row.amount)} dari {name('source')} untuk “{name('activity')}”"
    if row.instance_type is Achievement:
        return f"Capaian “{row.note}” untuk “{name('activity')}”"
    if row.instance_type is Expense:
        return f"{title_of(row)} untuk “{name('activity')}”"
    return title_of(row)


PLAN_CLOSED = "Rencana ini {state}, sehingga isinya tidak dapat diubah."


def back_to_closed(plan, request):
    """
    Return the way back from a form that is opened while its plan lies with the chair, or is
    approved, saying why; None if it may be written. What was typed before that is not lost: sending
    the form is answered by the form.
    """
    if request.method != "GET" or plan.is_editable:
        return None
    messages.warning(request, PLAN_CLOSED.format(state=plan.get_state_display().lower()))
    return HttpResponseRedirect(plan.get_absolute_url())
