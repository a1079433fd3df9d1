"""What downloads tell of quarterly reports and of scores."""

from functools import partial

from sinergi.kit.columns import ROW, Cell, Column, labels_of, page_column, phone_column
from villages.models import LibraryReport
from villages.quarters import Quarter
from villages.querysets.scores import state_name
from villages.reports.fields import Outcome, fields_of
from villages.reports.scores import IndicatorScore, ScoreState
from villages.reports.sheets import CODE, NAME, NOTES, REVISION, STATE, heading, notes_text

STATE_LABELS = dict(LibraryReport.State.choices)
PLACES = (
    Column("Provinsi", "province__name"),
    Column("Kabupaten/kota", "regency__name"),
    Column("Kecamatan", "village__district__name"),
)
LIBRARY = (Column(CODE, "village_id"), Column(NAME, "name"), *PLACES)
LIBRARY_PAGE = page_column("villages:library_detail", label="Halaman")


def report_columns(quarter):
    """
    Return the columns of the list of reports of a quarter, whose rows have their report in `told`,
    or None. Code, figures and notes are named as on the sheet that is filled in, which reads them.
    """
    return [
        *LIBRARY,
        Column("Nama pengelola", "head"),
        phone_column(kind=Cell.TEXT),
        Column(STATE, "report_state", read=_state),
        Column("Terakhir melapor", "last_reported", read=_quarter),
        Column(REVISION, ROW, Cell.NUMBER, _version, "berapa kali laporan ini sudah disimpan"),
        *(
            Column(
                heading(one),
                ROW,
                Cell.RUPIAH if one.is_money else Cell.NUMBER,
                partial(_figure, one.key),
                f"angka laporan {quarter.in_sentence}; kosong berarti belum tahu",
            )
            for one in fields_of(quarter)
        ),
        Column(NOTES, ROW, read=_notes, about="sebab angka yang melonjak"),
        LIBRARY_PAGE,
    ]


def score_columns(quarter):
    """Return the columns of the libraries with their three states."""
    about = f"keadaan {quarter.in_sentence}; tidak ada data berarti belum dapat dinilai"
    states = labels_of(ScoreState)
    return [
        *LIBRARY,
        *(Column(one.label, state_name(one), read=states, about=about) for one in Outcome),
        Column("Laporan", "report_state", read=_state),
        LIBRARY_PAGE,
    ]


def matrix_columns(by, quarter):
    """Return the columns of the matrix: a place, and how many libraries of each state."""
    return [
        Column("Provinsi" if by == "province" else "Kabupaten/kota", "name"),
        Column("Perpustakaan", "libraries", Cell.NUMBER, about="yang diminta melapor"),
        *(
            Column(
                f"{outcome.short}: {state.label.lower()}",
                ROW,
                Cell.NUMBER,
                partial(_count, outcome, state),
                f"banyaknya perpustakaan {quarter.in_sentence}",
            )
            for outcome in Outcome
            for state in ScoreState
        ),
        Column("Laporan menunggu verifikasi", "waiting", Cell.NUMBER),
    ]


def indicator_columns(indicator, quarter):
    """Return the columns of the libraries with the value of one indicator, and its parts."""
    parts = ("indicator_numerator", "indicator_denominator")
    kind = Cell.RUPIAH if indicator.is_money else Cell.NUMBER
    return [
        *LIBRARY,
        Column(
            indicator.label,
            parts,
            Cell.NUMBER,
            partial(_value, indicator),
            f"pembilang dibagi pembagi, {quarter.in_sentence}",
        ),
        Column("Pembilang", parts[0], kind),
        Column("Pembagi", parts[1], Cell.NUMBER),
        Column("Keadaan", "indicator_state", read=labels_of(ScoreState)),
        Column("Laporan", "report_state", read=_state),
        LIBRARY_PAGE,
    ]


def _state(stored):
    return STATE_LABELS.get(stored, "Belum mulai")


def _quarter(number):
    return Quarter(*divmod(number, 10)).short if number else None


def _version(row):
    return row.told.version if row.told else None


def _figure(key, row):
    return row.told.figures.get(key) if row.told else None


def _notes(row):
    return notes_text(row.told.notes) if row.told else None


def _count(outcome, state, row):
    return row.counts[outcome][state]


def _value(indicator, numerator, denominator):
    value = IndicatorScore(indicator, None, numerator, denominator).value
    return None if value is None else round(float(value), 4)
