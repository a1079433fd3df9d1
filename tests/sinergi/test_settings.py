"""Production refuses to start without what it needs, and says which variable is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def start(tmp_path, **variables):
    environment = {k: v for k, v in os.environ.items() if k not in {"DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"}}
    environment |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "sinergi.settings"} | variables
    code = "from django.conf import settings; print(settings.DEBUG, settings.SESSION_COOKIE_SECURE)"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("variables", "missing"),
    [
        ({}, "SECRET_KEY"),
        ({"SECRET_KEY": "x" * 60}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": " ", "ALLOWED_HOSTS": "a"}, "SECRET_KEY"),
    ],
)
def test_says_what_is_missing(tmp_path, variables, missing):
    ended = start(tmp_path, **variables)
    assert ended.returncode != 0
    assert f"Variabel lingkungan {missing} belum diisi" in ended.stderr


def test_starts_with_both_and_is_secure(tmp_path):
    ended = start(tmp_path, SECRET_KEY="x" * 60, ALLOWED_HOSTS="sinergi.example.go.id")
    assert ended.stdout.split() == ["False", "True"]
