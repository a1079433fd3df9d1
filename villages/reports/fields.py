"""
The fields of the quarterly report, in one place: forms, sheets, previews, differences and sums read
them here.

Empty means that nobody knows, 0 that there is none: the two are never the same. What is counted
while the quarter lasts is a flow, and is summed over quarters; what there is on its last day is a
stock, and is not.

Sources: the three outcomes of the programme (article of the library office of Kepulauan Bangka
Belitung, 2019); what Perpusnas asks for (letter 6617/2/PRC.04.00/VIII.2021) and what the literacy
index counts (Perpusnas 7/2025 art. 15).
"""

from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices

from villages.quarters import Quarter

SOURCE_2019 = "Artikel dinas perpustakaan Kepulauan Bangka Belitung, 2019"
LETTER_2021 = "Surat Perpusnas 6617/2/PRC.04.00/VIII.2021"
INDEX_2025 = "Perpusnas 7/2025 pasal 15"


class Outcome(TextChoices):
    """The three outcomes of the programme."""

    SERVICE = "service", "Kualitas layanan"
    USE = "use", "Pemanfaatan"
    COMMITMENT = "commitment", "Komitmen pemangku kepentingan"

    @property
    def short(self):
        """Layanan, Pemanfaatan or Komitmen, where there is no room for all of it."""
        return self.label.removeprefix("Kualitas ").partition(" ")[0].capitalize()


class Measure(Enum):
    STOCK, FLOW = "stock", "flow"


@dataclass(frozen=True)
class Jump:
    """
    A change that asks for a note: at least `ratio` times as much or as little as before, and by at
    least `floor`, so that small numbers do not jump.
    """

    ratio: int
    floor: int


@dataclass(frozen=True)
class ReportField:
    """
    One figure. `key` is its column; `whole` the key of the field of which it is a part, and of
    which it is at most as much; where `adds_up`, all parts of a whole together are the whole.
    `most` is what no library reaches. `since` and `until` are the first and the last quarter that
    are asked for it.
    """

    key: str
    label: str
    unit: str
    outcome: Outcome
    measure: Measure
    source: str
    jump: Jump | None = None
    whole: str = ""
    adds_up: bool = False
    is_money: bool = False
    most: int = 10_000_000
    since: Quarter | None = None
    until: Quarter | None = None

    @property
    def is_stock(self):
        return self.measure == Measure.STOCK

    def is_asked_in(self, quarter):
        """Return whether reports of this quarter ask for it."""
        begun = self.since is None or self.since <= quarter
        return begun and (self.until is None or quarter <= self.until)


CROWD, FEW, THINGS = Jump(3, 50), Jump(3, 10), Jump(2, 200)
S, U, C = Outcome.SERVICE, Outcome.USE, Outcome.COMMITMENT
STOCK, FLOW = Measure.STOCK, Measure.FLOW

FIELDS = (
    ReportField("titles", "Koleksi", "judul", S, STOCK, INDEX_2025, THINGS),
    ReportField("copies", "Koleksi", "eksemplar", S, STOCK, INDEX_2025, THINGS),
    ReportField("computers", "Komputer yang berfungsi", "unit", S, STOCK, SOURCE_2019, FEW),
    ReportField(
        "online_computers",
        "Di antaranya tersambung internet",
        "unit",
        S,
        STOCK,
        INDEX_2025,
        FEW,
        whole="computers",
    ),
    ReportField("opening_days", "Hari buka dalam sepekan", "hari", S, STOCK, SOURCE_2019, most=7),
    ReportField("opening_hours", "Jam buka dalam sepekan", "jam", S, STOCK, SOURCE_2019, most=168),
    ReportField("staff", "Pengelola", "orang", S, STOCK, SOURCE_2019, FEW),
    ReportField(
        "trained_staff",
        "Pengelola yang sudah bimtek",
        "orang",
        S,
        STOCK,
        SOURCE_2019,
        FEW,
        whole="staff",
    ),
    ReportField("members", "Anggota perpustakaan", "orang", S, STOCK, LETTER_2021, CROWD),
    ReportField("visitors", "Pengunjung", "orang", U, FLOW, LETTER_2021, CROWD),
    ReportField(
        "women", "Perempuan", "orang", U, FLOW, LETTER_2021, whole="visitors", adds_up=True
    ),
    ReportField("men", "Laki-laki", "orang", U, FLOW, LETTER_2021, whole="visitors", adds_up=True),
    ReportField(
        "children", "Di antaranya anak-anak", "orang", U, FLOW, LETTER_2021, whole="visitors"
    ),
    ReportField("activities", "Kegiatan bersama warga", "kali", U, FLOW, LETTER_2021, FEW),
    ReportField(
        "information_activities",
        "Layanan informasi",
        "kali",
        U,
        FLOW,
        LETTER_2021,
        whole="activities",
        adds_up=True,
    ),
    ReportField(
        "involvement_activities",
        "Pelibatan masyarakat",
        "kali",
        U,
        FLOW,
        LETTER_2021,
        whole="activities",
        adds_up=True,
    ),
    ReportField(
        "advocacy_activities",
        "Advokasi",
        "kali",
        U,
        FLOW,
        LETTER_2021,
        whole="activities",
        adds_up=True,
    ),
    ReportField("participants", "Peserta kegiatan", "orang", U, FLOW, SOURCE_2019, CROWD),
    ReportField("ict_users", "Pengguna komputer dan internet", "orang", U, FLOW, INDEX_2025, CROWD),
    ReportField("loans", "Buku dipinjam atau dibaca di tempat", "kali", U, FLOW, INDEX_2025, CROWD),
    ReportField("online_visits", "Kunjungan layanan daring", "kali", U, FLOW, INDEX_2025, CROWD),
    ReportField(
        "village_budget",
        "Anggaran desa yang cair",
        "rupiah",
        C,
        FLOW,
        SOURCE_2019,
        Jump(3, 10_000_000),
        is_money=True,
        most=9_999_999_999_999,
    ),
    ReportField("partners", "Mitra yang membantu", "mitra", C, STOCK, SOURCE_2019, FEW),
    ReportField("media", "Publikasi media", "berita", C, FLOW, SOURCE_2019, FEW),
    ReportField("policies", "Kebijakan tertulis", "kebijakan", C, STOCK, INDEX_2025, FEW),
)
BY_KEY = {field.key: field for field in FIELDS}


def fields_of(quarter):
    """Return the fields that reports of this quarter ask for, in their order."""
    return [field for field in FIELDS if field.is_asked_in(quarter)]


def field_parts(key, *, adding_up=False):
    """Return the fields that are parts of this one; `adding_up`: those that together are it."""
    return [field for field in FIELDS if field.whole == key and (field.adds_up or not adding_up)]
