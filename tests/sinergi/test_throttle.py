"""Guessing passwords: how many, whatever the account is called by and wherever one stands."""

import pytest
from axes.models import AccessAttempt
from django.test import RequestFactory

from sinergi.accounts import throttle
from tests import factories
from tests.sinergi.test_accounts import attempt

pytestmark = [pytest.mark.django_db, pytest.mark.both("attempts are counted in the database")]

SPELLINGS = [
    "petugas",
    "petugas@dinas.go.id",
    "PETUGAS@dinas.go.id",
    " petugas ",
    "Petugas@Dinas.Go.Id",
]


@pytest.fixture
def account():
    return factories.user(username="petugas", email="petugas@dinas.go.id")


class TestByAccount:
    def test_however_it_is_written_it_is_one_account(self, client, account):
        statuses = [attempt(client, name, "salah").status_code for name in SPELLINGS]
        assert statuses == [200, 200, 200, 200, 429]
        for name in SPELLINGS:
            assert attempt(client, name).status_code == 429, "even with the right password"

    def test_what_is_nobodys_is_counted_by_what_is_seen(self, client):
        # One of them in full-width letters, which look the same and are stored as the same.
        names = ["tidak-ada", "TIDAK-ADA", "Tidak-Ada ", "ｔｉｄａｋ-ada", "tidak-ADA"]
        statuses = [attempt(client, name, "salah").status_code for name in names]
        assert statuses == [200, 200, 200, 200, 429]

    def test_signing_in_begins_anew_for_every_spelling(self, client, account):
        for name in SPELLINGS[:4]:
            attempt(client, name, "salah")
        assert attempt(client, "PETUGAS@DINAS.GO.ID").status_code == 302
        client.logout()
        assert [attempt(client, "petugas", "salah").status_code for _ in range(4)] == [200] * 4

    def test_who_goes_on_while_locked_out_is_not_counted(self, client, account):
        for _ in range(9):
            attempt(client, "petugas", "salah")
        assert AccessAttempt.objects.get().failures_since_start == 5

    @pytest.mark.parametrize("length", [256, 3000])
    def test_a_very_long_name_is_just_a_wrong_one(self, client, length):
        for name in ("x" * length, "x" * length + "@dinas.go.id"):
            page = attempt(client, name, "salah")
            assert page.status_code == 200 and "tidak cocok" in page.content.decode()


class TestByAddress:
    def test_many_names_from_one_address(self, client, settings, account):
        settings.SIGN_IN_FAILURES_PER_ADDRESS = 7
        statuses = [attempt(client, f"tebak{n}", "salah").status_code for n in range(8)]
        assert statuses == [200] * 6 + [429] * 2
        assert attempt(client, "petugas").status_code == 429
        assert attempt(client, "petugas", REMOTE_ADDR="10.0.0.9").status_code == 302

    def test_an_own_account_does_not_open_the_address_again(self, client, settings, account):
        settings.SIGN_IN_FAILURES_PER_ADDRESS = 7
        for n in range(6):
            attempt(client, f"tebak{n}", "salah")
        assert attempt(client, "petugas").status_code == 302
        client.logout()
        assert attempt(client, "tebak6", "salah").status_code == 429

    def test_an_office_behind_one_address_may_err(self, client, account):
        for n in range(12):
            factories.user(username=f"rekan{n}")
            assert attempt(client, f"rekan{n}", "salah").status_code == 200
        assert attempt(client, "petugas").status_code == 302


class TestAddress:
    @pytest.mark.parametrize(
        ("written", "counted"),
        [
            ("203.0.113.7", "203.0.113.7"),
            ("203.0.113.7:4711", "203.0.113.7"),
            ("[2001:db8:1:2:3::4]:4711", "2001:db8:1:2::"),
            ("[2001:db8:1:2:3::4]", "2001:db8:1:2::"),
            ("2001:db8:1:2:9::9", "2001:db8:1:2::"),
            ("fe80::1%eth0", "fe80::"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ('"203.0.113.7"', "203.0.113.7"),
            ("unknown", "127.0.0.1"),
            ("_hidden", "127.0.0.1"),
            ("999.1.1.1", "127.0.0.1"),
            ("'; drop table", "127.0.0.1"),
            ("", "127.0.0.1"),
        ],
    )
    def test_whatever_the_proxy_writes(self, client, settings, account, written, counted):
        settings.PROXY_COUNT = 1
        forwarded = f"1.2.3.4, {written}" if written else ""
        answer = attempt(client, "petugas", "salah", HTTP_X_FORWARDED_FOR=forwarded)
        assert answer.status_code == 200
        assert AccessAttempt.objects.get().ip_address == counted

    def test_without_any_address(self):
        request = RequestFactory().get("/", REMOTE_ADDR="")
        assert throttle.client_address(request) == throttle.UNKNOWN_ADDRESS


class TestOwnPassword:
    URL = "/akun/sandi/"

    def change(self, client, old):
        new = {"new_password1": "baca-tulis-hitung", "new_password2": "baca-tulis-hitung"}
        return client.post(self.URL, {"old_password": old} | new)

    def test_a_wrong_old_password_is_throttled(self, client, sign_in, account):
        sign_in(factories.assign(account, "member"))
        answers = [self.change(client, f"salah{n}") for n in range(5)]
        assert [answer.status_code for answer in answers] == [200] * 4 + [429]
        assert "Kembali ke beranda" in answers[-1].content.decode()
        assert self.change(client, "rahasia-benar").status_code == 429, "even the right one"
        account.refresh_from_db()
        assert account.check_password("rahasia-benar")
        client.logout()
        assert attempt(client, "petugas@dinas.go.id").status_code == 429, (
            "counted together with signing in"
        )

    def test_a_wrong_one_is_told_beside_the_field(self, client, sign_in, account):
        sign_in(factories.assign(account, "member"))
        form = self.change(client, "salah").context["form"]
        assert list(form.errors) == ["old_password"]
        assert self.change(client, "rahasia-benar").status_code == 302

    def test_no_password_is_kept_of_a_failed_attempt(self, client, sign_in, account):
        sign_in(factories.assign(account, "member"))
        self.change(client, "rahasia-lama")
        attempt(client, "petugas", "rahasia-lain")
        kept = " ".join(f"{one.get_data} {one.post_data}" for one in AccessAttempt.objects.all())
        assert kept and not any(
            word in kept for word in ("rahasia-lama", "rahasia-lain", "baca-tulis")
        )
