"""What the address of a calendar may say, the order of a day, and which day is today."""

import html
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from sinergi.home.calendar import PAGE
from tests import factories
from tests.pages import html_of


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return html_of(answer)


@pytest.fixture
def desk(sign_in):
    return sign_in("secretariat")


@pytest.fixture
def team(db):
    return factories.team()


@pytest.mark.django_db
def test_a_kind_that_is_asked_for_twice_is_kept_once(client, desk, team):
    page = page_of(client, "/kalender/?bulan=2019-11" + "&jenis=rapat" * 50 + "&jenis=bimtek")
    following = re.search(r'rel="next" href="([^"]*)"', page)[1]
    assert following.count("jenis=rapat") == following.count("jenis=bimtek") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("number", [3, 900, 10**12])
def test_beyond_its_end_a_day_shows_its_first_page(client, desk, team, number):
    for n in range(PAGE + 1):
        starts_at = datetime(2019, 11, 27, 2, tzinfo=UTC) + timedelta(minutes=n)
        factories.meeting(team, title=f"Rapat ke-{n:02}", starts_at=starts_at)
    page = page_of(client, f"/kalender/?hari=2019-11-27&halaman={number}")
    assert "Rapat ke-00" in page and f"Rapat ke-{PAGE}" not in page
    assert (
        'rel="prev"' not in page and "halaman=2" in re.search(r'rel="next" href="([^"]*)"', page)[1]
    )


@pytest.mark.django_db
def test_the_reports_of_a_day_stand_first_as_in_the_month(client, desk, team):
    for n in range(PAGE + 1):
        factories.meeting(
            team, title=f"Rapat ke-{n:02}", starts_at=datetime(2019, 10, 10, 2, n, tzinfo=UTC)
        )
    report = "Tenggat laporan triwulan III 2019"
    for address in ("/kalender/?bulan=2019-10", "/kalender/?hari=2019-10-10"):
        page = page_of(client, address)
        assert page.index(report) < page.index("Rapat ke-00")
    assert report not in page_of(client, "/kalender/?hari=2019-10-10&halaman=2")
    assert report in page_of(client, "/kalender/?hari=2019-10-10&halaman=3")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "hour", "today"),
    [
        ("91", 14, "2026-11-30"),  # 23.30 WIT
        ("91", 15, "2026-12-01"),  # 00.30 WIT, yesterday in WIB
        ("19", 16, "2026-11-30"),
        ("19", 17, "2026-12-01"),
        (None, 15, "2026-11-30"),
        (None, 17, "2026-12-01"),
    ],
)
def test_today_is_that_of_the_clock_which_the_calendar_tells(
    client, sign_in, monkeypatch, code, hour, today
):
    moment = datetime(2026, 11, 30, hour, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    if code == "91":
        factories.team("91")
    sign_in("secretariat" if code else "administrator", province_code=code)
    page = page_of(client, "/kalender/")
    assert re.findall(r'datetime="([-\d]+)"\s*aria-current="date"', page)[:1] == [today]


@pytest.mark.django_db
def test_today_of_who_works_in_two_zones_is_that_of_the_clock_told(client, sign_in, monkeypatch):
    moment = datetime(2026, 11, 30, 15, 30, tzinfo=UTC)  # 00.30 WIT, yesterday in WIB
    monkeypatch.setattr(timezone, "now", lambda: moment)
    account = factories.user("secretariat", province_code="91")
    sign_in(factories.assign(account, "secretariat", "19"))
    page = page_of(client, "/kalender/")
    assert re.findall(r'datetime="([-\d]+)"\s*aria-current="date"', page)[:1] == ["2026-11-30"]


LINK_OF_REPORTS = re.compile(r'href="([^"]*)"><span[^>]*>Tenggat laporan triwulan IV 2026')


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["secretariat", "regency_officer"])
def test_the_day_of_reports_leads_to_no_list_of_another_quarter(client, sign_in, monkeypatch, role):
    """Until its quarter is over there is no list of it; home leads to the day in the calendar."""
    factories.library()
    account = factories.user(role, regency_code="19.01" if role == "regency_officer" else None)
    due, days = "Tenggat laporan triwulan IV 2026", ["?hari=2027-01-10", "?bulan=2027-01"]
    for day, is_over in [((2026, 12, 10), False), ((2026, 12, 31), False), ((2027, 1, 1), True)]:
        moment = datetime(*day, 2, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        sign_in(account)
        (entry,) = [one for one in client.get("/").context["agenda"] if one.title == due]
        if not is_over:
            assert entry.url == "/kalender/?hari=2027-01-10"
        pages = [page_of(client, f"/kalender/{address}") for address in days]
        assert all(due in page for page in pages)
        links = [html.unescape(url) for page in pages for url in LINK_OF_REPORTS.findall(page)]
        assert len(links) == (2 if is_over else 0)
        for url in [*links, entry.url] if is_over else []:
            assert "<h1>Laporan triwulan IV 2026</h1>" in page_of(client, url)


BAD = ["", " ", "0", "-1", "1", "99", "apa", "\x00", "a\x00b", "٢٠١٩-١١", "²", "2019-02-30"]
BAD += ["0000-00", "9999-12-31", "2019-11", "belum", "' OR 1=1 --", "<b>", "%", "../..", "[]"]
BAD += ["1e9", "9" * 400, "\U0001f600", "\u202e"]
NAMES = ["bulan", "hari", "jenis", "province", "regency", "halaman"]


@pytest.mark.django_db
def test_no_word_of_an_address_breaks_the_calendar(client, sign_in, team):
    sign_in("administrator", province_code=None)
    addresses = [f"{name}={quote(value)}" for name in NAMES for value in BAD]
    addresses += [f"{name}=%ff%fe" for name in NAMES]
    addresses += [f"province=19&regency={quote(value)}" for value in BAD]
    addresses += [f"hari=2019-11-27&halaman={quote(value)}" for value in BAD]
    assert not [one for one in addresses if client.get(f"/kalender/?{one}").status_code != 200]
