"""
The importer beside a stock django-import-export Resource and beside raw COPY/executemany, on the
database of DATABASE_URL.

Every step is a process of its own, so that its memory is its own. Called by run.py for PostgreSQL
and for SQLite; alone: `DATABASE_URL=… python tests/benchmarks/imports.py`. BENCH_STOCK_ROWS lets
the stock Resource do fewer rows (its time grows with their number) when twenty minutes are too
long; the table then says so.
"""

import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

try:
    import resource
except ImportError:
    resource = None

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings", "DEBUG": ""}

import django  # noqa: E402

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from import_export.resources import ModelResource  # noqa: E402
from tablib import Dataset  # noqa: E402

from programs.models import Assignment  # noqa: E402
from sinergi.accounts.models import User  # noqa: E402
from sinergi.kit.spreadsheets.read import Sheet  # noqa: E402
from sinergi.kit.spreadsheets.write import write_xlsx  # noqa: E402
from villages.actions import load_regions  # noqa: E402
from villages.imports import batches  # noqa: E402
from villages.imports.apply import apply_batch  # noqa: E402
from villages.imports.columns import LABELS  # noqa: E402
from villages.imports.rows import ListRow  # noqa: E402
from villages.models import (  # noqa: E402
    District,
    ImportBatch,
    ImportContent,
    ImportRow,
    Library,
    Participation,
    Regency,
    Village,
)

YEAR, PROVINCE = 2019, "33"  # Jawa Tengah, the province with the most villages: 8,563
#: What an import writes, in the order in which the rows can be put back.
TABLES = [Library, Library.history.model, Participation, Participation.history.model, ImportRow]
STOCK_ROWS = int(os.environ.get("BENCH_STOCK_ROWS", "0"))


def empty():
    with transaction.atomic(), connection.cursor() as cursor:
        names = [model._meta.db_table for model in (*TABLES, ImportContent)]
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)} CASCADE")
        else:
            for name in reversed(names):
                cursor.execute(f"DELETE FROM {name}")


def rows_of(province=None):
    """Return a row for each village, all cells filled, as a list that has been read already."""
    districts, regencies = (
        dict(District.objects.values_list("pk", "name")),
        dict(Regency.objects.values_list("pk", "name")),
    )
    villages = Village.objects.filter(province=province) if province else Village.objects.all()
    return [
        ListRow(
            n,
            code=code,
            regency=regencies[code[:5]],
            district=districts[code[:8]],
            village=name,
            name=f"Perpustakaan {name}",
            address="Jalan Desa 1",
            head="Pengelola",
            phone="0812-3456-7890",
        )
        for n, (code, name) in enumerate(
            villages.order_by("pk").values_list("pk", "name").iterator(), 2
        )
    ]


def ours(rows):
    with transaction.atomic():
        sheet = Sheet("Daftar", [(1, ["Desa"])])
        batch = batches.new_batch(
            [sheet], name="daftar.xlsx", data=b"", province_id=None, year=YEAR
        )
        batches.save_batch(batch, [sheet], by=None)
        return apply_batch(batch, by=None, rows=rows, skipped=[]).counts


def step_new():
    empty()
    rows = rows_of()
    seconds, counts = timed(ours, rows)
    assert counts["new"] == len(rows), counts
    return {"seconds": seconds, "rows": len(rows)}


def step_again():
    rows = rows_of()
    with CaptureQueriesContext(connection) as captured:
        seconds, counts = timed(ours, rows)
    assert counts["unchanged"] == len(rows), counts
    return {"seconds": seconds, "queries": len(captured)}


def step_raw():
    """
    Write the rows of the step before into the same empty tables, by the database's own fastest way.
    """
    kept = []
    with connection.cursor() as cursor:
        for model in TABLES:
            if connection.vendor == "postgresql":
                buffer = io.StringIO()
                cursor.copy_expert(f"COPY {model._meta.db_table} TO STDOUT", buffer)
                kept.append(buffer.getvalue())
            else:
                cursor.execute(f"SELECT * FROM {model._meta.db_table}")
                kept.append(cursor.fetchall())
    empty()
    seconds, _ = timed(put_back, list(zip(TABLES, kept, strict=True)))
    empty()
    only, _ = timed(put_back, [(Library, kept[0])])
    return {"seconds": seconds, "library": only}


def put_back(tables):
    with transaction.atomic(), connection.cursor() as cursor:
        for model, rows in tables:
            name = model._meta.db_table
            if connection.vendor == "postgresql":
                cursor.copy_expert(f"COPY {name} FROM STDIN", io.StringIO(rows))
            elif rows:
                cursor.executemany(
                    f"INSERT INTO {name} VALUES ({', '.join(['%s'] * len(rows[0]))})", rows
                )


class StockLibraries(ModelResource):
    class Meta:
        model = Library
        import_id_fields = ["village"]
        fields = ["level", "province", "regency", "village", "name", "address", "head", "phone"]
        skip_unchanged = True
        report_skipped = False


class StockParticipations(ModelResource):
    class Meta:
        model = Participation
        import_id_fields = ["library", "year"]
        fields = ["library", "year"]
        skip_unchanged = True
        report_skipped = False


def stock(rows):
    libraries = Dataset(
        headers=["level", "province", "regency", "village", "name", "address", "head", "phone"]
    )
    for row in rows:
        code = row.code
        libraries.append(
            ["village", code[:2], code[:5], code, row.name, row.address, row.head, row.phone]
        )
    first, _ = timed(StockLibraries().import_data, libraries, raise_errors=True)
    ids = dict(Library.objects.values_list("village_id", "pk"))
    participations = Dataset(headers=["library", "year"])
    for row in rows:
        participations.append([ids[row.code], YEAR])
    second, _ = timed(StockParticipations().import_data, participations, raise_errors=True)
    return first, second


def step_stock():
    empty()
    rows = rows_of()[: STOCK_ROWS or None]
    new, again = stock(rows), stock(rows)
    assert Library.objects.count() == Participation.objects.count() == len(rows)
    empty()
    return {"new": new, "again": again, "rows": len(rows)}


def step_web():
    """
    Take a province through the wizard: from the upload to the preview, and from the button to the
    result.
    """
    empty()
    fields = ["code", "regency", "district", "village", "name", "address", "head", "phone"]
    rows = rows_of(PROVINCE)
    data = write_xlsx(
        [LABELS[f] for f in fields],
        ([getattr(row, f) for f in fields] for row in rows),
        title="Daftar",
    )
    client, before = Client(HTTP_HOST="127.0.0.1"), peak()
    client.force_login(account(), backend="sinergi.accounts.backends.RoleBackend")
    client.get("/desa/impor/")

    def preview():
        file = SimpleUploadedFile("daftar.xlsx", data)
        return client.post(
            "/desa/impor/", {"file": file, "year": YEAR, "province": PROVINCE}, follow=True
        )

    to_preview, page = timed(preview)
    text, address = page.content.decode(), ImportBatch.objects.latest("id").get_absolute_url()
    assert f"Terapkan {len(rows):,} baris".replace(",", ".") in text
    sent = dict(re.findall(r'name="(version|rencana)" value="(\w+)"', text)) | {"aksi": "terapkan"}
    to_result, result = timed(client.post, address, sent)
    assert result.status_code == 302 and Library.objects.count() == len(rows)
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    empty()
    return {
        "rows": len(rows),
        "preview": to_preview,
        "apply": to_result,
        "child": child,
        "before": before,
    }


def account():
    user, made = User.objects.get_or_create(username="bench-impor")
    if made:
        Assignment(user=user, role="administrator").save_as(by=user)
    return user


def timed(function, *arguments, **named):
    began = time.perf_counter()
    answer = function(*arguments, **named)
    return time.perf_counter() - began, answer


def peak():
    """Peak memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(step):
    ended = subprocess.run(
        [sys.executable, __file__, step], capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise SystemExit(ended.stderr[-3000:])
    return json.loads(ended.stdout.splitlines()[-1])


def main():
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if Village.objects.count() < 80_000:
        load_regions()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    new, again, raw, web = (measure(step) for step in ("new", "again", "raw", "web"))
    whole = measure("stock")
    ImportBatch.objects.all().delete()
    scale = new["rows"] / whole["rows"]
    stock_new, stock_again = sum(whole["new"]) * scale, sum(whole["again"]) * scale
    title = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    note = "" if scale == 1 else f" (bawaan: {whole['rows']:,} baris, dikalikan {scale:.1f})"
    print(f"\n{title}, {new['rows']:,} baris{note}\n")
    print("| langkah | kami (s) | Resource bawaan (s) | × | COPY/executemany (s) | × |")
    print("|---|---:|---:|---:|---:|---:|")
    print(
        f"| ke tabel kosong | {new['seconds']:.1f} | {stock_new:.0f} | {stock_new / new['seconds']:.0f} "
        f"| {raw['seconds']:.1f} | {new['seconds'] / raw['seconds']:.1f} |"
    )
    faster = stock_again / again["seconds"]
    print(
        f"| sekali lagi, tanpa perubahan | {again['seconds']:.1f} | {stock_again:.0f} |"
        f" {faster:.0f} | | |"
    )
    print(
        f"\nbawaan, perpustakaan saja: {whole['new'][0] * scale:.0f} s dan {whole['again'][0] * scale:.0f} s; "
        f"COPY perpustakaan saja: {raw['library']:.1f} s; kueri sekali lagi: {again['queries']}; "
        f"memori {max(new['memory'], again['memory'])} MB"
    )
    print(
        f"{web['rows']:,} baris di web: unggah sampai pratinjau {web['preview']:.1f} s, terapkan {web['apply']:.1f} s, "
        f"memori {web['memory']} MB, pembaca {web['child']} MB\n"
    )
    checks = {
        "tabel kosong: 25 × lebih cepat dari bawaan": stock_new >= 25 * new["seconds"],
        "tabel kosong: dalam 3 × COPY/executemany": new["seconds"] <= 3 * raw["seconds"],
        "tanpa perubahan: 60 × lebih cepat dari bawaan": stock_again >= 60 * again["seconds"],
        "tanpa perubahan: paling banyak 60 kueri": again["queries"] <= 60,
        "memori paling banyak 350 MB": max(new["memory"], again["memory"]) <= 350,
        "web: pratinjau dalam 3 s": web["preview"] <= 3,
        "web: terapkan dalam 2 s": web["apply"] <= 2,
        "web: memori di bawah 300 MB": max(web["memory"], web["child"]) < 300,
    }
    for promise, met in checks.items():
        print(f"{'ya   ' if met else 'TIDAK'}  {title}, {promise}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        found = globals()[f"step_{sys.argv[1]}"]()
        print(json.dumps(found | {"memory": peak()}))
        sys.exit(0)
    sys.exit(main())
