"""Pages of the import: upload, columns, preview, result, and the rows of either."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from sinergi.kit.models import Duplicate, FrozenRecord, StaleRecord, told_by_constraint
from sinergi.kit.pagination import KeysetPage
from sinergi.kit.spreadsheets import write_xlsx
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import Guarded, RecordDetail, RecordHistory, TransitionView
from villages.forms.imports import TOO_LONG, ColumnsForm, ImportForm, questions_of
from villages.imports import batches
from villages.imports.apply import PlanChanged, apply_batch, undo_batch
from villages.imports.columns import LABELS, read_layout
from villages.imports.lines import planned_lines, unchanged_lines, written_lines
from villages.imports.plan import CHANGED, NEW, PROBLEM, SKIP, SKIPPED, UNCHANGED
from villages.imports.problems import problem_sheet
from villages.models import ImportBatch, Library, Participation, VillageAlias

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
QUESTIONS = 25  # on one page
SHOWN = 50  # rows of a kind on the preview
PAGE = 100  # rows on a page of their own
OUTCOMES = {"baru": NEW, "berubah": CHANGED, "tetap": UNCHANGED, "dilewati": SKIPPED, "bermasalah": PROBLEM}


class ImportPage(Guarded):
    model = ImportBatch
    section = "imports"

    def get_trail(self):
        return [("Impor data", reverse("villages:import_start"))]

    @cached_property
    def batch(self):
        return self.check(get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"]))


class ImportStart(ImportPage, FormView):
    """Upload or paste. What is read is kept; nothing of it is written yet."""

    action = "add"
    form_class = ImportForm
    title = "Impor daftar desa"
    template_name = "villages/import_start.html"

    def get_trail(self):
        return []

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        recent = self.get_queryset().for_list().order_by("-id")[:8]
        return super().get_context_data(recent=recent, **kwargs)

    def form_valid(self, form):
        given = form.instance
        batch = batches.new_batch(
            form.sheets,
            name=form.name,
            data=form.data_read,
            province=given.province,
            source=given.source,
            year=given.year,
        )
        if form.sheets[batch.sheet].more:
            form.add_error("file", TOO_LONG)
            return self.form_invalid(form)
        try:
            with transaction.atomic():
                batches.save_batch(batch, form.sheets, by=self.request.user, client_key=form.cleaned_data["client_key"])
        except Duplicate as duplicate:
            batch = duplicate.record
        certain = "village" in batch.columns.values() and (batch.year or "year" in batch.columns.values())
        return redirect(batch if certain else reverse("villages:import_columns", args=[batch.pk]))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ImportList(ImportPage, TemplateView):
    """Every import, the newest first."""

    title = "Riwayat impor"
    template_name = "villages/import_list.html"

    def get_context_data(self, **kwargs):
        page = KeysetPage(self.get_queryset().for_list(), self.request.GET, order=("-id", "-id"))
        return super().get_context_data(page=page, **kwargs)


class ImportTemplate(ImportPage, View):
    """An empty list with the columns that are understood."""

    action = "add"

    def get(self, request):
        head = [LABELS[name] for name in ("regency", "district", "village", "code", "name", "address", "head", "phone", "year")]
        notes = [
            "Isi satu baris untuk satu desa. Yang wajib hanya nama desa dan kabupaten/kotanya.",
            "Kode Kemendagri ditulis dengan titik (19.02.02.2009) dan hanya dipakai bila cocok dengan nama desanya.",
            "Sel yang kosong tidak menghapus data yang sudah tersimpan.",
            "Tahun program boleh dikosongkan bila semua baris tahunnya sama; tahunnya dipilih saat mengunggah.",
        ]
        return download(write_xlsx(head, [], title="Daftar desa", notes=notes), "templat-daftar-desa.xlsx")


def download(content, name):
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


class DraftPage(ImportPage):
    """A page on a batch that has not been written yet; once it has, there is only its result."""

    action = "change"

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except batches.ContentGone as gone:
            messages.error(request, str(gone))
            return redirect("villages:import_start")


class ImportColumns(DraftPage, FormView):
    """Sheet, header and columns, where they were not recognised or were recognised wrongly."""

    form_class = ColumnsForm
    crumb = "Kolom"
    title = "Pasangkan kolom"
    template_name = "villages/import_columns.html"
    has_actions = True

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and request.user.has_perm(self.permission) and self.batch.state != "draft":
            return redirect(self.batch)
        return super().dispatch(request, *args, **kwargs)

    def get_trail(self):
        return [*super().get_trail(), (self.batch.file_name, self.batch.get_absolute_url())]

    @cached_property
    def read(self):
        return batches.sheets_of(self.batch)

    def get_form_kwargs(self):
        layout = batches.layout_of(self.batch, self.read)
        return super().get_form_kwargs() | {"batch": self.batch, "read": self.read, "layout": layout}

    def get_context_data(self, **kwargs):
        return super().get_context_data(batch=self.batch, **kwargs)

    def form_valid(self, form):
        batch, chosen = self.batch, form.cleaned_data
        if self.read[chosen["sheet"]].more:
            form.add_error("sheet", TOO_LONG)
            return self.form_invalid(form)
        header = chosen["header"] if chosen["sheet"] == batch.sheet else None
        layout = read_layout(
            self.read[chosen["sheet"]],
            header=batch.header if not form.rereads else header,
            chosen=None if form.rereads else form.chosen,
            remembered=batches.remembered_columns(batch),
            number=chosen["sheet"],
        )
        batch.year = chosen["year"]
        batches.use_layout(batch, layout, self.read)
        try:
            batch.save_as(by=self.request.user, version=chosen["version"])
        except (StaleRecord, FrozenRecord) as refused:
            form.add_error(None, f"{refused} Muat ulang halaman ini, lalu periksa lagi.")
            return self.form_invalid(form, status=409)
        if form.rereads:
            messages.success(self.request, "Kolom dibaca ulang. Periksa pasangannya.")
            return redirect("villages:import_columns", batch.pk)
        return redirect(batch)

    def form_invalid(self, form, status=422):
        return self.render_to_response(self.get_context_data(form=form), status=status)


class ImportDetail(DraftPage, RecordDetail):
    """Before it is applied, the preview with its questions; afterwards, what was done."""

    action = "view"
    context_object_name = "batch"

    @property
    def is_draft(self):
        return self.object.state == ImportBatch.State.DRAFT

    @property
    def has_actions(self):
        return self.is_draft

    def get_title(self):
        return "Periksa sebelum diterapkan" if self.is_draft else str(self.object)

    def get_template_names(self):
        return ["villages/import_review.html" if self.is_draft else "villages/import_result.html"]

    def get_queryset(self):
        return super().get_queryset().select_related("province", "created_by", "applied_by", "undone_by", "cancelled_by")

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        if self.is_draft and "village" not in self.object.columns.values():
            return redirect("villages:import_columns", self.object.pk)
        return self.render_to_response(self.review() if self.is_draft else self.result())

    # The preview -----------------------------------------------------------------------------------------------------
    def review(self, *, plan=None, open_ones=None, settled=None, summary=(), **more):
        batch = self.object
        plan = plan or batches.plan_of(batch)
        if open_ones is None:
            open_ones, settled = questions_of(plan)
        sheets = batches.sheets_of(batch)
        layout = batches.layout_of(batch, sheets)
        tables = [
            (name, label, chip, planned_lines(plan, rows[:SHOWN]), len(rows))
            for name, label, chip, rows in (
                ("berubah", "Berubah", "changed", plan.of(CHANGED)),
                ("baru", "Baru", "new", plan.of(NEW)),
            )
        ]
        return self.get_context_data(
            crumb="Pratinjau",
            plan=plan,
            counts=plan.counts,
            ready=len(plan.ready),
            questions=open_ones[:QUESTIONS],
            more_questions=max(0, len(open_ones) - QUESTIONS),
            settled=settled[:SHOWN],
            open_rows=sum(len(question.rows) for question in open_ones),
            tables=tables,
            unchanged=[plan.atlas.villages[one.code] for one in plan.of(UNCHANGED)[:200]],
            skipped=_skipped(plan)[:SHOWN],
            mapping=[(layout.names[n], LABELS[field]) for n, field in sorted(layout.fields.items()) if n < len(layout.parts)],
            ignored=layout.ignored,
            sheet_name=sheets[batch.sheet].name,
            summary=summary,
            **more,
        )

    def post(self, request, *args, **kwargs):
        self.object = batch = self.get_object()
        if not request.user.has_perm("villages.change_importbatch", batch):
            raise PermissionDenied
        if not self.is_draft:
            messages.error(request, f"Impor ini sudah {batch.get_state_display().lower()}.")
            return redirect(batch)
        plan = batches.plan_of(batch)
        open_ones, settled = questions_of(plan)
        for question in open_ones + settled:
            question.read(request.POST, plan)
        if request.POST.get("aksi") == "keluarkan":
            for question in open_ones:
                question.answer, question.error = question.answer or SKIP, ""
        wrong = [question for question in open_ones + settled if question.error]
        if wrong:
            summary = [(f"isi-{question.token}", f"Baris {question.numbers}: {question.error}") for question in wrong]
            context = self.review(plan=plan, open_ones=open_ones, settled=settled, summary=summary)
            return self.render_to_response(context, status=422)
        return self.save(plan, open_ones, settled)

    def save(self, plan, open_ones, settled):
        batch, data = self.object, self.request.POST
        before, stored = batch.answers, {question.problem.key: question.answer for question in open_ones + settled}
        batch.answers = {key: answer for key, answer in (before | stored).items() if answer is not None}
        version = int(data["version"]) if data.get("version", "").isdecimal() else -1
        try:
            if batch.answers != before or version != batch.version:
                batch.save_as(by=self.request.user, version=version)
                if data.get("aksi") == "terapkan":
                    messages.success(self.request, "Pilihan disimpan. Periksa hasilnya di bawah, lalu terapkan.")
                return HttpResponseRedirect(f"{batch.get_absolute_url()}{'' if data.get('aksi') == 'terapkan' else '#masalah'}")
            if data.get("aksi") != "terapkan":
                return redirect(batch)
            return self.apply(plan, open_ones, settled)
        except StaleRecord:
            saved = self.get_object()
            conflict = [
                (
                    f"Baris {question.numbers}",
                    question.answer or "(belum dipilih)",
                    saved.answers.get(question.problem.key, "(belum dipilih)"),
                )
                for question in open_ones + settled
                if question.answer != saved.answers.get(question.problem.key)
            ]
            batch.version = saved.version
            context = self.review(plan=plan, open_ones=open_ones, settled=settled, conflict=conflict, saved=saved)
            return self.render_to_response(context, status=409)

    def apply(self, plan, open_ones, settled):
        batch = self.object
        if open_ones:
            summary = [(f"masalah-{q.token}", f"Baris {q.numbers}: {q.title}. Pilih artinya.") for q in open_ones[:QUESTIONS]]
            context = self.review(plan=plan, open_ones=open_ones, settled=settled, summary=summary)
            return self.render_to_response(context, status=422)
        try:
            apply_batch(batch, by=self.request.user, shown=self.request.POST.get("rencana", ""))
        except (PlanChanged, TransitionError) as refused:
            return self.refused(str(refused))
        except IntegrityError as error:
            return self.refused(told_by_constraint(error, Library, Participation, VillageAlias))
        except StaleRecord:
            return self.refused("Orang lain mengubah data yang sama pada saat ini, jadi belum ada yang ditulis. Periksa lagi.")
        written = batch.new_count + batch.changed_count
        messages.success(
            self.request, f"{written} baris diterapkan." if written else "Semua baris sudah sama; tidak ada yang ditulis."
        )
        return redirect(batch)

    def refused(self, why):
        """Nothing was written; the page shows what would be written now."""
        self.object = self.get_object()
        if not self.is_draft:
            messages.error(self.request, f"Impor ini sudah {self.object.get_state_display().lower()} oleh orang lain.")
            return redirect(self.object)
        return self.render_to_response(self.review(summary=[(None, why)]), status=409)

    # The result ------------------------------------------------------------------------------------------------------
    def result(self):
        batch = self.object
        rows = batch.rows.select_related("village__district", "village__regency").order_by("number")
        kinds = [
            ("berubah", "Berubah", batch.changed_count, CHANGED),
            ("baru", "Baru", batch.new_count, NEW),
        ]
        tables = [
            (name, label, kind, written_lines(rows.filter(outcome=kind)[:SHOWN]), count)
            for name, label, count, kind in kinds
            if count
        ]
        return self.get_context_data(
            counts=batch.counts,
            tables=tables,
            left=rows.exclude(left_because="")[:SHOWN],
            skipped=[(row.number, row.written, row.note) for row in rows.filter(outcome__in=[SKIPPED, PROBLEM])[:SHOWN]],
            may_undo=batch.state == "applied" and self.request.user.has_perm("villages.change_importbatch", batch),
        )


def _skipped(plan):
    """(number, text, reason) of what is left out, in the order of the file."""
    answered = [(one.number, one.row.village, one.note) for one in plan.of(SKIPPED)]
    return sorted([*answered, *plan.skipped])


class ImportRows(DraftPage, TemplateView):
    """All rows of one outcome, page by page in the order of the file."""

    action = "view"
    template_name = "villages/import_rows.html"

    @property
    def name(self):
        return self.request.GET.get("hasil", "baru")

    def get_title(self):
        return f"Baris {self.name}"

    def get_trail(self):
        return [*super().get_trail(), (self.batch.file_name, self.batch.get_absolute_url())]

    def get_context_data(self, **kwargs):
        if (outcome := OUTCOMES.get(self.name)) is None:
            raise Http404
        text = self.request.GET.get("setelah", "0")
        after = int(text) if text.isdecimal() and len(text) < 10 else 0
        table, last = self.page(outcome, after)
        return super().get_context_data(batch=self.batch, table=table, last=last, name=self.name, is_first=not after, **kwargs)

    def page(self, outcome, after):
        """The table, and the number of its last row if there are more."""
        batch = self.batch
        if batch.state == ImportBatch.State.DRAFT:
            plan = batches.plan_of(batch)
            rows = [one for one in plan.of(outcome) if one.number > after]
            table = planned_lines(plan, rows[:PAGE])
        elif outcome == UNCHANGED:
            pairs = [pair for pair in batch.content.unchanged_rows if pair[0] > after]
            rows, table = pairs, unchanged_lines(pairs[:PAGE])
        else:
            found = batch.rows.filter(outcome=outcome, number__gt=after).select_related("village__district", "village__regency")
            rows = list(found.order_by("number")[: PAGE + 1])
            table = written_lines(rows[:PAGE])
        return table, table.lines[-1].number if len(rows) > PAGE else None


class ImportProblems(DraftPage, View):
    """The open rows as xlsx, with the reason, to be mended by hand and sent again."""

    action = "view"

    def get(self, request, pk):
        plan = batches.plan_of(self.batch)
        layout = batches.layout_of(self.batch, batches.sheets_of(self.batch))
        return download(problem_sheet(plan, layout), f"bermasalah-{self.batch.pk}.xlsx")


class ImportHistory(ImportPage, RecordHistory):
    pass


class ImportTransition(ImportPage, TransitionView):
    action = "change"

    def get_trail(self):
        return [*ImportPage.get_trail(self), *TransitionView.get_trail(self)]


class ImportCancel(ImportTransition):
    transition = "cancel"
    question = "Batalkan impor “{record}”?"
    explanation = "Belum ada data yang diubah. Pilihan yang sudah Anda buat tidak dipakai lagi."
    crumb = button = "Batalkan impor"
    done = "Impor dibatalkan."
    danger = True


class ImportUndo(ImportTransition):
    transition = "undo"
    question = "Urungkan impor “{record}”?"
    explanation = (
        "Yang dibuat impor ini dihapus, dan yang diubahnya dikembalikan, selama belum diubah atau dipakai sesudahnya. "
        "Yang tidak dapat diurungkan ditampilkan beserta alasannya."
    )
    crumb = button = "Urungkan"
    done = "Impor diurungkan."
    danger = True

    def transit(self, **sent):
        return undo_batch(self.record, by=self.request.user, **sent)
