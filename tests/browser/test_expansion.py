"""A village goes from candidate to independent wholly on the screens; another stops and resumes."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from advocacy.expansion_criteria import last_due
from advocacy.models import ExpansionCase
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE
from villages.quarters import Quarter

pytestmark = pytest.mark.django_db(transaction=True)

#: The stages after candidate, each with what its page still needs.
WAY = {
    "Audiensi": "audiensi dengan pemerintah desa",
    "Komitmen": "komitmen untuk desa",
    "Anggaran/SK": "uangnya tersedia atau keputusannya terbit",
    "Bimtek": "bimtek yang diikuti pengelola",
    "Berjalan": "laporan triwulan perpustakaannya",
    "Mandiri": "memenuhi syarat mandiri",
}


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def by(team):
    return factories.user("secretariat")


@pytest.fixture
def records(team, by):
    """
    Return {stage: what makes the record that shows it}: each is made when the case waits for it.
    """
    place = factories.village()
    library, writer = factories.library(place, by=by), factories.user("secretariat")
    asked = factories.case(team, villages=[place], by=by)
    made = {}

    def promise():
        made["promise"] = factories.commitment(team, case=asked, by=by)

    def verified(*quarters):
        for quarter in quarters:
            factories.report(
                library,
                quarter,
                by=writer,
                state="verified",
                verified_by=by,
                village_budget=5_000_000,
                staff=2,
                policies=1,
            )

    return {
        "Audiensi": lambda: factories.audience(team, [asked], by=by),
        "Komitmen": promise,
        "Anggaran/SK": lambda: factories.realisation(made["promise"], villages=[place], by=by),
        "Bimtek": lambda: factories.training(
            team, by=by, held_on=date(2019, 9, 20), participants=[(place, {"women": 2})]
        ),
        "Berjalan": lambda: verified(Quarter(2019, 3)),
        "Mandiri": lambda: verified(*(last_due(team.today).moved(-n) for n in range(4))),
    }


def raise_to(page, stage):
    page.get_by_role("button", name=f"Naikkan ke {stage}").click()


def stands_at(page, stage):
    page.locator(".s-title .s-chip", has_text=stage).wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_candidate_to_independent(visitor, by, records, scripts):
    someone = visitor(viewport=DESKTOP, java_script_enabled=scripts)
    page = someone.sign_in(by)
    page.goto("/perluasan/")
    page.get_by_role("link", name="Ajukan calon").click()
    page.get_by_role("link", name=re.compile("Ajukan calon.*Desa Kapuk")).click()
    page.get_by_label("Sumber dana").select_option(label="APBDes")
    page.get_by_label("Sejak tanggal").fill("2019-07-10")
    page.get_by_role("button", name="Ajukan sebagai calon").click()
    page.get_by_role("link", name="Pilih satu bukti, atau sebab").wait_for()
    page.get_by_label("Tanpa bukti karena").select_option(label="Baru disampaikan secara lisan")
    page.get_by_role("button", name="Ajukan sebagai calon").click()
    stands_at(page, "Calon")
    case = ExpansionCase.objects.get()

    for stage, needed in WAY.items():
        expect(page.get_by_role("form", name=f"Naikkan ke {stage}")).to_contain_text(needed)
        raise_to(page, stage)
        page.get_by_role("link", name="Pilih satu bukti, atau sebab").wait_for()
        assert case.steps.last().get_stage_display() != stage
        records[stage]()
        page.goto(case.get_absolute_url())
        raise_to(page, stage)
        stands_at(page, stage)
        assert case.steps.last().reason == ""

    assert [step.kind for step in case.steps.all()] == [
        "",
        "meeting",
        "commitment",
        "realisation",
        "training",
        "report",
        "report",
    ]
    expect(page.get_by_text("4 dari 4")).to_have_count(1)
    page.goto("/perluasan/")
    page.get_by_text("1 dari 1 desa dan kelurahan punya perpustakaan").wait_for()
    if scripts:
        someone.axe(dark_too=True)


def test_one_that_stops_goes_on_again(visitor, by, team):
    case = factories.expansion(None, "candidate", "audience", by=by)
    someone = visitor(viewport=PHONE)
    page = someone.sign_in(by)
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Hentikan").click()
    page.get_by_label("Sejak tanggal").fill("2019-06-01")
    page.get_by_role("button", name="Hentikan").click()
    page.get_by_role("link", name="Tuliskan sebabnya").wait_for()
    page.get_by_label("Sebab").fill("Kepala desa berganti.")
    page.get_by_role("button", name="Hentikan").click()
    stands_at(page, "Berhenti")

    page.get_by_label("Tanpa bukti karena").select_option(label="Dokumennya ada di luar Sinergi")
    page.get_by_label("Sejak tanggal").fill("2019-09-01")
    page.get_by_role("button", name="Lanjutkan ke Audiensi").click()
    stands_at(page, "Audiensi")
    stages = [step.stage for step in case.steps.all()]
    assert stages == ["candidate", "audience", "stopped", "audience"]


def test_the_board_by_dragging_and_by_keyboard(visitor, by, team):
    """Both lead to the form of the step; the card stays where it was until that is sent."""
    case = factories.expansion(None, "candidate", by=by)
    someone = visitor(viewport=DESKTOP)
    page = someone.sign_in(by)
    page.goto("/perluasan/papan/")
    someone.axe(dark_too=True)
    someone.fits()
    page.locator(".s-card", has_text="Kapuk").drag_to(page.locator("[data-stage=commitment]"))
    page.wait_for_url("**/tahap/?ke=commitment")
    expect(page.get_by_label("Tahap", exact=True)).to_have_value("commitment")
    assert case.steps.count() == 1
    page.goto("/perluasan/papan/")
    page.get_by_role("link", name=re.compile("Naikkan ke Audiensi ?: Desa Kapuk")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tahap/?ke=audience")
    page.get_by_label("Tanpa bukti karena").select_option(label="Baru disampaikan secara lisan")
    page.get_by_label("Sejak tanggal").fill("2019-06-01")
    page.get_by_role("button", name="Naikkan ke Audiensi").click()
    stands_at(page, "Audiensi")
    page.goto("/perluasan/papan/")
    page.locator("[data-stage=audience]", has_text="Desa Kapuk").wait_for()
    page.locator("[data-stage=audience] h2 a").click()
    page.wait_for_url("**/desa/?tahap=audience")
    page.locator("tbody tr", has_text="Desa Kapuk").wait_for()


def test_the_board_without_scripts(visitor, by, team):
    factories.expansion(None, "candidate", by=by)
    page = visitor(viewport=PHONE, java_script_enabled=False).sign_in(by)
    page.goto("/perluasan/papan/")
    page.get_by_role("link", name=re.compile("Naikkan ke Audiensi")).click()
    page.wait_for_url("**/tahap/?ke=audience")
    expect(page.get_by_role("button", name="Naikkan ke Audiensi")).to_have_count(1)
