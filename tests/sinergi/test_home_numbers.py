"""Every number on home leads to a list with exactly that count, for whoever looks at it."""

import re
from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import resolve
from lxml import html

from advocacy.actions import close_followup
from sinergi.accounts.roles import ROLES
from sinergi.kit.templatetags.sinergi import rupiah
from tests import factories
from tests.advocacy.test_cadence_pages import busy
from villages.models import Library, Participation, Village
from villages.quarters import Quarter

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
#: {what is counted: (the list of its links, the words around the number)}.
COUNTED = {
    "libraries": ("villages:library_list", r"(?:Semua )?([\d.]+) perpustakaan desa"),
    "missing": ("villages:report_list", r"(?:Belum melapor \(([\d.]+)\)|([\d.]+) belum melapor)"),
    "handed_in": ("villages:report_list", r"Laporan triwulan \w+ \d{4} masuk \(([\d.]+)\)"),
    "promised": ("advocacy:commitment_list", r"([\d.]+) (?:komitmen|dijanjikan)"),
    "open": ("advocacy:commitment_list", r"([\d.]+) belum terealisasi penuh"),
    "realised": ("advocacy:realisation_list", r"([\d.]+) (?:realisasi|terealisasi)"),
    "rhythm": ("advocacy:cadence_detail", r".* ([\d.]+) (?:kali|desa)\b.*"),
    "tasks": ("home:task_list", r"Semua yang menunggu \(([\d.]+)\+?\)"),
}
#: A reminder begins with its number, unless it is about one thing.
MANY = (
    r"(?:Buka daftar: )?([\d.]+) "
    r"(?:perpustakaan|SK|kerja sama|rencana kerja|sasaran|komitmen|desa)\b.*"
)
PLACES = {"libraries", "missing", "handed_in"}
PROMISES = {"promised", "open", "realised"}
TEAM = PLACES | PROMISES | {"rhythm", "tasks"}
#: {who: what home counts for them}.
SHOWN = {
    "administrator": TEAM | {"reminder"},
    "secretariat": TEAM | {"reminder"},
    "chair": TEAM | {"reminder"},
    "member": TEAM | {"reminder"},
    "regency_officer": PLACES | {"reminder", "tasks"},
    "observer": TEAM,
    "outsider": TEAM - {"tasks"} | {"reminder"},
    "two provinces": TEAM | {"reminder"},
    "officer who observes": TEAM | {"reminder"},
    "officer and secretariat": TEAM | {"reminder"},
    "national": {"tasks"},
    "nobody": set(),
}


def account_of(who):
    """Return the account of whoever looks: a role of province 19, or one of the others."""
    if who in ROLES:
        officer = {"regency_code": "19.01"} if who == "regency_officer" else {}
        return factories.user(who, **officer)
    if who.startswith("officer"):
        role, where = ("observer", "19") if who.endswith("observes") else ("secretariat", "11")
        officer = factories.user("regency_officer", regency_code="19.01")
        return factories.assign(officer, role, where)
    if who == "two provinces":
        return factories.assign(factories.user("chair"), "secretariat", "11")
    where = {"outsider": "11", "national": None}
    return factories.user("secretariat", province_code=where[who]) if who in where else None


@pytest.fixture(params=SHOWN)
def someone(request, client):
    """Sign somebody in, for whom something waits in a world of two provinces; return who it is."""
    account = account_of(request.param) or factories.user()
    person = factories.person(account=account)
    team, other = factories.team(), factories.team("11")
    busy(team, person)
    desk = factories.user("secretariat")
    shelves(team, desk)
    promises(team, desk)
    rhythm(team, desk)
    if request.param not in ("outsider", "two provinces"):
        followups(team, person, desk)
    if request.param == "two provinces":
        followups(other, person, factories.user("secretariat", province_code="11"))
    elsewhere(other)
    client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
    return request.param


def shelves(team, desk):
    """
    Create libraries of two regencies whose report stands in every state, one that begins later, one
    that has left, one of a regency, and more than a list shows on a page.
    """
    last = Quarter.last_ended(team.today)
    states = ["submitted", "draft", "verified", "returned", "none", "later", "left"]
    for n, state in enumerate(states * 2):
        code = f"19.0{n % 2 + 1}.06.22{n:02}"
        library = factories.library(factories.village(code, f"{state.title()} {n}"), by=desk)
        begun = last.ends_on.year + 1 if state == "later" else last.year - 2
        ended = {"left_on": last.starts_on - DAY} if state == "left" else {}
        factories.participation(library, begun, by=desk, **ended)
        if state in ("submitted", "draft", "verified"):
            chair = {"verified_by": factories.user("secretariat")}
            factories.report(library, last, by=desk, state=state, **chair)
        if state == "returned":
            report = factories.report(library, last, by=desk)
            report.send_back(by=factories.user("secretariat"), reason="Lengkapi.")
    factories.library(factories.regency(), by=desk, name="Perpustakaan Kabupaten")
    many("19.02.07", 60, last.year - 1)


def many(code, number, year):
    """Create that many villages with libraries in the programme, in one district."""
    place = factories.village(f"{code}.2999", "Ujung")
    same = {"regency": place.regency, "province": place.province}
    villages = Village.objects.bulk_create(
        Village(pk=f"{code}.2{n:03}", name=f"Desa {n}", district=place.district, **same)
        for n in range(number)
    )
    libraries = Library.objects.bulk_create(
        Library(level="village", name=f"Perpustakaan {one.name}", village=one, **same)
        for one in villages
    )
    Participation.objects.bulk_create(Participation(library=one, year=year) for one in libraries)


def promises(team, desk):
    """Create commitments of every kind: kept, kept in part, late, withdrawn, and not yet due."""
    for kind in ("money", "goods", "services", "policy"):
        made = [factories.commitment(team, kind=kind, by=desk) for _ in range(4)]
        factories.realisation(made[0], by=desk, amount=12_500_000)
        factories.realisation(made[1], by=desk, amount=1_250_000)
        factories.realisation(made[1], by=desk, amount=750_000)
        made[2].withdraw(by=desk, reason="Anggaran dipotong.")


def rhythm(team, desk):
    """Let meetings and visits take place this quarter, and others nearly; put one record off."""
    first = Quarter.of(team.today).starts_on
    at = datetime.combine(first, time(9), ZoneInfo(team.province.time_zone))
    for moment in (at, at - timedelta(hours=10)):
        factories.minutes(team, title=f"Rapat {moment:%d %B}", starts_at=moment)
    factories.meeting(team, title="Rapat batal", starts_at=at).cancel(by=desk, reason="Bentrok.")
    factories.meeting(team, title="Rapat terjadwal", starts_at=at + 200 * DAY)
    library = factories.library(factories.village("19.01.06.2300", "Dikunjungi"), by=desk)
    for day, is_sent in ((first, True), (first, True), (first - DAY, True), (first, False)):
        factories.visit(library, visited_on=day, send=is_sent, by=desk)
    factories.snooze(
        team,
        "partnership",
        by=desk,
        subject=factories.partnership(team, about="Ditunda", ends_on=team.today + 9 * DAY),
    )


def followups(team, person, desk):
    """Put more into the hands of a person than home shows, and some that is done or called off."""
    held = factories.minutes(team, title="Rapat usulan")
    rows = [
        factories.followup(held, what=f"Usulan {n}", person_in_charge=person, due_on=team.today)
        for n in range(14)
    ]
    close_followup(followup=rows[0], by=desk, note="Selesai.")
    off = factories.meeting(team, title="Rapat yang batal")
    factories.followup(off, person_in_charge=person, due_on=team.today)
    off.cancel(by=desk, reason="Tidak jadi.")


def elsewhere(team):
    """Create the same in another province, in other numbers."""
    today, desk = team.today, factories.user("secretariat", province_code="11")
    many("11.01.02", 4, today.year - 1)
    library = factories.library(factories.village("11.01.01.2001", "Lain"), by=desk)
    factories.visit(library, visited_on=Quarter.of(today).starts_on, by=desk)
    for kind in ("money", "goods", "policy"):
        made = factories.commitment(team, kind=kind, due_on=today - DAY, by=desk)
        factories.realisation(made, by=desk, amount=2_000_000)
    for n in range(2):
        factories.partnership(team, about=f"Kerja {n}", ends_on=today + 5 * DAY)


def links_of(response):
    """Yield (address, text, its element) of every link in the content of a page."""
    for link in html.fromstring(response.content.decode()).xpath("//main//a[@href]"):
        yield link.get("href"), " ".join(link.text_content().split()), link


def number_in(text):
    return int(text.replace(".", ""))


def numbers_of(response):
    """Yield (what is counted, number, address, element) of each number that is a link on home."""
    for address, text, link in links_of(response):
        view = resolve(address.partition("?")[0]).view_name
        told = re.fullmatch(MANY, text)
        is_of_officer = view == "villages:report_list" and "belum mengirim" in text
        if is_of_officer or (view == "advocacy:cadence_detail" and "daftar=" in address):
            yield "reminder", number_in(told[1]) if told else 1, address, link
            continue
        found = [
            (key, told)
            for key, (listed, words) in COUNTED.items()
            if view == listed and (told := re.fullmatch(words, text))
        ]
        for key, told in found:
            yield key, number_in(next(filter(None, told.groups()))), address, link
        names_a_record = view.endswith(("_detail", "_update", "_close", "_create"))
        names_a_record = names_a_record or text.startswith("Tenggat laporan triwulan")
        assert found or names_a_record or not re.search(r"\d", text), (text, address)


def listed(client, address):
    """Return every row of a list, page by page."""
    rows, page = [], client.get(address)
    if "rows" in page.context:
        pages = page.context["rows"].paginator
        return [row for number in pages.page_range for row in pages.page(number)]
    if resolve(address.partition("?")[0]).view_name == "home:task_list":
        return html.fromstring(page.content.decode()).xpath("//ul[contains(@class, 's-tasks')]/li")
    while True:
        rows += page.context["page"].rows
        if page.context["page"].next is None:
            return rows
        joint = "&" if "?" in address else "?"
        page = client.get(f"{address}{joint}setelah={page.context['page'].next}")


def test_every_number_leads_to_a_list_with_that_count(client, someone):
    """And every amount of rupiah beside one is the sum of that list."""
    found = list(numbers_of(client.get("/")))
    assert {key for key, *_ in found} == SHOWN[someone], Counter(key for key, *_ in found)
    wrong = [
        (key, number, address, len(rows))
        for key, number, address, _ in found
        if len(rows := listed(client, address)) != number
    ]
    assert not wrong
    amounts = {"promised": "value", "realised": "amount"}
    sums = [(link, key, address) for key, _, address, link in found if key in amounts]
    told = [(link.xpath("preceding-sibling::b"), key, address) for link, key, address in sums]
    told = [(amount[0].text_content(), key, address) for amount, key, address in told if amount]
    assert len(told) == (4 if "promised" in SHOWN[someone] else 0)
    for amount, key, address in told:
        values = [getattr(row, amounts[key]) or 0 for row in listed(client, address)]
        assert amount == rupiah(sum(values)) and sum(values), address
