"""A batch and its plan: what is read from the database to make one, and what a person may change before it is applied."""

import hashlib

from sinergi.kit.uploads import clean_name
from villages.imports.cells import LIBRARY_FIELDS
from villages.imports.columns import best_layout, header_key, read_layout, year_of
from villages.imports.plan import make_plan
from villages.imports.rows import read_rows
from villages.matching import Atlas
from villages.models import (
    District,
    ImportBatch,
    ImportContent,
    Library,
    Participation,
    Province,
    Regency,
    Village,
    VillageAlias,
)


def new_batch(sheets, *, name, data, province, source="", year=None):
    """An unsaved batch for these sheets, with the sheet, header and columns that fit best."""
    batch = ImportBatch(
        province=province,
        source=source.strip(),
        file_name=clean_name(name),
        file_hash=hashlib.sha256(data).hexdigest(),
    )
    use_layout(batch, best_layout(sheets, remembered_columns(batch)), sheets)
    batch.year = year or batch.year
    return batch


def use_layout(batch, layout, sheets):
    """Read the batch so: this sheet, this header, these columns, and the year that its title names."""
    batch.sheet, batch.header = layout.sheet, layout.header
    batch.columns = {str(column): field for column, field in layout.fields.items()}
    batch.column_names = {
        header_key(layout.names[column]): field
        for column, field in layout.fields.items()
        if column < len(layout.names) and header_key(layout.names[column])
    }
    batch.year = batch.year or (year_of(sheets[layout.sheet], layout) if layout.header >= 0 else None)


def save_batch(batch, sheets, *, by, client_key=None):
    """Save a new batch with its cells; raises Duplicate when this sending was saved before. Call it in a transaction."""
    batch.save_sent(by=by, client_key=client_key)
    ImportContent.objects.create(batch=batch, packed=ImportContent.pack([sheet.packed() for sheet in sheets]))
    return batch


def remembered_columns(batch):
    """Column name → field, as lists of the same office in the same province were read before."""
    if not batch.source:
        return {}
    earlier = ImportBatch.objects.filter(province=batch.province_id, source__iexact=batch.source, applied_at__isnull=False)
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
    """The places that a list of this province (None: of the country) may name; codes that are gone are not offered."""

    def places(model, path="province"):
        rows = model.objects.filter(gone_in="")
        return (rows.filter(**{path: province_id}) if province_id else rows).values_list("pk", "name").iterator(chunk_size=5000)

    aliases = VillageAlias.objects.filter(regency__province=province_id) if province_id else VillageAlias.objects.all()
    return Atlas(
        # All provinces and regencies, so that a row of another province is known to be one.
        provinces=Province.objects.values_list("pk", "name"),
        regencies=Regency.objects.filter(gone_in="").values_list("pk", "name"),
        districts=places(District),
        villages=places(Village),
        aliases=aliases.values_list("regency_id", "key", "village_id"),
        within=province_id,
    )


def libraries_of(province_id):
    """What is stored, as make_plan takes it: two reads, whatever the number of rows."""
    libraries = Library.objects.village()
    participations = Participation.objects.filter(library__level="village")
    if province_id:
        libraries = libraries.filter(province=province_id)
        participations = participations.filter(library__province=province_id)
    stored = libraries.values_list("village_id", "pk", "version", *LIBRARY_FIELDS).iterator(chunk_size=5000)
    years = participations.values_list("library_id", "year").iterator(chunk_size=5000)
    return {code: tuple(columns) for code, *columns in stored}, set(years)


def plan_of(batch, rows=None, skipped=None):
    """
    What this batch would do now. `rows`, `skipped`: its rows, when they have been read already.

    Raises ContentGone when its cells are no longer kept.
    """
    if rows is None:
        rows, skipped = rows_of(batch)
    libraries, participations = libraries_of(batch.province_id)
    return make_plan(
        rows,
        skipped,
        atlas=atlas_for(batch.province_id),
        libraries=libraries,
        participations=participations,
        answers=batch.answers,
        year=batch.year,
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
    """(rows, skipped) below the header; nothing while no column holds the villages."""
    return read_rows(sheet, layout) if layout.is_certain else ([], [])
