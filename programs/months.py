"""The months of a planned activity: twelve bits in one column, January the lowest."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from sinergi.kit.dates import MONTHS, SHORT_MONTHS

EVERY_MONTH = (1 << 12) - 1


def mask_of(months):
    """Return the column's value for these months (1-12)."""
    return sum(1 << (month - 1) for month in set(months))


def months_of(mask):
    """Return the months of a mask: [7, 8, 9]."""
    return [month for month in range(1, 13) if mask & 1 << (month - 1)]


def months_text(mask):
    """Return the months of a mask in words: Juli–September, November."""
    spans = []
    for month in months_of(mask):
        if spans and spans[-1][1] == month - 1:
            spans[-1][1] = month
        else:
            spans.append([month, month])
    return ", ".join(
        (
            MONTHS[first - 1]
            if first == last
            else f"{MONTHS[first - 1]}{'–' if last - first > 1 else ', '}{MONTHS[last - 1]}"
        )
        for first, last in spans
    )


class MonthsField(models.PositiveSmallIntegerField):
    def formfield(self, **kwargs):
        return MonthsFormField(
            **{"label": self.verbose_name, "help_text": self.help_text, "required": not self.blank}
            | kwargs
        )

    def display_value(self, value):
        return months_text(value)


class MonthsFormField(forms.MultipleChoiceField):
    """Tick boxes for the months; the cleaned value is the column's mask."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        kwargs = {
            name: value for name, value in kwargs.items() if name not in ("min_value", "max_value")
        }
        super().__init__(
            **{"choices": [(str(n), SHORT_MONTHS[n - 1]) for n in range(1, 13)]} | kwargs
        )
        self.error_messages["required"] = "Pilih paling sedikit satu bulan."
        self.error_messages["invalid_choice"] = "Bulan itu di luar masa rencana."

    def offer(self, months):
        """Only these months may be chosen."""
        self.choices = [(str(month), SHORT_MONTHS[month - 1]) for month in months]

    def clean(self, value):
        return mask_of(int(month) for month in super().clean(value))

    def prepare_value(self, value):
        return [str(month) for month in months_of(value)] if isinstance(value, int) else value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial or 0), data)

    def display_value(self, value):
        return months_text(value)


def read_months(text):
    """
    Return the mask that this text writes: "Juli-September, Nov", "7, 8", "Triwulan III", "Semester
    1". Raises ValidationError.
    """
    found = []
    for part in (
        text.casefold()
        .replace("–", "-")
        .replace("s.d.", "-")
        .replace("s/d", "-")
        .replace(";", ",")
        .split(",")
    ):
        for piece in part.replace(" dan ", "&").split("&"):
            ends = [_month(word) for word in piece.split("-") if word.strip()]
            if not ends:
                continue
            first, last = ends[0][0], ends[-1][1]
            if len(ends) > 2 or last < first:
                raise ValidationError(f"Bulan “{text}” tidak dikenal.")
            found += range(first, last + 1)
    if not found:
        raise ValidationError("Isi bulannya.")
    return mask_of(found)


ROMAN_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _month(word):
    """Return (first, last month) that one word names."""
    word = word.strip(" .")
    head, _, tail = word.rpartition(" ")
    which = ROMAN_NUMBERS.get(tail) or (int(tail) if tail.isdecimal() and len(tail) < 3 else 0)
    if head in ("triwulan", "tw", "kuartal") and 1 <= which <= 4:
        return 3 * which - 2, 3 * which
    if head in ("semester", "smt") and which in (1, 2):
        return 6 * which - 5, 6 * which
    if word.isdecimal() and len(word) < 3 and 1 <= int(word) <= 12:
        return int(word), int(word)
    for number, name in enumerate(MONTHS, 1):
        short = SHORT_MONTHS[number - 1].casefold()
        if word in (name.casefold(), short) or (
            len(word) >= 3 and name.casefold().startswith(word)
        ):
            return number, number
    raise ValidationError(f"Bulan “{word}” tidak dikenal.")
