"""How the sources of funding are drawn."""

from django import template

from programs.models import FundingSource

register = template.Library()

#: Classes of the stylesheet, in the order in which the kinds are told apart best.
COLOURS = {
    FundingSource.Kind.APBD_PROVINCE: "d1",
    FundingSource.Kind.APBD_REGENCY: "d2",
    FundingSource.Kind.PRIVATE: "d3",
    FundingSource.Kind.OTHER: "d4",
    FundingSource.Kind.APBN: "d5",
    FundingSource.Kind.APBDES: "d6",
    FundingSource.Kind.COMMUNITY: "d7",
}
GAP = 0.3  # percent of the line, between two bars
LEAST = 0.4  # percent of the line: a bar that is still seen


@register.filter
def funding_colour(kind):
    """Return the class that colours this kind of source."""
    return COLOURS[kind]


@register.simple_tag
def funding_bars(version):
    """
    Return (source, start, width, share) of each source of money of a version, along one line.

    Start and width are percent as SVG writes them, the share is percent as a person reads it.
    """
    start, bars, whole = 0, [], version.cash
    for source in version.money:
        percent = source.amount * 100 / whole
        share = f"{percent:.1f}".replace(".", ",").removesuffix(",0")
        bars.append(
            (source, f"{start * 100 / whole:.1f}", f"{max(LEAST, percent - GAP):.1f}", share)
        )
        start += source.amount
    return bars
