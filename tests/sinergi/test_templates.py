"""Templates are read without the layout that is there for people."""

import pytest
from django.template import engines
from django.template.loader import get_template

from sinergi.kit.templates import without_layout


def test_indentation_and_lines_of_lone_tags_are_taken_out():
    source = "<ul>\n  {% for one in rows %}\n    <li>{{ one }}</li>\n  {% endfor %}\n</ul>\n"
    assert without_layout(source) == (
        "<ul>\n{% for one in rows %}<li>{{ one }}</li>\n{% endfor %}</ul>"
    )


@pytest.mark.parametrize(
    "source",
    [
        "Rapat\n{% if late %}terlambat{% endif %}\nbesok",
        "{% if a %}satu{% else %}dua{% endif %}\ntiga",
        "{% icon 'plus' %}\nCatat",
        "{% include 'x.html' %}\n{{ text }}",
        "{{ text }}\n{{ text }}",
        "{# Of #} words {# and notes #}\nthat stay",
    ],
)
def test_words_on_two_lines_do_not_grow_together(source):
    assert without_layout(source) == source


def test_comments_are_not_read():
    assert without_layout("{% comment %}\n  For people.\n{% endcomment %}\n<p>\n") == "<p>"
    assert without_layout("{# For people. #}\n<p>\n") == "{# For people. #}<p>"


def test_both_languages_are_read_so():
    """A template of each that is known to be indented arrives flush."""
    rows = engines["jinja2"].get_template("villages/_library_rows.jinja").render({"page": []})
    page = get_template("components/section.html").render({"title": "Orang"})
    assert rows.strip() == ""
    assert not [line for line in page.splitlines() if line.startswith(" ")]
