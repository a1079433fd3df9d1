"""The daily digest: one's own choice about it, and the address that stops it."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from programs.actions import disable_account
from sinergi.home.digests import recipients, stop_token
from sinergi.home.models import DigestPreference
from sinergi.kit.logs import without_secrets
from tests import factories
from tests.pages import html_of
from tests.sinergi.digest_world import SITE, at, in_charge, reader, send

pytestmark = pytest.mark.django_db
PAGE = "/akun/ringkasan/"


@pytest.fixture(autouse=True)
def mail_is_configured(settings):
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example.go.id", SITE


def names(moment):
    return {one.account.username for one in recipients(moment)}


class TestStop:
    def url(self, account):
        return reverse("home:digest_stop", args=[stop_token(account)])

    def test_a_page_with_one_button_and_nothing_happens_by_looking(self, client):
        account = reader("chair")
        page = html_of(client.get(self.url(account)))
        assert page.count("<button") == 1 and "Berhenti menerima" in page
        assert account.username not in page and account.email not in page
        assert names(at(8)) == {account.username}

    def test_one_click_without_a_session_or_a_token_of_a_form(self):
        """As a mail programme sends it (RFC 8058), and again."""
        account, strict = reader("chair"), Client(enforce_csrf_checks=True)
        for _ in range(2):
            answer = strict.post(self.url(account), {"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200 and "dihentikan" in html_of(answer)
        assert names(at(8)) == set()
        chosen = DigestPreference.objects.get()
        assert (chosen.is_wanted, chosen.version, chosen.updated_by) == (False, 1, account)
        assert not answer.cookies and "no-store" in answer["Cache-Control"]

    def test_there_is_no_way_back_but_by_signing_in(self, client):
        account = reader("chair")
        client.post(self.url(account))
        client.post(self.url(account), {"kirim": "1"})
        assert names(at(8)) == set()
        client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
        client.post(PAGE, {"kirim": "1"})
        assert names(at(8)) == {account.username}

    def test_it_is_no_key_to_anything_else(self, client):
        account = reader("chair")
        client.get(self.url(account))
        client.post(self.url(account))
        assert client.get(PAGE).status_code == 302, "not signed in"
        assert client.get(f"/kalender/{stop_token(account)}.ics").status_code == 404

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_made_up_ones_are_unknown(self, client, method):
        account, other = reader("chair"), reader("chair")
        _, _, signature = stop_token(account).partition(":")
        wrong = [
            f"{other.pk}:{signature}",
            f"{account.pk}:",
            str(account.pk),
            signing.Signer().sign(str(account.pk)),
            signing.Signer(salt="sinergi.home.digests.stop").sign("x"),
            signing.Signer(salt="sinergi.home.digests.stop").sign("999999"),
            "%00",
        ]
        for token in wrong:
            url = f"/ringkasan/berhenti/{token}/"
            assert getattr(client, method)(url).status_code == 404, token
        assert not DigestPreference.objects.exists()

    def test_of_a_closed_account_it_is_unknown(self, client):
        account = reader("chair")
        disable_account(account=account, reason="Pindah.", by=factories.user("administrator"))
        assert client.post(self.url(account)).status_code == 404


class TestPage:
    def test_it_turns_it_on_and_off_and_says_so(self, client, sign_in):
        account = sign_in(reader("member"))
        page = html_of(client.get(PAGE))
        assert "Tidak aktif" in page and account.email in page
        page = html_of(client.post(PAGE, {"kirim": "1"}, follow=True))
        assert "Ringkasan harian diaktifkan." in page and "Berhenti mengirim" in page
        client.post(PAGE, {"kirim": "1"})
        page = html_of(client.post(PAGE, {"kirim": "0"}, follow=True))
        assert "Ringkasan harian dihentikan." in page and "Kirim tiap hari kerja" in page
        assert DigestPreference.objects.get().history.count() == 2, "the same once more is nothing"

    def test_it_says_when_mail_is_not_set_up_or_there_is_no_address(
        self, client, sign_in, settings
    ):
        sign_in("chair")
        page = html_of(client.get(PAGE))
        assert "belum mempunyai alamat surel" in page and "Surel belum diatur" not in page
        settings.EMAIL_HOST = ""
        assert "Surel belum diatur" in html_of(client.get(PAGE))
        settings.EMAIL_HOST, settings.SITE_URL = "mail.example.go.id", ""
        assert "Surel belum diatur" in html_of(client.get(PAGE))

    def test_it_says_when_one_was_sent_last(self, client, sign_in, mailoutbox):
        account = sign_in(reader("chair"))
        assert "Belum pernah dikirim" in html_of(client.get(PAGE))
        in_charge(account)
        send()
        assert "Terakhir dikirim 23 November 2026, 07.30" in html_of(client.get(PAGE))

    def test_it_is_in_the_menu_of_the_account(self, client, sign_in):
        sign_in("observer")
        assert f'href="{PAGE}"' in html_of(client.get("/"))

    def test_the_address_that_stops_it_is_not_in_the_log(self):
        line = without_secrets('"POST /ringkasan/berhenti/12:abcDEF_-/ HTTP/1.1" 200')
        assert line == '"POST /ringkasan/berhenti/…/ HTTP/1.1" 200'
