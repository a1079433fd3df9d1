"""Errors of the database, in words for the person whose write was refused."""

from collections import Counter
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, router
from django.db.models import ProtectedError
from django.db.models.deletion import Collector

#: PostgreSQL's own codes.
DEADLOCK = "40P01"
FOREIGN_KEY_VIOLATION = "23503"


def broken_constraint(error, *tables):
    """Return the constraint of one of these models that an IntegrityError names, or None."""
    text = str(error)
    for model in tables:
        for constraint in model._meta.constraints:
            columns = [
                model._meta.get_field(name).column for name in getattr(constraint, "fields", ())
            ]
            # SQLite names the columns of a unique constraint, not the constraint itself.
            listed = ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
            if constraint.name in text or (columns and text.endswith(f": {listed}")):
                return constraint
    return None


def constraint_message(error, *tables):
    """
    Return the message of the broken constraint, if it is one of these models'; else a message for
    an IntegrityError of its kind.
    """
    constraint = broken_constraint(error, *tables)
    if constraint is not None:
        return constraint.violation_error_message
    text, code = str(error), database_code(error)
    if "update or delete on table" in text:
        return (
            "Tidak dapat dihapus: baru saja ada data lain yang merujuknya. Muat ulang halamannya."
        )
    if code == FOREIGN_KEY_VIOLATION or "FOREIGN KEY" in text:
        return (
            "Belum tersimpan: salah satu pilihan baru saja dihapus atau digabungkan. Pilih lagi,"
            " lalu simpan."
        )
    if code == DEADLOCK:
        return (
            "Belum tersimpan: orang lain menyimpan data yang berkaitan pada saat yang sama. Simpan"
            " lagi."
        )
    return "Belum tersimpan: data yang sama baru saja disimpan. Periksa daftarnya, lalu coba lagi."


def references_to(records):
    """Return the rows that keep these records from being deleted (not those deleted along)."""
    records = list(records)
    if not records:
        return []
    try:
        Collector(using=router.db_for_write(type(records[0]))).collect(records)
    except ProtectedError as error:
        return list(error.protected_objects)
    return []


def references_message(rows):
    """Return the message that these rows still refer to a record, counted by kind."""
    kinds = Counter(
        getattr(row, "reference_label", "") or str(row._meta.verbose_name) for row in rows
    )
    counted = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
    return (
        f"Tidak dapat dihapus karena masih dirujuk: {counted}. Pindahkan atau hapus dulu yang"
        " merujuknya."
    )


def database_code(error):
    """Return PostgreSQL's code of this error or of the one behind it, or ""."""
    while error is not None:
        if code := getattr(error, "pgcode", None):
            return code
        error = error.__cause__
    return ""


@contextmanager
def deadlock_as_conflict():
    """
    Raise IntegrityError for a deadlock: two writes at the same moment may each wait for a row of
    the other, and PostgreSQL stops one of them. To whoever sent it that is the same as having come
    second.
    """
    try:
        yield
    except OperationalError as error:
        if database_code(error) != DEADLOCK:
            raise
        raise IntegrityError(str(error)) from error
