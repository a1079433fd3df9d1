"""The calendar: a month and its days, what stands on them for whom, and numbers that hold."""

import gzip
import html
import random
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.actions import close_followup
from advocacy.models import FollowUp, Visit
from advocacy.models.meetings import Meeting
from programs.models import WorkPlan
from sinergi.home.calendar import MOST_ON_A_DAY, MOST_WITHOUT_DAY, PAGE
from sinergi.home.calendar_days import report_days
from sinergi.home.calendar_month import YEARS_AHEAD, Month, near_day
from tests import factories
from tests.pages import html_of
from tests.test_pages import queries

PAGE_OF = "/kalender/?bulan={}"
TODAY = date(2019, 11, 20)
DAY = re.compile(r'<li(?: class="([^"]*)")?[^>]*><time class="s-stamp[^"]*" datetime="([-\d]+)"')
COUNT = re.compile(r'<a href="([^"]*)">([\d.]+) ([a-zA-Z ]+)</a>')


class TestMonth:
    """Month: where one begins and ends, its weeks, and what an address may say."""

    @pytest.mark.parametrize(
        ("month", "last", "before", "after"),
        [
            ((2019, 12), "2019-12-31", "2019-11", "2020-01"),
            ((2020, 1), "2020-01-31", "2019-12", "2020-02"),
            ((2020, 2), "2020-02-29", "2020-01", "2020-03"),
            ((2019, 2), "2019-02-28", "2019-01", "2019-03"),
        ],
    )
    def test_has_its_last_day_and_its_neighbours(self, month, last, before, after):
        month = Month(*month)
        assert month.last.isoformat() == last
        assert (month.moved(-1).key, month.moved(1).key) == (before, after)

    @pytest.mark.parametrize(
        ("month", "first", "last", "weeks"),
        [
            ((2019, 9), "2019-08-26", "2019-10-06", 6),  # begins on a Sunday
            ((2019, 7), "2019-07-01", "2019-08-04", 5),  # on a Monday
            ((2027, 2), "2027-02-01", "2027-02-28", 4),  # four weeks and no day more
        ],
    )
    def test_is_drawn_in_whole_weeks_from_monday(self, month, first, last, weeks):
        days = Month(*month).days
        assert (days[0].isoformat(), days[-1].isoformat()) == (first, last)
        assert len(days) == 7 * weeks and days[0].weekday() == 0

    @pytest.mark.parametrize(
        "text",
        [
            "",
            None,
            "2019",
            "2019-13",
            "2019-00",
            "2019-1",
            "19-11",
            "2017-12",
            "9999-01",
            "٢٠١٩-١١",
        ],
    )
    def test_nothing_else_is_a_month(self, text):
        assert Month.read(text, TODAY) is None

    def test_years_are_bounded_by_today(self):
        assert Month.read(f"{2019 + YEARS_AHEAD}-12", TODAY)
        assert not Month.read(f"{2020 + YEARS_AHEAD}-01", TODAY)

    @pytest.mark.parametrize(
        "text", ["", None, "2019-11-31", "20191120", "2019-W47-3", "1999-01-01"]
    )
    def test_nothing_else_is_a_day(self, text):
        assert near_day(text, TODAY) is None

    def test_reports_are_due_ten_days_after_their_quarter(self):
        first, last = date(2020, 1, 1), date(2020, 1, 31)
        assert [day.isoformat() for day in report_days(first, last)] == ["2020-01-10"]
        assert not report_days(date(2020, 2, 1), date(2020, 3, 31))


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return html_of(answer)


def days_in(page):
    """Return {day: its part of the page} of the month."""
    month = page[page.index('<ol class="s-agenda s-month') :]
    marks = [*DAY.finditer(month)]
    ends = [mark.start() for mark in marks[1:]] + [len(month)]
    return {mark[2]: month[mark.start() : end] for mark, end in zip(marks, ends, strict=True)}


def counts_in(page):
    """Return {words: (number, address)} of the sentence below the title."""
    head = page[page.index("<h1>") : page.index('<nav aria-label="Rapat">')]
    return {words: (int(n), html.unescape(url)) for url, n, words in COUNT.findall(head)}


def at(day, hour=2):
    return datetime(2019, 11, day, hour, tzinfo=UTC)


@pytest.fixture
def desk(sign_in):
    return sign_in("secretariat")


@pytest.fixture
def team(db):
    return factories.team()


@pytest.mark.django_db
class TestDays:
    @pytest.mark.both("days of moments in three zones are computed by the database")
    @pytest.mark.parametrize(
        ("code", "moment", "day"),
        [
            ("19", datetime(2019, 11, 9, 16, 59, tzinfo=UTC), "2019-11-09"),  # 23.59 WIB
            ("19", datetime(2019, 11, 9, 17, 0, tzinfo=UTC), "2019-11-10"),
            ("91", datetime(2019, 11, 9, 14, 59, tzinfo=UTC), "2019-11-09"),  # 23.59 WIT
            ("91", datetime(2019, 11, 9, 15, 0, tzinfo=UTC), "2019-11-10"),
            ("91", datetime(2019, 10, 31, 15, 0, tzinfo=UTC), "2019-11-01"),
            ("91", datetime(2019, 11, 30, 14, 59, tzinfo=UTC), "2019-11-30"),
        ],
    )
    def test_a_meeting_stands_on_the_day_of_its_own_province(
        self, client, sign_in, code, moment, day
    ):
        sign_in("administrator", province_code=None)
        factories.meeting(factories.team(code), title="Rapat batas hari", starts_at=moment)
        found = days_in(page_of(client, PAGE_OF.format("2019-11")))
        assert [one for one, text in found.items() if "Rapat batas hari" in text] == [day]

    @pytest.mark.both("days of moments in three zones are computed by the database")
    def test_what_is_of_the_next_month_in_its_province_is_not_of_this_one(self, client, sign_in):
        sign_in("administrator", province_code=None)
        late = datetime(2019, 11, 30, 15, tzinfo=UTC)  # 00.00 WIT, still November in WIB
        factories.meeting(factories.team("91"), title="Rapat esok", starts_at=late)
        assert "Rapat esok" not in page_of(client, PAGE_OF.format("2019-11"))
        assert "Rapat esok" in days_in(page_of(client, PAGE_OF.format("2019-12")))["2019-12-01"]

    def test_a_zone_is_named_where_it_is_not_the_readers(self, client, sign_in):
        papua, babel = factories.team("91"), factories.team("19")
        for one in (papua, babel):
            factories.meeting(one, title=f"Rapat {one.province_id}", starts_at=at(5))
        sign_in("administrator", province_code=None)
        day = days_in(page_of(client, PAGE_OF.format("2019-11")))["2019-11-05"]
        assert "11.00 WIT<" in day and "09.00<" in day
        sign_in("secretariat", province_code="91")
        day = days_in(page_of(client, PAGE_OF.format("2019-11")))["2019-11-05"]
        assert "11.00<" in day and "Rapat 19" not in day

    @pytest.mark.both("the last day is computed by the database")
    def test_what_goes_on_for_days_stands_on_each_and_counts_once(self, client, desk, team):
        factories.trip(team, days=4, starts_on=date(2019, 10, 30), title="Belitung", by=desk)
        factories.meeting(team, title="Rapat dua hari", starts_at=at(20), ends_at=at(21, 17))
        page = page_of(client, PAGE_OF.format("2019-11"))
        found = days_in(page)
        assert [d for d, text in found.items() if "Belitung" in text] == [
            "2019-11-01",
            "2019-11-02",
        ]
        assert [d for d, text in found.items() if "dua hari" in text] == [
            "2019-11-20",
            "2019-11-21",
        ]
        assert "lanjutan" in found["2019-11-21"] and "09.00" not in found["2019-11-21"]
        counts = counts_in(page)
        assert counts["perjalanan"][0] == counts["rapat"][0] == 1
        assert "Belitung" in days_in(page_of(client, PAGE_OF.format("2019-10")))["2019-10-31"]

    def test_what_was_called_off_says_so(self, client, desk, team):
        factories.meeting(team, title="Rapat batal", starts_at=at(5)).cancel(
            by=desk, reason="Sakit."
        )
        day = days_in(page_of(client, PAGE_OF.format("2019-11")))["2019-11-05"]
        assert "<s>Rapat batal</s>" in day and "dibatalkan" in day

    def test_what_has_no_day_stands_above_the_days(self, client, desk, team):
        factories.meeting(team, title="Rapat kapan", starts_at=at(1, 0), day_is_set=False)
        plan = factories.plan(team, activities=0)
        factories.activity(plan, title="Sosialisasi kota", months=(11, 12))
        factories.activity(plan, title="Kegiatan Juli", months=(7,))
        address = PAGE_OF.format("2019-11")
        assert "Sosialisasi kota" not in page_of(client, address)  # a draft plans nothing yet
        WorkPlan.objects.update(state="approved", approved_at=timezone.now())
        page = page_of(client, address)
        above = page[page.index("tanggal belum ditetapkan") : page.index("Agenda November 2019")]
        assert "Rapat kapan" in above and "Sosialisasi kota" in above
        assert "Kegiatan Juli" not in page
        assert not any("Rapat kapan" in text for text in days_in(page).values())
        assert "Sosialisasi kota" not in page_of(client, PAGE_OF.format("2020-11"))

    def test_what_is_too_much_above_the_days_leads_to_all_of_it(self, client, desk, team):
        for n in range(PAGE + 2):
            factories.meeting(team, title=f"Rapat ke-{n}", starts_at=at(1, 0), day_is_set=False)
        page = page_of(client, f"{PAGE_OF.format('2019-11')}&jenis=rapat")
        assert page.count("Rapat ke-") == MOST_WITHOUT_DAY
        assert counts_in(page)["rapat"][0] == PAGE + 2
        url = re.search(rf'href="([^"]*)">… dan {PAGE + 2 - MOST_WITHOUT_DAY} lagi', page)[1]
        assert "hari=belum" in url and "jenis=rapat" in url
        first = page_of(client, f"/kalender/{html.unescape(url)}")
        assert "November 2019, tanggal belum ditetapkan" in first
        assert first.count("Rapat ke-") == PAGE
        further = html.unescape(re.search(r'rel="next" href="([^"]*)"', first)[1])
        assert page_of(client, f"/kalender/{further}").count("Rapat ke-") == 2

    def test_holidays_are_shaded_and_named(self, client, desk, team):
        found = days_in(page_of(client, PAGE_OF.format("2019-11")))
        assert "Libur Maulid Nabi Muhammad" in found["2019-11-09"]
        shaded = {day for day, text in found.items() if text.startswith('<li class="off px-2')}
        assert {"2019-11-02", "2019-11-03", "2019-11-09"} <= shaded and "2019-11-04" not in shaded
        page = page_of(client, PAGE_OF.format("2019-12"))
        assert "Cuti Bersama" in days_in(page)["2019-12-24"] and "belum ditetapkan" not in page

    def test_a_year_without_a_decree_says_so(self, client, desk, team):
        year = timezone.localdate().year + YEARS_AHEAD
        page = page_of(client, PAGE_OF.format(f"{year}-01"))
        assert f"Libur nasional {year} belum ditetapkan" in page

    def test_due_days_and_ends_stand_there(self, client, desk, team):
        held = factories.minutes(team, starts_at=at(4))
        one = factories.followup(held, what="Susun usulan", due_on=date(2019, 11, 8))
        done = factories.followup(held, what="Kirim surat", due_on=date(2019, 11, 13))
        close_followup(followup=done, note="Terkirim.", by=factories.user("secretariat"))
        factories.commitment(team, due_on=date(2019, 11, 14), description="Rak buku")
        factories.decree(team, until=date(2019, 11, 27), number="7/2018")
        factories.partnership(team, ends_on=date(2019, 11, 28), about="Pendampingan")
        factories.training(team, held_on=date(2019, 11, 12), title="Bimtek TIK")
        found = days_in(page_of(client, PAGE_OF.format("2019-11")))
        assert "Tenggat: Susun usulan" in found["2019-11-08"]
        assert one.get_absolute_url() in found["2019-11-08"]
        assert "Tenggat: Kirim surat" in found["2019-11-13"] and "selesai" in found["2019-11-13"]
        assert "lewat tenggat" not in found["2019-11-13"]
        assert "Komitmen: Rak buku" in found["2019-11-14"]
        assert "SK Kepala Dinas Nomor 7/2018 berakhir" in found["2019-11-27"]
        assert "Kerja sama berakhir: Pendampingan" in found["2019-11-28"]
        assert "Bimtek: Bimtek TIK" in found["2019-11-12"]
        october = days_in(page_of(client, PAGE_OF.format("2019-10")))
        assert "Tenggat laporan triwulan III 2019" in october["2019-10-10"]

    def test_a_full_day_leads_to_all_of_it(self, client, desk, team):
        for n in range(PAGE + 1):
            factories.meeting(team, title=f"Rapat ke-{n}", starts_at=at(20))
        page = page_of(client, PAGE_OF.format("2019-11"))
        day = days_in(page)["2019-11-20"]
        assert day.count("Rapat ke-") == MOST_ON_A_DAY
        assert f"… dan {PAGE + 1 - MOST_ON_A_DAY} lagi" in day
        url = html.unescape(re.search(r'href="([^"]*hari=2019-11-20[^"]*)"', day)[1])
        first = page_of(client, f"/kalender/{url}")
        assert first.count("Rapat ke-") == PAGE and "Rabu, 20 November 2019" in first
        further = html.unescape(re.search(r'rel="next" href="([^"]*)"', first)[1])
        assert page_of(client, f"/kalender/{further}").count("Rapat ke-") == 1


@pytest.mark.django_db
class TestScope:
    def test_a_draft_of_a_visit_is_its_authors(self, client, sign_in, team):
        author = sign_in("member")
        library = factories.library()
        factories.visit(library, visited_on=date(2019, 11, 6), by=author, send=False)
        assert "draf</small>" in page_of(client, PAGE_OF.format("2019-11"))
        sign_in("secretariat")
        page = page_of(client, PAGE_OF.format("2019-11"))
        assert library.name not in page and "kunjungan" not in counts_in(page)

    def test_a_regencys_officer_sees_its_visits_and_no_meetings(self, client, sign_in, team):
        here = factories.library(factories.village("19.01.06.2002", "Sini"))
        there = factories.library(factories.village("19.02.01.2001", "Sana"))
        for library in (here, there):
            factories.visit(library, visited_on=date(2019, 11, 6))
        factories.meeting(team, title="Rapat tim", starts_at=at(5))
        sign_in("regency_officer", regency_code="19.01")
        page = page_of(client, PAGE_OF.format("2019-11"))
        assert here.name in page and there.name not in page and "Rapat tim" not in page
        assert counts_in(page)["kunjungan"][0] == 1
        assert 'value="rapat"' not in page and 'value="laporan"' in page

    def test_another_province_is_not_there(self, client, sign_in, team):
        factories.meeting(team, title="Rapat Babel", starts_at=at(5))
        factories.team("11")
        sign_in("secretariat", province_code="11")
        page = page_of(client, f"{PAGE_OF.format('2019-11')}&province=19")
        assert "Rapat Babel" not in page and not counts_in(page)

    def test_who_has_no_role_sees_holidays_alone(self, client, sign_in, team):
        factories.meeting(team, title="Rapat tim", starts_at=at(5))
        sign_in(factories.user())
        page = page_of(client, PAGE_OF.format("2019-11"))
        assert "Rapat tim" not in page and "Libur Maulid" in page

    def test_a_national_reader_chooses_a_province(self, client, sign_in, team):
        factories.meeting(team, title="Rapat Babel", starts_at=at(5))
        factories.meeting(factories.team("11"), title="Rapat Aceh", starts_at=at(5))
        sign_in("administrator", province_code=None)
        address = PAGE_OF.format("2019-11")
        assert counts_in(page_of(client, address))["rapat"][0] == 2
        page = page_of(client, f"{address}&province=11")
        assert "Rapat Aceh" in page and "Rapat Babel" not in page
        assert "province=11" in re.search(r'rel="next" href="([^"]*)"', page)[1]
        page = page_of(client, f"{address}&province=00")
        assert "Rapat Aceh" not in page and "s-alert--error" in page


@pytest.mark.django_db
class TestAddress:
    def test_kinds_and_place_stay_from_month_to_month(self, client, desk, team):
        regency = factories.regency("19.01")
        factories.meeting(team, title="Rapat kabupaten", starts_at=at(5), regency=regency)
        factories.meeting(team, title="Rapat provinsi", starts_at=at(5))
        factories.visit(visited_on=date(2019, 11, 6))
        page = page_of(client, f"{PAGE_OF.format('2019-11')}&jenis=rapat&regency=19.01&jenis=tamu")
        assert "Rapat kabupaten" in page and "Rapat provinsi" not in page
        assert "kunjungan" not in counts_in(page)
        for rel, month in (("prev", "2019-10"), ("next", "2019-12")):
            url = html.unescape(re.search(rf'rel="{rel}" href="([^"]*)"', page)[1])
            assert url == f"?bulan={month}&regency=19.01&jenis=rapat"

    @pytest.mark.parametrize("text", ["2019-13", "apa", "9999-12", "0001-01", "%00", "2019-11-01"])
    def test_a_month_that_is_none_is_this_month_and_says_so(self, client, desk, text):
        page = page_of(client, f"/kalender/?bulan={text}")
        assert str(Month.of(timezone.localdate())) in page and "tidak dikenal" in page

    def test_the_years_have_ends(self, client, desk):
        assert 'rel="prev"' not in page_of(client, PAGE_OF.format("2018-01"))
        last = timezone.localdate().year + YEARS_AHEAD
        assert 'rel="next"' not in page_of(client, PAGE_OF.format(f"{last}-12"))

    def test_without_a_month_it_is_this_one_with_today(self, client, desk):
        page = page_of(client, "/kalender/")
        assert 'id="hari-ini"' in page and "tidak dikenal" not in page
        assert 'aria-current="date"' in days_in(page)[timezone.localdate().isoformat()]

    def test_only_who_logs_meetings_is_offered_one(self, client, sign_in, team):
        sign_in("observer")
        assert "Jadwalkan" not in page_of(client, "/kalender/")
        sign_in("secretariat")
        page = page_of(client, "/kalender/")
        assert f"{reverse('advocacy:meeting_create')}?untuk=jadwal" in page
        assert reverse("home:calendar_feeds") in page
        assert reverse("home:calendar") in page_of(client, reverse("advocacy:meeting_list"))


def busy_november(team, desk):
    """Create of each kind what stands in November 2019, and its like outside of it."""
    library = factories.library()
    held = factories.minutes(team, starts_at=at(4), regency=library.regency)
    factories.meeting(team, title="Batal", starts_at=at(5)).cancel(by=desk, reason="Sakit.")
    factories.meeting(team, title="Kapan", starts_at=at(1, 0), day_is_set=False)
    factories.meeting(team, title="Panjang", starts_at=at(30), ends_at=at(30) + timedelta(days=2))
    factories.meeting(team, title="Desember", starts_at=at(30) + timedelta(days=1))
    for day in (date(2019, 11, 1), date(2019, 11, 30), date(2019, 12, 1)):
        factories.visit(library, visited_on=day)
        factories.followup(held, due_on=day)
        factories.commitment(team, due_on=day)
        factories.partnership(team, ends_on=day)
        factories.training(team, held_on=day)
    factories.trip(team, days=3, starts_on=date(2019, 10, 31), libraries=[library], by=desk)
    factories.trip(team, days=3, starts_on=date(2019, 12, 1), libraries=[library], by=desk)
    done = FollowUp.objects.filter(due_on=date(2019, 11, 30)).first()
    close_followup(followup=done, note="Selesai.", by=desk)
    factories.visit(library, visited_on=date(2019, 11, 7), by=desk, send=False)


@pytest.mark.django_db
@pytest.mark.both("the numbers of lists and calendar come from different queries")
@pytest.mark.parametrize("where", [{}, {"province_code": None}])
@pytest.mark.parametrize("place", ["", "&province=19", "&province=19&regency=19.01"])
def test_each_number_leads_to_exactly_that_many(client, sign_in, team, where, place):
    desk = sign_in("secretariat")
    busy_november(team, desk)
    if where:
        sign_in("administrator", **where)
        factories.meeting(factories.team("11"), title="Rapat Aceh", starts_at=at(5))
    counts = counts_in(page_of(client, PAGE_OF.format("2019-11") + place))
    assert counts["rapat"][0] == (1 if "regency" in place else 5 if where and not place else 4)
    assert counts["kunjungan"][0] == 2 and counts["perjalanan"][0] == 1
    for words, (number, url) in counts.items():
        if url.startswith("?"):
            shown = page_of(client, f"/kalender/{url}")
            assert counts_in(shown)[words][0] == number, words
        else:
            listed = client.get(url).context["page"].rows
            assert len(listed) == number, (words, url)


@pytest.mark.django_db
def test_the_numbers_are_of_something():
    """Control for the test above: what is outside the month would be found without the days."""
    team, desk = factories.team(), factories.user("secretariat")
    busy_november(team, desk)
    assert Meeting.objects.count() == 5 and Visit.objects.count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "where"),
    [("secretariat", {}), ("administrator", {"province_code": None}), ("regency_officer", {})],
)
def test_at_most_ten_queries(client, sign_in, team, role, where):
    if role == "regency_officer":
        factories.regency("19.01")
        where = {"regency_code": "19.01"}
    busy_november(team, factories.user("secretariat"))
    sign_in(role, **where)
    for address in ("/kalender/", PAGE_OF.format("2019-11"), "/kalender/?hari=2019-11-05"):
        assert queries(client, address) <= 10
        assert queries(client, f"{address}{'&' if '?' in address else '?'}province=19") <= 10


WORDS = (
    "rapat koordinasi evaluasi perpustakaan desa anggaran pendampingan literasi mentoring tahun"
    " kabupaten pengelola buku pelatihan laporan dukungan bappeda dinas mitra kunjungan persiapan"
)


@pytest.mark.django_db
def test_a_full_month_is_small(client, desk, team):
    """As many on each day as are shown, with as long a name as is shown."""
    said = random.Random(19)
    days = [datetime(2019, 10, day, 2, tzinfo=UTC) for day in range(1, 32)]
    Meeting.objects.bulk_create(
        Meeting(
            team=team,
            province=team.province,
            title=" ".join(said.choices(WORDS.split(), k=9))[:70],
            starts_at=day + timedelta(minutes=n),
        )
        for day in days
        for n in range(MOST_ON_A_DAY + 3)
    )
    answer = client.get(PAGE_OF.format("2019-10"))
    assert html_of(answer).count("… dan 3 lagi") == len(days) - 1  # one has a due day besides
    assert len(gzip.compress(answer.content, 6)) <= 15 * 1024
