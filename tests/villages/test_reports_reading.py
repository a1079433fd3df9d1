"""Figures of reports and limits, as people write them."""

from decimal import Decimal

import pytest

from villages.reports.fields import BY_KEY
from villages.reports.reading import read_figure, read_limit


@pytest.mark.parametrize("zeros", ["", "0", "0" * 20, "0" * 40], ids=len)
def test_zeros_in_front_change_nothing(zeros):
    assert read_figure(BY_KEY["visitors"], f"{zeros}55") == 55
    assert read_figure(BY_KEY["visitors"], f"{zeros}0") == 0
    assert read_limit(f"{zeros}12,5") == Decimal("12.5")


def test_what_is_too_long_is_refused_however_it_begins():
    with pytest.raises(ValueError, match="paling banyak"):
        read_figure(BY_KEY["visitors"], f"00{'1' * 5000}")
    with pytest.raises(ValueError, match="Tulis angka"):
        read_limit(f"00{'1' * 21}")
