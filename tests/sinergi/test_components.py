"""The parts that pages are made of."""

import re

from django.template import Context, Template, engines


def drawn(source, **context):
    """Return the markup of a template without the whitespace between its tags."""
    text = Template("{% load components sinergi %}" + source).render(Context(context))
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", re.sub(r"\s+", " ", text)).replace(" >", ">")


def test_a_page_header_has_a_title_and_nothing_else_it_was_not_given():
    assert drawn("{% page_header title %}{% endpage_header %}", title="A & B") == (
        '<div class="s-title"><div><h1>A &amp; B</h1></div></div>'
    )


def test_a_page_header_has_a_line_above_a_lead_and_buttons():
    source = (
        '{% page_header "Rapat" above="19.01" above_css="muted" lead="Terbaru di atas." %}'
        '<a href="/baru/">Catat</a>{% endpage_header %}'
    )
    assert drawn(source) == (
        '<div class="s-title"><div><p class="s-title__above muted">19.01</p><h1>Rapat</h1>'
        '<p>Terbaru di atas.</p></div><a href="/baru/">Catat</a></div>'
    )


def test_what_is_captured_stands_where_it_is_put_and_is_no_longer_escaped():
    source = (
        "{% capture as lead %} Oleh <b>{{ name }}</b> {% endcapture %}"
        '{% page_header "Rapat" lead=lead %}{% endpage_header %}'
    )
    assert "<p>Oleh<b>R &amp; D</b></p>" in drawn(source, name="R & D")


def test_a_section_is_named_by_its_heading():
    source = '{% section "Orang" id="people" css="s-more" %}<p>Budi</p>{% endsection %}'
    assert drawn(source) == (
        '<section class="s-more" aria-labelledby="people"><div class="s-section__head">'
        '<h2 id="people">Orang</h2></div><p>Budi</p></section>'
    )


def test_a_section_has_a_link_beside_its_heading_and_an_anchor():
    source = (
        '{% capture as link %}<a href="/">Semua</a>{% endcapture %}'
        '{% section "Berkas" anchor="berkas" link=link thin=True %}{% endsection %}'
    )
    assert drawn(source) == (
        '<section id="berkas"><div class="s-section__head s-section__head--thin">'
        '<h2>Berkas</h2><a href="/">Semua</a></div></section>'
    )


def test_a_table_says_its_roles_for_it_is_laid_out_as_cards_on_a_phone():
    source = (
        '{% table "Daftar rapat" %}{% columns %}{% column "Rapat" %}{% column "Hadir" "end" %}'
        '{% column "Tindakan" hidden=True %}{% endcolumns %}<tbody></tbody>{% endtable %}'
    )
    assert drawn(source) == (
        '<table class="s-table s-table--cards" role="table">'
        '<caption class="visually-hidden">Daftar rapat</caption>'
        '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Rapat</th>'
        '<th role="columnheader" scope="col" class="end">Hadir</th>'
        '<th role="columnheader" scope="col"><span class="visually-hidden">Tindakan</span></th>'
        "</tr></thead><tbody></tbody></table>"
    )


def test_a_column_escapes_its_label():
    assert "A &amp; B" in drawn("{% column label %}", label="A & B")


def test_a_blank_state_leads_on_only_where_there_is_a_way():
    source = "{% blank_state heading url=url button='Catat' %}Belum ada.{% endblank_state %}"
    assert "<h2>Rapat</h2><p>Belum ada.</p></div>" in drawn(source, heading="Rapat", url="")
    assert '<p>Belum ada.</p><a class="btn btn-secondary-line" href="/baru/">Catat</a>' in drawn(
        source, heading="", url="/baru/"
    )


def test_a_cell_without_a_text_holds_a_dash():
    template = engines["jinja2"].from_string(
        '{% from "components/macros.jinja" import cell %}{{ cell(value, "end") }}'
    )
    assert (
        template.render({"value": "R & D"}).strip() == '<td role="cell" class="end">R &amp; D</td>'
    )
    assert template.render({"value": ""}).strip() == '<td role="cell" class="end c-empty">–</td>'


def test_a_menu_of_downloads_lists_them_and_takes_more():
    source = (
        '{% download_menu "Unduh &amp; bagikan" css="mb-3" %}<li>Bagikan</li>{% enddownload_menu %}'
    )
    page = drawn(source, downloads=[("Excel", "?q=a&unduh=xlsx")])
    assert '<details class="position-relative ms-auto mb-3">' in page
    assert "Unduh &amp; bagikan</summary>" in page
    assert '<li><a href="?q=a&amp;unduh=xlsx" rel="nofollow">Excel</a></li><li>Bagikan</li>' in page


def test_a_menu_of_nothing_is_not_there():
    assert drawn("{% download_menu %}{% enddownload_menu %}") == ""
    assert "Bagikan" in drawn("{% download_menu %}<li>Bagikan</li>{% enddownload_menu %}")
