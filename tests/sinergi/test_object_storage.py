"""Uploads in a bucket: as in a folder, on several machines, and told in words when it fails."""

import errno
import json
import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.urls import reverse

from advocacy.models import Attachment, Meeting
from programs.models import Team
from sinergi.kit import object_storage, outages
from sinergi.kit.models import Record, StaleRecord
from sinergi.kit.outages import outage_of
from sinergi.kit.storage import StorageUnreachable
from sinergi.operations import diagnosis
from sinergi.operations.backups import writing
from sinergi.operations.backups.files import stored_names
from tests import factories, s3_server
from tests.drills import compare
from tests.pages import html_of
from tests.sinergi.test_backup import Installation, installation, write_meeting  # noqa: F401
from tests.sinergi.test_file_records import safe_file
from tests.sinergi.test_uploads import jpeg

ROOT = Path(__file__).resolve().parent.parent.parent
NEW = "/rapat/baru/"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3_server.running(tmp_path_factory.mktemp("s3")) as server:
        yield server


def keep_files_in(settings, server, bucket, **options):
    settings.STORAGES = settings.STORAGES | {"default": server.storage(bucket, **options)}


@pytest.fixture
def bucket(server, settings, tmp_path):
    """Keep the portal's files in an empty bucket; nothing may need the folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    name = server.bucket()
    keep_files_in(settings, server, name)
    yield name
    assert not settings.MEDIA_ROOT.exists()


@pytest.fixture
def gone(bucket, server, settings, monkeypatch):
    """Let the service be gone, after it was there."""
    with s3_server.closed_endpoint() as endpoint:
        yield lambda: keep_files_in(settings, server, bucket, endpoint_url=endpoint)


def content_of(answer):
    return b"".join(answer.streaming_content)


def keys():
    return sorted(stored_names(default_storage))


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def team(self):
        return factories.team()

    @pytest.fixture
    def sent(self, bucket, client, sign_in, team, meeting_data):
        """Return the attachment of a meeting whose form was sent with a photograph."""
        sign_in("secretariat")
        client.post(NEW, meeting_data(team) | {"photos": jpeg("foto.jpg", size=(2000, 1500))})
        return Attachment.objects.get(meeting=Meeting.objects.get())

    def test_a_photograph_is_seen_by_whom_it_concerns_only(self, client, sign_in, sent):
        assert keys() == sorted([sent.file.name, sent.thumbnail.name])
        thumbnail = reverse("advocacy:thumbnail", args=[sent.key])
        large, small = (client.get(url) for url in (sent.get_absolute_url(), thumbnail))
        assert large["Content-Type"] == small["Content-Type"] == "image/jpeg"
        large, small = content_of(large), content_of(small)
        assert large.startswith(b"\xff\xd8") and len(small) < len(large) == sent.file.size
        sign_in("secretariat", province_code="11")
        assert client.get(sent.get_absolute_url()).status_code == 404
        client.logout()
        assert "masuk" in client.get(sent.get_absolute_url()).url

    def test_the_service_gives_it_to_nobody(self, server, bucket, sent):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"{server.endpoint}/{bucket}/{sent.file.name}")
        with pytest.raises(ValueError, match="no address"):
            _ = sent.file.url

    def test_what_is_replaced_stays_under_its_own_name(self, bucket, client, sign_in):
        sign_in("secretariat")
        record = factories.expense(factories.activity())
        old, address = record.file.name, reverse("programs:expense_receipt", args=[record.key])
        assert client.get(address).status_code == 200
        record.save_submission(safe=safe_file(), by=None, version=record.version)
        record.refresh_from_db()
        assert client.get(address).status_code == 404
        answer = client.get(reverse("programs:expense_receipt", args=[record.key]))
        assert content_of(answer) == b"%PDF-1.7 lain"
        assert keys() == sorted([old, record.file.name])

    def test_a_row_that_is_not_written_leaves_nothing(self, bucket):
        record = factories.expense(factories.activity())
        before = keys()
        with pytest.raises(StaleRecord):
            record.save_submission(safe=safe_file(), by=None, version=record.version + 1)
        assert keys() == before

    def test_what_was_never_saved_is_purged(self, bucket, client, sign_in, team, meeting_data):
        sign_in("secretariat")
        client.post(NEW, meeting_data(team, title="") | {"photos": jpeg("foto.jpg")})
        assert len(keys()) == 2 and Attachment.objects.exists()
        call_command("purge_uploads", days=0, stdout=StringIO())
        assert keys() == [] and not Attachment.objects.exists()

    def test_a_file_that_is_lost_is_not_found(self, client, sent):
        default_storage.delete(sent.file.name)
        assert client.get(sent.get_absolute_url()).status_code == 404

    def test_without_the_service_pages_without_files_work(self, gone, client, sent):
        gone()
        client.raise_request_exception = False
        answer = client.get(sent.get_absolute_url())
        assert answer.status_code == 503
        assert "<h1>Berkas portal sedang tidak terjangkau</h1>" in html_of(answer)
        assert client.get(sent.meeting.get_absolute_url()).status_code == 200

    def test_without_the_service_a_form_with_a_file_writes_nothing(
        self, gone, client, sign_in, team, meeting_data
    ):
        sign_in("secretariat")
        gone()
        client.raise_request_exception = False
        answer = client.post(NEW, meeting_data(team) | {"photos": jpeg("foto.jpg")})
        page = html_of(answer)
        assert answer.status_code == 503 and "Berkas portal sedang tidak terjangkau" in page
        assert not Meeting.objects.exists() and not Attachment.objects.exists()
        assert client.post(NEW, meeting_data(team)).status_code == 302, "without a file it is saved"

    def test_gone_before_what_was_stored_is_taken_back(self, gone, bucket, monkeypatch):
        """The person reads why there is no row, not that a file is left over."""
        record = factories.expense(factories.activity())

        def refuse(self, **sent):
            gone()
            raise StaleRecord(self)

        monkeypatch.setattr(Record, "save_submission", refuse)
        with pytest.raises(StaleRecord):
            record.save_submission(safe=safe_file(), by=None, version=record.version)


class TestStorage:
    def test_a_large_file_comes_back_as_it_went(self, bucket):
        data = os.urandom(10 * 1024 * 1024)
        name = default_storage.save("expense/ab/satu", ContentFile(data))
        with default_storage.open(name) as file:
            assert file.read() == data
        assert default_storage.size(name) == len(data)

    def test_no_name_is_written_over(self, bucket):
        names = [default_storage.save("satu", ContentFile(text)) for text in (b"a", b"b")]
        read = [default_storage.open(name).read() for name in names]
        assert len(set(names)) == 2 and read == [b"a", b"b"]

    def test_a_folder_of_the_bucket_is_a_place_of_its_own(self, bucket, server, settings):
        default_storage.save("satu", ContentFile(b"di luar"))
        keep_files_in(settings, server, bucket, location="sinergi")
        name = default_storage.save("dua", ContentFile(b"di dalam"))
        assert keys() == ["dua"] and default_storage.open(name).read() == b"di dalam"
        keep_files_in(settings, server, bucket)
        assert keys() == ["satu", "sinergi/dua"]

    def test_what_is_not_there(self, bucket):
        assert not default_storage.exists("satu")
        default_storage.delete("satu")
        for ask in (default_storage.open, default_storage.size):
            with pytest.raises(FileNotFoundError):
                ask("satu")

    def test_other_processes_see_the_same_files(self, bucket, server, tmp_path):
        """What a machine stores another one serves, and what it deletes is gone for all."""
        name = default_storage.save("expense/ab/satu", ContentFile(b"isi"))
        code = (
            "import django; django.setup();"
            "from django.core.files.base import ContentFile;"
            "from django.core.files.storage import default_storage as store;"
            "print(store.open('expense/ab/satu').read());"
            "print(store.save('expense/ab/satu', ContentFile(b'lain')));"
            "store.delete('expense/ab/satu')"
        )
        environment = os.environ | server.environment(bucket) | {"DATA_DIR": str(tmp_path)}
        environment |= {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "sinergi.settings"}
        ended = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        read, other = ended.stdout.split()
        assert read == "b'isi'" and other != name
        assert keys() == [other] and default_storage.open(other).read() == b"lain"


class Refusing(BaseHTTPRequestHandler):
    """A service that answers everything with one error of S3."""

    status, code, cuts = 503, "SlowDown", False

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = f"<Error><Code>{self.code}</Code><Message>tidak</Message></Error>".encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body) + 1000 * self.cuts))
        self.end_headers()
        self.close_connection = True
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_PUT = do_DELETE = answer

    def log_message(self, *args):
        pass


@contextmanager
def answering(settings, **said):
    """Let the portal's files be kept by a service that answers so."""
    handler = type("Answering", (Refusing,), said)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as service:
        threading.Thread(target=service.serve_forever, args=(0.05,), daemon=True).start()
        keep_files_at(settings, f"http://127.0.0.1:{service.server_port}")
        yield
        service.shutdown()


def keep_files_at(settings, endpoint):
    options = {"bucket_name": "uji", "endpoint_url": endpoint, "region_name": "us-east-1"}
    options |= s3_server.KEYS
    backend = {"BACKEND": "sinergi.kit.object_storage.BucketStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": backend}


def store():
    # As an upload, whose name is new: nobody asks first whether it is there.
    default_storage._save("satu", ContentFile(b"isi"))


def read():
    default_storage.open("satu")


class TestFailures:
    """Each is one of the outages that the portal tells in words (sinergi.kit.outages)."""

    @pytest.fixture(autouse=True)
    def impatient(self, monkeypatch):
        monkeypatch.setattr(object_storage, "READ_SECONDS", 0.3)
        monkeypatch.setattr(object_storage, "TRIES", 1)

    def outage(self, ask):
        with pytest.raises(OSError) as told:
            ask()
        return outage_of(told.value)

    @pytest.mark.parametrize(
        ("status", "code", "ask", "outage"),
        [
            (503, "SlowDown", store, outages.FILES_GONE),
            (500, "InternalError", read, outages.FILES_GONE),
            (404, "NoSuchBucket", read, outages.FILES_GONE),
            (404, "404", read, outages.FILES_GONE),
            (403, "InvalidAccessKeyId", store, outages.FILES_GONE),
            (403, "AccessDenied", read, outages.FILES_GONE),
            (403, "AccessDenied", store, outages.READ_ONLY),
            (403, "QuotaExceeded", store, outages.DISK_FULL),
            (507, "XMinioStorageFull", store, outages.DISK_FULL),
            (507, "InsufficientStorage", store, outages.DISK_FULL),
        ],
    )
    def test_an_error_of_the_service(self, settings, status, code, ask, outage):
        with answering(settings, status=status, code=code):
            assert self.outage(ask) is outage

    def test_a_file_that_is_not_there(self, settings):
        with answering(settings, status=404, code="NoSuchKey"), pytest.raises(FileNotFoundError):
            read()

    def test_a_file_that_is_cut_off(self, settings):
        with answering(settings, status=200, cuts=True):
            assert self.outage(read) is outages.FILES_GONE

    @pytest.mark.parametrize("ask", [store, read])
    def test_a_service_that_never_answers(self, settings, ask):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            keep_files_at(settings, f"http://127.0.0.1:{silent.getsockname()[1]}")
            assert self.outage(ask) is outages.FILES_GONE

    def test_a_name_that_nobody_knows(self, settings):
        keep_files_at(settings, "http://s3.invalid")
        assert self.outage(read) is outages.FILES_GONE


class TestDoctor:
    def found(self):
        return diagnosis.check_uploads()

    def test_it_leaves_nothing(self, bucket):
        assert self.found().state == diagnosis.FindingState.GOOD
        assert keys() == []

    def test_a_service_that_is_gone(self, bucket, gone):
        gone()
        finding = self.found()
        assert finding.state == diagnosis.FindingState.FAILED
        assert "tidak dapat disimpan" in finding.said

    def test_a_bucket_that_is_open_to_strangers(self, bucket, server):
        allow = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}
        allow |= {"Resource": f"arn:aws:s3:::{bucket}/*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
        server.client.put_bucket_policy(Bucket=bucket, Policy=policy)
        finding = self.found()
        assert finding.state == diagnosis.FindingState.FAILED and "terbuka" in finding.said


class TestBackup:
    """From one bucket into another, and between a bucket and a folder."""

    pytestmark = pytest.mark.both("each engine is dumped and restored by its own tool")

    @pytest.fixture
    def office(self, server, settings, request):
        make = request.getfixturevalue("installation")
        made = make("office", filled=True)
        made.use()
        keep_files_in(settings, server, server.bucket())
        write_meeting(factories.team(), "Rapat pertama")
        return make

    def test_there_and_back(self, office, server, settings, tmp_path):
        before = compare.everything()["files"]
        call_command("backup", to=tmp_path / "cadangan", stdout=StringIO())
        (path,) = writing.backups_in(tmp_path / "cadangan")
        office("other").use()
        with pytest.raises(CommandError, match="Tempat berkas sudah berisi"):
            call_command("restore", str(path), stdout=StringIO())
        keep_files_in(settings, server, server.bucket())
        call_command("restore", str(path), stdout=StringIO())
        after = compare.everything()["files"]
        assert Team.objects.count() == 1
        assert after == before and len(after) == 1

    def test_a_service_that_is_gone(self, office, server, settings, tmp_path):
        folder = tmp_path / "cadangan"
        call_command("backup", to=folder, stdout=StringIO())
        (path,) = writing.backups_in(folder)
        with s3_server.closed_endpoint() as endpoint:
            keep_files_in(settings, server, server.bucket(), endpoint_url=endpoint)
            with pytest.raises(CommandError, match="Could not connect"):
                call_command("backup", to=tmp_path / "lain", stdout=StringIO())
            assert list((tmp_path / "lain").iterdir()) == []
            office("other").use()
            with pytest.raises(CommandError, match="Could not connect"):
                call_command("restore", str(path), stdout=StringIO())

    def test_a_proxy_before_a_service_that_is_away(self, office, settings, tmp_path):
        """Its 404 is not an empty bucket: no backup without files is made of it."""
        with answering(settings, status=404, code="404"), pytest.raises(CommandError):
            call_command("backup", to=tmp_path / "lain", stdout=StringIO())
        assert list((tmp_path / "lain").iterdir()) == []


def test_an_unreachable_service_is_an_error_of_the_system():
    """What expects a folder's errors catches a service's."""
    assert issubclass(StorageUnreachable, OSError) and errno.ENOSPC in outages.OUTAGE_OF_ERRNO
