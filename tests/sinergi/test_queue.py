"""What the server tells the queue of a browser: in JSON, with the key of what was sent."""

import uuid

import pytest
from django.urls import reverse

from advocacy.models import FollowUpNote, Meeting
from tests import factories
from tests.pages import html_of
from tests.sinergi.test_uploads import jpeg

pytestmark = pytest.mark.django_db
NEW = "/rapat/baru/"


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def secretariat(team, sign_in):
    return sign_in("secretariat")


@pytest.fixture
def followup(team, secretariat):
    return factories.followup(factories.minutes(team, by=secretariat), by=secretariat)


@pytest.fixture
def post(client):
    """`post(url, data)` → the answer to the queue."""

    def send(url, data, **headers):
        return client.post(url, data, headers={"Accept": "application/json"} | headers)

    return send


def closing(followup, **changes):
    key = str(uuid.uuid4())
    return {"version": followup.version, "note": "SK terbit.", "idempotency_key": key} | changes


def close_url(followup):
    return reverse("advocacy:followup_close", args=[followup.pk])


class TestWhoseSessionItIs:
    def test_it_is_told_with_a_fresh_token(self, client, secretariat):
        told = client.get(reverse("home:queue_account")).json()
        assert told["account"] == secretariat.pk and len(told["token"]) == 64

    def test_it_is_not_told_to_a_stranger(self, client):
        answer = client.get(reverse("home:queue_account"))
        assert answer.status_code == 302 and answer.url.startswith("/masuk/")

    def test_what_another_account_wrote_is_not_stored(self, post, followup, secretariat):
        other = str(secretariat.pk + 1)
        answer = post(close_url(followup), closing(followup), **{"Queue-Account": other})
        assert (answer.status_code, answer.json()["status"]) == (401, "refused")
        assert not FollowUpNote.objects.exists()


class TestMeeting:
    def test_it_is_stored_and_the_key_repeated(self, post, team, secretariat, meeting_data):
        data = meeting_data(team)
        told = post(NEW, data).json()
        meeting = Meeting.objects.get()
        assert told == {
            "key": data["idempotency_key"],
            "status": "stored",
            "url": meeting.get_absolute_url(),
            "photo_url": "",
        }

    def test_the_same_again_is_stored_already(self, post, team, secretariat, meeting_data):
        data = meeting_data(team)
        first, second = post(NEW, data).json(), post(NEW, data).json()
        assert first == second and Meeting.objects.count() == 1

    def test_other_content_under_the_key_is_told_side_by_side(
        self, post, team, secretariat, meeting_data
    ):
        data = meeting_data(team, place="Aula")
        post(NEW, data)
        answer = post(NEW, data | {"place": "Balai desa"})
        told = answer.json()
        assert (answer.status_code, told["status"]) == (409, "conflict")
        assert ["Tempat", "Balai desa", "Aula"] in told["differences"]
        assert Meeting.objects.get().place == "Aula"

    def test_what_is_wrong_is_told_in_words(self, post, team, secretariat, meeting_data):
        answer = post(NEW, meeting_data(team, title=""))
        told = answer.json()
        assert (answer.status_code, told["status"]) == (422, "invalid")
        assert told["errors"] and all(message for _, message in told["errors"])
        assert not Meeting.objects.exists()

    def test_the_key_of_another_account_is_no_answer_to_mine(
        self, client, post, team, sign_in, meeting_data
    ):
        data = meeting_data(team, title="Rapat rahasia")
        sign_in("secretariat")
        post(NEW, data)
        sign_in("administrator")
        told = post(NEW, data | {"title": "Rapat lain"})
        assert told.status_code in {409, 422} and "rahasia" not in told.content.decode()
        assert Meeting.objects.get().title == "Rapat rahasia"

    def test_another_button_than_one_that_sends_stores_nothing(
        self, post, team, secretariat, meeting_data
    ):
        answer = post(NEW, meeting_data(team, aksi="tambah-agenda"))
        assert answer.status_code == 422 and answer.json()["status"] == "invalid"

    def test_nobody_is_told_of_what_was_sent_in_the_background(
        self, client, post, team, secretariat, meeting_data
    ):
        post(NEW, meeting_data(team))
        assert "Rapat disimpan." not in html_of(client.get("/"))
        post(NEW, meeting_data(team), **{"Queue-Open": "1"})
        assert "Rapat disimpan." in html_of(client.get("/"))

    def test_a_browser_is_answered_as_ever(self, client, team, secretariat, meeting_data):
        assert client.post(NEW, meeting_data(team, title="")).status_code == 422
        assert client.post(NEW, meeting_data(team)).status_code == 302


class TestClosing:
    def test_sent_twice_it_is_stored_once(self, post, followup):
        data = closing(followup)
        first = post(close_url(followup), data | {"upload": jpeg()}).json()
        second = post(close_url(followup), data | {"upload": jpeg()}).json()
        assert first["status"] == "stored" and first == second
        assert FollowUpNote.objects.get().original_name == "foto.jpg"

    @pytest.mark.parametrize("change", [{"note": "SK ditolak."}, {"upload": "another"}])
    def test_something_else_under_the_same_key_is_shown_beside_it(self, post, followup, change):
        data = closing(followup)
        post(close_url(followup), data)
        again = data | ({"upload": jpeg()} if "upload" in change else change)
        answer = post(close_url(followup), again)
        told = answer.json()
        assert (answer.status_code, told["status"]) == (409, "conflict")
        assert told["differences"] == [["Hasilnya", again["note"], "SK terbit."]]
        assert FollowUpNote.objects.get().text == "SK terbit."

    def test_a_browser_sees_that_too(self, client, followup):
        data = closing(followup)
        assert client.post(close_url(followup), data).status_code == 302
        assert client.post(close_url(followup), data).status_code == 302
        answer = client.post(close_url(followup), data | {"note": "SK ditolak."})
        assert answer.status_code == 409 and "dengan hasil: SK terbit." in html_of(answer)

    def test_what_somebody_else_changed_is_a_conflict(self, post, followup, secretariat):
        data = closing(followup)
        followup.go_on(by=secretariat)
        answer = post(close_url(followup), data)
        told = answer.json()
        assert (answer.status_code, told["status"]) == (409, "conflict")
        assert "Isinya berubah" in told["errors"][0][1]

    def test_an_empty_field_is_named(self, post, followup):
        told = post(close_url(followup), closing(followup, note="")).json()
        assert told["errors"] == [["Hasilnya", "Tuliskan apa hasilnya."]]

    def test_what_one_may_not_or_cannot_see_is_told_in_words(self, post, followup, sign_in):
        sign_in("observer")
        answer = post(close_url(followup), closing(followup))
        assert answer.status_code == 403 and "tidak diizinkan" in answer.json()["message"]
        sign_in("secretariat", province_code="18")
        answer = post(close_url(followup), closing(followup))
        assert answer.status_code == 404 and "wilayah tugas" in answer.json()["message"]


class TestTheWorker:
    def test_anybody_is_given_it_and_asks_for_it_anew(self, client):
        answer = client.get("/sw.js")
        assert answer.status_code == 200 and answer["Cache-Control"] == "no-cache"
        assert answer["Content-Type"].startswith("text/javascript")
        assert "worker-src 'self'" in answer["Content-Security-Policy"]

    def test_it_keeps_what_the_form_of_a_meeting_loads(self, client, team, secretariat):
        worker = client.get("/sw.js").content.decode()
        for name in ("js/meeting_form.js", "js/queue.js", "css/sinergi.css", "htmx-2.min.js"):
            assert f'{name}"' in worker
