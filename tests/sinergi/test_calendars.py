"""Calendar files: what two readers make of them, whatever was typed."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import ics
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from sinergi.kit.calendars import CalendarEvent, calendar_of, google_url
from sinergi.kit.contacts import without_contacts
from sinergi.kit.text import plain_text

STARTS = datetime(2019, 6, 19, 2, tzinfo=UTC)
HOSTILE = [
    "Rapat\nEND:VEVENT\nBEGIN:VEVENT",
    "Rapat; evaluasi, tahap\\ II: “a”",
    "BEGIN:VEVENT",
    "Rapat\x00 nol",
    "Rapat 🎉 daring",
    "اجتماع \u202eRapat",
    "Rapat " * 2000,
    "\r\nX-EVIL:1\r\n",
    "é" * 300,
]


def event(**changes):
    given_ = {
        "uid": "rapat-1@sinergi",
        "sequence": 3,
        "updated_at": datetime(2019, 6, 1, 8, 30, tzinfo=UTC),
        "starts": STARTS,
        "ends": STARTS + timedelta(hours=2),
        "summary": "Rapat internal",
        "description": "Rabu, 19 Juni 2019, pukul 09.00–11.00 WIB.",
        "location": "Aula",
        "url": "https://sinergi.example.go.id/rapat/1/",
    }
    return CalendarEvent(**given_ | changes)


def read(content):
    """Return the events of a file as `icalendar` reads them, having checked that `ics` agrees."""
    first = list(Calendar.from_ical(content).walk("VEVENT"))
    second = {one.uid: one for one in ics.Calendar(content.decode()).events}
    assert len(second) == len(first) == len({str(one["uid"]) for one in first})
    for one in first:
        other = second[str(one["uid"])]
        assert other.name == str(one["summary"]) and other.begin is not None
        assert str(other.location or "") == str(one.get("location", ""))
        assert (other.status or "") == str(one["status"])
        start = one["dtstart"].dt
        assert other.all_day == (not isinstance(start, datetime))
        assert (other.begin.datetime if not other.all_day else other.begin.date()) == start
    return first


class TestFile:
    def test_what_a_calendar_is_told(self):
        content = calendar_of([event()], name="Sinergi")
        (one,) = read(content)
        text = content.decode()
        assert "DTSTART:20190619T020000Z" in text and "DTEND:20190619T040000Z" in text
        assert "X-PUBLISHED-TTL:PT4H" in text
        assert "VTIMEZONE" not in text and "TZID" not in text
        assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in text and "METHOD:PUBLISH" in text
        assert "DTSTAMP:20190601T083000Z" in text and "LAST-MODIFIED:20190601T083000Z" in text
        assert one["sequence"] == 3 and str(one["status"]) == "CONFIRMED"
        assert not {"ATTENDEE", "ORGANIZER"} & set(one)
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))

    def test_a_moment_of_another_zone_is_written_in_utc(self):
        there = STARTS.astimezone(tz=datetime.fromisoformat("2019-06-19T11:00+09:00").tzinfo)
        (one,) = read(calendar_of([event(starts=there)], name="Sinergi"))
        assert one["dtstart"].dt == STARTS

    def test_all_day_ends_on_the_day_after(self):
        days = {"starts": date(2019, 9, 9), "ends": date(2019, 9, 13)}
        content = calendar_of([event(**days)], name="Sinergi")
        read(content)
        assert b"DTSTART;VALUE=DATE:20190909" in content and b"DTEND;VALUE=DATE:20190913" in content

    def test_what_was_called_off_says_so_twice(self):
        (one,) = read(calendar_of([event(cancelled=True)], name="Sinergi"))
        assert str(one["status"]) == "CANCELLED"
        assert str(one["summary"]) == "DIBATALKAN: Rapat internal"

    def test_a_text_that_is_too_long_still_ends_in_its_address(self):
        address = "Selengkapnya di Sinergi: https://sinergi.example.go.id/rapat/1/"
        text = "\n".join(["Hari pertama: Perpustakaan Desa"] * 300 + [address])
        (one,) = read(calendar_of([event(description=text)], name="Sinergi"))
        told = str(one["description"])
        assert told.startswith("Hari pertama") and told.endswith(f"…\n{address}")
        assert len(told) == 4000

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_text_stays_text(self, text):
        content = calendar_of(
            [event(summary=text, description=text, location=text), event(uid="lain@sinergi")],
            name="Sinergi",
        )
        one, other = read(content)
        assert str(one["summary"]) == plain_text(text)[:249] + "…" * (len(plain_text(text)) > 250)
        assert str(other["summary"]) == "Rapat internal"
        assert b"\x00" not in content and "X-EVIL" not in one
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=200), st.text(max_size=200))
    def test_any_text_comes_back_as_it_was(self, summary, description):
        (one,) = Calendar.from_ical(
            calendar_of([event(summary=summary, description=description)], name="Sinergi")
        ).walk("VEVENT")
        told = without_contacts(plain_text(summary))
        assert str(one.get("summary", "")) == told
        told = without_contacts(plain_text(description, multiline=True))
        assert str(one.get("description", "")) == told


class TestContacts:
    @pytest.mark.parametrize(
        "text",
        [
            "hubungi 0812-3456-7890",
            "WA 081234567890",
            "+62 812 3456 7890",
            "6281234567890",
            "telepon 0717 422222",
            "(021) 5551234",
            "surat ke budi@example.go.id",
            "surat ke budi＠example.go.id",
            "0717422222",
            "0717 422 222",
            "0812 34 56 78 90",
            "+62 (812) 3456-7890",
            "+62 (0) 812 3456 7890",
            "0812‑3456‑7890",
            "０８１２３４５６７８９０",
            "0812.345.678.90",
            "0812-3456-78-90",
            "Hp.081234567890/081345678901-081245678901",
            "https://wa.me/6281234567890",
            "a" * 5000 + "@example.go.id",
        ],
    )
    def test_are_left_out(self, text):
        told = without_contacts(text)
        assert "kontak tidak disertakan" in told
        assert "@" not in told and "＠" not in told
        assert not any(letter.isdecimal() for letter in told)

    def test_beside_an_hour(self):
        told = without_contacts("Mulai 08.15 0812 3456 7890, sampai 09.00")
        assert told == "Mulai 08.15 (kontak tidak disertakan), sampai 09.00"

    @pytest.mark.parametrize(
        "text",
        [
            "Rabu, 19 Juni 2019, pukul 09.00–11.15 WIB.",
            "Surat 188.44/0812/DKPUS/2019",
            "https://rapat.example.go.id/j/081234567890?pwd=081234567890",
            "08.15 sampai 08.45, tanggal 08-08-2019",
            "Rp12.500.000 dan 1.250 buku",
            "Rp 62.812.345.678 dari Rp10.021.000.000",
            "https://teams.microsoft.com/l/meetup-join/19:meeting_X@thread.v2/0?context=081234567890",
            "zoom.us/j/081234567890",
            "08-12-2019 09.00, 2019-12-08 11.00-12.00, 08/12/2019 09.15–11.15 12 orang",
            "NIP 19800912 200501 1 001, kode 19.01.06.2001",
            "x" * 5000,
        ],
    )
    def test_and_nothing_else(self, text):
        assert without_contacts(text) == text


class TestGoogle:
    def link(self, **changes):
        parts = urlsplit(google_url(event(**changes)))
        assert (parts.netloc, parts.path) == ("calendar.google.com", "/calendar/render")
        return {name: value for name, (value,) in parse_qs(parts.query).items()}

    def test_it_is_filled_in(self):
        told = self.link()
        assert told["action"] == "TEMPLATE" and told["text"] == "Rapat internal"
        assert told["dates"] == "20190619T020000Z/20190619T040000Z" and told["location"] == "Aula"

    def test_all_day(self):
        days = {"starts": date(2019, 9, 9), "ends": date(2019, 9, 13)}
        assert self.link(**days)["dates"] == "20190909/20190913"

    def test_of_many_lines_the_address_of_the_page_stays(self):
        address = "Selengkapnya di Sinergi: https://sinergi.example.go.id/rapat/1/"
        text = "\n".join(["Hari pertama: Perpustakaan Desa"] * 30 + [address])
        details = self.link(description=text)["details"]
        assert details.endswith(f"…\n{address}") and len(details) <= 600

    def test_an_address_stays_short_enough_to_open(self):
        assert len(google_url(event(summary="a" * 10_000, description="é" * 10_000))) < 8000
