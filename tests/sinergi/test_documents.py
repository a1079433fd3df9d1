"""
Papers are set in a child process: a text that breaks the typesetter, or is too much for it, is told
in words.
"""

import json
from datetime import date

import pytest
import typst
from django.urls import reverse

from programs.models import Decree
from sinergi.kit import child, documents, paper_worker
from tests import factories
from tests.pdfs import is_archival, pages_of

pytestmark = pytest.mark.django_db

#: More letters to one syllable than the shaper of Devanagari can count.
SYLLABLE = "क्" * 130 + "\u200d"


@pytest.fixture
def draft():
    return factories.decree(factories.team(), state="drafting", roster_on=date(2019, 7, 1))


def paper_of(draft, client, **texts):
    """Return the response of the decree's paper after these texts were stored past the form."""
    Decree.objects.filter(pk=draft.pk).update(**texts)
    return client.get(reverse("programs:decree_paper", args=[draft.pk]))


@pytest.mark.parametrize(
    "texts",
    [{"considerations": f"bahwa {SYLLABLE};"}, {"about": SYLLABLE}],
    ids=["a syllable", "a syllable in the title"],
)
def test_a_text_that_breaks_the_typesetter_is_set_without_its_signs(client, sign_in, draft, texts):
    sign_in("secretariat")
    answer = paper_of(draft, client, **texts)
    assert answer.status_code == 200 and is_archival(answer.content)
    assert "\u25a1" in "".join(text for text, *_ in pages_of(answer.content))


def test_a_text_that_cannot_be_set_is_told(client, sign_in, draft):
    sign_in("secretariat")
    answer = paper_of(draft, client, diktum="1" * 20_000)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Naskah belum dapat dibuat" in page
    assert f'href="{draft.get_absolute_url()}"' in page, "the way back"
    assert answer["Cache-Control"] == "private, no-store"
    assert paper_of(
        draft, client, about="Tim", considerations="a;", diktum="b;"
    ).content.startswith(b"%PDF-")


def test_too_many_points_cost_the_child_and_not_the_worker(client, sign_in, draft, monkeypatch):
    """
    What was stored before points were counted: 20,000 of them. Nothing is ever set in this process.
    """

    def not_here(*arguments, **options):
        raise AssertionError("a paper is set in this process")

    sign_in("secretariat")
    monkeypatch.setattr(typst, "compile", not_here)
    monkeypatch.setattr(documents, "MEGABYTES", 200)  # sooner reached
    answer = paper_of(
        draft, client, considerations="a\n" * 5000, legal_basis="a\n" * 5000, diktum="a\n" * 10_000
    )
    assert answer.status_code == 422 and "Teksnya terlalu panjang" in answer.content.decode()
    assert paper_of(
        draft, client, considerations="a", legal_basis="b", diktum="c"
    ).content.startswith(b"%PDF-")


@pytest.mark.parametrize("what", ["decree", "plan"])
@pytest.mark.parametrize(
    ("ended", "status", "words"),
    [
        (child.Busy, 503, "Peladen sedang sibuk"),
        (child.TooLong, 422, "Teksnya terlalu panjang"),
        (child.TooMuchMemory, 422, "Teksnya terlalu panjang"),
        (child.Crashed, 422, "Ada teks yang tidak dapat disusun"),
    ],
)
def test_however_the_child_ends_there_is_a_page(
    client, sign_in, draft, monkeypatch, what, ended, status, words
):
    def ends(*arguments, **limits):
        raise ended

    sign_in("secretariat")
    record = draft if what == "decree" else factories.plan(draft.team)
    url = reverse(f"programs:{what}_paper", args=[record.pk])
    assert client.get(url).content.startswith(b"%PDF-")
    monkeypatch.setattr(child, "run", ends)
    answer = client.get(url)
    page = answer.content.decode()
    assert (
        answer.status_code == status
        and words in page
        and f'href="{record.get_absolute_url()}"' in page
    )
    assert answer.has_header("Retry-After") == (status == 503) == (f'href="{url}"' in page)


def test_another_fault_stays_a_fault(client, sign_in, draft, monkeypatch):
    """Only papers are handled there."""

    def wrong(template, data):
        raise ZeroDivisionError

    sign_in("secretariat")
    monkeypatch.setattr(documents, "render_pdf", wrong)
    with pytest.raises(ZeroDivisionError):
        client.get(reverse("programs:decree_paper", args=[draft.pk]))


def test_half_a_character_is_no_crash():
    """JSON may carry it; the page shows a sign for it, or the paper is refused in words."""
    data = json.loads('{"title": "\\ud800"}')
    with pytest.raises(documents.PaperError):
        documents.render_pdf("decree", data)


class TestPoints:
    """At most 200 in each list."""

    @pytest.mark.parametrize("name", ["considerations", "legal_basis", "diktum"])
    def test_one_more_is_refused_beside_the_field(self, client, sign_in, draft, name):
        sign_in("secretariat")
        url = reverse("programs:decree_update", args=[draft.pk])
        data = {
            "version": draft.version,
            "issuer": "Kepala Dinas",
            "about": "Tim",
            "roster_on": "2019-07-01",
        }
        data |= {"considerations": "a;", "legal_basis": "b;", "diktum": "c;", "cost_charged_to": ""}
        answer = client.post(url, data | {name: "butir;\n" * 201})
        page = answer.content.decode()
        assert answer.status_code == 422 and list(answer.context["form"].errors) == [name]
        assert "Paling banyak 200 butir, satu per baris; sekarang ada 201." in page
        assert page.count("butir;") >= 201, "what was typed stays"
        assert client.post(url, data | {name: "butir;\n\n" * 200}).status_code == 302
        draft.refresh_from_db()
        assert getattr(draft, name).count("butir;") == 200


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("mempertanggungjawabkan", "mem-per-tang-gung-ja-wab-kan"),
        ("kemasyarakatan", "ke-ma-sya-ra-kat-an"),
        ("penyelenggaraan", "pe-nye-leng-ga-ra-an"),
    ],
)
def test_long_words_are_broken_between_syllables_of_indonesian(word, syllables):
    assert paper_worker.hyphenated(f"a {word}.") == f"a {syllables}.".replace("-", "\u00ad")


@pytest.mark.parametrize(
    "word",
    [
        "perpustakaan",
        "HTTPS://CONTOH.GO.ID/RAPAT",
        "Strrrrrrrrrrngths",
        "https://contoh.go.id/penyelenggaraan",
        "mempertanggungjawabkan@contoh.go.id",
        "penyelenggaraan_rapat",
        "penyelenggaraan.pdf",
    ],
)
def test_other_words_stay_whole(word):
    assert paper_worker.hyphenated(word) == word
