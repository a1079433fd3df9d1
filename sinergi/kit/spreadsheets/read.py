"""
Read uploaded spreadsheets: xlsx, xls, ods and text (csv, or pasted from Excel), in a child process.

Whatever the file does to its reader, this process lives on and the person gets a sentence that says
what to do.
"""

import json
from dataclasses import dataclass, field, fields

from django.core.exceptions import ValidationError

from sinergi.kit import child
from sinergi.kit.uploads import clean_name

WORKER = "sinergi.kit.spreadsheets.worker:read_file"
MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_CHARACTERS = 20_000_000  # of all cells: 20,000 rows of 1,000
ACCEPT = ".xlsx,.xls,.ods,.csv,.tsv,.txt"

RESAVE = "Buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu pilih lagi."
MESSAGES = {
    "empty": "tidak berisi apa-apa. Periksa apakah berkasnya yang benar.",
    "password": "bersandi. Simpan ulang tanpa kata sandi, lalu pilih lagi.",
    "html": f"sebenarnya halaman web atau XML yang diberi nama berkas Excel. {RESAVE}",
    "broken": f"rusak atau terpotong. {RESAVE}",
    "unknown": "bukan lembar kerja. Yang dapat dibaca: .xlsx, .xls, .ods, dan .csv.",
    "bomb": f"menjadi terlalu besar bila dibuka. {RESAVE}",
    "much": f"memuat terlalu banyak teks. {RESAVE}",
    "memory": (
        "menyatakan lembar yang terlalu luas, biasanya karena ada isi jauh di luar tabelnya. Salin"
        " tabelnya ke berkas baru, lalu pilih berkas itu."
    ),
    "long_cell": (
        "memuat sel yang lebih panjang dari 32.767 huruf pada baris {row}. Pada berkas .csv"
        " sebabnya sering tanda petik yang tidak ditutup."
    ),
    "quote": (
        "memuat tanda petik yang tidak ditutup pada baris {row}, sehingga batas selnya tidak pasti."
        " Perbaiki, lalu pilih lagi."
    ),
    "wide": (
        "memuat lebih dari 200 kolom pada baris {row}. Hapus kolom di luar tabelnya, lalu pilih"
        " lagi."
    ),
    "slow": f"terlalu lama dibaca. {RESAVE}",
}


@dataclass
class Sheet:
    """
    One sheet as text. `rows`: (row number in the file, cells) of the rows that are not empty;
    `merges`: merged ranges as (first row number, first column, last row number, last column),
    columns from 0; `more`: it has more rows than allowed; `tables`: the names of the tables whose
    rows it holds, where they are several. Such a sheet keeps beside its rows, in `above`, those
    that stood above the tables' headers; `heard`: the columns that no table has in its rows.
    `marks`, if they were asked for: {"F12": "formula", "error" or "decimal" (a number that is not
    whole)}, or None of a file that does not tell (.xls, .ods, text).
    """

    name: str
    rows: list[tuple[int, list[str]]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    more: bool = False
    tables: list[str] = field(default_factory=list)
    above: list[tuple[int, list[str]]] = field(default_factory=list)
    heard: list[int] = field(default_factory=list)
    marks: dict[str, str] | None = None

    def packed(self):
        return {field.name: getattr(self, field.name) for field in fields(self)}


def read_sheets(
    data,
    name,
    *,
    max_rows=MAX_ROWS,
    characters=MAX_CHARACTERS,
    megabytes=512,
    seconds=20,
    marked=False,
):
    """
    Return the visible sheets of this file (bytes) that hold something; each at most `max_rows`
    rows, all at most `characters`; with `marks` if they are asked for (`marked`).

    Raises ValidationError with a sentence that names the file. The child gets `megabytes` of memory
    and `seconds` of time.
    """
    name = clean_name(name)
    try:
        told = child.run(
            WORKER,
            data,
            max_rows,
            characters,
            "marked" if marked else "",
            seconds=seconds,
            megabytes=megabytes,
        )
    except child.TooMuchMemory:
        raise ValidationError(f"{name} {MESSAGES['memory']}") from None
    except (child.TooLong, child.Busy):
        raise ValidationError(f"{name} {MESSAGES['slow']}") from None
    except child.Crashed:
        raise ValidationError(f"{name} {MESSAGES['broken']}") from None
    answer = json.loads(told)
    if "error" in answer:
        raise ValidationError(f"{name} {MESSAGES[answer['error']].format(row=answer['row'])}")
    return [Sheet(**sheet) for sheet in answer["sheets"] if sheet["rows"]]
