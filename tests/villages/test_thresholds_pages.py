"""The pages of thresholds: one form for all limits, what it refuses, and what publishing tells."""

import re
from html import unescape

import pytest

from tests import factories
from tests.test_fuzz import FormParser
from villages.models import ThresholdSet
from villages.quarters import Quarter

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(sign_in):
    return sign_in("administrator")


def text_of(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def sent(client, url):
    """Return what a browser would send of the form on this page."""
    return form_of(client.get(url))


def form_of(answer):
    parser = FormParser()
    parser.feed(answer.content.decode())
    return next(values for _, values, _ in parser.forms if {"version", "year"} & set(values))


def test_made_changed_and_published(client, boss):
    url = "/capaian/ambang/baru/"
    answer = client.post(url, sent(client, url) | {"year": "2019"})
    draft = ThresholdSet.objects.get()
    page = draft.get_absolute_url()
    assert answer.url == page and draft.province_id == "19"
    edit = f"{page}ubah/"
    typed = sent(client, edit)
    assert typed["green_titles"] == "1.000" and typed["green_village_budget"] == "5.000.000"
    client.post(edit, typed | {"green_participants": "12,5", "yellow_titles": "1.000"})
    limits = ThresholdSet.objects.get().limits
    assert str(limits["participants"].green) == "12.50" and limits["titles"].yellow == 1000
    publish = f"{page}tetapkan/"
    answer = client.post(publish, sent(client, publish) | {"reason": "Keputusan rapat tim."})
    assert answer.status_code == 302
    told = text_of(client.get(page))
    assert "≥ 12,5" in told and "tetap untuk semua triwulan 2019" in told
    assert client.get(edit).status_code == 302


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"green_titles": ""}, "Isi judul koleksi, hijau mulai."),
        ({"green_titles": "banyak"}, "Tulis angka, misalnya 100 atau 12,5."),
        ({"green_titles": "-5"}, "Tulis angka, misalnya 100 atau 12,5."),
        ({"green_titles": "1" * 14}, "Periksa lagi: di bawah 1.000.000.000."),
        ({"green_titles": "499"}, "Kuning judul koleksi mulai di bawah hijau, atau sama."),
        ({"weight_titles": "31"}, "Bobot kualitas layanan berjumlah 101%, seharusnya 100%."),
        ({"weight_titles": "x"}, "Tulis bilangan bulat, 0 sampai 100."),
        ({"weight_titles": "-1"}, "Bobot tidak boleh kurang dari 0."),
        ({"green_from": "50"}, "Kuning mulai di bawah hijau, semua 1 sampai 100 persen."),
        ({"green_from": "101"}, "Paling banyak 100 persen."),
        ({"minimum": "0"}, "Paling sedikit 1 persen."),
        ({"minimum": ""}, "Isi persennya."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(client, boss, typed, message):
    draft = factories.thresholds(2019, by=boss, publish=False)
    edit = f"{draft.get_absolute_url()}ubah/"
    answer = client.post(edit, sent(client, edit) | {"yellow_loans": "7,25"} | typed)
    assert answer.status_code == 422
    assert message in text_of(answer)
    shown = form_of(answer)
    expected = {"yellow_loans": "7,25"} | typed
    assert expected == {name: shown[name] for name in expected}
    assert ThresholdSet.objects.get().version == draft.version


def test_the_second_of_two_is_told_what_differs(client, boss):
    draft = factories.thresholds(2019, by=boss, publish=False)
    edit = f"{draft.get_absolute_url()}ubah/"
    first, second = sent(client, edit), sent(client, edit)
    client.post(edit, first | {"green_titles": "800"})
    answer = client.post(edit, second | {"green_titles": "900"})
    assert answer.status_code == 409
    told = text_of(answer)
    assert "900" in told and "800" in told
    assert ThresholdSet.objects.get().limits["titles"].green == 800


def test_a_year_once(client, boss):
    factories.thresholds(2019, by=boss)
    url = "/capaian/ambang/baru/"
    answer = client.post(url, sent(client, url) | {"year": "2019"})
    assert answer.status_code == 422 and "Ambang tahun itu sudah ada." in text_of(answer)


def test_sent_twice_is_made_once(client, boss):
    url = "/capaian/ambang/baru/"
    data = sent(client, url) | {"year": "2019"}
    assert client.post(url, data).url == client.post(url, data).url
    assert ThresholdSet.objects.count() == 1


def test_publishing_tells_who_would_change_colour(client, boss):
    other = factories.user("secretariat")
    for code in ("19.01.06.2002", "19.02.04.2001"):
        library = factories.library(factories.village(code))
        factories.participation(library, 2018)
        figures = {"visitors": 300, "participants": 12, "activities": 1, "loans": 150}
        factories.report(
            library, Quarter(2019, 4), by=boss, state="verified", verified_by=other, **figures
        )
    draft = factories.thresholds(2019, by=boss, publish=False)
    told = text_of(client.get(f"{draft.get_absolute_url()}tetapkan/"))
    assert "2 dari 2 perpustakaan berpindah warna , di 2 kabupaten/kota." in told
    assert "Sampai sekarang belum ada ambang 2019." in told
    factories.publish_set(draft, by=boss)
    draft = factories.thresholds(2020, by=boss, publish=False)
    told = text_of(client.get(f"{draft.get_absolute_url()}tetapkan/"))
    assert "Sampai sekarang belum ada ambang 2020." in told


def test_a_draft_may_be_deleted_and_a_published_one_not(client, boss):
    draft = factories.thresholds(2019, by=boss, publish=False)
    url = f"{draft.get_absolute_url()}hapus/"
    assert client.post(url, sent(client, url)).status_code == 302
    assert not ThresholdSet.objects.exists()
    published = factories.thresholds(2019, by=boss)
    url = f"{published.get_absolute_url()}hapus/"
    assert client.post(url, {"version": published.version}).status_code == 422
    assert ThresholdSet.objects.exists()


def test_the_list_says_who_published_a_set_and_when(client, boss):
    factories.thresholds(2019, by=boss)
    factories.thresholds(2020, by=boss, publish=False)
    told = text_of(client.get("/capaian/ambang/"))
    assert "Ambang 2020" in told and f"oleh {boss}" in told
    assert "Ambang 2020" not in text_of(client.get("/capaian/ambang/?state=published"))


def test_the_history_names_the_indicator_and_its_limits_as_people_write_them(client, boss):
    draft = factories.thresholds(2019, by=boss, publish=False)
    edit = f"{draft.get_absolute_url()}ubah/"
    client.post(edit, sent(client, edit) | {"green_loans": "70,5"})
    told = text_of(client.get(f"{draft.get_absolute_url()}riwayat/"))
    assert "Buku dipinjam per bulan" in told and "70,5" in told
    assert "50.00" not in told and "village_budget" not in told
