"""The second factor: a code beside the password, recovery codes, and who has to have it."""

import time

import pytest
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from programs.actions import reset_second_factor
from sinergi.accounts import second_factor
from sinergi.accounts.models import RecoveryCode, Session
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.sinergi.test_accounts import attempt
from tests.test_access import TABLE, World

pytestmark = pytest.mark.django_db
CODE = "/masuk/kode/"
PASSWORD = "rahasia-benar"


def code_of(device, steps=0):
    """Return the code that the device shows, or so many steps of half a minute from now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + steps * device.step
    return f"{totp.token():06}"


@pytest.fixture
def account():
    return factories.user("administrator", username="petugas")


@pytest.fixture
def device(account):
    return TOTPDevice.objects.create(user=account, name="Aplikasi kode")


class TestSignIn:
    def test_the_code_comes_after_the_password(self, client, account, device):
        assert attempt(client, "petugas", data={"next": "/rapat/"}).url == CODE
        assert client.get("/").status_code == 302
        assert client.post(CODE, {"otp_token": code_of(device)}).url == "/rapat/"
        assert client.get("/").status_code == 200

    def test_between_them_nobody_is_signed_in(self, client, account, device):
        world = World()
        attempt(client, "petugas")
        found, expected = {}, {}
        for name, (statuses, arguments) in TABLE.items():
            if name == "accounts:login_code":
                continue
            url = reverse(name, args=arguments(world) if arguments else [])
            found[name] = client.get(url).status_code
            expected[name] = int(statuses.split()[0])
        assert found == expected, "as to a stranger"
        assert client.get("/admin/").status_code == 302

    def test_a_code_works_once(self, client, account, device):
        code = code_of(device)
        attempt(client, "petugas")
        client.post(CODE, {"otp_token": code})
        client.logout()
        attempt(client, "petugas")
        assert "sudah dipakai" in client.post(CODE, {"otp_token": code}).content.decode()
        assert client.get("/").status_code == 302

    @pytest.mark.parametrize(("steps", "status"), [(-1, 302), (1, 302), (-4, 200), (4, 200)])
    def test_a_clock_may_be_off_by_one_step(self, client, account, device, steps, status):
        attempt(client, "petugas")
        answer = client.post(CODE, {"otp_token": code_of(device, steps)})
        assert answer.status_code == status

    def test_wrong_codes_are_throttled_with_wrong_passwords(self, client, account, device):
        for _ in range(4):
            attempt(client, "petugas", "salah")
        attempt(client, "petugas")
        wrong = code_of(device, 100)
        assert client.post(CODE, {"otp_token": wrong}).status_code == 429
        assert client.post(CODE, {"otp_token": code_of(device)}).status_code == 429
        assert attempt(client, "petugas").status_code == 429

    def test_after_a_wrong_one_the_device_waits(self, client, account, device):
        attempt(client, "petugas")
        client.post(CODE, {"otp_token": code_of(device, 100)})
        page = client.post(CODE, {"otp_token": code_of(device)}).content.decode()
        assert "detik lagi" in page

    def test_a_recovery_code_ends_the_wait(self, client, account, device):
        code, *_ = RecoveryCode.objects.make(account)
        attempt(client, "petugas")
        client.post(CODE, {"otp_token": code_of(device, 100)})
        assert client.post(CODE, {"otp_token": code}).status_code == 302
        client.logout()
        attempt(client, "petugas")
        assert client.post(CODE, {"otp_token": code_of(device)}).status_code == 302

    def test_it_goes_on_to_an_address_and_never_to_a_views_name(self, client, account, device):
        attempt(client, "petugas", data={"next": "foo"})
        assert client.post(CODE, {"otp_token": code_of(device)}).url == "foo"

    def test_a_recovery_code_works_once(self, client, account, device):
        code, *_ = RecoveryCode.objects.make(account)
        for status in (302, 200):
            attempt(client, "petugas")
            assert client.post(CODE, {"otp_token": code}).status_code == status
            client.logout()
        assert RecoveryCode.objects.left(account) == 9
        assert not RecoveryCode.objects.filter(digest=code).exists(), "kept as a digest"

    def test_off_asks_nobody(self, client, account, device, settings):
        settings.SECOND_FACTOR = "off"
        assert attempt(client, "petugas").url == "/"
        assert client.get("/akun/dua-langkah/").status_code == 404

    def test_required_after_off_asks_who_had_a_device(
        self, client, client_class, account, device, settings
    ):
        """Whoever signed in while nobody was asked signs in again, with a code."""
        settings.SECOND_FACTOR = "off"
        attempt(client, "petugas")
        assert client.get("/").status_code == 200
        settings.SECOND_FACTOR = "required"
        assert client.get("/").status_code == 302
        other = client_class()
        assert attempt(other, "petugas").url == CODE
        other.post(CODE, {"otp_token": code_of(device)})
        assert other.get("/").status_code == 200


class TestSetup:
    def start(self, client):
        client.post("/akun/dua-langkah/")
        return TOTPDevice.objects.get()

    def test_from_the_button_to_the_codes(self, client, sign_in, account):
        sign_in(account)
        device = self.start(client)
        page = client.get("/akun/dua-langkah/pasang/").content.decode()
        assert "data:image/svg+xml" in page
        data = {"password": PASSWORD, "otp_token": code_of(device)}
        page = client.post("/akun/dua-langkah/pasang/", data).content.decode()
        assert "Simpan kode pemulihan" in page and RecoveryCode.objects.left(account) == 10
        assert client.get("/").status_code == 200
        assert [one.kind for one in account.events.all()] == ["two_step"]

    def test_a_wrong_code_puts_nothing_in_force(self, client, sign_in, account):
        sign_in(account)
        device = self.start(client)
        data = {"password": PASSWORD, "otp_token": code_of(device, 100)}
        assert client.post("/akun/dua-langkah/pasang/", data).status_code == 422
        assert second_factor.device_of(account) is None

    def test_after_a_wrong_one_the_new_device_waits(self, client, sign_in, account):
        """What is sent meanwhile is neither looked at nor counted, on the page and behind it."""
        sign_in(account)
        device, url = self.start(client), "/akun/dua-langkah/pasang/"
        data = {"password": PASSWORD, "otp_token": code_of(device, 100)}
        client.post(url, data)
        for code in (code_of(device, 100), code_of(device)):
            page = client.post(url, data | {"otp_token": code}).content.decode()
            assert "detik lagi" in page
            assert second_factor.confirm_setup(account, code) is None
        device.refresh_from_db()
        assert device.throttling_failure_count == 1 and not device.confirmed

    def test_required_leads_there_and_nowhere_else(self, client, sign_in, account, settings):
        settings.SECOND_FACTOR = "required"
        sign_in(account)
        for url in ("/", "/admin/", "/antrean/akun/", "/kalender/", "/akun/perangkat/"):
            assert client.get(url).url == "/akun/dua-langkah/", url
        device = self.start(client)
        data = {"password": PASSWORD, "otp_token": code_of(device)}
        client.post("/akun/dua-langkah/pasang/", data)
        assert client.get("/").status_code == client.get("/admin/").status_code == 200

    def test_required_leaves_the_others_alone(self, client, sign_in, settings):
        settings.SECOND_FACTOR = "required"
        sign_in("secretariat")
        assert client.get("/").status_code == 200

    def test_removing_takes_password_and_code(self, client, sign_in, account, device):
        sign_in(account)
        url, code = "/akun/dua-langkah/lepas/", code_of(device)
        assert client.post(url, {"password": "salah", "otp_token": code}).status_code == 422
        assert client.post(url, {"password": PASSWORD, "otp_token": code}).status_code == 302
        assert second_factor.device_of(account) is None


class TestReset:
    def test_of_another_and_told_at_the_next_sign_in(self, client, account, device):
        other = factories.user("administrator")
        reset_second_factor(account=account, reason="Telepon hilang.", by=other)
        assert account.events.get().reason == "Telepon hilang."
        attempt(client, "petugas")
        assert "dilepaskan oleh" in client.get("/").content.decode()

    def test_not_of_oneself(self, account, device):
        with pytest.raises(TransitionError):
            reset_second_factor(account=account, reason="Hilang.", by=account)


class TestSessions:
    URL = "/akun/perangkat/"
    PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"

    def test_one_sees_and_ends_the_others(self, client, client_class, account):
        attempt(client, "petugas")
        phone = client_class()
        attempt(phone, "petugas", headers={"user-agent": self.PHONE})
        assert "Chrome di Android" in client.get(self.URL).content.decode()
        client.post(self.URL, {"sesi": "lain"})
        assert phone.get("/").status_code == 302 and client.get("/").status_code == 200

    def test_a_new_password_ends_the_others(self, client, client_class, account):
        attempt(client, "petugas")
        other = client_class()
        attempt(other, "petugas")
        new = {"new_password1": "baca-tulis-hitung", "new_password2": "baca-tulis-hitung"}
        client.post("/akun/sandi/", {"old_password": PASSWORD} | new)
        assert client.get("/").status_code == 200 and other.get("/").status_code == 302
        assert Session.objects.filter(account=account).count() == 1


@pytest.fixture
def client_class(client):
    return type(client)
