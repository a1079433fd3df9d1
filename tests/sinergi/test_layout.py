"""What the layout of every page says: the user's place, and the description of a public page."""

import re

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


def test_the_country_has_no_team(client, sign_in):
    factories.team()
    sign_in("observer", province_code=None)
    foot = client.get("/").content.decode().partition("s-rail__foot")[2].partition("</nav>")[0]
    assert "Semua provinsi" in foot and "Republik Indonesia" not in foot


@pytest.mark.parametrize(
    "name", ["accounts:login", "accounts:forgotten_password", "accounts:welcome"]
)
def test_a_page_for_everyone_says_what_it_is(client, name):
    page = client.get(
        reverse(name, args=["MQ", "x"] if name.endswith("welcome") else [])
    ).content.decode()
    told = re.search(r'<meta name="description" content="([^"]+)">', page)
    assert told and 40 <= len(told[1]) <= 160 and "Sinergi" in told[1]
