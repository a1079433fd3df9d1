"""The board of expansion: a column for each stage, whose numbers are those of the list."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from advocacy.expansion_stages import Stage
from advocacy.views.expansion_board import CARDS
from tests import factories
from tests.pages import html_of
from tests.test_pages import queries
from villages.models import Village

pytestmark = pytest.mark.django_db

BOARD = reverse("advocacy:expansion_board")
DAY = date(2019, 1, 15)


@pytest.fixture
def by():
    factories.team()
    return factories.user("secretariat")


@pytest.fixture
def covered(by):
    """Four villages of one regency and one of another, at five stages."""
    names = ["Kapuk", "Dalil", "Maras", "Puding"]
    there = [factories.village(f"19.01.06.20{n:02}", name) for n, name in enumerate(names, 2)]
    there.append(factories.village("19.02.05.2001", "Tanah"))
    ways = [["candidate"], ["candidate", "audience"], ["running"], ["candidate", "stopped"]]
    for place, way in zip(there, [*ways, ["independent"]], strict=True):
        factories.expansion(place, *way, by=by, day=DAY)
    return there


def columns_of(answer):
    """Return {stage: its column}."""
    every = [*answer.context["course"], *answer.context["aside"]]
    return {column["stage"]: column for column in every}


def listed(client, url):
    return {village.name for village in client.get(url).context["page"].rows}


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?per=2019-01-20",
        "?regency=19.02",
        "?sumber=national",
        "?keadaan=tanpa-kemajuan",
        "?keadaan=tanpa-bukti",
        "?q=dalil",
    ],
)
def test_every_column_has_the_villages_of_its_list(client, sign_in, by, covered, asked):
    factories.expansion(
        factories.village("19.01.06.2010", "Air"), "candidate", by=by, day=DAY, source="national"
    )
    sign_in(by)
    columns = columns_of(client.get(BOARD + asked))
    assert list(columns) == list(Stage)
    for column in columns.values():
        names = {card.case.village.name for card in column["cards"]}
        assert listed(client, column["url"]) == names and len(names) == column["count"]
    assert sum(column["count"] for column in columns.values()) > 0


def test_a_column_shows_some_and_leads_to_all(client, sign_in, by):
    for n in range(CARDS + 2):
        place = factories.village(f"19.01.06.21{n:02}", f"Desa {n:02}")
        factories.expansion(place, by=by, day=DAY - timedelta(days=n))
    sign_in(by)
    answer = client.get(BOARD)
    column = columns_of(answer)[Stage.CANDIDATE]
    assert (len(column["cards"]), column["count"]) == (CARDS, CARDS + 2)
    assert column["cards"][0].case.village.name == f"Desa {CARDS + 1}"
    assert f"Lihat semua {CARDS + 2}" in html_of(answer)


def test_a_card_leads_to_the_form_of_the_step(client, sign_in, by, covered):
    sign_in(by)
    html = html_of(client.get(BOARD))
    move = reverse("advocacy:expansion_move", args=[covered[0].expansion_case.pk])
    assert f'data-move="{move}"' in html and f'href="{move}?ke=audience"' in html
    assert client.get(f"{move}?ke=commitment").context["stage"] == Stage.COMMITMENT
    assert covered[0].expansion_case.steps.count() == 1


def test_it_says_how_long_a_village_stands_there(client, sign_in, by, covered):
    sign_in(by)
    cards = columns_of(client.get(f"{BOARD}?per=2019-02-14"))[Stage.CANDIDATE]["cards"]
    assert [(card.days, card.is_still) for card in cards] == [(30, False)]
    answer = client.get(f"{BOARD}?per=2019-02-15")
    assert "Belum ada kemajuan 31 hari" in html_of(answer)
    assert "data-move" not in html_of(answer)  # the stage of an earlier day is not moved


def test_whoever_may_not_move_has_no_buttons(client, sign_in, covered):
    sign_in("observer")
    html = html_of(client.get(BOARD))
    assert "data-move" not in html and "Naikkan" not in html and "Kapuk" in html


def test_an_officer_sees_the_own_regency(client, sign_in, covered):
    sign_in("regency_officer", regency_code="19.02")
    html = html_of(client.get(BOARD))
    assert "Tanah" in html and "Kapuk" not in html


def test_villages_that_are_gone_are_told_beside_the_columns(client, sign_in, by, covered):
    Village.objects.filter(pk=covered[0].pk).update(gone_in="2025")
    sign_in(by)
    answer = client.get(BOARD)
    assert columns_of(answer)[Stage.CANDIDATE]["count"] == 0
    assert answer.context["gone"] == 1
    assert listed(client, answer.context["gone_url"]) == {"Kapuk"}


def test_a_filter_that_cannot_be_read_shows_nothing(client, sign_in, by, covered):
    sign_in(by)
    answer = client.get(f"{BOARD}?sumber=lain")
    assert "invalid-feedback" in html_of(answer) and answer.context["total"] == 0


def test_the_pages_lead_to_each_other(client, sign_in, by, covered):
    sign_in(by)
    coverage = reverse("advocacy:expansion_coverage")
    board = client.get(f"{coverage}?sumber=village").context["board_url"]
    assert board == f"{BOARD}?sumber=village"
    asked = f"{BOARD}?sumber=village&q=dalil"
    villages = client.get(asked).context["list_url"]
    assert listed(client, villages) == {"Dalil"}
    assert client.get(villages).context["board_url"] == asked


def test_the_same_queries_at_any_number(client, sign_in, by, covered):
    sign_in(by)
    few = queries(client, BOARD)
    for n in range(10, 40):
        place = factories.village(f"19.01.06.21{n}", f"Desa {n}")
        factories.expansion(place, *list(Stage)[: n % 6 + 1], by=by)
    assert queries(client, BOARD, again=True) == few
