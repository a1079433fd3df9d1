"""Texts for WhatsApp, made from records: which fit, what they say, and who may read them."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.models import FollowUp, Meeting
from sinergi.kit.dates import long_date
from sinergi.kit.text import thousands
from tests.pages import html_of

pytestmark = pytest.mark.django_db
AHEAD = (timezone.now() + timedelta(days=10)).replace(hour=2, minute=0, second=0, microsecond=0)


def texts_on(page):
    """Return {heading: text} of a page."""
    found = re.findall(
        r'for="teks-[\w-]+">([^<]+)</label>\s*<textarea[^>]*>(.*?)</textarea>', page, re.S
    )
    return {heading: unescape(text) for heading, text in found}


def share(client, meeting):
    answer = client.get(reverse("advocacy:meeting_share", args=[meeting.pk]))
    page = answer.content.decode()
    return texts_on(page), page


class TestMeeting:
    def test_an_invitation_and_a_reminder_while_it_is_ahead(self, client, team, secretariat, make):
        meeting = make.meeting(
            team, by=secretariat, starts_at=AHEAD, ends_at=AHEAD + timedelta(hours=2), place="Aula"
        )
        meeting.agenda.model(meeting=meeting, topic="Evaluasi").save_as(by=secretariat)
        assert "Kirim lewat WhatsApp" in html_of(client.get(meeting.get_absolute_url()))
        texts, page = share(client, meeting)
        assert list(texts) == ["Undangan", "Pengingat"]
        url = f"http://testserver{meeting.get_absolute_url()}"
        for text in texts.values():
            assert "pukul 09.00–11.00 WIB" in text and "Tempat: Aula" in text
            assert text.endswith(url)
        assert "1. Evaluasi" in texts["Undangan"] and team.name in texts["Undangan"]
        assert 'href="https://wa.me/?text=Dengan%20hormat' in page and "data-copy=" in page

    def test_what_was_and_what_is(self, client, team, secretariat, make):
        meeting = make.meeting(team, by=secretariat, starts_at=AHEAD, place="Aula")
        meeting.title = "Judul lain"
        meeting.save_as(by=secretariat)
        assert "Perubahan jadwal" not in share(client, meeting)[0]
        meeting.starts_at, meeting.place = AHEAD + timedelta(days=1, hours=3), "Lantai 2"
        meeting.save_as(by=secretariat)
        meeting.title = "Judul baru"
        meeting.save_as(by=secretariat)
        text = share(client, meeting)[0]["Perubahan jadwal"]
        was, now = re.search(r"Semula: (.*)\nMenjadi: (.*)\n", text).groups()
        assert "pukul 09.00 WIB, di Aula" in was and "pukul 12.00 WIB, di Lantai 2" in now
        assert "“Judul baru”" in text
        meeting.place = "Lantai 3"
        meeting.save_as(by=secretariat)
        text = share(client, meeting)[0]["Perubahan jadwal"]
        assert "di Lantai 2." in text and "di Lantai 3." in text and "Aula" not in text

    def test_called_off_with_the_reason_and_put_back(self, client, team, secretariat, make):
        meeting = make.meeting(team, by=secretariat, starts_at=AHEAD)
        meeting.cancel(by=secretariat, reason="Gubernur berhalangan.")
        texts, _ = share(client, meeting)
        assert list(texts) == ["Pembatalan"]
        assert "Alasan: Gubernur berhalangan." in texts["Pembatalan"]
        meeting.replan(by=secretariat, starts_at=AHEAD + timedelta(days=5))
        text = share(client, meeting)[0]["Perubahan jadwal"]
        assert "yang sebelumnya dibatalkan dijadwalkan lagi" in text
        assert text.count("pukul 09.00 WIB") == 2

    @pytest.mark.parametrize("days, word", [(0, "hari ini, "), (1, "besok, "), (2, "”, ")])
    def test_a_reminder_says_how_near_it_is(self, client, team, secretariat, make, days, word):
        starts = timezone.localtime().replace(hour=23, minute=59, second=0) + timedelta(days=days)
        meeting = make.meeting(team, by=secretariat, starts_at=starts)
        assert word in share(client, meeting)[0]["Pengingat"].split("\n")[0]

    def test_of_minutes_what_was_decided_and_who_does_what(self, client, team, secretariat, make):
        meeting = make.minutes(team, by=secretariat)
        task = meeting.followups.get()
        texts, _ = share(client, meeting)
        (text,) = texts.values()
        assert "Masih draf, belum disahkan." in text and "Hadir 8 dari 8 yang diundang" in text
        assert re.search(r"Keputusan:\nK1\. ", text)
        assert f"1. {task.what}: {task.person_in_charge.name}, 5 Juli 2019" in text

    def test_approved_minutes_are_told_as_they_were(self, client, team, secretariat, make):
        meeting = make.minutes(team, by=secretariat, state="approved")
        task = meeting.followups.get()
        name = task.person_in_charge.name
        task.person_in_charge.name = "Nama baru"
        task.person_in_charge.save_as(by=secretariat)
        (text,) = share(client, meeting)[0].values()
        assert name in text and "Nama baru" not in text and "belum disahkan" not in text

    @pytest.mark.parametrize(
        "fields, told",
        [
            ({"starts_at": AHEAD, "day_is_set": False}, "Tetapkan dulu tanggal rapatnya"),
            ({"starts_at": datetime(2019, 6, 19, 2, tzinfo=UTC)}, "Isi notulanya"),
        ],
    )
    def test_nothing_to_send_says_why(self, client, team, secretariat, make, fields, told):
        texts, page = share(client, make.meeting(team, by=secretariat, **fields))
        assert not texts and told in page

    def test_a_long_agenda_is_shortened_and_says_so(self, client, team, secretariat, make):
        meeting = make.meeting(team, by=secretariat, starts_at=AHEAD)
        for number in range(40):
            row = meeting.agenda.model(meeting=meeting, topic=f"Topik {number} " + "panjang " * 20)
            row.save_as(by=secretariat)
        texts, page = share(client, meeting)
        assert "jadi dipersingkat" in page and texts["Undangan"].endswith(
            meeting.get_absolute_url()
        )

    @pytest.mark.parametrize("title", ["<b>Rapat</b> & “uji”", "Rapat %0A #1", "اجتماع", "a" * 200])
    def test_hostile_titles(self, client, team, secretariat, make, title):
        meeting = make.meeting(team, by=secretariat, starts_at=AHEAD)
        Meeting.objects.filter(pk=meeting.pk).update(title=title)
        texts, page = share(client, meeting)
        assert title in texts["Undangan"] and "<b>Rapat" not in page

    def test_out_of_ones_places_there_is_nothing(self, client, team, secretariat, make, sign_in):
        meeting = make.meeting(team, by=secretariat, starts_at=AHEAD)
        sign_in("secretariat", province_code="11")
        url = reverse("advocacy:meeting_share", args=[meeting.pk])
        assert client.get(url).status_code == 404


class TestPerson:
    @pytest.fixture
    def late(self, make, team, secretariat):
        meeting = make.minutes(team, by=secretariat)
        person = meeting.followups.get().person_in_charge
        make.followup(
            meeting,
            person_in_charge=person,
            what="Menghubungi mitra",
            due_on=team.today + timedelta(days=9),
            by=secretariat,
        )
        return person

    def text(self, client, person):
        answer = client.get(reverse("advocacy:person_reminder", args=[person.pk]))
        page = answer.content.decode()
        return texts_on(page).get(f"Pengingat untuk {person.name}", ""), page

    def test_all_that_is_open_with_the_days_it_is_late(self, client, team, late):
        text, _ = self.text(client, late)
        days = thousands((team.today - date(2019, 7, 5)).days)
        assert re.search(rf"1\. .* \(tenggat 5 Juli 2019, terlambat {days} hari\)", text)
        assert re.search(r"2\. Menghubungi mitra \(tenggat [^,]+\)", text)
        assert text.startswith(f"Dengan hormat, {late.name}.")

    def test_what_is_done_or_called_off_is_not_asked_for(self, client, secretariat, late):
        first = FollowUp.objects.order_by("due_on").first()
        first.close(by=secretariat, note="Sudah.")
        text, _ = self.text(client, late)
        assert first.what not in text and "1. Menghubungi mitra" in text
        FollowUp.objects.exclude(pk=first.pk).get().close(by=secretariat, note="Sudah.")
        text, page = self.text(client, late)
        assert not text and "tidak memegang tindak lanjut yang terbuka" in page

    def test_it_goes_to_their_number_where_there_is_one(self, client, secretariat, late):
        assert "https://wa.me/?text=" in self.text(client, late)[1]
        late.phone = "+6281234567890"
        late.save_as(by=secretariat)
        assert "https://wa.me/6281234567890?text=" in self.text(client, late)[1]

    def test_its_address_shows_their_tasks_alone_to_whoever_sees_several_provinces(
        self, client, sign_in, make, team, late
    ):
        other = make.person("Orang lain")
        make.followup(
            FollowUp.objects.first().meeting,
            person_in_charge=other,
            what="Tugas orang lain",
            due_on=team.today,
            by=make.user("secretariat"),
        )
        sign_in("administrator", province_code=None)
        text, _ = self.text(client, late)
        page = html_of(client.get(re.search(r"http://testserver(/\S+)", text).group(1)))
        assert "Menghubungi mitra" in page and "Tugas orang lain" not in page

    def test_the_list_and_the_page_of_one_lead_there(self, client, late):
        url = reverse("advocacy:person_reminder", args=[late.pk])
        assert url in html_of(client.get(f"/tindak-lanjut/?daftar=tim&person={late.pk}"))
        rows = html_of(client.get("/tindak-lanjut/?daftar=tim"))
        assert rows.count(url) == 1, "beside the one that is late"
        assert url in html_of(client.get(FollowUp.objects.first().get_absolute_url()))

    def test_two_and_twenty_ask_alike(self, client, secretariat, late):
        def asked():
            with CaptureQueriesContext(connection) as queries:
                self.text(client, late)
            return len(queries)

        few, meeting = asked(), Meeting.objects.get()
        for number in range(18):
            FollowUp(
                meeting=meeting,
                province=meeting.province,
                what=f"Tugas {number}",
                person_in_charge=late,
                due_on=date(2019, 8, 1),
            ).save_as(by=secretariat)
        assert asked() == few


class TestGroup:
    URL = "/tindak-lanjut/ringkasan/"

    def test_what_comes_what_is_late_and_what_was_decided(
        self, client, team, secretariat, make, sign_in
    ):
        soon = timezone.now() + timedelta(days=3)
        make.meeting(team, by=secretariat, starts_at=soon, title="Rapat pekan ini", place="Aula")
        make.meeting(team, by=secretariat, starts_at=AHEAD, title="Rapat nanti")
        make.meeting(make.team("11"), starts_at=soon, title="Rapat Aceh")
        past = timezone.now() - timedelta(days=20)
        approved = make.minutes(team, by=secretariat, state="approved", starts_at=past)
        held = make.minutes(team, by=secretariat, title="Belum disahkan", starts_at=past)
        held.agenda.model.objects.filter(meeting=held).exclude(decision="").update(
            decision="Masih rahasia"
        )
        (text,) = texts_on(client.get(self.URL).content.decode()).values()
        assert "- Rapat pekan ini: " in text and ", di Aula" in text
        assert "Rapat nanti" not in text and "Rapat Aceh" not in text
        task = approved.followups.get()
        assert re.search(rf"- {task.what}: {task.person_in_charge.name}, .*terlambat", text)
        decision = approved.agenda.exclude(decision="").first().decision
        assert f"- {decision} ({approved.title}, {long_date(approved.starts)})" in text
        assert "Masih rahasia" not in text
        Meeting.objects.filter(pk=approved.pk).update(approved_at=timezone.now() - timedelta(15))
        (text,) = texts_on(client.get(self.URL).content.decode()).values()
        assert "Diputuskan" not in text

    def test_nothing_comes(self, client, team, secretariat):
        (text,) = texts_on(client.get(self.URL).content.decode()).values()
        assert "Tidak ada rapat." in text and "Lewat tenggat" not in text

    def test_who_works_in_several_chooses(self, client, team, make, sign_in):
        other = make.team("11")
        sign_in("observer", province_code=None)
        page = html_of(client.get(f"{self.URL}?tim={other.pk}"))
        assert f"Ringkasan {other.name}" in page and f'href="?tim={team.pk}"' in page

    def test_without_a_team_it_says_what_comes_first(self, client, sign_in):
        sign_in("secretariat")
        assert "Tim provinsi belum dibentuk" in html_of(client.get(self.URL))

    def test_home_and_the_list_lead_there(self, client, team, secretariat):
        for page in ("/", "/tindak-lanjut/"):
            assert f'href="{self.URL}"' in html_of(client.get(page))

    def test_three_and_thirty_ask_alike(self, client, team, secretariat, make):
        def asked():
            with CaptureQueriesContext(connection) as queries:
                client.get(self.URL)
            return len(queries)

        make.minutes(team, by=secretariat, state="approved")
        few = asked()
        for number in range(20):
            meeting = make.minutes(team, by=secretariat, state="approved", title=f"Rapat {number}")
        assert meeting and asked() == few
