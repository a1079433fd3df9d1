"""The drawings of scores: plain functions that return SVG."""

import gzip
import re

import pytest

from villages.quarters import Quarter
from villages.reports.drawings import EACH, draw_line, draw_spines
from villages.reports.fields import BY_KEY
from villages.reports.scores import ScoreState
from villages.reports.trends import Trend, TrendPoint, last_quarters

G, Y, R, N = ScoreState
FIELD = BY_KEY["visitors"]


def counts(*numbers):
    return dict(zip(ScoreState, numbers, strict=True))


def rects(svg):
    """[(state, width, height)] of what is drawn."""
    found = re.findall(r's-state--(\w+)" x="[\d.]+" y="\d+" width="([\d.]+)" height="(\d+)"', svg)
    return [(state, float(width), int(height)) for state, width, height in found]


def trend_of(*values, expected=17, known=None):
    """Return a Trend of eight quarters; None is one that too few reported."""
    return Trend(
        FIELD,
        [
            TrendPoint(quarter, value, (known or expected) if value is not None else 3, expected)
            for quarter, value in zip(last_quarters(Quarter(2020, 4)), values, strict=True)
        ],
    )


class TestSpines:
    def test_one_each_the_best_first(self):
        drawn = rects(draw_spines(counts(2, 1, 0, 1)))
        assert [(state, height) for state, _, height in drawn] == [
            ("green", 26),
            ("green", 26),
            ("yellow", 19),
            ("none", 26),
        ]

    @pytest.mark.parametrize(("total", "drawn"), [(EACH, EACH), (EACH + 1, 2)])
    def test_above_two_dozen_one_a_state(self, total, drawn):
        assert len(rects(draw_spines(counts(total - 1, 0, 0, 1)))) == drawn

    def test_as_wide_as_its_share_and_seen_however_few(self):
        drawn = rects(draw_spines(counts(5000, 2500, 0, 1)))
        assert [state for state, *_ in drawn] == ["green", "yellow", "none"]
        widths = [width for _, width, _ in drawn]
        assert widths[0] == 2 * widths[1] and widths[2] >= 3

    def test_nothing_of_nothing(self):
        assert draw_spines(counts(0, 0, 0, 0)) == ""


class TestLine:
    def test_a_gap_breaks_the_line(self):
        svg = draw_line(trend_of(10, 12, 14, 16, 16, None, 15, 17))
        paths = re.findall(r'class="line" d="M([^"]+)"', svg)
        assert [len(path.split("L")) for path in paths] == [5, 2]
        assert svg.count('class="gap"') == 1 and svg.count("<circle") == 7
        assert svg.count('class="last"') == 1

    def test_the_first_and_the_last_value_are_written(self):
        svg = draw_line(trend_of(None, 1200, 14, 16, 16, 16, 15, 3870))
        assert re.findall(r'class="now"[^>]*>([^<]+)', svg) == ["1.200", "3.870"]

    def test_a_last_quarter_without_data_has_no_last_point(self):
        svg = draw_line(trend_of(1, 2, 3, 4, 5, 6, 7, None))
        assert 'class="last"' not in svg
        assert re.findall(r'class="now"[^>]*>([^<]+)', svg) == ["1", "7"]

    def test_one_quarter_alone_is_a_point(self):
        svg = draw_line(trend_of(*[None] * 7, 5))
        assert 'class="line"' not in svg and svg.count("<circle") == 1
        assert svg.count('class="now"') == 1

    @pytest.mark.parametrize("values", [[None] * 8, [0] * 8])
    def test_nothing_known_is_not_nought(self, values):
        svg = draw_line(trend_of(*values))
        assert svg.count('class="gap"') == values.count(None)
        assert svg.count('cy="96"') == values.count(0)

    def test_it_says_all_of_it_in_words(self):
        svg = draw_line(trend_of(10, None, 14, 16, 16, 16, 15, 17, known=14))
        assert "I 2019: 10, 14 dari 17; II 2019: tidak ada data, 3 dari 17;" in svg

    def test_it_weighs_little(self):
        svg = draw_line(trend_of(4120, 4890, 5240, 5610, 4480, None, 2960, 3870))
        assert len(gzip.compress(svg.encode(), 6)) <= 750

    @pytest.mark.parametrize(("known", "is_gap"), [(10, True), (11, False), (0, True)])
    def test_too_few_say_nothing(self, known, is_gap):
        point = TrendPoint(Quarter(2020, 4), 100, known, 18)
        assert (point.value is None) == is_gap
