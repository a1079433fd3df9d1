"""Who may cache a response to a signed-in user: nobody."""

import pytest
from django.urls import reverse

from tests import factories
from tests.test_access import TABLE, World

pytestmark = pytest.mark.django_db

PRIVATE = "private, no-store"


def kept_by(answer):
    """Return the Cache-Control of the response, and close its file."""
    for close in answer._resource_closers:
        close()  # answer.close() would end the test's connection too
    return answer.headers.get("Cache-Control")


class TestSignedIn:
    def test_every_page_sheet_paper_and_file(self, client, sign_in):
        world = World()
        sign_in("administrator")
        told = {}
        for name, (_, arguments) in TABLE.items():
            url = reverse(name, args=arguments(world) if arguments else [])
            told[name] = kept_by(client.get(url))
        assert {name: said for name, said in told.items() if said != PRIVATE} == {}

    def test_what_is_refused_and_what_is_asked_again_too(self, client, sign_in):
        sign_in("administrator")
        account = factories.user("member")
        link = reverse("programs:account_link", args=[account.pk])
        close = reverse("programs:account_disable", args=[account.pk])
        answers = {
            "the link that works once": (client.post(link), 200),
            "a form in error": (client.post(close, {"version": 1, "reason": ""}), 422),
            "the admin": (client.get(reverse("admin:accounts_user_changelist")), 200),
            "an export": (
                client.post(
                    reverse("admin:accounts_user_export"), {"format": "0", "resource": "0"}
                ),
                200,
            ),
            "nothing": (client.get("/tidak-ada/"), 404),
            "not meant for this": (client.get(reverse("accounts:logout")), 405),
        }
        for name, (answer, status) in answers.items():
            assert (answer.status_code, kept_by(answer)) == (status, PRIVATE), name

    def test_from_signing_in_on(self, client):
        account = factories.user("member")
        data = {"username": account.username, "password": "rahasia-benar"}
        assert kept_by(client.post("/masuk/", data)) == PRIVATE


class TestPublic:
    @pytest.mark.parametrize("path", ["/sehat/", "/lupa-sandi/", "/static/css/sinergi.css"])
    def test_answers_to_the_public_are_as_they_were(self, client, path):
        answer = client.get(path)
        assert answer.status_code == 200 and "no-store" not in (kept_by(answer) or "")

    def test_a_static_file_may_be_kept_by_whoever_is_signed_in(self, client, sign_in):
        sign_in("member")
        assert "no-store" not in (kept_by(client.get("/static/css/sinergi.css")) or "")
