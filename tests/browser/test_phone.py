"""
Small things of every page, in a real browser: messages, tabs, long words, dates, and colours of the
reader's own.
"""

from io import BytesIO
from itertools import pairwise

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from PIL import Image
from playwright.sync_api import expect

from advocacy.models import (
    AdvocacyCase,
    AgendaItem,
    CaseStep,
    Commitment,
    FollowUp,
    MediaCoverage,
    Meeting,
    Partnership,
)
from programs.actions import submit_plan
from programs.models import Expense, PlanComment, PlannedActivity, WorkPlan
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = (
    "https://docs.google.com/document/d/" + "1aBcDeFgHiJkLmNoPqRsTuVwXyZ" * 3 + "/edit?usp=sharing"
)
WORD = "Pertanggungjawaban" * 8
#: As long as a word of the language becomes.
LONGEST = "mempertanggungjawabkan"
#: What is written into a row of a table: everything but figures.
OF_TEXT = "main tbody tr:last-child td:not(.figures, .money)"
CELLS = f"""() => document.querySelectorAll("{OF_TEXT}").length"""
#: A word comes into one cell and goes again: how much too wide its page or scrolling box was, on
#: how many lines it stood.
WRITE = """([cells, number, word]) => {
  const cell = document.querySelectorAll(cells)[number];
  const written = cell.appendChild(document.createElement("span"));
  written.textContent = ` ${word}`;
  const boxes = [document.documentElement, cell.closest(".s-scroll")].filter(Boolean);
  const range = document.createRange();
  range.setStart(written.firstChild, 1);
  range.setEnd(written.firstChild, word.length + 1);
  const beyond = Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
  const seen = [beyond, range.getClientRects().length];
  written.remove();
  return seen;
}"""
NARROWEST = {"width": 320, "height": 640}
#: What a person writes, and how long it may be in these tests.
WRITTEN = {
    Meeting: {"title": 120, "place": 120},
    AgendaItem: {"topic": 120, "notes": 0, "decision": 0},
    FollowUp: {"what": 200},
    AdvocacyCase: {"asked": 200, "note": 0},
    CaseStep: {"note": 0},
    Commitment: {"description": 200},
    Partnership: {"about": 200},
    MediaCoverage: {"title": 200},
    PlannedActivity: {"title": 150, "output": 150},
    WorkPlan: {"note": 0},
    PlanComment: {"text": 0},
    Expense: {"what": 150},
}
#: What tells two parts of a page apart when the reader's own colours have taken the grounds away.
SIGHT = """(selector) => [...document.querySelectorAll(selector)].map((one) => {
  const told = ["background-color", "border-top-style", "border-top-width", "border-bottom-color"];
  const style = getComputedStyle(one);
  return [...told, "color"].map((name) => style.getPropertyValue(name)).join(" ");
})"""

CHIP_STATES = ["approved", "waiting", "late", "draft", "scheduled", "new", "changed"]
#: A chip of each state at the top of the page, all with the same words and at whole pixels.
CHIPS = """(states) => {
  const list = document.createElement("ul");
  list.id = "chips";
  list.append(...states.map((state) => {
    const chip = document.createElement("span");
    chip.className = `s-chip s-chip--${state}`;
    chip.textContent = "Status";
    const row = document.createElement("li");
    row.append(chip);
    return row;
  }));
  document.querySelector("main").prepend(list);
  scrollTo({ top: 0, behavior: "instant" });
}"""


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def desk(team):
    return factories.assign(factories.user("secretariat"), "chair")


def told(context, url, *texts):
    """Queue these messages for the next page."""
    waiting = CookieStorage(HttpRequest())._encode(
        [Message(constants.SUCCESS, text) for text in texts]
    )
    context.add_cookies([{"name": "messages", "value": waiting, "url": url}])


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_messages_stand_beside_each_other(visitor, live_server, desk, screen):
    someone = visitor(viewport=screen)
    page = someone.sign_in(desk)
    told(
        someone.context,
        live_server.url,
        "Notula disimpan.",
        "Dua orang belum ditandai hadir. " * 4,
        "Draf dikirim.",
    )
    page.goto("/bantuan/")
    boxes = [toast.bounding_box() for toast in page.locator(".s-toast").all()]
    assert len(boxes) == 3
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"]
    assert all(box["y"] >= 0 and box["y"] + box["height"] <= screen["height"] for box in boxes)
    page.get_by_role("button", name="Tutup pemberitahuan").first.click()
    expect(page.locator(".s-toast:visible")).to_have_count(2)
    someone.axe("pemberitahuan", dark_too=True)


def test_the_current_tab_is_in_sight_and_the_page_stays(visitor, desk):
    someone = visitor()
    page = someone.sign_in(desk)
    page.goto("/mitra/")
    someone.suits_a_phone()
    tab = page.locator(".s-tabs [aria-current]").bounding_box()
    assert tab["x"] >= 0 and tab["x"] + tab["width"] <= PHONE["width"]
    assert page.evaluate("scrollY") == 0


def test_the_current_tab_stays_in_sight_when_the_phone_is_turned(visitor, desk):
    someone = visitor(viewport={"width": PHONE["height"], "height": PHONE["width"]})
    page = someone.sign_in(desk)
    page.goto("/mitra/")
    page.set_viewport_size(PHONE)
    page.evaluate(
        "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
    )
    someone.suits_a_phone()


def test_a_bar_of_three_buttons_and_their_reason_leaves_room(visitor, team, desk):
    minutes = factories.minutes(team, by=desk, state="submitted")
    someone = visitor()
    page = someone.sign_in(desk)
    page.goto(minutes.get_absolute_url())
    expect(page.locator(".s-actions > .btn")).to_have_count(3)
    expect(page.locator(".s-actions > p")).to_have_count(1)
    someone.suits_a_phone()


def test_addresses_and_long_words_stay_on_the_page(visitor, team, desk):
    """An address is a link; it and a word without an end break wherever the screen ends."""
    meeting = factories.minutes(team, by=desk)
    case = factories.case(team, by=desk)
    promise = factories.commitment(team, case=case, by=desk)
    partnership, publication = factories.partnership(team, by=desk), factories.media(team, by=desk)
    plan = factories.plan(team, by=desk, activities=2)
    activity = plan.activities.first()
    factories.expense(activity, by=desk)
    reviewed = factories.plan(team, year=2020, by=desk, activities=1)
    submit_plan(plan=factories.fresh(reviewed), by=factories.user("secretariat"))
    PlanComment(plan=reviewed, about="1.1", round=1, text="Mengapa?").save_as(by=desk)
    for model, columns in WRITTEN.items():
        for column, longest in columns.items():
            words = WORD[:longest] if longest else f"{ADDRESS} {WORD}"
            assert model._default_manager.update(**{column: words}) > 0, (model, column)
    someone = visitor(viewport=NARROWEST)
    page = someone.sign_in(desk)
    places = [
        one.get_absolute_url()
        for one in (meeting, case, promise, partnership, publication, plan, activity)
    ]
    places += [
        f"/rencana/{reviewed.pk}/tinjau/",
        "/",
        "/rapat/",
        "/tindak-lanjut/",
        "/advokasi/",
        "/komitmen/",
        "/publikasi/",
    ]
    for url in places:
        page.goto(url)
        someone.fits()
    page.goto(meeting.get_absolute_url())
    expect(page.locator(f'.s-document a[href="{ADDRESS}"]').nth(1)).to_be_attached()
    page.set_viewport_size(DESKTOP)
    for url in places:
        page.goto(url)
        someone.fits()


def test_a_word_without_an_end_breaks_in_any_cell_and_the_words_of_the_language_in_none(
    visitor, team, desk
):
    plan = factories.plan(team, by=desk, activities=2)
    activity = plan.activities.first()
    factories.expense(activity, by=desk)
    factories.minutes(team, by=desk)
    factories.realisation(factories.commitment(team, by=desk), by=desk)
    factories.partnership(team, by=desk)
    factories.media(team, by=desk)
    factories.library()
    page = visitor(viewport=DESKTOP).sign_in(desk)
    places = (
        "/rapat/",
        "/komitmen/",
        "/realisasi/",
        "/kerja-sama/",
        "/publikasi/",
        "/mitra/",
        "/orang/",
        "/perpustakaan/",
    )
    for url in (*places, activity.get_absolute_url(), team.get_absolute_url()):
        page.goto(url)
        cells = page.evaluate(CELLS)
        assert cells > 1, url
        for cell in range(cells):
            for word, lines in ((LONGEST, 1), (WORD, None)):
                too_wide, drawn = page.evaluate(WRITE, [OF_TEXT, cell, word])
                assert too_wide <= 0, (url, cell, word)
                assert not lines or drawn == lines, (url, cell, word)


def test_each_date_is_said_in_words(visitor, team, desk):
    """By the server as the form comes, and by the page as it is typed."""
    plain = visitor(java_script_enabled=False)
    page = plain.sign_in(desk)
    member = team.memberships.order_by("pk").first()
    page.goto(f"/keanggotaan/{member.pk}/ubah/")
    expect(page.locator("#id_starts_on_words")).to_have_text("Rabu, 28 November 2018")
    page = visitor().sign_in(desk)
    page.goto(f"/keanggotaan/{member.pk}/ubah/")
    field, words = page.locator("#id_starts_on"), page.locator("#id_starts_on_words")
    field.fill("2019-06-19")
    expect(words).to_have_text("Rabu, 19 Juni 2019")
    expect(words).to_be_visible()
    field.fill("")
    expect(words).to_have_text("")
    expect(words).to_be_hidden()


def test_colours_of_the_readers_own_keep_what_grounds_showed(visitor, team, desk):
    plan = factories.plan(team, by=desk, activities=1)
    factories.decree(team, by=desk)
    factories.decree(team, state="drafting", level="governor", submit_by=team.formed_on, by=desk)
    someone = visitor(forced_colors="active", viewport=DESKTOP)
    page = someone.sign_in(desk)

    def differ(*selectors):
        seen = [page.evaluate(SIGHT, selector) for selector in selectors]
        assert all(seen), selectors
        assert len({one[0] for one in seen}) == len(seen), dict(zip(selectors, seen, strict=True))

    page.goto(plan.get_absolute_url())
    differ(".s-months .present", ".s-months li:not(.present)")
    differ(".s-tabs [aria-current]", ".s-tabs a:not([aria-current])")
    page.goto(f"/rencana/{plan.pk}/bulan/")
    differ(".s-strip .planned", ".s-strip td:not(.planned)")
    page.goto(team.get_absolute_url())
    differ(".in-force .s-stairs__step", ".in-progress .s-stairs__step", ".upcoming .s-stairs__step")
    differ(".s-seats .gov", ".s-seats .outside", ".s-seats li:not(.gov, .outside)")
    page.goto("/rapat/baru/")
    page.locator(".s-presence [value=present]").first.check()
    differ(".s-presence label:has(:checked)", ".s-presence label:not(:has(:checked))")


def test_colours_of_the_readers_own_keep_the_marks_of_chips_and_the_arrows_of_fields(visitor, desk):
    someone = visitor(forced_colors="active", viewport=DESKTOP)
    page = someone.sign_in(desk)
    page.goto("/rapat/baru/")

    def picture(box, inset=0, width=None):
        clip = {"x": box["x"] + inset, "y": box["y"] + inset, "height": box["height"] - 2 * inset}
        return Image.open(
            BytesIO(page.screenshot(clip=clip | {"width": width or box["width"] - 2 * inset}))
        ).convert("RGB")

    page.evaluate(CHIPS, CHIP_STATES)
    chips = [
        picture(chip.bounding_box(), width=24) for chip in page.locator("#chips .s-chip").all()
    ]
    assert len({chip.tobytes() for chip in chips}) == len(CHIP_STATES)
    select = page.locator("main select").first
    select.evaluate("select => { select.value = ''; select.scrollIntoView({ block: 'center' }); }")
    box = select.bounding_box()
    end = box | {"x": box["x"] + box["width"] - 32, "width": 32}
    assert len(picture(end, inset=4).getcolors(10_000)) > 1


def test_money_stands_at_the_right_and_labels_have_one_width(visitor, team, desk):
    plan = factories.plan(team, by=desk, activities=2)
    factories.expense(plan.activities.first(), by=desk)
    factories.commitment(team, kind="money", by=desk)
    factories.institution("Bappeda").__class__.objects.filter(name="Bappeda").update(
        abbreviation="BAPPEDALIT"
    )
    someone = visitor(viewport=DESKTOP)
    page = someone.sign_in(desk)
    for url in (
        plan.activities.first().get_absolute_url(),
        "/komitmen/",
        "/komitmen/jumlah/",
        f"/rencana/{plan.pk}/realisasi/",
    ):
        page.goto(url)
        cells = page.locator("main table .money")
        expect(cells.nth(1), url).to_be_attached()
        assert {
            cell.evaluate("cell => getComputedStyle(cell).textAlign") for cell in cells.all()
        } == {"end"}, url
    page.goto("/mitra/")
    boxes = [box.bounding_box() for box in page.locator("main .s-label").all()]
    assert (
        len(boxes) > 2
        and len({box["width"] for box in boxes}) == 1
        and len({box["height"] for box in boxes}) == 1
    )
