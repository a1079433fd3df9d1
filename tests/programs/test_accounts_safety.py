"""Accounts: who may see and do what to whom, and what ends with one that is closed."""

import uuid

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from programs.actions import (
    disable_account,
    enable_account,
)
from programs.models import Person
from sinergi.accounts.models import User
from sinergi.kit.models import StaleRecord
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


@pytest.mark.both("a key that is there already is settled by the database")
class TestSendingAgain:
    def test_a_second_invitation_from_the_same_page_is_not_the_first(self, client, sign_in, team):
        sign_in("administrator")
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "name": "Satu",
            "username": "satu",
            "email": "",
            "person": "",
            "role": "member",
        }
        data |= {"province": "19", "regency": "", "starts_on": "2026-01-01"}
        url = reverse("programs:account_invite")
        assert client.post(url, data).status_code == client.post(url, data).status_code == 302
        answer = client.post(url, data | {"username": "dua", "name": "Dua"})
        assert answer.status_code == 409 and 'value="dua"' in answer.content.decode()


class TestAccounts:
    def test_of_two_invitations_for_one_person_the_second_is_told(
        self, client, sign_in, team, monkeypatch
    ):
        sign_in("administrator")
        person = factories.person("Orang baru")
        monkeypatch.setattr(
            Person, "save_as", lambda self, **kwargs: (_ for _ in ()).throw(StaleRecord(self))
        )
        data = {
            "idempotency_key": uuid.uuid4(),
            "name": "x",
            "username": "x",
            "email": "",
            "person": person.pk,
            "role": "member",
        }
        answer = client.post(
            reverse("programs:account_invite"), data | {"province": "19", "starts_on": "2026-01-01"}
        )
        assert (
            answer.status_code == 422 and "Orang baru baru saja diubah" in answer.content.decode()
        )
        with transaction.atomic():
            assert not User.objects.filter(username="x").exists()

    def test_closing_ends_sessions_and_links_for_good(self, client, sign_in, team):
        account = sign_in("member")
        link = reverse(
            "accounts:welcome",
            args=[
                urlsafe_base64_encode(force_bytes(account.pk)),
                default_token_generator.make_token(account),
            ],
        )
        boss = type(client)()
        boss.force_login(
            factories.user("administrator"), backend="sinergi.accounts.backends.RoleBackend"
        )
        boss.post(
            reverse("programs:account_disable", args=[account.pk]),
            {"version": 1, "reason": "Cuti."},
        )
        assert (
            boss.get(reverse("programs:assignment_create", args=[account.pk])).status_code == 404
        ), "nothing is given to it"
        enable_account(account=account, by=None)
        assert client.get("/").status_code == 302, "signed out"
        assert "tidak berlaku lagi" in client.get(link, follow=True).content.decode()

    def test_a_superuser_is_for_superusers(self, client, sign_in, team):
        root = factories.user(is_superuser=True)
        sign_in("administrator", province_code=None)
        for name in ("account_detail", "account_link", "account_disable"):
            assert client.post(
                reverse(f"programs:{name}", args=[root.pk]), {"version": 1, "reason": "x"}
            ).status_code in (
                404,
                405,
            )
        assert client.get(root.get_absolute_url()).status_code == 404

    def test_an_account_that_works_nowhere_is_not_everybodys(self, client, sign_in, team):
        nobody = factories.user()
        sign_in("administrator")
        assert client.get(nobody.get_absolute_url()).status_code == 404
        assert client.get(reverse("admin:accounts_user_add")).status_code == 403
        sign_in("administrator", province_code=None)
        assert client.get(nobody.get_absolute_url()).status_code == 200

    def test_the_reason_another_province_gave_is_not_told(self, client, sign_in, team):
        account = factories.user("member", province_code="11")
        disable_account(
            account=account,
            reason="RAHASIA ACEH",
            by=factories.user("administrator", province_code="11"),
        )
        enable_account(account=account, by=None)
        factories.assign(account, "member")
        sign_in("administrator")
        page = client.get(account.get_absolute_url()).content.decode()
        assert "Dinonaktifkan" in page and "RAHASIA" not in page
        event = account.events.last()
        assert (
            client.get(reverse("admin:programs_accountevent_change", args=[event.pk])).status_code
            == 200
        )

    @pytest.mark.both("a constraint without regard to case")
    def test_nobody_takes_an_address_by_choosing_it_as_a_name(self, client):
        owner = factories.user("member", email="petugas@dinas.go.id")
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.user(username="petugas@dinas.go.id")
        client.post("/masuk/", {"username": "petugas@dinas.go.id", "password": "rahasia-benar"})
        assert int(client.session["_auth_user_id"]) == owner.pk

    def test_whoever_is_signed_in_may_use_a_link_as_well(self, client, sign_in, team):
        """The new password ends the session that it is chosen in."""
        account = sign_in("member")
        key = urlsafe_base64_encode(force_bytes(account.pk))
        link = reverse("accounts:welcome", args=[key, default_token_generator.make_token(account)])
        form = client.get(link, follow=True)
        words = {"new_password1": "baca-tulis-hitung", "new_password2": "baca-tulis-hitung"}
        answer = client.post(form.request["PATH_INFO"], words, follow=True)
        assert answer.status_code == 200 and "_auth_user_id" not in client.session
        account.refresh_from_db()
        assert account.check_password("baca-tulis-hitung")

    def test_after_choosing_a_password_the_sign_in_page_says_so(self, client, team):
        account = factories.user("member")
        key = urlsafe_base64_encode(force_bytes(account.pk))
        form = client.get(
            reverse("accounts:welcome", args=[key, default_token_generator.make_token(account)]),
            follow=True,
        )
        words = {"new_password1": "baca-tulis-hitung", "new_password2": "baca-tulis-hitung"}
        page = client.post(form.request["PATH_INFO"], words, follow=True)
        assert "Kata sandi dipasang. Silakan masuk." in page.content.decode()
