"""The page that imports activities: sent again, with a file beside the text, and odd numbers."""

import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from programs.models import (
    BudgetLine,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def of(record, name, *more):
    return reverse(f"programs:{name}", args=[record.pk, *more])


def table(*titles):
    head = "Peran\tKegiatan\tCara\tTarget\tSatuan\tBulan"
    return "\n".join([head, *(f"1\t{title}\tLainnya\t1\tSK\tJuli" for title in titles)])


class TestSentAgain:
    def test_another_table_is_another_import(self, client, sign_in, team):
        sign_in("secretariat")
        plan, key = factories.plan(team, activities=0), str(uuid.uuid4())
        for text in (table("Satu"), table("Dua", "Tiga"), table("Dua", "Tiga")):
            client.post(
                of(plan, "plan_import"),
                {"idempotency_key": key, "pasted": text, "aksi": "tambahkan"},
            )
        assert sorted(row.title for row in plan.activities.all()) == ["Dua", "Satu", "Tiga"]


class TestNothingTypedIsLost:
    def test_a_file_does_not_overwrite_what_was_pasted(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        sent = {
            "idempotency_key": str(uuid.uuid4()),
            "pasted": table("Tempelan"),
            "aksi": "periksa",
        }
        answer = client.post(
            of(plan, "plan_import"), sent | {"file": SimpleUploadedFile("a.csv", b"x,y")}
        )
        assert answer.status_code == 422 and "Pilih salah satu" in answer.content.decode()
        assert "Tempelan" in answer.context["form"].data["pasted"]


class TestSheets:
    @pytest.mark.parametrize(("text", "target"), [("3.0", 3), ("1.250", 1250), ("17", 17)])
    def test_targets_as_excel_writes_them(self, client, sign_in, team, text, target):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        sent = {
            "idempotency_key": str(uuid.uuid4()),
            "pasted": table("Satu").replace("\t1\tSK", f"\t{text}\tSK"),
            "aksi": "tambahkan",
        }
        assert client.post(of(plan, "plan_import"), sent).status_code == 302
        assert plan.activities.get().target == target

    @pytest.mark.parametrize("text", ["1.5", "2.5", "0.0", "000000001" + "0" * 5000, "9" * 5000])
    def test_targets_that_are_none(self, client, sign_in, team, text):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        sent = {
            "idempotency_key": str(uuid.uuid4()),
            "pasted": table("Satu").replace("\t1\tSK", f"\t{text}\tSK"),
            "aksi": "tambahkan",
        }
        assert (
            client.post(of(plan, "plan_import"), sent).status_code == 422
            and not plan.activities.exists()
        )

    def test_sources_whose_names_look_alike_are_kept_apart(self, client, sign_in, team):
        sign_in("secretariat")
        plan, other = (
            factories.plan(team, activities=0),
            factories.plan(team, year=2020, activities=0),
        )
        names = ("PT A", "PT. A", "😀", "日本")
        for year in (2019, 2020):
            sources = [
                factories.source(team, year=year, kind="private", name=name) for name in names
            ]
        sources = [factories.source(team, kind="private", name=name) for name in names]
        factories.activity(plan, budget={source: n for n, source in enumerate(sources, 1)})
        content = client.get(of(plan, "plan_export")).content
        assert load_workbook(BytesIO(content)).worksheets[0].max_row == 2
        sent = {
            "idempotency_key": str(uuid.uuid4()),
            "aksi": "periksa",
            "file": SimpleUploadedFile("r.xlsx", content),
        }
        pasted = client.post(of(other, "plan_import"), sent).context["form"].data["pasted"]
        sent = {"idempotency_key": str(uuid.uuid4()), "aksi": "tambahkan", "pasted": pasted}
        assert client.post(of(other, "plan_import"), sent).status_code == 302
        stored = BudgetLine.objects.filter(activity__plan=other).order_by("amount")
        assert [(line.source.name, line.amount) for line in stored] == [
            (name, n) for n, name in enumerate(names, 1)
        ]

    def test_a_name_that_could_be_two_sources_is_asked_back(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        for name in ("PT A", "PT. A"):
            factories.source(team, kind="private", name=name)
        text = (
            table("Satu").replace("\tBulan", "\tBulan\tAnggaran\tSumber dana")
            + "\t500\tSwasta CSR PT A"
        )
        answer = client.post(
            of(plan, "plan_import"),
            {"idempotency_key": str(uuid.uuid4()), "pasted": text, "aksi": "periksa"},
        )
        assert answer.status_code == 422 and "tulis persis" in answer.content.decode()
