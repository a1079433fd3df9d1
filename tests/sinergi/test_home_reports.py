"""Quarterly reports on home: to look at, to mend, and to write; never one's own to look at."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sinergi.home.tasks import tasks_of
from tests import factories
from villages.models import LibraryReport
from villages.quarters import Quarter

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TODAY = timezone.localdate()
LAST = Quarter.last_ended(TODAY)


@pytest.fixture
def people():
    return {
        "officer": factories.user("regency_officer", regency_code="19.01"),
        "other officer": factories.user("regency_officer", regency_code="19.02"),
        "secretariat": factories.user("secretariat"),
        "administrator": factories.user("administrator"),
        "member": factories.user("member"),
    }


@pytest.fixture
def libraries():
    """Return two libraries of one regency, which are to report to the team of their province."""
    factories.team()
    made = [factories.library(factories.village(f"19.01.06.200{n}", f"Desa {n}")) for n in (2, 3)]
    for library in made:
        factories.participation(library, LAST.year - 1, by=None)
        library.head, library.phone, library.opening_hours = "Pengelola", "0812", "Senin"
        library.save_as(by=None)
    return made


def titles(account):
    tasks = [task for task in tasks_of(account, TODAY) if "aporan" in task.title]
    return [task.title for task in tasks if not task.alert and not task.waits_for_others]


def reminders(account):
    """Return the tasks that remind of reports."""
    tasks = [task for task in tasks_of(account, TODAY) if task.alert]
    return [task for task in tasks if task.alert.rule.kind == "report"]


def test_what_was_handed_in_is_to_be_looked_at_by_others(people, libraries):
    report = factories.report(libraries[0], LAST, by=people["secretariat"])
    found = {who: titles(account) for who, account in people.items()}
    assert found["administrator"] == [f"Periksa laporan triwulan{str(LAST)[8:]} {libraries[0]}"]
    assert not found["member"] and not found["other officer"]
    (sent,) = [task for task in tasks_of(people["secretariat"], TODAY) if not task.alert]
    assert sent.waits_for_others and sent.url == report.get_absolute_url()
    (task,) = [task for task in tasks_of(people["administrator"], TODAY) if not task.alert]
    assert task.url == report.get_absolute_url()


def test_what_was_returned_is_to_be_mended_by_who_handed_it_in(people, libraries):
    report = factories.report(libraries[0], LAST, by=people["officer"])
    report.send_back(by=people["secretariat"], reason="Periksa pengunjungnya.")
    (task,) = [one for one in tasks_of(people["officer"], TODAY) if "Perbaiki" in one.title]
    assert task.note == "Periksa pengunjungnya."
    assert task.button_url == reverse("villages:report_update", args=[libraries[0].pk, LAST.key])
    assert not any(titles(people[who]) for who in ("secretariat", "administrator", "member"))


@pytest.mark.both("the later of two moments, one of which may be missing")
def test_what_was_returned_waits_since_that_day_whatever_is_saved_since(people, libraries):
    """Returned, returned twice, and opened again: what waits longest stands first."""
    third = factories.library(factories.village("19.01.06.2004", "Desa 4"))
    once, twice, again = (
        factories.report(library, LAST, by=people["officer"]) for library in (*libraries, third)
    )
    for report in (once, twice):
        report.send_back(by=people["secretariat"], reason="Periksa pengunjungnya.")
    again.verify(by=people["secretariat"])
    again.reopen(by=people["secretariat"], reason="Salah hitung.")
    waiting = {once: (9, None), twice: (3, 20), again: (30, 6)}
    for report, (returned, reopened) in waiting.items():
        days = {"returned_at": returned, "reopened_at": reopened}
        stamps = {name: timezone.now() - n * DAY for name, n in days.items() if n}
        LibraryReport.objects.filter(pk=report.pk).update(**stamps)
    for report in (again, once):
        draft = LibraryReport.objects.get(pk=report.pk)
        draft.visitors = 11
        draft.save_as(by=people["officer"])
    tasks = [one for one in tasks_of(people["officer"], TODAY) if "Perbaiki" in one.title]
    assert [(one.url, one.due) for one in tasks] == [
        (report.get_absolute_url(), TODAY - n * DAY)
        for report, n in ((once, 9), (again, 6), (twice, 3))
    ]


def test_what_is_still_to_come_is_one_task_of_the_regency(client, people, libraries):
    assert [task.alert.total for task in reminders(people["officer"])] == [2]
    factories.report(libraries[0], LAST, by=people["officer"])
    factories.report(libraries[1], LAST, by=people["officer"], state="draft")
    (task,) = reminders(people["officer"])
    assert task.alert.total == 1
    assert task.late_days == LAST.days_late(TODAY) and task.due == LAST.due_on
    client.force_login(people["officer"], backend="sinergi.accounts.backends.RoleBackend")
    answer = client.get(task.url)
    assert [row.pk for row in answer.context["page"].rows] == [libraries[1].pk]
    assert not reminders(people["other officer"])
