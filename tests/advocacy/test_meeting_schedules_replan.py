"""A meeting that was called off may be put back on the calendar: it stays the same meeting."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Meeting
from sinergi.kit.dates import in_zone
from sinergi.kit.transitions import TransitionError
from tests.pages import html_of

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=20)


@pytest.fixture
def cancelled(make, team, secretariat):
    meeting = make.meeting(team, by=secretariat, place="Aula")
    return meeting.cancel(by=secretariat, reason="Gubernur berhalangan.")


def sent(meeting, **changes):
    return {
        "version": meeting.version,
        "day": DAY.isoformat(),
        "start": "10:00",
        "end": "12:30",
        "place": "Ruang rapat DKPUS",
    } | changes


class TestReplan:
    def test_it_is_planned_again_at_its_new_time_and_says_what_was(
        self, client, secretariat, cancelled
    ):
        page = html_of(client.get(cancelled.get_absolute_url()))
        url = reverse("advocacy:meeting_replan", args=[cancelled.pk])
        assert f'href="{url}"' in page
        assert 'value="Aula"' in html_of(client.get(url))
        page = html_of(client.post(url, sent(cancelled), follow=True))
        assert "Rapat dijadwalkan lagi." in page
        assert "Gubernur berhalangan." in page and "Dijadwalkan lagi oleh" in page
        again = Meeting.objects.get()
        assert again.pk == cancelled.pk and again.state == "planned" and again.is_ahead
        assert again.place == "Ruang rapat DKPUS" and "pukul 10.00–12.30 WIB" in again.when_text
        assert again.replanned_by == secretariat and again.version > cancelled.version
        history = html_of(client.get(reverse("advocacy:meeting_history", args=[again.pk])))
        assert "Gubernur berhalangan." in history and "Ruang rapat DKPUS" in history
        assert f'href="{url}"' not in html_of(client.get(again.get_absolute_url()))

    def test_it_may_be_called_off_again_and_be_held(self, secretariat, cancelled):
        soon = timezone.now() + timedelta(minutes=1)
        cancelled.replan(by=secretariat, starts_at=soon)
        cancelled.cancel(by=secretariat, reason="Ditunda lagi.")
        cancelled.replan(by=secretariat, starts_at=soon)
        assert cancelled.hold(by=secretariat).state == "held"

    def test_one_that_was_held_keeps_its_day_with_its_attendance_and_minutes(
        self, client, team, secretariat, make
    ):
        held = make.minutes(team, by=secretariat, state="held")
        held = held.cancel(by=secretariat, reason="Tercatat dua kali.")
        url = reverse("advocacy:meeting_replan", args=[held.pk])
        assert f'href="{url}"' not in html_of(client.get(held.get_absolute_url()))
        answer = client.post(url, sent(held))
        assert answer.status_code == 422 and "Jadwalkan rapat baru" in html_of(answer)
        kept = Meeting.objects.get()
        assert kept.state == "cancelled" and kept.starts_at == held.starts_at

    def test_the_clock_is_that_of_the_province(self, client, sign_in, make):
        account = sign_in("secretariat", province_code="91")
        meeting = make.meeting(make.team("91"), by=account)
        meeting.cancel(by=account, reason="Cuaca.")
        client.post(reverse("advocacy:meeting_replan", args=[meeting.pk]), sent(meeting))
        again = Meeting.objects.get(pk=meeting.pk)
        assert again.starts_at.astimezone(UTC).hour == 1
        assert in_zone(again.starts_at, "Asia/Jayapura").date() == DAY

    @pytest.mark.parametrize(
        "changes, told",
        [
            ({"day": ""}, "Isi tanggal rapat."),
            ({"day": "1919-06-19"}, "Periksa tahunnya"),
            ({"day": "9999-12-31"}, "Periksa tahunnya"),
            ({"day": (DAY - timedelta(days=22)).isoformat()}, "Tanggal ini sudah lewat"),
            ({"start": ""}, "Isi waktu mulai."),
            ({"end": "09:00"}, "Waktu selesai harus sesudah waktu mulai."),
        ],
    )
    def test_what_is_missing_or_cannot_be_is_told(
        self, client, secretariat, cancelled, changes, told
    ):
        url = reverse("advocacy:meeting_replan", args=[cancelled.pk])
        answer = client.post(url, sent(cancelled, **changes))
        assert answer.status_code == 422 and told in html_of(answer)
        assert Meeting.objects.get().state == "cancelled"

    def test_of_two_who_put_it_back_the_second_is_told(self, client, secretariat, cancelled):
        url, seen = reverse("advocacy:meeting_replan", args=[cancelled.pk]), sent(cancelled)
        client.post(url, seen)
        assert client.post(url, seen | {"place": "Lain"}).status_code == 422
        assert Meeting.objects.get().place == "Ruang rapat DKPUS"

    @pytest.mark.parametrize("state", ["planned", "held", "submitted", "approved"])
    def test_only_what_was_called_off(self, make, team, secretariat, state):
        meeting = (
            make.meeting(team, by=secretariat)
            if state == "planned"
            else make.minutes(team, by=secretariat, state=state)
        )
        with pytest.raises(TransitionError):
            meeting.replan(by=secretariat, starts_at=timezone.now() + timedelta(days=3))
        assert Meeting.objects.get().starts_at == datetime(2019, 6, 19, 2, tzinfo=UTC)

    def test_not_on_a_day_that_is_over(self, secretariat, cancelled):
        with pytest.raises(TransitionError, match="sudah lewat"):
            cancelled.replan(by=secretariat, starts_at=timezone.now() - timedelta(days=2))
        today = timezone.now() + timedelta(minutes=1)
        assert cancelled.replan(by=secretariat, starts_at=today).state == "planned"

    @pytest.mark.parametrize("role", ["chair", "member", "observer"])
    def test_not_by_whoever_may_not_call_it_off(self, client, cancelled, sign_in, role):
        sign_in(role)
        url = reverse("advocacy:meeting_replan", args=[cancelled.pk])
        assert client.post(url, sent(cancelled)).status_code == 403
        assert f'href="{url}"' not in html_of(client.get(cancelled.get_absolute_url()))
