"""
A backup is whole or not there, and a restore gives back every table and every file, or nothing.

Each test works on databases of its own, copies of the migrated one, because the tools of a database
see what is committed only.
"""

import errno
import io
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import threading
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections, models, transaction
from django.utils import timezone

from advocacy.models import AgendaItem, Attachment, Meeting
from programs.models import Team
from sinergi.home.chores import chore_warning
from sinergi.home.models import ChoreRun
from sinergi.operations.backups import archive, databases, writing
from sinergi.operations.backups.files import stored_names
from tests import database, factories
from tests.drills import compare

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.both("each engine is dumped and restored by its own tool")
KEY = "kunci-untuk-uji-saja"


class Installation:
    """A database and a place for files; `use` makes them the portal's."""

    def __init__(self, settings, folder, name):
        self.settings, self.folder = settings, folder
        is_sqlite = connection.vendor == "sqlite"
        self.name = str(folder / "db.sqlite3") if is_sqlite else f"{settings.TEST_NAME}_{name}"
        folder.mkdir()

    def make(self, *, filled):
        if connection.vendor == "sqlite":
            if filled:
                database.Sqlite().copy_to(self.name)
            return
        connection.close()
        with connection.creation._nodb_cursor() as cursor:
            template = self.settings.TEST_NAME if filled else "template0"
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.name}"')
            cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{template}"')

    def use(self):
        self.settings.DATA_DIR = self.folder
        self.settings.MEDIA_ROOT = self.folder / "media"
        database.use(self.name)

    def drop(self):
        if connection.vendor == "postgresql":
            with connection.creation._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


@pytest.fixture
def installation(django_db_setup, django_db_blocker, settings, tmp_path):
    """Return what makes one more installation: `installation("name", filled=True)`."""
    home, made = connection.settings_dict["NAME"], []
    settings.TEST_NAME, settings.BACKUP_KEY = home, ""

    def make(name, *, filled=False):
        one = Installation(settings, tmp_path / name, name)
        one.make(filled=filled)
        made.append(one)
        return one

    with django_db_blocker.unblock():
        yield make
        database.use(home)
        for one in made:
            one.drop()


@pytest.fixture
def office(installation):
    """Return an installation at work, in use: a team, a meeting with its agenda and a file."""
    one = installation("office", filled=True)
    one.use()
    team = factories.team()
    write_meeting(team, "Rapat pertama")
    return one


def write_meeting(team, title, rows=3):
    """Write a meeting, its agenda and a file in one transaction."""
    with transaction.atomic():
        meeting = factories.meeting(team, title=title)
        for number in range(rows):
            AgendaItem(meeting=meeting, topic=f"{title} {number}").save_as(by=None)
        content = ContentFile(title.encode() * 500)
        attached = Attachment(meeting=meeting, original_name="notulen.pdf", size=content.size)
        attached.file.save("notulen.pdf", content, save=False)
        attached.save_as(by=None)
    return meeting


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cadangan"


def backup(folder, **options):
    told = io.StringIO()
    call_command("backup", to=folder, stdout=told, **options)
    return told.getvalue()


def restore(path, **options):
    told = io.StringIO()
    call_command("restore", str(path), stdout=told, **options)
    return told.getvalue()


def the_backup(folder):
    (path,) = writing.backups_in(folder)
    return path


def refused(call, *words):
    with pytest.raises(CommandError) as error:
        call()
    assert all(word in str(error.value) for word in words), str(error.value)


class TestThereAndBack:
    @pytest.mark.parametrize("key", ["", KEY])
    def test_every_table_and_every_file(self, office, installation, folder, settings, key):
        settings.BACKUP_KEY = key
        before = compare.everything()
        backup(folder)
        write_meeting(Team.objects.get(), "Sesudah cadangan")
        worked_on = compare.everything()
        assert worked_on["files"] != before["files"]
        path = the_backup(folder)
        assert path.name.endswith(".gpg" if key else ".tar")
        assert (b"Rapat pertama" in path.read_bytes()) is (not key)
        installation("other").use()
        told = restore(path)
        after = compare.everything()
        # The heartbeat is written while the backup begins and when it has ended.
        beats = {"home_chorerun", "sqlite_sequence"}
        for part, beating in (
            ("tables", beats),
            ("structure", {("sequence", "home_chorerun_id_seq")}),
        ):
            assert after[part].keys() == before[part].keys()
            differing = {k for k, told in after[part].items() if told != before[part][k]}
            assert differing <= beating
        assert after["files"] == before["files"] and len(before["files"]) == 1
        assert "Sudah dipulihkan" in told and "migrate" not in told
        write_meeting(Team.objects.get(), "Sesudah pemulihan")

    def test_with_a_key_a_plain_one_is_refused(self, office, installation, folder, settings):
        """Somebody without the key may have put it there, under any name."""
        backup(folder)
        path = the_backup(folder).rename(folder / "sinergi-20190101T000000Z.tar.gpg")
        settings.BACKUP_KEY = KEY
        installation("other").use()
        refused(lambda: restore(path), "tidak terenkripsi")
        settings.BACKUP_KEY = ""
        assert "Sudah dipulihkan" in restore(path)

    def test_it_can_be_opened_without_sinergi(self, office, folder, settings, tmp_path):
        settings.BACKUP_KEY = KEY
        backup(folder)
        plain = tmp_path / "plain.tar"
        command = ["gpg", "--homedir", str(tmp_path), "--batch", "--pinentry-mode", "loopback"]
        command += ["--passphrase", KEY, "--output", str(plain), "--decrypt"]
        subprocess.run([*command, str(the_backup(folder))], check=True, capture_output=True)
        subprocess.run(["tar", "xf", str(plain)], cwd=tmp_path, check=True)
        sums = ["sha256sum", "--check", "--quiet", "files.sha256"]
        subprocess.run(sums, cwd=tmp_path, check=True)
        assert json.loads((tmp_path / "manifest.json").read_text())["rows"]["advocacy_meeting"] == 1

    def test_a_backup_of_an_older_version_asks_for_migrate(
        self, office, installation, folder, monkeypatch
    ):
        backup(folder)
        installation("other").use()
        known = {*writing.known_migrations(), ("advocacy", "9999_later")}
        monkeypatch.setattr("sinergi.operations.backups.restoring.known_migrations", lambda: known)
        assert "jalankan manage.py migrate" in restore(the_backup(folder))


class TestConsistency:
    def test_what_is_written_together_is_there_together(self, office, installation, folder):
        """Three writers go on while the backup is made; each transaction is in it, or is not."""
        team, stop, written, wrong = Team.objects.get(), threading.Event(), [], []

        def write():
            try:
                while not stop.is_set():
                    write_meeting(team, f"Serentak {uuid4().hex}")
                    written.append(1)
            except Exception as error:
                wrong.append(error)
            finally:
                connections.close_all()

        writers = [threading.Thread(target=write) for _ in range(3)]
        for one in writers:
            one.start()
        try:
            while len(written) < 5 and not wrong:
                stop.wait(0.01)
            before = len(written)
            backup(folder)
        finally:
            stop.set()
            for one in writers:
                one.join()
        assert wrong == [] and len(written) > before
        installation("other").use()
        restore(the_backup(folder))
        counts = Meeting.objects.filter(title__startswith="Serentak").annotate(
            topics=models.Count("agenda", distinct=True),
            papers=models.Count("attachments", distinct=True),
        )
        assert len(counts) >= before
        assert {(one.topics, one.papers) for one in counts} == {(3, 1)}
        assert all(default_storage.exists(one.file.name) for one in Attachment.objects.all())


class TestRefused:
    def test_a_filled_database(self, office, folder):
        backup(folder)
        before = compare.everything()
        refused(lambda: restore(the_backup(folder)), "sudah berisi", "migrate")
        assert compare.everything() == before

    def test_a_place_with_files(self, office, installation, folder):
        backup(folder)
        other = installation("other")
        other.use()
        default_storage.save("foto/satu", ContentFile(b"isi"))
        refused(lambda: restore(the_backup(folder)), "Tempat berkas sudah berisi", "foto/satu")
        assert list(stored_names(default_storage)) == ["foto/satu"] and is_empty(files=False)

    def test_what_nobody_stored_is_left_out(self, office, installation, folder):
        """The doctor's probes, and halves of files whose process was ended."""
        whole = list(stored_names(default_storage))
        for name in ("doctor/periksa.txt", "doctor-1f", "foto/ab/satu-9c.partial"):
            FileSystemStorage().save(name, ContentFile(b"isi"))
        assert list(stored_names(default_storage)) == whole
        backup(folder)
        installation("other").use()
        FileSystemStorage().save("doctor/periksa.txt", ContentFile(b"isi"))
        restore(the_backup(folder))
        assert list(stored_names(default_storage)) == whole

    def test_another_engine(self, office, installation, folder, monkeypatch):
        kind = type(databases.database_of(connection))
        other = "sqlite" if kind.engine == "postgresql" else "postgresql"
        backup(folder)
        path = changed(the_backup(folder), lambda m: m | {"engine": other})
        installation("other").use()
        refused(lambda: restore(path))  # the manifest and the part of the database contradict
        monkeypatch.setattr(kind, "engine", other)
        refused(lambda: restore(the_backup(folder)), "Keduanya harus sama")
        assert is_empty()

    def test_a_manifest_that_is_newer_or_wrong(self, office, installation, folder):
        backup(folder)
        path = the_backup(folder)
        installation("other").use()
        for change, words in (
            (lambda m: m | {"format": 99}, "lebih baru"),
            (lambda m: m | {"migrations": [["advocacy", "9999_later"]]}, "advocacy.9999_later"),
            (lambda m: m | {"rows": None, "database": 3}, "tidak dapat dibaca"),
            (lambda m: m | {"files": m["files"] | {"count": 7}}, "rusak"),
        ):
            wrong = changed(path, change)
            refused(lambda wrong=wrong: restore(wrong), words)
            assert is_empty()

    @pytest.mark.parametrize("key", ["", KEY])
    def test_what_is_cut_off_or_changed(self, office, installation, folder, settings, key):
        settings.BACKUP_KEY = key
        backup(folder)
        whole = the_backup(folder).read_bytes()
        installation("other").use()
        damaged = folder / "rusak"
        half = len(whole) // 2
        flipped = bytes([whole[half] ^ 1])
        for data in (
            whole[:half],
            whole[:-20_000],
            whole[:700],
            b"",
            b"bukan cadangan",
            whole[:half] + flipped + whole[half + 1 :],
        ):
            damaged.write_bytes(data)
            refused(lambda: restore(damaged))
            refused(lambda: restore(damaged, check=True))
            assert is_empty()
        damaged.write_bytes(whole)
        assert "utuh" in restore(damaged, check=True)

    def test_a_wrong_key_or_none(self, office, installation, folder, settings):
        settings.BACKUP_KEY = KEY
        backup(folder)
        installation("other").use()
        settings.BACKUP_KEY = KEY + "x"
        refused(lambda: restore(the_backup(folder)), "BACKUP_KEY tidak cocok")
        settings.BACKUP_KEY = ""
        refused(lambda: restore(the_backup(folder)), "isi BACKUP_KEY")
        settings.BACKUP_KEY = "pendek"
        refused(lambda: restore(the_backup(folder)), "paling sedikit 16")
        assert is_empty()

    #: What a manifest of ours never says.
    STRANGE = (
        {"engine": "oracle"},
        {"engine": ["sqlite"]},
        {"migrations": None},
        {"migrations": "home"},
        {"migrations": [["home"]]},
        {"migrations": [1]},
        {"rows": []},
        {"rows": {"home": "satu"}},
        {"server": None},
        {"server": "lima belas"},
        {"made_at": 5},
        {"database": None},
        {"files": {"bytes": 1}},
        {"format": "satu"},
    )

    def test_a_manifest_that_says_or_lacks_something_else(self, office, installation, folder):
        backup(folder)
        path = the_backup(folder)
        installation("other").use()
        manifests = [lambda old, strange=strange: old | strange for strange in self.STRANGE]
        for lacking in ("engine", "server", "migrations", "rows", "database", "files", "format"):
            manifests.append(lambda old, name=lacking: {k: old[k] for k in old if k != name})
        for manifest in manifests:
            broken = changed(path, manifest)
            for options in ({}, {"check": True}):
                call = partial(restore, broken, **options)
                refused(call, "Daftar isi cadangan ini tidak dapat dibaca.")
        assert is_empty()

    def test_a_name_that_leads_elsewhere(self, office, installation, folder):
        backup(folder)
        path = the_backup(folder)
        installation("other").use()
        for name in ("media/../../jahat", "/etc/jahat", "media//jahat", "media/a\\..\\b", "jahat"):
            wrong = rewritten(path, before_the_sums=tarfile.TarInfo(name))
            refused(lambda wrong=wrong: restore(wrong), "bukan bagiannya")
            assert is_empty()

    def test_a_link(self, office, installation, folder):
        backup(folder)
        link = tarfile.TarInfo("media/jahat")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        path = rewritten(the_backup(folder), before_the_sums=link)
        installation("other").use()
        refused(lambda: restore(path), "bukan bagiannya")


class TestAllOrNothing:
    def test_a_restore_that_fails_at_a_file(self, office, installation, folder, monkeypatch):
        write_meeting(Team.objects.get(), "Rapat kedua")
        backup(folder)
        installation("other").use()
        saved, save = [], FileSystemStorage._save

        def full(self, name, content):
            if saved:
                raise OSError(errno.ENOSPC, "No space left on device")
            saved.append(name)
            return save(self, name, content)

        monkeypatch.setattr(FileSystemStorage, "_save", full)
        refused(lambda: restore(the_backup(folder)), "Tempat penyimpanan penuh")
        assert saved and is_empty()
        monkeypatch.undo()
        restore(the_backup(folder))

    def test_a_restore_that_fails_at_the_database(self, office, installation, folder, monkeypatch):
        backup(folder)
        installation("other").use()
        kind = type(databases.database_of(connection))
        real = kind.restore

        def cut_off(self, path):
            path.write_bytes(path.read_bytes()[: -path.stat().st_size // 3])
            real(self, path)

        monkeypatch.setattr(kind, "restore", cut_off)
        refused(lambda: restore(the_backup(folder)))
        assert is_empty()

    def test_a_backup_that_fails_leaves_nothing(self, office, folder, monkeypatch):
        def full(*_):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(writing, "add_files", full)
        refused(lambda: backup(folder), "Tidak ada cadangan", "Tempat penyimpanan penuh")
        assert list(folder.iterdir()) == []
        assert [path.name for path in office.folder.glob(".backup-*")] == []
        row = ChoreRun.objects.get(name="backup")
        assert row.is_ok is False and "penuh" in row.said

    def test_one_that_cannot_be_read_back_is_none(self, office, folder, monkeypatch):
        class Forgetful(archive.FileSums):
            def add(self, name, hashed):
                return super().add(name + "x", hashed)

        monkeypatch.setattr(archive, "FileSums", Forgetful)
        real = archive.BackupReader.checked
        monkeypatch.setattr(
            archive.BackupReader, "checked", lambda self: monkeypatch.undo() or real(self)
        )
        refused(lambda: backup(folder), "rusak")
        assert list(folder.iterdir()) == []


class TestKept:
    def test_the_newest_n_and_nothing_that_is_not_its_own(self, office, folder):
        folder.mkdir()
        old = [folder / f"sinergi-2019010{day}T000000Z.tar" for day in (1, 2, 3)]
        others = [folder / name for name in ("sinergi.tar", "foto.jpg", "sinergi-2019.tar.gpg")]
        for path in (*old, *others):
            path.touch()
        told = backup(folder, keep=2)
        assert [path.exists() for path in old] == [False, False, True]
        assert all(path.exists() for path in others)
        assert told.count("Cadangan lama dihapus") == 2
        refused(lambda: backup(folder, keep=0), "paling sedikit 1")

    def test_a_failure_deletes_nothing(self, office, folder, monkeypatch):
        folder.mkdir()
        old = folder / "sinergi-20190101T000000Z.tar"
        old.touch()

        def broken(*_):
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(writing, "add_files", broken)
        refused(lambda: backup(folder, keep=1), "Input/output error")
        assert list(folder.iterdir()) == [old]

    def test_the_one_just_written_stays_whatever_the_clock_says(self, office, folder):
        folder.mkdir()
        (folder / "sinergi-29990101T000000Z.tar").touch()
        backup(folder, keep=1)
        assert "2999" not in the_backup(folder).name


class TestHeartbeat:
    def test_home_is_told_when_there_is_none_for_two_days(self, office, folder, settings):
        now = timezone.now()
        ChoreRun.objects.filter(name="daily").update(finished_at=now + timedelta(days=3))
        assert chore_warning(now + timedelta(days=3)) == ""
        backup(folder)
        row = ChoreRun.objects.get(name="backup")
        assert row.is_ok and "tabel" in row.said
        assert chore_warning(now + timedelta(hours=47)) == ""
        assert "Cadangan terakhir yang berhasil" in chore_warning(now + timedelta(hours=49))
        ChoreRun.objects.filter(name="backup").update(is_ok=False)
        assert chore_warning(now + timedelta(hours=1)) == "Cadangan terakhir gagal."


class TestProgramsOfPostgres:
    """What the machine lacks is told in words."""

    pytestmark = pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="PostgreSQL's programs"
    )

    def test_without_pg_dump(self, office, folder, monkeypatch):
        monkeypatch.setattr(shutil, "which", lambda name: None)
        refused(lambda: backup(folder), "pg_dump tidak ditemukan", "apt-get install")

    def test_older_than_the_server(self, office, folder, monkeypatch, tmp_path):
        old = tmp_path / "pg_dump"
        old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
        old.chmod(0o755)
        monkeypatch.setattr(shutil, "which", lambda name: str(old))
        refused(lambda: backup(folder), "pg_dump versi 9 lebih tua")

    def test_no_password_stands_on_the_command_line(self, office, folder, monkeypatch):
        seen = []

        def run(command, **options):
            seen.append((command, options.get("env", {})))
            return subprocess.CompletedProcess(command, 1, "pg_dump 99", b"x")

        monkeypatch.setitem(connection.settings_dict, "PASSWORD", "rahasia")
        monkeypatch.setattr(databases.subprocess, "run", run)
        refused(lambda: backup(folder))
        assert not any("rahasia" in part for command, _ in seen for part in command)
        assert seen[-1][1]["PGPASSWORD"] == "rahasia"


class TestTheProcess:
    """`manage.py backup` as a person or a timer starts it."""

    def start(self, office, folder, code="", **variables):
        host = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/".format(**connection.settings_dict)
        url = "" if connection.vendor == "sqlite" else f"{host}{office.name}"
        if connection.vendor == "sqlite":
            url = f"sqlite:///{office.name}"
        environment = os.environ | {"DEBUG": "1", "DATABASE_URL": url, "BACKUP_KEY": ""} | variables
        environment |= {
            "DATA_DIR": str(office.folder),
            "DJANGO_SETTINGS_MODULE": "sinergi.settings",
        }
        run = "import sys; from django.core.management import execute_from_command_line as run;"
        command = [
            sys.executable,
            "-c",
            f"{run}{code}\nrun(['manage.py', 'backup', '--to', {str(folder)!r}])",
        ]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def test_a_full_disk(self, office, folder):
        """A limit of the system on the size of a file stands for the disk."""
        default_storage.save("besar/satu", ContentFile(os.urandom(9_000_000)))
        limit = f"import resource; resource.setrlimit({resource.RLIMIT_FSIZE}, (8_000_000,) * 2)"
        process = self.start(office, folder, limit)
        _, told = process.communicate(timeout=60)
        assert process.returncode and "Tempat penyimpanan penuh" in told, told
        assert list(folder.iterdir()) == [] and list(office.folder.glob(".backup-*")) == []

    @pytest.mark.parametrize("key", ["", KEY])
    def test_stopped_in_the_middle(self, office, folder, key):
        slow = (
            "import django, time; django.setup(); from sinergi.operations.backups import writing;"
            "writing.add_files = lambda *_: print('tengah', flush=True) or time.sleep(60)"
        )
        process = self.start(
            office, folder, f"import django; django.setup(); {slow}", BACKUP_KEY=key
        )
        assert process.stdout.readline() == "tengah\n"
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=60)
        assert process.returncode and "Dihentikan" in told, told
        assert list(folder.iterdir()) == [] and list(office.folder.glob(".backup-*")) == []


def is_empty(*, files=True):
    """Whether the installation in use has no table, no file and nothing half-written."""
    one = databases.database_of(connection)
    left = [] if not files else list(stored_names(default_storage))
    folder = Path(default_storage.location).parent
    return one.is_empty() and not left and not list(folder.glob(".backup-*"))


@contextmanager
def rewriting(path):
    """Give the parts of a backup, to write another beside it from."""
    other = path.with_name("lain.tar")
    with tarfile.open(path) as read, tarfile.open(other, "w") as written:
        yield read, written


def rewritten(path, *, before_the_sums):
    with rewriting(path) as (read, written):
        for member in read:
            if member.name == archive.SUMS:
                written.addfile(before_the_sums)
            written.addfile(member, read.extractfile(member))
    return path.with_name("lain.tar")


def changed(path, change):
    """Write the same backup with another manifest."""
    with rewriting(path) as (read, written):
        for member in read:
            data = read.extractfile(member).read()
            if member.name == archive.MANIFEST:
                data = json.dumps(change(json.loads(data))).encode()
            member.size = len(data)
            written.addfile(member, io.BytesIO(data))
    return path.with_name("lain.tar")


def test_a_plain_copy_of_sqlite_would_have_lost_rows(tmp_path):
    """The negative control of the online backup: what is committed lies in the journal."""
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path)) as database_:
        database_.execute("PRAGMA journal_mode=WAL")
        database_.execute("CREATE TABLE one (id integer)")
        database_.execute("INSERT INTO one VALUES (1)")
        database_.commit()
        shutil.copyfile(path, tmp_path / "copy")
        with closing(sqlite3.connect(tmp_path / "copy")) as copy, pytest.raises(sqlite3.Error):
            copy.execute("SELECT * FROM one").fetchall()
