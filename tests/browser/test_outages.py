"""While the portal cannot work, its page says so, keeps what was typed, and sends it again."""

import re

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from programs.models import Institution
from programs.views.institutions import InstitutionCreate
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/mitra/baru/"
HEADING = "Portal sedang tidak dapat dihubungi"


def fail(*args, **kwargs):
    raise OperationalError("could not connect to server: Connection refused")


@pytest.fixture
def someone(visitor):
    """Return somebody of the secretariat at a phone, to whom an answer of 503 is no surprise."""
    factories.team()
    found = visitor()
    found.sign_in(factories.user("secretariat"))
    yield found
    found.complaints.clear()


def test_a_page_is_loaded_again(someone, monkeypatch):
    page = someone.page
    with monkeypatch.context() as away:
        away.setattr(InstitutionCreate, "dispatch", fail)
        page.goto(FORM)
        expect(page.get_by_role("heading", level=1)).to_have_text(HEADING)
        someone.axe("503", dark_too=True)
        someone.suits_a_phone()
        someone.fits()
    page.get_by_role("link", name="Muat lagi").click()
    expect(page.get_by_label("Nama", exact=True)).to_be_visible()


def test_what_was_typed_is_sent_again_with_a_button(someone, monkeypatch):
    page = someone.page
    page.goto(FORM)
    page.get_by_label("Nama", exact=True).fill("Bank Daerah")
    page.get_by_label("Sektor").select_option(index=1)
    with monkeypatch.context() as away:
        away.setattr(InstitutionCreate, "dispatch", fail)
        page.get_by_role("button", name="Simpan", exact=True).last.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(HEADING)
        expect(page.get_by_text("Belum ada yang tersimpan.")).to_be_visible()
        someone.axe("503 atas isian", dark_too=True)
        someone.suits_a_phone()
        someone.fits()
        assert not Institution.objects.filter(name="Bank Daerah").exists()
    page.get_by_role("button", name="Kirim lagi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Bank Daerah"))
    assert Institution.objects.filter(name="Bank Daerah").count() == 1
