"""
Templates are laid out for people; the page that is sent carries none of that layout.

When a template is read, once, the indentation of its lines is taken out, and so is the end of a
line that holds nothing but the beginning, the middle or the end of a block. A line with anything
else keeps its end, so that no two words grow together.
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
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}\n?", re.DOTALL)


def without_layout(source):
    """
    Return the source of a template without indentation, lines of lone block tags, and the end of
    its last line.
    """
    return ALONE.sub(r"\1", INDENTATION.sub("", COMMENT.sub("", source))).removesuffix("\n")


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
