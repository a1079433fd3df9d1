"""Texts for WhatsApp: whole where they fit into a link, and always with the address of the page."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.kit.chats import LONGEST_LINK, SHORTENED, chat_text

URL = "https://sinergi.example.go.id/rapat/1/"


def of(*lines, **options):
    return chat_text("undangan", "Undangan", lines, URL, **options)


def test_it_opens_the_list_of_whom_to_send_it_to():
    text = of("Rapat & audiensi #1", "", "Terima kasih.")
    assert text.text == f"Rapat & audiensi #1\n\nTerima kasih.\n\nSelengkapnya: {URL}"
    assert text.link.startswith("https://wa.me/?text=Rapat%20%26%20audiensi%20%231%0A%0ATerima")
    assert parse_qs(urlsplit(text.link).query)["text"] == [text.text] and not text.is_shortened


def test_to_somebody_whose_number_is_known():
    assert of("Halo", phone="+6281234567890").link.startswith("https://wa.me/6281234567890?text=")
    assert of("Halo", phone="+62717422222").link.startswith("https://wa.me/?text=")


@pytest.mark.parametrize(
    "lines",
    [
        [f"{number}. Menyusun usulan" for number in range(500)],
        ["a" * 10_000],
        ["Judul", "é" * 10_000, "Sesudahnya"],
        ["ا" * 10_000],
    ],
)
def test_what_is_too_long_says_so_and_keeps_the_address(lines):
    text = of(*lines, phone="+6281234567890")
    assert text.is_shortened and SHORTENED in text.text and text.text.endswith(URL)
    assert LONGEST_LINK * 0.5 < len(text.link) <= LONGEST_LINK or lines[0] == "Judul"
    assert text.text.split("\n")[0][:3] == lines[0][:3]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), max_size=40))
def test_no_link_is_longer_than_it_may_be(lines):
    text = of(*lines)
    assert len(text.link) <= LONGEST_LINK and text.text.endswith(URL)


def test_without_pictures():
    told = of("Rapat 🎉 ☎ 👍🏽 ⚠\ufe0f di ruang 30° © `a` ≤ ▪").text.split("\n")[0]
    assert told.split() == ["Rapat", "di", "ruang", "30°", "©", "`a`", "≤"]
