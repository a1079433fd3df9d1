"""
Activities of a plan as a spreadsheet: what is exported can be changed in Excel and read again.

Reading only proposes: every row becomes an activity with its budget, or says cell by cell what is
wrong. Nothing is guessed: a person, a place or a source that is not known by exactly one name is an
error with what to do.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from programs.models import FundingSource, Person, PlannedActivity
from programs.models.activities import LARGEST_TARGET
from programs.models.plans import MOST_ACTIVITIES
from programs.months import months_text, read_months
from programs.name_keys import person_key
from programs.plan_versions import COUNTED, ROLE_LABELS, WAYS
from sinergi.kit.money import read_rupiah
from sinergi.kit.text import header_key, plain_text
from villages.matching import Atlas
from villages.models import Regency, Village

#: Column, its label, and other names that offices give it.
SHEET_COLUMNS = {
    "role": ("Peran", ["peran tim", "role"]),
    "title": ("Kegiatan", ["nama kegiatan", "uraian", "uraian kegiatan", "program kegiatan"]),
    "way": ("Cara", ["cara pelaksanaan", "bentuk", "bentuk kegiatan", "jenis kegiatan", "metode"]),
    "output": ("Keluaran", ["output", "hasil"]),
    "target": ("Target", ["volume", "vol", "jumlah"]),
    "unit": ("Satuan", ["satuan target"]),
    "counted": ("Yang dihitung", ["dihitung"]),
    "months": ("Bulan", ["jadwal", "waktu", "waktu pelaksanaan", "pelaksanaan"]),
    "regency": ("Kabupaten/kota", ["kabupaten", "kab", "kab kota", "kota"]),
    "village": ("Desa", ["desa kelurahan", "kelurahan", "desa lokus"]),
    "person": ("Penanggung jawab", ["pj", "pic", "penanggungjawab"]),
    "budget": ("Anggaran", ["biaya", "anggaran rp", "pagu", "jumlah anggaran"]),
    "source": ("Sumber dana", ["sumber", "sumber anggaran", "pendanaan"]),
}
COLUMN_LABELS = {name: label for name, (label, _) in SHEET_COLUMNS.items()}
COLUMN_NAMES = {
    header_key(name): column
    for column, (label, names) in SHEET_COLUMNS.items()
    for name in (label, *names)
}
REQUIRED = ("title", "role", "way", "target", "months")
BUDGET_OF = "anggaran "  # begins the name of a column with the amounts of one source
WHOLE_NUMBER = re.compile(
    r"([0-9]{1,6}|[0-9]{1,3}(?:\.[0-9]{3})+)(?:\.0)?"
)  # Excel writes a number as "3.0"
HEADER_ROWS = 15  # rows within which the header is looked for
#: What a row refers to was just found in the database, so asking for it again would be a query for
#: each row.
FOUND = [
    "idempotency_key",
    "created_by",
    "updated_by",
    "plan",
    "regency",
    "village",
    "person_in_charge",
]
#: Words by which a way or a role is known besides its label.
WAY_SYNONYMS = {
    "rapat": "internal",
    "pertemuan internal": "internal",
    "mentoring": "visit",
    "monitoring": "visit",
    "kunjungan": "visit",
    "pendampingan": "visit",
    "stakeholder meeting": "stakeholder",
    "pertemuan stakeholder": "stakeholder",
    "bimtek": "training",
    "media": "media",
    "publikasi": "media",
    "laporan triwulan": "report",
    "perluasan": "expansion",
    "replikasi": "expansion",
}
ROLE_SYNONYMS = {"kebijakan": 1, "jejaring": 2, "perluasan": 3, "ekspansi": 3}


@dataclass
class ActivityRow:
    """
    One row as read.

    `problems` is [(column's label, what is wrong)]; `activity` and `budget` count only without any.
    `is_there`: the plan has exactly this activity, so that adding it again would make two.
    """

    number: int
    activity: PlannedActivity
    budget: dict = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    is_there: bool = False

    @property
    def months_text(self):
        return months_text(self.activity.months)


def likeness(activity, budget):
    """Return what activities that are the same share; `budget`: {key of a source: amount}."""
    names = ("role", "way", "title", "output", "target", "unit", "counted")
    keys = ("regency_id", "village_id", "person_in_charge_id")
    told = tuple(getattr(activity, name) for name in (*names, *keys))
    return (*told, activity.months, frozenset(budget.items()))


class PlanSheet:
    """
    The activities that a sheet (sinergi.kit.spreadsheets.read.Sheet) proposes for a plan. Raises
    ValidationError without a header.
    """

    def __init__(self, plan, sheet):
        self.plan = plan
        self.header, self.columns = self._find_header(sheet)
        sources = FundingSource.objects.open_to(plan)
        self.sources = {source.label: source for source in sources}
        self.sources_by_key = {}
        for source in sources:
            self.sources_by_key.setdefault(header_key(source.label), []).append(source)
        province = plan.team.province_id
        self.regencies = {row.pk: row for row in Regency.objects.filter(province=province)}
        rows = Village.objects.filter(library__isnull=False, province=province)
        self.villages = {row.pk: row for row in rows.select_related("regency")}
        self.atlas = Atlas(
            provinces=[],
            districts=[],
            within=province,
            regencies=[(row.pk, row.name) for row in self.regencies.values()],
            villages=[(row.pk, row.name) for row in self.villages.values()],
        )
        self.people = {}
        for row in Person.objects.filter(province=plan.team.province_id):
            self.people.setdefault(person_key(row.name), []).append(row)
        body = [(number, cells) for number, cells in sheet.rows if number > self.header]
        if len(body) > MOST_ACTIVITIES:
            raise ValidationError(
                f"Paling banyak {MOST_ACTIVITIES} kegiatan; lembar ini memuat {len(body)} baris."
            )
        self.rows = [
            self._read(number, cells) for number, cells in body if self._has_something(cells)
        ]
        if not self.rows:
            raise ValidationError("Di bawah judul kolom belum ada kegiatan.")
        self._find_those_there()

    def _find_those_there(self):
        """Mark the rows whose activity the plan has, each of them once."""
        there = Counter(
            likeness(row, {line.source_id: line.amount for line in row.lines.all()})
            for row in self.plan.activities.to_read()
        )
        for row in (row for row in self.rows if not row.problems):
            key = likeness(row.activity, {source.pk: n for source, n in row.budget.items()})
            if there[key] > 0:
                there[key] -= 1
                row.is_there = True

    @property
    def new_rows(self):
        """The rows that the plan has not."""
        return [row for row in self.rows if not row.is_there]

    @property
    def problems(self):
        return [
            (row.number, label, message) for row in self.rows for label, message in row.problems
        ]

    @property
    def total(self):
        """The money that the rows ask for, without goods."""
        return sum(
            n for row in self.new_rows for source, n in row.budget.items() if not source.is_in_kind
        )

    # The header ---------------------------------------------------------------------------------
    def _find_header(self, sheet):
        for number, cells in sheet.rows[:HEADER_ROWS]:
            columns = {}
            for place, cell in enumerate(cells):
                key = header_key(cell)
                name = COLUMN_NAMES.get(key) or (
                    BUDGET_OF + plain_text(cell)[len(BUDGET_OF) :]
                    if key.startswith(BUDGET_OF)
                    else None
                )
                if name and name not in columns.values():
                    columns[place] = name
            if "title" in columns.values() and len(columns) > 2:
                if missing := [
                    COLUMN_LABELS[name] for name in REQUIRED if name not in columns.values()
                ]:
                    raise ValidationError(
                        f"Kolom {', '.join(missing)} tidak ada pada baris judul (baris {number})."
                    )
                return number, columns
        names = ", ".join(COLUMN_LABELS[name] for name in REQUIRED)
        raise ValidationError(
            f"Baris judul kolom tidak ditemukan. Tulis paling sedikit kolom {names}."
        )

    def _has_something(self, cells):
        return any(plain_text(cell) for place, cell in enumerate(cells) if place in self.columns)

    # One row ------------------------------------------------------------------------------------
    def _read(self, number, cells):
        texts = {
            name: plain_text(cells[place]) if place < len(cells) else ""
            for place, name in self.columns.items()
        }
        row = ActivityRow(number, PlannedActivity(plan=self.plan))
        for name in (
            "title",
            "role",
            "way",
            "target",
            "months",
            "output",
            "counted",
            "regency",
            "village",
            "person",
        ):
            self._take(row, name, texts.get(name, ""), texts)
        self._take_budget(row, texts)
        if not row.problems:
            try:
                row.activity.clean_fields(exclude=FOUND)
                row.activity.clean()
            except ValidationError as error:
                for message in error.messages:
                    row.problems.append(("Kegiatan", message))
        return row

    def _take(self, row, name, text, texts):
        try:
            getattr(self, f"_take_{name}")(row.activity, text, texts)
        except ValidationError as error:
            row.problems += [(COLUMN_LABELS[name], message) for message in error.messages]

    def _take_title(self, activity, text, texts):
        if not text:
            raise ValidationError("Isi nama kegiatan.")
        if len(text) > 200:
            raise ValidationError("Lebih dari 200 huruf. Ringkas namanya.")
        activity.title = text

    def _take_output(self, activity, text, texts):
        if len(text) > 200:
            raise ValidationError("Lebih dari 200 huruf. Ringkas isinya.")
        activity.output = text

    def _take_role(self, activity, text, texts):
        key = header_key(text).removeprefix("peran ")
        labels = {header_key(label): role for role, label in ROLE_LABELS.items()} | ROLE_SYNONYMS
        role = (
            int(key[0])
            if key[:1] in ("1", "2", "3") and not key[1:2].isdigit()
            else labels.get(key)
        )
        if role is None:
            raise ValidationError("Tulis 1 (kebijakan), 2 (jejaring), atau 3 (perluasan).")
        activity.role = role

    def _take_way(self, activity, text, texts):
        labels = {header_key(label): way for way, label in WAYS.items()} | WAY_SYNONYMS
        if (way := labels.get(header_key(text))) is None:
            raise ValidationError(f"Tulis salah satu: {', '.join(WAYS.values())}.")
        activity.way = way

    def _take_target(self, activity, text, texts):
        """Read a number, with its unit behind it where that has no column of its own."""
        head, _, tail = text.partition(" ")
        unit = texts.get("unit", "") or tail.strip()
        found = WHOLE_NUMBER.fullmatch(head)
        digits = found[1].replace(".", "") if found else "0"
        if not 0 < int(digits) <= LARGEST_TARGET:
            raise ValidationError("Tulis target dengan angka utuh, misalnya 3.")
        if not unit or len(unit) > 40:
            raise ValidationError("Isi satuannya, misalnya pertemuan, desa, atau SK.")
        activity.target, activity.unit = int(digits), unit

    def _take_months(self, activity, text, texts):
        activity.months = read_months(text)

    def _take_counted(self, activity, text, texts):
        labels = {header_key(label): key for key, label in COUNTED.items()}
        if text and header_key(text) not in labels:
            raise ValidationError(f"Tulis salah satu: {', '.join(COUNTED.values())}.")
        activity.counted = labels.get(header_key(text), PlannedActivity.Counted.LOGS)

    def _take_regency(self, activity, text, texts):
        if not text or header_key(text) in ("provinsi", "tingkat provinsi"):
            return
        found = self.atlas.regency_of(text)
        if len(found) != 1:
            message = (
                "dapat berarti lebih dari satu; tulis Kabupaten atau Kota"
                if found
                else "tidak ada di provinsi ini"
            )
            raise ValidationError(f"“{text}” {message}.")
        activity.regency = self.regencies[found[0]]

    def _take_village(self, activity, text, texts):
        """
        Find it among the villages with a library, in the regency that is written or else in all.
        """
        if not text:
            return
        regencies = [activity.regency_id] if activity.regency_id else self.regencies
        found = {code for regency in regencies for code in self.atlas.villages_named(text, regency)}
        if len(found) != 1:
            message = (
                "ada lebih dari satu; tulis kabupaten/kotanya"
                if found
                else "tidak ada di antara desa yang berperpustakaan"
            )
            raise ValidationError(f"“{text}” {message}.")
        activity.village = self.villages[found.pop()]

    def _take_person(self, activity, text, texts):
        if not text:
            return
        found = self.people.get(person_key(text), [])
        if len(found) != 1:
            message = "terdaftar lebih dari sekali" if found else "tidak terdaftar"
            raise ValidationError(
                f"“{text}” {message}. Kosongkan, lalu pilih orangnya di halaman kegiatan."
            )
        activity.person_in_charge = found[0]

    def _take_budget(self, row, texts):
        pairs = [("Anggaran", texts.get("source", ""), texts.get("budget", ""))]
        pairs += [
            (f"Anggaran {name.removeprefix(BUDGET_OF)}", name.removeprefix(BUDGET_OF), text)
            for name, text in texts.items()
            if name.startswith(BUDGET_OF)
        ]
        for label, source, text in pairs:
            if not text or text in ("-", "0"):
                continue
            try:
                amount = read_rupiah(text.removesuffix(".0"))
                if amount:
                    self._add_share(row, source, amount)
            except ValidationError as error:
                row.problems += [(label, message) for message in error.messages]

    def _add_share(self, row, name, amount):
        alike = self.sources_by_key.get(header_key(name), [])
        source = self.sources.get(name) or (alike[0] if len(alike) == 1 else None)
        if source is None and alike:
            raise ValidationError(
                f"“{name}” dapat berarti {' atau '.join(str(one) for one in alike)}; tulis persis."
            )
        if source is None:
            message = (
                f"“{name}” belum terdaftar" if name else "Tulis sumber dananya, atau daftarkan dulu"
            )
            raise ValidationError(f"{message} sebagai sumber dana tahun {self.plan.year}.")
        row.budget[source] = row.budget.get(source, 0) + amount

    # Back as text -------------------------------------------------------------------------------
    @staticmethod
    def as_text(sheet):
        """Return the sheet's rows with tabs between the cells, to be corrected on the page."""
        text = io.StringIO()
        csv.writer(text, dialect="excel-tab", lineterminator="\n").writerows(
            cells for _, cells in sheet.rows
        )
        return text.getvalue()
