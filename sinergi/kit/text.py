"""Normalise text that people send: remove what nobody sees."""

import re
import unicodedata

from django.utils.text import slugify
from lokal import terbilang

#: Bullets that Word keeps in a font of its own (Symbol, Wingdings), as they arrive by copy and
#: paste.
WORD_BULLETS = dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf076\u2043", "•")
#: Letters and symbols that are drawn as nothing: fillers of Hangul, the empty Braille cell, the
#: grapheme joiner.
BLANKS = dict.fromkeys("\u115f\u1160\u3164\uffa0\u2800\u034f", "")
REPLACED = str.maketrans(WORD_BULLETS | BLANKS)
#: Joiners show nothing by themselves, but scripts of this country need them between letters.
JOINERS = "\u200c\u200d"
#: Line breaks by other names: Word's Shift+Enter, a page's end, Unicode's own.
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
SPACES = re.compile(r"[^\S\n]+")
#: Categories of characters that show nothing: controls, formats, private use, halves of characters.
HIDDEN = ("Cc", "Cf", "Co", "Cs")
#: What a name of a file drops although it parts two numbers: 3–4 is not 34.
PARTING = re.compile(r"[\u2010-\u2015\u2212/]")
NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def thousands(number):
    """Return a whole number with points between its thousands, "" for None: 1.250."""
    return f"{number:,}".replace(",", ".") if number is not None else ""


def number_in_words(number):
    """Return a whole number as it is spoken: dua ribu sembilan belas."""
    return terbilang(number)


def plain_text(text, *, multiline=False):
    """
    Return the text without control and invisible characters; `multiline` keeps its line breaks,
    otherwise all is one line.

    Joiners stay between letters; text of joiners and spaces alone is empty.
    """
    if multiline and text.isascii() and text.isprintable():
        return text
    text = BREAKS.sub("\n", text.translate(REPLACED))
    if not text.replace("\n", "").isprintable():
        text = "".join(
            c for c in text if c in f"\n\t{JOINERS}" or unicodedata.category(c) not in HIDDEN
        )
    if multiline:
        return text if text.strip(f" \n\t{JOINERS}") else ""
    return SPACES.sub(" ", text.replace("\n", " ")).strip(f" {JOINERS}")


def parse_number(text):
    """Return the number that this text of a request is, or 0: no key and no year is that."""
    text = str(text or "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def header_key(text):
    """Return a column's name in one form: "KAB/KOTA", "Kab. / Kota" and "kab kota" are one."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(NOT_LETTERS.sub(" ", letters).split())


def file_stem(title, otherwise):
    """
    Return what a file of this title is called, without its ending; `otherwise` where no letter or
    digit of it is left.
    """
    return slugify(PARTING.sub(" ", title))[:100].strip("-") or otherwise


def joined(separator, *parts):
    """Return the parts that say something, with the separator between them."""
    return separator.join(part for part in parts if part)
