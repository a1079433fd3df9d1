"""The pages of a regency's sheet, as those who fill in its reports meet them."""

import io
import re
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
from tests.villages.importing import batch_of, row
from tests.villages.reporting import (
    CODES,
    LAST,
    FilledSheet,
    regency_with_reports,
    reported,
    stored,
)
from villages.models import ImportBatch, ImportContent, LibraryReport
from villages.views import report_sheets

pytestmark = pytest.mark.django_db

START = reverse("villages:report_sheet_start")


@pytest.fixture
def officer(sign_in):
    return sign_in("regency_officer", regency_code="19.01")


@pytest.fixture
def libraries(officer):
    return regency_with_reports(officer, factories.user("secretariat"))


@pytest.fixture
def sheet(libraries):
    return FilledSheet()


def download_url(regency="19.01", quarter=LAST.key):
    return reverse("villages:report_sheet_download", args=[regency, quarter])


def sent(data, **changes):
    return {
        "regency": "19.01",
        "quarter": LAST.key,
        "file": SimpleUploadedFile("lembar.xlsx", data),
        "idempotency_key": str(uuid.uuid4()),
    } | changes


def upload(client, sheet, **changes):
    return client.post(START, sent(sheet.data, **changes))


def apply(client, batch_url):
    page = html_of(client.get(batch_url))
    shown = re.search(r'name="rencana"\s+value="(\w+)"', page)[1]
    return client.post(batch_url, {"rencana": shown})


class TestDownload:
    def test_is_a_workbook_to_fill_in(self, client, libraries):
        answer = client.get(download_url())
        assert answer["Content-Disposition"].endswith(f'"laporan-{LAST.key}-19.01.xlsx"')
        assert load_workbook(io.BytesIO(answer.content)).worksheets[0].max_row > len(CODES)

    @pytest.mark.parametrize(
        ("regency", "quarter"),
        [("19.02", LAST.key), ("19.99", LAST.key), ("19.01", LAST.next.key), ("19.01", "2019-5")],
    )
    def test_is_not_there_for_another_place_or_a_quarter_to_come(
        self, client, libraries, regency, quarter
    ):
        assert client.get(download_url(regency, quarter)).status_code == 404

    def test_before_anybody_took_part_there_is_none(self, client, libraries):
        assert client.get(download_url(quarter="2015-1")).status_code == 404

    def test_stands_on_the_list_of_the_quarter(self, client, libraries, sign_in):
        page = reverse("villages:report_list")
        assert download_url() in html_of(client.get(page))
        sign_in("secretariat")
        everywhere = html_of(client.get(page))
        assert START in everywhere
        assert download_url() not in everywhere
        assert download_url() in html_of(client.get(f"{page}?regency=19.01"))
        sign_in("observer")
        assert START not in html_of(client.get(f"{page}?regency=19.01"))

    def test_the_quarter_is_chosen_on_the_page(self, client, libraries):
        page = html_of(client.get(START))
        assert download_url() in page
        for quarter in (LAST.previous, LAST.moved(-3)):
            assert f'href="?triwulan={quarter.key}&amp;regency=19.01"' in page
        page = html_of(client.get(f"{START}?triwulan={LAST.previous.key}"))
        assert download_url(quarter=LAST.previous.key) in page
        assert re.findall(r'aria-current="true">([^<]+)', page) == [LAST.previous.short]

    def test_a_list_that_ends_says_so(self, client, libraries, sign_in, monkeypatch):
        sign_in("secretariat")
        assert 'id="more"' not in html_of(client.get(START))
        monkeypatch.setattr(report_sheets, "MOST_LINKS", 1)
        page = html_of(client.get(START))
        assert "Hanya 1 kabupaten/kota pertama" in page
        assert f"{reverse('villages:report_list')}?triwulan={LAST.key}" in page
        assert download_url() in page
        assert download_url("19.02") not in page


class TestUpload:
    def test_is_shown_before_it_is_stored_and_can_be_undone(self, client, sheet):
        before = stored()
        sheet.put("empty", "visitors", "1.250")
        sheet.put("draft", "loans", None)
        sheet.put("draft", "visitors", 310)
        answer = upload(client, sheet)
        batch = ImportBatch.objects.get()
        assert answer.url == batch.get_absolute_url()
        page = html_of(client.get(answer.url))
        assert "<del>300</del>" in page
        assert "<ins>310</ins>" in page
        assert "<ins>belum tahu</ins>" in page
        assert "Terapkan 2 baris" in page
        assert page.count('<th scope="col">Perpustakaan</th>') == 2
        assert '<th scope="col">Desa</th>' not in page
        assert stored() == before
        assert apply(client, answer.url).url == answer.url
        made = LibraryReport.objects.of(LAST).get(library__village=CODES["empty"])
        assert (made.state, made.visitors) == ("draft", 1250)
        page = html_of(client.get(answer.url))
        assert "Urungkan" in page
        assert reverse("villages:report_update", args=[made.library_id, LAST.key]) in page
        undo = reverse("villages:report_sheet_undo", args=[batch.pk])
        client.post(undo, {"version": batch.stored().version})
        assert stored() == before
        assert "dikembalikan seperti semula" in html_of(client.get(answer.url))

    def test_its_history_is_that_of_a_sheet(self, client, sheet):
        upload(client, sheet)
        batch = ImportBatch.objects.get()
        page = html_of(client.get(reverse("villages:report_sheet_history", args=[batch.pk])))
        assert "Lembar isian ditambahkan" in page
        assert "Tahun program" not in page
        assert re.search(rf"Tahun\W[^0-9]*{LAST.year}", page)
        assert "mpor daftar desa" not in page

    def test_names_every_cell_that_is_wrong_and_stores_nothing(self, client, sheet):
        cells = [
            sheet.put("empty", "visitors", "-"),
            sheet.put("draft", "loans", "=1"),
            sheet.put("verified", "visitors", 9),
        ]
        url, before = upload(client, sheet).url, stored()
        page = html_of(client.get(url))
        assert all(f">{cell}</b>" in page for cell in cells)
        assert "<button" not in page[page.index('class="s-actions"') :].split("</form>")[0]
        assert client.post(url, {"rencana": ""}).status_code == 409
        assert stored() == before

    def test_what_may_be_stored_but_should_be_seen_is_named(self, client, sheet):
        cell = sheet.put("empty", "participants", 960)
        page = html_of(client.get(upload(client, sheet).url))
        assert "Perlu dilihat (1)" in page
        assert f">{cell}</b>" in page
        assert "96 → 960" in page

    def test_what_is_not_read_is_told(self, client, sheet):
        sheet.page.delete_cols(sheet.column("media"), 2)
        sheet.page.delete_rows(sheet.row("draft"))
        page = html_of(client.get(upload(client, sheet).url))
        assert "Publikasi media (berita)" in page
        assert "1 perpustakaan tidak ada pada lembar ini" in page

    def test_the_same_sending_twice_is_one(self, client, sheet):
        key = str(uuid.uuid4())
        data = sheet.data
        urls = {client.post(START, sent(data, idempotency_key=key)).url for _ in range(2)}
        assert len(urls) == 1

    def test_what_changed_meanwhile_is_shown_again(self, client, sheet, officer):
        sheet.put("draft", "visitors", 310)
        url = upload(client, sheet).url
        page = html_of(client.get(url))
        shown = re.search(r'name="rencana"\s+value="(\w+)"', page)[1]
        report = LibraryReport.objects.of(LAST).get(library__village=CODES["draft"])
        report.visitors = 305
        report.save_as(by=officer)
        answer = client.post(url, {"rencana": shown})
        assert answer.status_code == 409
        assert "<del>305</del>" in html_of(answer)
        assert apply(client, url).status_code == 302
        assert report.stored().visitors == 310

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"regency": "19.02"}, "dari daftarnya"),
            ({"regency": ""}, "Pilih kabupaten/kota"),
            ({"quarter": LAST.next.key}, "sudah berakhir"),
            ({"quarter": "2009-3"}, "sudah berakhir"),
            ({"quarter": LAST.previous.key}, "A3: lembar ini milik"),
            ({"file": ""}, "Pilih berkasnya"),
            ({"file": SimpleUploadedFile("a.xls", lists.xls([["Kode", "Pengunjung"]]))}, ".xlsx"),
            ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04rusak")}, "rusak"),
        ],
        ids=[
            "elsewhere",
            "nowhere",
            "to come",
            "too early",
            "another quarter",
            "no file",
            "xls",
            "broken",
        ],
    )
    def test_is_refused_beside_the_field(self, client, sheet, changes, words):
        answer = upload(client, sheet, **changes)
        assert answer.status_code == 422
        assert words in html_of(answer)
        assert not ImportBatch.objects.exists()

    def test_a_quarter_before_the_programme_is_none_to_choose(self, client, sheet):
        address = f"{START}?triwulan=2009-3"
        assert "III 2009" not in html_of(client.get(address))
        listed = reverse("villages:report_list")
        assert "III 2009" not in html_of(client.get(f"{listed}?triwulan=2009-3"))
        answer = client.post(address, sent(sheet.data, quarter="2009-3"))
        assert answer.status_code == 422
        assert download_url(quarter="2009-3") not in html_of(answer)
        assert not ImportBatch.objects.exists()

    def test_is_nobody_elses(self, client, sheet, sign_in):
        url = upload(client, sheet).url
        for role, where, status in [
            ("regency_officer", {"regency_code": "19.02"}, 404),
            ("chair", {}, 403),
            ("secretariat", {}, 302),
        ]:
            sign_in(role, **where)
            assert client.post(url, {"rencana": ""}).status_code in (status, 409)
            assert client.get(url).status_code == {302: 200}.get(status, status)

    def test_whose_cells_are_gone_leads_to_a_new_upload(self, client, sheet):
        url = upload(client, sheet).url
        ImportContent.objects.all().delete()
        assert client.get(url).url == START

    def test_a_cancelled_one_is_not_stored(self, client, sheet):
        sheet.put("draft", "visitors", 310)
        url, before = upload(client, sheet).url, stored()
        batch = ImportBatch.objects.get()
        client.post(f"{url}batalkan/", {"version": batch.version})
        assert client.post(url, {"rencana": ""}).url == url
        assert stored() == before

    def test_costs_as_many_queries_for_few_rows_as_for_many(self, client, sheet):
        def cost():
            filled = FilledSheet()
            for cell in filled.page.iter_cols(filled.column("media"), filled.column("media")):
                for one in cell[5:]:
                    one.value = 3 if not one.protection.locked else one.value
            url = upload(client, filled).url
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            return len(queries)

        few = cost()
        for number in range(4):
            reported(f"19.01.07.200{number + 1}")
        assert cost() == few


class TestVillageImportsApart:
    """Lists of villages and sheets of reports share a table, and no page."""

    def test_neither_is_on_the_others_pages(self, client, sheet, officer, sign_in):
        mine = sheet.batch(officer)
        sign_in("administrator")
        village_list = batch_of(row("Kapuk"))
        other = [village_list.pk]
        assert client.get(reverse("villages:import_detail", args=[mine.pk])).status_code == 404
        assert client.get(reverse("villages:report_sheet_detail", args=other)).status_code == 404
        for name, shown, hidden in [
            ("import_list", village_list, mine),
            ("import_start", village_list, mine),
            ("report_sheet_start", mine, village_list),
        ]:
            page = html_of(client.get(reverse(f"villages:{name}")))
            assert shown.get_absolute_url() in page
            assert hidden.get_absolute_url() not in page
