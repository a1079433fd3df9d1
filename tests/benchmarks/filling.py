"""
The whole country in the database of DATABASE_URL, filled once and kept:
`DJANGO_SETTINGS_MODULE=tests.benchmarks.settings python -m tests.benchmarks.filling`.
"""

import django
from django.core.management import call_command
from django.db import connection

django.setup()

from tests.benchmarks import country, expansion, reports  # noqa: E402


def fill_country():
    call_command("migrate", verbosity=0)
    country.fill()
    reports.fill()
    expansion.fill()
    with connection.cursor() as cursor:  # as autovacuum does in time
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    fill_country()
