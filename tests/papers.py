"""What a document says as a page, as a PDF and as a Word file."""

import io
import re
from collections import Counter

from docx import Document
from lxml import html

from sinergi.kit.documents import BLANK
from tests.pdfs import pages_of

#: A page number below, and what stands across a page that is not final.
BELOW = re.compile(r"\d+ / \d+")
MARKS = ("DRAF", "DIBATALKAN")
#: What SRIKANDI fills into a Word file, where the page is dotted or leaves room.
SRIKANDI = {"${nomor_naskah}": BLANK, "${tanggal_naskah}": BLANK, "${ttd_pengirim}": ""}


def texts_of(page):
    """[text] of the document in a page's source, in its order; without what only a reader hears."""
    (paper,) = html.fromstring(page).xpath("//*[@id='naskah']")
    for hidden in paper.xpath(".//caption | .//*[contains(@class, 'visually-hidden')]"):
        hidden.getparent().remove(hidden)
    return [text for text in (squeezed(one) for one in paper.itertext()) if text]


def squeezed(text):
    """Return a text without what line breaks change: spaces, hyphens, and large letters."""
    return re.sub(r"[\s\u200b\u00ad-]+", "", text).casefold()


def letters_of(text):
    return Counter(letter for letter in text if letter.isalpha())


def differences(page, pdf, *, below=""):
    """
    Return what a page and a PDF of the same document do not both say: texts that the paper lacks,
    and letters beyond those of the page. `below`: what stands at the foot of each page of it; heads
    of tables stand there once more on each further page.
    """
    told, pages = texts_of(page), [text for text, *_ in pages_of(pdf)]
    paper = squeezed(" ".join(BELOW.sub("", text) for text in pages))
    for mark in MARKS:
        paper = paper.replace(mark.casefold(), "")
    missing = [text for text in told if text not in paper]
    more = letters_of(paper)
    for _ in pages if below else ():
        more -= letters_of(squeezed(below))
    for _ in pages[1:]:
        more -= letters_of(squeezed("".join(html.fromstring(page).xpath("//th//text()"))))
    return missing, dict(more - letters_of("".join(told)))


def word_differences(page, word):
    """
    Return what a page and a Word file of the same document do not both say, as `differences` does;
    what SRIKANDI fills in stands for what the page leaves blank.
    """
    body = Document(io.BytesIO(word)).element.body
    told, paper = texts_of(page), squeezed(" ".join(one.text or "" for one in body.iter("{*}t")))
    for mark in MARKS:
        paper = paper.replace(mark.casefold(), "")
    for name, blank in SRIKANDI.items():
        paper = paper.replace(name, blank)
    missing = [text for text in told if text not in paper]
    return missing, dict(letters_of(paper) - letters_of("".join(told)))
