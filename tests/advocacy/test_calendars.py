"""A meeting, a visit and a trip in a calendar: one event each, for ever."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.calendar_events import meeting_event, trip_event, visit_event
from advocacy.models import Meeting
from tests.pages import html_of
from tests.sinergi.test_calendars import HOSTILE, read

pytestmark = pytest.mark.django_db
AHEAD = timezone.now().replace(microsecond=0) + timedelta(days=10)


def file_of(client, record, name):
    answer = client.get(reverse(f"advocacy:{name}_ics", args=[record.pk]))
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    assert answer["Content-Disposition"].startswith("attachment;")
    (event,) = read(answer.content)
    return event, answer.content.decode()


class TestMeeting:
    def test_one_event_through_all_its_changes(self, client, team, secretariat, make):
        """Planned, moved, called off, planned again, held: one UID, a number that only rises."""
        meeting = make.meeting(team, by=secretariat, starts_at=AHEAD, place="Aula")
        seen = []

        def look():
            event, _ = file_of(client, meeting, "meeting")
            seen.append((str(event["uid"]), int(event["sequence"])))
            return event

        assert str(look()["status"]) == "CONFIRMED"
        meeting.title, meeting.place = "Judul baru", "Lantai 2"
        meeting.save_as(by=secretariat)
        assert str(look()["location"]) == "Lantai 2"
        meeting.starts_at += timedelta(days=2)
        meeting.save_as(by=secretariat)
        assert look()["dtstart"].dt == AHEAD + timedelta(days=2)
        meeting.cancel(by=secretariat, reason="Gubernur berhalangan.")
        event = look()
        assert str(event["status"]) == "CANCELLED"
        assert str(event["summary"]) == "DIBATALKAN: Judul baru"
        assert "Gubernur berhalangan." in str(event["description"])
        meeting.replan(by=secretariat, starts_at=AHEAD + timedelta(days=9))
        event = look()
        assert str(event["status"]) == "CONFIRMED" and str(event["summary"]) == "Judul baru"
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=AHEAD - timedelta(days=20))
        Meeting.objects.get(pk=meeting.pk).hold(by=secretariat)
        look()
        uids, numbers = zip(*seen, strict=True)
        assert len(set(uids)) == 1
        assert all(one < other for one, other in pairwise(numbers))

    def test_the_hour_of_the_place_is_in_words(self, client, sign_in, make):
        account = sign_in("secretariat", province_code="91")
        meeting = make.meeting(
            make.team("91"), by=account, starts_at=datetime(2019, 6, 19, 0, tzinfo=UTC)
        )
        event, text = file_of(client, meeting, "meeting")
        assert "DTSTART:20190619T000000Z" in text
        assert "pukul 09.00 WIT" in str(event["description"])
        assert f"http://testserver{meeting.get_absolute_url()}" in str(event["description"])
        assert str(event["url"]) == f"http://testserver{meeting.get_absolute_url()}"

    def test_without_an_hour_it_lasts_all_day_and_without_an_end_an_hour(self, make, team):
        meeting = make.meeting(
            team, time_is_set=False, starts_at=datetime(2019, 6, 18, 17, tzinfo=UTC)
        )
        event = meeting_event(meeting, "")
        assert (event.starts, event.ends) == (date(2019, 6, 19), date(2019, 6, 20))
        event = meeting_event(make.meeting(team), "")
        assert event.ends - event.starts == timedelta(hours=1)
        assert "Waktu selesai belum diisi" in event.description

    def test_without_a_day_it_is_no_event(self, client, secretariat, make, team):
        meeting = make.meeting(team, by=secretariat, day_is_set=False)
        assert meeting_event(meeting, "") is None
        url = reverse("advocacy:meeting_ics", args=[meeting.pk])
        assert url not in html_of(client.get(meeting.get_absolute_url()))
        assert "Tetapkan dulu tanggalnya" in html_of(client.get(url, follow=True))

    @pytest.mark.parametrize("title", [text[:200] for text in HOSTILE])
    def test_hostile_titles(self, client, secretariat, make, team, title):
        meeting = make.meeting(team, by=secretariat)
        Meeting.objects.filter(pk=meeting.pk).update(title=title.replace("\x00", ""))
        file_of(client, meeting, "meeting")

    def test_two_portals_never_share_an_event(self, make, team):
        meeting = make.meeting(team)
        first = meeting_event(meeting, "").uid
        meeting.created_at += timedelta(microseconds=1)
        assert meeting_event(meeting, "").uid != first

    def test_nobody_is_named_and_no_contact_told(self, client, secretariat, make, team):
        make.minutes(team, by=secretariat, place="Aula, hubungi 0812-3456-7890")
        _, text = file_of(client, Meeting.objects.get(), "meeting")
        assert "ATTENDEE" not in text and "ORGANIZER" not in text
        assert "3456" not in text and "mailto" not in text.lower()

    def test_its_page_offers_both_ways_while_it_stands(self, client, secretariat, make, team):
        meeting = make.meeting(team, by=secretariat, starts_at=AHEAD)
        page = html_of(client.get(meeting.get_absolute_url()))
        assert reverse("advocacy:meeting_ics", args=[meeting.pk]) in page
        assert "https://calendar.google.com/calendar/render?action=TEMPLATE&amp;text=Rapat" in page
        meeting.cancel(by=secretariat, reason="Ditunda.")
        assert "calendar.google.com" not in html_of(client.get(meeting.get_absolute_url()))


class TestVisitAndTrip:
    def test_a_visit_lasts_its_day(self, client, secretariat, make, team):
        visit = make.visit(by=secretariat)
        event, text = file_of(client, visit, "visit")
        assert "DTSTART;VALUE=DATE:20190612" in text and "DTEND;VALUE=DATE:20190613" in text
        assert str(event["summary"]) == f"Kunjungan: {visit.library.name}"
        assert str(event["location"]) == visit.library.place_words
        assert visit_event(make.visit(visit.library, by=secretariat, send=False), "").tentative
        assert "calendar.google.com" in html_of(client.get(visit.get_absolute_url()))

    def test_a_trip_lasts_its_days_and_says_where_it_goes(self, client, secretariat, make, team):
        library = make.library()
        trip = make.trip(
            team, libraries=[library], days=3, by=secretariat, starts_on=date(2019, 9, 9)
        )
        event, text = file_of(client, trip, "trip")
        assert "DTSTART;VALUE=DATE:20190909" in text and "DTEND;VALUE=DATE:20190912" in text
        assert f"Senin, 9 September 2019: {library.name}" in str(event["description"])
        assert trip_event(trip, "").sequence == trip.version
        assert "calendar.google.com" in html_of(client.get(trip.get_absolute_url()))
