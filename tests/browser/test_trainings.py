"""A training is written with its rows of participants on a phone, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from advocacy.models import ExpansionCase, Training
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE
from tests.villages.importing import applied, row

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team():
    team = factories.team()
    for n, name in enumerate(["Kapuk", "Merawang", "Rebo"], 2):
        factories.library(factories.village(f"19.01.06.200{n}", name))
    return team


@pytest.mark.parametrize("scripts", [True, False])
def test_is_written_row_by_row_and_changed(visitor, team, scripts):
    account = factories.user("secretariat")
    someone = visitor(viewport=PHONE, java_script_enabled=scripts)
    page = someone.sign_in(account)
    page.goto("/bimtek/")
    page.get_by_role("link", name="Catat bimtek").first.click()
    page.get_by_label("Nama bimtek").fill("Bimtek TIK")
    page.get_by_label("Pokok materi").select_option("ict")
    page.get_by_label("Tanggal").fill(team.today.isoformat())

    def fill(number, **fields):
        group = page.get_by_role("group", name=f"Baris {number}")
        for label, text in fields.items():
            group.get_by_label(label.replace("_", " ")).fill(text)
        return group

    fill(1, Desa_atau_kelurahan="Kapuk", Perempuan="3", **{"Laki-laki": "2"})
    page.get_by_role("button", name="Tambah baris").click()
    fill(2, Desa_atau_kelurahan="Merawang", Nama="Pengelola").get_by_label(
        "Jenis kelamin"
    ).select_option("woman")
    page.get_by_role("button", name="Tambah baris").click()
    fill(3, Desa_atau_kelurahan="Entah", Perempuan="1")
    page.get_by_role("button", name="Simpan", exact=True).last.click()
    page.locator("#error-summary").wait_for()
    wrong = page.get_by_role("group", name="Baris 3").get_by_text("tidak ditemukan")
    expect(wrong).to_be_visible()
    if scripts:
        someone.axe("bimtek, galat", dark_too=True)
        someone.suits_a_phone()
        someone.fits()
    page.get_by_role("button", name="Hapus baris 3").click()
    page.get_by_role("button", name="Simpan", exact=True).last.click()
    page.get_by_role("heading", name="Bimtek TIK", exact=True).wait_for()
    training = Training.objects.get()
    rows = training.participants.order_by("pk")
    assert [(one.village.name, one.people) for one in rows] == [("Kapuk", 5), ("Merawang", 1)]

    page.get_by_role("link", name="4 perempuan").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("link", name="2 laki-laki").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Ubah", exact=True).click()
    page.get_by_role("button", name="Hapus baris 1").click()
    page.get_by_role("button", name="Simpan", exact=True).last.click()
    page.wait_for_url(f"**{training.get_absolute_url()}*")
    page.get_by_role("heading", name="Bimtek TIK", exact=True).wait_for()
    assert [one.village.name for one in training.participants.all()] == ["Merawang"]


def test_the_pages_are_accessible_and_fit(visitor, team):
    account = factories.user("administrator")
    kapuk, merawang = (library.village for library in team.province.libraries.order_by("pk")[:2])
    came = [(kapuk, {"women": 12, "men": 9}), (merawang, {"name": "Kepala seksi pemerintahan"})]
    training = factories.training(team, by=account, participants=came, materials="Strategi.")
    batch = applied(row("Kapuk"), row("Rebo"), by=account)
    own = training.get_absolute_url()
    for viewport in (PHONE, DESKTOP):
        someone = visitor(viewport=viewport)
        page = someone.sign_in(account)
        for url in ("/bimtek/", own, f"{own}?tampil=perempuan", f"/perluasan/impor/{batch.pk}/"):
            assert page.goto(url).status == 200
            someone.fits()
            someone.axe(url, dark_too=True)
            if viewport == PHONE:
                someone.suits_a_phone()


def test_a_list_enters_the_expansion_from_its_result(visitor, team):
    account = factories.user("administrator")
    batch = applied(row("Kapuk"), row("Rebo"), by=account)
    page = visitor(viewport=PHONE).sign_in(account)
    page.goto(batch.get_absolute_url())
    page.get_by_role("link", name="Catat perluasannya").click()
    page.get_by_label("Sejak tanggal").fill("2019-01-21")
    page.get_by_role("button", name="Catat 2 desa").click()
    page.get_by_text("2 desa tercatat pada tahap Berjalan.").wait_for()
    assert ExpansionCase.objects.count() == 2
