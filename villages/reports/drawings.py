"""Drawings as inline SVG: spines of libraries by their state, and the line of a figure."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from villages.quarters import NUMBERS
from villages.reports.scores import ScoreState

#: Libraries up to which each has a spine of its own; and up to which these stand wide.
EACH, WIDE = 24, 8
HEIGHTS = {
    ScoreState.GREEN: 26,
    ScoreState.YELLOW: 19,
    ScoreState.RED: 12,
    ScoreState.NONE: 26,
}
FLOOR = 29
#: The width of all, where a spine is a share; what is there is seen, however few.
SHARED, LEAST = 168, 3
SCALE = 1.4

# The line: a quarter's width, and where nought and the highest value lie.
STEP, LEFT, BASE, TOP = 40, 20, 96, 66.7


def draw_spines(counts):
    """Draw {state: how many}: a spine each, or, above some two dozen, one as wide as its share."""
    total = sum(counts.values())
    if not total:
        return ""
    drawn = shares(counts) if total > EACH else singles(counts)
    _, x, wide = drawn[-1]
    width = x + wide + 2
    rects = format_html_join(
        "",
        '<rect class="s-state--{}" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>',
        ((s.value, x, FLOOR - HEIGHTS[s], wide, HEIGHTS[s]) for s, x, wide in drawn),
    )
    return format_html(
        '<svg class="s-spines" viewBox="0 0 {0} 32" width="{1}" height="45" aria-hidden="true">'
        '{2}<path d="M0 30.5H{0}"/></svg>',
        short(width),
        int(width * SCALE),
        rects,
    )


def singles(counts):
    """Return [(state, where it stands, its width)] of a spine for each."""
    states = [state for state in ScoreState for _ in range(counts[state])]
    step, wide = (12, 9) if len(states) <= WIDE else (7, 5.5)
    return [(state, 1 + step * place, wide) for place, state in enumerate(states)]


def shares(counts):
    """Return the same of one spine for each state that there is."""
    total, at, found = sum(counts.values()), 1, []
    for state in ScoreState:
        if counts[state]:
            wide = max(LEAST, round(SHARED * counts[state] / total))
            found.append((state, at, wide))
            at += wide + 2
    return found


def draw_line(trend):
    """Draw a Trend: a line for each row of quarters without a gap, and the gaps as gaps."""
    highest = max((point.value for point in trend.points if point.value), default=0)

    def spot(place, point):
        return LEFT + STEP * place, short(BASE - (TOP * point.value / highest if highest else 0))

    parts = [
        format_html('<rect class="gap" x="{}" y="18" width="32" height="78" rx="3"/>', x)
        for x in (
            LEFT + STEP * place - 16
            for place, point in enumerate(trend.points)
            if point.value is None
        )
    ]
    known = []
    for run in trend.runs:
        spots = [spot(place, point) for place, point in run]
        known += [(x, y, point) for (x, y), (_, point) in zip(spots, run, strict=True)]
        if len(spots) > 1:
            path = "L".join(f"{x} {y}" for x, y in spots)
            parts.append(format_html('<path class="line" d="M{}"/>', path))
    for x, y, point in known:
        last = mark_safe(' class="last"') if point is trend.last else ""
        parts.append(format_html('<circle{} cx="{}" cy="{}" r="3"/>', last, x, y))
    parts += [
        format_html('<text class="now" x="{}" y="{}">{}</text>', x, short(y - 9), point.value_text)
        for x, y, point in dict.fromkeys((known[0], known[-1]) if known else ())
    ]
    return format_html(
        '<svg class="s-line mt-2" viewBox="0 0 320 128" role="img" aria-label="{}">'
        '<path d="M4 96H316"/>{}{}</svg>',
        trend.text,
        mark_safe("".join(parts)),
        captions(trend),
    )


def captions(trend):
    """Return the numbers of the quarters below the line, and under them their years."""
    quarters = [point.quarter for point in trend.points]
    below = [(LEFT + STEP * n, 111, NUMBERS[one.number - 1]) for n, one in enumerate(quarters)]
    for year in dict.fromkeys(one.year for one in quarters):
        places = [n for n, one in enumerate(quarters) if one.year == year]
        below.append((short(LEFT + STEP * sum(places) / len(places)), 125, year))
    return format_html_join("", '<text x="{}" y="{}">{}</text>', below)


def short(number):
    """Return a number with one place after the point at most."""
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded
