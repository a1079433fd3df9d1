"""The numbers of a month lead to lists of exactly so many, whatever rows there are."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml.html import fromstring

from advocacy.actions import close_followup
from sinergi.home.calendar import PAGE
from sinergi.home.calendar_counts import COUNTED
from sinergi.home.calendar_kinds import ALL_PARTS
from tests import factories
from tests.pages import html_of

COUNT = re.compile(r'<a href="([^"]*)">([\d.]+) ([a-zA-Z ]+)</a>')
#: Around both ends of November, and one day within.
DAYS = [date(2019, 10, 31), date(2019, 11, 1), date(2019, 11, 15), date(2019, 11, 30)]
DAYS.append(date(2019, 12, 1))
MOMENTS = [
    datetime(2019, 10, 31, 14, 59, tzinfo=UTC),  # 23.59 WIT
    datetime(2019, 10, 31, 15, tzinfo=UTC),
    datetime(2019, 10, 31, 17, tzinfo=UTC),  # 00.00 WIB
    datetime(2019, 11, 15, 2, tzinfo=UTC),
    datetime(2019, 11, 30, 15, tzinfo=UTC),
    datetime(2019, 11, 30, 17, tzinfo=UTC),
]


def counts_of_page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = html_of(answer)
    head = page[page.index("<h1>") : page.index('<nav aria-label="Rapat">')]
    return {words: (int(n), html.unescape(url)) for url, n, words in COUNT.findall(head)}


def shown_in(client, address):
    """
    Return the addresses of all that a month of the calendar shows, each once: above its days, on
    them, and on their own pages where a day holds more.
    """
    page = fromstring(client.get(address).content.decode())
    shown = set(page.xpath("//main//*[contains(@class, 's-agenda')]//a/@href"))
    shown |= set(page.xpath("//section[@aria-labelledby='without-day']//a/@href"))
    for further in [url for url in shown if "hari=" in url]:
        items = client.get(f"/kalender/{further}").context["items"]
        assert len(items) < PAGE
        shown |= {item.url for item in items}
    return {url for url in shown if url.startswith("/")}


def held_by(client, url, words):
    """Return how many there are where a number leads to, or why it cannot be said."""
    if url.startswith("?"):
        counts = counts_of_page(client, f"/kalender/{url}")
        shown = shown_in(client, f"/kalender/{url}")
        return len(shown) if [*counts] == [words] else f"{words} beside {[*counts]}"
    answer = client.get(url)
    return len(answer.context["page"].rows) if answer.status_code == 200 else answer.status_code


def different(client, address):
    """
    Return ({(words of its numbers, whether of a regency)}, [(words, number, url, what is there)] of
    those numbers that lead to another).
    """
    counts = counts_of_page(client, address)
    told = [(words, n, url, held_by(client, url, words)) for words, (n, url) in counts.items()]
    place = client.get(address).context["query"].place or {}
    seen = {(words, "regency" in place) for words in counts}
    return seen, [one for one in told if one[1] != one[3]]


def awkward_meetings(team, desk, regency):
    for n, moment in enumerate(MOMENTS):
        long = moment + timedelta(days=(0, 1, 3, 6)[n % 4], hours=1)
        factories.meeting(team, starts_at=moment, ends_at=long, regency=(None, regency)[n % 2])
    first = datetime(2019, 11, 1, 0, tzinfo=UTC)
    factories.meeting(team, starts_at=first, day_is_set=False)
    for off in (
        factories.meeting(team, starts_at=first, day_is_set=False),
        factories.meeting(team, starts_at=MOMENTS[3], regency=regency),
    ):
        factories.followup(off, due_on=DAYS[2])
        off.cancel(by=desk, reason="Sakit.")


def awkward_followups(team, desk, library):
    for regency in (None, library.regency):
        held = factories.minutes(team, starts_at=MOMENTS[3], regency=regency)
        for day in DAYS:
            factories.followup(held, due_on=day)
            done = factories.followup(held, due_on=day)
            close_followup(followup=done, note="Selesai.", by=desk)
    visited = date(2019, 10, 16)  # due after thirty days
    factories.visit(library, visited_on=visited, recommended=["Rak"], by=desk)
    factories.visit(library, visited_on=visited, recommended=["Draf"], by=desk, send=False)


def drafts_of(account, library):
    for day in DAYS:
        factories.visit(library, visited_on=day, by=account, send=False)


def awkward_rows(code, desk):
    """Create of each kind what is at the edges of November, ended, undone, or without a day."""
    team = factories.team(code)
    place = factories.village("19.01.06.2002" if code == "19" else f"{code}.01.01.2001")
    library = factories.library(place)
    awkward_meetings(team, desk, library.regency)
    awkward_followups(team, desk, library)
    for n, day in enumerate(DAYS):
        regency = (None, library.regency)[n % 2]
        factories.visit(library, visited_on=day, by=desk)
        factories.training(team, held_on=day, regency=regency)
        factories.trip(
            team, days=1 + 20 * (n % 2), starts_on=day, libraries=[library][: n % 3], by=desk
        )
        factories.partnership(team, ends_on=day)
        factories.commitment(team, due_on=day, regency=regency, by=desk)
        done = factories.commitment(team, due_on=day, regency=regency, by=desk)
        factories.realisation(done, amount=done.value, by=desk)
        part = factories.commitment(team, due_on=day, by=desk)
        factories.realisation(part, amount=1, by=desk)
    factories.trip(team, days=31, starts_on=date(2019, 10, 31), libraries=[library], by=desk)
    factories.partnership(team)  # without an end
    factories.commitment(team)  # without a day
    factories.decree(team, until=date(2019, 11, 30))
    return library


ROLES = [
    ("secretariat", {}),
    ("member", {}),
    ("regency_officer", {"regency_code": "19.01"}),
    ("administrator", {"province_code": None}),
    ("secretariat", {"province_code": "91"}),
]
PLACES = ["", "&province=19", "&regency=19.01", "&province=19&regency=19.01"]
PLACES += ["&jenis=tindak-lanjut&jenis=rapat"]
#: Of the neighbours, what stands at the edge alone.
ADDRESSES = ["2019-10", "2019-12", *(f"2019-11{place}" for place in PLACES)]


def check(client, role):
    """
    Return ({(words, whether a regency is chosen)} of the numbers that this role is told, [what
    differs]).
    """
    seen, wrong = set(), []
    for address in ADDRESSES:
        told, found = different(client, f"/kalender/?bulan={address}")
        seen |= told
        wrong += [(role, address, *one) for one in found]
    return seen, wrong


@pytest.mark.django_db
@pytest.mark.both("the numbers of lists and calendar come from different queries")
def test_every_number_of_every_role_leads_to_as_many(client, sign_in):
    desk = factories.user("secretariat", province_code=None)
    libraries = {code: awkward_rows(code, desk) for code in ("19", "91")}
    both = factories.user("secretariat", province_code="91")
    factories.assign(both, "regency_officer", "19", "19.01")
    accounts = [(role, factories.user(role, **where)) for role, where in ROLES]
    for (_, where), (_, account) in zip(ROLES, accounts, strict=True):
        drafts_of(account, libraries[where.get("province_code") or "19"])
    wrong, seen = [], set()
    for role, account in [*accounts, ("two", both)]:
        sign_in(account)
        told, found = check(client, role)
        seen |= told
        wrong += found
    assert not wrong
    everywhere = {(one.words, False) for one in COUNTED}
    of_regencies = {(one.words, True) for one in COUNTED if has_regency(one)}
    assert seen == everywhere | of_regencies


def has_regency(counted):
    return any(ALL_PARTS[part].regency for part in counted.parts)


def test_the_kind_of_every_number_is_what_it_counts():
    for one in COUNTED:
        parts = {name for name, part in ALL_PARTS.items() if part.is_of({one.kind})}
        assert parts == set(one.parts), one.words


@pytest.mark.django_db
def test_a_narrow_kind_is_offered_only_where_it_was_chosen(client, sign_in):
    """And can be taken back; of what an account may not see there is none."""
    team, desk = factories.team(), sign_in("secretariat")
    library = factories.library()
    for send in (True, False):
        factories.visit(library, visited_on=DAYS[2], by=desk, send=send)
    factories.trip(team, starts_on=DAYS[2], libraries=[library], by=desk)
    address = "/kalender/?bulan=2019-11"
    assert not any(word in html_of(client.get(address)) for word in ('="perjalanan"', "kind-draf"))
    page = html_of(client.get(f"{address}&jenis=draf-kunjungan"))
    chosen = re.findall(r'value="([a-z-]+)" id="kind-[a-z-]+" checked', page)
    assert chosen == ["draf-kunjungan"] and "Draf kunjungan</label>" in page
    assert "jenis=draf-kunjungan" in re.search(r'rel="next" href="([^"]*)"', page)[1]
    both = counts_of_page(client, f"{address}&jenis=draf-kunjungan&jenis=perjalanan")
    assert [*both] == ["draf kunjungan", "perjalanan"]
    assert [*counts_of_page(client, f"{address}&jenis=kunjungan")] == ["kunjungan", *both]
    sign_in(factories.user())
    assert "kind-draf-kunjungan" not in html_of(client.get(f"{address}&jenis=draf-kunjungan"))
