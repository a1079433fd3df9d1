"""
While the portal as a whole cannot work, a page says so with 503, and what was typed is still there.
"""

import errno

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import (
    DatabaseError,
    DataError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)
from django.db.migrations.recorder import MigrationRecorder
from django.urls import path

from sinergi.home.views import server_error
from sinergi.kit import outages
from sinergi.kit.outages import outage_of
from sinergi.urls import handler400, handler403, handler404, handler500
from sinergi.urls import urlpatterns as pages
from tests.pages import html_of

MISSING = OperationalError("could not connect to server: Connection refused")
raised = MISSING


@login_not_required
def breaks(request):
    raise raised


urlpatterns = [*pages, path("rusak/", breaks)]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@pytest.fixture
def postgresql(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "postgresql")


class Coded(Exception):
    def __init__(self, code):
        super().__init__("told by the server")
        self.pgcode = code


def coded(kind, code):
    error = kind("told by the server")
    error.__cause__ = Coded(code)
    return error


class TestWhatItIs:
    @pytest.mark.parametrize(
        ("error", "outage"),
        [
            (MISSING, outages.DATABASE_GONE),
            (InterfaceError("connection already closed"), outages.DATABASE_GONE),
            (DatabaseError("server closed the connection"), outages.DATABASE_GONE),
            (connection.Database.OperationalError("server closed"), outages.DATABASE_GONE),
            (connection.Database.InterfaceError("cursor closed"), outages.DATABASE_GONE),
            (coded(OperationalError, "57P01"), outages.DATABASE_GONE),
            (coded(OperationalError, "57P03"), outages.DATABASE_GONE),
            (coded(OperationalError, "53300"), outages.DATABASE_GONE),
            (coded(OperationalError, "57014"), outages.TOO_BUSY),
            (coded(OperationalError, "40P01"), outages.TOO_BUSY),
            (coded(OperationalError, "53100"), outages.DISK_FULL),
            (coded(OperationalError, "25006"), outages.READ_ONLY),
            (OSError(errno.ENOSPC, "No space left on device"), outages.DISK_FULL),
            (OSError(errno.EROFS, "Read-only file system"), outages.READ_ONLY),
            (PermissionError(errno.EACCES, "Permission denied"), outages.READ_ONLY),
        ],
        ids=str,
    )
    def test_by_the_code(self, postgresql, error, outage):
        assert outage_of(error) is outage
        behind = RuntimeError("a view's own")
        behind.__cause__ = error
        assert outage_of(behind) is outage

    @pytest.mark.parametrize(
        ("words", "outage"),
        [
            ("database or disk is full", outages.DISK_FULL),
            ("attempt to write a readonly database", outages.READ_ONLY),
            ("database is locked", outages.TOO_BUSY),
            ("unable to open database file", outages.DATABASE_GONE),
            ("disk I/O error", outages.DATABASE_GONE),
            ('near "SELEC": syntax error', None),
        ],
    )
    def test_by_the_words_of_sqlite(self, monkeypatch, words, outage):
        monkeypatch.setattr(connection, "vendor", "sqlite")
        assert outage_of(OperationalError(words)) is outage

    @pytest.mark.parametrize(
        "error",
        [
            None,
            ZeroDivisionError(),
            FileNotFoundError(errno.ENOENT, "No such file"),
            coded(DataError, "22001"),
            coded(ProgrammingError, "42601"),
        ],
        ids=repr,
    )
    def test_a_fault_of_ours_is_none(self, error):
        assert outage_of(error) is None

    @pytest.mark.django_db
    @pytest.mark.both("words of the database")
    def test_a_missing_table_is_one_only_while_a_migration_is(self):
        def ask():
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SELECT 1 FROM belum_ada")
            except (ProgrammingError, OperationalError) as error:
                return outage_of(error)

        assert ask() is None
        MigrationRecorder(connection).record_unapplied("home", "0001_initial")
        assert ask() is outages.NOT_MIGRATED


@pytest.mark.django_db
class TestPage:
    @pytest.fixture(autouse=True)
    def answers(self, client, monkeypatch, settings):
        settings.ROOT_URLCONF = __name__
        client.raise_request_exception = False
        monkeypatch.setattr(
            "sinergi.home.views.outage_of",
            lambda error: outages.DATABASE_GONE if error is MISSING else outage_of(error),
        )

    def test_says_so_and_when_to_come_back(self, client):
        answer = client.get("/rusak/?q=a&b=%22")
        page = html_of(answer)
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert answer["Cache-Control"] == "no-store"
        assert "<h1>Portal sedang tidak dapat dihubungi</h1>" in page
        assert 'href="/rusak/?q=a&amp;b=%22"' in page and "Muat lagi" in page
        assert answer["X-Request-ID"] in page

    def test_leads_nowhere_else(self, rf):
        """An address that begins with two strokes is another host's."""
        try:
            raise MISSING
        except OperationalError:
            page = server_error(rf.get("/", PATH_INFO="//evil.example/x/")).content.decode()
        assert 'href="/%2Fevil.example/x/"' in page

    def test_what_was_typed_can_be_sent_again(self, client):
        sent = {"agenda": 'Rak "baca" <b>', "hadir": ["3", "4"], "csrfmiddlewaretoken": "abc"}
        page = html_of(client.post("/rusak/", sent))
        assert 'name="agenda" value="Rak &quot;baca&quot; &lt;b&gt;"' in page
        assert page.count('name="hadir"') == 2 and 'name="csrfmiddlewaretoken" value="abc"' in page
        assert '<form method="post" action="/rusak/">' in page and "Kirim lagi" in page

    def test_with_files_the_browser_sends_again(self, client, tmp_path):
        photo = tmp_path / "foto.jpg"
        photo.write_bytes(b"x")
        with photo.open("rb") as file:
            page = html_of(client.post("/rusak/", {"agenda": "Rak", "foto": file}))
        assert "muat ulang halaman" in page and "Kirim lagi" not in page

    def test_passwords_are_not_written_into_the_page(self, client):
        page = html_of(client.post("/rusak/", {"username": "a", "new_password1": "rahasia-sekali"}))
        assert "rahasia-sekali" not in page and "ulangi dari halaman sebelumnya" in page

    def test_a_fault_of_ours_is_500_with_its_number(self, client, monkeypatch):
        monkeypatch.setitem(globals(), "raised", ZeroDivisionError())
        answer = client.get("/rusak/")
        assert answer.status_code == 500 and answer["X-Request-ID"] in html_of(answer)
        assert "Terjadi gangguan" in html_of(answer)

    def test_without_collected_files_the_words_stand_alone(self, client, monkeypatch):
        def lacks(*args):
            raise ValueError("Missing staticfiles manifest entry")

        monkeypatch.setattr("sinergi.home.views.render_to_string", lacks)
        answer = client.get("/rusak/")
        assert answer.status_code == 503
        assert "<h1>Portal sedang tidak dapat dihubungi</h1>" in answer.content.decode()

    def test_a_session_that_cannot_be_read_is_told_alike(self, client, sign_in, monkeypatch):
        """What fails before any view: the account of the session."""
        sign_in("secretariat")

        def gone(*args):
            raise MISSING

        monkeypatch.setattr("sinergi.accounts.backends.RoleBackend.get_user", gone)
        assert client.get("/rapat/").status_code == 503
