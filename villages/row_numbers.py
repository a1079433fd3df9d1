"""
Numbers of rows in a list that is read from several tables: sheets, or tables beside each other on
one.

A row of the first table keeps the number it has in the file; the tables after it count on from
STEP, 2 × STEP and so on, which lies beyond what a sheet holds (1,048,576 rows), so that a number is
one row of the list.
"""

STEP = 2_000_000
#: So many tables have numbers that fit the column where they are kept, an integer of 32 bits on
#: PostgreSQL.
MOST_TABLES = 2**31 // STEP


def table_of(number):
    """Return the position of the table among those that are read."""
    return number // STEP


def row_of(number):
    """Return the number that the row has in its table."""
    return number % STEP


def row_label(number, tables):
    """
    Return the number as a person finds it in the file: "16", or "16 (Belitung)" where there are
    several `tables` (names).
    """
    table, row = divmod(number, STEP)
    return f"{row} ({tables[table]})" if table < len(tables) else str(row)
