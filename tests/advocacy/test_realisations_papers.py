"""The record of a handover, on its page and as a PDF."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories
from tests.pages import html_of
from tests.papers import differences
from tests.pdfs import faults_of, pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def url_of(realisation, output="document"):
    return reverse(f"advocacy:realisation_{output}", args=[realisation.pk, "berita-acara"])


def paper_of(client, realisation):
    """Return the text of the PDF, which says the same as the page and is an archive copy."""
    pdf = client.get(url_of(realisation, "pdf")).content
    page = client.get(url_of(realisation)).content.decode()
    assert differences(page, pdf) == ([], {})
    assert faults_of(pdf) == []
    return " ".join(text for text, *_ in pages_of(pdf))


class TestHandover:
    def test_money_with_the_villages_it_came_to(self, client, sign_in, team):
        sign_in("secretariat")
        commitment = factories.commitment(team, kind="money", value=12_500_000)
        row = factories.realisation(commitment, amount=8_000_000, villages=[factories.village()])
        paper = paper_of(client, row)
        for told in (
            "Rp8.000.000",
            "delapan juta rupiah",
            "Desa Kapuk",
            commitment.institution.name,
            team.office,
        ):
            assert told in paper, told
        assert "DIBATALKAN" not in paper and "Dokumen" not in paper

    def test_a_policy_names_its_document(self, client, sign_in, team):
        sign_in("secretariat")
        row = factories.realisation(factories.commitment(team, kind="policy", value=None))
        paper = paper_of(client, row)
        assert row.document_text[:30] in paper
        assert "Desa penerima" not in paper

    def test_the_budget_of_a_policy_is_not_said_to_be_handed_over(self, client, sign_in, team):
        sign_in("secretariat")
        row = factories.realisation(factories.commitment(team, kind="policy", value=None))
        type(row).objects.filter(pk=row.pk).update(amount=90_000_000)
        paper = " ".join(paper_of(client, row).split())
        assert "Anggaran : Rp90.000.000" in paper and "Jumlah" not in paper

    def test_its_day_is_written_out(self, client, sign_in, team):
        sign_in("secretariat")
        row = factories.realisation(factories.commitment(team, promised_on=date(2019, 6, 1)))
        type(row).objects.filter(pk=row.pk).update(realised_on=date(2019, 6, 19))
        told = "Rabu tanggal sembilan belas bulan Juni tahun dua ribu sembilan belas"
        assert told in paper_of(client, row)

    def test_of_a_commitment_that_was_withdrawn_it_is_called_off(self, client, sign_in, team):
        account = sign_in("secretariat")
        row = factories.realisation(factories.commitment(team))
        row.commitment.stored().withdraw(by=account, reason="Anggaran dipotong.")
        assert "DIBATALKAN" in paper_of(client, row)

    def test_is_found_on_the_page_of_the_commitment(self, client, sign_in, team):
        sign_in("observer")
        row = factories.realisation(factories.commitment(team))
        assert url_of(row) in html_of(client.get(row.commitment.get_absolute_url()))
