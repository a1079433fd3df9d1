"""Templates are read without the layout that is there for people."""

import pytest
from django.template import engines
from django.template.loader import get_template

from sinergi.kit.templates import without_layout


def test_indentation_and_lines_of_lone_tags_are_taken_out():
    source = "<ul>\n  {% for one in rows %}\n    <li>{{ one }}</li>\n  {% endfor %}\n</ul>\n"
    assert without_layout(source) == (
        "<ul>{% for one in rows %}<li>{{ one }}</li>\n{% endfor %}</ul>"
    )


@pytest.mark.parametrize(
    ("source", "read"),
    [
        (
            "Rapat\n  {% if late %}terlambat{% endif %}\n  besok",
            "Rapat {% if late %}terlambat{% endif %} besok",
        ),
        (
            "{% if a %}satu{% else %}dua{% endif %}\ntiga",
            "{% if a %}satu{% else %}dua{% endif %} tiga",
        ),
        ("{% icon 'plus' %}\nCatat", "{% icon 'plus' %} Catat"),
        ("{% include 'x.html' %}\n{{ text }}", "{% include 'x.html' %} {{ text }}"),
        ("{{ text }}\n{{ text }}", "{{ text }} {{ text }}"),
        ("<b>satu</b>\n<b>dua</b>", "<b>satu</b>\n<b>dua</b>"),
        ("{# Of #} words {# and notes #}\nthat stay", "{# Of #} words {# and notes #} that stay"),
        ('<input class="a"\n       id="b">', '<input class="a" id="b">'),
    ],
)
def test_words_on_two_lines_do_not_grow_together(source, read):
    assert without_layout(source) == read


def test_at_the_edges_of_a_cell_nothing_stands():
    cell = '<td class="c-title">\n  <a href="{{ url }}">\n    {{ name }}\n  </a>\n  <b>x</b>\n</td>'
    source = f"{cell}\n<td>"
    assert without_layout(source) == (
        '<td class="c-title"><a href="{{ url }}">\n{{ name }}\n</a>\n<b>x</b></td>\n<td>'
    )


def test_comments_are_not_read():
    assert without_layout("{% comment %}\n  For people.\n{% endcomment %}\n<p>\n") == "<p>"
    assert without_layout("{# For people. #}\n<p>\n") == "{# For people. #}<p>"


def test_both_languages_are_read_so():
    """A template of each that is known to be indented arrives flush."""
    rows = engines["jinja2"].get_template("villages/_library_rows.jinja").render({"page": []})
    page = get_template("components/section.html").render({"title": "Orang"})
    assert rows.strip() == ""
    assert not [line for line in page.splitlines() if line.startswith(" ")]
