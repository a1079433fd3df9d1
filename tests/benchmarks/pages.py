"""
The second table of `make bench`: the pages of a national reader and of one province, over a country
at work (country.py).

On the database of DATABASE_URL, which is filled once and kept. Called by run.py for PostgreSQL and
for SQLite; alone: `DATABASE_URL=… python tests/benchmarks/pages.py`, with `--before` for the table
alone, without the promises.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings", "DEBUG": ""}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from advocacy.models import (  # noqa: E402
    AdvocacyCase,
    Commitment,
    FollowUp,
    Meeting,
    Realisation,
    Visit,
)
from programs.models import Institution  # noqa: E402
from sinergi.kit.pagination import KeysetPage  # noqa: E402
from tests.benchmarks import calendars, country, data, expansion, reports, visits  # noqa: E402
from tests.benchmarks.filling import fill_country  # noqa: E402
from villages.models import LibraryReport  # noqa: E402

PORT = 8766
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "25"))
POSTGRESQL = connection.vendor == "postgresql"
SLACK = 1 if POSTGRESQL else 2  # SQLite may take twice as long
PAGE_BYTES = 15 * 1024
ROWS_READ = 5_000  # by one step of a query; a page shows 50 rows, a board 140


class Sort(Enum):
    WORD, LIST, BOARD, SUM_OF_NATION, SUM_OF_PROVINCE, PLAN, HOME, FORM, SCHEDULE = range(9)
    REPORTS_OF_NATION, REPORTS_OF_PROVINCE = range(9, 11)
    COVERAGE_OF_NATION, COVERAGE_OF_PROVINCE, VILLAGES = range(11, 14)
    RHYTHM = 14


#: Times the one-word view, and milliseconds of SQL, that a page of each sort may take.
TIMES_A_WORD = {Sort.LIST: 5, Sort.BOARD: 10, Sort.PLAN: 10, Sort.SCHEDULE: 12}
SQL_MS = {
    Sort.SUM_OF_NATION: 250,
    Sort.SUM_OF_PROVINCE: 30,
    Sort.SCHEDULE: 100,
    Sort.REPORTS_OF_NATION: 250,
    Sort.REPORTS_OF_PROVINCE: 60,
    Sort.COVERAGE_OF_NATION: 250,
    Sort.COVERAGE_OF_PROVINCE: 30,
}
MOST_QUERIES = {
    Sort.HOME: 15,
    Sort.REPORTS_OF_PROVINCE: 10,
    Sort.COVERAGE_OF_PROVINCE: 8,
}
#: Sums read what they add up; the team's page the attendance of its year; the next visits pass over
#: libraries that were never visited, until they have found as many as they count; the scores of
#: eight quarters read the reports of all of them; the calendar of the country counts all that
#: is in a month, and the rhythm of 38 teams looks at what each of their rules watches.
MOST_ROWS_READ = {
    Sort.SUM_OF_NATION: None,
    Sort.PLAN: 2 * ROWS_READ,
    Sort.SCHEDULE: 4 * ROWS_READ,
    Sort.REPORTS_OF_NATION: None,
    Sort.REPORTS_OF_PROVINCE: 2 * ROWS_READ,
    Sort.COVERAGE_OF_NATION: None,
    Sort.COVERAGE_OF_PROVINCE: None,
    Sort.VILLAGES: None,
    Sort.RHYTHM: 2 * ROWS_READ,
}


@dataclass
class Page:
    sort: Sort
    path: str
    account: str
    ms: float = 0
    sql_ms: float = 0
    queries: int = 0
    size: int = 0  # bytes, compressed
    read: int = 0  # rows of the step that read most


def pages():
    """Name → Page, in the order of the table."""
    plan, activity = country.busy_plan(), country.busy_activity()
    partner = (
        Institution.objects.filter(province=country.BUSY, name__startswith="Mitra")
        .order_by("pk")
        .first()
    )
    own, everywhere = "sekretariat", "nasional"
    library = visits.busy_library(country.BUSY)
    visit = Visit.objects.sent().filter(library=library).order_by("-visited_on", "-id").first()
    found = {
        "beranda, nasional": Page(Sort.HOME, "/", everywhere),
        "beranda, provinsi": Page(Sort.HOME, "/", own),
    }
    for name, path in {
        "komitmen": reverse("advocacy:commitment_list"),
        "komitmen terbuka": reverse("advocacy:commitment_list") + "?standing=open",
        "komitmen lewat tenggat": reverse("advocacy:commitment_list") + "?standing=overdue",
        "realisasi": reverse("advocacy:realisation_list"),
        "rapat": reverse("advocacy:meeting_list"),
        "tindak lanjut": reverse("advocacy:followup_list"),
        "kunjungan": reverse("advocacy:visit_list"),
        "daftar sasaran": reverse("advocacy:case_list"),
        "kerja sama": reverse("advocacy:partnership_list"),
        "publikasi": reverse("advocacy:media_list"),
        "mitra": reverse("programs:institution_list"),
        "orang": reverse("programs:person_list"),
        "perpustakaan": reverse("villages:library_list"),
        "rencana": reverse("programs:plan_list"),
    }.items():
        found |= {
            f"{name}, nasional": Page(Sort.LIST, path, everywhere),
            f"{name}, provinsi": Page(Sort.LIST, path, own),
        }
    schedule = reverse("advocacy:visit_schedule")
    for name, path in {"berikutnya": schedule, "belum pernah": f"{schedule}?daftar=belum"}.items():
        found |= {
            f"kunjungan {name}, nasional": Page(Sort.SCHEDULE, path, everywhere),
            f"kunjungan {name}, provinsi": Page(Sort.SCHEDULE, path, own),
        }
    rhythm = reverse("advocacy:cadence_list")
    busy_visits = reverse("advocacy:cadence_detail", args=[plan.team_id, "visit"])
    found |= {
        "irama, nasional": Page(Sort.RHYTHM, rhythm, everywhere),
        "irama, provinsi": Page(Sort.RHYTHM, rhythm, own),
        "irama, kunjungan": Page(Sort.RHYTHM, busy_visits, own),
    }
    scores = reverse("villages:score_matrix")
    for name, path in {
        "laporan triwulan": reverse("villages:report_list"),
        "capaian": scores,
        "capaian, perpustakaan": reverse("villages:score_list"),
        "capaian, indikator": reverse("villages:score_indicator", args=["visitors"]),
    }.items():
        found |= {
            f"{name}, nasional": Page(Sort.REPORTS_OF_NATION, path, everywhere),
            f"{name}, provinsi": Page(Sort.REPORTS_OF_PROVINCE, path, own),
        }
    board = reverse("advocacy:case_board")
    found |= {
        "papan advokasi, nasional": Page(Sort.BOARD, board, everywhere),
        "papan advokasi, provinsi": Page(Sort.BOARD, board, own),
    }
    middle = Meeting.objects.order_by("-starts_at", "-id")[Meeting.objects.count() // 2]
    month = f"{reverse('home:calendar')}?bulan={middle.starts_at:%Y-%m}"
    found |= {
        "kalender, nasional": Page(Sort.SUM_OF_NATION, month, everywhere),
        "kalender, provinsi": Page(Sort.BOARD, month, own),
    }
    found |= _far_pages(everywhere)
    found |= _expansion_pages(everywhere)
    secretary = plan.team.memberships.get(role="secretary").person_id
    followups = reverse("advocacy:followup_list")
    for name, asked in {
        "satu orang": f"daftar=tim&person={secretary}",
        "satu orang, selesai": f"daftar=selesai&person={secretary}",
        "sampai hari ini": f"daftar=tim&until={timezone.localdate()}",
    }.items():
        in_province = f"{asked}&province={country.BUSY}"
        found[f"tindak lanjut, {name}, nasional"] = Page(
            Sort.LIST, f"{followups}?{in_province}", everywhere
        )
        found[f"tindak lanjut, {name}, provinsi"] = Page(Sort.LIST, f"{followups}?{asked}", own)
    for by in ("jenis", "sektor", "kabupaten", "tahun"):
        path = f"{reverse('advocacy:commitment_sums')}?menurut={by}"
        found[f"jumlah menurut {by}, nasional"] = Page(Sort.SUM_OF_NATION, path, everywhere)
        found[f"jumlah menurut {by}, provinsi"] = Page(Sort.SUM_OF_PROVINCE, path, own)
    for name, url, key in (
        ("rencana", "programs:plan_detail", plan.pk),
        ("rencana, bulan", "programs:plan_months", plan.pk),
        ("rencana, realisasi", "programs:plan_outcome", plan.pk),
        ("rencana, rincian", "programs:plan_spending", plan.pk),
        ("rencana, riwayat", "programs:plan_history", plan.pk),
        ("rencana, lembar", "programs:plan_export", plan.pk),
        ("kegiatan", "programs:activity_detail", activity.pk),
        ("kegiatan, riwayat", "programs:activity_history", activity.pk),
        ("sumber dana", "programs:funding_list", plan.team_id),
        ("tim", "programs:team_detail", plan.team_id),
        ("mitra, satu", "programs:institution_detail", partner.pk),
        ("orang, satu", "programs:person_detail", secretary),
        ("perpustakaan, satu", "villages:library_detail", library.pk),
        ("kunjungan, satu", "advocacy:visit_detail", visit.pk),
    ):
        found[name] = Page(Sort.PLAN, reverse(url, args=[key]), own)
    forms = {
        "komitmen baru": "commitment_create",
        "rapat baru": "meeting_create",
        "sasaran baru": "case_create",
    }
    found |= {name: Page(Sort.FORM, reverse(f"advocacy:{url}"), own) for name, url in forms.items()}
    found["kunjungan baru"] = Page(
        Sort.FORM, reverse("advocacy:visit_create", args=[library.pk]), own
    )
    return found


def _expansion_pages(everywhere):
    """Return the coverage and its villages, of the country and of a province of 8,563 villages."""
    coverage, villages = (
        reverse(f"advocacy:expansion_{name}") for name in ("coverage", "village_list")
    )
    own, trainings = "provinsi-besar", reverse("advocacy:training_list")
    found = {
        "perluasan, nasional": Page(Sort.COVERAGE_OF_NATION, coverage, everywhere),
        "perluasan, provinsi": Page(Sort.COVERAGE_OF_PROVINCE, coverage, own),
        "perluasan, sumber, provinsi": Page(
            Sort.COVERAGE_OF_PROVINCE, f"{coverage}?sumber=national", own
        ),
        "bimtek perluasan, nasional": Page(Sort.LIST, trainings, everywhere),
        "bimtek perluasan, provinsi": Page(Sort.LIST, trainings, own),
    }
    for name, asked in {
        "semua desa": "",
        "belum ada": "?tahap=none",
        "calon": "?tahap=candidate",
        "mandiri": "?tahap=independent",
        "tanpa kemajuan": "?keadaan=tanpa-kemajuan",
    }.items():
        found |= {
            f"perluasan, {name}, nasional": Page(Sort.VILLAGES, villages + asked, everywhere),
            f"perluasan, {name}, provinsi": Page(Sort.VILLAGES, villages + asked, own),
        }
    case, training = expansion.busy_case(), expansion.busy_training()
    found["perluasan, satu desa"] = Page(Sort.PLAN, case.get_absolute_url(), own)
    found["bimtek perluasan, satu"] = Page(Sort.PLAN, training.get_absolute_url(), own)
    return found


def _far_pages(account):
    """Page 100 of each list that has as many."""
    found = {}
    for name, model, order, url in (
        ("komitmen", Commitment, ("-promised_on", "-id"), "commitment_list"),
        ("realisasi", Realisation, ("-realised_on", "-id"), "realisation_list"),
        ("rapat", Meeting, ("-starts_at", "-id"), "meeting_list"),
        ("tindak lanjut", FollowUp, ("due_on", "id"), "followup_list"),
        ("kunjungan", Visit, ("-visited_on", "-id"), "visit_list"),
        ("daftar sasaran", AdvocacyCase, ("stage_since", "id"), "case_list"),
    ):
        cursor = cursor_of_page(model.objects.all(), order, 100)
        found[f"{name}, halaman 100"] = Page(
            Sort.LIST, f"{reverse(f'advocacy:{url}')}?setelah={cursor}", account
        )
    return found


def cursor_of_page(queryset, order, number, size=50):
    """Return the cursor that leads to page `number`."""
    row = queryset.order_by(*order).only(order[0].lstrip("-"))[(number - 1) * size - 1]
    return KeysetPage(queryset, QueryDict(), order=order, size=1)._write(row)


@contextmanager
def server():
    """Gunicorn with one worker, on a connection to it that is kept."""
    connections.close_all()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "sinergi.wsgi",
        "--bind",
        f"127.0.0.1:{PORT}",
        "--keep-alive",
        "60",
        "--threads",
        "2",
    ]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        time.sleep(4)
        yield http.client.HTTPConnection("127.0.0.1", PORT)
    finally:
        running.terminate()
        running.wait()


def ask(to, page, session):
    """Milliseconds and bytes."""
    headers = {"Cookie": f"sinergi_sesi={session}", "Host": "127.0.0.1", "Accept-Encoding": "gzip"}
    began = time.perf_counter()
    to.request("GET", page.path, headers=headers)
    response = to.getresponse()
    size = len(response.read())
    assert response.status == 200, f"{page.path}: {response.status}"
    return (time.perf_counter() - began) * 1000, size


def time_pages(found):
    """p50 of each, asked in turn so that the machine's moods fall on all alike."""
    sessions = {
        account: data.session_of(account) for account in {page.account for page in found.values()}
    }
    taken = {name: [] for name in found}
    with server() as to:
        for number in range(ROUNDS + 3):
            for name, page in found.items():
                ms, page.size = ask(to, page, sessions[page.account])
                if number >= 3:
                    taken[name].append(ms)
    for name, page in found.items():
        page.ms = statistics.median(taken[name])


def count_queries(found):
    """
    Count the queries of each page, the time they take in the database, and the rows that the
    largest step reads.
    """
    for page in found.values():
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(
            data.User.objects.get(username=page.account),
            backend="sinergi.accounts.backends.RoleBackend",
        )
        client.get(page.path)
        times = []
        for _ in range(3):
            with CaptureQueriesContext(connection) as captured:
                client.get(page.path).getvalue()
            times.append(sum(float(query["time"]) for query in captured) * 1000)
        page.sql_ms, page.queries = min(times), len(captured)
        if POSTGRESQL:
            page.read = max(rows_read(query["sql"]) for query in captured)


def rows_read(sql):
    """
    Rows that the step of this SELECT which reads most has read, those it threw away included; 0 of
    anything else.
    """
    if not sql.startswith(("SELECT", "(SELECT", "WITH")):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0]
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return int(max(step_reads(plan[0]["Plan"])))


def step_reads(step):
    yield (
        (step["Actual Rows"] + step.get("Rows Removed by Filter", 0)) * step["Actual Loops"]
        if "Relation Name" in step
        else 0
    )
    for below in step.get("Plans", []):
        yield from step_reads(below)


def report(found):
    word = found["satu kata"].ms
    title = f"PostgreSQL {connection.pg_version}" if POSTGRESQL else "SQLite"
    print(
        f"\n{title}: {Meeting.objects.count():,} rapat, {Commitment.objects.count():,} komitmen, "
        f"{Realisation.objects.count():,} realisasi, {Visit.objects.count():,} kunjungan, {LibraryReport.objects.count():,} laporan, {country.versions():,} baris riwayat, {ROUNDS} putaran\n"
    )
    print(
        f"| {'halaman':<34} | p50 (ms) | × satu kata | SQL (ms) | kueri | bita terkompresi | baris"
        " terbaca |"
    )
    print(
        f"|{'-' * 36}|---------:|------------:|---------:|------:|-----------------:|--------------:|"
    )
    for name, page in found.items():
        print(
            f"| {name:<34} | {page.ms:8.1f} | {page.ms / word:11.1f} | {page.sql_ms:8.1f} | {page.queries:5} "
            f"| {page.size:16,} | {page.read:13,} |"
        )


def broken_promises(found):
    word = found["satu kata"].ms
    for name, page in found.items():
        if page.ms > (most := TIMES_A_WORD.get(page.sort, 1000) * SLACK) * word:
            yield f"{name}: {page.ms / word:.1f} × satu kata, paling lama {most} ×"
        if page.sql_ms > (most := SQL_MS.get(page.sort, 10_000) * SLACK):
            yield f"{name}: {page.sql_ms:.0f} ms SQL, paling lama {most} ms"
        if page.queries > (most := MOST_QUERIES.get(page.sort, 1000)):
            yield f"{name}: {page.queries} kueri, paling banyak {most}"
        if page.size > PAGE_BYTES and page.path != found["rencana, lembar"].path:
            yield f"{name}: {page.size:,} bita, paling banyak {PAGE_BYTES:,}"
        most = MOST_ROWS_READ.get(page.sort, ROWS_READ)
        if most is not None and page.read > most:
            yield f"{name}: satu langkah membaca {page.read:,} baris, paling banyak {most:,}"
        if name.endswith(", halaman 100"):
            first = found[name.replace("halaman 100", "nasional")].ms
            if max(first, page.ms) > 1.3 * min(first, page.ms):
                yield f"{name}: {page.ms:.1f} ms, halaman 1 {first:.1f} ms, paling jauh 1,3 ×"


def broken_promises_of_sheets():
    """Sixty libraries made in 150 ms and read again in a second; more of them take longer."""
    libraries, made, read = reports.time_sheet()
    print(f"\nLembar laporan, {libraries} perpustakaan: dibuat {made:.0f} ms, dibaca {read:.0f} ms")
    share = max(libraries / 60, 1) * SLACK
    if made > 150 * share or read > 1000 * share:
        yield f"lembar laporan: {made:.0f} dan {read:.0f} ms, paling lama 150 dan 1.000 ms"


def broken_promises_of_calendars():
    """Four hundred events are drawn in 250 ms."""
    ms = calendars.time_calendar(data.User.objects.get(username="nasional"))
    print(f"\nKalender langganan, {calendars.EVENTS} agenda: {ms:.0f} ms")
    if ms > (most := 250 * SLACK):
        yield f"kalender langganan: {ms:.0f} ms, paling lama {most} ms"


def main():
    fill_country()
    call_command("collectstatic", interactive=False, verbosity=0)
    found = {"satu kata": Page(Sort.WORD, "/kata/", "sekretariat")} | pages()
    if len(sys.argv) > 1 and sys.argv[1] != "--before":
        found = {
            name: page for name, page in found.items() if name == "satu kata" or sys.argv[1] in name
        }
    count_queries(found)
    time_pages(found)
    report(found)
    if len(sys.argv) > 1:
        return 0
    broken = [
        *broken_promises(found),
        *broken_promises_of_sheets(),
        *broken_promises_of_calendars(),
    ]
    for promise in broken:
        print(f"TIDAK  {promise}")
    print("Semua janji halaman ditepati." if not broken else f"{len(broken)} janji tidak ditepati.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
