"""Production refuses to start without what it needs, and says which variable is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


READ = {"DEBUG", "DEBUG_TOOLBAR", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"}
READ |= {"SITE_URL", "DEFAULT_FROM_EMAIL", "DATABASE_STATEMENT_TIMEOUT", "SERVES_PAGES", "HTTPS"}
ENOUGH = {"SECRET_KEY": "abcdefghij" * 6, "ALLOWED_HOSTS": "sinergi.example.go.id"}


def start(
    tmp_path,
    code="from django.conf import settings; print(settings.DEBUG, settings.SESSION_COOKIE_SECURE)",
    **variables,
):
    environment = {
        k: v
        for k, v in os.environ.items()
        if k not in READ and not k.startswith(("EMAIL_", "AWS_"))
    }
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
        ({"SECRET_KEY": "abcdefghij" * 6}, "ALLOWED_HOSTS"),
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


@pytest.mark.parametrize(
    "variables",
    [
        {"SECRET_KEY": "abc"},
        {"SECRET_KEY": "a" * 60},
        {"ALLOWED_HOSTS": "*"},
        {"DEBUG": "mungkin"},
        {"PROXY_COUNT": "satu"},
        {"PROXY_COUNT": "-1"},
        {"SIGN_IN_FAILURES_PER_ADDRESS": "0"},
        {"HSTS_SECONDS": "setahun"},
        {"LOG_LEVEL": "LAUT"},
        {"LOG_FORMAT": "yaml"},
        {"DATABASE_URL": "postgres"},
        {"DATABASE_STATEMENT_TIMEOUT": "20s", "DATABASE_URL": "postgres://x@127.0.0.1/x"},
        {"DATA_DIR": "/dev/null/sinergi"},
        {"ERROR_WEBHOOK_URL": "file:///etc/passwd"},
        {"ERROR_MAIL_TO": "admin@example.go.id"},
    ],
    ids=lambda variables: next(iter(variables)),
)
def test_what_cannot_be_meant_is_refused_in_one_line(tmp_path, variables):
    """By `manage.py` and by gunicorn alike, which stops instead of trying again and again."""
    name = next(iter(variables))
    code = "import runpy, sys; sys.argv = ['manage.py', 'check'];"
    for run, status in (
        (f"{code} runpy.run_path('manage.py', run_name='__main__')", 1),
        ("import sinergi.wsgi", 4),
    ):
        ended = start(tmp_path, run, **ENOUGH | variables)
        assert ended.returncode == status
        assert "Traceback" not in ended.stderr and ended.stderr.count("\n") == 1
        assert f"Variabel lingkungan {name}: " in ended.stderr


def test_an_empty_variable_is_one_that_was_not_given(tmp_path):
    names = ["DATABASE_URL", "PROXY_COUNT", "LOG_LEVEL", "DEBUG", "HSTS_SECONDS", "LOG_FORMAT"]
    ended = start(tmp_path, **ENOUGH | dict.fromkeys(names, ""))
    assert ended.stdout.split() == ["False", "True"]


class TestDatabase:
    """A web process waits neither for a connection nor for a statement without end."""

    TOLD = """
import sinergi.wsgi
from django.conf import settings
database = settings.DATABASES["default"]
print(database["OPTIONS"], database.get("DISABLE_SERVER_SIDE_CURSORS"))
"""
    ADDRESS = {"DATABASE_URL": "postgres://x@127.0.0.1/x"}

    def test_limits_of_the_web(self, tmp_path):
        told = start(tmp_path, self.TOLD, **ENOUGH, **self.ADDRESS).stdout
        assert "'connect_timeout': 5" in told and "statement_timeout=20000" in told
        assert "jit=off" in told

    def test_commands_may_take_their_time(self, tmp_path):
        """Whatever the pages may: both read the same file of variables."""
        code = self.TOLD.replace("import sinergi.wsgi", "")
        given = {"DATABASE_STATEMENT_TIMEOUT": "20"}
        told = start(tmp_path, code, **ENOUGH, **self.ADDRESS, **given).stdout
        assert "statement_timeout=0" in told

    def test_a_pooler_takes_no_parameters(self, tmp_path):
        told = start(tmp_path, self.TOLD, **ENOUGH, **self.ADDRESS, DATABASE_POOLER="1").stdout
        assert "jit" not in told and told.endswith("True\n")


class TestHSTS:
    TOLD = """
from django.conf import settings
print(settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD)
"""

    @pytest.mark.parametrize(
        ("variables", "told"),
        [
            ({}, "True True"),
            ({"HSTS_PRELOAD": "0"}, "True False"),
            ({"HSTS_INCLUDE_SUBDOMAINS": "0"}, "False False"),
        ],
        ids=["both", "without the list of browsers", "this host alone"],
    )
    def test_each_can_be_switched_off(self, tmp_path, variables, told):
        assert start(tmp_path, self.TOLD, **ENOUGH | variables).stdout.strip() == told


class TestMail:
    """Nothing is sent unless it is set up; what cannot be meant is refused at the start."""

    TOLD = """
from django.conf import settings
for name in ("HOST", "PORT", "USE_TLS", "USE_SSL", "TIMEOUT"):
    print(getattr(settings, f"EMAIL_{name}"))
print(settings.SITE_URL, settings.DEFAULT_FROM_EMAIL)
"""
    SITE = {"EMAIL_HOST": "mail.example.go.id", "SITE_URL": "https://sinergi.example.go.id/"}

    def lines(self, tmp_path, **variables):
        return start(tmp_path, self.TOLD, **ENOUGH | variables).stdout.splitlines()

    def test_off_by_default(self, tmp_path):
        assert self.lines(tmp_path)[0] == ""

    def test_starttls_unless_told_otherwise(self, tmp_path):
        told = self.lines(tmp_path, **self.SITE)
        assert told[:5] == ["mail.example.go.id", "587", "True", "False", "20"]
        assert told[5] == "https://sinergi.example.go.id sinergi@sinergi.example.go.id"
        assert self.lines(tmp_path, **self.SITE, EMAIL_USE_SSL="1")[1:4] == ["465", "False", "True"]
        relay = {"EMAIL_USE_TLS": "0", "EMAIL_PORT": "25"}
        assert self.lines(tmp_path, **self.SITE, **relay)[1:4] == ["25", "False", "False"]

    def test_the_account_of_the_mail_server_is_the_sender(self, tmp_path):
        told = self.lines(tmp_path, **self.SITE, EMAIL_HOST_USER="dinas@example.go.id")
        assert told[5].endswith(" dinas@example.go.id")
        named = {"DEFAULT_FROM_EMAIL": "Sinergi <sinergi@example.go.id>"}
        assert self.lines(tmp_path, **self.SITE, **named)[5].endswith(named["DEFAULT_FROM_EMAIL"])

    @pytest.mark.parametrize(
        ("variables", "told"),
        [
            ({"EMAIL_USE_TLS": "1", "EMAIL_USE_SSL": "1"}, "Pilih salah satu"),
            ({"SITE_URL": "sinergi.example.go.id"}, "SITE_URL: isinya alamat portal"),
            ({"SITE_URL": "javascript:alert(1)"}, "SITE_URL: isinya alamat portal"),
        ],
    )
    def test_says_what_cannot_be_meant(self, tmp_path, variables, told):
        ended = start(tmp_path, **ENOUGH | variables)
        assert ended.returncode != 0 and told in ended.stderr


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


@pytest.mark.parametrize(
    ("https", "prefix"), [("1", "__Host-"), ("0", "")], ids=["https", "closed network"]
)
def test_cookies_are_of_this_host_alone(tmp_path, https, prefix):
    code = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    names = start(tmp_path, code, HTTPS=https, **ENOUGH).stdout.split()
    assert names == [f"{prefix}sinergi_sesi", f"{prefix}csrftoken"]


BUCKET = ENOUGH | {
    "AWS_STORAGE_BUCKET_NAME": "sinergi",
    "AWS_ACCESS_KEY_ID": "kunci",
    "AWS_SECRET_ACCESS_KEY": "rahasia",
}


class TestUploads:
    def test_they_lie_in_a_folder_unless_a_bucket_is_named(self, tmp_path):
        code = (
            "import sys, django; django.setup();"
            "from django.core.files.storage import storages;"
            "print(type(storages['default']).__name__, 'boto3' in sys.modules)"
        )
        assert start(tmp_path, code, **ENOUGH).stdout.split() == ["WholeFileStorage", "False"]
        assert start(tmp_path, code, **BUCKET).stdout.split() == ["BucketStorage", "True"]

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"AWS_ACCESS_KEY_ID": ""}, "AWS_ACCESS_KEY_ID: belum diisi"),
            ({"AWS_SECRET_ACCESS_KEY": ""}, "AWS_SECRET_ACCESS_KEY: belum diisi"),
            ({"AWS_S3_ENDPOINT_URL": "s3.example.go.id"}, "AWS_S3_ENDPOINT_URL: alamat lengkap"),
            ({"AWS_S3_ADDRESSING_STYLE": "host"}, "AWS_S3_ADDRESSING_STYLE: pilih salah satu"),
        ],
    )
    def test_a_bucket_that_cannot_be_meant_is_refused(self, tmp_path, changes, says):
        ended = start(tmp_path, **BUCKET | changes)
        assert ended.returncode != 0 and f"Variabel lingkungan {says}" in ended.stderr
