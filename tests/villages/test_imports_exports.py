"""What was downloaded can be sent again: it changes nothing."""

import io
from collections import Counter

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from sinergi.kit.spreadsheets.read import read_sheets
from tests import factories
from tests.exporting import downloaded
from tests.villages import reporting
from tests.villages.reporting import FilledSheet, regency_with_reports
from villages.imports import batches
from villages.imports.apply import apply_batch
from villages.imports.problems import PROBLEM, SKIPPED, UNCHANGED
from villages.imports.report_apply import apply_report_batch
from villages.models import Library, Participation

pytestmark = pytest.mark.django_db


class TestLibraries:
    @pytest.fixture
    def libraries(self):
        """Create libraries of villages in the programme, with awkward texts; and a regency's."""
        texts = [
            {"name": "=Perpustakaan", "address": "Jalan Raya; '5'", "head": "@Ibu Ani"},
            {"address": "", "head": "", "phone": "0812-3456-7890 / +62717422222"},
            {"name": "Taman “Baca”", "phone": "081234567890", "email": "a@example.com"},
            {"address": "Jl. Sudirman No. 5, -", "head": "Ibu Ani, +62 812"},
            {"name": "' -Baca", "address": "'=x", "head": "Ibu Ani, '-; ''@"},
        ]
        for number, fields in enumerate(texts):
            place = factories.village(
                f"19.01.06.200{number + 2}", ["Kapuk", "Dalil", "Bukit", "Puding", "Labu"][number]
            )
            library = factories.library(place, **fields)
            factories.participation(library, 2018)
            factories.participation(library, 2019 + number)
        factories.library(factories.regency("19.01", "Kabupaten Bangka"))

    def stored(self):
        names = ("name", "address", "head", "phone", "email", "version")
        years = Participation.objects.order_by("pk").values_list("library", "year", "version")
        return list(Library.objects.order_by("pk").values_list(*names)), list(years)

    @pytest.mark.parametrize("kind", ["xlsx", "csv", "csv-sistem"])
    def test_a_list_sent_again_changes_nothing(self, client, sign_in, libraries, kind):
        account = sign_in(factories.assign(factories.user("administrator"), "secretariat"))
        before = self.stored()
        data = downloaded(client, f"{reverse('villages:library_list')}?unduh={kind}")
        name = f"perpustakaan.{kind[:4].strip('-')}"
        sheets = read_sheets(data, name)
        batch = batches.new_batch(
            sheets, name=name, data=data, province_id="19", source="", year=2030
        )
        batch = batches.save_batch(batch, sheets, by=account)
        plan = batches.plan_of(batch)
        found = Counter(one.outcome for one in plan.rows)
        assert found[UNCHANGED] == 5 and not found.keys() - {UNCHANGED, PROBLEM, SKIPPED}, found
        apply_batch(batch, by=account, leave_problems=True)
        assert self.stored() == before


class TestReports:
    @pytest.fixture
    def officer(self, sign_in):
        account = factories.user("regency_officer", regency_code="19.01")
        regency_with_reports(account, factories.user("secretariat"))
        return sign_in(account)

    def test_the_list_sent_as_a_sheet_changes_nothing(self, client, officer):
        url = reverse("villages:report_list")
        url = f"{url}?triwulan={reporting.LAST.key}&daftar=semua&unduh=xlsx"
        data = downloaded(client, url)
        before = reporting.stored()
        sheet = FilledSheet(data)
        plan = sheet.plan(officer)
        assert {one.outcome for one in plan.rows} == {UNCHANGED} and len(plan.rows) == 6
        apply_report_batch(sheet.batch(officer), by=officer)
        assert reporting.stored() == before

    def test_the_figures_of_a_draft_are_for_those_who_fill_it_in(self, client, officer, sign_in):
        url = reverse("villages:report_list")
        url = f"{url}?triwulan={reporting.LAST.key}&daftar=semua&unduh=xlsx"

        def visitors():
            book = load_workbook(io.BytesIO(downloaded(client, url)))
            head, *rows = book.worksheets[0].iter_rows(values_only=True)
            column = head.index("Pengunjung (orang)")
            return {row[0]: row[column] for row in rows}

        draft, verified = reporting.CODES["draft"], reporting.CODES["verified"]
        assert (visitors()[draft], visitors()[verified]) == (300, 80)
        sign_in("observer")
        assert (visitors()[draft], visitors()[verified]) == (None, 80)
