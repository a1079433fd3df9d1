"""The second factor in a browser: set up, signed in with, and accessible at each step."""

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import factories
from tests.sinergi.test_second_factor import PASSWORD, code_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_setting_it_up_to_signing_in_with_it(visitor):
    account = factories.user("administrator", username="petugas")
    someone = visitor()
    page = someone.sign_in(account)
    page.goto("/akun/dua-langkah/")
    page.get_by_role("button", name="Pasang").click()
    page.locator("main img").wait_for()
    someone.fits()
    someone.suits_a_phone()
    someone.axe("the set-up", dark_too=True)
    device = TOTPDevice.objects.get()
    page.get_by_role("button", name="Aktifkan").click()
    page.locator("#error-summary").wait_for()
    someone.axe("the set-up, galat")
    page.get_by_label("Kata sandi sekarang").fill(PASSWORD)
    page.get_by_label("Kode enam angka").fill(code_of(device))
    page.get_by_role("button", name="Aktifkan").click()
    page.get_by_role("heading", name="Simpan kode pemulihan").wait_for()
    someone.fits()
    someone.axe("the recovery codes", dark_too=True)
    recovery = page.locator("main ul li").first.inner_text()
    page.get_by_role("link", name="Sudah saya simpan").click()
    page.get_by_role("link", name="Lepas").wait_for()
    someone.suits_a_phone()
    someone.axe("in force", dark_too=True)

    other = visitor()
    page = other.page
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna atau surel dinas").fill("petugas")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name="Satu langkah lagi").wait_for()
    other.suits_a_phone()
    other.axe("the code", dark_too=True)
    page.get_by_label("Kode enam angka").fill(recovery)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda url: "/masuk/" not in url)
    page.goto("/akun/perangkat/")
    page.get_by_role("button", name="Keluar dari perangkat lain").wait_for()
    other.axe("sessions", dark_too=True)
