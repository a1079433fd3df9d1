"""Sending digests: each person at most once a day, whatever the mail server does."""

import io
import socket
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.actions import disable_account
from sinergi.home import digest_sending
from sinergi.home.digest_sending import Postman
from sinergi.home.digests import choose_digest, is_wanted_still_by, recipients, stop_token
from sinergi.home.models import DigestMail
from sinergi.home.models.digests import MOST_TRIES
from tests import factories
from tests.sinergi.digest_world import SITE, at, in_charge, reader, send
from tests.sinergi.mail_server import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def portal(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def server(settings):
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def three():
    """Three people for whom something waits, in the order in which they are told."""
    people = [reader("chair") for _ in range(3)]
    for account in people:
        in_charge(account)
    return people


def states():
    rows = DigestMail.objects.order_by("account").values_list("state", flat=True)
    return list(rows)


def taken_by(server):
    return [to for to, _ in server.taken]


def test_all_go_over_one_connection(server, three):
    assert send().sent == 3
    assert taken_by(server) == [one.email for one in three] and server.connections == 1
    assert states() == ["sent"] * 3


def test_one_refused_address_leaves_the_others_served(server, three):
    server.refused = {three[1].email}
    result = send()
    assert taken_by(server) == [three[0].email, three[2].email]
    assert states() == ["sent", "failed", "sent"] and not result.is_ok
    assert f"{three[1].username}. Peladen surel menolak alamat penerima." in result.words


def test_what_failed_is_tried_again_and_not_for_ever(server, three):
    server.refused = {three[1].email}
    send()
    server.refused = set()
    assert send(at(8, 30)).sent == 1
    assert states() == ["sent"] * 3 and len(server.taken) == 3
    row = DigestMail.objects.get(account=three[1])
    assert row.tries == 2 and row.error == ""


def test_a_bad_address_is_given_up_for_the_day(server, three):
    server.refused = {three[1].email}
    results = [send(at(7 + hour, 5)) for hour in range(MOST_TRIES + 2)]
    assert [len(one.failed) for one in results] == [1] * MOST_TRIES + [0, 0]
    assert DigestMail.objects.get(account=three[1]).tries == MOST_TRIES
    assert len(server.taken) == 2


@pytest.mark.parametrize("failure", ["hangs_up_at", "silent_at"])
def test_without_an_answer_to_the_mail_nobody_knows_and_it_is_not_sent_again(
    server, three, failure
):
    setattr(server, failure, ".")
    result = send()
    assert taken_by(server) == [one.email for one in three], "it had arrived after all"
    assert states() == ["claimed", "sent", "sent"]
    assert [row.account for row in result.lost] == [three[0]] and not result.is_ok
    assert f"Tidak diketahui terkirim: {three[0].username}" in result.words
    later = send(at(9))
    assert later.is_ok and later.sent == 0, "told once, and sent once"
    assert len(server.taken) == 3


def test_a_server_that_hung_up_between_two_mails_is_called_again(server, three, monkeypatch):
    """It would else be one whose answer nobody knows."""
    sending = Postman.send

    def hang_up_afterwards(self, mail):
        sending(self, mail)
        self.connection.connection.sock.shutdown(socket.SHUT_RDWR)

    monkeypatch.setattr(Postman, "send", hang_up_afterwards)
    assert send().sent == 3
    assert len(server.taken) == server.connections == 3
    monkeypatch.setattr(Postman, "_is_alive", lambda self: True)  # the control: without the look
    DigestMail.objects.all().delete()
    assert send().sent < 3


def test_nobody_is_claimed_while_the_server_is_down(settings, three):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_USE_TLS = False
        result = send()
    assert "ConnectionRefusedError" in result.words and not result.is_ok
    assert states() == []
    with mail_server(settings) as server:
        assert send(at(8, 30)).sent == 3
        assert len(server.taken) == 3


def test_who_cannot_be_told_leaves_the_others_served(server, three, monkeypatch):
    tasks_of = digest_sending.Digest.__init__

    def broken(self, recipient):
        if recipient.account == three[0]:
            raise RuntimeError
        tasks_of(self, recipient)

    monkeypatch.setattr(digest_sending.Digest, "__init__", broken)
    result = send()
    assert result.sent == 2 and result.broken == [three[0].username] and not result.is_ok
    monkeypatch.undo()


def during_the_first_mail(monkeypatch, happens):
    """Let something happen while the first mail of a run goes out."""
    sending = Postman.send

    def send_meanwhile(self, mail):
        monkeypatch.setattr(Postman, "send", sending)
        happens()
        sending(self, mail)

    monkeypatch.setattr(Postman, "send", send_meanwhile)


def test_who_stops_it_while_a_run_goes_on_gets_none(client, server, three, monkeypatch):
    first, stopping, last = three
    stop = reverse("home:digest_stop", args=[stop_token(stopping)])
    during_the_first_mail(monkeypatch, lambda: client.post(stop))
    result = send()
    assert taken_by(server) == [first.email, last.email]
    assert result.sent == 2 and result.is_ok
    assert not DigestMail.objects.filter(account=stopping).exists(), "nothing was claimed"
    choose_digest(account=stopping, is_wanted=True, by=stopping)
    assert send(at(8, 30)).sent == 1, "who wants it after all gets it that day"


def test_who_stops_it_before_it_is_tried_again_gets_none(server, three, monkeypatch):
    server.refused = {one.email for one in three}
    send()
    server.refused = set()
    stopping = three[1]
    during_the_first_mail(
        monkeypatch, lambda: choose_digest(account=stopping, is_wanted=False, by=stopping)
    )
    assert send(at(8, 30)).sent == 2
    assert stopping.email not in taken_by(server)
    assert DigestMail.objects.get(account=stopping).tries == 1


def test_whose_account_is_closed_while_a_run_goes_on_gets_none(server, three, monkeypatch):
    administrator = factories.user("administrator")
    during_the_first_mail(
        monkeypatch,
        lambda: disable_account(account=three[1], reason="Pindah.", by=administrator),
    )
    assert send().sent == 2
    assert three[1].email not in taken_by(server)


def test_whether_it_is_wanted_still_costs_one_query(three):
    one, *_ = (recipient.account for recipient in recipients(at(8)))
    with CaptureQueriesContext(connection) as queries:
        assert is_wanted_still_by(one)
    assert len(queries) == 1


def test_a_claim_without_an_end_is_reported_once_and_never_sent(server, three):
    """What a process leaves behind that was killed after its claim."""
    (one, *_), moment = three, at(7, 5)
    DigestMail.objects.claim(one, moment.date(), fingerprint="x", now=moment)
    assert not send(at(7, 10)).lost, "it may be at work still"
    result = send(at(7, 30))
    assert [row.account for row in result.lost] == [one]
    assert one.email not in taken_by(server)
    assert send(at(8, 30)).is_ok
    assert DigestMail.objects.lost_lately(at(9)).count() == 1
    assert DigestMail.objects.lost_lately(at(9) + timedelta(days=4)).count() == 0


def test_of_two_that_read_the_same_failure_one_tries_again(three):
    row = DigestMail.objects.claim(three[0], at(7).date(), fingerprint="x", now=at(7))
    row.mark_failed(ValueError())
    first, second = (DigestMail.objects.get() for _ in range(2))
    assert first.claim_again(fingerprint="x", now=at(8))
    assert second.claim_again(fingerprint="x", now=at(8)) is None


class TestCommand:
    def run(self):
        told = io.StringIO()
        call_command("send_digest", stdout=told)
        return told.getvalue()

    @pytest.mark.parametrize("name", ["EMAIL_HOST", "SITE_URL"])
    def test_without_mail_it_says_so_and_sends_nothing(self, settings, three, mailoutbox, name):
        settings.EMAIL_HOST = "mail.example.go.id"
        setattr(settings, name, "")
        assert f"{name} belum diatur" in self.run()
        assert mailoutbox == [] and states() == []

    def test_it_says_what_it_did_and_fails_with_what_went_wrong(self, server, three, monkeypatch):
        round_at = digest_sending.Round.__init__
        monkeypatch.setattr(
            digest_sending.Round, "__init__", lambda self: round_at(self, lambda: at(7, 30))
        )
        server.refused = {three[2].email}
        with pytest.raises(CommandError, match="Terkirim 2"):
            self.run()
        server.refused = set()
        assert "Terkirim 1" in self.run()
