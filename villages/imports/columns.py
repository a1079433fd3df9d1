"""Which sheet, which row is the header, and what each column holds."""

import re
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from sinergi.kit.text import header_key

#: What a list may say of a village's library: field, the label people see, and the names that
#: offices give the column.
NAMES = """
code | Kode Kemendagri | kode, kode desa, kode kemendagri, kode wilayah, kode wil, kode kel,
  kode kelurahan, kode desa kel, kode desa kelurahan, kd desa, id desa, kode bps, kode desa bps
province | Provinsi | prov, propinsi, nama provinsi
regency_code | Kode kabupaten/kota | kode kab, kode kabupaten, kode kab kota, kd kab
regency | Kabupaten/kota | kab, kabupaten, kota, kab kota, kota kab, kota kabupaten, kabkota,
  nama kab, nama kabupaten, nama kab kota, nama kabupaten kota, kab kota nama,
  kabupaten kota nama, daerah
district | Kecamatan | kec, nama kec, nama kecamatan, kecamatan nama, distrik, nama distrik,
  kec distrik, kecamatan distrik, distrik kecamatan, kapanewon, kemantren
village | Desa atau kelurahan | desa, kelurahan, kel, ds, desa kel, kel desa, desa kelurahan,
  kelurahan desa, ds kel, nama desa, nama kelurahan, nama desa kel, nama desa kelurahan,
  desa nama, desa kelurahan nama, kalurahan, desa kal, desa kalurahan, nagari, nama nagari,
  desa nagari, gampong, nama gampong, kampung, nama kampung, desa kampung, pekon, desa penerima,
  desa lokus, lokasi desa, kampung kelurahan, kelurahan kampung, gampong desa, desa gampong,
  nagari kelurahan, nagari desa, kelurahan nagari
name | Nama perpustakaan | perpustakaan, nama perpus, perpus, perpustakaan nama, perpusdes,
  nama perpusdes, perpustakaan desa, nama perpustakaan desa, nama perpustakaan desa kelurahan
address | Alamat | alamat perpustakaan, perpustakaan alamat, alamat lengkap, alamat perpus
head | Pengelola | kepala, kepala perpustakaan, pengelola perpustakaan, nama pengelola,
  nama kepala, nama kepala perpustakaan, pengelola nama, kepala perpustakaan nama, petugas,
  nama petugas, penanggung jawab, nama penanggung jawab, pj, pic, nama pic, kepala pengelola,
  kepala atau pengelola, pustakawan
phone | Telepon | telp, tlp, hp, wa, whatsapp, kontak, no hp, nomor hp, no telp, no tlp,
  no telepon, nomor telepon, no wa, nomor wa, no kontak, no hp wa, telepon hp, no telp hp,
  no telepon hp, no handphone, no hp pengelola, nomor hp pengelola, telepon pengelola,
  pengelola no hp, pengelola hp, pengelola telepon, pengelola no telepon, kontak pengelola,
  hp pengelola, no hp petugas
year | Tahun program | tahun, thn, th, tahun masuk, th masuk, tahun masuk program,
  tahun penerimaan, tahun bantuan, tahun anggaran, ta
"""
#: Columns that mean something to the list and nothing to us: counters, and what our own list of
#: problem rows adds.
COUNTERS = {"no", "nomor", "no urut", "nomor urut", "urut", "baris", "alasan"}
PLACES = ("province", "regency", "district", "village")

#: Names that stand over others and take nothing away from them: under these "Nama" or "No. HP" is
#: the library's.
NEUTRAL = {
    "perpustakaan",
    "perpustakaan desa",
    "pengelola",
    "pengelola perpustakaan",
    "kontak",
    "lokasi",
    "alamat",
    "data",
}
NEUTRAL |= {
    "identitas",
    "identitas perpustakaan",
    "data perpustakaan",
    "wilayah",
    "desa",
    "desa kelurahan",
    "keterangan",
}

YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
#: Rows within which a header is looked for: titles, a letterhead, a few blank lines stand above it.
SEARCHED = 40
WEIGHTS = {"village": 4, "regency": 2, "code": 2}


def _read_names():
    labels, aliases = {}, {}
    for line in NAMES.strip().replace(",\n ", ",").splitlines():
        field, label, names = (part.strip() for part in line.split("|"))
        labels[field] = label
        aliases |= dict.fromkeys(
            [header_key(label), *(name.strip() for name in names.split(","))], field
        )
    return labels, aliases


LABELS, ALIASES = _read_names()


@dataclass(frozen=True)
class Layout:
    """
    Where the header of a sheet ends (`header`: position in sheet.rows of its last row, -1 for
    none), the columns' names as written, each in its parts from top to bottom, and what each holds:
    column number → field.
    """

    header: int
    parts: tuple[tuple[str, ...], ...]
    fields: dict[int, str]
    sheet: int = 0

    @property
    def names(self):
        return [" ".join(parts) for parts in self.parts]

    @property
    def is_certain(self):
        return "village" in self.fields.values()

    @property
    def ignored(self):
        return [
            name
            for column, name in enumerate(self.names)
            if name and column not in self.fields and header_key(name) not in COUNTERS
        ]

    @property
    def doubled(self):
        """
        Columns that are not read because an earlier one holds the same, such as those of a second
        table beside it.
        """
        return [
            name for name in self.ignored if ALIASES.get(header_key(name)) in self.fields.values()
        ]

    @property
    def score(self):
        return sum(WEIGHTS.get(field, 1) for field in self.fields.values())


def read_layout(sheet, *, header=None, chosen=None, remembered=None, number=0):
    """
    Return the layout of this sheet. `header`: the last header row if a person named it; `chosen`:
    column → field, by a person; `remembered`: header_key → field ("" for a column to leave alone),
    from earlier lists of the same office.
    """
    known = ALIASES | (remembered or {})
    ends = (
        range(min(len(sheet.rows), SEARCHED)) if header is None else [header] if header >= 0 else []
    )
    found = [layout for end in ends for layout in _layouts(sheet, end, known, number)]
    with_village = [layout for layout in found if layout.is_certain]
    if with_village and header is None:
        # The list begins at the first row that names the villages' column; what it holds may be
        # told in up to two rows more.
        first = min(layout.header for layout in with_village)
        found = [
            layout
            for layout in with_village
            if layout.header <= first + 2 and layout.header - layout.depth < first
        ]
    best = max(
        found, key=lambda layout: (layout.score, -layout.header, -layout.depth), default=None
    )
    if best is None or (best.score == 0 and header is None):
        return Layout(-1, (), dict(chosen or {}), number)
    return Layout(best.header, best.parts, best.fields if chosen is None else dict(chosen), number)


@dataclass(frozen=True)
class _Candidate(Layout):
    depth: int = 1


def _layouts(sheet, end, known, number):
    """Yield the headers that may end in this row: of one, two or three rows that touch."""
    for depth in (1, 2, 3):
        start = end - depth + 1
        if start >= 0 and sheet.rows[end][0] - sheet.rows[start][0] == depth - 1:
            parts = _names(sheet, start, end)
            yield _Candidate(end, parts, _recognise(parts, known), number, depth)


def best_layout(sheets, remembered=None):
    """
    Return the layout of the sheet that looks most like a list of villages; of those that look alike
    as one list, the list before any of them.
    """
    layouts = [
        read_layout(sheet, remembered=remembered, number=n) for n, sheet in enumerate(sheets)
    ]
    return max(
        layouts,
        key=lambda one: (one.is_certain, one.score, bool(sheets[one.sheet].tables), -one.sheet),
    )


def title_lines(sheet, layout):
    """
    Return what stands above the header, with the sheet's name: a line each. Nothing stands over
    several tables.
    """
    if sheet.tables:
        return []  # what is heard over each stands in a column (villages.imports.tables)
    above = [" ".join(filter(None, cells)) for _, cells in sheet.rows[: max(layout.header, 0)]]
    return [sheet.name, *above]


def untitled_columns(sheet, layout):
    """
    Return the columns that hold something and have no name, by their letters in a spreadsheet: they
    are not read.
    """
    width = max((len(cells) for _, cells in sheet.rows[layout.header + 1 :]), default=0)
    nameless = [
        n
        for n in range(width)
        if n not in layout.fields and not (n < len(layout.parts) and layout.parts[n])
    ]
    filled = {
        n
        for _, cells in sheet.rows[layout.header + 1 :]
        for n in nameless
        if n < len(cells) and cells[n]
    }
    return [f"kolom {get_column_letter(n + 1)} (tanpa judul)" for n in sorted(filled)]


def title_year(sheet, layout):
    """
    Return the year in the title above the header or in the sheet's name, if it is one and the same.
    """
    years = {year for text in title_lines(sheet, layout) for year in YEAR.findall(text)}
    return int(years.pop()) if len(years) == 1 else None


def _names(sheet, start, end):
    """
    Return the parts of each column's name, from top to bottom; a merged cell names every column it
    spans.
    """
    spans = {}
    first, last = sheet.rows[start][0], sheet.rows[end][0]
    for top, left, bottom, right in sheet.merges:
        if not first <= top <= last:
            continue
        for column in range(left, min(right, 200) + 1):
            spans[top, column] = (left, bottom)
    width = max(len(sheet.rows[n][1]) for n in range(start, end + 1))
    names, last_row = [], sheet.rows[end][0]
    for column in range(width):
        parts = []
        for n in range(start, end + 1):
            number, cells = sheet.rows[n]
            text = cells[column] if column < len(cells) else ""
            if not text and (number, column) in spans:
                left, _ = spans[number, column]
                text = cells[left] if left < len(cells) else ""
            elif not text and n < end and not sheet.merges:
                # Pasted text knows no merged cells: a name spans the empty cells to its right that
                # have names below.
                below = sheet.rows[end][1]
                if column < len(below) and below[column]:
                    text = next((cell for cell in reversed(cells[:column]) if cell), "")
            if text and text not in parts and number <= last_row:
                parts.append(text)
        names.append(tuple(parts))
    return tuple(names)


def _recognise(names, known):
    """
    Return column → field. Whole names first; then what is left by its lowest part alone, where the
    parts above it are neutral: the phone of the head of the village is not the library's. A field
    is taken by the first column that fits.
    """
    fields = {}
    whole = [header_key(" ".join(parts)) for parts in names]
    for column, key in enumerate(whole):
        if known.get(key) and known[key] not in fields.values():
            fields[column] = known[key]
    for column, parts in enumerate(names):
        lowest = (
            known.get(header_key(parts[-1]))
            if len(parts) > 1 and whole[column] not in known
            else None
        )
        above_is_neutral = all(header_key(part) in NEUTRAL for part in parts[:-1])
        if lowest and lowest not in fields.values() and (lowest in PLACES or above_is_neutral):
            fields[column] = lowest
    return dict(sorted(fields.items()))
