"""The daily digest by mail: one's own choice, and the address that stops it, on a telephone."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from sinergi.home.digests import Digest, Recipient, stop_token
from sinergi.home.models import DigestPreference
from tests.browser.conftest import AXE, PHONE, QUICKLY, STANDARDS, VIOLATIONS
from tests.sinergi.digest_world import MONDAY, SITE, at, in_charge, reader

pytestmark = pytest.mark.django_db(transaction=True)


def is_wanted():
    return DigestPreference.objects.get().is_wanted


@pytest.mark.parametrize("scripts", [True, False])
def test_it_is_turned_off_and_on_by_keyboard(visitor, scripts):
    someone = visitor(viewport=PHONE, java_script_enabled=scripts)
    page = someone.sign_in(reader("chair"))
    page.locator(".s-account summary").press("Enter")
    page.get_by_role("link", name="Ringkasan harian").press("Enter")
    page.get_by_text("Surel belum diatur di portal ini").wait_for()
    page.get_by_role("button", name="Berhenti mengirim").press("Enter")
    page.get_by_text("Ringkasan harian dihentikan.").first.wait_for()
    assert not is_wanted()
    if scripts:
        someone.axe("pilihan, tidak aktif", dark_too=True)
        someone.suits_a_phone()
        someone.fits()
    page.get_by_role("button", name="Kirim tiap hari kerja").press("Enter")
    page.get_by_text("Ringkasan harian diaktifkan.").first.wait_for()
    assert is_wanted()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_mail_is_stopped_by_one_button_without_signing_in(visitor, scripts):
    account = reader("chair")
    someone = visitor(viewport=PHONE, java_script_enabled=scripts)
    page = someone.page
    page.goto(reverse("home:digest_stop", args=[stop_token(account)]))
    page.get_by_role("button", name="Berhenti menerima").press("Enter")
    page.get_by_role("heading", name="Ringkasan harian dihentikan").wait_for()
    assert not is_wanted()
    if scripts:
        someone.axe("dihentikan", dark_too=True)
        someone.suits_a_phone()
        someone.fits()


def test_the_mail_itself_is_accessible_and_fits(visitor, settings):
    settings.SITE_URL = SITE
    account = reader("chair")
    in_charge(account, "Menyusun usulan " * 8, due_on=MONDAY)
    digest = Digest(Recipient(account, "Asia/Jakarta", MONDAY, at(8)))
    someone = visitor(viewport=PHONE)
    someone.page.goto("about:blank")
    someone.page.set_content(render_to_string("home/digest_mail.html", digest.content))
    someone.fits()
    page = someone.page
    page.evaluate(AXE)
    whole = {"include": [["html"]]}
    assert page.evaluate(VIOLATIONS, [whole, {"runOnly": STANDARDS} | QUICKLY]) == []
