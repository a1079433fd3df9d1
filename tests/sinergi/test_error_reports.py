"""Errors are told to whoever looks after the server: once, briefly, and never in anybody's way."""

import json
import logging
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core import mail

from sinergi.kit import error_reports
from sinergi.kit.error_reports import ErrorReportHandler, MailHandler, WebhookHandler


class Recorder(ErrorReportHandler):
    def __init__(self, error=None):
        super().__init__()
        self.sent, self.error = [], error

    def send(self, subject, text):
        if self.error:
            raise self.error
        self.sent.append((subject, text))


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Run what would run in a thread."""

    class Now:
        def __init__(self, target, args):
            self.run = lambda: target(*args)

        def start(self):
            self.run()

    monkeypatch.setattr(error_reports, "Thread", Now)


def fault(name="sinergi", message="Internal Server Error: %s", path="/rapat/", level=logging.ERROR):
    return logging.LogRecord(name, level, "x", 1, message, (path,), None)


def test_the_same_error_is_told_once_in_ten_minutes(monkeypatch):
    handler, clock = Recorder(), [1000.0]
    monkeypatch.setattr(error_reports.time, "monotonic", lambda: clock[0])
    handler.handle(fault())
    handler.handle(fault(path="/rencana/"))
    assert [subject for subject, _ in handler.sent] == ["Internal Server Error: /rapat/"]
    handler.handle(fault(message="Another: %s"))
    clock[0] += error_reports.INTERVAL
    handler.handle(fault())
    assert len(handler.sent) == 3


def test_what_strangers_send_is_not_told():
    handler = Recorder()
    for host in ("a.example", "b.example"):
        handler.handle(fault("django.security.DisallowedHost", f"Invalid HTTP_HOST {host}: %s"))
    assert handler.sent == [] and handler.told == {}


def test_warnings_are_not_told():
    logger, handler = logging.Logger("x"), Recorder()
    logger.addHandler(handler)
    logger.warning("403")
    logger.error("500")
    assert [subject for subject, _ in handler.sent] == ["500"]


def test_what_cannot_be_sent_is_a_line_of_the_log_and_nothing_more(caplog):
    handler = Recorder(OSError("no route"))
    handler.handle(fault())
    (line,) = caplog.records
    assert line.getMessage() == "The report of an error could not be sent."
    handler.handle(line)  # the root gives it to this handler again
    assert len(caplog.records) == 1


def test_by_mail(settings):
    settings.ERROR_MAIL_TO = ["admin@example.go.id"]
    MailHandler().handle(fault(path="/rapat/\r\nBcc: x"))
    (sent,) = mail.outbox
    assert sent.to == ["admin@example.go.id"]
    assert sent.subject.startswith("[Sinergi] Internal Server Error: /rapat/")
    assert "\n" not in sent.subject and "\r" not in sent.subject


def test_by_webhook(settings):
    got = []

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Chat) as server:
        settings.ERROR_WEBHOOK_URL = f"http://127.0.0.1:{server.server_port}/"
        answering = Thread(target=server.handle_request)
        answering.start()
        WebhookHandler().handle(fault())
        answering.join()
    assert json.loads(got[0]) == {"text": "Internal Server Error: /rapat/"}
