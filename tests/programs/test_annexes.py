"""The annex of a decree: frozen with the signature."""

from datetime import date

import pytest

from programs.actions import (
    annex_of,
    merge_into,
    record_signature,
)
from programs.decree_coverage import coverage_on
from programs.models import Decree
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.programs.test_decrees import members_on, scanned
from tests.programs.test_decrees import signature as signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


class TestAnnex:
    def test_nothing_is_signed_with_nobody_on_it(self, team):
        decree = scanned(factories.decree(team, state="submitted"))
        team.memberships.update(starts_on=date(2019, 1, 1))
        with pytest.raises(TransitionError, match="Tidak ada anggota tim pada 28 November 2018"):
            record_signature(decree=decree, by=None, **signed())
        assert Decree.objects.get().state == "submitted"

    def test_a_signed_decree_never_reads_the_team_of_today(self, team):
        decree = factories.decree(team)
        decree.members.all().delete()
        assert annex_of(decree) == []

    def test_a_merged_or_renamed_institution_calls_for_no_revision(self, team):
        factories.decree(team)
        office = team.memberships.get(person__name="Perwakilan Bappeda").institution
        kept = factories.institution("Bappeda Provinsi Kepulauan Bangka Belitung")
        merge_into(kept=kept, removed=office, by=None)
        kept.name = "Badan Perencanaan"
        kept.save_as(by=None)
        found = coverage_on(team, team.today, members_on(team, team.today))
        assert (
            not found.needs_revision
            and found.roster_of.members.filter(institution_name=office.name).exists()
        )
