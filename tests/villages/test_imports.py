"""Applying a list, and undoing it: all or nothing, once, and never over what somebody else did."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from openpyxl import load_workbook

from sinergi.kit import bulk
from sinergi.kit.models import FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.constraints import kept, refused
from tests.villages import lists
from tests.villages.importing import answer, applied, batch_of, row, stored
from villages.imports import apply, batches
from villages.imports.apply import PlanChanged, apply_batch
from villages.imports.undo import undo_batch
from villages.models import (
    ImportBatch,
    ImportContent,
    ImportRow,
    Library,
    Participation,
    Village,
    VillageAlias,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("bulk writes, constraints, and a process that is killed"),
]

KAPUK, KIMAK, SELIU = "19.01.06.2002", "19.01.03.2005", "19.02.02.2009"


@pytest.fixture(autouse=True)
def babel():
    factories.regions()


@pytest.fixture
def account():
    return factories.user("administrator")


class TestApply:
    def test_makes_libraries_and_participations_with_stamps_and_history(self, account):
        applied(row("Kapuk", head="Pengelola", phone="81234567890"), by=account)
        library = Library.objects.get()
        assert (library.village_id, library.regency_id, library.province_id, library.level) == (
            KAPUK,
            "19.01",
            "19",
            "village",
        )
        assert (library.name, library.phone, library.version) == (
            "Perpustakaan Desa Kapuk",
            "0812-3456-7890",
            1,
        )
        assert (library.created_by, library.updated_by) == (account, account)
        assert [(h.history_type, h.history_user, h.head) for h in library.history.all()] == [
            ("+", account, "Pengelola")
        ]
        participation = library.participations.get()
        assert participation.year == 2019 and participation.history.get().history_user == account

    def test_changes_only_what_the_list_says_otherwise(self, account):
        library = factories.library(
            Village.objects.get(pk=KAPUK), head="Lama", address="Jalan 1", opening_hours="Senin"
        )
        applied(row("Kapuk", head="Baru"), by=account)
        library.refresh_from_db()
        assert (library.head, library.address, library.opening_hours, library.version) == (
            "Baru",
            "Jalan 1",
            "Senin",
            2,
        )
        assert library.updated_by == account
        assert [(h.history_type, h.head) for h in library.history.all()] == [
            ("~", "Baru"),
            ("+", "Lama"),
        ]

    def test_the_same_list_again_changes_nothing(self, account):
        rows = [row("Kapuk", head="A"), row("Kimak", phone="081234567890")]
        applied(*rows, by=account)
        before, history = stored(), Library.history.count()
        batch = applied(*rows, by=account)
        assert (batch.new_count, batch.changed_count, batch.unchanged_count) == (0, 0, 2)
        assert stored() == before and Library.history.count() == history
        assert [tuple(pair) for pair in ImportContent.objects.get(batch=batch).unchanged_rows] == [
            (2, KAPUK),
            (3, KIMAK),
        ]

    def test_what_a_later_row_says_of_a_new_library_is_written(self, account):
        rows = [row("Kapuk", year="2019"), row("Kapuk", head="Pengelola", year="2020")]
        batch = applied(*rows, by=account)
        library = Library.objects.get()
        assert library.head == "Pengelola" and sorted(
            p.year for p in library.participations.all()
        ) == [2019, 2020]
        assert applied(*rows, by=account).unchanged_count == 2
        undo_batch(batch, by=account)
        assert not Library.objects.exists()

    def test_keeps_what_each_row_did(self, account):
        factories.library(Village.objects.get(pk=KIMAK), head="Lama")
        batch = applied(row("Kapuk"), row("Kimak", head="Baru"), ["Jumlah"], by=account)
        new, changed, skipped = batch.rows.all()
        assert (new.number, new.outcome, new.village_id, new.made_year) == (2, "new", KAPUK, 2019)
        assert new.after["name"] == "Perpustakaan Desa Kapuk" and new.library.village_id == KAPUK
        assert (changed.before, changed.after) == ({"head": "Lama"}, {"head": "Baru"})
        assert (skipped.outcome, skipped.note) == ("skipped", "baris jumlah")

    def test_is_refused_while_a_question_is_open(self, account):
        batch = batch_of(row("Kapuk"), row("Siliu", "Belitung"), by=account)
        with pytest.raises(TransitionError, match="1 baris belum dipilih"):
            apply_batch(batch, by=account)
        assert not Library.objects.exists() and ImportBatch.objects.get().state == "draft"

    def test_may_leave_the_open_rows_out(self, account):
        batch = applied(row("Kapuk"), row("Siliu", "Belitung"), by=account, leave_problems=True)
        assert (batch.new_count, batch.problem_count) == (1, 1)
        open_row = batch.rows.get(outcome="problem")
        assert open_row.written == "Siliu, Belitung" and open_row.note.startswith(
            "Desa “Siliu” tidak ada dalam daftar"
        )

    def test_happens_once(self, account):
        batch = applied(row("Kapuk"), by=account)
        with pytest.raises(TransitionError):
            apply_batch(batch, by=account)
        with pytest.raises(FrozenRecord):
            batch.save_as(by=account)

    def test_of_two_people_the_second_finds_it_done(self, account):
        batch = batch_of(row("Kapuk"), by=account)
        other = ImportBatch.objects.get(pk=batch.pk)
        apply_batch(batch, by=account)
        with pytest.raises(StaleRecord), transaction.atomic():
            apply_batch(other, by=account)
        assert Library.objects.count() == Participation.objects.count() == 1

    def test_writes_only_what_was_shown(self, account):
        batch = batch_of(row("Kapuk", head="A"), by=account)
        shown = batches.plan_of(batch).fingerprint
        factories.library(Village.objects.get(pk=KAPUK), head="Dari orang lain")
        with pytest.raises(PlanChanged):
            apply_batch(batch, by=account, shown=shown)
        assert Library.objects.get().head == "Dari orang lain"
        apply_batch(ImportBatch.objects.get(), by=account, shown=batches.plan_of(batch).fingerprint)
        assert Library.objects.get().head == "A"

    def test_a_crash_in_the_middle_leaves_nothing(self, account, monkeypatch):
        """Whichever step fails."""
        for step in ("_make_participations", "_keep_rows", "_keep_histories", "_remember_names"):
            batch = batch_of(row("Kapuk"), by=account)
            before = stored(), ImportRow.objects.count(), Library.history.count()
            with monkeypatch.context() as patch:
                patch.setattr(apply, step, crash)
                with pytest.raises(RuntimeError):
                    apply_batch(batch, by=account)
            assert (stored(), ImportRow.objects.count(), Library.history.count()) == before, step
            assert ImportBatch.objects.get(pk=batch.pk).state == "draft"

    def test_a_library_that_changes_at_this_moment_stops_it(self, account, monkeypatch):
        library = factories.library(Village.objects.get(pk=KAPUK), head="Lama")
        batch = batch_of(row("Kapuk", head="Baru"), by=account)
        real = bulk.update

        def late(*args, **kwargs):
            Library.objects.filter(pk=library.pk).update(version=2, head="Dari orang lain")
            return real(*args, **kwargs)

        monkeypatch.setattr(bulk, "update", late)
        with pytest.raises(StaleRecord):
            apply_batch(batch, by=account)

    def test_a_name_that_a_person_explained_is_remembered(self, account):
        batch = answer(batch_of(row("Siliu", "Belitung"), by=account), SELIU)
        apply_batch(batch, by=account)
        alias = VillageAlias.objects.get()
        assert (alias.regency_id, alias.key, alias.written, alias.village_id) == (
            "19.02",
            "siliu",
            "Siliu",
            SELIU,
        )
        assert applied(row("SILIU", "Belitung"), by=account).unchanged_count == 1

    def test_a_name_that_the_official_list_has_is_not_remembered(self, account):
        """Air Duren stands twice in Kabupaten Bangka: the next list may mean the other one."""
        batch = batch_of(row("Air Duren"), by=account)
        (problem,) = batches.plan_of(batch).questions()
        apply_batch(answer(batch, problem.choices[0]), by=account)
        assert not VillageAlias.objects.exists()

    def test_nothing_to_write_is_an_import_too(self, account):
        batch = applied(["Jumlah"], by=account)
        assert (batch.state, batch.skipped_count) == ("applied", 1)


def crash(*args, **kwargs):
    raise RuntimeError("listrik padam")


class TestUndo:
    def test_takes_everything_back(self, account):
        factories.library(Village.objects.get(pk=KIMAK), head="Lama")
        before = stored()
        batch = answer(
            batch_of(row("Kapuk"), row("Kimak", head="Baru"), row("Siliu", "Belitung"), by=account),
            SELIU,
        )
        apply_batch(batch, by=account)
        assert stored() != before
        undo_batch(batch, by=account)
        assert stored() == before
        assert (batch.state, batch.left_count, batch.undone_by) == ("undone", 0, account)
        kimak = Library.objects.get()
        assert [(h.history_type, h.head) for h in kimak.history.all()] == [
            ("~", "Lama"),
            ("~", "Baru"),
            ("+", "Lama"),
        ]
        assert Library.history.filter(village_id=KAPUK).first().history_type == "-"

    def test_leaves_what_somebody_has_changed_since(self, account):
        batch = applied(row("Kapuk"), row("Kimak"), by=account)
        library = Library.objects.get(village=KAPUK)
        library.head = "Ditambahkan kemudian"
        library.save_as(by=account)
        undo_batch(batch, by=account)
        assert [left.village_id for left in Library.objects.all()] == [KAPUK]
        row_of = batch.rows.get(village=KAPUK)
        assert (
            row_of.left_because
            == "perpustakaannya sudah diubah sesudahnya; kepesertaan 2019 dihapus"
            and batch.left_count == 1
        )

    def test_leaves_what_is_in_use_since(self, account):
        batch = applied(row("Kapuk"), by=account)
        Participation(library=Library.objects.get(), year=2020).save_as(by=account)
        undo_batch(batch, by=account)
        assert "tahun lain" in batch.rows.get().left_because
        assert list(Participation.objects.values_list("year", flat=True)) == [2020]

    def test_puts_back_column_by_column(self, account):
        library = factories.library(
            Village.objects.get(pk=KAPUK), head="Lama", address="Alamat lama"
        )
        batch = applied(row("Kapuk", head="Baru", address="Alamat baru"), by=account)
        library.refresh_from_db()
        library.address = "Alamat terbaru"
        library.save_as(by=account)
        undo_batch(batch, by=account)
        library.refresh_from_db()
        assert (library.head, library.address) == ("Lama", "Alamat terbaru")
        assert batch.rows.get().left_because == "sudah diubah sesudahnya: alamat"

    def test_says_what_was_deleted_meanwhile(self, account):
        batch = applied(row("Kapuk"), by=account)
        Participation.objects.get().delete_as(by=account)
        Library.objects.get().delete_as(by=account)
        undo_batch(batch, by=account)
        assert (
            batch.rows.get().left_because
            == "kepesertaan 2019 sudah dihapus; perpustakaannya sudah dihapus"
        )

    def test_two_imports_are_undone_in_turn(self, account):
        first = applied(row("Kapuk", head="Satu"), by=account)
        between = stored()
        second = applied(row("Kapuk", head="Dua"), by=account, year=2020)
        undo_batch(second, by=account)
        assert stored() == between
        undo_batch(first, by=account)
        assert not Library.objects.exists() and first.left_count == 0

    def test_only_what_was_applied_and_only_once(self, account):
        batch = batch_of(row("Kapuk"), by=account)
        with pytest.raises(TransitionError):
            undo_batch(batch, by=account)
        apply_batch(batch, by=account)
        undo_batch(batch, by=account)
        with pytest.raises(TransitionError):
            undo_batch(batch, by=account)

    def test_a_stale_page_does_not_undo(self, account):
        batch = applied(row("Kapuk"), by=account)
        with pytest.raises(StaleRecord), transaction.atomic():
            undo_batch(batch, by=account, version=1)
        assert Library.objects.exists()

    def test_a_crash_in_the_middle_leaves_everything(self, account, monkeypatch):
        batch = applied(row("Kapuk"), by=account)
        before = stored()
        monkeypatch.setattr("villages.imports.undo._forget_names", crash)
        with pytest.raises(RuntimeError), transaction.atomic():
            undo_batch(batch, by=account)
        assert stored() == before and ImportBatch.objects.get().state == "applied"

    def test_a_name_learnt_stays_when_a_later_list_needed_it(self, account):
        first = answer(batch_of(row("Siliu", "Belitung"), by=account), SELIU)
        apply_batch(first, by=account)
        later = applied(row("Siliu", "Belitung"), by=account)
        assert later.unchanged_count == 1 and later.aliases_used == [VillageAlias.objects.get().pk]
        undo_batch(first, by=account)
        assert VillageAlias.objects.count() == 1


class TestConstraints:
    def test_one_participation_a_library_and_year(self):
        library = factories.library()
        one, other = (
            Participation(library=library, year=year).save_as(by=None) for year in (2019, 2020)
        )
        refused(other, year=2019)
        kept(other, year=2021)
        refused(one, year=1999)

    def test_one_alias_a_name_and_regency(self):
        made = [
            VillageAlias(regency_id="19.02", key=key, written=key, village_id=SELIU).save_as(
                by=None
            )
            for key in ("siliu", "selio")
        ]
        refused(made[1], key="siliu")
        kept(made[1], key="seliyu")
        refused(made[1], village_id=KAPUK)

    def test_one_row_of_a_number(self, account):
        batch = applied(row("Kapuk"), row("Kimak"), by=account)
        refused(batch.rows.last(), number=2)

    def test_an_applied_batch_has_its_moment(self, account):
        batch = applied(row("Kapuk"), by=account)
        refused(batch, applied_at=None)
        refused(batch, year=1900)

    def test_the_database_holds_one_library_a_village(self, account):
        applied(row("Kapuk"), by=account)
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.library(Village.objects.get(pk=KAPUK))


class TestCommand:
    @pytest.fixture
    def file(self, tmp_path):
        path = tmp_path / "daftar-penerima-2019.xlsx"
        path.write_bytes(lists.recipients())
        return path

    def run(self, *arguments, **options):
        out = StringIO()
        call_command(
            "import_villages", *map(str, arguments), stdout=out, stderr=StringIO(), **options
        )
        return out.getvalue()

    def test_the_list_of_2019(self, file):
        told = json.loads(self.run(file, "--province", "19", "--json"))
        assert (told["new"], told["problem"], told["skipped"], told["unchanged"]) == (16, 1, 1, 0)
        assert "Pulau Seliu" in told["problems"][0]["reason"] and told["problems"][0]["row"] == 16
        assert (
            Library.objects.count() == 16
            and ImportBatch.objects.get(pk=told["batch"]).state == "applied"
        )
        told = json.loads(self.run(file, "--province", "19", "--json"))
        assert (told["new"], told["unchanged"]) == (0, 16)

    def test_speaks_in_words(self, file):
        out = self.run(file, "--by", factories.user("administrator", username="admin").username)
        assert (
            "16 baru, 0 berubah, 0 tetap, 1 bermasalah, 1 dilewati." in out
            and "baris 16: Desa “Siliu”" in out
        )
        assert Library.objects.first().created_by.username == "admin"

    def test_a_dry_run_writes_nothing(self, file, tmp_path):
        out = self.run(file, "--dry-run", "--problems", tmp_path / "masalah.xlsx")
        assert "16 baru" in out and "Belum ada yang ditulis" in out
        assert not Library.objects.exists() and not ImportBatch.objects.exists()
        assert (tmp_path / "masalah.xlsx").read_bytes().startswith(b"PK")

    def test_problem_rows_are_mended_and_sent_again(self, file, tmp_path):
        self.run(file, "--problems", tmp_path / "masalah.xlsx")
        book = load_workbook(tmp_path / "masalah.xlsx")
        head = [cell.value for cell in book.active[1]]
        assert head[0] == "Baris" and head[-1] == "Alasan"
        book.active.cell(2, head.index("Desa atau kelurahan") + 1).value = "Pulau Seliu"
        book.save(tmp_path / "baik.xlsx")
        told = json.loads(self.run(tmp_path / "baik.xlsx", "--year", "2019", "--json"))
        assert (told["new"], told["problem"]) == (1, 0)
        assert Library.objects.filter(village=SELIU).exists()

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["tidak-ada.xlsx"], "tidak dapat dibaca"),
            (["FILE", "--sheet", "Lembar9"], "Lembar “Lembar9” tidak ada. Yang ada: Rekap 2019"),
            (["FILE", "--province", "99"], "99 tidak ada"),
            (["FILE", "--by", "siapa"], "Akun siapa tidak ada"),
        ],
    )
    def test_a_mistake_is_a_sentence(self, file, arguments, says):
        with pytest.raises(CommandError, match=says):
            self.run(*[file if argument == "FILE" else argument for argument in arguments])

    def test_a_year_is_needed_and_must_be_one(self, tmp_path):
        (tmp_path / "a.csv").write_text("Kab;Desa\nBangka;Kapuk\n")
        with pytest.raises(CommandError, match="Tambahkan --year"):
            self.run(tmp_path / "a.csv")
        with pytest.raises(CommandError, match="--year 19"):
            self.run(tmp_path / "a.csv", "--year", "19")

    def test_a_place_that_cannot_be_written(self, file, tmp_path):
        with pytest.raises(CommandError, match="tidak dapat ditulis"):
            self.run(file, "--dry-run", "--problems", tmp_path / "tidak" / "ada.xlsx")

    def test_a_file_that_is_no_list(self, tmp_path):
        (tmp_path / "a.csv").write_text("Nama;Umur\nKapuk;3\n")
        with pytest.raises(CommandError, match="Kolom desa tidak ditemukan"):
            self.run(tmp_path / "a.csv")
        (tmp_path / "b.xls").write_bytes(b"<html>")
        with pytest.raises(CommandError, match="halaman web"):
            self.run(tmp_path / "b.xls")

    def test_a_named_sheet(self, tmp_path):
        (tmp_path / "a.xlsx").write_bytes(
            lists.xlsx([["Kab", "Desa"], ["Bangka", "Kapuk"]], title="Kab. Bangka")
        )
        assert "1 baru" in self.run(tmp_path / "a.xlsx", "--sheet", "Kab. Bangka", "--year", "2019")


KILLED = """
import os, signal, sys, django
django.setup()
from django.core.management import call_command
from sinergi.kit import bulk
real = bulk.keep_history
def last(*args, **kwargs):
    real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
bulk.keep_history = last
call_command("import_villages", sys.argv[1], "--province", "19")
"""


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_apply(tmp_path):
    """A process of its own, killed for good after most of its writes: nothing of them is there."""
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(lists.recipients())
    name, server = (
        connection.settings_dict["NAME"],
        os.environ.get("DATABASE_URL", "").rpartition("/")[0],
    )
    url = f"sqlite:///{name}" if connection.vendor == "sqlite" else f"{server}/{name}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "sinergi.settings",
    }
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)], env=environment, capture_output=True, check=False
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()[-500:]
    assert (
        not Library.objects.exists()
        and not ImportBatch.objects.exists()
        and not Library.history.exists()
    )
    call_command(
        "import_villages", str(path), "--province", "19", stdout=StringIO(), stderr=StringIO()
    )
    assert Library.objects.count() == 16


def test_content_that_is_gone_says_so():
    batch = batch_of(row("Kapuk"))
    ImportContent.objects.all().delete()
    with pytest.raises(batches.ContentGone, match="Unggah"):
        batches.plan_of(batch)


def test_drafts_that_nobody_went_on_with_are_cleared(account):
    old, new, done = (
        batch_of(row("Kapuk"), by=account),
        batch_of(row("Kapuk"), by=account),
        applied(row("Kimak"), by=account),
    )
    ImportBatch.objects.filter(pk__in=[old.pk, done.pk]).update(
        updated_at=timezone.now() - timedelta(days=91)
    )
    call_command("purge_imports", stdout=StringIO())
    assert set(ImportContent.objects.values_list("batch", flat=True)) == {new.pk, done.pk}
    old.refresh_from_db()
    assert old.state == "cancelled" and ImportBatch.objects.get(pk=new.pk).state == "draft"
