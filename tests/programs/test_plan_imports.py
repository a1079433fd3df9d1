"""
Activities from a spreadsheet: read, refused cell by cell, written all or none; what is exported is
read back.
"""

import uuid
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from programs.models import PlannedActivity
from programs.months import months_of
from programs.plan_import import PlanSheet
from sinergi.kit.spreadsheets.read import Sheet
from tests import factories
from tests.pages import html_of

pytestmark = pytest.mark.django_db

HEAD = [
    *[
        "Peran",
        "Kegiatan",
        "Cara",
        "Target",
        "Satuan",
        "Bulan",
        "Kabupaten/kota",
        "Desa",
        "PJ",
        "Anggaran",
    ],
    "Sumber dana",
]
ROW = [
    "1",
    "Audiensi",
    "Audiensi",
    "3",
    "kabupaten",
    "Juli-Agustus",
    "Kab. Bangka",
    "",
    "Perwakilan Bappeda",
]
ROW += ["9.000.000", "APBD Provinsi"]


@pytest.fixture
def plan():
    factories.regency()
    plan = factories.plan(factories.team(), activities=0)
    factories.source(plan.team)
    return plan


def read(plan, *rows, head=HEAD):
    return PlanSheet(
        plan, Sheet("Lembar", [(n, list(row)) for n, row in enumerate([head, *rows], 1)])
    )


def changed(**cells):
    return [cells.get(name, value) for name, value in zip(HEAD, ROW, strict=True)]


class TestReading:
    def test_a_row_becomes_an_activity(self, plan):
        (row,) = read(plan, ROW).rows
        made = row.activity
        assert row.problems == [] and (made.role, made.way, made.target, made.unit) == (
            1,
            "audience",
            3,
            "kabupaten",
        )
        assert months_of(made.months) == [7, 8] and made.regency_id == "19.01"
        assert made.person_in_charge.name == "Perwakilan Bappeda"
        assert [(source.label, amount) for source, amount in row.budget.items()] == [
            ("APBD provinsi", 9_000_000)
        ]

    @pytest.mark.parametrize(
        ("cells", "expected"),
        [
            ({"Peran": "Membangun jejaring"}, {"role": 2}),
            ({"Peran": "Peran 3"}, {"role": 3}),
            ({"Cara": "bimtek"}, {"way": "training"}),
            ({"Cara": "Stakeholder Meeting"}, {"way": "stakeholder"}),
            ({"Target": "17 desa", "Satuan": ""}, {"target": 17, "unit": "desa"}),
            ({"Target": "1.250", "Satuan": "buku"}, {"target": 1250, "unit": "buku"}),
            ({"Kabupaten/kota": "Tingkat provinsi"}, {"regency_id": None}),
            ({"PJ": ""}, {"person_in_charge_id": None}),
        ],
    )
    def test_other_ways_to_write_it(self, plan, cells, expected):
        (row,) = read(plan, changed(**cells)).rows
        assert row.problems == []
        assert {name: getattr(row.activity, name) for name in expected} == expected

    @pytest.mark.parametrize(
        ("column", "text", "message"),
        [
            ("Kegiatan", "", "Isi nama kegiatan."),
            ("Kegiatan", "x" * 201, "Lebih dari 200 huruf"),
            ("Peran", "4", "Tulis 1"),
            ("Peran", "", "Tulis 1"),
            ("Cara", "senam", "Tulis salah satu"),
            ("Target", "0", "dengan angka"),
            ("Target", "banyak", "dengan angka"),
            ("Satuan", "", "Isi satuannya"),
            ("Bulan", "besok", "tidak dikenal"),
            ("Bulan", "", "Isi bulannya"),
            ("Kabupaten/kota", "Kab. Aceh Besar", "tidak ada di provinsi ini"),
            ("Desa", "Kapuk", "tidak ada di antara desa yang berperpustakaan"),
            ("PJ", "Perwakilan Kadin", "tidak terdaftar"),
            ("Anggaran", "1.5", "dengan angka"),
            ("Sumber dana", "CSR", "belum terdaftar"),
            ("Sumber dana", "", "Tulis sumber dananya"),
        ],
    )
    def test_a_wrong_cell_is_named(self, plan, column, text, message):
        problems = read(plan, ROW, changed(**{column: text})).problems
        assert [row for row, _, _ in problems] == [3] and message in problems[0][2]

    def test_two_of_one_name_are_not_guessed_at(self, plan):
        factories.person("Perwakilan Kadin"), factories.person("Perwakilan KADIN")
        problems = read(plan, changed(PJ="Perwakilan Kadin")).problems
        assert "terdaftar lebih dari sekali" in problems[0][2]

    def test_a_village_is_found_in_its_regency(self, plan):
        factories.library()
        (row,) = read(plan, changed(Desa="Desa Kapuk")).rows
        assert row.problems == [] and row.activity.village_id == "19.01.06.2002"

    def test_months_outside_the_plan_are_told(self):
        plan = factories.plan(factories.team(), period="second_half", activities=0)
        factories.source(plan.team), factories.regency()
        assert "Juli sampai Desember" in read(plan, changed(Bulan="Maret")).problems[0][2]

    def test_a_column_for_each_source(self, plan):
        goods = factories.source(kind="private", support="in_kind")
        head = [*HEAD[:9], "Anggaran APBD provinsi", f"Anggaran {goods.label}"]
        sheet = read(plan, [*ROW[:9], "5.000.000", "2 juta"], head=head)
        assert [(s.label, n) for s, n in sheet.rows[0].budget.items()] == [
            ("APBD provinsi", 5_000_000),
            (goods.label, 2_000_000),
        ]
        assert sheet.total == 5_000_000

    @pytest.mark.parametrize(
        ("head", "message"),
        [
            (["Nama", "Umur", "Alamat"], "Baris judul kolom tidak ditemukan"),
            (["Kegiatan", "Peran", "Cara"], "Kolom Target, Bulan"),
        ],
    )
    def test_without_a_header_nothing_is_read(self, plan, head, message):
        with pytest.raises(ValidationError, match=message):
            read(plan, ["x", "y", "z"], head=head)

    def test_the_header_may_stand_below_a_title(self, plan):
        sheet = Sheet("Lembar", [(1, ["RENCANA KERJA"]), (3, HEAD), (4, ROW), (9, ["", "", ""])])
        assert [row.number for row in PlanSheet(plan, sheet).rows] == [4]

    def test_no_end_of_rows(self, plan, monkeypatch):
        monkeypatch.setattr("programs.plan_import.MOST_ACTIVITIES", 2)
        with pytest.raises(ValidationError, match="Paling banyak 2"):
            read(plan, ROW, ROW, ROW)


class TestPage:
    def url(self, plan):
        return reverse("programs:plan_import", args=[plan.pk])

    def text(self, *rows):
        return "\n".join("\t".join(row) for row in [HEAD, *rows])

    def test_shows_first_and_writes_once(self, client, sign_in, plan):
        sign_in("secretariat")
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "pasted": self.text(ROW, ROW),
            "aksi": "periksa",
        }
        answer = client.post(self.url(plan), data)
        assert answer.status_code == 200 and "Tambahkan 2 kegiatan" in answer.content.decode()
        assert not PlannedActivity.objects.exists()
        for _ in range(2):
            assert client.post(self.url(plan), data | {"aksi": "tambahkan"}).status_code == 302
        assert (
            plan.activities.count() == 2 and plan.activities.first().lines.get().amount == 9_000_000
        )

    def test_one_wrong_cell_and_nothing_is_written(self, client, sign_in, plan):
        sign_in("secretariat")
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "pasted": self.text(ROW, changed(Target="banyak")),
            "aksi": "tambahkan",
        }
        answer = client.post(self.url(plan), data)
        page = answer.content.decode()
        assert answer.status_code == 422 and "Baris 3, Target" in page and "banyak" in page
        assert not PlannedActivity.objects.exists()

    def test_nothing_chosen_is_told(self, client, sign_in, plan):
        sign_in("secretariat")
        answer = client.post(self.url(plan), {"idempotency_key": str(uuid.uuid4()), "pasted": " "})
        assert answer.status_code == 422 and "Pilih berkasnya" in answer.content.decode()
        broken = SimpleUploadedFile("rencana.xlsx", b"PK\x03\x04 rusak")
        answer = client.post(self.url(plan), {"idempotency_key": str(uuid.uuid4()), "file": broken})
        assert answer.status_code == 422 and "id_file_error" in answer.content.decode()

    def test_what_is_exported_is_read_back(self, client, sign_in, plan):
        sign_in("secretariat")
        village = factories.library().village
        goods = factories.source(kind="private", support="in_kind", name="=1+1")
        person = plan.team.memberships.get(role="chair").person
        factories.activity(
            plan,
            role=1,
            title="=jahat()",
            village=village,
            regency=village.regency,
            months=[1, 7, 8, 9],
            target=1250,
        )
        factories.activity(
            plan,
            role=3,
            title="Kedua",
            counted="regencies",
            budget={goods: 7},
            person_in_charge=person,
        )
        content = client.get(reverse("programs:plan_export", args=[plan.pk])).content
        sheet = load_workbook(BytesIO(content)).worksheets[0]
        assert sheet["B2"].value == "=jahat()"
        other = factories.plan(plan.team, year=2020, activities=0)
        for source in (
            factories.source(plan.team, year=2020),
            factories.source(year=2020, kind="private", support="in_kind", name="=1+1"),
        ):
            assert source.pk
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "file": SimpleUploadedFile("rencana.xlsx", content),
            "aksi": "periksa",
        }
        answer = client.post(self.url(other), data)
        assert answer.status_code == 200, answer.content.decode()
        again = {
            "idempotency_key": str(uuid.uuid4()),
            "pasted": answer.context["form"].data["pasted"],
            "aksi": "tambahkan",
        }
        assert client.post(self.url(other), again).status_code == 302
        names = (
            "role",
            "way",
            "target",
            "unit",
            "counted",
            "months",
            "regency_id",
            "village_id",
            "person_in_charge_id",
        )
        stored = [list(p.activities.in_order().values_list(*names)) for p in (plan, other)]
        assert stored[0] == stored[1]
        amounts = [
            [line.amount for row in p.activities.to_read() for line in row.lines.all()]
            for p in (plan, other)
        ]
        assert amounts[0] == amounts[1] == [12_000_000, 7]

    def test_the_sheet_of_a_plan_adds_nothing_to_it(self, client, sign_in, plan):
        """Each activity once: of two rows that are the same, the plan has one, and one is new."""
        sign_in("secretariat")
        village = factories.library().village
        source = factories.source(plan.team)
        place = {"village": village, "regency": village.regency}
        factories.activity(plan, role=1, title="=jahat()", budget={source: 5}, **place)
        factories.activity(plan, role=3, title="Kedua", months=[2, 3])
        content = client.get(reverse("programs:plan_export", args=[plan.pk])).content
        number = plan.activities.count()

        def send(pasted, action):
            data = {"idempotency_key": str(uuid.uuid4()), "pasted": pasted, "aksi": action}
            return client.post(self.url(plan), data)

        data = {
            "idempotency_key": str(uuid.uuid4()),
            "file": SimpleUploadedFile("rencana.xlsx", content),
            "aksi": "periksa",
        }
        page = client.post(self.url(plan), data)
        assert page.status_code == 200 and "0 kegiatan siap ditambahkan" in html_of(page)
        assert 'value="tambahkan"' not in page.content.decode()
        pasted = page.context["form"].data["pasted"]
        assert send(pasted, "tambahkan").status_code == 302
        assert plan.activities.count() == number
        twice = f"{pasted}{pasted.splitlines()[-1]}\n"
        assert "1 kegiatan siap ditambahkan" in html_of(send(twice, "periksa"))
        assert send(twice, "tambahkan").status_code == 302
        assert plan.activities.count() == number + 1
