"""Text as people send it, without what nobody sees."""

import re
import unicodedata

#: Bullets that Word keeps in a font of its own (Symbol, Wingdings), as they arrive by copy and paste.
WORD_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf076\u2043", "•"))
#: Line breaks by other names: Word's Shift+Enter, a page's end, Unicode's own.
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
SPACES = re.compile(r"[^\S\n]+")
NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def plain(text, *, lines=False):
    """
    Without control and invisible characters; `lines` keeps its line breaks, otherwise all is one line.

    Joiners stay: scripts of this country need them between letters.
    """
    text = BREAKS.sub("\n", text.translate(WORD_BULLETS))
    kept = "".join(c for c in text if c in "\n\t\u200c\u200d" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))
    if lines:
        return kept
    return SPACES.sub(" ", kept.replace("\n", " ")).strip(" \u200c\u200d")


def number(text):
    """The key that this text of a request names, or 0: nothing has it."""
    text = str(text or "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def header_key(text):
    """A column's name in one form: "KAB/KOTA", "Kab. / Kota" and "kab kota" are one."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(NOT_LETTERS.sub(" ", letters).split())
