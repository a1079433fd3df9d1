"""What is wrong with the figures of a report, and what jumps: plain values, which know no table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sinergi.kit.money import rupiah
from sinergi.kit.text import thousands
from villages.reports.fields import BY_KEY, ReportField, field_parts

#: What is shown where nobody knows; 0 is never it.
UNKNOWN = "belum tahu"


def figure_text(field: ReportField, value):
    """Return a figure as a person reads it: 1.286, Rp12.500.000, or belum tahu."""
    if value is None:
        return UNKNOWN
    return rupiah(value) if field.is_money else thousands(value)


def contradictions(figures: Mapping[str, int | None]):
    """
    Return {key of the field: what contradicts another}: a part above its whole, or parts that do
    not add up to it. What is not known contradicts nothing.
    """
    found = {}
    for field in BY_KEY.values():
        value, whole = figures.get(field.key), figures.get(field.whole) if field.whole else None
        if value is not None and whole is not None and value > whole:
            named = BY_KEY[field.whole].label
            found[field.key] = (
                f"{field.label} {figure_text(field, value)} lebih besar daripada {named.lower()}"
                f" {figure_text(field, whole)}."
            )
    for key, field in BY_KEY.items():
        parts = field_parts(key, adding_up=True)
        values, whole = [figures.get(part.key) for part in parts], figures.get(key)
        if not parts or whole is None:
            continue
        known = [value for value in values if value is not None]
        total = sum(known)
        is_whole = len(known) == len(parts)
        if (is_whole and total != whole) or total > whole:
            sums = " + ".join(thousands(value) for value in known)
            found[key] = (
                f"{figure_text(field, whole)} tidak sama dengan rinciannya: {sums} ="
                f" {thousands(total)}, selisih {thousands(abs(whole - total))}."
            )
    return found


@dataclass(frozen=True)
class Jumped:
    """A figure that jumped: `before` is that of the last quarter."""

    field: ReportField
    before: int
    value: int

    @property
    def times_text(self):
        """4,3 kali; or, where it fell, sepersekian as 0,2 kali. Nothing where one of them is 0."""
        if not self.before or not self.value:
            return ""
        tenths = Fraction(self.value * 10, self.before)
        whole, part = divmod(round(tenths), 10)
        return f"{thousands(whole)},{part} kali" if part else f"{thousands(whole)} kali"

    @property
    def text(self):
        """96 → 412"""
        return f"{figure_text(self.field, self.before)} → {figure_text(self.field, self.value)}"


def jumps(
    fields: Iterable[ReportField],
    figures: Mapping[str, int | None],
    before: Mapping[str, int | None],
):
    """
    Return [Jumped] of the figures that changed beyond the field's ratio and its floor; one that is
    not known, now or before, does not jump.
    """
    found = []
    for field in fields:
        old, new = before.get(field.key), figures.get(field.key)
        if field.jump is None or old is None or new is None:
            continue
        small, large = sorted((old, new))
        if large - small >= field.jump.floor and large >= small * field.jump.ratio:
            found.append(Jumped(field, old, new))
    return found


@dataclass(frozen=True)
class ContentChange:
    """What became of a part of a report between two versions, in words."""

    label: str
    before: str
    after: str
    word: str = "Diubah"


def changes(fields: Iterable[ReportField], before: Mapping, after: Mapping):
    """
    Return [ContentChange] between two contents (`LibraryReport.content`): of the figures and their
    notes, in the order of the fields, then of the story and its photograph.
    """
    found = []
    for field in fields:
        old, new = (one["figures"].get(field.key) for one in (before, after))
        if old != new:
            texts = figure_text(field, old), figure_text(field, new)
            found.append(ContentChange(field.label, *texts))
        old, new = (one["notes"].get(field.key, "") for one in (before, after))
        if old != new:
            found.append(ContentChange(f"Keterangan {field.label.lower()}", old, new))
    for key, label in (("story", "Kisah dampak"), ("photo", "Foto kisah")):
        old, new = (one.get(key, "") for one in (before, after))
        if old != new:
            word = "Diganti" if old and new else "Ditambah" if new else "Dihapus"
            # A photograph is kept as its key, which says nothing to anybody.
            texts = (old, new) if key == "story" else ("", "")
            found.append(ContentChange(label, *texts, word))
    return found
