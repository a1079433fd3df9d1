"""
Every password that is set leaves an event on the account's page, whoever sets it and wherever.
"""

import pytest
from django.urls import reverse

from sinergi.accounts.actions import set_password
from sinergi.accounts.models import User
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.programs.test_accounts_pages import PASSWORD, invite, link_for, open_link
from tests.sinergi.test_accounts import attempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(sign_in):
    factories.team()
    return sign_in("administrator")


@pytest.fixture
def account():
    return factories.user("member", username="petugas")


def admin_page(account):
    return reverse("admin:auth_user_password_change", args=[account.pk])


def set_in_admin(client, account, **changes):
    data = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    return client.post(admin_page(account), data | changes)


def events(account):
    """(kind, who) of each, newest first."""
    return [(event.kind, event.created_by) for event in account.events.all()]


class TestOnRecord:
    def test_set_in_the_admin(self, client, boss, account):
        assert set_in_admin(client, account).status_code == 302
        assert events(account) == [("set", boss)]
        page = client.get(account.get_absolute_url()).content.decode()
        assert f"Kata sandi dipasang oleh {boss}" in page
        event = account.events.get()
        url = reverse("admin:programs_accountevent_change", args=[event.pk])
        assert client.get(url).status_code == 200
        client.logout()
        assert attempt(client, "petugas", PASSWORD).status_code == 302

    def test_taken_back_in_the_admin(self, client, boss, account):
        withdrawn = {
            "usable_password": "false",
            "unset-password": "1",
            "password1": "",
            "password2": "",
        }
        assert set_in_admin(client, account, **withdrawn).status_code == 302
        account.refresh_from_db()
        assert events(account) == [("removed", boss)] and not account.has_usable_password()
        assert "Kata sandi dicabut oleh" in client.get(account.get_absolute_url()).content.decode()

    def test_what_the_admin_refuses_leaves_nothing(self, client, boss, account):
        answer = set_in_admin(client, account, password2="lain-lagi-sekali")
        assert answer.status_code == 200 and not events(account)

    def test_changed_by_its_owner(self, client, sign_in, account):
        factories.team()
        sign_in(account)
        data = {
            "old_password": "rahasia-benar",
            "new_password1": PASSWORD,
            "new_password2": PASSWORD,
        }
        assert client.post(reverse("accounts:password_change"), data).status_code == 302
        assert events(account) == [("changed", account)]
        assert client.get("/rapat/").status_code == 200, "still signed in"
        sign_in("administrator")
        assert "Kata sandi diganti oleh" in client.get(account.get_absolute_url()).content.decode()

    def test_chosen_by_an_invitation(self, client, boss):
        invite(client)
        account = User.objects.get(username="petugas-baru")
        link = link_for(client, account)
        open_link(type(client)(), link)
        assert events(account) == [("chosen", account), ("linked", boss), ("invited", boss)]
        page = client.get(account.get_absolute_url()).content.decode()
        assert "Kata sandi dipasang lewat tautan oleh" in page

    def test_given_to_a_new_account_in_the_admin(self, client, sign_in):
        root = sign_in(factories.user(is_superuser=True))
        data = {
            "username": "mesin",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        }
        assert client.post(reverse("admin:accounts_user_add"), data).status_code == 302
        assert events(User.objects.get(username="mesin")) == [("set", root)]


class TestRefused:
    def test_a_closed_account_gets_none(self, client, boss, account):
        User.objects.filter(pk=account.pk).update(is_active=False)
        answer = set_in_admin(client, account)
        assert answer.url == admin_page(account)
        assert "Akun ini nonaktif" in client.get(answer.url).content.decode()
        assert not events(account)

    def test_one_that_was_closed_meanwhile_gets_none(self, account):
        User.objects.filter(pk=account.pk).update(is_active=False)
        with pytest.raises(TransitionError):
            set_password(account=account, password=PASSWORD, kind="set", by=None)
        assert account.check_password("rahasia-benar") and not events(account)

    def test_one_whose_password_was_changed_meanwhile_gets_none(self, account):
        read = User.objects.get(pk=account.pk)
        set_password(account=account, password=PASSWORD, kind="set", by=None)
        with pytest.raises(TransitionError):
            set_password(account=read, password="lain-lagi-sekali", kind="set", by=None)
        account.refresh_from_db()
        assert account.check_password(PASSWORD) and len(events(account)) == 1

    def test_in_words_when_somebody_was_quicker(self, client, boss, account, monkeypatch):
        def quicker(**asked):
            raise TransitionError("Kata sandinya baru saja diganti.")

        monkeypatch.setattr("sinergi.accounts.forms.set_password", quicker)
        page = client.post(
            admin_page(account), {"password1": PASSWORD, "password2": PASSWORD}, follow=True
        )
        assert "Kata sandinya baru saja diganti." in page.content.decode()
        data = {
            "old_password": "rahasia-benar",
            "new_password1": PASSWORD,
            "new_password2": PASSWORD,
        }
        page = client.post(reverse("accounts:password_change"), data)
        assert "Kata sandinya baru saja diganti." in page.content.decode()

    def test_the_own_is_changed_where_the_old_one_is_asked_for(self, client, boss):
        for answer in (client.get(admin_page(boss)), set_in_admin(client, boss)):
            assert answer.status_code == 302 and answer.url == reverse("accounts:password_change")
        boss.refresh_from_db()
        assert boss.check_password("rahasia-benar")


class TestRolesOfClosedAccounts:
    def test_the_admin_gives_none(self, client, boss, account):
        User.objects.filter(pk=account.pk).update(is_active=False)
        data = {
            "user": account.pk,
            "role": "chair",
            "province": "19",
            "regency": "",
            "starts_on": "2026-01-01",
        }
        answer = client.post(reverse("admin:programs_assignment_add"), data)
        assert answer.status_code == 200 and "sudah nonaktif" in answer.content.decode()
        assert account.assignments.count() == 1

    def test_an_open_one_gets_it(self, client, boss, account):
        data = {
            "user": account.pk,
            "role": "chair",
            "province": "19",
            "regency": "",
            "starts_on": "2026-01-01",
        }
        assert client.post(reverse("admin:programs_assignment_add"), data).status_code == 302
        one = account.assignments.get(role="chair")
        url = reverse("admin:programs_assignment_change", args=[one.pk])
        assert (
            client.post(url, data | {"role": "observer", "read_version": one.version}).status_code
            == 302
        )
        one.refresh_from_db()
        assert one.role == "observer"

    def test_what_is_refused_while_it_is_written_is_told(self, client, boss, account, monkeypatch):
        def refuse(**asked):
            raise TransitionError("Wewenang Anda untuk ini baru saja berakhir.")

        monkeypatch.setattr("programs.admin.assign", refuse)
        data = {
            "user": account.pk,
            "role": "chair",
            "province": "19",
            "regency": "",
            "starts_on": "2026-01-01",
        }
        page = client.post(reverse("admin:programs_assignment_add"), data, follow=True)
        assert "Wewenang Anda untuk ini baru saja berakhir." in page.content.decode()
        assert account.assignments.count() == 1

    def test_who_was_closed_meanwhile_closes_nobody(self, client, boss, account, monkeypatch):
        """The page is answered for an account that is open; it is closed before it writes."""
        close = reverse("programs:account_disable", args=[account.pk])
        real = User.lock

        def closed_by_now(self):
            User.objects.filter(pk=boss.pk).update(is_active=False)
            real(self)

        monkeypatch.setattr(User, "lock", closed_by_now)
        answer = client.post(close, {"version": 1, "reason": "Pindah."})
        assert answer.status_code == 422 and "sudah nonaktif" in answer.content.decode()
        account.refresh_from_db()
        assert account.is_active
