"""The photograph of a report's story: kept with consent alone, and for good once handed in."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from sinergi.kit.transitions import TransitionError
from sinergi.kit.uploads import SafeFile
from tests import factories
from tests.pages import html_of
from tests.sinergi.test_uploads import jpeg
from tests.villages.test_reports_pages import filled, form_url
from villages.actions.reports import save_report
from villages.models import LibraryReport
from villages.quarters import Quarter

pytestmark = pytest.mark.django_db
LAST = Quarter.last_ended(timezone.localdate())
STORY = {"story": "Warga menjual kerupuk lewat internet.", "story_consent": "on"}


@pytest.fixture
def library():
    made = factories.library()
    factories.participation(made, LAST.year - 1)
    return made


@pytest.fixture
def officer(sign_in, library):
    return sign_in("regency_officer", regency_code="19.01")


def draft(**changes):
    return filled(aksi="simpan", **STORY | changes)


class TestKeeping:
    def test_it_is_drawn_anew_and_shown_with_the_story(self, client, library, officer):
        answer = client.post(form_url(library), filled(**STORY, upload=jpeg()))
        report = LibraryReport.objects.get()
        assert answer.url == report.get_absolute_url() and report.content_type == "image/jpeg"
        small = reverse("villages:report_photo_thumbnail", args=[report.key])
        large = reverse("villages:report_photo", args=[report.key])
        html = html_of(client.get(answer.url))
        assert f'src="{small}"' in html and f'href="{large}"' in html
        for url in (small, large):
            answer = client.get(url)
            assert answer["Content-Type"] == "image/jpeg"
            assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")

    @pytest.mark.parametrize("pressed", ["simpan", "kirim"])
    def test_without_consent_nothing_is_kept_and_the_form_says_why(
        self, client, library, officer, pressed
    ):
        sent = filled(aksi=pressed, story=STORY["story"], upload=jpeg())
        answer = client.post(form_url(library), sent)
        form = answer.context["form"]
        assert answer.status_code == 422 and "story_consent" in form.errors
        html = html_of(answer)
        assert STORY["story"] in html and "pilih lagi setelah isian diperbaiki" in html
        assert not LibraryReport.objects.exists()

    def test_consent_is_not_taken_back_while_the_photograph_stays(self, client, library, officer):
        client.post(form_url(library), draft(upload=jpeg()))
        report = LibraryReport.objects.get()
        sent = filled(aksi="simpan", story=STORY["story"], version=report.version)
        assert client.post(form_url(library), sent).status_code == 422
        assert client.post(form_url(library), sent | {"drop_photo": "on"}).status_code == 302
        report.refresh_from_db()
        assert not report.file and not report.story_consent

    @pytest.mark.parametrize("change", ["remove", "replace"])
    def test_what_makes_way_in_a_draft_is_deleted_and_its_address_leads_nowhere(
        self, client, library, officer, change, django_capture_on_commit_callbacks
    ):
        before = set(stored_files())
        client.post(form_url(library), draft(upload=jpeg()))
        report = LibraryReport.objects.get()
        kept = kept_url(report.history.get())
        assert len(set(stored_files()) - before) == 2 and opens(client, kept)
        sent = {"drop_photo": "on"} if change == "remove" else {"upload": jpeg()}
        with django_capture_on_commit_callbacks(execute=False) as callbacks:
            client.post(form_url(library), draft(version=report.version, loans="3") | sent)
        assert not opens(client, kept)  # also while the file is there still
        for callback in callbacks:
            callback()
        report.refresh_from_db()
        own = {report.file.name, report.thumbnail.name} if report.file else set()
        assert set(stored_files()) - before == own

    def test_consent_taken_back_covers_the_story_of_the_draft_in_its_history(
        self, client, library, officer
    ):
        client.post(form_url(library), draft())
        report = LibraryReport.objects.get()
        history = reverse("villages:report_history", args=[report.pk])
        assert STORY["story"] in html_of(client.get(history))
        client.post(form_url(library), filled(aksi="simpan", story="", version=report.version))
        html = html_of(client.get(history))
        assert STORY["story"] not in html and html.count("yang diceritakan tidak setuju") == 2

    @pytest.mark.both("a constraint of the database")
    def test_the_database_keeps_none_without_consent(self, library, officer):
        report = factories.report(library, LAST, by=officer, state="draft")
        with pytest.raises(IntegrityError):
            LibraryReport.objects.filter(pk=report.pk).update(file="foto")

    @pytest.mark.parametrize(
        ("upload", "told"),
        [
            (b"%PDF-1.7\n%%EOF", "PDF-nya rusak"),
            (b"GIF89a", "isinya bukan"),
            (b"", "kosong"),
        ],
    )
    def test_what_is_no_photograph_is_told_beside_the_field(
        self, client, library, officer, upload, told
    ):
        sent = draft(upload=SimpleUploadedFile("foto.jpg", upload))
        answer = client.post(form_url(library), sent)
        assert answer.status_code == 422
        assert told in " ".join(answer.context["form"].errors["upload"])
        assert not LibraryReport.objects.exists()

    def test_sent_twice_is_stored_once(self, client, library, officer):
        sent = draft()
        for _ in range(2):
            answer = client.post(form_url(library), sent | {"upload": jpeg()})
            assert answer.status_code == 302
        assert LibraryReport.objects.get().version == 1

    def test_of_two_people_the_second_is_told_and_asked_for_the_file_again(
        self, client, library, officer, sign_in
    ):
        client.post(form_url(library), draft())
        report = LibraryReport.objects.get()
        sent = draft(version=report.version)
        client.post(form_url(library), sent | {"visitors": "498", "women": "269"})
        sign_in("secretariat")
        answer = client.post(form_url(library), sent | {"loans": "7", "upload": jpeg()})
        assert answer.status_code == 409
        labels = [label for label, *_ in answer.context["conflict"]]
        assert "Pengunjung" in labels and "Hapus foto ini dari laporan" not in labels
        assert "foto.jpg belum tersimpan; pilih lagi" in html_of(answer)

    def test_the_queue_sends_it_along(self, client, library, officer):
        sent = filled(**STORY, upload=jpeg())
        answer = client.post(form_url(library), sent, headers={"accept": "application/json"})
        assert answer.json()["status"] == "stored" and LibraryReport.objects.get().file


class TestHandedIn:
    @pytest.fixture
    def report(self, client, library, officer):
        client.post(form_url(library), filled(**STORY, upload=jpeg()))
        return LibraryReport.objects.get()

    @pytest.fixture
    def returned(self, report):
        reader = factories.user("secretariat")
        report.send_back(by=reader, reason="Periksa lagi.")
        return report

    def test_the_submission_says_which_it_was(self, report):
        assert report.submissions.get().content["photo"] == str(report.key)

    def test_it_cannot_be_replaced_or_removed(self, client, library, report):
        name = report.file.name
        sent = filled(**STORY, version=report.version, drop_photo="on")
        client.post(form_url(library), sent)
        report.refresh_from_db()
        assert report.file.name == name

    @pytest.mark.parametrize("change", ["remove", "replace"])
    def test_its_file_stays_for_what_was_handed_in(self, client, library, returned, change):
        name, key = returned.file.name, returned.key
        sent = filled(**STORY, version=returned.version)
        sent |= {"drop_photo": "on"} if change == "remove" else {"upload": jpeg()}
        assert client.post(form_url(library), sent).status_code == 302
        returned.refresh_from_db()
        first, second = (one.content["photo"] for one in returned.submissions.order_by("number"))
        assert first == str(key) and second == ("" if change == "remove" else str(returned.key))
        assert returned.key != key and default_storage.exists(name)
        assert client.get(reverse("villages:report_photo", args=[key])).status_code == 404
        assert opens(client, kept_url(returned.history.filter(key=key).first()))
        html = html_of(client.get(returned.get_absolute_url()))
        assert "Foto kisah" in html and ("Dihapus" if change == "remove" else "Diganti") in html

    def test_a_story_that_was_handed_in_stays_in_its_history(self, client, library, returned):
        sent = filled(aksi="simpan", story="", drop_photo="on", version=returned.version)
        assert client.post(form_url(library), sent).status_code == 302
        history = reverse("villages:report_history", args=[returned.pk])
        assert STORY["story"] in html_of(client.get(history))

    def test_what_is_refused_leaves_no_file_behind(self, library, officer):
        """The photograph is stored first, then the transition refuses what does not add up."""
        report = LibraryReport(visitors=5, women=3, men=3, story_consent=True)
        report.set_library(library)
        report.quarter = LAST
        safe = SafeFile(ContentFile(b"gambar"), "image/jpeg", "foto.jpg")
        before = stored_files()
        with pytest.raises(TransitionError, match="rinciannya"):
            save_report(report=report, by=officer, safe=safe, submit=True)
        assert stored_files() == before and not LibraryReport.objects.exists()


def kept_url(row):
    return reverse("villages:report_kept", args=[row.pk])


def opens(client, url):
    """Return whether a file is served there."""
    answer = client.get(url)
    return answer.streaming and b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")


def stored_files(folder="libraryreport"):
    if not default_storage.exists(folder):
        return []
    folders, names = default_storage.listdir(folder)
    below = [name for one in folders for name in stored_files(f"{folder}/{one}")]
    return [f"{folder}/{name}" for name in names] + below
