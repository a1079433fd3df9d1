"""Facts of the programme: read by every account, kept right by administrators."""

import importlib
import uuid
from functools import cache

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse

from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.pages import html_of
from villages.models import ProgramReference
from villages.reports.fields import Outcome

pytestmark = pytest.mark.django_db
PAGE = "/program/"


MIGRATION = "0005_program_references"


@cache
def apps_then():
    """Return the models as the migration finds them, which write no history by themselves."""
    return MigrationLoader(connection).project_state(("villages", MIGRATION)).apps


@pytest.fixture
def facts():
    """Put the facts of the migration there anew."""
    ProgramReference.objects.all().delete()
    ProgramReference.history.all().delete()
    importlib.import_module(f"villages.migrations.{MIGRATION}").add_facts(apps_then(), None)


def typed(**changes):
    return {
        "idempotency_key": str(uuid.uuid4()),
        "kind": "law",
        "title": "Peraturan Gubernur tentang Perpustakaan",
        "text": "",
        "source": "Berita Daerah",
        "order": "9",
    } | changes


@pytest.mark.both("a migration writes these rows and the first entry of their history")
def test_the_portal_begins_with_the_facts_of_the_programme(facts):
    kinds = ProgramReference.objects.values_list("kind", flat=True)
    counts = {kind: list(kinds).count(kind) for kind in ("program", "component")}
    assert counts == {"program": 1, "component": 5}
    assert set(ProgramReference.objects.outcome_texts()) == set(Outcome.values)
    assert "" not in ProgramReference.objects.outcome_texts().values()
    assert not ProgramReference.objects.filter(source="").exists()
    assert ProgramReference.history.filter(history_type="+").count() == 19
    goals = ProgramReference.objects.filter(kind="goal").values_list("key", flat=True)
    assert sorted(goals) == ["sdg-4", "sdg-5", "sdg-8", "sdg-9"]


class TestReading:
    def test_every_account_reads_all_of_it_with_its_sources(self, client, sign_in, facts):
        client.force_login(factories.user(), backend="sinergi.accounts.backends.RoleBackend")
        html = html_of(client.get(PAGE))
        assert "Pelibatan masyarakat" in html and "UU 43/2007" in html and "Sumber: Artikel" in html
        assert "Ubah" not in html and "/riwayat/" not in html

    def test_the_help_leads_there(self, client, sign_in):
        sign_in("observer")
        assert f'href="{PAGE}"' in html_of(client.get("/bantuan/"))

    def test_a_report_explains_its_outcomes(self, client, sign_in, facts):
        library = factories.library()
        factories.participation(library)
        account = sign_in("secretariat")
        text = ProgramReference.objects.get(kind="outcome", key="use").text
        report = factories.report(library, by=account)
        form = reverse("villages:report_update", args=[library.pk, "2019-1"])
        assert text in html_of(client.get(report.get_absolute_url()))
        assert text in html_of(client.get(form))

    def test_a_report_is_shown_without_them(self, client, sign_in):
        ProgramReference.objects.all().delete()
        report = factories.report(factories.library(), by=sign_in("secretariat"))
        assert client.get(report.get_absolute_url()).status_code == 200


class TestKeeping:
    def test_an_administrator_adds_one_once(self, client, sign_in):
        sign_in("administrator")
        sent = typed()
        for _ in range(2):
            assert client.post(f"{PAGE}baru/", sent).status_code == 302
        made = ProgramReference.objects.get(title=sent["title"])
        assert made.key == "peraturan-gubernur-tentang-perpustakaan"
        assert sent["title"] in html_of(client.get(PAGE))

    def test_the_same_title_twice_is_told_beside_it(self, client, sign_in):
        sign_in("administrator")
        client.post(f"{PAGE}baru/", typed())
        answer = client.post(f"{PAGE}baru/", typed(title="PERATURAN GUBERNUR tentang perpustakaan"))
        assert answer.status_code == 422
        assert answer.context["form"].errors["title"] == ["Rujukan dengan judul ini sudah ada."]

    def test_long_titles_that_begin_alike_are_two(self, client, sign_in):
        sign_in("administrator")
        begin = "Peraturan Perpustakaan Nasional tentang Pedoman Penyelenggaraan Perpustakaan"
        for ending in ("Desa", "Kelurahan"):
            sent = typed(title=f"{begin} {ending}")
            assert client.post(f"{PAGE}baru/", sent).status_code == 302
        keys = ProgramReference.objects.filter(title__startswith=begin).values_list("key")
        assert len(set(keys)) == 2

    def test_the_title_of_one_that_was_renamed_is_free_and_the_new_one_taken(self, client, sign_in):
        sign_in("administrator")
        client.post(f"{PAGE}baru/", typed(title="Perda A"))
        made = ProgramReference.objects.get(title="Perda A")
        url = reverse("villages:reference_update", args=[made.pk])
        client.post(url, typed(version=made.version, title="Perda B"))
        assert client.post(f"{PAGE}baru/", typed(title="perda b")).status_code == 422
        assert client.post(f"{PAGE}baru/", typed(title="Perda A")).status_code == 302
        titles = ProgramReference.objects.filter(title__startswith="Perda").values_list("title")
        assert sorted(titles) == [("Perda A",), ("Perda B",)]

    def test_a_title_without_letters_is_refused(self, client, sign_in):
        sign_in("administrator")
        answer = client.post(f"{PAGE}baru/", typed(title="…"))
        assert "huruf atau angka" in answer.context["form"].errors["title"][0]

    def test_no_outcome_is_added_renamed_or_deleted(self, client, sign_in, facts):
        sign_in("administrator")
        answer = client.post(f"{PAGE}baru/", typed(kind="outcome"))
        assert "kind" in answer.context["form"].errors
        outcome = ProgramReference.objects.get(kind="outcome", key="use")
        url = reverse("villages:reference_update", args=[outcome.pk])
        sent = {"version": outcome.version, "text": "Warga berkunjung.", "order": "2"}
        assert client.post(url, sent | {"title": "Lain"}).status_code == 302
        outcome.refresh_from_db()
        assert (outcome.title, outcome.text) == ("Pemanfaatan", "Warga berkunjung.")
        url = reverse("villages:reference_delete", args=[outcome.pk])
        assert "tidak dapat dihapus" in html_of(client.get(url))
        assert client.post(url, {"version": outcome.version}).status_code == 422
        with pytest.raises(TransitionError):
            outcome.delete_as(by=None)

    def test_a_change_of_an_older_version_is_shown_beside_what_is_stored(self, client, sign_in):
        one, other = factories.reference(), sign_in("administrator")
        one.text = "Yang disimpan lebih dulu."
        one.save_as(by=other)
        url = reverse("villages:reference_update", args=[one.pk])
        sent = {"version": one.version - 1, "title": one.title, "text": "Lain.", "order": "1"}
        answer = client.post(url, sent)
        assert answer.status_code == 409 and "Yang disimpan lebih dulu." in html_of(answer)

    def test_what_was_deleted_is_read_in_its_history(self, client, sign_in):
        one = factories.reference(key="coba", title="Coba")
        sign_in("administrator")
        pk = one.pk
        url = reverse("villages:reference_delete", args=[pk])
        assert client.post(url, {"version": one.version}).status_code == 302
        history = reverse("villages:reference_history", args=[pk])
        assert "Rujukan program “Coba” dihapus" in html_of(client.get(history))

    @pytest.mark.both("a constraint of the database")
    def test_a_title_stands_once_in_its_kind(self):
        factories.reference(key="satu", title="Satu")
        ProgramReference(kind="law", key="satu", title="Satu").save()
        with pytest.raises(IntegrityError):
            ProgramReference(kind="component", key="dua", title="SATU").save()

    @pytest.mark.both("a constraint of the database")
    def test_a_key_stands_once_in_its_kind(self):
        factories.reference()
        with pytest.raises(IntegrityError):
            ProgramReference(kind="component", key="advocacy", title="Lagi").save()
