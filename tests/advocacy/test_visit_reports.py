"""The form of a visit: what it shows, keeps, refuses and says, as a person meets it."""

import re
import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from advocacy.actions import send_visit
from advocacy.models import FollowUp, Visit
from sinergi.kit.models import StaleRecord
from tests import factories
from tests.pages import html_of
from tests.sinergi.test_uploads import jpeg

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2019, 9, 10)
ASKED = [
    factories.question("Perpustakaan buka", kind="yes_no", required=True),
    factories.question("Hari buka", kind="number", unit="hari"),
    factories.question("Kegiatan terakhir", kind="text"),
]


@pytest.fixture
def library(team, secretariat):
    return factories.library(by=secretariat)


@pytest.fixture
def version(secretariat):
    return factories.checklist(by=secretariat, asked=ASKED).versions.get()


@pytest.fixture
def create(library):
    return reverse("advocacy:visit_create", args=[library.pk])


def members(team, count=1):
    return [row.person for row in team.members_on(SEPTEMBER)][:count]


def filled(team, checklist=None, **changes):
    """Return what a whole form of a new visit sends."""
    data = {
        "aksi": "kirim",
        "idempotency_key": str(uuid.uuid4()),
        "daftar": checklist.pk if checklist else "",
        "visited_on": "2019-09-10",
        "purposes": ["monitoring"],
        "pergi": [person.pk for person in members(team)],
        "met": "Kepala desa",
        "findings": "Rak penuh.",
        "tamu-TOTAL_FORMS": 0,
        "tamu-INITIAL_FORMS": 0,
        "tindak-TOTAL_FORMS": 0,
        "tindak-INITIAL_FORMS": 0,
    }
    if checklist:
        data |= {"jawab-k1": "ya", "jawab-k2": "6", "jawab-k3": "Lomba"}
    return data | changes


def update_url(visit):
    return reverse("advocacy:visit_update", args=[visit.pk])


class TestWriting:
    def test_sent_whole(self, client, create, team, version):
        response = client.post(create, filled(team, version))
        visit = Visit.objects.get()
        assert response.url == visit.get_absolute_url()
        assert (visit.state, visit.purpose, visit.findings) == ("sent", "monitoring", "Rak penuh.")
        assert visit.answers == {"k1": True, "k2": 6, "k3": "Lomba"}
        went = visit.attendance.get()
        assert (went.person, bool(went.institution)) == (members(team)[0], True)

    def test_a_draft_may_have_gaps_and_is_written_on(self, client, create, team, version):
        client.post(create, filled(team, version, aksi="simpan", pergi=[], **{"jawab-k1": ""}))
        draft = Visit.objects.get()
        assert draft.is_draft and draft.answers == {"k2": 6, "k3": "Lomba"}
        page = client.get(update_url(draft))
        assert 'value="6"' in html_of(page) and "Rak penuh." in html_of(page)
        data = filled(team, version, version=draft.version)
        assert client.post(update_url(draft), data).url == draft.get_absolute_url()
        assert draft.stored().state == "sent"

    def test_every_gap_is_told_at_once_and_the_text_stays(self, client, create, team, version):
        data = filled(team, version, pergi=[], purposes=[], **{"jawab-k1": ""})
        response = client.post(create, data)
        html = html_of(response)
        assert response.status_code == 422 and not Visit.objects.exists()
        for told in ("Tandai siapa yang berkunjung.", "Pilih maksud kunjungan", "Belum dijawab."):
            assert html.count(told) == 2  # in the summary, and beside the field
        assert "Rak penuh." in html and 'value="6"' in html

    def test_a_word_where_a_number_belongs_is_told_and_kept(self, client, create, team, version):
        response = client.post(create, filled(team, version, **{"jawab-k2": "sering"}))
        html = html_of(response)
        assert response.status_code == 422 and 'value="sering"' in html
        assert html.count("Tulis angka bulat, misalnya 12.") == 2

    def test_a_day_to_come_is_refused(self, client, create, team, version):
        response = client.post(create, filled(team, version, visited_on="2099-01-01"))
        assert "tidak boleh sesudah hari ini" in html_of(response)
        assert not Visit.objects.exists()

    def test_guests_come_along(self, client, create, team, version):
        guest = {
            "tamu-TOTAL_FORMS": 1,
            "tamu-0-name": "Camat Sijuk",
            "tamu-0-position": "",
            "tamu-0-institution": "Kecamatan Sijuk",
        }
        client.post(create, filled(team, version, **guest))
        assert Visit.objects.get().attendance.get(is_guest=True).name == "Camat Sijuk"

    def test_who_was_no_member_that_day_is_named_a_guest(self, client, create, team, version):
        stranger = factories.person("Pejabat lain")
        response = client.post(create, filled(team, version, pergi=[stranger.pk]))
        assert "bukan anggota tim pada tanggal itu" in html_of(response)

    def test_new_recommendations_in_somebodys_hands_or_the_managers(
        self, client, create, team, version, library
    ):
        holder = members(team)[0]
        rows = {
            "tindak-TOTAL_FORMS": 2,
            "tindak-0-what": "Tambah rak",
            "tindak-0-person_in_charge": "",
            "tindak-0-due_on": "2019-11-15",
            "tindak-1-what": "Ajukan anggaran",
            "tindak-1-person_in_charge": holder.pk,
            "tindak-1-due_on": "2019-11-15",
        }
        client.post(create, filled(team, version, **rows))
        first, second = FollowUp.objects.order_by("order")
        assert (first.holder, second.holder) == (f"Pengelola {library}", holder.name)
        early = rows | {"tindak-0-due_on": "2019-01-01"}
        response = client.post(create, filled(team, version, **early))
        assert "tidak boleh sebelum tanggal kunjungan, 10 September 2019" in html_of(response)


class TestNothingTwice:
    def test_sent_twice_is_one_visit(self, client, create, team, version):
        data = filled(team, version)
        first, second = client.post(create, data), client.post(create, data)
        assert first.url == second.url and Visit.objects.count() == 1

    def test_the_same_key_with_other_words_shows_both(self, client, create, team, version):
        rows = {
            "tindak-TOTAL_FORMS": 1,
            "tindak-0-what": "Tambah rak",
            "tindak-0-due_on": "2019-11-15",
        }
        data = filled(team, version, aksi="simpan", **rows)
        client.post(create, data)
        response = client.post(create, data | {"findings": "Rak rusak."})
        html = html_of(response)
        assert response.status_code == 409 and "Rak rusak." in html and "Rak penuh." in html
        assert f'action="{update_url(Visit.objects.get())}"' in html  # not a second visit
        again = data | {"findings": "Rak rusak.", "version": Visit.objects.get().version}
        draft = Visit.objects.get()
        row = draft.followups.get()
        client.post(update_url(draft), again | {"tindak-0-id": row.pk})
        assert draft.stored().findings == "Rak rusak."
        assert FollowUp.objects.count() == 1

    def test_of_two_people_the_second_is_told_and_nothing_is_overwritten(
        self, client, create, team, version, sign_in
    ):
        client.post(create, filled(team, version, aksi="simpan"))
        draft = Visit.objects.get()
        data = filled(team, version, version=draft.version, aksi="simpan")
        sign_in("administrator")
        client.post(update_url(draft), data | {"findings": "Dari administrator."})
        sign_in("secretariat")
        response = client.post(update_url(draft), data | {"findings": "Dari sekretariat."})
        html = html_of(response)
        assert response.status_code == 409
        assert "Dari administrator." in html and "Dari sekretariat." in html
        assert draft.stored().findings == "Dari administrator."


class TestDeleted:
    def test_what_was_typed_into_a_draft_that_is_gone_stays_to_be_copied(
        self, client, create, team, version, secretariat
    ):
        client.post(create, filled(team, version, aksi="simpan"))
        draft = Visit.objects.get()
        url, number = update_url(draft), draft.version
        draft.delete_as(by=secretariat)
        data = filled(team, version, version=number, findings="Yang diketik.")
        response = client.post(url, data)
        html = html_of(response)
        assert response.status_code == 409 and "Yang diketik." in html and "sudah dihapus" in html
        assert not Visit.objects.exists()
        assert client.get(url).status_code == 404


class TestWhatIsTheSame:
    """A key that comes again is the same sending only if it says the same to the last word."""

    GUEST = {
        "tamu-TOTAL_FORMS": 1,
        "tamu-0-name": "Bu Ani",
        "tamu-0-position": "",
        "tamu-0-institution": "PKK",
    }

    def test_another_office_of_a_guest_is_a_difference(self, client, create, team, version):
        data = filled(team, version, **self.GUEST)
        client.post(create, data)
        response = client.post(create, data | {"tamu-0-institution": "Kecamatan"})
        assert response.status_code == 409 and "Bu Ani, Kecamatan" in html_of(response)

    def test_two_questions_of_the_same_words_are_two(self, client, create, team, secretariat):
        twice = [factories.question("Hari buka", kind="number") for _ in range(2)]
        checklist = factories.checklist(by=secretariat, asked=twice).versions.get()
        data = filled(team, checklist, **{"jawab-k1": "1", "jawab-k2": "2"})
        client.post(create, data)
        assert client.post(create, data | {"jawab-k1": "5"}).status_code == 409


class TestMeanwhile:
    def test_a_recommendation_changed_while_the_visit_is_sent_is_told(
        self, client, create, team, version, library, secretariat, monkeypatch
    ):
        row = factories.visit(library, by=secretariat, recommended=["Rawat"]).followups.get()
        said = {
            "rekomendasi": [row.pk],
            f"rekomendasi-{row.pk}-answer": "done",
            f"rekomendasi-{row.pk}-note": "Menyala.",
        }

        def changed(self, **kwargs):
            raise StaleRecord(self)

        monkeypatch.setattr(FollowUp, "close", changed)
        response = client.post(create, filled(team, version, **said))
        assert response.status_code == 422
        assert "Rawat baru saja diubah orang lain" in html_of(response)
        assert Visit.objects.count() == 1

    def test_what_was_recommended_later_is_not_asked_of_an_earlier_day(
        self, client, create, team, version, library, secretariat
    ):
        late = factories.visit(
            library, by=secretariat, visited_on=date(2019, 10, 1), recommended=["Kelak"]
        ).followups.get()
        said = {
            "rekomendasi": [late.pk],
            f"rekomendasi-{late.pk}-answer": "done",
            f"rekomendasi-{late.pk}-note": "Menyala.",
        }
        client.post(create, filled(team, version, **said))
        assert late.stored().is_open


class TestPhotosOfTheQueue:
    def send(self, client, visit, key):
        url = reverse("advocacy:photo_create", args=[visit.pk])
        data = {"idempotency_key": key, "photo": jpeg("rak.jpg")}
        return client.post(url, data, headers={"accept": "application/json"})

    def test_of_whoever_writes_on_anothers_draft(self, client, create, team, version, sign_in):
        key = str(uuid.uuid4())
        sign_in("member")
        client.post(create, filled(team, version, aksi="simpan"))
        draft = Visit.objects.get()
        sign_in("secretariat")
        data = filled(team, version, version=draft.version, photo_keys=[key])
        client.post(update_url(draft), data)
        answer = self.send(client, draft, key)
        assert answer.json() == {
            "key": key,
            "status": "stored",
            "url": draft.get_absolute_url(),
            "photo_url": "",
        }
        assert self.send(client, draft, key).json()["status"] == "stored"  # the answer got lost
        assert draft.photos.count() == 1

    def test_a_stranger_of_the_team_adds_none(self, client, create, team, version, sign_in):
        client.post(create, filled(team, version))
        sign_in("member")
        answer = self.send(client, Visit.objects.get(), str(uuid.uuid4()))
        assert answer.status_code == 403

    def test_one_that_is_thrown_away_is_not_waited_for(self, client, create, team, version):
        key = str(uuid.uuid4())
        client.post(create, filled(team, version, aksi="simpan", photo_keys=[key]))
        draft = Visit.objects.get()
        self.send(client, draft, key)
        data = filled(team, version, version=draft.version, buang=[draft.photos.get().key])
        client.post(update_url(draft), data)
        assert draft.stored().photo_keys == []

    def test_what_is_no_photograph_is_refused_in_words(self, client, create, team, version):
        key = str(uuid.uuid4())
        client.post(create, filled(team, version, photo_keys=[key]))
        url = reverse("advocacy:photo_create", args=[Visit.objects.get().pk])
        text = SimpleUploadedFile("catatan.txt", b"bukan gambar", "image/jpeg")
        data = {"idempotency_key": key, "photo": text}
        answer = client.post(url, data, headers={"accept": "application/json"})
        assert answer.status_code == 422 and "catatan.txt" in str(answer.json()["errors"])


class TestTwoVisitors:
    def test_of_one_day_both_are_kept_and_told(self, client, create, team, version, sign_in):
        client.post(create, filled(team, version))
        sign_in("member")
        response = client.post(create, filled(team, version), follow=True)
        html = html_of(response)
        assert Visit.objects.sent().count() == 2
        assert "juga mencatat kunjungan ke sini pada hari yang sama" in html
        assert "Dikunjungi juga pada hari yang sama" in html


class TestBesideLastTime:
    @pytest.fixture
    def before(self, library, version, secretariat):
        visit = factories.visit(library, by=secretariat, send=False, recommended=["Rawat komputer"])
        visit.checklist_version = version
        visit.answers = {"k1": True, "k2": 5, "k3": "Kelas komputer"}
        visit.save_as(by=secretariat)
        return send_visit(visit=visit, by=secretariat) or visit.stored()

    def test_the_last_answer_and_its_day(self, client, create, before):
        html = html_of(client.get(create))
        assert "12 Juni 2019: <b>5 hari</b>" in html and "Kelas komputer" in html
        assert "Kunjungan terakhir 12 Juni 2019" in html

    def test_taken_over_without_javascript(self, client, create, team, before):
        data = filled(team, before.checklist_version, aksi="sama-k2", **{"jawab-k2": ""})
        html = html_of(client.post(create, data))
        assert re.search(r'id="jawab-k2"[^>]*value="5"', html)
        assert "Sama seperti lalu</span>" in html and not Visit.objects.drafts().exists()

    def test_open_recommendations_are_to_be_answered(self, client, create, team, before):
        row = before.followups.get()
        asked = {"rekomendasi": [row.pk]}
        data = filled(team, before.checklist_version, **asked)
        response = client.post(create, data)
        assert html_of(response).count("Jawab rekomendasi “Rawat komputer”.") == 2
        mute = {**asked, f"rekomendasi-{row.pk}-answer": "done"}
        response = client.post(create, filled(team, before.checklist_version, **mute))
        assert "Tuliskan yang terlihat tentang “Rawat komputer”." in html_of(response)
        said = {**mute, f"rekomendasi-{row.pk}-note": "Menyala."}
        client.post(create, filled(team, before.checklist_version, **said))
        assert row.stored().closing_note == "Menyala."

    def test_a_recommendation_of_another_library_is_not_answered_here(
        self, client, create, team, version, secretariat
    ):
        other = factories.library(factories.village("19.01.02.2001"), by=secretariat)
        row = factories.visit(
            other, by=secretariat, recommended=["Milik desa lain"]
        ).followups.get()
        said = {
            "rekomendasi": [row.pk],
            f"rekomendasi-{row.pk}-answer": "done",
            f"rekomendasi-{row.pk}-note": "Coba.",
        }
        client.post(create, filled(team, version, **said))
        assert row.stored().is_open

    def test_five_hundred_recommendations_are_asked_fifty_at_a_time(
        self, client, create, library, secretariat
    ):
        many = [f"Saran {n}" for n in range(60)]
        factories.visit(library, by=secretariat, recommended=many)
        assert html_of(client.get(create)).count('name="rekomendasi"') == 50


class TestChecklists:
    def test_a_visit_keeps_the_version_it_was_begun_with(
        self, client, create, team, version, secretariat
    ):
        client.post(create, filled(team, version, aksi="simpan"))
        factories.next_version(
            version.checklist, by=secretariat, asked=factories.questions(5), publish=True
        )
        draft = Visit.objects.get()
        assert draft.checklist_version == version
        assert "Perpustakaan buka" in html_of(client.get(update_url(draft)))

    def test_one_withdrawn_while_the_visit_waited_is_taken(
        self, client, create, team, version, secretariat
    ):
        version.checklist.withdraw(by=secretariat, reason="Diganti.")
        client.post(create, filled(team, version))
        assert Visit.objects.get().checklist_version == version

    def test_one_of_another_level_is_not(self, client, create, team, secretariat):
        other = factories.checklist(by=secretariat, level="regency").versions.get()
        assert client.post(create, filled(team, other)).status_code == 404

    def test_without_one_the_findings_remain(self, client, create, team):
        assert "Belum ada daftar periksa yang berlaku" in html_of(client.get(create))
        client.post(create, filled(team))
        assert Visit.objects.get().findings == "Rak penuh."


class TestPhotos:
    def test_come_with_the_form(self, client, create, team, version):
        data = filled(team, version, photos=[jpeg("rak.jpg"), jpeg("ruang.jpg")])
        client.post(create, data)
        assert Visit.objects.get().photos.count() == 2

    def test_what_is_no_photograph_is_told_and_nothing_else_is_lost(
        self, client, create, team, version
    ):
        text = SimpleUploadedFile("catatan.txt", b"bukan gambar", "image/jpeg")
        data = filled(team, version, aksi="simpan", photos=[text, jpeg("rak.jpg")])
        response = client.post(create, data)
        html = html_of(response)
        assert response.status_code == 422 and "catatan.txt" in html and "Rak penuh." in html
        assert not Visit.objects.exists()

    def test_one_is_thrown_away_from_a_draft(self, client, create, team, version):
        client.post(create, filled(team, version, aksi="simpan", photos=[jpeg("rak.jpg")]))
        draft = Visit.objects.get()
        data = filled(team, version, version=draft.version, buang=[draft.photos.get().key])
        client.post(update_url(draft), data)
        assert not draft.photos.exists()


class TestWhoWrites:
    def test_a_members_draft_is_theirs_and_the_secretariats(
        self, client, create, team, version, sign_in
    ):
        sign_in("member")
        client.post(create, filled(team, version, aksi="simpan"))
        draft = Visit.objects.get()
        assert client.get(update_url(draft)).status_code == 200
        sign_in("member")
        assert client.get(update_url(draft)).status_code == 403
        sign_in("secretariat")
        assert client.get(update_url(draft)).status_code == 200

    def test_a_sent_one_is_read_only(self, client, create, team, version):
        client.post(create, filled(team, version))
        visit = Visit.objects.get()
        assert client.get(update_url(visit)).url == visit.get_absolute_url()
        data = filled(team, version, version=visit.version, findings="Lain.")
        response = client.post(update_url(visit), data)
        assert response.status_code in (409, 422)
        assert visit.stored().findings == "Rak penuh."


class TestHistory:
    def test_each_changed_answer_is_told_in_words(self, client, create, team, version):
        client.post(create, filled(team, version, aksi="simpan"))
        draft = Visit.objects.get()
        data = filled(team, version, aksi="simpan", version=draft.version, **{"jawab-k2": "7"})
        client.post(update_url(draft), data | {"jawab-k3": ""})
        html = html_of(client.get(reverse("advocacy:visit_history", args=[draft.pk])))
        assert "Hari buka" in html and "6 hari" in html and "7 hari" in html
        assert "Kegiatan terakhir" in html and "Lomba" in html
        assert "Perpustakaan buka" not in html  # the same as before
