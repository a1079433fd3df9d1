"""
Importing in tests: a province with its real places, a batch from rows, and what the tables hold.
"""

import re

from django.db import transaction

from sinergi.kit.spreadsheets.read import Sheet
from villages.imports import batches
from villages.imports.apply import apply_batch
from villages.models import DistrictAlias, Library, Participation, VillageAlias

HEAD = [
    "Kab",
    "Kec",
    "Desa",
    "Kode",
    "Nama perpustakaan",
    "Alamat",
    "Pengelola",
    "Telepon",
    "Tahun",
]


def row(
    village,
    regency="Bangka",
    *,
    district="",
    code="",
    name="",
    address="",
    head="",
    phone="",
    year="",
):
    return [regency, district, village, code, name, address, head, phone, year]


def html_of(response):
    """
    Return a page's HTML without the whitespace that its templates are laid out with: inside the
    ends of an element, and between blocks. The space between two words in a line stays.
    """
    html = " ".join(response.content.decode().split())
    html = re.sub(r"(<[a-z][^>]*>) ", r"\1", html)
    return re.sub(r"(</(?:b|div|li|p|td|th|tr)>) (?=<)", r"\1", html.replace(" </", "</"))


def batch_of(
    *rows,
    by=None,
    province="19",
    year=2019,
    answers=None,
    head=HEAD,
    source="",
    name="daftar.xlsx",
    title="",
):
    """
    Save a draft with these rows below the header; the first data row is row 2, and a title is row
    0.
    """
    above = [(0, [title])] if title else []
    sheet = Sheet(
        "Daftar", [*above, (1, list(head)), *((n, list(cells)) for n, cells in enumerate(rows, 2))]
    )
    batch = batches.new_batch(
        [sheet], name=name, data=repr(rows).encode(), province_id=province, source=source, year=year
    )
    batch.answers = answers or {}
    with transaction.atomic():
        return batches.save_batch(batch, [sheet], by=by)


def applied(*rows, by=None, leave_problems=False, **more):
    batch = batch_of(*rows, by=by, **more)
    apply_batch(batch, by=by, leave_problems=leave_problems)
    return batch


def plan(*rows, **more):
    return batches.plan_of(batch_of(*rows, **more))


def outcomes(made):
    return [(one.number, one.outcome) for one in made.rows]


def answer(batch, value, *, key=None):
    """Answer the only question of this batch."""
    (problem,) = batches.plan_of(batch).questions()
    batch.answers = batch.answers | {key or problem.key: value}
    return batch.save_as(by=batch.created_by)


def stored():
    """Return what the tables hold, without what every write touches (versions, moments, keys)."""
    return {
        "libraries": sorted(
            Library.objects.values_list(
                "village_id", "name", "address", "head", "phone", "email", "opening_hours"
            )
        ),
        "participations": sorted(Participation.objects.values_list("library__village_id", "year")),
        "aliases": sorted(VillageAlias.objects.values_list("regency_id", "key", "village_id")),
        "districts": sorted(DistrictAlias.objects.values_list("regency_id", "key", "district_id")),
    }
