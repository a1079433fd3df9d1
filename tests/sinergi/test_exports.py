"""Downloads of lists: all rows of all pages, in typed cells, within the scope of the reader."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests import factories

pytestmark = pytest.mark.django_db


def taken(client, url, kind="xlsx"):
    answer = client.get(url, {"unduh": kind})
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content)


def workbook(client, url):
    return load_workbook(io.BytesIO(taken(client, url)))


def test_smoke(client, sign_in):
    sign_in("secretariat")
    factories.library(factories.village("19.01.06.2001", "Kapuk"))
    book = workbook(client, reverse("villages:library_list"))
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            print(row)
    for kind in ("csv", "csv-sistem"):
        print(taken(client, reverse("villages:library_list"), kind).decode())
    print(client.get(reverse("villages:library_list")).content.decode()[-2500:])
