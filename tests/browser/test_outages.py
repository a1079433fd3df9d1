"""While the portal cannot work, its page says so, keeps what was typed, and sends it again."""

import re

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from programs.models import Institution
from programs.views.institutions import InstitutionCreate
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def fail(*args, **kwargs):
    raise OperationalError("could not connect to server: Connection refused")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_typed_is_sent_again_with_a_button(visitor, monkeypatch, scripts):
    factories.team()
    someone = visitor(java_script_enabled=scripts)
    someone.listening = False  # a status of 503 is what is looked at
    page = someone.sign_in(factories.user("secretariat"))
    page.goto("/mitra/baru/")
    page.get_by_label("Nama", exact=True).fill("Bank Daerah")
    page.get_by_label("Sektor").select_option(index=1)
    with monkeypatch.context() as away:
        away.setattr(InstitutionCreate, "dispatch", fail)
        page.get_by_role("button", name="Simpan", exact=True).last.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Portal sedang tidak dapat dihubungi"
        )
        expect(page.get_by_text("Belum ada yang tersimpan.")).to_be_visible()
        if scripts:
            someone.axe("503 atas isian", dark_too=True)
            someone.listening = False
            someone.fits()
            page.goto("/mitra/baru/")
            expect(page.get_by_role("link", name="Muat lagi")).to_be_visible()
            someone.axe("503", dark_too=True)
            someone.suits_a_phone()
            page.go_back()
        assert not Institution.objects.filter(name="Bank Daerah").exists()
    page.get_by_role("button", name="Kirim lagi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Bank Daerah"))
    assert Institution.objects.filter(name="Bank Daerah").count() == 1
