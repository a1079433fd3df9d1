"""When two names, or two telephone numbers, are the same written differently."""

import pytest
from django.core.exceptions import ValidationError

from programs.name_keys import institution_key, person_key
from sinergi.kit import phones

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("names are searched and compared in the database"),
]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Drs. H. Kepala Bidang, M.Si.", "kepala  bidang", True),
        ("KEPALA BIDANG", "Kepala-Bidang", True),
        ("Kepala Bidang", "Kepala Seksi", False),
        ("Ir.", "H.", False),
        ("", "H.", False),
    ],
)
def test_when_two_names_are_one_person(one, other, same):
    assert (person_key(one) == person_key(other)) is same


def test_when_two_names_are_one_institution():
    assert institution_key("Bappeda Prov. Aceh") == institution_key("BAPPEDA  Provinsi Aceh")
    assert institution_key("Bappeda Aceh") != institution_key("Bappeda Kabupaten Aceh")


@pytest.mark.parametrize(
    "text", ["0812 3456 7890", "+62 812-3456-7890", "62812 34567890", "(0812) 3456.7890"]
)
def test_a_number_has_one_form(text):
    assert phones.normal(text) == "+6281234567890"
    assert phones.display("+6281234567890") == "0812-3456-7890"
    assert phones.whatsapp("+6281234567890") == "https://wa.me/6281234567890"


def test_what_is_no_number_is_refused_and_a_landline_has_no_chat():
    for text in ("112", "abc", "0812"):
        with pytest.raises(ValidationError):
            phones.normal(text)
    assert phones.whatsapp("+62717422222") == "" and phones.display("ruang 3") == "ruang 3"
