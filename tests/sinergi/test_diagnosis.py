"""What the doctor finds, each finding good and bad, and what a monitor is answered."""

import io
import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from programs.models import Team
from sinergi.home.models import ChoreRun
from sinergi.kit.storage import WholeFileStorage
from sinergi.operations import diagnosis
from sinergi.operations.diagnosis import Finding, FindingState, diagnose
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both("what a database is asked")]
TOKEN = "rahasia-monitor-yang-panjang"
PAGE = "/sehat/lengkap/"


@pytest.fixture(autouse=True)
def installed(settings, tmp_path):
    """Make a portal that lacks nothing."""
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").write_text("{}")
    settings.EMAIL_HOST, settings.SITE_URL = "localhost", "https://sinergi.example.go.id"
    factories.province()
    for name in ("daily", "backup"):
        run(name, timezone.now())


def run(name, succeeded_at, *, is_ok=True):
    ChoreRun.objects.update_or_create(
        name=name,
        defaults={
            "since": timezone.now() - timedelta(days=9),
            "succeeded_at": succeeded_at,
            "is_ok": is_ok,
            "said": "Disk penuh.",
        },
    )


def found(name, **options):
    return {one.name: one for one in diagnose(**options)}[name]


def test_all_is_well():
    states = {one.name: one.state for one in diagnose()}
    kind = FindingState.GOOD if connection.vendor == "postgresql" else FindingState.WARNING
    assert states.pop("Basis data") == kind
    assert set(states.values()) == {FindingState.GOOD}


def test_a_database_that_is_gone_ends_what_asks_it(monkeypatch):
    def gone():
        raise OperationalError("could not connect\nIs the server running?")

    monkeypatch.setattr(connection, "ensure_connection", gone)
    findings = diagnose()
    assert findings[0] == Finding(
        "Basis data",
        FindingState.FAILED,
        "tidak menjawab (could not connect); periksa DATABASE_URL.",
    )
    assert "Migrasi" not in {one.name for one in findings}
    assert "Ruang simpan" in {one.name for one in findings}


def test_a_pending_migration():
    MigrationRecorder(connection).record_unapplied("home", "0001_initial")
    finding = found("Migrasi")
    assert finding.state == FindingState.FAILED and "manage.py migrate" in finding.said


@pytest.mark.parametrize(
    ("name", "label", "hours"), [("daily", "Tugas harian", 26), ("backup", "Cadangan", 48)]
)
def test_chores_that_are_late_or_never_ran(name, label, hours):
    run(name, timezone.now() - timedelta(hours=hours - 1))
    assert found(label).state == FindingState.GOOD
    run(name, timezone.now() - timedelta(hours=hours + 1))
    assert found(label).state == FindingState.FAILED and "Disk penuh." in found(label).said
    ChoreRun.objects.filter(name=name).delete()
    assert found(label).state == FindingState.WARNING and "belum pernah" in found(label).said


def test_a_backup_that_failed_after_a_good_one():
    run("backup", timezone.now() - timedelta(hours=3), is_ok=False)
    assert found("Cadangan").state == FindingState.WARNING


@pytest.mark.parametrize(
    ("free", "state"),
    [
        (3 * 1024**3, FindingState.GOOD),
        (1024**3, FindingState.WARNING),
        (1024**2, FindingState.FAILED),
    ],
)
def test_free_space(monkeypatch, free, state):
    monkeypatch.setattr(diagnosis.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    assert found("Ruang simpan").state == state


def test_uploads_that_cannot_be_stored(monkeypatch):
    def refuse(self, name, content):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(WholeFileStorage, "_save", refuse)
    assert found("Unggahan").state == FindingState.FAILED


def test_looking_leaves_no_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    assert found("Unggahan").state == FindingState.GOOD
    assert not (tmp_path / "media").exists(), "as root the doctor would leave root's folder"
    (tmp_path / "media").mkdir()
    assert found("Unggahan").state == FindingState.GOOD
    assert list((tmp_path / "media").rglob("*")) == []


def test_uploads_that_come_back_as_something_else(monkeypatch):
    monkeypatch.setattr(WholeFileStorage, "_open", lambda self, name, mode: ContentFile(b"lain"))
    finding = found("Unggahan")
    assert finding.state == FindingState.FAILED and "bukan yang disimpan" in finding.said


def test_files_that_were_not_collected(settings):
    (Path(settings.STATIC_ROOT) / "staticfiles.json").unlink()
    assert "collectstatic" in found("Berkas statis").said


def test_unknown_time_zones(monkeypatch):
    monkeypatch.setattr(diagnosis.zoneinfo, "available_timezones", lambda: {"Asia/Jakarta"})
    assert "Asia/Makassar, Asia/Jayapura" in found("Zona waktu").said


def test_accounts_of_the_demonstration(settings):
    Team.objects.filter(pk=factories.team().pk).update(is_sample=True)
    assert found("Data percontohan").state == FindingState.WARNING
    settings.DEBUG = True
    assert "Data percontohan" not in {one.name for one in diagnose()}


class TestMail:
    def test_not_set_up_is_no_failure(self, settings):
        settings.EMAIL_HOST = ""
        assert found("Surel", connects_to_mail=True).state == FindingState.WARNING

    def test_a_server_that_does_not_answer(self, settings, monkeypatch):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_PORT = 9
        assert found("Surel").state == FindingState.GOOD, "a monitor's question does not call it"
        assert found("Surel", connects_to_mail=True).state == FindingState.FAILED


class TestCommand:
    def run(self):
        told = io.StringIO()
        call_command("doctor", stdout=told, no_color=True)
        return told.getvalue()

    def test_says_each_in_a_line(self):
        lines = self.run().splitlines()
        assert "baik       Migrasi: lengkap." in lines
        assert len(lines) == len(diagnose())

    def test_ends_with_one_when_something_failed(self, monkeypatch):
        monkeypatch.setattr(diagnosis, "has_pending_migrations", lambda: True)
        with pytest.raises(SystemExit) as ended:
            self.run()
        assert ended.value.code == 1


class TestPage:
    @pytest.fixture(autouse=True)
    def token(self, settings):
        settings.HEALTH_TOKEN = TOKEN

    def ask(self, client, sent=TOKEN):
        return client.get(PAGE, headers={"Authorization": f"Bearer {sent}"})

    def test_all_findings_for_the_monitor(self, client):
        answer = self.ask(client)
        told = json.loads(answer.content)
        assert answer.status_code == 200 and told["ok"] is True
        assert {"name": "Migrasi", "state": "baik", "said": "lengkap."} in told["findings"]

    def test_503_when_one_has_failed(self, client, monkeypatch):
        monkeypatch.setattr(diagnosis, "has_pending_migrations", lambda: True)
        answer = self.ask(client)
        assert answer.status_code == 503 and answer.json()["ok"] is False

    @pytest.mark.parametrize("sent", ["", "salah", f"{TOKEN}x", "ñ"])
    def test_not_there_for_others(self, client, sent):
        assert self.ask(client, sent).status_code == 404

    def test_not_there_without_a_token(self, client, settings):
        settings.HEALTH_TOKEN = ""
        assert self.ask(client, "").status_code == 404
