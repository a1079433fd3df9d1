"""
Spellings of a place's name, reduced to keys, so that two spellings of a name meet under one.

- `plain_key`: without case, spacing, punctuation and the words Desa, Kel., Kelurahan. What a person
  once explained is remembered under it.
- `joined_key`: also whether it is written in one word: Sungai Liat, Sungailiat.
- `modern_key`: also spelling before 1972 (Ejaan yang Disempurnakan, Keppres 57/1972) and common
  abbreviations: Soengai, Tj.
- `bare_key`: also without the word for a village that a region puts before its names: Gampong in
  Aceh, Kampung in Papua.

Dialects are not spelling: Burung Mandi and Burong Mandi differ, and a person is asked.
"""

import re
import unicodedata
from functools import lru_cache

#: Words before a name that say what it is, everywhere.
VILLAGE_WORDS = re.compile(r"^(?:(?:desa|kelurahan|kel|ds)(?:\s*[./]\s*|\s+))+(?=\S)")
#: Words for a village by province (first two digits of a code). Elsewhere, and in some official
#: names, they are the name.
LOCAL_WORDS = {
    "11": "gampong|gp|kampung|kp",
    "13": "nagari",
    "18": "pekon|tiyuh|kampung|kp",
    "64": "kampung|kp",
    "65": "kampung|kp",
    "73": "lembang",
    "81": "negeri|ohoi",
    **dict.fromkeys(["91", "92", "93", "94", "95", "96"], "kampung|kp"),
}
DISTRICT_WORDS = re.compile(
    r"^(?:kecamatan|kec|distrik|kapanewon|kemantren)\s*\.?\s+(?=\S)|^kec\.\s*(?=\S)"
)
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
ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
#: Spelling before 1972 and before 1947. "j" was "y" and "nj" was "ny" then; only a word that shows
#: its age otherwise is read so, because both are common in today's words.
OLD = re.compile("oe|tj|dj|sj|ch")
OLD_PAIRS = re.compile("oe|tj|dj|nj|sj|ch")
OLD_LETTERS = {"oe": "u", "tj": "c", "dj": "\0", "nj": "ny", "sj": "sy", "ch": "kh"}


def _letters(text):
    """Return the text in lower case, without accents."""
    text = text.casefold()
    if not text.isascii():
        text = "".join(
            c
            for c in unicodedata.normalize("NFKD", APOSTROPHES.sub("", text))
            if not unicodedata.combining(c)
        )
    return APOSTROPHES.sub("", text).strip()


def _words(letters):
    return " ".join(NOT_LETTERS.sub(" ", letters).split())


def plain_words(text):
    """Return plain words, nothing taken away."""
    return _words(_letters(text))


#: Small, because a cell from outside may be long and is kept as long as the process lives.
@lru_cache(maxsize=2_000)
def plain_key(text):
    return _words(VILLAGE_WORDS.sub("", _letters(text)))


def joined_key(key):
    """Return the joined key, from the plain one."""
    return key.replace(" ", "")


@lru_cache(maxsize=2_000)
def modern_key(key):
    """Return the modern key, from the plain one."""
    words = []
    for n, word in enumerate(key.split()):
        word = ABBREVIATIONS.get(word, word)
        if n:
            word = ROMAN.get(word, word)
        if OLD.search(word):
            word = (
                OLD_PAIRS.sub(lambda found: OLD_LETTERS[found[0]], word)
                .replace("j", "y")
                .replace("\0", "j")
            )
        words.append(word)
    return "".join(words)


def bare_key(key, province):
    """Return the bare key, from the plain one, for a village of the province with this code."""
    words = LOCAL_WORDS.get(province)
    return modern_key(re.sub(rf"^(?:{words}) (?=\S)", "", key) if words else key)


@lru_cache(maxsize=2_000)
def without_district_words(text):
    """Return "Kec. Bakam" as it is said after the word Kecamatan: "Bakam"."""
    found = DISTRICT_WORDS.match(_letters(text))
    return text[found.end() :] if found and len(_letters(text)) == len(text) else text


@lru_cache(maxsize=2_000)
def district_keys(text):
    """Return the joined and the modern key of a district's name."""
    key = _words(DISTRICT_WORDS.sub("", _letters(text)))
    return joined_key(key), modern_key(key)


def district_key(text):
    """
    Return the key under which it is remembered what a written district means; "" where nothing is
    written but signs.
    """
    return district_keys(text)[1] or (text.casefold() if any(map(str.isalnum, text)) else "")


@lru_cache(maxsize=2_000)
def regency_readings(text):
    """
    Return the readings of a regency's name, likeliest first, as (kind, joined key, modern key).

    Kind is "kabupaten", "kota", or "" where it is not written. There are several because "Kota
    Baru" may be a kota called Baru or Kotabaru in two words.
    """
    letters, readings = _letters(text), []
    for kind, words in (("", EITHER), ("kabupaten", KABUPATEN), ("kota", KOTA)):
        rest = words.sub("", letters)
        if rest and rest != letters:
            readings.append((kind, rest))
    readings = [*readings, ("", letters)]
    written = [(kind, _words(ADMINISTRATIVE.sub("", rest))) for kind, rest in readings]
    return [(kind, joined_key(key), modern_key(key)) for kind, key in written if key]


@lru_cache(maxsize=1_000)
def province_key(text):
    """
    Return the key of a province's name; "Kep." is written out, Daerah Khusus Ibukota and Daerah
    Istimewa are shortened.
    """
    key = _words(PROVINCE_WORDS.sub("", _letters(text)))
    for long, short in PROVINCE_TITLES.items():
        key = key.replace(long, short)
    return modern_key(key)
