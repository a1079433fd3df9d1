"""Downloads of lists: all rows of all pages, in typed cells, within the scope of the reader."""

import inspect
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from sinergi.accounts.models import Export
from sinergi.kit import exports
from sinergi.kit.columns import Cell, Column, open_columns
from sinergi.kit.pagination import KeysetPage, parts_by_key
from sinergi.kit.spreadsheets import tables
from sinergi.kit.views import DownloadMixin, RecordList
from tests import factories
from tests.constraints import refused
from tests.exporting import LISTS, address, busy_province, downloaded, text_rows, workbook
from tests.pages import html_of
from tests.test_architecture import own_views
from tests.test_scale import multiply, work

pytestmark = pytest.mark.django_db

NUMBERS = {Cell.NUMBER, Cell.RUPIAH}
DAYS = {Cell.DATE, Cell.MOMENT}
#: Lists of one team or one plan, which do not exist elsewhere.
OF_ONE = {"programs:decree_list", "programs:funding_list", "programs:plan_spending"}
#: A sheet that has no page of its own: tests/programs/test_teams_pages.py.
WITHOUT_A_PAGE = {"TeamRoster"}
#: Rows of a record's own page, not a list: the plan's spending is downloaded. How the rules of a
#: team stand is no record, and is computed for some teams a page.
PART_OF_A_PAGE = {"ActivityDetail", "CadenceList"}


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
        assert link.kind is Cell.LINK
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

    def test_what_it_is_told_by_has_one_line_each(self, client, sign_in, province):
        boss, team, plan = province
        sign_in(boss)
        for name in LISTS:
            data = downloaded(client, address(name, team, plan, "xlsx"))
            lines = load_workbook(BytesIO(data)).worksheets[1].iter_rows(values_only=True)
            labels = [what for what, _ in lines]
            assert len(labels) == len(set(labels)), f"{name}: {labels}"

    def test_the_filter_holds_and_is_told(self, client, sign_in, province):
        boss, *_ = province
        sign_in(boss)
        url = f"{reverse('villages:library_list')}?q=Baru&level=village&unduh=xlsx"
        rows, about = workbook(client, url)
        assert len(rows) == 2 and "Baru" in rows[1][6].value
        assert about["Nama"] == "Baru" and about["Tingkat"] == "Desa/Kelurahan"
        assert about["Jumlah baris"] == "1" and about["Diunduh oleh"] == str(boss)
        assert "WIB" in about["Diunduh pada"] and "bukan 0" in about["Cara membaca"]
        assert about["Kolom “Tahun program”"] == "tahun terakhir ikut program"


class TestLaw:
    def test_a_list_has_columns_and_is_tested_here(self):
        tested = {reverse_name.partition(":")[2] for reverse_name in LISTS}
        found = [view for view in own_views() if issubclass(view, DownloadMixin)]
        lists = [view for view in found if view.__name__ not in WITHOUT_A_PAGE]
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


class TestContacts:
    """Telephone numbers and addresses of mail are taken away only where one has the permission."""

    @pytest.fixture
    def people(self):
        for code in ("19", "11"):
            contact = {"phone": "+6281234567890", "email": f"orang{code}@example.com"}
            factories.person(f"Orang {code}", province_code=code, **contact)

    def sheet(self, client):
        head, *rows = workbook(client, f"{reverse('programs:person_list')}?unduh=xlsx")[0]
        names = [cell.value for cell in head]
        told = [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]
        return {row["Nama"]: row for row in told}

    def test_the_secretariat_has_them_as_they_are_written(self, client, sign_in, people):
        sign_in("secretariat")
        (row,) = self.sheet(client).values()
        assert (row["Telepon"], row["Surel"]) == ("0812-3456-7890", "orang19@example.com")
        url = f"{reverse('programs:person_list')}?unduh=csv-sistem"
        assert "+6281234567890" in downloaded(client, url).decode()

    @pytest.mark.parametrize("role", ["member", "observer"])
    def test_others_see_them_one_by_one_on_the_pages(self, client, sign_in, people, role):
        sign_in(role)
        assert "0812-3456-7890" in client.get(reverse("programs:person_list")).content.decode()
        for kind in exports.FORMATS:
            data = downloaded(client, f"{reverse('programs:person_list')}?unduh={kind}")
            assert b"0812" not in data and b"Telepon" not in data and b"example.com" not in data
        assert not {"Telepon", "Surel"} & set(next(iter(self.sheet(client).values())))

    def test_only_in_rows_that_lie_where_one_has_it(self, client, sign_in, people):
        account = factories.user("secretariat")
        sign_in(factories.assign(account, "observer", "11"))
        rows = self.sheet(client)
        assert rows["Orang 19"]["Telepon"] and rows["Orang 19"]["Surel"]
        assert rows["Orang 11"]["Telepon"] is None and rows["Orang 11"]["Surel"] is None


class TestText:
    def test_for_excel_and_for_systems(self, client, sign_in):
        sign_in("secretariat")
        team = factories.team()
        hostile = '=HYPERLINK("http://x")\u202e;@SUM(A1) 😀 \u05e9\u05dc\u05d5\u05dd'
        promise = factories.commitment(team, value=12_500_000)
        type(promise).objects.update(description=hostile)
        promise.refresh_from_db()
        url = reverse("advocacy:commitment_list")
        data = downloaded(client, f"{url}?unduh=csv")
        assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
        (head, row) = text_rows(data, ";")
        told = dict(zip(head, row, strict=True))
        assert told["Yang dijanjikan"].startswith("'=HYP") and ";'@SUM" in told["Yang dijanjikan"]
        assert (told["Nilai"], told["Terealisasi"]) == ("12500000", ""), "nothing came: not 0"
        assert told["Dijanjikan pada"] == promise.promised_on.isoformat()
        data = downloaded(client, f"{url}?unduh=csv-sistem")
        assert not data.startswith(b"\xef\xbb\xbf")
        assert text_rows(data, ",")[1][-1] == f"http://testserver{promise.get_absolute_url()}"
        head, row = workbook(client, f"{url}?unduh=xlsx")[0]
        assert (
            row[0].value == promise.description and row[0].data_type == "s" and row[0].quotePrefix
        )

    def test_a_value_by_its_kind(self):
        moment = timezone.make_aware(datetime(2019, 6, 19, 9, 30))
        excel, system = tables.text_for_excel, tables.text_for_systems
        assert [f(-2.5, Cell.NUMBER) for f in (excel, system)] == ["-2,5", "-2.5"]
        assert excel(moment, Cell.MOMENT) == "2019-06-19 09:30"
        assert system(moment, Cell.MOMENT) == "2019-06-19T09:30+07:00"
        assert [f(False, Cell.YES_NO) for f in (excel, system)] == ["tidak", "tidak"]

    def test_a_day_before_those_of_excel_is_a_text(self):
        stream = BytesIO()
        parts = [[(date(1899, 12, 31),), (date(1900, 1, 1),)]]
        tables.write_table(
            stream, [Column("Hari", "day", Cell.DATE)], parts, title="Data", about=lambda n: []
        )
        rows = load_workbook(stream).worksheets[0]["A"]
        assert rows[1].value == "1899-12-31" and rows[2].is_date


class TestOneAtATime:
    url = "/perpustakaan/?unduh=xlsx"

    def test_a_second_one_is_told_in_words(self, client, sign_in):
        account = sign_in("secretariat")
        told = {"title": "Desa", "path": "/desa/", "query": "", "form": "csv"}
        running = account.exports.begin(account, **told)
        answer = client.get("/perpustakaan/?q=Kapuk&unduh=xlsx")
        page = html_of(answer)
        assert answer.status_code == 429 and answer["Retry-After"]
        assert "Unduhan lain masih dibuat" in page and 'href="/perpustakaan/?q=Kapuk"' in page
        assert Export.objects.count() == 1
        running.end(5)
        assert downloaded(client, self.url)

    def test_another_account_does_not_wait(self, client, sign_in):
        other = factories.user("secretariat", username="lain")
        other.exports.begin(other, title="Desa", path="/desa/", query="", form="csv")
        sign_in("secretariat")
        assert downloaded(client, self.url)

    def test_one_that_broke_off_with_its_process_is_given_up(self, client, sign_in):
        account = sign_in("secretariat")
        dead = account.exports.begin(account, title="x", path="/x/", query="", form="csv")
        Export.objects.update(started_at=timezone.now() - Export.LONGEST - timedelta(seconds=1))
        assert downloaded(client, self.url)
        dead.refresh_from_db()
        assert dead.finished_at and dead.rows is None

    @pytest.mark.both("a unique constraint with a condition")
    def test_the_database_holds_it(self):
        account = factories.user("secretariat")
        told = {"user": account, "account": account.username, "title": "x", "path": "/x/"}
        now = timezone.now()
        Export.objects.create(**told, form="csv", started_at=now)
        second = Export.objects.create(**told, form="csv", started_at=now, finished_at=now)
        refused(second, finished_at=None)

    @pytest.mark.parametrize("kind", exports.FORMATS)
    def test_a_fault_frees_it(self, client, sign_in, monkeypatch, kind):
        account = sign_in("secretariat")
        factories.library()

        def fail(self, column, values):
            raise RuntimeError("rusak")

        monkeypatch.setattr(exports.ListExport, "cell", fail)
        with pytest.raises(RuntimeError, match="rusak"):
            downloaded(client, f"/perpustakaan/?unduh={kind}")
        monkeypatch.undo()
        made = account.exports.get()
        assert made.finished_at and made.rows is None
        assert downloaded(client, self.url)

    def test_a_reader_who_goes_away_frees_it_before_the_first_part_too(self):
        account = factories.user("secretariat")
        for read in (0, 1):
            log = account.exports.begin(account, title="x", path="/x/", query="", form="csv")
            export = exports.ListExport("x", [Column("Nomor", "n")], [{"n": 1}] * 5)
            stream = exports.CsvStream(export, log, **exports.CSV["csv"])
            for _ in range(read):
                next(stream)
            stream.close()
            log.refresh_from_db()
            assert log.finished_at and log.rows is None


class TestLog:
    def test_who_took_what(self, client, sign_in):
        account = sign_in("secretariat")
        factories.library()
        for kind in exports.FORMATS:
            downloaded(client, f"/perpustakaan/?level=village&setelah=x&unduh={kind}")
        for made in account.exports.all():
            assert (made.account, made.title, made.path) == (
                account.username,
                "Perpustakaan",
                "/perpustakaan/",
            )
            assert (made.query, made.rows) == ("level=village", 1)
            assert made.finished_at >= made.started_at
        assert set(account.exports.values_list("form", flat=True)) == set(exports.FORMATS)

    def test_administrators_look_it_up_and_nobody_changes_it(self, client, sign_in):
        secretary, elsewhere = (
            factories.user("secretariat", province_code=code, username=f"s{code}")
            for code in ("19", "11")
        )
        for one in (secretary, elsewhere):
            told = {"title": f"Daftar {one.username}", "path": "/x/", "query": "", "form": "csv"}
            one.exports.begin(one, **told).end(7)
        sign_in("administrator")
        page = client.get(reverse("admin:accounts_export_changelist")).content.decode()
        assert "Daftar s19" in page and "Daftar s11" not in page
        made = secretary.exports.get()
        assert client.get(reverse("admin:accounts_export_add")).status_code == 403
        for name in ("change", "delete"):
            url = reverse(f"admin:accounts_export_{name}", args=[made.pk])
            assert client.post(url, {"rows": 1}).status_code == 403
        sign_in("secretariat")
        url = reverse("admin:accounts_export_changelist")
        assert client.get(url, follow=True).status_code == 403

    def test_it_outlives_the_account(self, client, sign_in):
        account = factories.user("secretariat")
        account.exports.begin(account, title="x", path="/x/", query="", form="csv").end(1)
        account.assignments.all().delete()
        account.delete()
        made = Export.objects.get()
        assert made.user is None and made.account == account.username


class TestRequest:
    def test_another_form_does_not_exist(self, client, sign_in):
        sign_in("secretariat")
        assert client.get("/perpustakaan/?unduh=pdf").status_code == 404

    def test_a_filter_that_cannot_be_read_shows_its_error(self, client, sign_in):
        account = sign_in("secretariat")
        answer = client.get("/perpustakaan/?q=a&unduh=xlsx")
        assert answer.status_code == 200 and "paling sedikit 3 huruf" in answer.content.decode()
        assert not account.exports.exists()

    def test_without_the_permission_it_is_refused(self, client, sign_in):
        sign_in("regency_officer", regency_code="19.01")
        assert client.get("/orang/?unduh=xlsx").status_code == 403
        client.logout()
        assert client.get("/perpustakaan/?unduh=xlsx").status_code == 302

    def test_it_is_private_and_named(self, client, sign_in):
        sign_in("secretariat")
        for kind, end in (("xlsx", "xlsx"), ("csv", "csv"), ("csv-sistem", "csv")):
            answer = client.get(f"/perpustakaan/?unduh={kind}")
            day = f"{timezone.localdate():%Y-%m-%d}"
            assert f'"perpustakaan-{day}.{end}"' in answer["Content-Disposition"]
            assert answer["Content-Disposition"].startswith("attachment")
            assert "no-store" in answer["Cache-Control"]
            assert answer["X-Content-Type-Options"] == "nosniff"
            b"".join(answer.streaming_content)


class TestQueries:
    LISTS = ["programs:person_list", "advocacy:meeting_list", "advocacy:followup_list"]
    LISTS += ["programs:account_list", "villages:report_list", "programs:institution_list"]

    def count(self, client, team, plan):
        found = {}
        for name in self.LISTS:
            with CaptureQueriesContext(connection) as asked:
                downloaded(client, address(name, team, plan, "xlsx"))
            found[name] = len(asked)
        return found

    def test_they_grow_by_the_part_and_not_by_the_row(self, client, sign_in, monkeypatch):
        boss = factories.assign(factories.user("administrator"), "secretariat")
        team = factories.team()
        plan = factories.plan(team, activities=2, state="approved")
        rows = work(team, plan)
        sign_in(boss)
        self.count(client, team, plan)
        few = self.count(client, team, plan)
        multiply(team, plan, rows)
        for n in range(20):
            factories.user("member", username=f"anggota{n}")
        many = self.count(client, team, plan)
        assert many == few
        monkeypatch.setitem(parts_by_key.__kwdefaults__, "size", 50)
        parts = self.count(client, team, plan)
        assert parts["advocacy:meeting_list"] > few["advocacy:meeting_list"]
