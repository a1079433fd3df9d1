"""The template tags of the house: icons, dates, and links that keep a list's state."""

from functools import lru_cache

from django import forms, template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import format_html, format_html_join, linebreaks, urlize
from django.utils.safestring import mark_safe
from django.utils.text import normalize_newlines
from heroicons.templatetags.heroicons import heroicon_outline
from lokal import terbilang

from sinergi.kit import dates, money, phones
from sinergi.kit.status import Status, Tone
from sinergi.kit.text import thousands

register = template.Library()


@lru_cache(maxsize=256)
def _icon(name, css_class):
    # The stroke and the size come from the stylesheet, so the package's own attributes would only
    # weigh.
    svg = heroicon_outline(name, size=None, **{"class": css_class, "aria-hidden": "true"})
    for attribute in (
        ' fill="none"',
        ' stroke-width="1.5"',
        ' stroke="currentColor"',
        ' data-slot="icon"',
    ):
        svg = svg.replace(attribute, "")
    return mark_safe(
        svg.replace(' stroke-linecap="round"', "").replace(' stroke-linejoin="round"', "")
    )


@register.simple_tag
def icon(name, css_class="s-icon"):
    """
    Draw a Heroicons outline icon, by its name there. It is decorative: the words beside it carry
    the meaning.
    """
    return _icon(name, css_class)


@register.simple_tag
def status(value, tone=Tone.DRAFT):
    """Draw the chip of a Status, or of a label in a tone."""
    if not isinstance(value, Status):
        value = Status(value, Tone(tone))
    return format_html('<span class="s-chip s-chip--{}">{}</span>', value.tone.value, value.label)


@register.simple_tag
def commas(*parts):
    """Join these parts with commas, leaving out what is empty."""
    return format_html_join(", ", "{}", ((part,) for part in parts if part))


def _local(value):
    """
    Return a moment on the clock of the page; one already put on another zone's clock stays there.
    """
    if (
        hasattr(value, "tzinfo")
        and value.tzinfo is not None
        and value.utcoffset().total_seconds() == 0
    ):
        return timezone.localtime(value)
    return value


@register.filter
def long_date(value):
    """28 November 2018"""
    return dates.long_date(_local(value)) if value else ""


@register.filter
def full_date(value):
    """Rabu, 28 November 2018"""
    return dates.full_date(_local(value)) if value else ""


@register.filter
def moment(value):
    """28 November 2018, 09.00"""
    return dates.moment_text(_local(value)) if value else ""


@register.filter
def clock(value):
    """09.00"""
    return dates.clock(_local(value)) if value else ""


@register.filter
def month_year(value):
    return dates.month_year(_local(value)) if value else ""


@register.filter
def short_month(value):
    """Nov"""
    return dates.SHORT_MONTHS[value.month - 1] if value else ""


register.filter(thousands)


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """Return the page's query string with these changes; None takes a parameter out."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value is not None:
            params[name] = value
    return f"?{params.urlencode()}" if params else "?"


@register.simple_tag(takes_context=True)
def draft(context, form):
    """
    Return the attributes of a <form> whose text is kept in the browser until it has arrived
    (static/js/form_queue.js): its key, the version it is a change of, whether the page already
    holds what was typed, and what the queue calls it, if it may be sent later.
    """
    request = context["request"]
    team = request.GET.get("tim", "")
    version = form.initial.get("version", "") if hasattr(form, "initial") else ""
    shown = mark_safe(" data-shown") if form.is_bound else ""
    key = f"{request.path}?tim={team}" if team else request.path
    told = format_html('data-draft="{}" data-version="{}"{}', key, version, shown)
    view = context.get("view")
    if not getattr(view, "queue_kind", ""):
        return told
    queued = (told, view.queue_kind, view.queue_title_field, view.queue_day_field)
    return format_html('{} data-queue="{}" data-queue-title="{}" data-queue-day="{}"', *queued)


@register.simple_tag(takes_context=True)
def numbered_page(context, name, number):
    """Return the page's query string with this number in the parameter `name`."""
    return query(context, **{name: number})


@register.filter
def moment_or_date(value):
    """Write a moment with its time, a day without."""
    return moment(value) if hasattr(value, "hour") else long_date(value)


@register.filter
def in_words(number):
    """Tujuh belas: a small number at the head of a sentence."""
    return terbilang(number).capitalize()


@register.simple_tag
def fast_rows(template, **context):
    """Draw the rows of a long list by Jinja2 (sinergi.kit.jinja)."""
    return mark_safe(_jinja(template).render(context))


@lru_cache
def _jinja(template):
    return get_template(template, using="jinja2")


@register.filter
def as_wide_field(field):
    """Draw a crispy field that takes two of the four columns."""
    return _crispy_field(field, "s-span-2")


@register.filter
def as_widest_field(field):
    """Draw a crispy field across all four columns."""
    return _crispy_field(field, "s-span-4")


def _crispy_field(field, wrapper_class):
    return get_template("bootstrap5/field.html").render(
        {
            "field": field,
            "wrapper_class": wrapper_class,
            "form_show_errors": True,
            "form_show_labels": True,
        }
    )


@register.filter
def is_optional(field):
    """
    Return whether a field is marked as one that may stay empty; all others are asked for. A tick or
    a choice whose empty answer has words of its own ("Di luar rencana") is always answered.
    """
    widget = field.field.widget
    if (
        field.field.required
        or field.name in field.form.asked
        or isinstance(widget, forms.CheckboxInput)
    ):
        return False
    if isinstance(widget, forms.Select):
        return any(not key and str(label).startswith("---") for key, label in field.field.choices)
    return True


@register.filter
def choice_groups(field):
    """[(group or "", [tick boxes])] of a field of tick boxes."""
    boxes, groups = iter(field), []
    for key, label in field.field.choices:
        if isinstance(label, (list, tuple)):
            groups.append((key, [next(boxes) for _ in label]))
        elif groups and not groups[-1][0]:
            groups[-1][1].append(next(boxes))
        else:
            groups.append(("", [next(boxes)]))
    return groups


@register.filter
def linked(text):
    """Return a text as it was typed, its addresses as links."""
    return mark_safe(urlize(text or "", nofollow=True, autoescape=True))


@register.filter
def prose(text):
    """Return a typed text in paragraphs, its addresses as links."""
    return mark_safe(linebreaks(linked(text)))


@register.filter
def prose_lines(text):
    """Return a typed text in lines, its addresses as links."""
    return mark_safe(normalize_newlines(linked(text)).replace("\n", "<br>"))


@register.filter
def date_value(value):
    """Return a date as a date field wants it; what was typed wrong comes back as it was."""
    return value.isoformat() if hasattr(value, "isoformat") else value or ""


@register.filter
def words(text):
    """Split a text into words, to loop over."""
    return text.split()


@register.filter
def get_field(form, name):
    """Return the field of a form by a name that is not known beforehand."""
    return form[name]


@register.filter
def phone_text(number):
    """0812-3456-7890"""
    return phones.display(number)


@register.filter
def whatsapp(number):
    """Return the address that opens a chat, or "" for a landline."""
    return phones.whatsapp(number)


@register.filter
def rupiah(amount):
    """Rp12.500.000"""
    return money.rupiah(amount) if amount is not None else ""
