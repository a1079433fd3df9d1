"""A person's calendar at a secret address: who reads it, what is in it, and when it ends."""

import logging
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Meeting
from programs.actions import disable_account, enable_account
from sinergi.accounts.models import CalendarFeed, digest_of
from sinergi.home.calendar_feeds import MOST_EVENTS, client_of
from sinergi.kit.logs import LineFormatter
from sinergi.kit.transitions import TransitionError
from sinergi.settings import LOGGING
from tests import factories
from tests.pages import html_of
from tests.sinergi.test_calendars import read

pytestmark = pytest.mark.django_db
PAGE = "/kalender/langganan/"
AHEAD = timezone.now().replace(microsecond=0) + timedelta(days=10)
GOOGLE = "Google-Calendar-Importer"


def path_of(token):
    return reverse("home:calendar_feed", args=[token])


def sent(client, name="Telepon dinas"):
    page = html_of(client.get(PAGE))
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page)[1]
    return {"name": name, "idempotency_key": key}


def address_in(page):
    found = re.search(r'value="http://testserver(/kalender/[^"]+\.ics)"', page)
    return found and found[1]


@pytest.fixture
def owner():
    return factories.user("member")


@pytest.fixture
def token(owner):
    return factories.calendar_feed(owner)[1]


class TestPage:
    def test_an_address_is_shown_once_and_only_its_digest_is_kept(self, client, sign_in):
        account = sign_in("member")
        assert "Belum ada alamat." in html_of(client.get(PAGE))
        path = address_in(html_of(client.post(PAGE, sent(client))))
        token = path.removeprefix("/kalender/").removesuffix(".ics")
        assert len(token) > 40
        feed = CalendarFeed.objects.get()
        assert feed.user == account and feed.token_hash == digest_of(token) != token
        page = html_of(client.get(PAGE))
        assert "Telepon dinas" in page and "Belum pernah dibaca" in page
        assert token not in page and not address_in(page)
        assert client.get(path).status_code == 200

    def test_sent_twice_is_one_address(self, client, sign_in):
        sign_in("member")
        data = sent(client)
        client.post(PAGE, data)
        page = html_of(client.post(PAGE, data, follow=True))
        assert CalendarFeed.objects.count() == 1
        assert "hanya ditampilkan sekali" in page and not address_in(page)

    def test_a_name_is_given_once_until_it_is_free_again(self, client, sign_in):
        account = sign_in("member")
        client.post(PAGE, sent(client))
        answer = client.post(PAGE, sent(client, "telepon DINAS"))
        assert answer.status_code == 422 and "Nama ini sudah dipakai" in html_of(answer)
        CalendarFeed.objects.get().revoke(by=account)
        assert address_in(html_of(client.post(PAGE, sent(client))))

    def test_there_are_enough_at_some_point(self, client, sign_in):
        account = sign_in("member")
        for number in range(CalendarFeed.MOST):
            factories.calendar_feed(account, f"Alamat {number}")
        answer = client.post(PAGE, sent(client, "Satu lagi"))
        assert answer.status_code == 422 and "Cabut dulu" in html_of(answer)

    def test_revoking_asks_first_and_ends_it(self, client, sign_in):
        account = sign_in("member")
        feed, token = factories.calendar_feed(account)
        url = reverse("home:calendar_feed_revoke", args=[feed.pk])
        assert url in html_of(client.get(PAGE))
        assert client.get(url).status_code == 200 and client.get(path_of(token)).status_code == 200
        page = html_of(client.post(url, {"version": feed.version}, follow=True))
        assert "dicabut" in page and client.get(path_of(token)).status_code == 404
        feed.refresh_from_db()
        assert feed.revoked_by == account
        with pytest.raises(TransitionError):
            feed.revoke(by=account)

    def test_nobody_sees_or_revokes_those_of_others(self, client, sign_in, token):
        sign_in("administrator")
        feed = CalendarFeed.objects.get()
        assert "Belum ada alamat." in html_of(client.get(PAGE))
        url = reverse("home:calendar_feed_revoke", args=[feed.pk])
        assert client.post(url, {"version": feed.version}).status_code == 404
        assert client.get(path_of(token)).status_code == 200

    def test_it_says_when_to_use_whatsapp_instead(self, client, sign_in):
        sign_in("observer")
        page = html_of(client.get(PAGE))
        assert "8 sampai 24 jam" in page and "teks WhatsApp" in page
        assert f'href="{PAGE}"' in html_of(client.get("/"))

    @pytest.mark.both("an index over an expression and a condition")
    def test_the_database_holds_it_too(self, owner):
        factories.calendar_feed(owner)
        with pytest.raises((IntegrityError, ValidationError)):
            factories.calendar_feed(owner, "TELEPON DINAS")


class TestRights:
    def events(self, client, token):
        answer = client.get(path_of(token))
        assert answer.status_code == 200
        return {str(one["summary"]): one for one in read(answer.content)}

    def test_it_holds_what_its_owner_may_see(self, client, owner, token, make):
        team = make.team()
        make.meeting(team, starts_at=AHEAD, title="Di sini")
        make.meeting(make.team("11"), starts_at=AHEAD, title="Di Aceh")
        library = make.visit(visited_on=timezone.localdate()).library
        make.visit(library, send=False, visited_on=timezone.localdate())
        make.trip(team, libraries=[library])
        found = self.events(client, token)
        assert "Di sini" in found and "Di Aceh" not in found and len(found) == 3
        assert any(name.startswith("Kunjungan: ") for name in found)
        assert any(name.startswith("Perjalanan: ") for name in found)

    def test_an_officer_of_a_regency_has_its_visits_alone(self, client, make):
        officer = make.user("regency_officer", regency_code="19.01")
        _, token = make.calendar_feed(officer)
        make.meeting(make.team(), starts_at=AHEAD)
        make.visit(visited_on=timezone.localdate())
        (name,) = self.events(client, token)
        assert name.startswith("Kunjungan: ")

    def test_rights_are_those_of_the_moment(self, client, owner, token, make):
        make.meeting(make.team(), starts_at=AHEAD, title="Di sini")
        make.meeting(make.team("11"), starts_at=AHEAD, title="Di Aceh")
        make.assign(owner, "member", "11")
        owner.assignments.filter(province="19").first().end(
            by=make.user("administrator"), reason="Pindah."
        )
        assert set(self.events(client, token)) == {"Di Aceh"}

    def test_it_ends_with_the_account_and_its_work(self, client, owner, token, make):
        """Whatever the reason, the answer is that to a token that never was, by as many queries."""

        def answer(token):
            with CaptureQueriesContext(connection) as asked:
                got = client.get(path_of(token))
            headers = dict(got.headers)
            assert headers.pop("X-Request-ID")  # another for every request
            return got.status_code, got.content, headers, len(asked)

        unknown = answer("x" * 43)
        assert unknown[0] == 404 and unknown[3] == 1
        assignment = owner.assignments.get()
        assignment.end(by=make.user("administrator"), reason="Selesai bertugas.")
        assert answer(token) == unknown
        make.assign(owner, "member")
        assert client.get(path_of(token)).status_code == 200
        type(owner).objects.filter(pk=owner.pk).update(is_active=False)
        assert answer(token) == unknown
        type(owner).objects.filter(pk=owner.pk).update(is_active=True)
        CalendarFeed.objects.get().revoke(by=owner)
        assert answer(token) == unknown

    def test_closing_an_account_revokes_its_addresses_for_good(self, client, owner, token, make):
        administrator = make.user("administrator")
        disable_account(account=owner, reason="Pindah tugas.", by=administrator)
        enable_account(account=owner, by=administrator)
        make.assign(owner, "member")
        assert client.get(path_of(token)).status_code == 404

    @pytest.mark.parametrize("token", ["", "x", "a/b", "%00", "é" * 50, "x" * 5000, "' OR 1=1"])
    def test_what_is_no_token(self, client, token):
        assert client.get(f"/kalender/{token}.ics").status_code == 404

    def test_nothing_but_reading(self, client, token):
        assert client.post(path_of(token)).status_code == 405


class TestContent:
    def test_a_year_back_all_ahead_and_the_cancelled_for_thirty_days(
        self, client, owner, token, make
    ):
        team, now = make.team(), timezone.now()
        for days, title in [(-400, "Lama"), (-300, "Tahun ini"), (400, "Nanti")]:
            make.meeting(team, starts_at=now + timedelta(days=days), title=title)
        for days, title in [(-40, "Batal dulu"), (-20, "Batal baru"), (20, "Batal nanti")]:
            meeting = make.meeting(team, starts_at=now + timedelta(days=days), title=title)
            meeting.cancel(by=owner, reason="Ditunda.")
        make.meeting(team, starts_at=AHEAD, title="Tanpa tanggal", day_is_set=False)
        found = {
            str(one["summary"]): str(one["status"])
            for one in read(client.get(path_of(token)).content)
        }
        assert found == {
            "Tahun ini": "CONFIRMED",
            "Nanti": "CONFIRMED",
            "DIBATALKAN: Batal baru": "CANCELLED",
            "DIBATALKAN: Batal nanti": "CANCELLED",
        }

    def test_the_same_event_as_in_the_file_of_the_meeting(self, client, sign_in, token, make):
        meeting = make.meeting(make.team(), starts_at=AHEAD)
        sign_in("chair")
        (one,) = read(client.get(path_of(token)).content)
        (other,) = read(client.get(reverse("advocacy:meeting_ics", args=[meeting.pk])).content)
        assert dict(one) == dict(other)

    def test_headers(self, client, token):
        answer = client.get(path_of(token))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Content-Disposition"].startswith("inline")
        assert answer["Cache-Control"] == "private, no-cache" and answer["ETag"]
        assert "Set-Cookie" not in answer.headers and not answer.cookies

    def test_it_is_read_again_only_when_something_changed(self, client, owner, token, make):
        meeting = make.meeting(make.team(), starts_at=AHEAD)
        mark = client.get(path_of(token))["ETag"]

        def again(mark):
            answer = client.get(path_of(token), headers={"If-None-Match": mark})
            assert answer["ETag"] and (answer.status_code == 304) == (not answer.content)
            return answer.status_code, answer["ETag"]

        assert again(mark) == (304, mark)
        assert again(f"W/{mark}") == (304, mark), "as a compressed answer names it"
        changes = [
            lambda: meeting.cancel(by=owner, reason="Ditunda."),
            lambda: make.trip(libraries=[make.library()]),
            lambda: Meeting.objects.filter(pk=meeting.pk).delete(),
            lambda: make.assign(owner, "observer", "11"),
        ]
        for change in changes:
            change()
            status, new = again(mark)
            assert status == 200 and new != mark
            mark = new

    def test_a_new_name_of_what_it_tells_is_a_change_too(self, client, owner, token, make):
        team, library = make.team(), make.library()
        make.meeting(team, starts_at=AHEAD)
        made, day = make.trip(team, libraries=[library]), timezone.now() - timedelta(days=1)
        for record in (team, library, made):  # a file tells whole seconds
            type(record).objects.filter(pk=record.pk).update(updated_at=day)
        for record in (team, library):
            before = client.get(path_of(token))
            record.refresh_from_db()
            record.name = f"{record.name} Baru"
            record.save_as(by=owner)
            after = client.get(path_of(token), headers={"If-None-Match": before["ETag"]})
            assert after.status_code == 200, record

            def marked(answer):
                found = read(answer.content)
                return {str(one["uid"]): one["last-modified"].dt for one in found}

            old, new = marked(before), marked(after)
            (trip,) = (uid for uid in new if uid.startswith("perjalanan"))
            assert new[trip] > old[trip]
            type(record).objects.filter(pk=record.pk).update(updated_at=day)

    def test_an_unchanged_calendar_reads_no_row(self, client, token, make):
        team = make.team()
        make.meeting(team, starts_at=AHEAD)
        mark = client.get(path_of(token))["ETag"]
        with CaptureQueriesContext(connection) as asked:
            client.get(path_of(token), headers={"If-None-Match": mark})
        assert not [one for one in asked if '"title"' in one["sql"]]

    @pytest.mark.both("rows are read along in one query")
    def test_two_events_and_forty_ask_alike(self, client, owner, token, make):
        team, library = make.team(), make.library()

        def asked():
            with CaptureQueriesContext(connection) as queries:
                count = len(read(client.get(path_of(token)).content))
            return count, len(queries)

        make.meeting(team, starts_at=AHEAD)
        make.trip(team, libraries=[library])
        make.visit(library, visited_on=timezone.localdate())
        asked()
        few = asked()
        for number in range(12):
            make.meeting(team, starts_at=AHEAD + timedelta(days=number))
            make.trip(team, libraries=[library])
            make.visit(library, visited_on=timezone.localdate())
        many = asked()
        assert many[0] == few[0] + 36 and many[1] == few[1]

    def test_the_oldest_are_left_out_of_too_many(self, client, token, make, monkeypatch):
        monkeypatch.setattr("sinergi.home.calendar_feeds.MOST_EVENTS", 2)
        team = make.team()
        for days in (-9, 5, 9):
            make.meeting(team, starts_at=timezone.now() + timedelta(days=days), title=f"{days}")
        assert {str(one["summary"]) for one in read(client.get(path_of(token)).content)} == {
            "5",
            "9",
        }
        assert MOST_EVENTS == 1000, "the page says so"


class TestTraces:
    def test_who_has_read_it_is_noted_now_and_then(self, client, owner, token):
        client.get(path_of(token), headers={"User-Agent": GOOGLE})
        feed = CalendarFeed.objects.get()
        first = feed.fetched_at
        assert feed.fetched_by == "google" and feed.version == 1 and feed.history.count() == 1
        client.get(path_of(token), headers={"User-Agent": GOOGLE})
        feed.refresh_from_db()
        assert feed.fetched_at == first
        client.get(path_of(token), headers={"User-Agent": "iOS/17.1 (21B74) dataaccessd/1.0"})
        feed.refresh_from_db()
        assert feed.fetched_by == "apple" and feed.fetched_at > first
        client.force_login(owner, backend="sinergi.accounts.backends.RoleBackend")
        assert "oleh kalender Apple" in html_of(client.get(PAGE))

    @pytest.mark.parametrize(
        "agent, client",
        [
            (GOOGLE, "google"),
            ("macOS/14.0 (23A344) CalendarAgent/988", "apple"),
            ("Microsoft.Exchange/15.20", "outlook"),
            ("Microsoft Office/16.0 (Microsoft Outlook 16.0)", "outlook"),
            ("Thunderbird/115", "other"),
            ("", "other"),
        ],
    )
    def test_whose_programme_it_is(self, agent, client):
        assert client_of(agent) == client

    def test_the_log_has_the_route_and_not_the_token(self, client, token, caplog):
        CalendarFeed.objects.get().revoke(by=None)
        with caplog.at_level(logging.WARNING, "django.request"):
            client.get(path_of(token))
        (line,) = [one for one in caplog.records if one.name == "django.request"]
        assert token in line.getMessage(), "what would be written otherwise"
        assert LOGGING["formatters"]["text"]["()"].endswith(".LineFormatter")
        assert LineFormatter("{message}", style="{").format(line) == "Not Found: /kalender/….ics"

    @pytest.mark.parametrize(
        "line, written",
        [
            ("Not Found: /undangan/MQ/c7-a1b2/", "Not Found: /undangan/MQ/…/"),
            ("'/kalender/abc.ics?x=1' 404", "'/kalender/….ics?x=1' 404"),
            ("Not Found: /kalender/langganan/7/", "Not Found: /kalender/langganan/7/"),
        ],
    )
    def test_other_lines(self, line, written):
        record = logging.LogRecord("x", logging.WARNING, "x", 1, line, None, None)
        assert LineFormatter("%(message)s").format(record) == written
