"""
Tasks of quarterly reports: to look at those that were handed in, to mend those that were returned,
and to write those that are still to come.
"""

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.timezone import localtime

from sinergi.home.task import LIMIT, Task, late_status
from sinergi.kit.dates import long_date
from sinergi.kit.status import Status, Tone
from villages.models import Library, LibraryReport
from villages.quarters import Quarter
from villages.querysets.reports import still_to_come


def report_libraries(user):
    """
    Return ({part: libraries}, {part: what is shown of their reports}) for the query of
    `home_libraries`: "verify", with a report that the user may decide on; "mend", with one that was
    returned to them. Of each library the report that waits longest. Whoever looks after the whole
    country has the list.
    """
    reports = LibraryReport.objects
    to_verify = reports.visible_to(user, "villages.verify_libraryreport").to_verify_by(user)
    to_mend = reports.visible_to(user, "villages.change_libraryreport").returned_to(user)
    if user.scope("villages.verify_libraryreport").national:
        to_verify = to_verify.none()
    parts, shown = {}, {}
    for part, rows, stamp in (
        ("verify", to_verify, "submitted_at"),
        ("mend", to_mend, "updated_at"),
    ):
        first = rows.filter(library=OuterRef("pk")).order_by(stamp, "pk")
        told = {
            "report": "pk",
            "report_at": stamp,
            "report_year": "year",
            "report_number": "quarter_number",
            "report_reason": "return_reason",
        }
        shown[part] = {name: Subquery(first.values(column)[:1]) for name, column in told.items()}
        libraries = Library.objects.filter(pk__in=rows.values("library"))
        libraries = libraries.alias(report_at=shown[part]["report_at"])
        parts[part] = libraries.order_by("report_at", "id")[:LIMIT]
    return parts, shown


def report_tasks(user, libraries, today):
    """Return the tasks of `libraries`, which `home_libraries` found, and of those to come."""
    verify, mend = map(_to_verify, libraries["verify"]), map(_to_mend, libraries["mend"])
    return [*verify, *mend, *_to_write(user, today)]


def _quarter(row):
    return Quarter(row.report_year, row.report_number)


def _named(row):
    """Return laporan triwulan II 2019 Perpustakaan Desa Kapuk."""
    return f"laporan {_quarter(row).in_sentence} {row.name}"


def _to_verify(row):
    sent = localtime(row.report_at).date()
    return Task(
        title=f"Periksa {_named(row)}",
        url=reverse("villages:report_detail", args=[row.report]),
        due=sent,
        note=f"Dikirim {long_date(sent)}",
        button="Periksa",
        status=Status("Menunggu pemeriksaan", Tone.WAITING),
    )


def _to_mend(row):
    return Task(
        title=f"Perbaiki {_named(row)}",
        url=reverse("villages:report_detail", args=[row.report]),
        due=localtime(row.report_at).date(),
        note=row.report_reason[:120] or "Dibuka kembali",
        button="Perbaiki",
        status=Status("Perlu perbaikan", Tone.WAITING),
        urgent=True,
        action_url=reverse("villages:report_update", args=[row.pk, _quarter(row).key]),
    )


def _to_write(user, today):
    """
    Yield one task for all reports of the last quarter that are still to come in the regencies in
    which the user works. Whoever works in the whole province has the list.
    """
    scope = user.scope("villages.change_libraryreport")
    if not scope.regencies or scope.national or scope.provinces:
        return
    quarter = Quarter.last_ended(today)
    libraries = Library.objects.visible_to(user, "villages.change_libraryreport").village()
    if not (number := still_to_come(libraries, quarter).count()):
        return
    late = quarter.days_late(today)
    address = reverse("villages:report_list")
    yield Task(
        title=f"Kirim laporan {number} perpustakaan",
        url=f"{address}?triwulan={quarter.key}&daftar=belum",
        due=quarter.due_on,
        note=f"{quarter}, tenggat {long_date(quarter.due_on)}",
        button="Buka daftar",
        status=late_status(late),
        late_days=late,
    )
