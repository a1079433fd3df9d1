"""
The sheet of a regency's quarterly reports: handed out, read again, checked and applied as drafts.
Whoever may fill in the reports may do this.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, View

from sinergi.kit.database_errors import constraint_message, deadlock_as_conflict
from sinergi.kit.models import StaleRecord
from sinergi.kit.spreadsheets.write import xlsx_response
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import PageMixin, RecordDetail, RecordHistory, TransitionView
from villages.filters.reports import quarter_asked
from villages.forms.report_sheets import ReportSheetForm
from villages.imports import batches
from villages.imports.apply import PlanChanged
from villages.imports.lines import unchanged_lines
from villages.imports.problems import CHANGED, NEW, SKIPPED
from villages.imports.report_apply import apply_report_batch, undo_report_batch
from villages.imports.report_lines import planned_reports, written_reports
from villages.imports.report_plan import new_report_batch, report_plan_of, standings
from villages.imports.report_rows import is_old
from villages.imports.review import KINDS
from villages.models import ImportBatch, Library, LibraryReport, Regency
from villages.quarters import Quarter
from villages.reports.sheets import write_report_sheet
from villages.views.imports import HIDDEN_COLUMNS, ImportStep, ReadsContent

#: Regencies whose sheets are offered at the start; the others are found on the list of reports.
MOST_LINKS = 60
OVERTAKEN = (
    "Orang lain mengubah laporan yang sama pada saat ini, jadi belum ada yang disimpan. Periksa"
    " lagi."
)


class ReportSheetPage(PageMixin):
    model = ImportBatch
    permission = "villages.change_libraryreport"
    section = "libraries"
    parent = ("Lembar isian", "villages:report_sheet_start")
    related = ("province", "regency", "created_by", "applied_by", "undone_by", "cancelled_by")

    def get_queryset(self):
        rows = ImportBatch.objects.visible_to(self.request.user, self.permission).of_reports()
        return rows.select_related(*self.related)

    def get_regencies(self):
        """Return the regencies in which this person fills in reports, of those with a library."""
        rows = Regency.objects.visible_to(self.request.user, self.permission)
        libraries = Library.objects.village().filter(regency=OuterRef("pk"))
        return rows.filter(Exists(libraries)).order_by("name", "pk")

    def get_parents(self):
        above = ("Laporan triwulan", reverse("villages:report_list"))
        return [above, *super().get_parents()]


class ReportSheetDownload(ReportSheetPage, View):
    """The sheet to fill in, of one regency and a quarter that is over."""

    def get(self, request, regency, quarter):
        regency = get_object_or_404(self.get_regencies(), pk=regency)
        asked = Quarter.read(quarter)
        if asked is None or asked > Quarter.last_ended(timezone.localdate()):
            raise Http404
        if not (known := standings(regency, asked)):
            raise Http404
        content = write_report_sheet(
            [one.line for one in known.values()],
            regency=regency.pk,
            name=regency.name,
            quarter=asked,
        )
        return xlsx_response(content, f"laporan-{asked.key}-{regency.pk}.xlsx")


class ReportSheetStart(ReportSheetPage, FormView):
    """Hand out and take in. What is read is kept; nothing of it is written yet."""

    form_class = ReportSheetForm
    title = "Lembar isian laporan"
    crumb = "Lembar isian"
    parent = None
    template_name = "villages/report_sheet_start.html"

    def get_initial(self):
        asked = self.request.GET
        regencies = list(self.get_regencies()[:2])
        only = regencies[0].pk if len(regencies) == 1 else ""
        return {"regency": asked.get("regency") or only, "quarter": asked.get("triwulan")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "regencies": self.get_regencies(),
            "today": timezone.localdate(),
        }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        quarter = quarter_asked(context["form"]["quarter"].value(), today)
        last = Quarter.last_ended(today)
        regencies = list(self.get_regencies()[: MOST_LINKS + 1])
        return context | {
            "quarter": quarter,
            "quarters": [last.moved(-n) for n in range(4)],
            "regencies": regencies[:MOST_LINKS],
            "has_more": len(regencies) > MOST_LINKS,
            "recent": self.get_queryset().for_list().order_by("-id")[:8],
        }

    def form_valid(self, form):
        regency = form.cleaned_data["regency"]
        batch = new_report_batch(
            form.table,
            form.sheets,
            name=form.cleaned_data["file"].name,
            data=form.data_read,
            regency=regency,
            quarter=form.quarter,
        )
        key = form.cleaned_data["idempotency_key"]
        user = self.request.user
        return redirect(batches.save_batch(batch, form.sheets, by=user, idempotency_key=key))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ReportSheetDetail(ReadsContent, ReportSheetPage, RecordDetail):
    """Before it is applied, what it would do and what is wrong; afterwards, what it did."""

    context_object_name = "batch"
    record_in_trail = False
    start = "villages:report_sheet_start"

    @property
    def is_draft(self):
        return self.object.state == ImportBatch.State.DRAFT

    @property
    def has_actions(self):
        return self.is_draft

    @property
    def crumb(self):
        return "Pratinjau" if self.is_draft else ""

    def get_title(self):
        return "Periksa sebelum diterapkan" if self.is_draft else str(self.object)

    def get_template_names(self):
        name = "report_sheet_review" if self.is_draft else "report_sheet_result"
        return [f"villages/{name}.html"]

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return self.show() if self.is_draft else self.render_to_response(self.get_result())

    def show(self, status=200, **more):
        try:
            plan = report_plan_of(self.object)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.start)
        return self.render_to_response(
            self.get_context_data(**review(plan, self.object.quarter), **more), status=status
        )

    def post(self, request, *args, **kwargs):
        self.object = batch = self.get_object()
        if not self.is_draft:
            return self.too_late()
        try:
            with deadlock_as_conflict():
                apply_report_batch(batch, by=request.user, shown=request.POST.get("rencana", ""))
        except (PlanChanged, TransitionError) as refused:
            return self.refused(str(refused))
        except IntegrityError as error:
            return self.refused(constraint_message(error, LibraryReport))
        except StaleRecord:
            return self.refused(OVERTAKEN)
        written = batch.new_count + batch.changed_count
        messages.success(
            request, f"{written} draf laporan disimpan." if written else "Semua baris sudah sama."
        )
        return redirect(batch)

    def refused(self, why):
        """Show what would be written now; nothing was written."""
        self.object = self.get_object()
        return self.show(status=409, summary=[(None, why)]) if self.is_draft else self.too_late()

    def too_late(self):
        messages.error(self.request, f"Lembar ini sudah {self.object.get_state_display().lower()}.")
        return redirect(self.object)

    def get_result(self):
        batch = self.object
        rows = batch.rows.select_related("village__district", "library").order_by("number")
        is_undone = batch.state == ImportBatch.State.UNDONE
        told = [row for row in rows if row.outcome in (CHANGED, NEW)]
        return self.get_context_data(
            counts=batch.counts,
            undone_rows=batch.restored_count,
            tables=[
                (
                    name,
                    label,
                    written_reports(
                        [row for row in told if row.outcome == kind],
                        batch.quarter,
                        is_undone=is_undone,
                    ),
                )
                for name, label, kind in (KINDS if batch.applied_at else ())
            ],
            left=[row for row in told if row.left_because],
            remarks=[row for row in told if row.note and not is_undone],
            unchanged=unchanged_lines(batch.content.unchanged_rows).lines
            if batch.applied_at
            else [],
            skipped=[(row.label, row.written, row.note) for row in rows if row.outcome == SKIPPED],
            may_undo=batch.state == ImportBatch.State.APPLIED,
        )


def review(plan, quarter):
    """Return the plan as the preview shows it."""
    return {
        "plan": plan,
        "counts": plan.counts,
        "ready": len(plan.ready),
        "problems": [(one, address, told) for one in plan.rows for address, told in one.problems],
        "remarks": [(one, address, told) for one in plan.ready for address, told in one.remarks],
        "tables": [
            (name, label, planned_reports(plan.of(kind), quarter)) for name, label, kind in KINDS
        ],
        "unchanged": [one.name for one in plan.of("unchanged")],
        "skipped": [(row.number, row.text, row.reason) for row in plan.table.skipped],
        "is_old": is_old(plan.table),
    }


class ReportSheetCancel(ImportStep, ReportSheetPage, TransitionView):
    transition, source = "cancel", ImportBatch.State.DRAFT
    question = "Batalkan lembar “{record}”?"
    explanation = "Belum ada laporan yang diubah. Berkasnya dapat diunggah lagi kapan saja."
    crumb = button = "Batalkan"
    done = "Lembar dibatalkan."
    danger = True


class ReportSheetUndo(ImportStep, ReportSheetPage, TransitionView):
    transition, source = "undo", ImportBatch.State.APPLIED
    question = "Urungkan lembar “{record}”?"
    explanation = (
        "Draf yang dibuat lembar ini dihapus, dan yang diubahnya dikembalikan, selama belum diubah"
        " atau dikirim sesudahnya. Yang tidak dapat diurungkan ditampilkan beserta alasannya."
    )
    crumb = button = "Urungkan"
    done = "Lembar diurungkan."
    danger = True

    def perform(self, **sent):
        return undo_report_batch(self.record, by=self.request.user, **sent)


class ReportSheetHistory(ReportSheetPage, RecordHistory):
    hidden_columns = HIDDEN_COLUMNS
    # Sheets share a model with lists of villages, which have a programme year.
    labels = {"year": "tahun"}

    def title_of(self, row, name):
        return "Lembar isian"
