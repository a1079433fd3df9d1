"""A trip is planned on a phone from the list of libraries, with and without JavaScript."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from advocacy.models import Trip
from tests import factories
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False])
def test_is_planned_from_the_list_and_changed(visitor, scripts):
    team = factories.team()
    for n, name in enumerate(["Kapuk", "Merawang", "Rebo", "Pemali"], 2):
        factories.library(factories.village(f"19.01.06.200{n}", name))
    account = factories.user("member")
    page = visitor(viewport=PHONE, java_script_enabled=scripts).sign_in(account)
    page.goto("/kunjungan/berikutnya/")
    for name in ("Kapuk", "Merawang", "Rebo"):
        page.get_by_label(f"Pilih Perpustakaan Desa {name}").check()
    page.get_by_role("button", name="Rencanakan perjalanan").click()
    page.get_by_label("Tujuan").fill("Bangka bagian utara")
    page.get_by_label("Hari pertama").fill(team.today.isoformat())
    page.get_by_label("Hari terakhir").fill((team.today + timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("heading", name="Bangka bagian utara").wait_for()
    trip = Trip.objects.get()
    assert trip.created_by == account
    expect(page.locator(".s-agenda > li")).to_have_count(3)

    page.get_by_role("link", name="Ubah", exact=True).click()
    row = page.get_by_role("group", name="Perpustakaan Desa Rebo")
    row.get_by_label("Hari").fill("")
    page.get_by_label("Perpustakaan Desa Pemali").check()
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url(f"**{trip.get_absolute_url()}*")
    names = {stop.library.village.name for stop in trip.stops.with_places()}
    assert names == {"Kapuk", "Merawang", "Pemali"}
