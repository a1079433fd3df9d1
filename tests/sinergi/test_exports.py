"""Exports of the admin: a workbook whose cells no program runs, at a cost of its rows alone."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests import factories
from tests.test_pages import queries_of

pytestmark = pytest.mark.django_db

URL = "/admin/villages/library/export/"


def exported(client):
    answer = client.post(URL, {"format": "0", "resource": "0"})
    assert answer.status_code == 200
    head, *rows = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("typed", ["=1+1", "+62 717", "@SUM(A1)", "＝1+1"])
def test_a_cell_that_would_run_is_text(client, sign_in, typed):
    sign_in("administrator")
    factories.library(head=typed)
    (row,) = exported(client)
    assert row["head"] == f"'{typed}"


def test_there_is_no_csv_to_be_split_into_formulas(client, sign_in):
    """
    Whatever is quoted, a program that splits at ";" begins a cell behind the one in "Kepala;=1+1".
    """
    sign_in("administrator")
    factories.library(head="Kepala;=1+1")
    assert (
        client.post(URL, {"format": "1", "resource": "0"})
        .get("Content-Type", "")
        .startswith("text/html")
    )
    (row,) = exported(client)
    assert row["head"] == "Kepala;=1+1"


def test_columns_are_reference_label_stored(client, sign_in):
    sign_in("administrator")
    library = factories.library(head="", address="Jalan Merdeka\nRT 1")
    (row,) = exported(client)
    assert (row["id"], row["village"], row["head"]) == (str(library.pk), library.village_id, None)
    assert row["address"] == "Jalan Merdeka\nRT 1"
    assert "idempotency_key" not in row


def test_an_export_asks_as_often_for_many_rows_as_for_few(client, sign_in):
    sign_in("administrator")
    factories.library()
    few = queries_of(lambda: exported(client))
    for n in range(10):
        factories.library(factories.village(f"19.01.06.21{n:02}", f"Desa {n}"))
    assert queries_of(lambda: exported(client)) == few
