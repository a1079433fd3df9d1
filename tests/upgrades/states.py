"""What is compared before and after an upgrade: rows of each table, and everything beside rows."""

from collections import Counter

from django.db import connection

from tests.drills import compare

#: Columns, and functions that triggers call, of PostgreSQL; SQLite has both in its definitions.
OF_POSTGRESQL = """
    SELECT 'column', table_name || '.' || column_name,
        concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default,
                  identity_generation, generation_expression)
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT 'function', proname, prosrc FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
"""


def schema():
    """Return {(kind, name): definition}, in which the order of columns does not matter."""
    found = compare.structure()
    if connection.vendor == "sqlite":
        return {
            key: sorted(parts_of(text)) if key[0] == "table" else text
            for key, text in found.items()
        }
    # A sequence is where it is after its rows, not as in an empty database.
    found = {key: "" if key[0] == "sequence" else text for key, text in found.items()}
    with connection.cursor() as cursor:
        cursor.execute(OF_POSTGRESQL)
        return found | {(kind, name): text for kind, name, text in cursor}


def parts_of(definition):
    """Return what stands before and between the outermost brackets of a definition, by commas."""
    parts, depth, quote = [""], 0, ""
    for letter in definition:
        inner = depth
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        if not quote and ((letter == "," and depth == 1) or {inner, depth} == {0, 1}):
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]


def differences(one, other):
    """Return the keys under which two schemas or states are not the same."""
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def rows(tables):
    """Return {table: (names of columns, rows as text)}; tables that are not there are left out."""
    found = {}
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table in sorted(there & set(tables)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            found[table] = columns, [tuple(map(text_of, row)) for row in cursor.fetchall()]
    return found


def text_of(value):
    return str(bytes(value) if isinstance(value, memoryview) else value)


def lost(before, after, *, meant=()):
    """
    Return what of the rows before is not there afterwards: tables whose number of rows changed, and
    columns whose values did. `meant` names the tables and columns that change on purpose.
    """
    found = []
    for table, (columns, old) in before.items():
        if table in meant:
            continue
        if table not in after:
            found.append(f"{table}: is gone")
            continue
        new_columns, new = after[table]
        if len(old) != len(new):
            found.append(f"{table}: {len(old)} rows, {len(new)} afterwards")
            continue
        kept = [name for name in columns if f"{table}.{name}" not in meant]
        gone = [f"{table}.{name}: is gone" for name in kept if name not in new_columns]
        found += gone
        shared = [name for name in kept if name in new_columns]
        if picked(columns, old, shared) != picked(new_columns, new, shared):
            changed = [
                f"{table}.{name}: changed"
                for name in shared
                if picked(columns, old, [name]) != picked(new_columns, new, [name])
            ]
            found += changed or [f"{table}: values stand in other rows"]
    return found


def picked(columns, found, names):
    """Return how often each combination of the values of these columns stands in the rows."""
    places = [columns.index(name) for name in names]
    return Counter(tuple(row[place] for place in places) for row in found)
