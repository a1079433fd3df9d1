"""Rupiah: read as people write it, refused where it would be a guess, shown the same everywhere."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from sinergi.kit.money import MOST, RupiahFormField, read_rupiah, rupiah


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12500000", 12_500_000),
        ("12.500.000", 12_500_000),
        ("12 500 000", 12_500_000),
        ("Rp12.500.000", 12_500_000),
        ("Rp. 12.500.000,00", 12_500_000),
        ("rp 12.500.000,-", 12_500_000),
        ("12,5 juta", 12_500_000),
        ("450 rb", 450_000),
        ("2 miliar", 2_000_000_000),
        ("0", 0),
    ],
)
def test_reads_what_people_write(text, amount):
    assert read_rupiah(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1.5",
        "1.50",
        "12,500,000",
        "1.234.56",
        "12.500.00",
        "-5",
        "Rp -5",
        "1e6",
        "12.500.000,50",
        "0,0000015 juta",
        "5 juta 3",
        "٣",
        "1" * 30,
        "12..500",
        "12.500.000.",
        "1 2",
    ],
)
def test_refuses_what_could_mean_another_amount(text):
    with pytest.raises(ValidationError):
        read_rupiah(text)


@given(st.integers(0, MOST))
def test_what_is_shown_is_read_back(amount):
    assert read_rupiah(rupiah(amount)) == amount
    field = RupiahFormField()
    assert field.clean(field.widget.format_value(amount)) == amount


def test_the_field_says_so_in_indonesian():
    with pytest.raises(ValidationError, match="Tulis jumlahnya dengan angka"):
        RupiahFormField().clean("1.5")
    with pytest.raises(ValidationError, match="lebih dari"):
        RupiahFormField().clean(str(MOST + 1))
    assert RupiahFormField(required=False).clean("") is None
