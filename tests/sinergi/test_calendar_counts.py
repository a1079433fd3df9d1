"""The numbers of a month lead to lists of exactly so many, whatever rows there are."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from advocacy.actions import close_followup
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


def different(client, address):
    """
    Return (the words of its numbers, [(words, number, url, what its list has)] of those numbers
    whose list has another).
    """
    counts, found = counts_of_page(client, address), []
    for words, (number, url) in counts.items():
        if url.startswith("?"):
            listed = counts_of_page(client, f"/kalender/{url}").get(words, (0,))[0]
        else:
            answer = client.get(url)
            listed = len(answer.context["page"].rows) if answer.status_code == 200 else None
        if listed != number:
            found.append((words, number, url, listed))
    return set(counts), found


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
    held = factories.minutes(team, starts_at=MOMENTS[3])
    for day in DAYS:
        factories.followup(held, due_on=day)
        done = factories.followup(held, due_on=day)
        close_followup(followup=done, note="Selesai.", by=desk)
    visited = date(2019, 10, 16)  # due after thirty days
    factories.visit(library, visited_on=visited, recommended=["Rak"], by=desk)
    factories.visit(library, visited_on=visited, recommended=["Draf"], by=desk, send=False)


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
    """Return (the words of the numbers that this role is told, [what differs])."""
    seen, wrong = set(), []
    for address in ADDRESSES:
        words, found = different(client, f"/kalender/?bulan={address}")
        seen |= words
        wrong += [(role, address, *one) for one in found]
    return seen, wrong


@pytest.mark.django_db
@pytest.mark.both("the numbers of lists and calendar come from different queries")
def test_every_number_of_every_role_leads_to_as_many(client, sign_in):
    desk = factories.user("secretariat", province_code=None)
    for code in ("19", "91"):
        awkward_rows(code, desk)
    both = factories.user("secretariat", province_code="91")
    factories.assign(both, "regency_officer", "19", "19.01")
    accounts = [(role, factories.user(role, **where)) for role, where in ROLES]
    wrong, seen = [], set()
    for role, account in [*accounts, ("two", both)]:
        sign_in(account)
        told, found = check(client, role)
        seen |= told
        wrong += found
    assert not wrong
    assert len(seen) >= 9, seen
