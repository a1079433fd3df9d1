"""The places that a permission reaches, and what is not shown beyond them."""

import pytest
from django.urls import reverse

from sinergi.kit.permissions import Scope
from tests import factories

pytestmark = pytest.mark.django_db


def test_scope_covers():
    inside = factories.library()
    assert Scope(national=True).covers(inside)
    assert Scope(provinces=frozenset(["19"])).covers(inside)
    assert Scope(regencies=frozenset(["19.01"])).covers(inside)
    assert not Scope(provinces=frozenset(["11"]), regencies=frozenset(["19.02"])).covers(inside)
    assert not Scope()


def test_whoever_sees_one_regency_is_not_led_to_its_province(client, sign_in):
    factories.library()
    sign_in("regency_officer", regency_code="19.01")
    page = client.get(reverse("villages:regency_list")).content.decode()
    assert "Kabupaten Bangka" in page and 'href="/wilayah/19/"' not in page
    sign_in("observer")
    assert 'href="/wilayah/19/"' in client.get(reverse("villages:regency_list")).content.decode()
