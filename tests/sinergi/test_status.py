"""The chip that says how a record stands."""

import pytest
from django.template import Context, Template, engines

from sinergi.kit.status import Status, Tone


def drawn(source, **context):
    return Template("{% load sinergi %}" + source).render(Context(context))


def test_a_status_is_drawn_in_its_tone():
    text = drawn("{% status value %}", value=Status("Berlaku", Tone.APPROVED))
    assert text == '<span class="s-chip s-chip--approved">Berlaku</span>'


def test_a_label_is_drawn_in_the_tone_of_the_template():
    assert drawn('{% status "Baru" "new" %}') == '<span class="s-chip s-chip--new">Baru</span>'


def test_a_label_is_escaped():
    assert "&lt;b&gt;" in drawn("{% status value %}", value=Status("<b>"))


def test_a_tone_that_is_none_is_refused():
    with pytest.raises(ValueError, match="loud"):
        drawn('{% status "Baru" "loud" %}')


def test_rows_of_jinja_draw_the_same():
    value = Status("Berakhir", Tone.LATE)
    row = engines["jinja2"].from_string("{{ status(value) }}")
    assert row.render({"value": value}) == drawn("{% status value %}", value=value)
