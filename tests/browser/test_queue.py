"""
What is typed where the line is bad arrives once: nothing lost, nothing doubled.

Each fault has a negative control: with one of the precautions taken out of the served script the
same story goes wrong, so the test would notice if the precaution were gone.
"""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from advocacy.models import FollowUpNote, Meeting
from tests import factories
from tests.browser.conftest import PATIENCE, PHONE, Visitor
from tests.browser.faults import fault_proxy
from tests.browser.queue_states import TRY, seen, states, until
from tests.sinergi.test_uploads import picture
from villages.models import LibraryReport
from villages.quarters import Quarter

pytestmark = pytest.mark.django_db(transaction=True)
NO_KEY = (
    "/queue.js",
    'body.set("idempotency_key", key);',
    'body.set("idempotency_key", newKey());',
)
NO_LOCK = ("/queue.js", "if (!navigator.locks) return", "return")
NO_QUESTION = ("/queue.js", "!token || String(who.account) !== account", "false")
ANY_ANSWER = ("/queue.js", 'answer.key === key && answer.status === "stored"', "true")
NO_ACCOUNT = [
    ("/queue.js", "String(who.account) !== account", "false"),
    ("/queue.js", '"Queue-Account": account,', ""),
]


def try_until_stored(page):
    def tried():
        if states(page) == ["waiting"]:
            seen(page, TRY)
        return states(page) == ["stored"]

    until(page, tried, "it is stored")


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def secretariat(team):
    return factories.user("secretariat")


class MeetingStory:
    """A meeting written down."""

    def __init__(self, team, by):
        self.url, self.button = "/rapat/baru/", "Simpan draf"

    def fill(self, page, text="Rapat di desa"):
        page.get_by_label("Judul").fill(text)
        page.get_by_label("Mulai").fill("09:00")

    def count(self):
        return Meeting.objects.count()


class ClosingStory:
    """A follow-up closed with what came of it and its evidence."""

    def __init__(self, team, by):
        self.followup = factories.followup(factories.minutes(team, by=by), by=by)
        self.url = reverse("advocacy:followup_close", args=[self.followup.pk])
        self.button = "Selesaikan"

    def fill(self, page, text="SK sudah terbit."):
        page.get_by_label("Hasilnya").fill(text)
        page.get_by_label("Bukti").set_input_files(
            {"name": "bukti.jpg", "mimeType": "image/jpeg", "buffer": picture()}
        )

    def count(self):
        assert all(note.file for note in FollowUpNote.objects.all()), "the evidence came along"
        return FollowUpNote.objects.filter(followup=self.followup).count()


class ReportStory:
    """A quarterly report with the photograph of its story."""

    def __init__(self, team, by):
        quarter = Quarter.last_ended(team.today)
        library = factories.library()
        factories.participation(library, quarter.year)
        self.url = reverse("villages:report_update", args=[library.pk, quarter.key])
        self.button = "Simpan draf"

    def fill(self, page, text="Warga menjual kerupuk."):
        page.get_by_label("Apa yang berubah bagi warga").fill(text)
        page.get_by_label("Yang diceritakan setuju").check()
        page.get_by_label("Foto untuk kisah ini").set_input_files(
            {"name": "kisah.jpg", "mimeType": "image/jpeg", "buffer": picture()}
        )

    def count(self):
        assert all(report.file for report in LibraryReport.objects.all()), "the photo came along"
        return LibraryReport.objects.count()


STORIES = [MeetingStory, ClosingStory, ReportStory]


@pytest.fixture(params=STORIES, ids=["meeting", "closing", "report"])
def story(request, team, secretariat):
    return request.param(team, secretariat)


@pytest.fixture
def come(browser, live_server):
    """`come(proxy)` → a visitor whose line goes through the proxy."""
    visitors = []

    def arrive(proxy=None, **context):
        one = Visitor(browser, proxy.url if proxy else live_server.url, **context)
        one.listening = False  # a line that fails is what these tests are about
        visitors.append(one)
        return one

    yield arrive
    for one in visitors:
        one.context.close()


def send(page, story):
    page.get_by_role("button", name=story.button, exact=True).last.click()


@pytest.mark.parametrize("fault", ["cut", "500", "302"])
def test_a_fault_loses_and_doubles_nothing(live_server, come, secretariat, story, fault):
    with fault_proxy(live_server) as proxy:
        page = come(proxy).sign_in(secretariat)
        page.goto(story.url)
        story.fill(page)
        proxy.faults += [fault, fault]
        send(page, story)
        until(page, lambda: proxy.posts and states(page) == ["waiting"], "it waits")
        if fault != "302":  # which leads to the sign-in page, and here at once back again
            page.get_by_text("Isian ini aman di perangkat ini").wait_for()
        try_until_stored(page)
        assert len(proxy.posts) >= 2 and story.count() == 1


@pytest.mark.parametrize("fault", ["500", "302", "expired"])
def test_if_any_answer_counted_the_meeting_would_be_lost(
    live_server, come, team, secretariat, fault
):
    patches = [ANY_ANSWER, *([NO_QUESTION] if fault == "expired" else [])]
    with fault_proxy(live_server, patches=patches) as proxy:
        page, story = come(proxy).sign_in(secretariat), MeetingStory(team, secretariat)
        page.goto(story.url)
        story.fill(page)
        if fault == "expired":
            page.context.clear_cookies(name="sinergi_sesi")
        else:
            proxy.faults += [fault]
        send(page, story)
        until(page, lambda: proxy.posts and states(page) == ["stored"], "it is taken for stored")
    assert story.count() == 0


def test_without_its_key_a_cut_answer_would_double_the_meeting(
    live_server, come, team, secretariat
):
    story = MeetingStory(team, secretariat)
    with fault_proxy(live_server, patches=[NO_KEY]) as proxy:
        page = come(proxy).sign_in(secretariat)
        page.goto(story.url)
        story.fill(page)
        proxy.faults.append("cut")
        send(page, story)
        page.get_by_text("Isian ini aman di perangkat ini").wait_for()
        seen(page, TRY)
        until(page, lambda: story.count() == 2, "without the key it is stored twice")


def test_without_its_key_a_closing_would_be_called_a_conflict(live_server, come, team, secretariat):
    story = ClosingStory(team, secretariat)
    with fault_proxy(live_server, patches=[NO_KEY]) as proxy:
        page = come(proxy).sign_in(secretariat)
        page.goto(story.url)
        story.fill(page)
        proxy.faults.append("cut")
        send(page, story)
        page.get_by_text("Isian ini aman di perangkat ini").wait_for()
        seen(page, TRY)
        until(page, lambda: states(page) == ["attention"], "the version has moved on")


@pytest.mark.parametrize(
    ("patches", "sendings", "meetings"),
    [([], 1, 1), ([NO_LOCK], 2, 1), ([NO_LOCK, NO_KEY], 2, 2)],
    ids=["as it is", "without the lock", "without lock and key"],
)
def test_two_tabs_send_once(live_server, come, team, secretariat, patches, sendings, meetings):
    """Without the lock both send, and the key makes it one; without either there are two."""
    story = MeetingStory(team, secretariat)
    with fault_proxy(live_server, patches=patches, slow=1) as proxy:
        someone = come(proxy)
        page = someone.sign_in(secretariat)
        other = someone.context.new_page()
        other.goto("/bantuan/")
        page.goto(story.url)
        story.fill(page)
        someone.context.set_offline(True)
        send(page, story)
        page.get_by_text("Isian ini aman di perangkat ini").wait_for()
        assert proxy.posts == []
        someone.context.set_offline(False)  # which both tabs hear
        until(other, lambda: len(proxy.posts) == sendings, f"{proxy.posts}")
        until(other, lambda: story.count() == meetings, f"{story.count()} meetings")
        other.wait_for_timeout(300)
        assert (len(proxy.posts), story.count()) == (sendings, meetings)


def test_another_account_sends_nothing_of_mine(live_server, come, team, secretariat):
    story, stranger = MeetingStory(team, secretariat), factories.user("administrator")
    with fault_proxy(live_server) as proxy:
        someone = come(proxy)
        page = someone.sign_in(secretariat)
        page.goto(story.url)
        story.fill(page)
        theirs = someone.context.new_page()
        someone.page = theirs
        someone.sign_in(stranger)
        send(page, story)
        page.get_by_text("bukan pemilik isian ini").wait_for()
        theirs.goto("/antrean/")
        theirs.get_by_text("1 isian milik akun lain").wait_for()
        expect(theirs.get_by_text("Rapat di desa")).to_have_count(0)
        assert proxy.posts == []
        someone.sign_in(secretariat)
        try_until_stored(theirs)
        assert [one.created_by for one in Meeting.objects.all()] == [secretariat]


def test_without_asking_whose_session_it_is_another_would_send_it(
    live_server, come, team, secretariat
):
    story, stranger = MeetingStory(team, secretariat), factories.user("administrator")
    with fault_proxy(live_server, patches=NO_ACCOUNT) as proxy:
        someone = come(proxy)
        page = someone.sign_in(secretariat)
        page.goto(story.url)
        story.fill(page)
        someone.page = someone.context.new_page()
        someone.sign_in(stranger)
        send(page, story)
        until(someone.page, lambda: story.count() == 1, "it is sent")
        assert Meeting.objects.get().created_by == stranger


def test_a_session_that_ended_sends_it_after_signing_in(live_server, come, secretariat, story):
    with fault_proxy(live_server) as proxy:
        someone = come(proxy)
        page = someone.sign_in(secretariat)
        page.goto(story.url)
        story.fill(page)
        someone.context.clear_cookies(name="sinergi_sesi")
        send(page, story)
        page.get_by_role("heading", name="Masuk ke Sinergi").wait_for()
        assert proxy.posts == []
        page.get_by_label("Nama pengguna atau surel dinas").fill(secretariat.username)
        page.get_by_label("Kata sandi").fill("rahasia-benar")
        page.get_by_role("button", name="Masuk").click()
        page.get_by_text("Kiriman Anda tadi sudah tersimpan.").wait_for()
        assert story.count() == 1


# Without a signal, from the worker -------------------------------------------------------------
PREPARE = """async ([url, owner]) => {
  const { startWorker } = await import("/static/js/offline.js");
  const { active } = await startWorker();
  const { port1, port2 } = new MessageChannel();
  const told = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
  active.postMessage({ account: owner, pages: [url] }, [port2]);
  return told;
}"""
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
  return found.filter((path) => !path.startsWith("/static/") && path !== "/akun");
}"""

WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def phone(browser_type, browser_type_launch_args, live_server, tmp_path):
    """`phone()` → a page of the same phone, each time with its browser opened anew."""
    opened = []

    def open_browser(**context):
        while opened:
            opened.pop().close()
        own = browser_type.launch_persistent_context(
            tmp_path / "phone",
            **browser_type_launch_args,
            base_url=live_server.url,
            viewport=PHONE,
            **context,
        )
        own.set_default_timeout(PATIENCE)
        opened.append(own)
        return own.pages[0] if own.pages else own.new_page()

    yield open_browser
    while opened:
        opened.pop().close()


def session_of(account, live_server):
    client = Client()
    client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
    name = settings.SESSION_COOKIE_NAME
    day = 1_900_000_000  # a session cookie would go with the browser
    value = client.cookies[name].value
    return [{"name": name, "value": value, "url": live_server.url, "expires": day}]


def prepared(page, live_server, account, url="/rapat/baru/"):
    page.context.add_cookies(session_of(account, live_server))
    page.goto(url)
    told = page.evaluate(PREPARE, [url, str(account.pk)])
    assert "problem" not in told, told
    return page


def write_meeting(page, title):
    page.goto("/rapat/baru/")
    page.get_by_label("Judul").fill(title)
    page.get_by_label("Mulai").fill("09:00")
    page.get_by_role("button", name="Simpan draf").last.click()
    page.get_by_text("Isian ini aman di perangkat ini").wait_for()


def test_a_browser_closed_without_a_signal_still_sends_everything_once(
    phone, live_server, team, secretariat
):
    page = prepared(phone(), live_server, secretariat)
    page.context.set_offline(True)
    write_meeting(page, "Rapat di desa pertama")
    page.goto("/rapat/baru/")
    page.get_by_label("Judul").fill("Rapat yang belum selesai ditulis")
    page.get_by_text("Draf tersimpan").last.wait_for()

    page = phone(offline=True)
    page.goto("/antrean/")
    page.get_by_role("heading", name="Menunggu dikirim dari perangkat ini").wait_for()
    page.get_by_role("link", name="Rapat di desa pertama", exact=True).wait_for()
    expect(page.locator("[data-queue-sign] b")).to_have_text("1")
    page.get_by_role("link", name="Lanjutkan Rapat yang belum selesai ditulis").click()
    expect(page.get_by_label("Judul")).to_have_value("Rapat yang belum selesai ditulis")
    page.get_by_label("Mulai").fill("10:00")
    page.get_by_role("button", name="Simpan draf").last.click()
    page.get_by_text("Isian ini aman di perangkat ini").wait_for()
    assert Meeting.objects.count() == 0
    page.goto("/antrean/")

    page.context.set_offline(False)
    until(page, lambda: states(page) == ["stored", "stored"], "both arrive")
    titles = set(Meeting.objects.values_list("title", flat=True))
    assert titles == {"Rapat di desa pertama", "Rapat yang belum selesai ditulis"}
    assert Meeting.objects.count() == 2


def test_twenty_in_a_row(phone, live_server, team, secretariat):
    page = prepared(phone(), live_server, secretariat)
    page.context.set_offline(True)
    for number in range(20):
        write_meeting(page, f"Rapat {number}")
    page.goto("/antrean/")
    page.get_by_text("20 isian menunggu").wait_for()
    page.context.set_offline(False)
    until(page, lambda: states(page) == ["stored"] * 20, "all arrive")
    assert sorted(Meeting.objects.values_list("title", flat=True)) == sorted(
        f"Rapat {number}" for number in range(20)
    )


def test_only_what_was_prepared_is_kept_and_only_for_its_account(
    phone, live_server, team, secretariat
):
    page = prepared(phone(), live_server, secretariat)
    page.goto("/tim/")
    page.goto("/rapat/")
    kept = ["/antrean/", "/rapat/baru/"]
    until(page, lambda: sorted(page.evaluate(KEPT)) == kept, "these and no other")

    # A session that ended takes nothing away, and what comes instead is not kept.
    page.context.clear_cookies()
    page.goto("/masuk/")
    told = page.evaluate(PREPARE, ["/rapat/baru/", str(secretariat.pk)])
    assert told["problem"] == "jawaban 302"
    page.context.set_offline(True)
    page.goto("/rapat/baru/?tim=1")
    page.get_by_label("Judul").wait_for()
    page.goto("/rapat/")
    page.get_by_role("heading", name="Tidak ada sinyal").wait_for()
    styled = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert "system-ui" in styled and page.evaluate(WIDTH) <= 0
    page.get_by_role("link", name="Lihat yang menunggu dikirim").click()
    page.get_by_role("heading", name="Menunggu dikirim dari perangkat ini").wait_for()
    page.context.set_offline(False)

    # Another account on this phone is not shown it.
    page.context.add_cookies(session_of(factories.user("administrator"), live_server))
    page.goto("/bantuan/")
    page.context.set_offline(True)
    page.goto("/rapat/baru/")
    page.get_by_role("heading", name="Tidak ada sinyal").wait_for()
    page.context.set_offline(False)

    # Whoever signs out leaves no page behind.
    page.goto("/")
    page.evaluate("document.querySelector('[data-sign-out]').requestSubmit()")
    page.get_by_role("heading", name="Masuk ke Sinergi").wait_for()
    until(page, lambda: page.evaluate(KEPT) == [], "nothing is kept")


def test_of_two_prepared_pages_the_one_asked_for_is_shown(phone, live_server, team, secretariat):
    page = prepared(phone(), live_server, secretariat, "/bantuan/?peran=chair")
    assert "problem" not in page.evaluate(PREPARE, ["/bantuan/?peran=member", str(secretariat.pk)])
    page.context.set_offline(True)
    for role in ("chair", "member"):
        page.goto(f"/bantuan/?peran={role}&draf=1")
        chosen = expect(
            page.locator(f"main a[href='?peran={role}']"),
            "the page of this role, not of the other",
        )
        chosen.to_have_attribute("aria-current", re.compile("."))
