"""Quarterly reports: the form, the page of one with what is to be verified, and its transitions."""

from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from sinergi.kit.dates import in_zone, long_date, moment_text, today_in
from sinergi.kit.forms import ReasonForm
from sinergi.kit.models import Duplicate
from sinergi.kit.text import thousands
from sinergi.kit.views import (
    KeptFile,
    QueueableMixin,
    RecordDetail,
    RecordFormView,
    RecordHistory,
    TransitionView,
)
from villages.actions.reports import save_report
from villages.forms.reports import ReportForm
from villages.models import Library, LibraryReport, ProgramReference, ReportSubmission
from villages.quarters import Quarter
from villages.querysets.reports import expected_in
from villages.reports.checks import UNKNOWN, changes, jumps
from villages.reports.fields import Outcome

WITHOUT_CONSENT = "(tidak ditampilkan, karena yang diceritakan tidak setuju)"


class ReportPage:
    model = LibraryReport
    section = "libraries"
    parent = ("Laporan triwulan", "villages:report_list")
    related = ("library__village__district", "library__regency", "province", "regency")

    def get_parents(self):
        return [("Perpustakaan", reverse("villages:library_list")), *super().get_parents()]


class ReportUpdate(QueueableMixin, ReportPage, RecordFormView):
    """
    The report of one library of one quarter, new or stored: the address says which, so that it is
    never taken from the form.

    The button pressed comes as `aksi`: `simpan` keeps a draft, `kirim` hands it in, `salin-…` takes
    over the last quarter's figure of a stock without JavaScript.
    """

    action = "change"
    form_class = ReportForm
    template_name = "villages/report_form.html"
    queue_kind = "laporan"
    crumb = "Isi"

    @cached_property
    def library(self):
        rows = Library.objects.visible_to(self.request.user).with_place()
        return self.check_object_permission(get_object_or_404(rows, pk=self.kwargs["library"]))

    @cached_property
    def quarter(self):
        quarter = Quarter.read(self.kwargs["quarter"])
        if quarter is None or quarter.starts_on > self.today:
            raise Http404
        return quarter

    @property
    def today(self):
        return today_in(self.library.province.time_zone)

    @cached_property
    def object(self):
        quarter = self.quarter
        known = LibraryReport.objects.of(quarter).filter(library=self.library).first()
        if known is None:
            libraries = Library.objects.village().filter(pk=self.library.pk)
            if not expected_in(libraries, quarter).exists():
                raise Http404
            known = LibraryReport()
            known.set_library(self.library)
            known.quarter = quarter
        known.library = self.library
        return known

    def get_title(self):
        return report_title(self.quarter, self.library)

    def get_trail(self):
        return [*self.get_parents(), (str(self.library), self.library.get_absolute_url())]

    def get_cancel_url(self):
        return self.library.get_absolute_url()

    def get_form_kwargs(self):
        before, year_before = LibraryReport.objects.to_compare_with(self.library, self.quarter)
        return super().get_form_kwargs() | {
            "instance": self.object,
            "before": before,
            "year_before": year_before,
        }

    def get(self, request, *args, **kwargs):
        if not self.object.is_editable:
            return HttpResponseRedirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        verb, _, key = request.POST.get("aksi", "simpan").partition("-")
        if verb == "salin":
            return self.copy_from_before(key)
        return super().post(request, *args, **kwargs)

    @property
    def submits(self):
        return self.request.POST.get("aksi") == "kirim"

    def copy_from_before(self, key):
        """Show the form with the last quarter's figure of a stock; nothing is judged."""
        form = self.get_form()
        rows = [row for _, rows in form.sections for row in rows if row.field.key == key]
        form.data = form.data.copy()
        for row in rows:
            if row.copies:
                form.data[form.add_prefix(key)] = row.copies
        form.is_valid()
        form.prepare_redisplay()
        form.errors.clear()
        return self.render_to_response(self.get_context_data(form=form))

    def form_valid(self, form):
        if self.object.pk and self.is_stored(form, stored := self.object.stored()):
            return self.saved(stored)
        if self.submits:
            for key, message in form.instance.missing(self.today):
                form.add_error(key or None, message)
            if form.errors:
                return self.form_invalid(form)
            if unexplained := form.unexplained():
                form.prepare_redisplay()
                context = self.get_context_data(form=form, unexplained=unexplained)
                return self.render_to_response(context, status=422)
        return super().form_valid(form)

    def is_stored(self, form, stored):
        """
        Return whether the stored report says all of this, by this person, in the state asked for:
        the answer to an earlier sending got lost.
        """
        arrived = not stored.is_editable if self.submits else True
        return arrived and stored.updated_by_id == self.request.user.pk and form.matches(stored)

    def save(self, form):
        try:
            with transaction.atomic():
                return save_report(
                    report=form.instance, by=self.request.user, submit=self.submits, **form.sent
                )
        except IntegrityError as error:
            known = LibraryReport.objects.of(self.quarter).filter(library=self.library).first()
            if known is None or form.instance.pk:
                raise
            raise Duplicate(known) from error  # somebody else began it meanwhile

    def render_duplicate(self, form, record):
        """
        Show what is stored beside what was typed, unless both say the same; the next save is a
        change of it.
        """
        if self.is_stored(form, record):
            return self.saved(record)
        if not record.is_editable:
            form.add_error(None, f"Laporan ini {record.get_state_display().lower()}.")
            return self.form_invalid(form)
        data = form.data.copy()
        data["version"] = str(record.version)
        del self.object
        again = ReportForm(**self.get_form_kwargs() | {"data": data, "files": None})
        again.is_valid()
        again.prepare_redisplay()
        saved = self.model._base_manager.get(pk=record.pk)
        context = self.get_context_data(form=again, conflict=again.differences(saved), saved=saved)
        return self.render_to_response(context, status=409)

    @property
    def success_message(self):
        return (
            "Laporan dikirim untuk diperiksa." if self.submits else "Laporan disimpan sebagai draf."
        )

    def get_queue_errors(self, context):
        """Return also what jumped: whoever opens the item writes why, or sends it as it is."""
        told = [
            (jump.field.label, f"{jump.text}, melonjak dari triwulan lalu. Tulis sebabnya.")
            for jump in context.get("unexplained", ())
        ]
        return [*super().get_queue_errors(context), *told]

    def get_context_data(self, **kwargs):
        report = self.object
        context = super().get_context_data(
            report=report,
            library=self.library,
            quarter=self.quarter,
            due_text=due_text(self.quarter, self.today),
            status=report.status_on(self.today),
            **kwargs,
        )
        return context | {"sections": with_texts(context["form"].sections)}


def report_title(quarter, library):
    """Laporan triwulan II 2019, Perpustakaan Desa Kapuk"""
    return f"Laporan {quarter.in_sentence}, {library}"


def due_text(quarter, today):
    """Tenggat 10 Juli 2019, 5 hari lagi."""
    days = (quarter.due_on - today).days
    left = f"{days} hari lagi" if days > 0 else "hari ini" if not days else f"lewat {-days} hari"
    return f"Tenggat {long_date(quarter.due_on)}, {left}."


class ReportDetail(ReportPage, RecordDetail):
    """What it says beside what was before; for whoever verifies it, what jumps and what changed."""

    template_name = "villages/report_detail.html"
    permitted_actions = ("change", "verify")
    has_actions = True
    related = (
        *ReportPage.related,
        "submitted_by",
        "returned_by",
        "verified_by",
        "reopened_by",
        "created_by",
    )

    def get_title(self):
        return report_title(self.object.quarter, self.object.told_name)

    def get_context_data(self, **kwargs):
        report, user = self.object, self.request.user
        quarter = report.quarter
        before, year_before = LibraryReport.objects.to_compare_with(report.library_id, quarter)
        submissions = list(report.submissions.select_related("created_by").order_by("-number")[:2])
        jumped = jumps(report.fields, report.figures, before.figures) if before else []
        return super().get_context_data(
            report=report,
            quarter=quarter,
            before=before,
            before_quarter=before.quarter if before else quarter.previous,
            year_before=year_before,
            status=report.status_on(today_in(report.province.time_zone)),
            sections=with_texts(
                figure_sections(report, before, year_before, {j.field.key for j in jumped})
            ),
            jumped=[(one, report.notes.get(one.field.key, "")) for one in jumped],
            submission=submissions[0] if submissions else None,
            changed=(
                changes(report.fields, submissions[1].content, submissions[0].content)
                if len(submissions) == 2
                else None
            ),
            timeline=timeline_of(report),
            may_decide=report.may_be_verified_by(user)
            and user.has_perm("villages.verify_libraryreport", report),
            **kwargs,
        )


def with_texts(sections):
    """Return [(outcome, what is said of it, its rows)] of [(outcome, its rows)]. One query."""
    texts = ProgramReference.objects.outcome_texts()
    return [(outcome, texts.get(outcome.value, ""), rows) for outcome, rows in sections]


def figure_sections(report, before, year_before, jumped):
    """
    Return [(outcome, [(field, figure, of the last quarter, difference, of a year ago, jumped)])],
    all in words.
    """
    sections = []
    for outcome in Outcome:
        rows = []
        for field in report.fields:
            if field.outcome != outcome:
                continue
            value = getattr(report, field.key)
            old = getattr(before, field.key) if before else None
            older = getattr(year_before, field.key) if year_before else None
            rows.append(
                (
                    field,
                    number_text(value),
                    number_text(old) if before else "–",
                    difference_text(old, value),
                    number_text(older) if year_before else "–",
                    field.key in jumped,
                )
            )
        sections.append((outcome, rows))
    return sections


def number_text(value):
    """Return a figure as a table has it, where the unit stands beside its name."""
    return UNKNOWN if value is None else thousands(value)


def difference_text(old, new):
    """Return +36, −2 or tetap; – where one of the two is not known."""
    if old is None or new is None:
        return "–"
    if old == new:
        return "tetap"
    return f"{'+' if new > old else '−'}{thousands(abs(new - old))}"


def timeline_of(report):
    """Return [(label, moment and who, words)] of what happened to a report, in its order."""
    stamps = [
        (report.created_at, "Draf dibuka", report.created_by, ""),
        (report.submitted_at, "Dikirim", report.submitted_by, ""),
        (report.returned_at, "Dikembalikan", report.returned_by, report.return_reason),
        (report.verified_at, "Diverifikasi", report.verified_by, ""),
        (report.reopened_at, "Dibuka kembali", report.reopened_by, report.reopen_reason),
    ]
    zone = report.province.time_zone
    told = sorted((stamp for stamp in stamps if stamp[0]), key=lambda stamp: stamp[0])
    return [
        (label, f"{moment_text(in_zone(at, zone))}, {by or 'tidak diketahui'}", words)
        for at, label, by, words in told
    ]


class ReportHistory(ReportPage, RecordHistory):
    def get_histories(self):
        rows = ReportSubmission.history.filter(report=self.object.pk)
        return [*super().get_histories(), rows]

    def get_covers(self):
        """Cover a story that was never handed in, while whoever it is about does not consent."""
        if self.object.story_consent:
            return {}
        sent = ReportSubmission.objects.filter(report=self.object.pk)
        stories = {one.content.get("story", "") for one in sent} | {""}
        return {"story": lambda story: "" if story in stories else WITHOUT_CONSENT}


class ReportKeptPhoto(ReportPage, KeptFile):
    """A photograph that was never handed in is shown only while it is the report's own."""

    def is_shown(self, row):
        own = LibraryReport.objects.filter(pk=row.id, key=row.key)
        sent = ReportSubmission.objects.filter(report=row.id).with_photo(row.key)
        return own.exists() or sent.exists()


class ReportVerify(ReportPage, TransitionView):
    action = transition = "verify"
    question = "Verifikasi laporan {record}?"
    explanation = "Setelah diverifikasi, angkanya dihitung dalam capaian."
    crumb = button = "Verifikasi laporan"
    done = "Laporan diverifikasi."


class ReportReturn(ReportPage, TransitionView):
    action, transition = "verify", "send_back"
    form_class = ReasonForm
    question = "Kembalikan laporan {record}?"
    explanation = "Yang mengirim melihat alasan ini, memperbaiki, lalu mengirim lagi."
    crumb = button = "Kembalikan"
    done = "Laporan dikembalikan."


class ReportReopen(ReportPage, TransitionView):
    action, transition = "verify", "reopen"
    form_class = ReasonForm
    question = "Buka kembali laporan {record}?"
    explanation = "Angkanya tidak dihitung lagi sampai dikirim dan diverifikasi kembali."
    crumb = button = "Buka kembali"
    done = "Laporan dibuka kembali."
    danger = True
