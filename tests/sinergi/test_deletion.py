"""
What cannot be deleted says so where the deletion would be asked for, not after it was confirmed.
"""

import pytest
from django.urls import reverse

from programs.models import PlanComment
from sinergi.kit.database_errors import references_to
from sinergi.kit.models import Record
from tests import factories
from tests.sinergi.test_history import DELETABLE, DELETED_BY

pytestmark = pytest.mark.django_db


def case_of_an_audience(team):
    case = factories.case(team)
    factories.audience(team, [case])
    return case


def case_with_a_commitment(team):
    return factories.commitment(team, case=factories.case(team)).case


def commitment_that_came(team):
    return factories.realisation(factories.commitment(team)).commitment


def commitment_in_the_news(team):
    commitment = factories.commitment(team)
    factories.media(team, commitment=commitment)
    return commitment


def withdrawn_commitment(team):
    commitment = factories.commitment(team)
    commitment.withdraw(by=None, reason="Anggaran dipotong.")
    return commitment


def activity_with(make):
    def build(team):
        row = factories.activity(factories.plan(team, activities=0), way="visit")
        make(team, row)
        return row

    return build


def spent_plan(team):
    return factories.expense(factories.activity(factories.plan(team, activities=0))).activity.plan


KEPT = {
    "audience": ("advocacy:case_delete", case_of_an_audience, "masih dirujuk: 1 audiensi"),
    "commitment": ("advocacy:case_delete", case_with_a_commitment, "masih dirujuk: 1 komitmen"),
    "realisation": (
        "advocacy:commitment_delete",
        commitment_that_came,
        "masih dirujuk: 1 realisasi",
    ),
    "media": (
        "advocacy:commitment_delete",
        commitment_in_the_news,
        "masih dirujuk: 1 publikasi media",
    ),
    "withdrawn": ("advocacy:commitment_delete", withdrawn_commitment, "ditarik"),
    "achievement": (
        "programs:activity_remove",
        activity_with(lambda team, row: factories.achievement(row)),
        "sudah mempunyai capaian",
    ),
    "expense": (
        "programs:activity_remove",
        activity_with(lambda team, row: factories.expense(row)),
        "sudah mempunyai pengeluaran",
    ),
    "meeting": (
        "programs:activity_remove",
        activity_with(lambda team, row: factories.minutes(team, activity=row)),
        "sudah mempunyai rapat",
    ),
    "spent plan": (
        "programs:plan_discard",
        spent_plan,
        "Kegiatan rencana ini sudah mempunyai pengeluaran",
    ),
    "returned plan": (
        "programs:plan_discard",
        lambda team: factories.plan(team, state="returned"),
        "sudah pernah diajukan, jadi tetap tersimpan",
    ),
    "decree": (
        "programs:decree_discard",
        lambda team: factories.decree(team, state="submitted"),
        "sudah diajukan, disahkan, atau dibatalkan",
    ),
}


class TestKept:
    @pytest.mark.parametrize("what", KEPT)
    def test_says_why_and_has_no_button(self, client, sign_in, what):
        name, make, told = KEPT[what]
        sign_in("secretariat")
        record = make(factories.team())
        url = reverse(name, args=[record.pk])
        answer = client.get(url)
        page = answer.content.decode()
        assert answer.status_code == 200 and told in page.replace("&quot;", "“")
        assert (
            "<h1>Belum dapat dihapus: " in page and "btn-delete" not in page and "Kembali" in page
        )
        version = type(record)._base_manager.get(pk=record.pk).version
        sent = client.post(url, {"version": version})
        assert (
            sent.status_code == 422
            and sent.content.decode().count(told) == 1
            and "btn-delete" not in sent.content.decode()
        )
        assert type(record)._base_manager.filter(pk=record.pk).exists()

    @pytest.mark.parametrize("what", KEPT)
    def test_asking_writes_nothing(self, what):
        _, make, _ = KEPT[what]
        record = make(factories.team())
        before = type(record)._base_manager.values().get(pk=record.pk)
        assert record.why_kept() and type(record)._base_manager.values().get(pk=record.pk) == before

    def test_what_is_said_of_an_activity_does_not_keep_it(self):
        plan = factories.plan()
        row = plan.activities.get()
        PlanComment(
            plan=plan, activity=row, about="2.1 Kegiatan 1", round=1, text="Hapus saja."
        ).save_as(by=None)
        assert len(references_to([row])) == 1 and row.why_kept() == ""


@pytest.mark.parametrize("name", DELETABLE)
def test_what_nothing_refers_to_may_go(client, sign_in, name):
    account = sign_in(DELETED_BY.get(name, "secretariat"))
    record = DELETABLE[name](factories.team(), account)
    page = client.get(reverse(name, args=[record.pk])).content.decode()
    assert isinstance(record, Record) and record.why_kept() == ""
    assert "btn-delete" in page and "Belum dapat dihapus" not in page


def test_nothing_is_referred_to_by_nothing():
    assert references_to([]) == []
