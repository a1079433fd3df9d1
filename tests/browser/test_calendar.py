"""What leaves the portal by a telephone: a calendar's address, a file, and a text for WhatsApp."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from advocacy.models import Meeting
from sinergi.accounts.models import CalendarFeed
from tests import factories
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting():
    starts_at = timezone.now() + timedelta(days=9)
    team = factories.team()
    return factories.meeting(team, title="Rapat persiapan", starts_at=starts_at, place="Aula")


@pytest.mark.parametrize("scripts", [True, False])
def test_an_address_is_made_read_and_revoked(visitor, meeting, scripts):
    someone = visitor(viewport=PHONE, java_script_enabled=scripts)
    page = someone.sign_in(factories.user("member"))
    page.locator(".s-account summary").click()
    page.get_by_role("link", name="Langganan kalender").click()
    page.get_by_label("Nama alamat").fill("Telepon saya")
    page.get_by_role("button", name="Buat alamat").click()
    address = page.get_by_label("Alamat pribadi Anda").input_value()
    if scripts:
        someone.axe("alamat baru", dark_too=True)
        someone.suits_a_phone()
        someone.fits()
    answer = page.request.get(address)
    assert answer.ok and "SUMMARY:Rapat persiapan" in answer.text()
    page.get_by_role("link", name="Cabut alamat Telepon saya").click()
    page.get_by_role("button", name="Cabut").click()
    page.get_by_text("Alamat “Telepon saya” dicabut.").first.wait_for()
    assert page.request.get(address).status == 404
    assert CalendarFeed.objects.get().revoked_at


@pytest.mark.parametrize("scripts", [True, False])
def test_a_meeting_is_shared_from_its_menu(visitor, meeting, scripts):
    someone = visitor(viewport=PHONE, java_script_enabled=scripts)
    page = someone.sign_in(factories.user("secretariat"))
    page.goto(meeting.get_absolute_url())
    page.get_by_text("Unduh & bagikan").click()
    if scripts:
        someone.axe("menu bagikan", dark_too=True)
        someone.fits()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Simpan ke kalender").click()
    assert saved.value.suggested_filename == f"rapat-{Meeting.objects.get().pk}.ics"
    page.get_by_role("link", name="Kirim lewat WhatsApp").click()
    text = page.get_by_role("textbox", name="Undangan").input_value()
    assert "Rapat persiapan" in text and "Tempat: Aula" in text
    sent = page.get_by_role("link", name="Kirim lewat WhatsApp").first
    expect(sent).to_have_attribute("href", re.compile(r"^https://wa\.me/\?text=Dengan%20hormat"))
    copying = page.locator("[data-copy=teks-undangan]")
    expect(copying, "only where it works").to_be_visible(visible=scripts)
    if scripts:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        copying.click()
        page.get_by_text("Teks tersalin.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == text
