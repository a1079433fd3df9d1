"""
Templates are laid out for people; the page that is sent carries none of that layout.

When a template is read, once, the indentation of its lines is taken out, and so is the end of a
line that holds nothing but the beginning, the middle or the end of a block. Between two lines of
one sentence a space is sent, between tags the end of the line, but at the edges of cells and items,
where nobody sees it; no two words grow together.
"""

import re

from django.template.loaders import filesystem
from jinja2.ext import Extension

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
#: Tags that write nothing themselves: Django's, those of components.py, and Jinja2's.
SILENT = (
    "block|call|capture|columns|for|if|macro|page_header|section|set|table|with|blank_state",
    "elif|else|empty|extends|from|import|load|regroup",
)
ALONE = re.compile(
    rf"^((?:\{{%-? (?:(?:end)?(?:{SILENT[0]})|{SILENT[1]})\b(?:(?!%\}}).)*%\}}"
    r"|\{#(?:(?!#\}).)*#\}))\n",
    re.MULTILINE,
)
#: The end of a line within a sentence or within a tag.
WITHIN = re.compile(r"(?<=[^>\n])\n(?=[^<\n])")
#: The end of a line at the edge of an element that no browser shows: a row, a cell, a list and its
#: items.
EDGES = "table|thead|tbody|tr|td|th|ul|ol|li|dl|dt|dd"
OPENED = re.compile(rf"(<(?:{EDGES})\b[^<>\n]*>)\n")
CLOSED = re.compile(rf"\n(</(?:{EDGES})>)")
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}\n?", re.DOTALL)


def without_layout(source):
    """
    Return the source of a template without indentation, without lines of lone block tags, and with
    each sentence and each tag on one line.
    """
    flush = INDENTATION.sub("", COMMENT.sub("", source))
    joined = WITHIN.sub(" ", ALONE.sub(r"\1", flush).removesuffix("\n"))
    return CLOSED.sub(r"\1", OPENED.sub(r"\1", joined))


class Loader(filesystem.Loader):
    """Read a template of Django's language without its layout."""

    def get_contents(self, origin):
        """Return the source of the template at `origin`."""
        return without_layout(super().get_contents(origin))


class WithoutLayout(Extension):
    """Read a template of Jinja2 without its layout."""

    def preprocess(self, source, name, filename=None):
        """Return the source before Jinja2 takes it apart."""
        return without_layout(source)
