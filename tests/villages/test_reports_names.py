"""A report says what its library was called, and where it stood, when it was handed in."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.pages import html_of
from villages.actions.reports import submit_report
from villages.models import Library, LibraryReport, Regency, Village
from villages.quarters import Quarter

pytestmark = pytest.mark.django_db
LAST = Quarter.last_ended(timezone.localdate())
OLD, NEW = "Perpustakaan Desa Kapuk", "Taman Baca Kapuk"


@pytest.fixture
def library():
    made = factories.library()
    factories.participation(made, LAST.year - 1)
    return made


@pytest.fixture
def account(sign_in):
    return sign_in("secretariat")


def rename(library, name=NEW):
    library = library.stored()
    library.name = name
    library.save_as(by=None)


def page_of(client, report):
    return html_of(client.get(report.get_absolute_url()))


@pytest.mark.parametrize("state", ["submitted", "verified"])
def test_handed_in_it_keeps_the_name_and_says_the_new_one(client, library, account, state):
    reader = factories.user("administrator")
    report = factories.report(library, LAST, by=account, state=state, verified_by=reader)
    assert "sekarang bernama" not in page_of(client, report)
    rename(library)
    html = page_of(client, report)
    assert f"<h1>Laporan triwulan {LAST.short[3:]}, {OLD}</h1>" in html
    assert f"Perpustakaan ini sekarang bernama {NEW}." in html
    assert "Tempatnya" not in html
    assert str(report.stored()) == f"{LAST}, {OLD}"


def test_it_keeps_its_place_too(client, library, account):
    report = factories.report(library, LAST, by=account)
    old = library.place_words
    Village.objects.filter(pk=library.village_id).update(name="Kapuk Baru")
    Regency.objects.filter(pk=library.regency_id).update(name="Kabupaten Bangka Raya")
    html = page_of(client, report)
    assert old in html
    assert "Tempatnya sekarang bernama Desa Kapuk Baru, Kabupaten Bangka Raya." in html


def test_the_submission_keeps_them_word_for_word(library, account):
    report = factories.report(library, LAST, by=account)
    rename(library)
    kept = report.submissions.get().content
    assert (kept["library"], kept["place"]) == (OLD, library.place_words)


def test_a_draft_has_the_name_of_now(client, library, account):
    report = factories.report(library, LAST, by=account, state="draft")
    rename(library)
    html = page_of(client, report)
    assert NEW in html and OLD not in html


def test_handed_in_again_it_takes_the_name_of_that_day(client, library, account):
    report = factories.report(library, LAST, by=account)
    report.send_back(by=factories.user("administrator"), reason="Periksa lagi.")
    rename(library)
    assert NEW in page_of(client, report)
    submit_report(report=report.stored(), by=account)
    html = page_of(client, report)
    assert NEW in html and OLD not in html and "sekarang bernama" not in html
    names = [one.content["library"] for one in report.submissions.order_by("number")]
    assert names == [OLD, NEW]


def test_whoever_verifies_it_is_asked_about_that_name(client, library, account):
    report = factories.report(library, LAST, by=factories.user("administrator"))
    rename(library)
    html = html_of(client.get(reverse("villages:report_verify", args=[report.pk])))
    assert OLD in html and NEW not in html


@pytest.mark.both("a migration asks the history in SQL")
def test_what_was_handed_in_before_takes_the_name_from_the_history(library, account):
    early = factories.report(library, LAST, by=account)
    unknown = factories.report(library, LAST.previous, by=account)
    rename(library)
    long_ago = timezone.now() - timedelta(days=9999)
    LibraryReport.objects.filter(pk=unknown.pk).update(submitted_at=long_ago)
    LibraryReport.objects.update(library_name="", place_words="")
    importlib.import_module("villages.migrations.0007_report_names").keep_names(apps, None)
    assert early.stored().library_name == OLD
    assert unknown.stored().library_name == Library.objects.get().name == NEW
