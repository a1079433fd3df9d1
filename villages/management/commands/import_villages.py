"""
manage.py import_villages FILE [--province 19] [--year 2019] [--sheet …] [--dry-run] [--json]
[--problems FILE.xlsx]
"""

import json
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction
from tqdm import tqdm

from sinergi.kit.models import StaleRecord
from sinergi.kit.spreadsheets.read import read_sheets
from sinergi.kit.transitions import TransitionError
from villages.imports import batches
from villages.imports.apply import apply_batch
from villages.imports.cells import CellError, clean_year
from villages.imports.columns import read_layout
from villages.imports.problems import CHANGED, NEW, PROBLEM, SKIPPED, UNCHANGED
from villages.imports.tables import unread_tables
from villages.imports.wording import problem_reason, problem_sheet
from villages.models import Province
from villages.row_numbers import row_of, table_of

MAX_ROWS = 200_000
MAX_BYTES = 200 * 1024 * 1024
WORDS = {
    NEW: "baru",
    CHANGED: "berubah",
    UNCHANGED: "tetap",
    PROBLEM: "bermasalah",
    SKIPPED: "dilewati",
}


class Command(BaseCommand):
    help = (
        "Mengimpor daftar desa dari berkas xlsx, xls, ods, atau csv. Baris yang bermasalah"
        " dilaporkan dan ditinggalkan; yang lain masuk semuanya atau tidak satu pun."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="BERKAS", type=Path)
        parser.add_argument(
            "--province",
            metavar="KODE",
            help="batasi pada provinsi ini; tanpa ini seluruh Indonesia",
        )
        parser.add_argument(
            "--year",
            type=int,
            metavar="TAHUN",
            help="tahun program untuk baris yang tidak menyebutnya",
        )
        parser.add_argument(
            "--sheet",
            metavar="NAMA",
            help="nama lembar; tanpa ini semua yang mirip daftar desa dan sama kolomnya",
        )
        parser.add_argument(
            "--source",
            default="",
            metavar="KANTOR",
            help="asal daftar, agar pasangan kolomnya diingat",
        )
        parser.add_argument(
            "--by", metavar="AKUN", help="nama pengguna yang dicatat sebagai pengimpor"
        )
        parser.add_argument(
            "--problems",
            type=Path,
            metavar="BERKAS.xlsx",
            help="tulis baris bermasalah ke berkas ini",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="hanya menghitung, tidak menulis"
        )
        parser.add_argument("--json", action="store_true", help="cetak hasilnya sebagai JSON")

    def handle(self, *, file, province, year, sheet, source, by, problems, dry_run, **options):
        self.bar = tqdm(
            total=4,
            disable=options["json"] or None,
            file=self.stderr,
            bar_format="{desc:<28}{bar}| {elapsed}",
        )
        user = self.user(by)
        if province and not Province.objects.filter(pk=province).exists():
            raise CommandError(
                f"Provinsi dengan kode {province} tidak ada. Jalankan load_regions dulu."
            )
        self.step("Membaca berkas")
        data, sheets = self.read(file)
        origin = {"province_id": province, "source": source}
        sheets = batches.read_tables(sheets, max_rows=MAX_ROWS, **origin)
        batch = batches.new_batch(sheets, name=file.name, data=data, year=self.year(year), **origin)
        if sheet is not None:
            self.choose(batch, sheets, sheet)
        layout = batches.layout_of(batch, sheets)
        if not batch.finds_villages:
            raise CommandError(
                "Kolom desa tidak ditemukan. Baris judulnya harus memuat kolom seperti “Desa” atau"
                " “Desa/Kel.”."
            )
        if not batch.knows_year:
            raise CommandError(
                "Tahun program tidak tertulis dalam daftar. Tambahkan --year, misalnya --year 2019."
            )
        self.step("Mencocokkan desa")
        rows, skipped = batches.rows_of_sheet(sheets[batch.sheet], layout)
        plan = batches.plan_of(batch, rows, skipped)
        if problems:
            self.write(problems, problem_sheet(plan, layout))
        if not dry_run:
            self.step("Menulis")
            plan = self.apply(batch, sheets, rows, skipped, layout, user)
        self.step("Selesai")
        self.bar.close()
        self.report(
            batch,
            plan,
            unread_tables(sheets, batch.sheet),
            dry_run=dry_run,
            as_json=options["json"],
        )

    def step(self, what):
        self.bar.set_description_str(what)
        self.bar.update(1)

    def user(self, username):
        if not username:
            return None
        found = get_user_model().objects.filter(username=username).first()
        if found is None:
            raise CommandError(f"Akun {username} tidak ada.")
        return found

    def year(self, number):
        try:
            return None if number is None else clean_year(str(number))
        except CellError as error:
            raise CommandError(f"--year {number}: {error}") from error

    def write(self, path, content):
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{path} tidak dapat ditulis: {error.strerror}.") from error

    def read(self, file):
        try:
            if file.stat().st_size > MAX_BYTES:
                raise CommandError(f"{file.name} lebih besar dari 200 MB.")
            data = file.read_bytes()
            sheets = read_sheets(
                data,
                file.name,
                max_rows=MAX_ROWS,
                characters=MAX_BYTES,
                megabytes=4096,
                seconds=300,
            )
        except OSError as error:
            raise CommandError(f"{file} tidak dapat dibaca: {error.strerror}.") from error
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        if any(one.more for one in sheets):
            raise CommandError(f"Paling banyak {MAX_ROWS} baris selembar.")
        return data, sheets

    def choose(self, batch, sheets, name):
        number = next((n for n, one in enumerate(sheets) if one.name == name), None)
        if number is None:
            raise CommandError(
                f"Lembar “{name}” tidak ada. Yang ada: {', '.join(one.name for one in sheets)}."
            )
        layout = read_layout(
            sheets[number], remembered=batches.remembered_columns(batch), number=number
        )
        batches.use_layout(batch, layout, sheets)

    def apply(self, batch, sheets, rows, skipped, layout, user):
        try:
            with transaction.atomic():
                batches.save_batch(batch, sheets, by=user)
                return apply_batch(batch, by=user, rows=rows, skipped=skipped, leave_problems=True)
        except (TransitionError, StaleRecord, IntegrityError) as error:
            raise CommandError(
                "Tidak ada yang ditulis: data yang sama sedang diubah orang lain. Ulangi."
                f" ({error})"
            ) from error

    def report(self, batch, plan, others, *, dry_run, as_json):
        counts = plan.counts
        if as_json:
            report = {
                "batch": batch.pk,
                "dry_run": dry_run,
                "file": batch.file_name,
                "sha256": batch.file_hash,
                **counts,
            }
            report["problems"] = [
                {"row": row_of(one.number), "reason": problem_reason(one, plan)}
                | ({"table": plan.tables[table_of(one.number)]} if plan.tables else {})
                for one in plan.of(PROBLEM)
            ]
            report["tables"] = plan.tables
            report["unread"] = [
                {"table": name, "rows": rows, "looks_alike": alike} for name, rows, alike in others
            ]
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        self.stdout.write(
            ", ".join(f"{counts[outcome]} {word}" for outcome, word in WORDS.items()) + "."
        )
        for one in plan.of(PROBLEM)[:100]:
            self.stdout.write(
                self.style.WARNING(
                    f"  baris {plan.label_of(one.number)}: {problem_reason(one, plan)}"
                )
            )
        if plan.of(PROBLEM)[100:]:
            self.stdout.write(
                f"  … dan {len(plan.of(PROBLEM)) - 100} lagi (--problems menuliskan semuanya)"
            )
        if plan.tables:
            self.stdout.write(f"Dibaca sebagai satu daftar: {', '.join(plan.tables)}.")
        for name, rows, is_list in others:
            advice = (
                f": memuat daftar desa dengan kolom lain, impor sendiri dengan --sheet “{name}”"
                if is_list
                else ""
            )
            self.stdout.write(
                self.style.WARNING(f"Tidak dibaca: lembar “{name}” ({rows} baris){advice}.")
            )
        self.stdout.write("Belum ada yang ditulis." if dry_run else f"Impor nomor {batch.pk}.")
