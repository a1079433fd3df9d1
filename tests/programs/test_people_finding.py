"""People and institutions are found by name."""

import pytest
from django.db import connection

from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("names are searched and compared in the database"),
]


class TestFinding:
    def test_by_name_in_the_list_and_in_the_search(self, client, sign_in):
        one, office = (
            factories.person("Narahubung Kadin"),
            factories.institution("Kamar dagang", "private"),
        )
        there = factories.person("Narahubung Aceh", province_code="11")
        sign_in("observer")
        for url in ("/cari/?q=narahubung", "/orang/?q=narahubung"):
            page = client.get(url).content.decode()
            assert one.name in page and there.name not in page, url
        for url in ("/cari/?q=dagang", "/mitra/?q=dagang", "/mitra/?sector=private"):
            assert office.name in client.get(url).content.decode(), url
        assert office.name not in client.get("/mitra/?sector=media").content.decode()

    @pytest.mark.parametrize("table", ["programs_person", "programs_institution"])
    def test_a_name_is_looked_up_and_not_read_through(self, table):
        """By a trigram index on PostgreSQL; SQLite has none."""
        catalogue = {"postgresql": "SELECT indexname FROM pg_indexes WHERE tablename = %s"}.get(
            connection.vendor,
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = %s",
        )
        with connection.cursor() as cursor:
            cursor.execute(catalogue, [table])
            indexes = {name for (name,) in cursor.fetchall() if name.endswith("_trgm")}
        assert indexes == ({f"{table}_name_trgm"} if connection.vendor == "postgresql" else set())
