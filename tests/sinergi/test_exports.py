"""Downloads of lists: all rows of all pages, in typed cells, within the scope of the reader."""

import inspect
from datetime import datetime

import pytest
from django.urls import reverse

from sinergi.kit import exports
from sinergi.kit.columns import Kind, open_columns
from sinergi.kit.pagination import KeysetPage, parts_by_key
from sinergi.kit.views import DownloadMixin, RecordList
from tests import factories
from tests.exporting import LISTS, address, busy_province, downloaded, text_rows, workbook
from tests.pages import html_of
from tests.test_architecture import own_views

pytestmark = pytest.mark.django_db

NUMBERS = {Kind.NUMBER, Kind.RUPIAH}
DAYS = {Kind.DATE, Kind.MOMENT}
#: Lists of one team or one plan, which do not exist elsewhere.
OF_ONE = {"programs:decree_list", "programs:funding_list", "programs:plan_spending"}
#: Rows of a record's own page, not a list: the plan's spending is downloaded.
PART_OF_A_PAGE = {"ActivityDetail"}


@pytest.fixture(scope="class")
def province(shared_world):
    boss = factories.assign(factories.user("administrator"), "secretariat")
    return boss, *busy_province(boss)


def rows_of_pages(client, url, monkeypatch):
    """Return the rows of every page, one after the other, and how many pages there were."""
    made, usual = [], KeysetPage.__init__

    def small(self, *args, **kwargs):
        usual(self, *args, **kwargs | {"size": 2})
        made.append(self)

    monkeypatch.setattr(KeysetPage, "__init__", small)
    found, after, pages = [], "", 0
    while pages == 0 or after:
        made.clear()
        assert client.get(f"{url}&setelah={after}" if after else url).status_code == 200
        (page,) = made
        found, after, pages = [*found, *page.rows], page.next, pages + 1
    monkeypatch.undo()
    return found, pages


def key_of(row, path):
    found = exports.reach(row, path)
    return found if found is not None else row.id


class TestLists:
    @pytest.mark.parametrize("name", LISTS)
    def test_its_rows_are_those_of_all_pages_in_typed_cells(
        self, client, sign_in, province, monkeypatch, name
    ):
        boss, team, plan = province
        sign_in(boss)
        view = client.get(address(name, team, plan)).context["view"]
        columns = open_columns(view.get_columns(), boss)
        monkeypatch.setitem(parts_by_key.__kwdefaults__, "size", 3)
        head, *rows = workbook(client, address(name, team, plan, "xlsx"))[0]
        assert [cell.value for cell in head] == [one.label for one in columns]
        assert rows, "nothing was tested"
        for row in rows:
            for cell, one in zip(row, columns, strict=True):
                if cell.value is None:
                    continue
                if one.kind in NUMBERS:
                    assert cell.data_type == "n" and not cell.is_date, one.label
                elif one.kind in DAYS:
                    assert cell.is_date and isinstance(cell.value, datetime), one.label
                else:
                    assert cell.data_type == "s" and cell.quotePrefix, one.label
        as_text = text_rows(downloaded(client, address(name, team, plan, "csv-sistem")), ",")
        assert len(as_text) == len(rows) + 1
        if "KeysetPage(" not in inspect.getsource(type(view)) and not isinstance(view, RecordList):
            return  # all on one page, of the same rows
        monkeypatch.undo()
        pages, number = rows_of_pages(client, address(name, team, plan), monkeypatch)
        link = columns[-1]
        assert link.kind is Kind.LINK
        expected = [link.value_of([key_of(row, link.source)]) for row in pages]
        assert [row[-1].value for row in rows] == [f"http://testserver{url}" for url in expected]
        assert number > 1 or len(rows) < 3

    @pytest.mark.parametrize("name", LISTS)
    def test_whoever_works_elsewhere_finds_nothing_of_it(self, client, sign_in, province, name):
        boss, team, plan = province
        sign_in(boss)
        mine = {
            str(cell.value)
            for row in workbook(client, address(name, team, plan, "xlsx"))[0][1:]
            for cell in row[-1:]
        }
        other = factories.user("administrator", province_code="11", username="lain")
        sign_in(factories.assign(other, "secretariat", "11"))
        if name in OF_ONE and client.get(address(name, team, plan)).status_code == 404:
            return
        rows = workbook(client, address(name, team, plan, "xlsx"))[0][1:]
        theirs = {str(row[-1].value) for row in rows}
        shared = {"villages:threshold_set_list", "villages:score_matrix"}
        assert name in shared or not (theirs & mine) or name.endswith("sums")

    def test_the_page_offers_them_as_it_is_filtered(self, client, sign_in, province):
        boss, team, plan = province
        sign_in(boss)
        for name in LISTS:
            page = html_of(client.get(address(name, team, plan)))
            assert page.count("unduh=") == 3, name
        page = html_of(client.get(f"{reverse('villages:library_list')}?level=village&setelah=x"))
        assert 'href="?level=village&amp;unduh=csv-sistem"' in page

    def test_the_filter_holds_and_is_told(self, client, sign_in, province):
        boss, *_ = province
        sign_in(boss)
        url = f"{reverse('villages:library_list')}?q=Baru&level=village&unduh=xlsx"
        rows, about = workbook(client, url)
        assert len(rows) == 2 and "Baru" in rows[1][6].value
        assert about["Nama"] == "Baru" and about["Tingkat"] == "Desa/Kelurahan"
        assert about["Jumlah baris"] == "1" and about["Diunduh oleh"] == str(boss)
        assert "WIB" in about["Diunduh pada"] and "bukan 0" in about["Cara membaca"]
        assert about["Kolom “Telepon”"] == "nomor telepon"


class TestLaw:
    def test_a_list_has_columns_and_is_tested_here(self):
        tested = {reverse_name.partition(":")[2] for reverse_name in LISTS}
        lists = [view for view in own_views() if issubclass(view, DownloadMixin)]
        assert len(lists) == len(tested)
        for view in lists:
            own = view.columns or view.get_columns is not DownloadMixin.get_columns
            assert own, f"{view.__name__} declares no columns for its download"

    def test_no_table_of_records_lacks_its_download(self):
        for view in own_views():
            if "KeysetPage(" in inspect.getsource(view) and view.__name__ not in PART_OF_A_PAGE:
                assert issubclass(view, DownloadMixin), f"{view.__name__} cannot be downloaded"

    def test_no_two_columns_of_a_list_share_a_name(self, client, sign_in, province):
        boss, team, plan = province
        sign_in(boss)
        for name in LISTS:
            columns = client.get(address(name, team, plan)).context["view"].get_columns()
            labels = [one.label for one in columns]
            assert len(set(labels)) == len(labels), name
