"""Production refuses to start without what it needs, and says which variable is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


READ = {"DEBUG", "DEBUG_TOOLBAR", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"}
ENOUGH = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "sinergi.example.go.id"}


def start(
    tmp_path,
    code="from django.conf import settings; print(settings.DEBUG, settings.SESSION_COOKIE_SECURE)",
    **variables,
):
    environment = {k: v for k, v in os.environ.items() if k not in READ}
    environment |= {
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "sinergi.settings",
    } | variables
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


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
    ended = start(tmp_path, **ENOUGH)
    assert ended.stdout.split() == ["False", "True"]


class TestToolbar:
    """django-debug-toolbar is mounted by `make dev` alone, and loosens nothing."""

    SETTINGS = """
from django.conf import settings
named = [name for name in settings.INSTALLED_APPS + settings.MIDDLEWARE if "toolbar" in name]
print(len(named), settings.DEBUG_TOOLBAR, settings.CONTENT_SECURITY_POLICY)
"""
    ADDRESS = """
import django
django.setup()
from django.urls import reverse
print(reverse("djdt:render_panel"))
"""
    MISSING = "import sys; sys.modules['debug_toolbar'] = None"

    def lines(self, tmp_path, code=SETTINGS, **variables):
        ended = start(tmp_path, code, **variables)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.splitlines()

    def test_with_debug_where_it_is_asked_for_and_installed(self, tmp_path):
        pytest.importorskip("debug_toolbar")
        told, address = self.lines(
            tmp_path, self.SETTINGS + self.ADDRESS, DEBUG="1", DEBUG_TOOLBAR="1"
        )
        assert told.startswith("2 True ") and address == "/__debug__/render_panel/"
        (strict,) = self.lines(tmp_path, **ENOUGH)
        assert told.split(" ", 2)[2] == strict.split(" ", 2)[2]  # the policy

    @pytest.mark.parametrize(
        ("before", "variables"),
        [
            ("", {"DEBUG": "1"}),
            ("", ENOUGH | {"DEBUG_TOOLBAR": "1"}),
            (MISSING, {"DEBUG": "1", "DEBUG_TOOLBAR": "1"}),
        ],
        ids=["not by debug alone", "never in production", "not where it is not installed"],
    )
    def test_else_not(self, tmp_path, before, variables):
        (told,) = self.lines(tmp_path, before + self.SETTINGS, **variables)
        assert told.startswith("0 False ")
