"""Read a figure of a report as people write it."""

import re
from decimal import Decimal

from sinergi.kit.money import read_rupiah

#: 1250, 1.250 or 1 250: points and spaces stand between thousands, nowhere else.
WHOLE = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+", re.ASCII)
UNKNOWN_WORDS = {"-", "–", "?", "tidak tahu", "belum tahu", "tidak ada data", "n/a"}
NONE_WORDS = {"tidak ada", "nihil", "kosong"}


#: 12,5 or 1.000,25
DECIMAL = re.compile(rf"(?P<whole>{WHOLE.pattern})(?:,(?P<part>\d{{1,2}}))?", re.ASCII)
#: Digits that are read of a whole number: more than any field or limit takes.
LONGEST = 20


def _digits(text):
    """Return the digits of a whole number, without signs between thousands and leading zeros."""
    return re.sub(r"[. ]", "", text).lstrip("0") or "0"


def read_limit(text):
    """
    Return the number of at most two places after the comma that this text writes, as a Decimal.
    Raises ValueError with what to do.
    """
    found = DECIMAL.fullmatch(" ".join((text or "").replace("\u00a0", " ").split()))
    whole = _digits(found["whole"]) if found else ""
    if not found or len(whole) > LONGEST:
        raise ValueError("Tulis angka, misalnya 100 atau 12,5.")
    return Decimal(f"{whole}.{found['part'] or '0'}")


def read_figure(field, text):
    """
    Return the figure that this text writes for a field (villages.reports.fields), or None for an
    empty text: nobody knows. Raises ValueError with what to do; nothing is guessed. ValidationError
    for an amount of money that cannot be read.
    """
    text = " ".join((text or "").replace("\u00a0", " ").split())
    if not text:
        return None
    if text.casefold() in UNKNOWN_WORDS:
        raise ValueError("Kosongkan bila belum tahu; tulis 0 bila memang tidak ada.")
    if text.casefold() in NONE_WORDS:
        raise ValueError("Tulis 0 bila memang tidak ada; kosongkan bila belum tahu.")
    if field.is_money:
        return read_rupiah(text)
    if text.startswith(("-", "−")):
        raise ValueError("Angkanya tidak boleh kurang dari 0.")
    if not WHOLE.fullmatch(text):
        raise ValueError("Tulis angka bulat, misalnya 1.250. Kosong berarti belum tahu.")
    figure = int(_digits(text)[:LONGEST])
    if figure > field.most:
        most = f"{field.most:,}".replace(",", ".")
        raise ValueError(f"Periksa lagi: paling banyak {most} {field.unit}.")
    return figure
