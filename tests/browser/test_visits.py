"""Visits written down where there is no signal: prepared, typed, and sent once."""

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from advocacy.models import Visit, VisitPhoto
from programs.models import Team
from tests import factories
from tests.browser.faults import fault_proxy
from tests.browser.queue_states import seen, states, until
from tests.browser.test_queue import KEPT, TRY, come, phone, prepared, secretariat, session_of
from tests.sinergi.test_uploads import picture

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["come", "phone", "secretariat"]  # fixtures

NO_PHOTO_KEY = (
    "/queue.js",
    "post(now.photo_url, token, photo.id,",
    "post(now.photo_url, token, newKey(),",
)


KEPT_FILES = """
import('/static/js/queue.js').then(queue => queue.all().then(([item]) => queue.filesOf(item.key)))
  .then(files => files.length)
"""


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def libraries(team, secretariat):
    """Three villages of one trip; the first was visited before, and recommended something."""
    factories.checklist(
        by=secretariat,
        asked=[factories.question("Hari buka dalam sepekan", kind="number", required=True)],
    )
    made = [
        factories.library(factories.village(f"19.01.01.200{n}"), by=secretariat) for n in (1, 2, 3)
    ]
    factories.visit(
        made[0], by=secretariat, visited_on=date(2019, 6, 12), recommended=["Rawat komputer"]
    )
    return made


def photo(name):
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture(size=(64, 48))}


def form_of(library):
    return reverse("advocacy:visit_create", args=[library.pk])


def write_visit(page, library, days, photos=2):
    page.goto(form_of(library))
    page.get_by_label("Monitoring").check()
    page.locator("[name=pergi]").first.check()
    for row in page.locator("#rekomendasi fieldset").all():
        row.get_by_label("Selesai").check()
        row.get_by_label("Keterangan").fill("Sudah menyala.")
    page.get_by_label("Hari buka dalam sepekan").fill(str(days))
    names = [f"{library.pk}-{n}.jpg" for n in range(photos)]
    page.locator("#photos").set_input_files([photo(name) for name in names])
    page.get_by_text(f"{photos} foto tersimpan di perangkat ini").wait_for()


def send(page):
    page.get_by_role("button", name="Kirim kunjungan").last.click()


def test_a_trip_of_three_villages_without_a_signal(
    phone, live_server, team, secretariat, libraries
):
    trip = factories.trip(team, libraries=libraries, by=secretariat)
    page = phone()
    page.context.add_cookies(session_of(secretariat, live_server))
    page.goto(trip.get_absolute_url())
    page.get_by_role("button", name="Siapkan").click()
    page.get_by_text("4 siap").first.wait_for()
    until(page, lambda: "/antrean/" in page.evaluate(KEPT), "where what is written will wait")

    page.context.set_offline(True)
    page = phone(offline=True)
    for number, library in enumerate(libraries, 1):
        write_visit(page, library, number)
        send(page)
        page.get_by_text("Isian ini aman di perangkat ini").wait_for()
    assert Visit.objects.count() == 1  # the one before
    page.goto("/antrean/")
    page.get_by_text("3 isian menunggu").wait_for()

    page.context.set_offline(False)
    until(page, lambda: states(page) == ["stored"] * 3, "three arrive")
    made = Visit.objects.exclude(visited_on=date(2019, 6, 12)).order_by("pk")
    assert [(row.library, row.answers["k1"], row.photos.count()) for row in made] == [
        (library, number, 2) for number, library in enumerate(libraries, 1)
    ]
    assert all(row.state == "sent" for row in made) and VisitPhoto.objects.count() == 6

    page.goto(form_of(libraries[0]))
    page.get_by_text(re.compile("1 hari")).first.wait_for()  # the last answer
    expect(page.locator("#rekomendasi"), "closed by the visit").to_have_count(0)
    row = Visit.objects.earliest("pk").followups.get()
    page.goto(row.get_absolute_url())
    page.get_by_text("Sudah menyala.").first.wait_for()


def test_twenty_in_a_row(phone, live_server, team, secretariat, libraries):
    page = prepared(phone(), live_server, secretariat, form_of(libraries[1]))
    page.context.set_offline(True)
    for number in range(20):
        write_visit(page, libraries[1], number, photos=1)
        send(page)
        page.get_by_text("Isian ini aman di perangkat ini").wait_for()
    page.goto("/antrean/")
    page.get_by_text("20 isian menunggu").wait_for()
    page.context.set_offline(False)
    until(page, lambda: states(page) == ["stored"] * 20, "all arrive")
    made = Visit.objects.filter(library=libraries[1])
    assert sorted(row.answers["k1"] for row in made) == list(range(20))
    assert VisitPhoto.objects.count() == 20


def test_a_recommendation_of_a_visit_comes_up_at_the_next(
    live_server, come, team, secretariat, libraries
):
    page = come().sign_in(secretariat)
    write_visit(page, libraries[1], 5, photos=1)
    page.get_by_role("button", name="Tambah rekomendasi").click()
    page.get_by_label("Apa", exact=True).fill("Tambah rak anak")
    page.get_by_label("Paling lambat").last.fill(Team.objects.get().today.isoformat())
    send(page)
    until(page, lambda: "/kunjungan/" in page.url and "baru" not in page.url, "it is stored")
    page.goto(form_of(libraries[1]))
    page.get_by_role("group", name="Tambah rak anak").wait_for()


@pytest.mark.parametrize("fault", ["cut", "500", "302"])
def test_a_fault_of_the_line_loses_and_doubles_no_photograph(
    live_server, come, team, secretariat, libraries, fault
):
    with fault_proxy(live_server) as proxy:
        page = come(proxy).sign_in(secretariat)
        write_visit(page, libraries[1], 5)
        proxy.faults += ["", fault]  # the answers arrive, then the first photograph
        send(page)
        until(page, lambda: len(proxy.posts) >= 2, "the first photograph is on its way")
        until(page, lambda: "baru" not in page.url, "the visit itself has arrived")

        def arrived():
            seen(page, TRY)
            return states(page) == ["stored"]

        until(page, arrived, "the photographs follow")
    assert Visit.objects.get(library=libraries[1]).photos.count() == 2


def test_a_photograph_under_another_key_is_refused_and_stays_in_the_queue(
    live_server, come, team, secretariat, libraries
):
    with fault_proxy(live_server, patches=[NO_PHOTO_KEY]) as proxy:
        page = come(proxy).sign_in(secretariat)
        write_visit(page, libraries[1], 5)
        send(page)
        until(page, lambda: states(page) == ["attention"], "it is refused")
        assert page.evaluate(KEPT_FILES) == 2
        page.goto(form_of(libraries[1]))
        page.get_by_label("Monitoring").check()
        page.get_by_text("Draf tersimpan").last.wait_for()
        restore = page.get_by_role("button", name="Pulihkan isian")
        expect(restore, "it has arrived").to_be_hidden()
    assert VisitPhoto.objects.count() == 0


def test_a_draft_of_photographs_alone_is_kept_and_offered(come, team, secretariat, libraries):
    page = come().sign_in(secretariat)
    page.goto(form_of(libraries[1]))
    page.locator("#photos").set_input_files([photo("satu.jpg"), photo("dua.jpg")])
    page.get_by_text("2 foto tersimpan di perangkat ini").wait_for()
    for _ in range(2):  # looking at it takes nothing away
        page.goto(form_of(libraries[1]))
        page.get_by_role("button", name="Pulihkan isian").wait_for()
    assert states(page) == ["draft"] and page.evaluate(KEPT_FILES) == 2
    page.get_by_role("button", name="Pulihkan isian").click()
    page.get_by_role("button", name="dua.jpg").wait_for()
    expect(page.locator(".s-gallery img")).to_have_count(2)


def sent_without_its_photographs(page, proxy, library, button):
    """Send a draft that was opened again; its photographs are still on their way."""
    write_visit(page, library, 5)
    page.goto("/antrean/")
    page.get_by_role("link", name=re.compile("Lanjutkan")).click()
    page.get_by_role("button", name="Buang foto 2").wait_for()
    proxy.faults += ["", *["500"] * 50]
    page.get_by_role("button", name=button).last.click()
    until(page, lambda: "baru" not in page.url, "the visit itself has arrived")
    until(page, lambda: states(page) == ["sending"], "the photographs have not")


def answer_anew(page):
    """Go back into the form that was sent, and answer something else."""
    page.go_back()
    page.get_by_role("button", name="Buang foto 2").wait_for()
    page.get_by_label("Hari buka dalam sepekan").fill("6")


def test_what_is_written_while_photographs_are_on_their_way_is_stored_with_them(
    live_server, come, team, secretariat, libraries
):
    with fault_proxy(live_server) as proxy:
        page = come(proxy).sign_in(secretariat)
        sent_without_its_photographs(page, proxy, libraries[1], "Simpan draf")
        answer_anew(page)
        until(page, lambda: states(page) == ["draft"], "it is a draft again")
        proxy.faults.clear()
        page.get_by_role("button", name="Simpan draf").last.click()
        page.locator("#conflict").wait_for()
        assert Visit.objects.get(library=libraries[1]).answers["k1"] == 5
        page.get_by_role("button", name="Buang foto 2").wait_for()
        page.get_by_role("button", name="Simpan draf").last.click()
        until(page, lambda: states(page) == ["stored"], "all of it has arrived")
    visit = Visit.objects.get(library=libraries[1])
    assert (visit.answers["k1"], visit.photos.count()) == (6, 2)


def test_what_is_written_after_the_visit_was_sent_is_not_called_stored(
    live_server, come, team, secretariat, libraries
):
    with fault_proxy(live_server) as proxy:
        page = come(proxy).sign_in(secretariat)
        sent_without_its_photographs(page, proxy, libraries[1], "Kirim kunjungan")
        answer_anew(page)
        until(page, lambda: states(page) == ["draft"], "it is a draft again")
        proxy.faults.clear()
        send(page)
        page.get_by_text("isian di bawah belum tersimpan").first.wait_for()
        expect(page.get_by_label("Hari buka dalam sepekan")).to_have_value("6")
        page.get_by_role("button", name="Buang foto 2").wait_for()
    assert Visit.objects.get(library=libraries[1]).answers["k1"] == 5


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_form_with_all_its_parts_and_errors(come, team, secretariat, libraries, width):
    visitor = come(viewport={"width": width, "height": 800})
    page = visitor.sign_in(secretariat)
    page.goto(form_of(libraries[0]))
    visitor.axe(dark_too=True)
    visitor.fits()
    send(page)
    page.locator("#error-summary").wait_for()
    visitor.axe(dark_too=True)
    visitor.fits()
