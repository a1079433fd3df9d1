"""
Jinja2, for the places where Django's templates are too slow: form widgets, and rows of lists,
tables and histories.

A row template stands beside its page as `_rows.jinja` and is drawn with `{% fast_rows %}`. Measured
on 50 meetings: 20 ms with Django's templates, under 3 ms with these
(docs/decisions/0011-a-page-reads-what-it-shows.md).
"""

from django.template.defaultfilters import capfirst, truncatechars
from django.urls import reverse
from jinja2 import Environment

from sinergi.kit import dates, money, phones
from sinergi.kit.links import record_url
from sinergi.kit.templates import WithoutLayout
from sinergi.kit.templatetags.sinergi import (
    icon,
    linked,
    long_date,
    moment,
    moment_or_date,
    status,
    thousands,
)


def environment(**options):
    env = Environment(extensions=[WithoutLayout], **options)  # noqa: S701 (Django turns autoescape on)
    env.globals |= {
        "short_months": (None, *dates.SHORT_MONTHS),
        "capfirst": capfirst,
        "linked": linked,
        "long_date": long_date,
        "moment": moment,
        "moment_or_date": moment_or_date,
        "truncatechars": truncatechars,
        "phone_text": phones.display,
        "rupiah": money.rupiah,
        "status": status,
        "thousands": thousands,
        "icon": icon,
        "url": _url,
    }
    return env


def _url(name, *args):
    if len(args) == 1 and isinstance(args[0], int):
        return record_url(name, args[0])
    return reverse(name, args=args)
