"""The scan of a signed decree: stored once, replaced, never lost."""

import pytest
from django.urls import reverse

from programs.actions import (
    record_signature,
)
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.programs.test_decrees import scanned
from tests.programs.test_decrees import signature as signed
from tests.programs.test_decrees_pages import PDF, scan, signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def stored_files(settings_media):
    return [path for path in (settings_media / "decree").rglob("*") if path.is_file()]


class TestScan:
    def test_is_of_the_text_that_was_signed(
        self, client, sign_in, team, settings, tmp_path, django_capture_on_commit_callbacks
    ):
        settings.MEDIA_ROOT = tmp_path
        decree = scanned(factories.decree(team, state="submitted"))
        with django_capture_on_commit_callbacks(execute=True):
            decree.send_back(by=None, reason="Perbaiki.")
        decree.refresh_from_db()
        assert not decree.file and not decree.original_name
        assert len(stored_files(tmp_path)) == 1, "the history leads to it"
        decree.submit(by=None)
        sign_in("administrator")
        data = signature(decree)
        del data["scan"]
        assert (
            "Pilih pindaian SK"
            in client.post(reverse("programs:decree_sign", args=[decree.pk]), data).content.decode()
        )

    def test_a_refused_one_leaves_no_file(self, client, sign_in, team, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        decree = factories.decree(team, state="submitted")
        sign_in("administrator")
        url = reverse("programs:decree_sign", args=[decree.pk])
        answer = client.post(url, signature(decree, version=decree.version - 1))
        assert answer.status_code == 422 and stored_files(tmp_path) == []
        assert f'name="version" value="{decree.version}"' in answer.content.decode(), (
            "the next sending is a decision"
        )
        assert (
            client.post(url, signature(decree)).status_code == 302
            and len(stored_files(tmp_path)) == 1
        )

    def test_another_takes_its_place(
        self, client, sign_in, team, settings, tmp_path, django_capture_on_commit_callbacks
    ):
        settings.MEDIA_ROOT = tmp_path
        decree = factories.decree(team, state="submitted")
        sign_in("administrator")
        for name in ("satu.pdf", "dua.pdf"):
            decree.refresh_from_db()
            with django_capture_on_commit_callbacks(execute=True):
                client.post(
                    reverse("programs:decree_sign", args=[decree.pk]),
                    signature(decree, number="", scan=scan(name, PDF)),
                )
        decree.refresh_from_db()
        assert decree.original_name == "dua.pdf"
        assert len(stored_files(tmp_path)) == 2, "the history leads to the first"

    def test_a_refused_request_does_not_lose_the_stored_one(
        self, client, sign_in, team, settings, tmp_path
    ):
        settings.MEDIA_ROOT = tmp_path
        decree = scanned(factories.decree(team, state="submitted"))
        sign_in("administrator")
        stale = {"version": decree.version - 1, "reason": "Perbaiki."}
        assert (
            client.post(reverse("programs:decree_return", args=[decree.pk]), stale).status_code
            == 422
        )
        url = reverse("programs:decree_sign", args=[decree.pk])
        assert client.post(url, signature(decree, version=decree.version - 1)).status_code == 422
        decree.refresh_from_db()
        assert (
            decree.state == "submitted"
            and decree.file.storage.exists(decree.file.name)
            and len(stored_files(tmp_path)) == 1
        )
        decree.file.storage.delete(decree.file.name)
        with pytest.raises(TransitionError, match="pindaian"):
            record_signature(decree=decree, by=None, **signed())

    def test_a_page_that_grew_old_says_so_before_it_goes_on(self, client, sign_in, team):
        decree = factories.decree(team, state="submitted")
        seen = decree.version
        decree.send_back(by=None, reason="Perbaiki.")
        decree.submit(by=None)
        sign_in("administrator")
        url = reverse("programs:decree_sign", args=[decree.pk])
        page = client.post(url, signature(decree, version=seen, number="")).content.decode()
        assert (
            "Isinya berubah sejak halaman ini dibuka" in page
            and f'name="version" value="{decree.version}"' in page
        )
