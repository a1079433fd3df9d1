"""
Tasks of quarterly reports: to look at those that were handed in, and to mend those that were
returned; and those handed in that wait for somebody else.
"""

from django.urls import reverse

from sinergi.home.task import READ, Task, TaskText
from sinergi.kit.dates import long_date
from sinergi.kit.json_rows import local_day_of
from sinergi.kit.links import record_url
from sinergi.kit.status import Status, Tone
from villages.models import LibraryReport
from villages.quarters import Quarter

CHANGE, VERIFY = "villages.change_libraryreport", "villages.verify_libraryreport"
COLUMNS = {
    "pk": "pk",
    "library": "library_id",
    "name": "library__name",
    "year": "year",
    "number": "quarter_number",
    "submitted_at": "submitted_at",
}


def report_parts(user):
    """
    Return {key: (reports, columns)}, of each what waits longest first. Whoever looks after the
    whole country has the list.
    """
    reports = LibraryReport.objects
    to_verify = reports.visible_to(user, VERIFY).to_verify_by(user)
    if user.scope(VERIFY).national:
        to_verify = to_verify.none()
    mine = reports.visible_to(user, CHANGE)
    sent = mine.submitted().filter(submitted_by=user)
    returned = COLUMNS | {"since": "to_mend_since", "why": "return_reason"}
    return {
        "verify": (to_verify.order_by("submitted_at", "pk")[:READ], COLUMNS),
        "mend_report": (mine.returned_to(user).order_by("to_mend_since", "pk")[:READ], returned),
        "with_verifier": (sent.order_by("submitted_at", "pk")[:READ], COLUMNS),
    }


def report_tasks(rows):
    """Return the tasks of the JSON rows of `report_parts`."""
    return [
        *(_to_verify(row) for row in rows["verify"]),
        *(_to_mend(row) for row in rows["mend_report"]),
        *(_with_verifier(row) for row in rows["with_verifier"]),
    ]


def _quarter(row):
    return Quarter(row["year"], row["number"])


def _named(row):
    """Return laporan triwulan II 2019 Perpustakaan Desa Kapuk."""
    return f"laporan {_quarter(row).in_sentence} {row['name']}"


def _url(row):
    return record_url("villages:report_detail", row["pk"])


def _to_verify(row):
    sent = local_day_of(row["submitted_at"])
    return Task(
        due=sent,
        write=lambda: TaskText(
            title=f"Periksa {_named(row)}",
            url=_url(row),
            note=f"Pengirimnya menunggu sejak {long_date(sent)}",
            button="Periksa",
            status=Status("Menunggu pemeriksaan", Tone.WAITING),
        ),
    )


def _to_mend(row):
    return Task(
        due=local_day_of(row["since"]),
        urgent=True,
        write=lambda: TaskText(
            title=f"Perbaiki {_named(row)}",
            url=_url(row),
            note=row["why"][:120] or "Dibuka kembali",
            button="Perbaiki",
            status=Status("Perlu perbaikan", Tone.WAITING),
            action_url=reverse("villages:report_update", args=[row["library"], _quarter(row).key]),
        ),
    )


def _with_verifier(row):
    sent = local_day_of(row["submitted_at"])
    name = _named(row)
    return Task(
        due=sent,
        waits_for_others=True,
        write=lambda: TaskText(
            title=f"{name[:1].upper()}{name[1:]}",
            url=_url(row),
            note=f"Pemeriksa di provinsi belum memutuskan; menunggu sejak {long_date(sent)}",
            button="Buka laporan",
            status=Status("Menunggu pemeriksaan", Tone.WAITING),
        ),
    )
