"""Every table and every file of an installation as digests; both are found, not listed."""

import hashlib
import re

from django.core.files.storage import default_storage
from django.db import connection


def tables():
    """Return {table: (rows, digest of all rows in any order)} of the default database."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if connection.vendor == "sqlite":
            names += ["sqlite_sequence"]
        return {name: _digest_of(cursor, name) for name in sorted(names)}


def _digest_of(cursor, table):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    rows = sorted(hashlib.sha256(_text_of(row)).digest() for row in cursor.fetchall())
    return len(rows), hashlib.sha256(b"".join(rows)).hexdigest()


def _text_of(row):
    """Return a row as bytes that are the same for the same values."""
    return repr([bytes(one) if isinstance(one, memoryview) else one for one in row]).encode()


#: What beside the rows makes a database: constraints, indexes, triggers, sequences.
STRUCTURE = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master",
    "postgresql": """
        SELECT 'constraint', conrelid::regclass::text || '.' || conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE conrelid <> 0 AND connamespace = 'public'::regnamespace
        UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal
        UNION ALL SELECT 'sequence', sequencename, coalesce(last_value, 0)::text FROM pg_sequences
        UNION ALL SELECT 'extension', extname, '' FROM pg_extension
    """,
}


#: PostgreSQL writes an expression that it has read with other casts and brackets than before.
WRITTEN_ANEW = re.compile(r"::(character varying|[a-z]+)(\(\d+\))?(\[\])?|[()]")


def structure():
    """Return {(kind, name): definition}."""
    with connection.cursor() as cursor:
        cursor.execute(STRUCTURE[connection.vendor])
        return {(kind, name): WRITTEN_ANEW.sub("", text or "") for kind, name, text in cursor}


def files(storage=default_storage):
    """Return {name: (bytes, digest)} of every stored file."""
    found, waiting = {}, [""]
    while waiting:
        folder = waiting.pop()
        try:
            below, here = storage.listdir(folder)
        except FileNotFoundError:
            continue
        waiting += [f"{folder}/{name}".strip("/") for name in below]
        for name in (f"{folder}/{name}".strip("/") for name in here):
            with storage.open(name) as file:
                content = file.read()
            found[name] = (len(content), hashlib.sha256(content).hexdigest())
    return found


def everything():
    return {"tables": tables(), "structure": structure(), "files": files()}


def as_json():
    """Return everything with keys that JSON allows."""
    found = everything()
    return found | {"structure": {" ".join(k): text for k, text in found["structure"].items()}}


def rows_of_table(title, before, after, *, beating=()):
    """
    Return (what, before, after, whether it is the same) for tables, rows, structure and files;
    what the heartbeat of a backup changes is left out where it is named in `beating`.
    """
    for part, label in (("tables", "tabel"), ("structure", "batasan, indeks, pemicu, urutan")):
        yield _row(f"{title}: {label}", before[part], after[part], beating)
    rows = [sum(n for n, _ in state["tables"].values()) for state in (before, after)]
    yield (f"{title}: baris", *rows, rows[0] == rows[1])
    yield _row(f"{title}: berkas", before["files"], after["files"], ())


def _row(title, before, after, beating):
    differing = sorted(k for k in before.keys() | after.keys() if before.get(k) != after.get(k))
    wrong = [name for name in differing if name not in beating]
    named = f" (beda: {', '.join(wrong[:5])})" if wrong else ""
    return f"{title}{named}", len(before), len(after), not wrong
