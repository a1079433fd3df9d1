"""
A batch and its plan: what is read from the database to make one, and what a person may change
before it is applied.
"""

import hashlib

from django.db import IntegrityError, transaction

from sinergi.kit.models import Duplicate
from sinergi.kit.spreadsheets.read import MAX_ROWS
from sinergi.kit.uploads import clean_name
from villages.imports import tables
from villages.imports.cells import LIBRARY_FIELDS
from villages.imports.columns import (
    ALIASES,
    best_layout,
    header_key,
    read_layout,
    title_lines,
    title_year,
)
from villages.imports.plan import make_plan
from villages.imports.problems import OF_A_LAYOUT
from villages.imports.rows import read_list_rows
from villages.matching import Atlas
from villages.models import (
    District,
    DistrictAlias,
    ImportBatch,
    ImportContent,
    Library,
    Participation,
    Province,
    Regency,
    Village,
    VillageAlias,
)


def new_batch(sheets, *, name, data, province_id, source="", year=None, regency_id=None):
    """
    Return an unsaved batch for these sheets, with the sheet, header and columns that fit best, and
    what its title says: the year, and the regency of a list that has no column for it.
    """
    batch = ImportBatch(
        province_id=province_id,
        source=source.strip(),
        file_name=clean_name(name),
        file_hash=hashlib.sha256(data).hexdigest(),
    )
    use_layout(batch, best_layout(sheets, remembered_columns(batch)), sheets)
    batch.year, batch.regency_id = year or batch.year, regency_id or batch.regency_id
    return batch


def read_tables(sheets, *, province_id, source="", max_rows=MAX_ROWS):
    """
    Return the tables of a file to choose from, those that look alike also as one list
    (villages.imports.tables).
    """
    return tables.find_tables(
        sheets,
        regencies=_regencies_of(province_id),
        remembered=remembered_columns(ImportBatch(province_id=province_id, source=source)),
        max_rows=max_rows,
    )


def use_layout(batch, layout, sheets, *, hear_title=True):
    """
    Set the batch to be read from this sheet, header and columns. `hear_title`: also take the year
    and regency that its title names.
    """
    if (batch.sheet, batch.header) != (layout.sheet, layout.header) or batch.columns != _columns(
        layout
    ):
        # An answer to a row says nothing of the row that has its number now.
        batch.answers = {
            key: answer for key, answer in batch.answers.items() if not key.startswith(OF_A_LAYOUT)
        }
    batch.sheet, batch.header, batch.columns = layout.sheet, layout.header, _columns(layout)
    batch.tables = sheets[layout.sheet].tables
    keys = [header_key(name) for name in layout.names]
    batch.column_names = {
        key: layout.fields.get(column, "")
        for column, key in enumerate(keys)
        if _is_told(key, column, layout)
    }
    if layout.header < 0 or not hear_title:
        return
    batch.year = batch.year or title_year(sheets[layout.sheet], layout)
    if batch.regency_id is None and "regency" not in layout.fields.values():
        batch.regency_id = _regency_titled(
            title_lines(sheets[layout.sheet], layout), batch.province_id
        )


def _columns(layout):
    return {str(column): field for column, field in layout.fields.items()}


def _is_told(key, column, layout):
    """
    Whether the office's next list should read this column so: it holds a field, or it would and was
    left alone.
    """
    return bool(key) and (
        column in layout.fields or (key in ALIASES and ALIASES[key] not in layout.fields.values())
    )


def _regencies_of(province_id):
    """Return an atlas of the regencies alone."""
    regencies = Regency.objects.filter(gone_in="")
    regencies = regencies.filter(province=province_id) if province_id else regencies
    return Atlas(
        provinces=(), regencies=regencies.values_list("pk", "name"), districts=(), villages=()
    )


def _regency_titled(titles, province_id):
    atlas = _regencies_of(province_id)
    found = {code for title in titles if (code := atlas.regency_titled(title))}
    return found.pop() if len(found) == 1 else None


@transaction.atomic
def save_batch(batch, sheets, *, by, idempotency_key=None):
    """
    Save a new batch with its cells, and return it; or return the one that this very sending has
    made before. A key that comes again with another list, or that another person has used, is no
    key.
    """
    try:
        with transaction.atomic():
            batch.save_submission(by=by, idempotency_key=idempotency_key)
    except Duplicate as duplicate:
        if duplicate.record.file_hash == batch.file_hash:
            return duplicate.record
        batch.save_submission(by=by)
    except IntegrityError:
        batch.save_submission(by=by)
    ImportContent.objects.create(
        batch=batch, packed=ImportContent.pack([sheet.packed() for sheet in sheets])
    )
    return batch


def remembered_columns(batch):
    """
    Return column name → field, as lists of the same office in the same province were read before.
    """
    if not batch.source:
        return {}
    earlier = ImportBatch.objects.filter(
        province=batch.province_id, source__iexact=batch.source, state=ImportBatch.State.APPLIED
    )
    found = {}
    for columns in reversed(earlier.order_by("-id").values_list("column_names", flat=True)[:5]):
        found |= columns
    return found


def layout_of(batch, sheets):
    return read_layout(
        sheets[batch.sheet],
        header=batch.header,
        chosen={int(column): field for column, field in batch.columns.items()},
        number=batch.sheet,
    )


def atlas_for(province_id):
    """
    Return the places that a list of this province (None: of the country) may name; codes that are
    gone are not offered.
    """

    def places(model, path="province"):
        rows = model.objects.filter(gone_in="")
        return (
            (rows.filter(**{path: province_id}) if province_id else rows)
            .values_list("pk", "name")
            .iterator(chunk_size=5000)
        )

    def aliases(model):
        return (
            model.objects.filter(regency__province=province_id)
            if province_id
            else model.objects.all()
        )

    return Atlas(
        # All provinces and regencies, so that a row of another province is known to be one.
        provinces=Province.objects.values_list("pk", "name"),
        regencies=Regency.objects.filter(gone_in="").values_list("pk", "name"),
        districts=places(District),
        villages=places(Village),
        aliases=aliases(VillageAlias).values_list("regency_id", "key", "village_id"),
        district_aliases=aliases(DistrictAlias).values_list("regency_id", "key", "district_id"),
        within=province_id,
    )


def libraries_of(province_id):
    """Return what is stored, as make_plan takes it: two reads, whatever the number of rows."""
    libraries = Library.objects.village()
    participations = Participation.objects.filter(library__level=Library.Level.VILLAGE)
    if province_id:
        libraries = libraries.filter(province=province_id)
        participations = participations.filter(library__province=province_id)
    stored = libraries.values_list("village_id", "pk", "version", *LIBRARY_FIELDS).iterator(
        chunk_size=5000
    )
    years = participations.values_list("library_id", "year").iterator(chunk_size=5000)
    return {code: tuple(columns) for code, *columns in stored}, set(years)


def plan_of(batch, rows=None, skipped=None):
    """
    Return what this batch would do now. `rows`, `skipped`: its rows, when they have been read
    already.

    Raises ContentGone when its cells are no longer kept.
    """
    if rows is None:
        rows, skipped = rows_of(batch)
    libraries, participations = libraries_of(batch.province_id)
    in_rows = {"regency", "regency_code"} & set(batch.columns.values())
    return make_plan(
        rows,
        skipped,
        atlas=atlas_for(batch.province_id),
        libraries=libraries,
        participations=participations,
        answers=batch.answers,
        year=batch.year,
        tables=batch.tables,
        regency=batch.regency.name if batch.regency_id and not in_rows else "",
    )


class ContentGone(Exception):
    """The cells of this batch are no longer kept: drafts are cleared away after a while."""

    def __init__(self):
        super().__init__("Isi berkas ini tidak disimpan lagi. Unggah berkasnya sekali lagi.")


def sheets_of(batch):
    content = ImportContent.objects.filter(batch=batch.pk).first()
    if content is None or not (sheets := content.sheets) or batch.sheet >= len(sheets):
        raise ContentGone
    return sheets


def rows_of(batch):
    sheets = sheets_of(batch)
    return rows_of_sheet(sheets[batch.sheet], layout_of(batch, sheets))


def rows_of_sheet(sheet, layout):
    """Return (rows, skipped) below the header; nothing while no column holds the villages."""
    return read_list_rows(sheet, layout) if layout.is_certain else ([], [])
