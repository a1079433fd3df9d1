"""How the papers break: no signature alone on a page, on A4 and on F4."""

import json

import pytest
import typst
from django.urls import reverse

from programs import documents as papers
from programs.plan_versions import version_now
from programs.progress import PlanProgress
from sinergi.kit import documents
from tests import factories
from tests.pdfs import pages_of

pytestmark = pytest.mark.django_db

SHEETS = {"a4": (210, 297), "f4": (215, 330)}


@pytest.fixture
def data(monkeypatch):
    """`data(papers.decree_pdf, decree)` → what the paper would print."""

    def collect(make, *arguments, **options):
        with monkeypatch.context() as instead:
            instead.setattr(documents, "render_pdf", lambda template, data: data)
            return make(*arguments, **options)

    return collect


def set_paper(template, data):
    """Its pages; in this process, for it is set many times."""
    source = str(documents.FOLDER / f"{template}.typ")
    options = {"root": str(documents.FOLDER), "ignore_system_fonts": True, "format": "pdf"}
    return pages_of(typst.compile(source, sys_inputs={"data": json.dumps(data)}, **options))


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_decrees_signature_stands_with_the_last_point_and_with_the_last_member(data, sheet):
    """
    However long both are: a signature takes more than three rows, so that one of the steps meets
    the end of a page.
    """
    decree = factories.decree(factories.team(), level="governor", number="188/1", until=None)
    printed = data(papers.decree_pdf, decree, sheet)
    ways = set()
    for n in range(1, 34, 3):
        diktum = [f"Butir {one}: tim bekerja menurut rencana kerjanya." for one in range(n)]
        roster = [printed["roster"][0] | {"name": f"Anggota ke-{one}."} for one in range(n + 4)]
        pages = [
            text for text, *_ in set_paper("decree", printed | {"diktum": diktum, "roster": roster})
        ]
        signed = [page for page in pages if "Ditetapkan di" in page]
        assert len(signed) == 2
        assert "Keputusan ini mulai berlaku" in signed[0] and f"Anggota ke-{n + 3}." in signed[1], n
        ways.add(len(pages))
    assert len(ways) > 1, "some of them needed another page"


@pytest.mark.parametrize("goods", [0, 2])
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_plans_signature_stands_with_the_last_amount(data, sheet, goods):
    plan = factories.plan(factories.team())
    version = version_now(plan)
    printed = data(papers.plan_pdf, plan, version, PlanProgress(plan, version), paper=sheet)
    printed["goods"] = [{"label": f"Barang {n}", "amount": "Rp1"} for n in range(goods)]
    last, ways = f"Barang {goods - 1}" if goods else "Jumlah uang", set()
    for n in range(1, 34, 3):
        money = [{"label": f"Sumber {one}", "amount": "Rp1"} for one in range(n)]
        pages = [text for text, *_ in set_paper("plan", printed | {"money": money})]
        (signed,) = [page for page in pages if "Ketua Tim," in page]
        assert last in signed, n
        ways.add(len(pages))
    assert len(ways) > 1, "some of them needed another page"


@pytest.mark.parametrize(
    ("asked", "sheet"),
    [("", "a4"), ("?kertas=a4", "a4"), ("?kertas=f4", "f4"), ("?kertas=x", "a4")],
)
def test_the_address_names_the_sheet(client, sign_in, asked, sheet):
    sign_in("secretariat")
    team = factories.team()
    decree, plan = factories.decree(team), factories.plan(team)
    wide, high = SHEETS[sheet]
    answer = client.get(f"{reverse('programs:decree_paper', args=[decree.pk])}{asked}")
    assert all((w, h) == (wide, high) for _, w, h in pages_of(answer.content))
    answer = client.get(f"{reverse('programs:plan_paper', args=[plan.pk])}{asked}")
    assert all((w, h) == (high, wide) for _, w, h in pages_of(answer.content))


def test_both_pages_lead_to_both_sheets(client, sign_in):
    sign_in("secretariat")
    team = factories.team()
    for record, name in (
        (factories.decree(team), "decree_paper"),
        (factories.plan(team), "plan_paper"),
    ):
        url = reverse(f"programs:{name}", args=[record.pk])
        page = client.get(record.get_absolute_url()).content.decode()
        assert f'href="{url}"' in page and f'href="{url}?kertas=f4"' in page
