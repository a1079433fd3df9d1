"""Money in whole rupiah: a column, a form field and its text."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from lokal import format_rupiah, parse_rupiah

from sinergi.kit.text import number_in_words

LONGEST = 40  # characters of an amount
MOST = 9_999_999_999_999  # Rp; a province's yearly budget is a few trillion

#: What is read without guessing: 12500000, 12.500.000, Rp12.500.000,00 and 12,5 juta. A single
#: group after a point ("1.5") or signs within are refused: a tool that guesses would write another
#: amount.
GROUPED = re.compile(
    r"(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+)(?:,(?:0{1,2}|-))?"
)
IN_WORDS = re.compile(r"[0-9]+(?:,[0-9]{1,6})? ?(?:rb|ribu|jt|juta|m|miliar|milyar)")


def rupiah(amount):
    """Return an amount as Rp12.500.000."""
    return format_rupiah(amount)


def rupiah_in_words(amount):
    """Return an amount as it is spoken: dua belas juta lima ratus ribu rupiah."""
    return f"{number_in_words(amount)} rupiah"


def read_rupiah(text):
    """Return the amount that this text writes, in whole rupiah. Raises ValidationError."""
    if len(text) > LONGEST:
        raise ValidationError("Tulis jumlahnya dengan angka, misalnya 12.500.000.")
    plain = re.sub(r"^rp\.? ?", "", " ".join(text.casefold().split()))
    if GROUPED.fullmatch(plain):
        amount = int(re.sub(r"[. ]", "", plain.partition(",")[0]))
    elif IN_WORDS.fullmatch(plain) and (found := parse_rupiah(plain.replace("milyar", "miliar"))):
        amount = found.amount
    else:
        raise ValidationError("Tulis jumlahnya dengan angka, misalnya 12.500.000.")
    if amount != int(amount):
        raise ValidationError("Tulis jumlahnya dalam rupiah utuh.")
    if amount > MOST:
        raise ValidationError(f"Periksa jumlahnya: lebih dari {rupiah(MOST)}.")
    return int(amount)


class RupiahInput(forms.TextInput):
    def __init__(self, attrs=None):
        super().__init__(
            {"inputmode": "numeric", "autocomplete": "off", "class": "money"} | (attrs or {})
        )

    def format_value(self, value):
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class RupiahFormField(forms.IntegerField):
    """
    A field that takes an amount as people write it, and shows it with points between the thousands.
    """

    widget = RupiahInput

    def to_python(self, value):
        if value in self.empty_values:
            return None
        return value if isinstance(value, int) else read_rupiah(str(value))

    def widget_attrs(self, widget):
        return {}

    def display_value(self, value):
        return rupiah(value)


class RupiahField(models.BigIntegerField):
    """A column of whole rupiah, at least `least`."""

    def __init__(self, *args, least=0, **kwargs):
        self.least = least
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"least": self.least}

    @property
    def validators(self):
        told = "Jumlahnya paling sedikit %(limit_value)s rupiah."
        return [
            MinValueValidator(self.least, told),
            MaxValueValidator(MOST, f"Periksa jumlahnya: lebih dari {rupiah(MOST)}."),
        ]

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": RupiahFormField, "widget": RupiahInput} | kwargs)

    def display_value(self, value):
        return rupiah(value)
