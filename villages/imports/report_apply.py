"""
Writing the drafts that a sheet of quarterly reports says, and taking them back: in one transaction,
all of it or nothing.
"""

from django.db import transaction

from sinergi.kit import bulk
from sinergi.kit.transitions import TransitionError
from villages.imports.apply import PlanChanged
from villages.imports.problems import CHANGED, NEW, PROBLEM, SKIPPED, UNCHANGED
from villages.imports.report_plan import report_plan_of
from villages.models import ImportContent, ImportRow, LibraryReport
from villages.reports.fields import BY_KEY, FIELDS

COLUMNS = (*(one.key for one in FIELDS), "notes")


@transaction.atomic
def apply_report_batch(batch, *, by, shown=None):
    """
    Write the drafts of this sheet, and return the plan. `shown`: the fingerprint of the plan that
    the person saw.

    Raises PlanChanged when it is another now, TransitionError while anything is wrong or when it
    was applied already, StaleRecord or IntegrityError when somebody else wrote one of the reports
    meanwhile. All of them: nothing was written.
    """
    plan = report_plan_of(batch)
    if wrong := plan.of(PROBLEM):
        raise TransitionError(
            f"{len(wrong)} baris bermasalah. Betulkan lembarnya, lalu unggah lagi."
        )
    if shown is not None and plan.fingerprint != shown:
        raise PlanChanged
    counts = plan.counts
    batch.new_count, batch.changed_count = counts[NEW], counts[CHANGED]
    batch.unchanged_count, batch.skipped_count = counts[UNCHANGED], counts[SKIPPED]
    batch.mark_applied(by=by, version=batch.version)
    _begin_reports(plan, batch.quarter, by)
    _change_reports(plan, by)
    _keep_report_rows(batch, plan)
    ImportContent.objects.filter(batch=batch).update(
        unchanged=ImportContent.pack([(one.number, one.code) for one in plan.of(UNCHANGED)])
    )
    return plan


def _begin_reports(plan, quarter, by):
    made = []
    for one in plan.of(NEW):
        report = LibraryReport(**one.written)
        report.set_library(one.standing.library)
        report.quarter = quarter
        made.append(report)
    bulk.insert_records(made, by=by)
    for part in bulk.parts(report.library_id for report in made):
        rows = LibraryReport.objects.of(quarter).filter(library__in=part)
        bulk.keep_history(rows, "+", by=by)


def _change_reports(plan, by):
    changed = [(one.standing.report, one.written) for one in plan.of(CHANGED)]
    _write_columns(changed, by)


def _write_columns(changed, by):
    """Write what is said of each report, [(report, {column: value})], over the version it has."""
    rows = []
    for report, written in changed:
        values = (written.get(name, getattr(report, name)) for name in COLUMNS)
        rows.append((report.pk, report.version, *values))
    if rows:
        bulk.update(LibraryReport, COLUMNS, rows, by=by)
        for part in bulk.parts(report.pk for report, _ in changed):
            bulk.keep_history(LibraryReport.objects.filter(pk__in=part), "~", by=by)


def _keep_report_rows(batch, plan):
    rows = [
        ImportRow(
            number=one.number,
            outcome=one.outcome,
            written=one.name[:250],
            note=" ".join(told for _, told in one.remarks)[:250],
            village_id=one.code,
            library=one.standing.library,
            # Of a new one, all that was written.
            before={} if one.outcome == NEW else {key: old for key, old, _ in one.changes},
            after=one.written,
        )
        for one in plan.ready
    ]
    rows += [
        ImportRow(number=row.number, outcome=SKIPPED, written=row.text[:250], note=row.reason)
        for row in plan.table.skipped
    ]
    for row in rows:
        row.batch = batch
    ImportRow.objects.bulk_create(rows)


# Taking it back ---------------------------------------------------------------------------------
@transaction.atomic
def undo_report_batch(batch, *, by, version=None):
    """
    Take back what this sheet did, row by row, as far as it is still so: a draft that it began goes,
    and one that it changed says again what it said. A report that was changed or handed in since
    stays, with the reason in its row.

    Raises TransitionError when there is nothing to undo, StaleRecord when somebody writes one of
    the reports at this moment.
    """
    rows = list(batch.rows.filter(outcome__in=[NEW, CHANGED]).order_by("number"))
    of_rows = LibraryReport.objects.filter(library__in=[row.library_id for row in rows])
    reports = {report.library_id: report for report in of_rows.of(batch.quarter)}
    going, restored, left = [], [], []
    for row in rows:
        report = reports.get(row.library_id)
        row.left_because = _why_left(row, report, batch.applied_at)
        if row.left_because:
            left.append(row)
        elif row.outcome == NEW:
            going.append((report.pk, report.version))
        else:
            restored.append((report, row.before))
    batch.left_count = len(left)
    batch.mark_undone(by=by, version=batch.version if version is None else version)
    _write_columns(restored, by)
    bulk.delete(LibraryReport, going, by=by)
    ImportRow.objects.bulk_update(left, ["left_because"], batch_size=500)
    return batch


def _why_left(row, report, applied_at):
    """Return why a row is not taken back, or ""."""
    if report is None:
        return "laporannya sudah dihapus"
    if not report.is_editable:
        return f"laporannya {report.get_state_display().lower()}"
    changed = [key for key, value in row.after.items() if getattr(report, key) != value]
    if row.outcome == NEW:
        others = (key for key in COLUMNS if key not in row.after)
        changed += [key for key in others if getattr(report, key) not in (None, {})]
        if report.state != LibraryReport.State.DRAFT:
            return "laporannya dikembalikan untuk diperbaiki"
        if report.story or report.story_consent:
            return "laporannya sudah dilengkapi dengan kisah"
    elif report.submitted_at and report.submitted_at > applied_at:
        # Its figures were handed in, and are kept so: whoever returned it asked about these.
        return "laporannya sudah dikirim sesudahnya, lalu dikembalikan"
    labels = [BY_KEY[key].label if key in BY_KEY else "Keterangan" for key in changed]
    return f"sudah diubah sesudahnya: {', '.join(labels)}"[:250] if labels else ""
