"""
Reports of visits, letters of trips and records of handovers: whatever stands in any of their texts,
the PDF is an archive copy that is read aloud, and no page runs it.
"""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advocacy.documents import OF_REALISATION, OF_TRIP, OF_VISIT
from advocacy.models import (
    Beneficiary,
    FollowUp,
    Realisation,
    RecommendationAnswer,
    Trip,
    TripStop,
    TripTraveller,
    Visit,
    VisitAttendance,
)
from programs.actions import save_letterhead
from programs.models import Team
from sinergi.kit.documents import render_pdf
from sinergi.kit.uploads import SafeFile
from tests import factories
from tests.advocacy.test_documents import HOSTILE
from tests.papers import differences
from tests.pdfs import faults_of, pages_of
from tests.sinergi.test_uploads import picture
from tests.test_pages import queries

pytestmark = pytest.mark.django_db

TEXTS = HOSTILE | {"a NUL": "sebelum\x00sesudah", "nothing": ""}
DOCUMENTS = {"visit": OF_VISIT[0], "trip": OF_TRIP[0], "realisation": OF_REALISATION[0]}
#: The rows of their tables.
TABLES = ("rows", "answered", "recommendations", "stops", "villages")


def record_of(kind, library=None):
    """Return a record with rows in each of the lists of its document."""
    account, library = factories.user("member"), library or factories.library()
    team = Team.objects.first() or factories.team()
    if kind == "trip":
        factories.decree(team)
        return factories.trip(team, libraries=[library], travellers=3, copies_to="Sekda", basis="a")
    if kind == "realisation":
        return factories.realisation(factories.commitment(team), villages=[library.village])
    version = factories.checklist(by=account).versions.in_force()
    told = {"by": account, "checklist_version": version, "recommended": ["Rawat"]}
    before = factories.visit(library, **told)
    visit = factories.visit(library, send=False, **told | {"visited_on": before.visited_on})
    factories.photo(visit, by=account)
    RecommendationAnswer(
        visit=visit, followup=before.followups.get(), answer="open", note="Belum."
    ).save_as(by=account)
    return visit.stored()


def everywhere(data, text):
    """
    Return the data of a document with this text in the place of each of its own; a heading is never
    empty.
    """
    if isinstance(data, str):
        return text
    if isinstance(data, list):
        return [everywhere(one, text) for one in data]
    if isinstance(data, dict):
        headings = {key: one for key, one in data.items() if key == "heading" and not text}
        return {key: everywhere(one, text) for key, one in data.items() if key != "logo"} | headings
    return data


def set_with(kind, change):
    document = DOCUMENTS[kind]
    data = change(document.get_data(record_of(kind)))
    return render_pdf(document.template, data | {"logo": [], "paper": "a4"})


def text_of(pdf):
    return " ".join(text for text, *_ in pages_of(pdf))


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_in_any_place_leaves_an_archive_copy(kind, text):
    # A document without a title is none: PDF/UA asks for it.
    pdf = set_with(kind, lambda data: everywhere(data, text) | {"title": text or "Naskah"})
    assert faults_of(pdf) == []


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("number", [0, 300])
def test_no_rows_and_300_of_them(kind, number):
    def times(rows):
        return [rows[n % len(rows)] for n in range(number)] if rows else []

    def change(data):
        tables = {name: times(data[name]) for name in TABLES if name in data}
        asked = [one | {"rows": times(one["rows"])} for one in data.get("sections", [])[:1]]
        return data | tables | {"sections": asked}

    assert faults_of(set_with(kind, change)) == []


def test_10_000_letters_of_findings():
    words = "Perpustakaan desa memerlukan anggaran. " * 256
    pdf = set_with("visit", lambda data: data | {"findings": words})
    assert faults_of(pdf) == [] and text_of(pdf).count("anggaran") == 256


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize(
    "name", ["markup of Typst", "a field of Word", "a page", "from right to left"]
)
def test_what_was_stored_is_shown_and_not_run(client, sign_in, kind, name):
    sign_in("secretariat")
    record, text = record_of(kind), HOSTILE[name]
    Team.objects.update(letterhead=text, seat=text)
    Visit.objects.filter(state="draft").update(findings=text, met=text)
    VisitAttendance.objects.update(name=text, institution=text)
    Trip.objects.update(title=text, task=text, basis=text, signer_name=text, copies_to=text)
    TripTraveller.objects.update(name=text, institution=text)
    Realisation.objects.update(note=text)
    args = [record.pk, DOCUMENTS[kind].slug]
    page = client.get(reverse(f"advocacy:{kind}_document", args=args)).content.decode()
    answer = client.get(reverse(f"advocacy:{kind}_pdf", args=args))
    assert answer.status_code == 200 and faults_of(answer.content) == []
    assert "<script>alert" not in page
    if text.isascii():
        assert text.split()[0][:40] in text_of(answer.content).replace("\u2019", "'")


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_page_and_the_pdf_say_the_same(client, sign_in, kind):
    sign_in("secretariat")
    record = record_of(kind)
    args = [record.pk, DOCUMENTS[kind].slug]
    page = client.get(reverse(f"advocacy:{kind}_document", args=args)).content.decode()
    pdf = client.get(reverse(f"advocacy:{kind}_pdf", args=args)).content
    below = DOCUMENTS[kind].get_data(record)["title"] if kind == "visit" else ""
    assert differences(page, pdf, below=below) == ([], {})


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_logo_alone_reads_no_rows_of_the_document(client, sign_in, kind):
    """It is what the document has, drawn or not."""
    sign_in("secretariat")
    document, record = DOCUMENTS[kind], record_of(kind)
    team = Team.objects.get()
    logo = SafeFile(ContentFile(picture("JPEG")), "image/jpeg", "lambang.jpg")
    save_letterhead(team=team, by=None, version=team.version, safe=logo)
    record = type(record).objects.get(pk=record.pk)
    head, data = document.get_letterhead(record), document.get_data(record)
    assert head["logo"] and head == {name: data[name] for name in head}
    url = reverse(f"advocacy:{kind}_logo", args=[record.pk, document.slug])
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).content == bytes(head["logo"])
    read = " ".join(query["sql"] for query in asked)
    rows = (TripTraveller, TripStop, VisitAttendance, FollowUp, Beneficiary)
    assert [row for row in rows if row._meta.db_table in read] == []


def test_a_document_asks_alike_for_few_rows_and_many(client, sign_in):
    sign_in("secretariat")
    team = factories.team()
    places = [factories.village(f"19.01.06.2{n:03}", f"Desa {n}") for n in range(101, 107)]
    libraries = [factories.library(place) for place in places]

    def asked(number):
        account = factories.user("member")
        trip = factories.trip(team, libraries=libraries[:number], travellers=number)
        goods = factories.commitment(team, due_on=None)
        told = {"recommended": ["Rawat"] * number, "went": [], "by": account}
        records = {
            "trip": trip,
            "realisation": factories.realisation(goods, villages=places[:number]),
            "visit": factories.visit(libraries[number - 1], **told),
        }
        return {
            kind: queries(client, reverse(f"advocacy:{kind}_document", args=[record.pk, slug]))
            for kind, record in records.items()
            for slug in [DOCUMENTS[kind].slug]
        }

    assert asked(6) == asked(1)
