"""
Pages of the import: upload, columns, rows, and the steps; the preview and the result stand in
import_detail.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from sinergi.kit.columns import Cell, Column, labels_of, page_column
from sinergi.kit.pagination import KeysetPage
from sinergi.kit.spreadsheets.write import write_xlsx, xlsx_response
from sinergi.kit.views import DownloadMixin, PageMixin, RecordHistory, TransitionView
from villages.forms.imports import TOO_LONG, ImportForm
from villages.imports import batches
from villages.imports.columns import LABELS
from villages.imports.lines import (
    left_out,
    planned_lines,
    skipped_lines,
    unchanged_lines,
    written_lines,
)
from villages.imports.problems import CHANGED, NEW, PROBLEM, SKIPPED, UNCHANGED
from villages.imports.undo import undo_batch
from villages.imports.wording import problem_sheet
from villages.models import ImportBatch, Province
from villages.views.regions import regions_first

PAGE = 100  # rows on a page of their own
OUTCOMES = {
    "baru": NEW,
    "berubah": CHANGED,
    "tetap": UNCHANGED,
    "dilewati": SKIPPED,
    "bermasalah": PROBLEM,
    "dibiarkan": "",
}


#: What only the importer reads: columns and answers stand on the preview, in words.
HIDDEN_COLUMNS = frozenset(
    {
        "columns",
        "column_names",
        "answers",
        "aliases_used",
        "district_aliases_used",
        "tables",
        "sheet",
        "header",
    }
)


class ImportPage(PageMixin):
    model = ImportBatch
    section = "imports"
    parent = ("Impor data", "villages:import_start")
    related = ("province", "regency")

    def get_queryset(self):
        return super().get_queryset().of_villages()

    @cached_property
    def batch(self):
        return self.check_object_permission(
            get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        )


class ImportStart(ImportPage, FormView):
    """Upload or paste. What is read is kept; nothing of it is written yet."""

    action = "add"
    form_class = ImportForm
    title = "Impor daftar desa"
    parent = None
    template_name = "villages/import_start.html"

    def get(self, request, *args, **kwargs):
        if not Province.objects.visible_to(request.user, self.permission).exists():
            return regions_first(self)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        recent = self.get_queryset().for_list().order_by("-id")[:8]
        return super().get_context_data(recent=recent, **kwargs)

    def form_valid(self, form):
        given = form.instance
        origin = {"province_id": given.province_id, "source": given.source}
        sheets = batches.read_tables(form.sheets, **origin)
        year = form.cleaned_data["year"]
        batch = batches.new_batch(sheets, name=form.name, data=form.data_read, year=year, **origin)
        if sheets[batch.sheet].more:
            form.add_error(form.came_by, TOO_LONG)
            return self.form_invalid(form)
        key = form.cleaned_data["idempotency_key"]
        batch = batches.save_batch(batch, sheets, by=self.request.user, idempotency_key=key)
        is_clear = batch.finds_villages and batch.knows_year
        return redirect(batch if is_clear else reverse("villages:import_columns", args=[batch.pk]))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


def of_applied(number, applied_at):
    """Return a count of an import, or None: nothing was applied."""
    return number if applied_at else None


class ImportList(DownloadMixin, ImportPage, TemplateView):
    """Every import, the newest first."""

    title = "Riwayat impor"
    template_name = "villages/import_list.html"
    order = ("-id", "-id")
    columns = (
        Column("Berkas", "file_name"),
        Column("Asal daftar", "source"),
        Column("Provinsi", "province__name"),
        Column("Kabupaten/kota", "regency__name"),
        Column("Tahun program", "year", Cell.NUMBER),
        Column("Keadaan", "state", read=labels_of(ImportBatch.State)),
        *(
            Column(label, (f"{name}_count", "applied_at"), Cell.NUMBER, of_applied)
            for name, label in (("new", "Baru"), ("changed", "Berubah"), ("unchanged", "Tetap"))
        ),
        Column("Dibaca pada", "created_at", Cell.MOMENT),
        Column("Diterapkan pada", "applied_at", Cell.MOMENT),
        page_column("villages:import_detail", label="Halaman"),
    )

    def get_listed(self):
        return self.get_queryset().for_list()

    def get_context_data(self, **kwargs):
        page = KeysetPage(self.get_listed(), self.request.GET, order=self.order)
        return super().get_context_data(page=page, **kwargs)


class ImportTemplate(ImportPage, View):
    """An empty list with the columns that are understood."""

    action = "add"

    def get(self, request):
        head = [
            LABELS[name]
            for name in (
                "regency",
                "district",
                "village",
                "code",
                "name",
                "address",
                "head",
                "phone",
                "year",
            )
        ]
        notes = [
            "Isi satu baris untuk satu desa. Yang wajib hanya nama desa dan kabupaten/kotanya.",
            (
                "Kode Kemendagri ditulis dengan titik (19.02.02.2009) dan hanya dipakai bila cocok"
                " dengan nama desanya."
            ),
            "Sel yang kosong tidak menghapus data yang sudah tersimpan.",
            (
                "Tahun program boleh dikosongkan bila semua baris tahunnya sama; tahunnya dipilih"
                " saat mengunggah."
            ),
        ]
        return xlsx_response(
            write_xlsx(head, [], title="Daftar desa", notes=notes), "templat-daftar-desa.xlsx"
        )


class ReadsContent:
    """A page that reads the cells of a batch; where they are gone, it leads to a new upload."""

    start = "villages:import_start"

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except batches.ContentGone as gone:
            messages.error(request, str(gone))
            return redirect(self.start)


class DraftPage(ReadsContent, ImportPage):
    """A page on a batch that has not been written yet; once it has, there is only its result."""

    action = "change"


class ImportRows(DraftPage, TemplateView):
    """All rows of one outcome, page by page in the order of the file."""

    action = "view"
    template_name = "villages/import_rows.html"

    @property
    def name(self):
        return self.request.GET.get("hasil", "baru")

    def get_title(self):
        return f"Baris {self.name}"

    def get_parents(self):
        return [*super().get_parents(), (self.batch.file_name, self.batch.get_absolute_url())]

    def get_context_data(self, **kwargs):
        if (outcome := OUTCOMES.get(self.name)) is None:
            raise Http404
        text = self.request.GET.get("setelah", "0")
        after = int(text) if text.isdecimal() and len(text) < 10 else 0
        table, last = self.page(outcome, after)
        return super().get_context_data(
            batch=self.batch, table=table, last=last, name=self.name, is_first=not after, **kwargs
        )

    def page(self, outcome, after):
        """Return the table, and the number of its last row if there are more."""
        batch = self.batch
        if batch.state == ImportBatch.State.DRAFT:
            plan = batches.plan_of(batch)
            rows = left_out(plan) if outcome == SKIPPED else plan.of(outcome)
            rows = [one for one in rows if one.number > after]
            table = (
                skipped_lines(rows[:PAGE], batch.tables)
                if outcome == SKIPPED
                else planned_lines(plan, rows[:PAGE])
            )
        elif outcome == UNCHANGED:
            rows = [pair for pair in batch.content.unchanged_rows if pair[0] > after]
            table = unchanged_lines(rows[:PAGE], batch.tables)
        else:
            kind = {"outcome": outcome} if outcome else {}
            found = batch.rows.filter(number__gt=after, **kind).select_related(
                "village__district", "village__regency"
            )
            found = found if outcome else found.exclude(left_because="")
            rows = list(found.order_by("number")[: PAGE + 1])
            table = written_lines(rows[:PAGE], is_undone=batch.state == ImportBatch.State.UNDONE)
        return table, table.lines[-1].number if len(rows) > PAGE else None


class ImportProblems(DraftPage, View):
    """The open rows as xlsx, with the reason, to be mended by hand and sent again."""

    action = "view"

    def get(self, request, pk):
        plan = batches.plan_of(self.batch)
        layout = batches.layout_of(self.batch, batches.sheets_of(self.batch))
        return xlsx_response(problem_sheet(plan, layout), f"bermasalah-{self.batch.pk}.xlsx")


class ImportHistory(ImportPage, RecordHistory):
    hidden_columns = HIDDEN_COLUMNS


class ImportStep:
    """
    A step that only an import in the state `source` can take; for any other there is only its page.
    """

    action = "change"
    source = ""

    def get_early_response(self):
        if self.record.state == self.source:
            return None
        messages.error(
            self.request,
            f"Tidak dapat dilakukan: impor ini {self.record.get_state_display().lower()}.",
        )
        return redirect(self.record)


class ImportCancel(ImportStep, ImportPage, TransitionView):
    transition, source = "cancel", ImportBatch.State.DRAFT
    question = "Batalkan impor “{record}”?"
    explanation = "Belum ada data yang diubah. Pilihan yang sudah Anda buat tidak dipakai lagi."
    crumb = button = "Batalkan impor"
    done = "Impor dibatalkan."
    danger = True


class ImportUndo(ImportStep, ImportPage, TransitionView):
    transition, source = "undo", ImportBatch.State.APPLIED
    question = "Urungkan impor “{record}”?"
    explanation = (
        "Yang dibuat impor ini dihapus, dan yang diubahnya dikembalikan, selama belum diubah atau"
        " dipakai sesudahnya. Catatan perluasan dari daftar ini ikut dihapus selama belum"
        " berlanjut dan baris desanya ikut diurungkan. Yang tidak dapat diurungkan ditampilkan"
        " beserta alasannya."
    )
    crumb = button = "Urungkan"
    done = "Impor diurungkan."
    danger = True

    def perform(self, **sent):
        return undo_batch(self.record, by=self.request.user, **sent)
