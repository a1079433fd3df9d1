"""
What a shipped Word template is made of, as plain data: `layout` draws it, in the child process.
Imports nothing of Django.
"""


def line(text, *, align="left", bold=False, capitals=False, size=None, space=0):
    """Return a paragraph of its own; `space` points stay free above it."""
    style = {"align": align, "bold": bold, "capitals": capitals, "size": size, "space": space}
    return {"block": "line", "text": text} | style


def title(text):
    """Return the heading of the document."""
    return {"block": "heading", "text": text, "level": 1}


def subheading(text):
    """Return the heading of a part."""
    return {"block": "heading", "text": text, "level": 2}


def given(name, *blocks):
    """Return blocks that stand there if this field says something."""
    return [tag(f"if {name}"), *flat(blocks), tag("endif")]


def repeated(row, name, *blocks):
    """Return blocks that stand there once for each row of this list."""
    return [tag(f"for {row} in {name}"), *flat(blocks), tag("endfor")]


def numbered(row, name, text):
    """Return a numbered list of its own."""
    return [
        {"block": "numbering"},
        *repeated(row, name, {"block": "item", "text": text}),
    ]


def facts(row, name, label, told):
    """Return rows of a label and what it says."""
    return {"block": "facts", "row": row, "name": name, "cells": [label, told]}


def table(row, name, columns, *, empty=""):
    """
    Return a table with a header; `columns` are (heading, text, width in mm). `empty` is told where
    there are no rows.
    """
    return {"block": "table", "row": row, "name": name, "columns": columns, "empty": empty}


def sides(*columns):
    """
    Return columns of lines side by side, the last one bold; "" between two keeps the room for a
    signature.
    """
    return {"block": "sides", "columns": columns}


def logo():
    """Return the office's logo, which is handed over beside the blocks; nothing without one."""
    return {"block": "logo"}


def rule():
    """Return a line across the page, below the letterhead."""
    return {"block": "rule"}


def next_page():
    """Return the end of a page."""
    return {"block": "page"}


def tag(told):
    """Return a line that says what becomes of those below it, and is not printed."""
    return line(f"{{%p {told} %}}")


def flat(blocks):
    """Return the blocks, those in lists too, in one list."""
    found = []
    for one in blocks:
        found += flat(one) if isinstance(one, (list, tuple)) else [one]
    return found
