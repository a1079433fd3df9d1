"""The report of a visit, on its page and as a PDF."""

from datetime import date

import pytest
from django.urls import reverse

from advocacy.documents.visit_reports import VISIT_REPORT
from tests import factories
from tests.pages import html_of
from tests.papers import differences
from tests.pdfs import faults_of, pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return factories.user("secretariat")


def visit_of(account, **fields):
    library = factories.library()
    factories.team()
    checklist = factories.checklist(by=account)
    version = checklist.versions.in_force()
    return factories.visit(
        library,
        by=account,
        checklist_version=version,
        recommended=["Rawat dua komputer"],
        findings="Jam buka bertambah.",
        **fields,
    )


def paper_of(client, visit, output="document"):
    return client.get(reverse(f"advocacy:visit_{output}", args=[visit.pk, "laporan"]))


def text_of(client, visit):
    return " ".join(text for text, *_ in pages_of(paper_of(client, visit, "pdf").content))


class TestReport:
    def test_says_what_was_seen_and_recommended(self, client, sign_in, account):
        sign_in("secretariat")
        visit = visit_of(account)
        pdf = paper_of(client, visit, "pdf").content
        page = paper_of(client, visit).content.decode()
        assert differences(page, pdf, below=VISIT_REPORT.get_data(visit)["title"]) == ([], {})
        assert faults_of(pdf) == []
        text = " ".join(text for text, *_ in pages_of(pdf))
        for told in ("Jam buka bertambah.", "Rawat dua komputer", "Tidak ada foto"):
            assert told in text and told in html_of(paper_of(client, visit))

    def test_a_draft_is_marked_so(self, client, sign_in, account):
        sign_in("secretariat")
        assert "DRAF" in text_of(client, visit_of(account, send=False))

    def test_a_sent_one_stays_as_it_was(self, client, sign_in, account):
        """Whatever the library, the team and the checklist are called since."""
        sign_in("secretariat")
        visit = visit_of(account)
        before = paper_of(client, visit, "pdf").content
        team, library = visit.team, visit.library
        for record, names in ((team, ("office", "letterhead")), (library, ("name",))):
            for name in names:
                setattr(record, name, "Diganti kemudian")
            record.save_as(by=account)
        assert paper_of(client, visit, "pdf").content == before
        told = VISIT_REPORT.get_data(visit.stored())
        assert "Diganti" not in str(told)

    def test_another_activity_changes_the_page_and_not_the_report(self, client, sign_in, account):
        sign_in("secretariat")
        visit = visit_of(account, send=False)
        activity = factories.activity(factories.plan(visit.team, activities=0), way="visit")
        visit.activity = activity
        visit.save_as(by=account)
        visit.send(by=account)
        before = paper_of(client, visit, "pdf").content
        visit.tie(None, by=account)
        assert activity.title not in html_of(client.get(visit.get_absolute_url()))
        assert paper_of(client, visit, "pdf").content == before
        assert activity.title in text_of(client, visit)

    def test_a_recommendation_stands_as_it_was_agreed(self, client, sign_in, account):
        sign_in("secretariat")
        visit = visit_of(account)
        due = visit.followups.get().due_on
        factories.progress(visit.followups.get(), due_on=date(2030, 1, 1))
        told = VISIT_REPORT.get_data(visit.stored())["recommendations"]
        assert str(due.year) in told[0]["due"] and "2030" not in told[0]["due"]

    def test_is_found_on_the_page_of_the_visit(self, client, sign_in, account):
        sign_in("secretariat")
        visit = visit_of(account)
        link = reverse("advocacy:visit_document", args=[visit.pk, "laporan"])
        assert link in html_of(client.get(visit.get_absolute_url()))
