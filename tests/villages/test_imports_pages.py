"""The wizard as its pages: what a person sends and gets back."""

import gzip
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests import factories
from tests.pages import html_of
from tests.villages import lists
from tests.villages.importing import applied, batch_of, row
from villages.imports import batches
from villages.imports.undo import undo_batch
from villages.models import (
    ImportBatch,
    ImportContent,
    Library,
    Participation,
    Village,
    VillageAlias,
)

pytestmark = pytest.mark.django_db

KAPUK, SELIU = "19.01.06.2002", "19.02.02.2009"
START = "/desa/impor/"


@pytest.fixture(autouse=True)
def babel():
    factories.regions()


@pytest.fixture
def account(sign_in):
    return sign_in("administrator")


def upload(client, data=None, *, name="daftar.xlsx", **fields):
    if data is not None:
        fields["file"] = SimpleUploadedFile(name, data)
    return client.post(
        START,
        {"idempotency_key": str(uuid.uuid4()), "pasted": "", "source": "", "year": ""} | fields,
    )


def send(client, batch, action="simpan", **answers):
    """Post the preview as the page has it now, with these answers."""
    batch.refresh_from_db()
    shown = batches.plan_of(batch).fingerprint
    data = {"version": str(batch.version), "rencana": shown, "aksi": action} | answers
    return client.post(batch.get_absolute_url(), data)


def token(client, batch, prefix="jawab-"):
    """Return the name of the first question's field."""
    page = html_of(client.get(batch.get_absolute_url()))
    return page.partition(f'name="{prefix}')[2][:12]


class TestUpload:
    def test_a_list_that_is_understood_goes_straight_to_the_preview(self, client, account):
        response = upload(client, lists.recipients(), name="daftar-penerima-2019.xlsx")
        batch = ImportBatch.objects.get()
        assert response.status_code == 302 and response["Location"] == batch.get_absolute_url()
        assert (batch.year, batch.province_id, batch.created_by, len(batch.file_hash)) == (
            2019,
            "19",
            account,
            64,
        )
        page = html_of(client.get(batch.get_absolute_url()))
        assert "Pulau Seliu" in page and "<b>16</b>" in page and "Lihat semua" not in page
        assert not Library.objects.exists(), "nothing is written yet"

    def test_pasted_from_excel(self, client, account):
        response = upload(client, pasted="Kab\tDesa\nBangka\tKapuk\n", year="2019")
        assert response.status_code == 302
        assert "Kapuk" in html_of(client.get(response["Location"]))

    def test_sent_twice_is_one_import(self, client, account):
        key = str(uuid.uuid4())
        first, second = (
            upload(client, pasted="Kab\tDesa\nBangka\tKapuk", year="2019", idempotency_key=key)
            for _ in range(2)
        )
        assert ImportBatch.objects.count() == 1 and first["Location"] == second["Location"]

    def test_another_list_on_the_same_page_is_another_import(self, client, account):
        key = str(uuid.uuid4())
        upload(client, pasted="Kab\tDesa\nBangka\tKapuk", year="2019", idempotency_key=key)
        response = upload(
            client, pasted="Kab\tDesa\nBangka\tKimak", year="2019", idempotency_key=key
        )
        assert "Kimak" in html_of(client.get(response["Location"]))

    def test_the_key_of_somebody_else_breaks_nothing(self, client, sign_in):
        key = str(uuid.uuid4())
        for _ in range(2):
            sign_in("administrator")
            assert (
                upload(
                    client, pasted="Kab\tDesa\nBangka\tKapuk", year="2019", idempotency_key=key
                ).status_code
                == 302
            )
        assert ImportBatch.objects.count() == 2

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({}, "Pilih berkasnya, atau tempel isinya"),
            ({"file": b"x", "pasted": "Desa\nKapuk"}, "Pilih salah satu"),
            ({"file": b"<html></html>"}, "halaman web"),
            ({"pasted": "Desa\nKapuk", "year": "sembilan"}, "Bukan tahun antara 2010 dan 2099"),
            ({"pasted": "Desa\nKapuk", "year": "1945"}, "Bukan tahun antara 2010 dan 2099"),
            ({"pasted": "   "}, "Pilih berkasnya"),
        ],
    )
    def test_a_mistake_is_said_and_what_was_typed_stays(self, client, account, fields, says):
        fields = dict(fields)
        data = fields.pop("file", None)
        response = upload(
            client, data, name="daftar.xls", source="Dinas Perpustakaan Bangka", **fields
        )
        page = html_of(response)
        assert response.status_code == 422 and says in page and 'id="error-summary"' in page
        assert "Dinas Perpustakaan Bangka" in page
        assert not ImportBatch.objects.exists()

    def test_more_than_the_web_takes_is_said(self, client, account, monkeypatch):
        response = upload(client, b"Kab;Desa\n" + b"Bangka;Kapuk\n" * 20_001, name="daftar.csv")
        assert response.status_code == 422 and "20.000 baris" in html_of(response)
        monkeypatch.setattr("sinergi.kit.spreadsheets.read.MAX_BYTES", 10)
        response = upload(client, lists.recipients())
        assert "lebih besar dari 10 MB" in html_of(response)

    def test_a_national_administrator_chooses_the_province(self, client, sign_in):
        sign_in("administrator", province_code=None)
        upload(client, pasted="Kab\tDesa\nBangka\tKapuk", year="2019", province="19")
        upload(client, pasted="Kab\tDesa\nBangka\tKapuk", year="2019", province="")
        assert sorted(ImportBatch.objects.values_list("province", flat=True), key=str) == [
            "19",
            None,
        ]

    def test_the_province_is_never_taken_from_the_request(self, client, account):
        factories.province("11")
        upload(client, pasted="Kab\tDesa\nBangka\tKapuk", year="2019", province="11")
        assert ImportBatch.objects.get().province_id == "19"

    def test_the_template_is_understood(self, client, account):
        response = client.get("/desa/impor/templat/")
        assert response["Content-Disposition"] == 'attachment; filename="templat-daftar-desa.xlsx"'
        book = load_workbook(io.BytesIO(response.content))
        book.worksheets[0].append(["Bangka", "Bakam", "Kapuk", "", "", "", "", "", "2019"])
        assert (
            upload(client, lists.saved(book))["Location"]
            == ImportBatch.objects.get().get_absolute_url()
        )
        assert batches.plan_of(ImportBatch.objects.get()).counts["new"] == 1


class TestColumns:
    def columns(self, client, batch, **changes):
        batch.refresh_from_db()
        data = {
            "version": str(batch.version),
            "sheet": "0",
            "header": str(batch.header),
            "year": "2019",
        }
        return client.post(f"{batch.get_absolute_url()}kolom/", data | changes)

    def test_an_unknown_header_is_asked(self, client, account):
        response = upload(client, pasted="Lokus\tWilayah\nKapuk\tBangka")
        batch = ImportBatch.objects.get()
        assert response["Location"].endswith("/kolom/")
        assert "Kolom nama desa belum dikenali" in html_of(client.get(response["Location"]))
        assert client.get(batch.get_absolute_url()).status_code == 302
        response = self.columns(client, batch, header="0")
        assert response.status_code == 302, "the header is read first"
        response = self.columns(client, batch, **{"kolom-0": "village", "kolom-1": "regency"})
        assert response["Location"] == batch.get_absolute_url()
        assert "<b>1</b>" in html_of(client.get(batch.get_absolute_url()))

    def test_a_column_twice_none_for_the_village_and_no_year_are_said(self, client, account):
        batch = batch_of(row("Kapuk"))
        page = html_of(
            self.columns(client, batch, **{"kolom-0": "regency", "kolom-1": "regency"}, year="")
        )
        assert "dipilih untuk dua kolom" in page and "Pilih kolom yang berisi nama desa" in page
        page = html_of(self.columns(client, batch, **{"kolom-2": "village"}, year=""))
        assert "Isi tahun program" in page
        page = html_of(self.columns(client, batch, **{"kolom-2": "village"}, year="1900"))
        assert "Bukan tahun antara" in page

    def test_another_sheet_is_read_anew(self, client, account):
        book = load_workbook(io.BytesIO(lists.xlsx([["Kab", "Desa"], ["Bangka", "Kapuk"]])))
        other = book.create_sheet("Belitung")
        for line in (["Judul 2019"], ["Kabupaten", "Nama Desa"], ["Belitung", "Sijuk"]):
            other.append(line)
        upload(client, lists.saved(book), year="2019")
        batch = ImportBatch.objects.get()
        response = self.columns(client, batch, sheet="1")
        assert response.status_code == 302 and response["Location"].endswith("/kolom/")
        assert "Sijuk" in html_of(client.get(batch.get_absolute_url()))

    def test_a_stale_page_overwrites_nothing(self, client, account):
        """
        Both versions are shown, the person's own choices stay, and the next save is a decision.
        """
        batch = batch_of(row("Kapuk"), by=account)
        self.columns(client, batch, **{"kolom-2": "village", "kolom-0": "regency"}, year="2020")
        response = self.columns(
            client, batch, version="1", **{"kolom-2": "village", "kolom-3": "head"}
        )
        page = html_of(response)
        assert response.status_code == 409 and "menyimpan perubahan lebih dulu" in page
        assert "2020" in page and '<option value="head" selected>' in page
        batch.refresh_from_db()
        assert batch.year == 2020 and f'name="version" value="{batch.version}"' in page
        self.columns(client, batch, **{"kolom-2": "village", "kolom-3": "head"})
        batch.refresh_from_db()
        assert batch.columns == {"2": "village", "3": "head"}

    def test_another_sheet_brings_its_own_title(self, client, account):
        book = load_workbook(
            io.BytesIO(lists.xlsx([["KABUPATEN BANGKA 2018"], ["No", "Desa"], ["1", "Kapuk"]]))
        )
        other = book.create_sheet("Daftar 2")
        for line in (["KABUPATEN BANGKA TENGAH 2020"], ["No", "Desa"], ["1", "Kayu Besi"]):
            other.append(line)
        upload(client, lists.saved(book))
        batch = ImportBatch.objects.get()
        self.columns(client, batch, sheet="0", year="")
        batch.refresh_from_db()
        assert (batch.year, batch.regency_id) == (2018, "19.01")
        self.columns(client, batch, sheet="1", year="2018", regency="19.01")
        batch.refresh_from_db()
        assert (batch.year, batch.regency_id) == (2020, "19.04")
        self.columns(client, batch, sheet="1", year="2021", regency="", **{"kolom-1": "village"})
        batch.refresh_from_db()
        assert (batch.year, batch.regency_id) == (2021, None), "what a person clears stays cleared"

    def test_markup_in_a_cell_is_text(self, client, account):
        batch = batch_of(row("Kapuk", name="<meta http-equiv=refresh content=0>"), by=account)
        page = html_of(client.get(f"{batch.get_absolute_url()}kolom/"))
        assert "<meta http-equiv=refresh" not in page and "&lt;meta http-equiv=refresh" in page

    def test_what_an_undone_import_read_is_not_remembered(self, client, account):
        batch = applied(
            ["Kapuk", "x"],
            head=["Desa", "Nama"],
            source="Dinas Uji",
            by=account,
            leave_problems=True,
        )
        assert batches.remembered_columns(batch)
        undo_batch(batch, by=account)
        assert not batches.remembered_columns(batch)

    def test_an_offices_names_are_remembered(self, client, account):
        pasted = "Lokus\tWilayah\nKapuk\tBangka"
        upload(client, pasted=pasted, source="Dinas Bangka")
        batch = ImportBatch.objects.get()
        self.columns(client, batch, header="0")
        self.columns(client, batch, **{"kolom-0": "village", "kolom-1": "regency"})
        send(client, batch, "terapkan")
        assert Library.objects.count() == 1
        response = upload(client, pasted=pasted, source="dinas bangka", year="2020")
        assert not response["Location"].endswith("/kolom/"), (
            "the same office's next list is understood"
        )
        assert upload(client, pasted=pasted, source="Dinas lain", year="2020")["Location"].endswith(
            "/kolom/"
        )

    def test_answers_to_rows_do_not_survive_another_sheet(self, client, account):
        """Row 2 of the other sheet is another village."""
        batch = batch_of(row("Air Duren"), row("Siliu", "Belitung"), by=account)
        one, other = batches.plan_of(batch).questions()
        batch.answers = {one.key: one.choices[0], other.key: SELIU}
        batch.save_as(by=account)
        self.columns(client, batch, **{"kolom-0": "regency", "kolom-2": "village"})
        batch.refresh_from_db()
        assert list(batch.answers) == [other.key]

    def test_a_regency_for_a_list_without_that_column(self, client, account):
        batch = batch_of(["1", "Dendang"], head=["No", "Desa"])
        self.columns(client, batch, regency="19.06", **{"kolom-1": "village"})
        page = html_of(client.get(batch.get_absolute_url()))
        assert "Kabupaten Belitung Timur" in page and "Terapkan 1 baris" in page


class TestReview:
    def test_from_the_question_to_the_result_and_back(self, client, account):
        upload(client, lists.recipients(), name="daftar-penerima-2019.xlsx")
        batch = ImportBatch.objects.get()
        response = send(client, batch, "terapkan")
        assert response.status_code == 422 and "Pilih artinya" in html_of(response)
        name = token(client, batch)
        response = send(client, batch, "simpan", **{f"jawab-{name}": SELIU})
        assert response.status_code == 302 and not Library.objects.exists()
        page = html_of(client.get(batch.get_absolute_url()))
        assert "tertulis “Siliu”" in page and "Terapkan 17 baris" in page
        response = send(client, batch, "terapkan", **{f"jawab-{name}": SELIU})
        assert (
            response.status_code == 302
            and Library.objects.count() == Participation.objects.count() == 17
        )
        result = html_of(client.get(batch.get_absolute_url()))
        assert "Diterapkan" in result and "Urungkan" in result
        assert "peserta 2019" in html_of(client.get("/wilayah/19.02/"))
        upload(client, lists.recipients(), name="daftar-penerima-2019.xlsx")
        again = ImportBatch.objects.latest("id")
        assert "17 baris sudah sama" in html_of(client.get(again.get_absolute_url()))
        send(client, again, "terapkan")
        undo = client.get(f"{batch.get_absolute_url()}urungkan/").context["form"]["version"].value()
        assert (
            client.post(f"{batch.get_absolute_url()}urungkan/", {"version": undo}).status_code
            == 302
        )
        assert not Library.objects.exists()
        page = html_of(client.get(batch.get_absolute_url()))
        assert "tetap dikenal" in page and "Siliu" in page and VillageAlias.objects.count() == 1, (
            "the later list was read by it"
        )
        assert "Semua yang ditulis impor ini sudah dikembalikan" in html_of(
            client.get(batch.get_absolute_url())
        )

    def test_an_answer_is_shown_before_it_is_applied(self, client, account):
        """Whoever answers and applies in one step first sees what the answer does."""
        batch = batch_of(row("Siliu", "Belitung"), by=account)
        name = token(client, batch)
        response = send(client, batch, "terapkan", **{f"jawab-{name}": SELIU})
        assert response.status_code == 302 and not Library.objects.exists()
        send(client, batch, "terapkan", **{f"jawab-{name}": SELIU})
        assert Library.objects.get().village_id == SELIU

    def test_another_village_by_name(self, client, account):
        batch = batch_of(row("Siliu", "Belitung"), by=account)
        name = token(client, batch)
        response = send(client, batch, **{f"jawab-{name}": "lain", f"isi-{name}": "Kapuk"})
        page = html_of(response)
        assert (
            response.status_code == 422 and "Tidak ada desa “Kapuk” di Kabupaten Belitung" in page
        )
        assert 'value="Kapuk"' in page, "what was typed stays"
        send(client, batch, **{f"jawab-{name}": "lain", f"isi-{name}": "sijuk"})
        batch.refresh_from_db()
        assert list(batch.answers.values()) == ["19.02.04.2001"]

    def test_a_cell_is_mended(self, client, account):
        batch = batch_of(row("Kapuk", phone="8,1E+11"), by=account)
        name = token(client, batch, "isi-")
        assert send(client, batch, **{f"isi-{name}": "masih salah"}).status_code == 422
        assert send(client, batch, **{f"isi-{name}": "081234567890"}).status_code == 302
        send(client, batch, "terapkan", **{f"isi-{name}": "081234567890"})
        assert Library.objects.get().phone == "0812-3456-7890"

    def test_enter_saves_and_leaves_nothing_out(self, client, account):
        """The first button of a form is the one that Enter presses."""
        batch = batch_of(row("Siliu", "Belitung"), by=account)
        page = html_of(client.get(batch.get_absolute_url()))
        form = page[page.index('<form method="post" action="/desa/impor/') :]
        assert 'value="simpan"' in form[: form.index("</button>")]

    def test_a_choice_and_a_text_are_two_answers(self, client, account):
        batch = batch_of(row("Siliu", "Belitung"), by=account)
        name = token(client, batch)
        page = html_of(send(client, batch, **{f"jawab-{name}": SELIU, f"isi-{name}": "Keciput"}))
        assert "Anda memilih dan juga menulis" in page and 'value="Keciput"' in page
        page = html_of(send(client, batch, **{f"jawab-{name}": "lain", f"isi-{name}": ""}))
        assert "Tulis namanya" in page and '<details class="s-extra" open>' in page

    def test_all_unusable_cells_are_emptied_at_once_and_no_row_is_lost(self, client, account):
        batch = batch_of(
            row("Kapuk", phone="8,1E+11"),
            row("Kimak", phone="x"),
            row("Siliu", "Belitung"),
            by=account,
        )
        send(client, batch, "kosongkan")
        send(client, batch, "keluarkan")
        send(client, batch, "terapkan")
        assert sorted(Library.objects.values_list("village_id", "phone")) == [
            ("19.01.03.2005", ""),
            (KAPUK, ""),
        ]

    def test_all_choices_can_be_taken_back(self, client, account):
        batch = batch_of(*(row(f"Tidak ada {n}") for n in range(40)), by=account)
        send(client, batch, "keluarkan")
        assert "Sudah Anda pilih (40)" in html_of(client.get(batch.get_absolute_url()))
        send(client, batch, "ulang")
        batch.refresh_from_db()
        assert batch.answers == {}

    def test_a_cell_left_out_and_taken_back_is_not_emptied(self, client, account):
        batch = batch_of(row("Kapuk", phone="0812xx"), by=account)
        name = token(client, batch, "isi-")
        send(client, batch, **{f"isi-{name}": "0812xx", f"jawab-{name}": "lewati"})
        assert 'value="0812xx"' in html_of(client.get(batch.get_absolute_url()))
        send(client, batch, **{f"isi-{name}": "0812xx"})
        batch.refresh_from_db()
        assert batch.answers == {}

    def test_a_list_without_rows_is_not_called_done(self, client, account):
        page = html_of(client.get(batch_of(by=account).get_absolute_url()))
        assert "tidak memuat satu baris desa pun" in page and "Selesai" not in page

    def test_a_step_that_does_not_fit_is_not_asked(self, client, account):
        draft, done = batch_of(row("Kapuk"), by=account), applied(row("Kimak"), by=account)
        for address in (
            f"{draft.get_absolute_url()}urungkan/",
            f"{done.get_absolute_url()}batalkan/",
        ):
            assert "Tidak dapat dilakukan" in html_of(client.get(address, follow=True))

    def test_columns_without_a_name_are_pointed_out(self, client, account):
        batch = batch_of(["Bangka", "Kapuk", "Jl. A"], head=["Kab", "Desa"], by=account)
        assert "kolom C (tanpa judul)" in html_of(client.get(batch.get_absolute_url()))

    def test_the_preview_weighs_little_whatever_the_list(self, client, account):
        """
        Thousands of questions and long cells, before and after an answer: at most 15 KB compressed.
        """
        villages = Village.objects.select_related("regency", "district")
        good = [
            row(
                v.name,
                v.regency.name,
                district=v.district.name,
                address=f"Jalan {v.name} nomor {n}, {v.district.name}",
                phone=f"0812{n:08}",
            )
            for n, v in enumerate(villages[:300])
        ]
        bad = [
            row(f"Tidak ada nomor {n} {'panjang ' * 300}", "Bangka", head=f"{n}" * 400)
            for n in range(300)
        ]
        batch = batch_of(*good, *bad, by=account)
        for _ in range(2):
            page = client.get(batch.get_absolute_url()).content
            assert len(gzip.compress(page, 6)) <= 15_000
            send(client, batch, "keluarkan")

    def test_all_that_is_open_is_left_out_at_once(self, client, account):
        batch = batch_of(row("Siliu", "Belitung"), row("zzz"), row("Kapuk"), by=account)
        send(client, batch, "keluarkan")
        send(client, batch, "terapkan")
        assert [library.village_id for library in Library.objects.all()] == [KAPUK]

    def test_two_people_answer_the_second_is_told(self, client, account):
        batch = batch_of(row("Siliu", "Belitung"), by=account)
        name = token(client, batch)
        old = {"version": str(batch.version), "aksi": "simpan", f"jawab-{name}": "lewati"}
        send(client, batch, **{f"jawab-{name}": SELIU})
        response = client.post(batch.get_absolute_url(), old)
        page = html_of(response)
        assert response.status_code == 409 and "menyimpan perubahan lebih dulu" in page
        assert "<td>Keluarkan baris ini</td><td>Pulau Seliu</td>" in page, "in words, not in codes"
        batch.refresh_from_db()
        assert list(batch.answers.values()) == [SELIU]
        assert 'value="lewati" checked' in page, "the second one's own choice stays on the page"

    def test_the_count_of_open_rows_follows_the_answers(self, client, account):
        rows = [
            row("Siliu", "Belitung"),
            row("SILIU", "KAB. BELITUNG"),
            row("Kapuk", phone="12"),
            row("Sijuk", "Belitung"),
        ]
        batch = batch_of(*rows, by=account)
        page = html_of(client.get(batch.get_absolute_url()))
        assert (
            "3 baris belum dipilih" in page
            and page.count("data-rows=") == 2
            and 'data-rows="2"' in page
        )
        first, second = client.get(batch.get_absolute_url()).context["questions"]
        answers = {f"jawab-{first.token}": SELIU, f"isi-{second.token}": "juga bukan nomor"}
        response = send(client, batch, "simpan", **answers)
        assert response.status_code == 422 and "1 baris belum dipilih" in html_of(response)
        send(client, batch, "simpan", **{f"jawab-{first.token}": SELIU})
        assert "1 baris belum dipilih" in html_of(client.get(batch.get_absolute_url()))

    def test_all_gaps_are_answered_at_once_as_above(self, client, account):
        rows = [
            row("Kapuk"),
            row("Kimak"),
            row("Kayu Besi", ""),
            row("Rebo", ""),
            row("Sijuk", "Belitung"),
        ]
        batch = batch_of(*rows, by=account)
        page = html_of(client.get(batch.get_absolute_url()))
        assert (
            page.count("Sama seperti baris di atasnya") == 2
            and 'value="atas"' in page
            and "Kabupaten Bangka" in page
        )
        send(client, batch, "atas")
        page = html_of(client.get(batch.get_absolute_url()))
        assert (
            "Semua baris sudah jelas." in page
            and "Terapkan 5 baris" in page
            and "Sudah Anda pilih (2)" in page
        )

    def test_what_changed_since_the_preview_is_shown_first(self, client, account):
        batch = batch_of(row("Kapuk", head="Baru"), by=account)
        shown = batches.plan_of(batch).fingerprint
        factories.library(Village.objects.get(pk=KAPUK), head="Dari orang lain")
        response = client.post(
            batch.get_absolute_url(), {"version": "1", "rencana": shown, "aksi": "terapkan"}
        )
        page = html_of(response)
        assert (
            response.status_code == 409
            and "Data berubah sejak pratinjau" in page
            and "Dari orang lain" in page
        )
        assert Library.objects.get().head == "Dari orang lain"

    def test_applied_twice_is_applied_once(self, client, account):
        batch = batch_of(row("Kapuk"), by=account)
        data = {"version": "1", "rencana": batches.plan_of(batch).fingerprint, "aksi": "terapkan"}
        first, second = (client.post(batch.get_absolute_url(), data) for _ in range(2))
        assert first.status_code == second.status_code == 302 and Library.objects.count() == 1
        assert "sudah diterapkan" in html_of(client.get(batch.get_absolute_url()))

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"version": "x"},
            {"version": "9" * 30},
            {"version": "9" * 5000},
            {"aksi": "terapkan", "version": "-1"},
        ],
    )
    def test_a_post_made_by_hand_writes_nothing(self, client, account, data):
        batch = batch_of(row("Kapuk"), by=account)
        assert client.post(batch.get_absolute_url(), data).status_code in (302, 409)
        assert not Library.objects.exists()

    def test_cells_are_shown_as_text(self, client, account):
        batch = batch_of(
            row("Kapuk", head="<script>alert(1)</script>", address='=HYPERLINK("http://x")'),
            by=account,
        )
        page = html_of(client.get(batch.get_absolute_url()))
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page

    def test_problems_leave_as_a_sheet_that_can_be_sent_again(self, client, account):
        batch = batch_of(row("Siliu", "Belitung", head="=1+1"), row("Kapuk"), by=account)
        response = client.get(f"{batch.get_absolute_url()}bermasalah/")
        head, only = load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
        assert head[0] == "Baris" and head[-1] == "Alasan" and only[0] == 2
        assert "Pulau Seliu" in only[-1] and "=1+1" in only

    def test_a_cancelled_import_cannot_be_applied(self, client, account):
        batch = batch_of(row("Kapuk"), by=account)
        assert (
            client.post(f"{batch.get_absolute_url()}batalkan/", {"version": "1"}).status_code == 302
        )
        send(client, batch, "terapkan")
        batch.refresh_from_db()
        assert batch.state == "cancelled" and not Library.objects.exists()
        assert "Tidak ada data yang diubah" in html_of(client.get(batch.get_absolute_url()))

    def test_cells_that_are_no_longer_kept(self, client, account):
        batch = batch_of(row("Kapuk"), by=account)
        ImportContent.objects.all().delete()
        for address in (batch.get_absolute_url(), f"{batch.get_absolute_url()}kolom/"):
            response = client.get(address, follow=True)
            assert "Unggah berkasnya sekali lagi" in html_of(response)
        assert "Unggah" in html_of(
            client.post(batch.get_absolute_url(), {"aksi": "terapkan"}, follow=True)
        )

    def test_a_long_list_shows_its_first_rows_and_the_rest_on_pages(self, client, account):
        villages = Village.objects.select_related("regency").order_by("pk")[:260]
        batch = batch_of(
            *(row(v.name, v.regency.name, district=v.district.name) for v in villages), by=account
        )
        page = html_of(client.get(batch.get_absolute_url()))
        assert page.count("<tr>") == 31 and "Lihat semua" in page
        first = html_of(client.get(f"{batch.get_absolute_url()}baris/?hasil=baru"))
        assert first.count("<tr>") == 101 and "setelah=101" in first
        assert (
            html_of(client.get(f"{batch.get_absolute_url()}baris/?hasil=baru&setelah=201")).count(
                "<tr>"
            )
            == 61
        )
        assert client.get(f"{batch.get_absolute_url()}baris/?hasil=lain").status_code == 404
        for text in ("x", "-1", "9" * 40):
            assert (
                client.get(
                    f"{batch.get_absolute_url()}baris/?hasil=baru&setelah={text}"
                ).status_code
                == 200
            )

    def test_many_questions_come_in_parts(self, client, account):
        batch = batch_of(*(row(f"Tidak ada {n}") for n in range(40)), by=account)
        page = html_of(client.get(batch.get_absolute_url()))
        assert page.count("<fieldset") == 15 and "25 pertanyaan lagi" in page


class TestResult:
    def test_each_row_and_what_it_did(self, client, account):
        factories.library(Village.objects.get(pk=KAPUK), head="Lama")
        batch = applied(row("Kapuk", head="Baru"), row("Kimak"), ["Jumlah"], by=account)
        page = html_of(client.get(batch.get_absolute_url()))
        assert (
            "<del>Lama</del> <ins>Baru</ins>" in page and "Kimak" in page and "baris jumlah" in page
        )
        assert str(account) in page and batch.file_hash not in page
        for kind in ("baru", "berubah", "dilewati"):
            assert client.get(f"{batch.get_absolute_url()}baris/?hasil={kind}").status_code == 200
        again = applied(row("Kimak"), by=account)
        assert "Kimak" in html_of(client.get(f"{again.get_absolute_url()}baris/?hasil=tetap"))

    def test_undoing_says_what_was_left_and_why(self, client, account):
        batch = applied(row("Kapuk"), by=account)
        library = Library.objects.get()
        library.head = "Kemudian"
        library.save_as(by=account)
        client.post(f"{batch.get_absolute_url()}urungkan/", {"version": batch.version})
        page = html_of(client.get(batch.get_absolute_url()))
        assert "Kapuk" in html_of(client.get(f"{batch.get_absolute_url()}baris/?hasil=dibiarkan"))
        assert "1 baris dibiarkan" in page and "sudah diubah sesudahnya" in page

    def test_the_list_says_what_is_true_after_undoing(self, client, account):
        batch = applied(row("Kapuk"), row("Kimak"), by=account)
        library = Library.objects.get(village__name="Kimak")
        library.name = "Perpustakaan Cerdas"
        library.save_as(by=account)
        undo_batch(batch, by=account)
        page = html_of(client.get(reverse("villages:import_list")))
        assert "1 baris kembali seperti semula, 1 dibiarkan" in page
        assert page.count('class="end c-empty">–<') == 3, "what it added is gone"

    def test_after_undoing_the_page_says_what_is_true_now(self, client, account):
        factories.library(Village.objects.get(pk=KAPUK), head="Yang lama")
        batch = applied(row("Kapuk", head="Yang baru"), row("Kimak"), by=account)
        assert "<del>Yang lama</del> <ins>Yang baru</ins>" in html_of(
            client.get(batch.get_absolute_url())
        )
        client.post(f"{batch.get_absolute_url()}urungkan/", {"version": batch.version})
        for page in (batch.get_absolute_url(), f"{batch.get_absolute_url()}baris/?hasil=berubah"):
            assert "<del>Yang baru</del> <ins>Yang lama</ins>" in html_of(client.get(page))
        page = html_of(client.get(batch.get_absolute_url()))
        assert (
            '<b>2</b><span class="s-chip s-chip--draft">Diurungkan</span>' in page
            and "<small>ditambahkan</small>" not in page
        )
        assert (
            "Sempat ditambahkan (1)" in page
            and "sudah dihapus lagi" in page
            and "nilai lama diganti" not in page
        )

    def test_the_history_tells_who_did_what(self, client, account):
        batch = applied(row("Kapuk"), by=account)
        page = html_of(client.get(f"{batch.get_absolute_url()}riwayat/"))
        assert "Diterapkan" in page and str(account) in page and "village" not in page

    def test_what_is_left_out_of_a_draft_can_be_seen_whole(self, client, account):
        batch = batch_of(*([f"Jumlah {n}"] for n in range(120)), row("Kapuk"), by=account)
        page = html_of(client.get(batch.get_absolute_url()))
        assert "hasil=dilewati" in page
        assert (
            html_of(client.get(f"{batch.get_absolute_url()}baris/?hasil=dilewati")).count("<tr>")
            == 101
        )


class TestQueries:
    def queries(self, client, url):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    def test_the_same_number_for_2_and_for_200_rows(self, client, account):
        villages = [
            row(v.name, v.regency.name, district=v.district.name)
            for v in Village.objects.select_related("regency", "district")
        ]
        few, many = (batch_of(*rows, by=account) for rows in (villages[:2], villages[:200]))
        for page in ("", "kolom/", "baris/?hasil=baru", "bermasalah/"):
            assert self.queries(client, few.get_absolute_url() + page) == self.queries(
                client, many.get_absolute_url() + page
            ), page
        few, many = (applied(*rows, by=account) for rows in (villages[200:202], villages[202:390]))
        for page in ("", "baris/?hasil=baru", "riwayat/"):
            assert self.queries(client, few.get_absolute_url() + page) == self.queries(
                client, many.get_absolute_url() + page
            ), page

    def test_the_list_of_imports(self, client, account):
        for _ in range(2):
            batch_of(row("Kapuk"), by=account)
        few = {url: self.queries(client, url) for url in ("/desa/impor/", "/desa/impor/riwayat/")}
        for _ in range(18):
            batch_of(row("Kapuk"), by=account)
        assert {url: self.queries(client, url) for url in few} == few


class TestParticipation:
    def test_a_year_is_added_on_the_librarys_page(self, client, sign_in):
        sign_in("secretariat")
        library = factories.library(Village.objects.get(pk=KAPUK))
        url = f"/perpustakaan/{library.pk}/kepesertaan/"
        key = str(uuid.uuid4())
        for _ in range(2):
            assert client.post(url, {"year": "2019", "idempotency_key": key}).status_code == 302
        assert Participation.objects.get().year == 2019
        assert "2019" in html_of(client.get(library.get_absolute_url()))
        for year, says in (
            ("2019", "sudah tercatat"),
            ("1900", "antara 2010"),
            ("", "Isi tahun"),
            ("x", "antara 2010"),
            ("9" * 100, "paling banyak 20"),
        ):
            response = client.post(url, {"year": year, "idempotency_key": str(uuid.uuid4())})
            assert response.status_code == 422 and says in html_of(response), year
        assert "Kepesertaan" in html_of(client.get(f"/perpustakaan/{library.pk}/riwayat/"))
