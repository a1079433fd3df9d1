"""What the log says, and what it never says."""

import json
import logging
import sys

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from advocacy.models import Meeting
from sinergi.kit.logs import JSONFormatter, LineFormatter, RefusalFilter, RequestIdFilter
from sinergi.settings import LOGGING
from tests import factories

NUMBER = "5f0c1e8a9b3d4c7e8f6a1b2c3d4e5f60"


def record(message="berhasil", level=logging.ERROR, error=None, **more):
    info = (type(error), error, error.__traceback__) if error else None
    line = logging.LogRecord("sinergi", level, "x", 1, message, None, info)
    line.__dict__.update(more)
    RequestIdFilter().filter(line)
    return line


def formatter(name):
    given = LOGGING["formatters"][name]
    kind = {"text": LineFormatter, "json": JSONFormatter}[name]
    return kind(given["format"], style=given["style"])


class TestJSON:
    def test_one_object_a_line(self):
        line = formatter("json").format(record("rapat\ndua baris"))
        told = json.loads(line)
        assert "\n" not in line
        assert told.pop("time")
        assert told == {
            "level": "ERROR",
            "logger": "sinergi",
            "request_id": "-",
            "message": "rapat\ndua baris",
        }

    def test_the_request_itself_is_not_written(self, rf):
        request = rf.get("/cari/", {"q": "Kepala desa"})
        line = formatter("json").format(record(request=request, status_code=500))
        assert "Kepala" not in line and json.loads(line)["status_code"] == 500

    def test_secrets_of_addresses_are_not_written(self):
        line = formatter("json").format(record("Not Found: /kalender/abcdef.ics"))
        assert json.loads(line)["message"] == "Not Found: /kalender/….ics"


@pytest.mark.django_db
@pytest.mark.both("what a database quotes")
@pytest.mark.parametrize("name", ["text", "json"])
def test_values_of_a_refused_row_are_not_written(name):
    meeting = factories.meeting()
    names = ", ".join(f'"{field.column}"' for field in Meeting._meta.concrete_fields)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {Meeting._meta.db_table} ({names})"
                f" SELECT {names} FROM {Meeting._meta.db_table} WHERE id = %s",
                [meeting.pk],
            )
    except IntegrityError:
        line = formatter(name).format(record(error=sys.exc_info()[1]))
    assert "IntegrityError" in line and "DETAIL" not in line and f"({meeting.pk})" not in line


class TestNumber:
    def test_of_the_proxy_is_kept_and_sent_back(self, client, db):
        answer = client.get("/sehat/", headers={"X-Request-ID": NUMBER})
        assert answer["X-Request-ID"] == NUMBER

    @pytest.mark.parametrize("sent", ["<script>", "satu\tdua", "x" * 4000])
    def test_what_is_no_number_is_not_taken_over(self, client, db, sent):
        answer = client.get("/sehat/", headers={"X-Request-ID": sent})
        assert len(answer["X-Request-ID"]) == 32 and answer["X-Request-ID"].isalnum()


def test_a_refusal_is_one_line():
    refused = record(level=logging.WARNING, error=PermissionError("x"))
    fault = record(level=logging.ERROR, error=ValueError("x"))
    for line in (refused, fault):
        RefusalFilter().filter(line)
    assert refused.exc_info is None and fault.exc_info


@pytest.mark.django_db
class TestSigningIn:
    """The account by its number; the visitor's address where it is asked for."""

    @pytest.fixture
    def lines(self, caplog):
        caplog.set_level(logging.INFO, "sinergi.accounts.sign_in_log")
        return lambda: [line.getMessage() for line in caplog.records if "sign-" in line.msg]

    def sign_in(self, client, password="rahasia-benar", name="petugas"):
        client.post("/masuk/", {"username": name, "password": password})

    @pytest.fixture
    def user(self):
        return factories.user(username="petugas")

    def test_in_and_out(self, client, user, lines):
        self.sign_in(client)
        client.post("/keluar/")
        assert lines() == [f"sign-in: account {user.pk}", f"sign-out: account {user.pk}"]

    def test_failures(self, client, user, lines):
        self.sign_in(client, "salah")
        self.sign_in(client, name="kata-sandi-di-kolom-nama")
        assert lines() == [
            f"sign-in failed: account {user.pk}",
            "sign-in failed: no such account",
        ]

    @override_settings(LOG_ADDRESSES=True)
    def test_with_addresses(self, client, user, lines):
        self.sign_in(client, "salah")
        assert lines() == [f"sign-in failed from 127.0.0.1: account {user.pk}"]
