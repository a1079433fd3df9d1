"""
How a place is written, brought to one form: three keys, from strict to lenient, under which two spellings meet.

1. `plain`: case, spacing, punctuation and the words Desa, Kel., Kelurahan aside.
2. `joined`: also whether it is written in one word: Sungai Liat, Sungailiat.
3. `modern`: also spelling before 1972 (Ejaan yang Disempurnakan, Keppres 57/1972) and common abbreviations: Soengai, Tj.

Dialects are not spelling: Burung Mandi and Burong Mandi differ, and a person is asked.
"""

import re
import unicodedata
from functools import lru_cache

#: Words before a name that say what it is. Gampong, nagari, kampung and the like are part of official names and stay.
VILLAGE_WORDS = re.compile(r"^(?:(?:desa|kelurahan|kel|ds)(?:\s*[./]\s*|\s+))+(?=\S)")
DISTRICT_WORDS = re.compile(r"^(?:kecamatan|kec|distrik|kapanewon|kemantren)\s*\.?\s+(?=\S)|^kec\.\s*(?=\S)")
KABUPATEN = re.compile(r"^(?:kabupaten|kab)\b[.\s]*")
KOTA = re.compile(r"^(?:kota\s?madya|kodya|kota)\b[.\s]*")
EITHER = re.compile(r"^kab(?:upaten)?\s*[./\s]\s*kota\b[.\s]*")
ADMINISTRATIVE = re.compile(r"^(?:administrasi|adm)\b[.\s]*")
PROVINCE_WORDS = re.compile(r"^(?:provinsi|propinsi|prov|prop)\b[.\s]*")
PROVINCE_TITLES = {
    "daerah khusus ibukota": "dki",
    "daerah khusus": "dki",
    "daerah istimewa": "di",
    "nanggroe aceh darussalam": "aceh",
}
NOT_LETTERS = re.compile(r"[^a-z0-9]+")
APOSTROPHES = re.compile("['’‘`´ʼ]")

ABBREVIATIONS = {
    "sei": "sungai",
    "tj": "tanjung",
    "tg": "tanjung",
    "tjg": "tanjung",
    "kp": "kampung",
    "kpg": "kampung",
    "gn": "gunung",
    "pl": "pulau",
    "kep": "kepulauan",
}
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
#: Spelling before 1972 and before 1947. "j" was "y" and "nj" was "ny" then; only a word that shows its age otherwise is
#: read so, because both are common in today's words.
OLD = re.compile("oe|tj|dj|sj|ch")
OLD_PAIRS = re.compile("oe|tj|dj|nj|sj|ch")
OLD_LETTERS = {"oe": "u", "tj": "c", "dj": "\0", "nj": "ny", "sj": "sy", "ch": "kh"}


def _letters(text):
    """Lower case, without accents."""
    text = text.casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)) if not unicodedata.combining(c))
    return APOSTROPHES.sub("", text).strip()


def _words(text):
    return " ".join(NOT_LETTERS.sub(" ", text).split())


@lru_cache(maxsize=200_000)
def plain(text):
    return _words(VILLAGE_WORDS.sub("", _letters(text)))


def joined(key):
    """The second key, from the first."""
    return key.replace(" ", "")


@lru_cache(maxsize=200_000)
def modern(key):
    """The third key, from the first."""
    words = []
    for n, word in enumerate(key.split()):
        word = ABBREVIATIONS.get(word, word)
        if n:
            word = ROMAN.get(word, word)
        if OLD.search(word):
            word = OLD_PAIRS.sub(lambda found: OLD_LETTERS[found[0]], word).replace("j", "y").replace("\0", "j")
        words.append(word)
    return "".join(words)


def keys(text):
    """The three keys of a village's name."""
    key = plain(text)
    return key, joined(key), modern(key)


@lru_cache(maxsize=20_000)
def district(text):
    """(second, third key) of a district's name."""
    key = _words(DISTRICT_WORDS.sub("", _letters(text)))
    return joined(key), modern(key)


@lru_cache(maxsize=20_000)
def regency(text):
    """
    The readings of a regency's name, likeliest first, as (kind, second key, third key).

    Kind is "kabupaten", "kota", or "" where it is not written. There are several because "Kota Baru" may be a kota called
    Baru or Kotabaru in two words.
    """
    letters, readings = _letters(text), []
    for kind, words in (("", EITHER), ("kabupaten", KABUPATEN), ("kota", KOTA)):
        rest = words.sub("", letters)
        if rest and rest != letters:
            readings.append((kind, rest))
    readings = [*readings, ("", letters)]
    written = [(kind, _words(ADMINISTRATIVE.sub("", rest))) for kind, rest in readings]
    return [(kind, joined(key), modern(key)) for kind, key in written if key]


@lru_cache(maxsize=1_000)
def province(text):
    """The key of a province's name; "Kep." is written out, Daerah Khusus Ibukota and Daerah Istimewa are shortened."""
    key = _words(PROVINCE_WORDS.sub("", _letters(text)))
    for long, short in PROVINCE_TITLES.items():
        key = key.replace(long, short)
    return modern(key)
