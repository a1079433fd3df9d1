"""What home and the search tell of expansion: villages that stand still, cases and trainings."""

from datetime import timedelta

import pytest
from django.utils import timezone

from programs.models import Team
from tests import factories
from tests.pages import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def cases(today):
    """Four cases, of which two have stood at their stage longer than the team allows: 30 days."""
    factories.team()
    names = ["Kapuk", "Dalil", "Maras", "Puding"]
    days, stages = (90, 31, 30, 400), ("candidate", "candidate", "candidate", "running")
    by = factories.user("secretariat")
    return [
        factories.expansion(
            factories.village(f"19.01.06.200{n}", name), stage, by=by, day=today - timedelta(days)
        )
        for n, (name, days, stage) in enumerate(zip(names, days, stages, strict=True), 2)
    ]


def tasks_of(client):
    tasks = client.get("/").context["tasks"]
    return [task for task in tasks if "menuju program" in task.title]


class TestStandingStill:
    @pytest.mark.both("days are counted by the database in two ways")
    def test_is_one_task_whose_list_has_as_many(self, client, sign_in, cases, today):
        sign_in("secretariat")
        (task,) = tasks_of(client)
        assert task.title == "2 desa menuju program belum ada kemajuan lebih dari 30 hari"
        assert task.alert.total == 2 and "Kapuk" in task.note and task.late_days
        html = html_of(client.get(task.url))
        assert [name for name in ("Kapuk", "Dalil", "Maras", "Puding") if name in html] == [
            "Kapuk",
            "Dalil",
        ]

    @pytest.mark.parametrize(
        ("role", "place"),
        [
            ("member", {}),
            ("chair", {}),
            ("observer", {}),
            ("regency_officer", {"regency_code": "19.01"}),
            ("administrator", {"province_code": None}),
        ],
    )
    def test_others_have_the_list(self, client, sign_in, cases, role, place):
        sign_in(role, **place)
        assert tasks_of(client) == []

    def test_nothing_where_all_go_on(self, client, sign_in, cases):
        Team.objects.update(stall_days=100)
        sign_in("secretariat")
        assert tasks_of(client) == []

    def test_each_province_has_its_own_limit(self, client, sign_in, cases, today):
        Team.objects.filter(pk=factories.team("11").pk).update(stall_days=10)
        place, by = factories.village("11.01.01.2001", "Ujung"), factories.user()
        factories.expansion(place, by=by, day=today - timedelta(days=11))
        account = factories.user("secretariat")
        sign_in(factories.assign(account, "secretariat", province_code="11"))
        found = tasks_of(client)
        assert [task.title for task in found] == [
            "2 desa menuju program belum ada kemajuan lebih dari 30 hari",
            "1 desa menuju program belum ada kemajuan lebih dari 10 hari",
        ]
        assert [task.alert.total for task in found] == [2, 1]


class TestSearch:
    def test_finds_the_case_of_a_village_with_its_stage(self, client, sign_in, cases):
        sign_in("secretariat")
        html = html_of(client.get("/cari/?q=kapuk"))
        assert cases[0].get_absolute_url() in html and "Calon sejak" in html
        assert cases[1].get_absolute_url() not in html

    def test_finds_trainings(self, client, sign_in, cases):
        training = factories.training(title="Bimtek strategi pengembangan")
        sign_in("secretariat")
        assert training.get_absolute_url() in html_of(client.get("/cari/?q=pengembangan"))

    def test_nothing_from_elsewhere(self, client, sign_in, cases):
        factories.training(title="Bimtek strategi")
        factories.team("11")
        sign_in("secretariat", province_code="11")
        for words in ("Kapuk", "strategi"):
            assert "Tidak ada yang cocok" in html_of(client.get(f"/cari/?q={words}"))
