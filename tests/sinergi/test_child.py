"""The child process under limits: it answers, or the parent is told how it ended, and lives on."""

import json
import subprocess
import sys
import threading

import pytest
from django.conf import settings

from sinergi.kit import child, documents, frames, uploads
from sinergi.kit.spreadsheets import read as sheets
from sinergi.kit.word import templates

WORKERS = [sheets.WORKER, documents.WORKER, uploads.PICTURE, uploads.PDF, templates.FILL]
ODD = "tests.sinergi.odd_worker:misbehave"


def test_it_answers():
    assert child.run(ODD, b"answer", 1, "dua", seconds=5) == b"begun 1 dua"


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        (b"eat", child.TooMuchMemory),
        (b"abort", child.TooMuchMemory),
        (b"compute", child.TooLong),
        (b"sleep", child.Busy),
        (b"fail", child.Crashed),
    ],
)
def test_it_is_stopped_and_what_it_had_answered_is_kept(what, kind):
    with pytest.raises(child.Stopped) as stopped:
        child.run(ODD, what, seconds=1, wall=1 if what == b"sleep" else 60)
    assert type(stopped.value) is kind and stopped.value.output == b"begun "


def test_what_a_library_prints_is_no_answer():
    assert child.run(ODD, b"talk", seconds=5) == b"begun done"


def test_it_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    monkeypatch.setenv("DATABASE_URL", "postgres://rahasia@127.0.0.1/rahasia")
    seen = json.loads(child.run(ODD, b"look", seconds=5).removeprefix(b"begun "))
    assert "rahasia" not in str(seen)


@pytest.mark.parametrize("worker", WORKERS)
def test_a_worker_starts_without_django(worker):
    module, _, _ = worker.partition(":")
    script = (
        f"import sys; sys.path.append({str(settings.BASE_DIR)!r}); import {module}; print('django'"
        " in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=True)
    assert told.stdout.strip() == b"False"


def test_no_more_at_once_than_have_a_turn(monkeypatch):
    monkeypatch.setattr(child, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(child, "PATIENCE", 0.01)
    assert child.run(ODD, b"answer", seconds=5), "a turn is free"
    with child._turns, pytest.raises(child.Busy):
        child.run(ODD, b"answer", seconds=5)
    with pytest.raises(child.Crashed):
        child.run(ODD, b"fail", seconds=5)
    assert child.run(ODD, b"answer", seconds=5), "whatever happens, the turn is given back"


def test_frames_come_back_as_they_went():
    parts = [b"", b"a", b"b" * 1000]
    packed = frames.pack(*parts)
    assert frames.unpack(packed) == parts
    assert frames.unpack(packed[:-1]) == parts[:2] and frames.unpack(packed[:4]) == []
