"""
Text that is typed into a long form is not lost: not by a session that ended, a lost line, or a step
aside.
"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from programs.models import PlanComment
from tests import factories
from tests.browser.queue_states import offers_nothing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team():
    made = factories.team()
    factories.regency()
    factories.institution("Perusahaan swasta", "private")
    return made


def kept(page):
    page.get_by_text("Draf tersimpan").last.wait_for()


def long_forms(team):
    """(address, label of a text, button, what fills the rest)"""
    plan = factories.plan(team, activities=0)
    decree = factories.decree(team, state="drafting")
    case = factories.case(team)
    reviewed = factories.plan(team, year=2020, state="submitted")

    def activity(page):
        page.locator("[name=role]").first.check()
        page.locator("[name=way]").select_option("other")
        page.locator("[name=target]").fill("2")
        page.locator("[name=unit]").fill("dokumen")
        page.locator("[name=months]").first.check()

    return [
        (reverse("programs:plan_note", args=[plan.pk]), "note", "Simpan", None),
        (reverse("programs:activity_create", args=[plan.pk]), "title", "Simpan", activity),
        (reverse("programs:plan_review", args=[reviewed.pk]), "catatan", "Simpan catatan", None),
        (reverse("advocacy:case_update", args=[case.pk]), "asked", "Simpan", None),
        (
            reverse("programs:decree_update", args=[decree.pk]),
            "considerations",
            "Simpan draf",
            None,
        ),
    ]


def test_a_session_that_ended_takes_nothing_along(visitor, team):
    account = factories.user("secretariat")
    someone = visitor()
    page = someone.sign_in(account)
    for url, name, button, fill in long_forms(team):
        page.goto(url)
        if fill:
            fill(page)
        text = f"Tulisan panjang di {name}"
        page.locator(f"[name={name}]").fill(text)
        kept(page)
        someone.context.clear_cookies(name="sinergi_sesi")
        page.get_by_role("button", name=button, exact=True).click()
        page.get_by_text("masih tersimpan di perangkat ini").wait_for()
        page.get_by_label("Nama pengguna atau surel dinas").fill(account.username)
        page.get_by_label("Kata sandi").fill("rahasia-benar")
        page.get_by_role("button", name="Masuk").click()
        page.get_by_role("button", name="Pulihkan isian").click()
        expect(page.locator(f"[name={name}]"), url).to_have_value(text)
        page.get_by_role("button", name=button, exact=True).click()
        page.locator("[data-draft-sent]").wait_for(state="attached")
        page.goto(url)
        offers_nothing(page, f"{url}: what arrived is not offered again")


def test_a_lost_line_keeps_the_text_and_says_so(visitor, team):
    plan = factories.plan(team, activities=0)
    someone = visitor()
    page = someone.sign_in(factories.user("secretariat"))
    page.goto(reverse("programs:plan_note", args=[plan.pk]))
    page.get_by_label("Pengantar").fill("Tema tahun ini")
    kept(page)
    someone.listening = False  # a request without a line fails, as it must
    someone.context.set_offline(True)
    page.get_by_text("Sinyal terputus; draf aman di perangkat ini").first.wait_for()
    someone.context.set_offline(False)
    page.get_by_text("Tersambung kembali; kirim bila siap").first.wait_for()
    someone.listening = True
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.locator("[data-draft-sent]").wait_for(state="attached")
    plan.refresh_from_db()
    assert plan.note == "Tema tahun ini"


def test_what_was_pasted_from_a_sheet_is_kept_until_it_is_added(visitor, team):
    plan = factories.plan(team, activities=0)
    page = visitor().sign_in(factories.user("secretariat"))
    url = reverse("programs:plan_import", args=[plan.pk])
    table = "Kegiatan\tPeran\tCara\tTarget\tSatuan\tBulan\nAudiensi\t1\tLainnya\t2\tdokumen\t7"
    pasted = page.locator("[name=pasted]")
    page.goto(url)
    pasted.fill(table)
    kept(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(plan.get_absolute_url())
    page.goto(url)
    page.get_by_role("button", name="Pulihkan isian").click()
    expect(pasted).to_have_value(table)
    page.get_by_role("button", name="Periksa", exact=True).click()
    page.get_by_text("1 kegiatan siap ditambahkan").wait_for()
    page.goto(plan.get_absolute_url())
    page.goto(url)
    page.get_by_role("button", name="Pulihkan isian").click()
    expect(pasted, "checking is not adding").to_have_value(table)
    page.get_by_role("button", name="Periksa", exact=True).click()
    page.get_by_role("button", name="Tambahkan 1 kegiatan").click()
    page.wait_for_url(f"**{plan.get_absolute_url()}")
    page.goto(url)
    assert plan.activities.count() == 1
    offers_nothing(page)


def test_leaving_with_unsent_text_asks_first(visitor, team):
    plan = factories.plan(team, activities=0)
    page = visitor().sign_in(factories.user("secretariat"))
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    url = reverse("programs:plan_note", args=[plan.pk])
    page.goto(url)
    page.get_by_role("link", name="Batal").click()
    page.wait_for_url(f"**{plan.get_absolute_url()}")
    assert not asked, "nothing was typed"
    page.goto(url)
    page.get_by_label("Pengantar").fill("Belum terkirim")
    kept(page)
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Batal").click()
    page.wait_for_timeout(300)
    expect(page).to_have_url(url)
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.wait_for_url(f"**{plan.get_absolute_url()}")
    assert asked == ["beforeunload"], "sending is no leaving"


def test_signing_out_keeps_the_draft_for_its_owner(visitor, team):
    plan = factories.plan(team, activities=0)
    someone, owner = visitor(), factories.user("secretariat")
    page = someone.sign_in(owner)
    url = reverse("programs:plan_note", args=[plan.pk])
    page.goto(url)
    page.get_by_label("Pengantar").fill("Rahasia")
    kept(page)
    answers, asked = [False, True], []

    def answer(dialog):
        asked.append((dialog.type, dialog.message))
        dialog.accept() if answers.pop(0) else dialog.dismiss()

    page.on("dialog", answer)
    for _ in range(2):
        if not page.get_by_role("button", name="Keluar").is_visible():
            page.locator(".s-account summary").click()
        page.get_by_role("button", name="Keluar").click()
    page.get_by_role("heading", name="Masuk ke Sinergi").wait_for()
    assert [kind for kind, _ in asked] == ["confirm", "confirm"] and "menunggu Anda" in asked[0][1]
    someone.sign_in(factories.user("administrator"))
    page.goto(url)
    page.goto("/antrean/")
    page.get_by_text("1 isian milik akun lain").wait_for()
    expect(page.get_by_text("Rahasia")).to_have_count(0)
    expect(page.get_by_text("Pengantar")).to_have_count(0)
    someone.sign_in(owner)
    page.goto(url)
    page.get_by_role("button", name="Pulihkan isian").click()
    expect(page.get_by_label("Pengantar")).to_have_value("Rahasia")


def test_a_step_aside_for_a_source_brings_the_activity_back(visitor, team):
    factories.source(team, year=2020, kind="apbn")
    plan = factories.plan(team, year=2021, activities=0)
    page = visitor().sign_in(factories.user("secretariat"))
    page.goto(reverse("programs:activity_create", args=[plan.pk]) + "?peran=2")
    page.locator("[name=title]").fill("Kunjungan ke desa")
    page.get_by_role("button", name="Salin sumber dana dari 2020").click()
    page.get_by_label("APBN").wait_for()
    expect(page.locator("[name=title]")).to_have_value("Kunjungan ke desa")
    expect(page.locator("[name=role]:checked")).to_have_value("2")
    expect(page).to_have_url(re.compile(r"\?peran=2$"))
    offers_nothing(page)


def test_a_comment_under_an_activity_comes_back_opened(visitor, team):
    plan = factories.plan(team, state="submitted")
    page = visitor().sign_in(factories.user("chair"))
    url = reverse("programs:plan_review", args=[plan.pk])
    page.goto(url)
    page.locator(".s-activity__notes summary").first.click()
    field = page.locator("textarea[name^=catatan-]").first
    field.fill("Targetnya kurang")
    kept(page)
    page.goto(url)
    page.get_by_role("button", name="Pulihkan isian").click()
    expect(field).to_be_visible()
    expect(field).to_have_value("Targetnya kurang")
    page.get_by_role("button", name="Simpan catatan").click()
    page.get_by_text("1 catatan disimpan.").wait_for()
    assert PlanComment.objects.get().text == "Targetnya kurang"
