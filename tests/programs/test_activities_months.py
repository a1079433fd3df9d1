"""The months of an activity: stored as bits, told in words, read from what people write."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from programs.months import EVERY_MONTH, mask_of, months_of, months_text, read_months

MONTHS = st.sets(st.integers(1, 12), min_size=1)


@given(MONTHS)
def test_the_mask_and_the_months_are_one(months):
    assert months_of(mask_of(months)) == sorted(months)


@given(MONTHS)
def test_what_is_told_is_read_back(months):
    assert read_months(months_text(mask_of(months))) == mask_of(months)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Juli", [7]),
        ("juli-september, Nov", [7, 8, 9, 11]),
        ("Juli s.d. September", [7, 8, 9]),
        ("7, 8", [7, 8]),
        ("Agt dan Okt", [8, 10]),
        ("Agustus & Oktober", [8, 10]),
        ("Triwulan III", [7, 8, 9]),
        ("TW 1", [1, 2, 3]),
        ("Semester 2", [7, 8, 9, 10, 11, 12]),
        ("Triwulan I – Triwulan II", [1, 2, 3, 4, 5, 6]),
        ("Jan.", [1]),
        ("Juli; Agustus", [7, 8]),
    ],
)
def test_reads_what_people_write(text, months):
    assert months_of(read_months(text)) == months


@pytest.mark.parametrize(
    "text",
    ["", "  ", "-", "13", "0", "September-Juli", "Juni-Juli-Agustus", "besok", "Triwulan V", "ju"],
)
def test_refuses_what_is_not_a_month(text):
    with pytest.raises(ValidationError):
        read_months(text)


def test_in_words():
    assert months_text(mask_of([7, 8, 9, 11])) == "Juli–September, November"
    assert months_text(mask_of([7, 8])) == "Juli, Agustus"
    assert months_text(EVERY_MONTH) == "Januari–Desember"
