"""Addresses of records: the same as `reverse` finds, however many are asked for."""

import pytest
from django.urls import NoReverseMatch, reverse

from sinergi.kit.links import record_url


@pytest.mark.parametrize("name", ["villages:library_detail", "advocacy:followup_close"])
@pytest.mark.parametrize("key", [1, 10, 1_000_100])
def test_it_is_the_address_that_reverse_finds(name, key):
    assert record_url(name, key) == reverse(name, args=[key])


def test_what_is_no_number_and_no_page_is_refused():
    with pytest.raises(ValueError):
        record_url("villages:library_detail", "1/ubah")
    with pytest.raises(NoReverseMatch):
        record_url("villages:no_page", 1)
