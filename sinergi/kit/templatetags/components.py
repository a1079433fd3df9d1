"""
The parts that pages are made of: header, section, table, blank state.

The markup of each is in templates/components/. What is handed to one and holds more than a text is
put together with {% capture as name %} first.
"""

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()


def _render(name, content, **context):
    component = get_template(f"components/{name}.html")
    return component.render({**context, "content": mark_safe(content.strip())})


@register.simple_block_tag
def capture(content):
    """
    Keep what stands inside for later: {% capture as lead %}…{% endcapture %}, then {{ lead }}.
    """
    return mark_safe(content.strip())


@register.simple_block_tag
def page_header(content, title, above="", above_css="", lead=""):
    """
    Draw the head of a page: its title, a line above it, a paragraph below. Inside: buttons at the
    right.
    """
    return _render("page_header", content, title=title, above=above, above_css=above_css, lead=lead)


@register.simple_block_tag
def section(content, title, id="", anchor="", css="", link="", thin=False):
    """
    Draw a section under its own heading, with a link or a note at the right of it. `id`: of the
    heading; `anchor`: of the section, where links lead to it.
    """
    return _render(
        "section", content, title=title, id=id, anchor=anchor, css=css, link=link, thin=thin
    )


@register.simple_block_tag
def table(content, caption, css=""):
    """Draw a table whose rows are cards on a phone. Screen readers alone read the caption."""
    return _render("table", content, caption=caption, css=css)


@register.simple_block_tag
def columns(content):
    """Draw the head of a table. Inside: one {% column %} each."""
    return _render("columns", content)


@register.simple_tag
def column(label, css="", hidden=False):
    """Draw the head of one column; `hidden` leaves the label to screen readers."""
    if hidden:
        label = format_html('<span class="visually-hidden">{}</span>', label)
    attribute = format_html(' class="{}"', css) if css else ""
    return format_html('<th role="columnheader" scope="col"{}>{}</th>', attribute, label)


@register.simple_block_tag
def share_menu(content):
    """Draw the menu of what leaves the portal of one record. Inside: one <li> with a link each."""
    return _render("share_menu", content)


@register.simple_block_tag
def blank_state(content, heading="", url="", button="", css="btn-secondary-line"):
    """Draw what a list without rows shows. Inside: the text; `css`: of the button."""
    return _render("blank_state", content, heading=heading, url=url, button=button, css=css)


@register.simple_block_tag(takes_context=True)
def download_menu(context, content, label="Unduh", css=""):
    """
    Draw the menu of what can be taken away: the `downloads` of a list (label, address), and what
    stands inside, one <li> each. Without either there is no menu.
    """
    downloads = context.get("downloads") or []
    if not downloads and not content.strip():
        return ""
    return _render("download_menu", content, label=label, downloads=downloads, css=css)
