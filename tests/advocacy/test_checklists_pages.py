"""The pages of checklists: made, written on one page, published, read by those who may."""

import gzip
import random
import re
import uuid
from dataclasses import replace
from html import unescape

import pytest
from django.urls import reverse

from advocacy.actions import publish_draft, save_questions
from advocacy.models import Checklist
from tests import factories
from tests.test_fuzz import FormParser
from tests.test_pages import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(sign_in):
    return sign_in("administrator")


@pytest.fixture
def draft(boss):
    return factories.checklist(by=boss, state="draft").versions.get()


def page_of(draft):
    return reverse("advocacy:checklist_questions", args=[draft.pk])


def without_template(answer):
    return re.sub(r"<template>.*?</template>", "", answer.content.decode(), flags=re.DOTALL)


def text_of(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", without_template(answer))).split())


def form_of(answer):
    """Return what a browser would send of the questions on this page."""
    page, parser = without_template(answer), FormParser()
    parser.feed(page)
    data = next(values for _, values, _ in parser.forms if "pertanyaan-TOTAL_FORMS" in values)
    ticked = set(re.findall(r'name="(pertanyaan-\d+-required)" checked', page))
    none = re.findall(r'name="(pertanyaan-\d+-outcome)"[^>]*>\s*<option value="" selected', page)
    data |= dict.fromkeys(none, "")
    return {name: one for name, one in data.items() if "-required" not in name or name in ticked}


def sent(client, url):
    return form_of(client.get(url)) | {"aksi": "simpan"}


def asked(draft):
    return [one.text for one in draft.stored().asked]


class TestMaking:
    def test_with_its_first_draft(self, client, boss):
        key = str(uuid.uuid4())
        data = {"name": "Kunjungan", "level": "village", "purpose": "both", "idempotency_key": key}
        answers = [client.post("/daftar-periksa/baru/", data) for _ in range(2)]
        made = Checklist.objects.get()
        assert made.province_id == "19" and made.created_by == boss
        assert {one.url for one in answers} == {page_of(made.versions.get())}

    def test_the_province_is_not_taken_from_the_request(self, client, boss):
        factories.province("11")
        data = {"name": "Kunjungan", "level": "village", "purpose": "both", "province": "11"}
        client.post("/daftar-periksa/baru/", data)
        assert Checklist.objects.get().province_id == "19"

    @pytest.mark.parametrize("province", ["", "19"])
    def test_who_works_everywhere_says_where_it_is_for(self, client, sign_in, province):
        factories.province()
        sign_in(factories.user("administrator", province_code=None))
        data = {"name": "Kunjungan", "level": "village", "purpose": "both", "province": province}
        assert client.post("/daftar-periksa/baru/", data).status_code == 302
        assert Checklist.objects.get().province_id == (province or None)

    def test_who_works_in_two_provinces_chooses_one_of_them(self, client, sign_in):
        account = factories.user("administrator")
        factories.province("71"), factories.province("11")
        sign_in(factories.assign(account, "administrator", province_code="11"))
        data = {"name": "Kunjungan", "level": "village", "purpose": "both"}
        for wrong in ("", "71"):
            answer = client.post("/daftar-periksa/baru/", data | {"province": wrong})
            assert answer.status_code == 422, wrong
        assert client.post("/daftar-periksa/baru/", data | {"province": "11"}).status_code == 302

    def test_from_the_sample_by_one_tap_once(self, client, boss):
        page = client.get("/daftar-periksa/").content.decode()
        key = re.search(r'name="idempotency_key" value="([^"]+)"', page)[1]
        for _ in range(2):
            answer = client.post("/daftar-periksa/contoh/", {"idempotency_key": key})
            assert answer.url == Checklist.objects.get().get_absolute_url()
        assert "Ini contoh" in text_of(client.get(answer.url))
        assert "Mulai dari contoh" not in text_of(client.get("/daftar-periksa/"))

    def test_who_may_not_is_offered_nothing(self, client, sign_in):
        sign_in("secretariat")
        assert "Yang diterbitkan administrator" in text_of(client.get("/daftar-periksa/"))
        assert client.post("/daftar-periksa/contoh/").status_code == 403

    def test_a_sample_loses_its_mark_when_it_was_adapted(self, client, boss):
        client.post("/daftar-periksa/contoh/", {"idempotency_key": "x"})
        made = Checklist.objects.get()
        url = reverse("advocacy:checklist_update", args=[made.pk])
        data = {"name": "Milik kami", "level": "village", "purpose": "both", "version": 1}
        assert client.post(url, data).status_code == 302
        assert not made.stored().is_sample
        assert "is_sample" not in client.get(url).content.decode()


class TestWriting:
    def test_a_page_sent_as_it_is_changes_nothing(self, client, draft):
        before = draft.asked
        assert client.post(page_of(draft), sent(client, page_of(draft))).status_code == 302
        assert draft.stored().asked == before

    def test_words_order_and_a_new_question(self, client, draft):
        data = sent(client, page_of(draft))
        data |= {
            "pertanyaan-0-text": "Ruang baca dipakai",
            "pertanyaan-0-order": "7",
            "pertanyaan-1-DELETE": "on",
            "pertanyaan-TOTAL_FORMS": "4",
            "pertanyaan-3-text": "Dukungan",
            "pertanyaan-3-kind": "several",
            "pertanyaan-3-choices": "Uang\r\n\r\n Barang ",
            "pertanyaan-3-order": "8",
            "pertanyaan-3-outcome": "commitment",
            "pertanyaan-3-required": "on",
        }
        assert client.post(page_of(draft), data).status_code == 302
        third, first, new = draft.stored().asked
        assert (third.key, first.key, first.text) == ("k3", "k1", "Ruang baca dipakai")
        assert (new.key, new.choices_text, new.required) == ("k4", "Uang; Barang", True)
        assert new.outcome == "commitment"

    def test_blank_rows_are_no_questions(self, client, draft):
        data = sent(client, page_of(draft)) | {"pertanyaan-TOTAL_FORMS": "5"}
        data |= {"pertanyaan-3-section": "Layanan", "pertanyaan-3-kind": "yes_no"}
        assert client.post(page_of(draft), data).status_code == 302
        assert len(draft.stored().asked) == 3

    @pytest.mark.parametrize(
        ("changes", "field", "told"),
        [
            ({"text": ""}, "text", "Tulis pertanyaannya."),
            ({"kind": "photo"}, "kind", "Pilih bentuk jawaban dari daftarnya."),
            ({"unit": "orang"}, "unit", "Satuan hanya untuk jumlah dan ukuran"),
            ({"choices": "Ya\nTidak"}, "choices", "Pilihan hanya untuk jawaban yang memilih"),
            ({"kind": "one"}, "choices", "paling sedikit dua pilihan"),
            ({"kind": "one", "choices": "Ya\nya."}, "choices", "tertulis dua kali"),
            (
                {"kind": "one", "choices": "\n".join(map(str, range(21)))},
                "choices",
                "Paling banyak",
            ),
            ({"kind": "one", "choices": "a" * 151 + "\nb"}, "choices", "paling banyak 150 huruf"),
        ],
    )
    def test_what_is_wrong_is_told_at_the_field_and_above(
        self, client, draft, changes, field, told
    ):
        data = sent(client, page_of(draft))
        data |= {f"pertanyaan-0-{name}": value for name, value in changes.items()}
        data["pertanyaan-1-text"] = "Kata yang baru"
        answer = client.post(page_of(draft), data)
        page = answer.content.decode()
        assert answer.status_code == 422 and "Kata yang baru" in page
        assert re.search(rf'<a href="#id_pertanyaan-0-{field}">Pertanyaan 1: [^<]*{told}', page)
        assert re.search(rf'id="id_pertanyaan-0-{field}_error">[^<]*{told}', page)
        assert re.search(r'<details[^>]*id="pertanyaan-0" open>', page), "where it is"
        assert asked(draft)[1] != "Kata yang baru"

    def test_too_many(self, client, draft):
        data = {"version": draft.version, "aksi": "simpan", "pertanyaan-INITIAL_FORMS": "0"}
        data |= {"pertanyaan-TOTAL_FORMS": "101"}
        for n in range(101):
            data |= {f"pertanyaan-{n}-text": f"Tanya {n}", f"pertanyaan-{n}-kind": "text"}
        answer = client.post(page_of(draft), data)
        assert answer.status_code == 422 and "Paling banyak 100 pertanyaan." in text_of(answer)

    def test_rows_without_javascript(self, client, draft):
        data = sent(client, page_of(draft))
        data["pertanyaan-2-text"] = "Belum disimpan"

        def press(**changes):
            nonlocal data
            answer = client.post(page_of(draft), data | changes)
            page, data = without_template(answer), form_of(answer)
            assert answer.status_code == 200 and "error-summary" not in page
            return re.findall(r'<details class="s-extra"\s+id="pertanyaan-(\d+)"', page), page

        order, page = press(aksi="naik-2")
        assert order == ["0", "2", "1"] and "Belum disimpan" in page
        assert press(aksi="naik-0")[0] == ["0", "2", "1"], "it is the first already"
        assert press(aksi="turun-0")[0] == ["2", "0", "1"]
        assert press(aksi="hapus-0")[0] == ["2", "1"]
        order, page = press(aksi="tambah")
        assert order == ["2", "1", "3"]
        assert re.search(r'id="pertanyaan-3" open', page)
        assert len(asked(draft)) == 3, "nothing is written"
        data |= {"pertanyaan-3-text": "Baru", "aksi": "simpan"}
        assert client.post(page_of(draft), data).status_code == 302
        assert asked(draft)[0] == "Belum disimpan" and asked(draft)[2] == "Baru"

    @pytest.mark.parametrize("action", ["naik-9", "hapus-x", "tambah-", "lain", "turun-999999999"])
    def test_an_odd_button_shows_the_page_again(self, client, draft, action):
        data = sent(client, page_of(draft)) | {"aksi": action}
        assert client.post(page_of(draft), data).status_code == 200

    def test_what_somebody_else_saved_meanwhile_is_told(self, client, draft):
        data = sent(client, page_of(draft))
        other = factories.user("administrator")
        theirs = [*draft.asked, factories.question("Ditambah orang lain")]
        save_questions(draft=draft.stored(), questions=theirs, by=other, version=1)
        data["pertanyaan-0-text"] = "Kata saya"
        answer = client.post(page_of(draft), data)
        page = text_of(answer)
        assert answer.status_code == 409 and f"{other} menyimpan perubahan lebih dulu" in page
        assert "Kata saya" in page and "Kata saya" not in asked(draft)
        assert "Ditambah orang lain" in answer.content.decode(), "and stays"
        again = form_of(answer)
        assert client.post(page_of(draft), again | {"aksi": "simpan"}).status_code == 302
        assert asked(draft)[0] == "Kata saya" and asked(draft)[-1] == "Ditambah orang lain"

    def test_sent_twice_is_stored_once(self, client, draft):
        data = sent(client, page_of(draft)) | {"pertanyaan-TOTAL_FORMS": "4"}
        data |= {"pertanyaan-3-text": "Baru", "pertanyaan-3-kind": "yes_no"}
        data |= {"pertanyaan-3-order": "9"}
        assert [client.post(page_of(draft), data).status_code for _ in range(2)] == [302, 302]
        assert asked(draft).count("Baru") == 1 and draft.stored().version == 2

    def test_what_was_published_meanwhile_is_told_and_the_text_stays(self, client, draft, boss):
        data = sent(client, page_of(draft)) | {"pertanyaan-0-text": "Kata saya"}
        publish_draft(draft=draft.stored(), by=boss, version=1)
        answer = client.post(page_of(draft), data | {"version": 2})
        assert answer.status_code == 422 and "sudah diterbitkan" in text_of(answer)
        assert "Kata saya" in answer.content.decode() and "Kata saya" not in asked(draft)
        assert client.get(page_of(draft)).status_code == 302

    def test_of_a_withdrawn_checklist_nothing_is_written(self, client, draft, boss):
        data = sent(client, page_of(draft)) | {"pertanyaan-0-text": "Kata saya"}
        draft.checklist.withdraw(by=boss, reason="Diganti.")
        answer = client.post(page_of(draft), data)
        assert answer.status_code == 422 and "sudah ditarik" in text_of(answer)
        assert client.get(page_of(draft)).status_code == 302


class TestPublishing:
    def test_is_asked_and_done(self, client, draft, boss):
        url = reverse("advocacy:checklist_publish", args=[draft.pk])
        assert "tidak dapat diubah" in text_of(client.get(url))
        assert client.post(url, {"version": 1}).url == draft.checklist.get_absolute_url()
        page = text_of(client.get(draft.checklist.get_absolute_url()))
        assert "Berlaku" in page and f"oleh {boss}" in page

    def test_of_what_was_not_shown_is_refused(self, client, draft, boss):
        save_questions(draft=draft.stored(), questions=draft.asked, by=boss, version=1)
        url = reverse("advocacy:checklist_publish", args=[draft.pk])
        answer = client.post(url, {"version": 1})
        assert answer.status_code == 422 and "Isinya berubah" in text_of(answer)

    def test_a_new_version_and_what_it_would_change(self, client, boss):
        row = factories.checklist(by=boss)
        answer = client.post(
            reverse("advocacy:checklist_begin", args=[row.pk]), {"version": row.version}
        )
        draft = row.versions.drafts().get()
        assert answer.url == page_of(draft)
        assert "Sama dengan versi yang berlaku." in text_of(client.get(row.get_absolute_url()))
        first, second, third = draft.asked
        changed = [third, factories.question("Peserta"), factories.question("Baru", key=first.key)]
        save_questions(draft=draft, questions=changed, by=boss, version=1)
        page = text_of(client.get(row.get_absolute_url()))
        assert "Draf versi 2" in page and "Baru Peserta Jumlah (angka bulat), hari" in page
        assert f"Dihapus {second.text}" in page
        assert f"Pertanyaan: {first.text} menjadi Baru" in page
        assert "Urutan pertanyaannya." in page
        draft.refresh_from_db()
        publish_draft(draft=draft, by=boss, version=draft.version)
        old = row.versions.get(number=1)
        assert second.text in text_of(client.get(old.get_absolute_url())), "it reads as it did"

    def test_withdrawn_with_a_reason(self, client, boss):
        row = factories.checklist(by=boss)
        url = reverse("advocacy:checklist_withdraw", args=[row.pk])
        assert client.post(url, {"version": row.version, "reason": ""}).status_code == 422
        assert client.post(url, {"version": row.version, "reason": "Diganti."}).status_code == 302
        page = text_of(client.get(row.get_absolute_url()))
        assert "Diganti." in page and "Buat versi baru" not in page
        update = reverse("advocacy:checklist_update", args=[row.pk])
        assert client.get(update).status_code == 302

    def test_its_history_tells_of_each_question(self, client, boss):
        row = factories.checklist(by=boss)
        first = row.versions.get().asked[0]
        changed = [factories.question("Bunyi baru", "yes_no", key=first.key)]
        factories.next_version(row, by=boss, asked=changed, publish=True)
        page = text_of(client.get(reverse("advocacy:checklist_history", args=[row.pk])))
        assert "Versi 2 ditambahkan" in page and "3 pertanyaan" in page
        assert "Pertanyaan “Bunyi baru”: pertanyaan" in page and first.text in page
        assert "versi 2 diubah" in page.lower()
        assert "Diterbitkan" in page


class TestReading:
    def test_the_list_and_its_filters(self, client, sign_in, boss):
        factories.checklist(by=boss, name="Berlaku")
        factories.checklist(by=boss, name="Draf", state="draft", level="regency")
        row = factories.checklist(by=boss, name="Lama", purpose="mentoring")
        row.withdraw(by=boss, reason="Diganti.")
        sign_in("member")

        def names(query):
            page = client.get(f"/daftar-periksa/{query}").content.decode()
            return set(re.findall(r'class="s-main"[^>]*>([^<]+)<', page))

        assert names("") == {"Berlaku", "Draf", "Lama"}
        assert names("?state=published") == {"Berlaku"}
        assert names("?state=draft") == {"Draf"}
        assert names("?state=withdrawn") == {"Lama"}
        assert names("?level=regency") == {"Draf"}
        assert names("?purpose=mentoring") == {"Lama"}
        assert names("?level=lain") == set()

    def test_it_is_reached_from_the_libraries(self, client, sign_in):
        factories.library()
        sign_in("regency_officer", regency_code="19.01")
        assert 'href="/daftar-periksa/"' in client.get("/perpustakaan/").content.decode()

    def test_who_may_not_change_sees_no_buttons(self, client, sign_in, draft):
        sign_in("secretariat")
        page = text_of(client.get(draft.checklist.get_absolute_url()))
        assert "Ubah" not in page and "Terbitkan" not in page and "Tarik" not in page
        assert draft.asked[0].text in page


class TestCost:
    def test_queries_are_the_same_at_2_and_200(self, client, boss):
        rows = [factories.checklist(by=boss, asked=factories.questions(2)) for _ in range(2)]
        draft = factories.next_version(rows[0], by=boss)
        urls = ["/daftar-periksa/", rows[0].get_absolute_url(), page_of(draft)]
        urls += [draft.get_absolute_url(), reverse("advocacy:checklist_history", args=[rows[0].pk])]
        few = {url: queries(client, url) for url in urls}
        Checklist.objects.bulk_create(
            [
                Checklist(name=f"{n}", level="village", purpose="both", province_id="19")
                for n in range(200)
            ]
        )
        many = factories.questions(100)
        save_questions(draft=draft, questions=many, by=boss, version=draft.version)
        assert {url: queries(client, url, again=True) for url in urls} == few
        assert max(list(few.values())[:-1]) <= 8, few

    def test_the_heaviest_page_with_40_questions(self, client, boss):
        """At most 15 KB compressed, though no two questions have a word in common."""
        draw = random.Random(17)

        def words(count):
            made = ("".join(draw.choices("abdegiklmnoprstu", k=6)) for _ in range(count))
            return " ".join(made)

        asked = [
            replace(one, text=words(6), help=words(8) if n % 3 == 0 else "")
            for n, one in enumerate(factories.questions(40))
        ]
        row = factories.checklist(by=boss, asked=asked, state="draft")
        page = client.get(page_of(row.versions.get())).content
        assert len(gzip.compress(page, 6)) <= 15_000
