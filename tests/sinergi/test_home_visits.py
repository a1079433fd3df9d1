"""What home tells of visits: one's drafts, what is overdue, and where the team went last."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.pages import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def libraries():
    factories.team()
    return [
        factories.library(factories.village(f"19.01.06.200{n}", name))
        for n, name in enumerate(["Kapuk", "Merawang", "Rebo"], 2)
    ]


def reminders(client):
    """Return the tasks of home that remind of visits."""
    tasks = client.get("/").context["tasks"]
    return [task for task in tasks if task.alert and task.alert.rule.kind == "visit"]


class TestOverdue:
    def test_is_one_task_of_the_secretariat_that_leads_to_the_list(
        self, client, sign_in, libraries, today
    ):
        for library, days in zip(libraries, (300, 250, 10), strict=True):
            factories.visit(library, visited_on=today - timedelta(days=days))
        sign_in("secretariat")
        (task,) = reminders(client)
        assert task.alert.total == 2 and task.late_days > 0
        assert libraries[0].name in task.note
        html = html_of(client.get(task.url))
        assert all((library.name in html) == (n < 2) for n, library in enumerate(libraries))

    def test_open_recommendations_bring_it_forward(self, client, sign_in, libraries, today):
        day = today - timedelta(days=120)
        factories.visit(libraries[0], visited_on=day, recommended=["Rawat"])
        factories.visit(libraries[1], visited_on=day)
        sign_in("secretariat")
        assert [task.alert.total for task in reminders(client)] == [1]

    @pytest.mark.parametrize("role", ["member", "chair", "observer"])
    def test_others_have_the_list(self, client, sign_in, libraries, today, role):
        factories.visit(libraries[0], visited_on=today - timedelta(days=300))
        sign_in(role)
        assert not reminders(client)

    @pytest.mark.both("days are counted by the database in two ways")
    @pytest.mark.parametrize("days", [88, 90, 92, 94, 180, 182, 184, 186])
    def test_agrees_with_the_list_to_the_day(self, client, sign_in, libraries, today, days):
        day = today - timedelta(days=days)
        factories.visit(libraries[0], visited_on=day, recommended=["Rawat"])
        factories.visit(libraries[1], visited_on=day)
        sign_in("secretariat")
        listed = client.get("/kunjungan/berikutnya/?daftar=terlambat").context["page"].rows
        late = [task.alert.total for task in reminders(client) if task.late_days]
        assert late == ([len(listed)] if listed else [])


class TestDrafts:
    def test_ones_own_wait_and_nobody_elses(self, client, sign_in, libraries, today):
        factories.visit(libraries[0], visited_on=today, send=False)
        account = sign_in("member")
        draft = factories.visit(libraries[1], visited_on=today, send=False, by=account)
        (task,) = [task for task in client.get("/").context["tasks"] if not task.alert]
        assert libraries[1].name in task.title and task.url == draft.get_absolute_url()


class TestLast:
    def test_the_last_three_libraries_newest_first(self, client, sign_in, libraries, today):
        other = factories.library(factories.village("19.01.06.2009", "Pemali"))
        for n, library in enumerate([*libraries, other]):
            factories.visit(library, visited_on=today - timedelta(days=n))
        sign_in("observer")
        visited = client.get("/").context["visited"]
        assert [entry.title for entry in visited] == [library.name for library in libraries]
