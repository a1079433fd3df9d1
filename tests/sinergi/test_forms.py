"""
How a field is drawn: what may stay empty is marked, in one way in every form; what is not marked is
asked for.
"""

import re

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.urls import reverse

from sinergi.kit.forms import CrispyForm, DateInput
from sinergi.kit.templatetags.sinergi import is_optional

MARK = '<span class="muted fw-normal">boleh kosong</span>'


class Sample(CrispyForm, forms.Form):
    asked = frozenset({"later"})

    title = forms.CharField(label="Judul")
    place = forms.CharField(label="Tempat", required=False)
    later = forms.CharField(label="Pimpinan", required=False)
    tick = forms.BooleanField(label="Ketua", required=False)
    picked = forms.MultipleChoiceField(
        choices=[("1", "Satu")], required=False, widget=forms.CheckboxSelectMultiple
    )
    level = forms.ChoiceField(
        label="Tingkat", choices=[("", "Provinsi"), ("1", "Bangka")], required=False
    )
    affair = forms.ChoiceField(
        label="Urusan", choices=[("", "---------"), ("1", "Desa")], required=False
    )


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("title", False),
        ("place", True),
        ("later", False),
        ("tick", False),
        ("picked", True),
        ("level", False),
        ("affair", True),
    ],
)
def test_what_may_stay_empty_is_marked(name, marked):
    field = Sample()[name]
    assert is_optional(field) is marked
    assert (MARK in as_crispy_field(field, "bootstrap5")) is marked


@pytest.mark.django_db
def test_in_the_meeting_form_what_minutes_need_is_not_marked(client, sign_in, make):
    make.team()
    sign_in("secretariat")
    page = client.get(reverse("advocacy:meeting_create")).content.decode()
    page = page[page.index('id="meeting-form"') :]
    marked = re.findall(r"<(?:label|legend)[^>]*>([^<]+) <span", page)
    texts = {re.sub(r"\s+", " ", text).strip() for text in marked}
    assert {
        "Tempat",
        "Selesai",
        "Catatan",
        "Keputusan",
        "Langkah berikutnya",
        "Tambah foto",
    } <= texts
    assert not texts & {
        "Judul",
        "Tanggal",
        "Mulai",
        "Pimpinan rapat",
        "Notulis",
        "Topik",
        "Apa",
        "Siapa",
        "Kapan",
        "Instansi",
    }


class Dated(CrispyForm, forms.Form):
    day = forms.DateField(widget=DateInput(), required=False)


class TestDates:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [("2018-11-28", "Rabu, 28 November 2018"), ("2019-02-30", ""), ("kemarin", ""), ("", "")],
    )
    def test_a_field_says_its_date_in_words(self, typed, words):
        page = str(Dated({"day": typed})["day"])
        assert f'<span class="form-text" id="id_day_words">{words}</span>' in page
