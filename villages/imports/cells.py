"""What a cell says of a library, tidied; or why it cannot be taken."""

import re

from lokal import parse_phone

from villages.models import Library
from villages.models.participations import FIRST_YEAR, LAST_YEAR

#: The columns of a library that a list may fill. An empty cell says nothing: it never empties what
#: is stored.
LIBRARY_FIELDS = ("name", "address", "head", "phone")
LIMITS = {name: Library._meta.get_field(name).max_length for name in LIBRARY_FIELDS}
SEVERAL = re.compile(r"[/;,]|\b(?:dan|atau)\b")
PHONE = re.compile(r"\+?[\d\s().-]{6,}")
#: A date as the reader writes one, or as a person does: digits and signs, as telephone numbers are.
DATE = re.compile(
    r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:[0-2]?\d|3[01])(?: \d\d:\d\d:\d\d)?"
    r"|(?:[0-2]?\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:19|20)\d\d"
)
SCIENTIFIC = re.compile(r"^\d[.,]?\d*[eE]\+?\d+$")


class CellError(ValueError):
    """A cell that cannot be taken; the message says what to do."""


def clean_cell(field, text):
    """
    Return the value of a library's column, as it would be stored, from a cell that is not empty.
    Raises CellError.
    """
    text = Library._meta.get_field(field).plain(text)
    if len(text) > LIMITS[field]:
        raise CellError(f"Lebih dari {LIMITS[field]} huruf. Ringkas isinya.")
    return clean_phone(text) if field == "phone" else text


def clean_phone(text):
    """
    Return a mobile number as 0812-3456-7890, with the zero that Excel took away; a landline, or
    several numbers, as written. Raises CellError.
    """
    if SCIENTIFIC.match(text):
        raise CellError("Excel memotong angkanya. Ketik ulang nomornya.")
    found = parse_phone(text.removeprefix("'"))
    if found.valid and not DATE.fullmatch(text):
        return found.national if found.type == "mobile" else text
    if any(DATE.fullmatch(part) for part in (text, *map(str.strip, SEVERAL.split(text)))):
        raise CellError(
            "Excel membacanya sebagai tanggal, bukan nomor telepon. Ketik ulang nomornya."
        )
    parts = [part.strip() for part in SEVERAL.split(text) if part.strip()]
    if not parts or not all(PHONE.fullmatch(part) for part in parts):
        raise CellError("Bukan nomor telepon. Ketik nomornya, misalnya 0812-3456-7890.")
    return text


def clean_year(text):
    """Return a programme year. Raises CellError."""
    if not text:
        raise CellError("Tahun program tidak tertulis. Tulis tahunnya, misalnya 2019.")
    digits = text.removesuffix(".0").strip()
    if not (digits.isascii() and digits.isdigit() and FIRST_YEAR <= int(digits[:6]) <= LAST_YEAR):
        raise CellError(f"Bukan tahun antara {FIRST_YEAR} dan {LAST_YEAR}.")
    return int(digits)


def is_same_value(field, stored, value):
    """Return whether the stored value already says this."""
    if stored == value:
        return True
    if field == "phone" and stored:
        try:
            return clean_phone(stored) == value
        except CellError:
            return False
    return False
