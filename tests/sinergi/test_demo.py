"""The demonstration data: the source's own facts, loaded once, refused in production."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from advocacy.models import AdvocacyCase, Commitment, Meeting
from programs.coverage import coverage_on
from programs.models import Assignment, Decree, Team, WorkPlan
from programs.progress import PlanProgress
from programs.versions import changes_between, content_of, version_of
from sinergi.accounts.models import User
from sinergi.accounts.roles import ROLES
from sinergi.home import demo
from villages.imports import batches
from villages.models import ImportBatch, Library, Participation, Village

pytestmark = [pytest.mark.django_db, pytest.mark.both("`make run` loads it into SQLite")]


def test_tells_the_story_of_2019():
    demo.load(whole_country=False)
    assert Library.objects.village().count() == 16, "seventeen, less Siliu, which a person must resolve"
    assert Library.objects.filter(level="regency").count() == 3
    assert Participation.objects.filter(year=2019).count() == 16
    waiting = batches.plan_of(ImportBatch.objects.get(state="draft"))
    assert waiting.counts == {"problem": 1, "changed": 0, "new": 0, "unchanged": 16, "skipped": 0}
    team = Team.objects.get()
    assert team.memberships.on(demo.FOUNDED).count() == 8
    names = [{m.person.name for m in team.memberships.on(day)} for day in (demo.FOUNDED, date(2019, 8, 1))]
    assert len(names[1]) == 8 and names[0] - names[1] == {"Perwakilan Bappeda"}
    assert names[1] - names[0] == {"Perwakilan Bappeda bidang perpustakaan"}
    signed, governor = Decree.objects.get(state="signed"), Decree.objects.get(level="governor")
    assert (
        signed.level == "office" and signed.members.filter(name="Perwakilan Bappeda").exists() and signed.members.count() == 8
    )
    assert governor.state == "drafting" and governor.submit_by and governor.target_on
    coverage = coverage_on(
        team, date(2019, 8, 1), list(team.memberships.on(date(2019, 8, 1)).select_related("replaces__person"))
    )
    assert coverage.decree == signed and coverage.pending is None
    assert coverage.reasons == [
        "Perwakilan Bappeda digantikan Perwakilan Bappeda bidang perpustakaan (Bappeda Provinsi Kepulauan Bangka Belitung) "
        "sejak 19 Juni 2019."
    ]
    founding = Meeting.objects.get(state="approved", starts_at__year=2018)
    assert founding.attendance.filter(name="Perwakilan Bappeda", presence="present").exists()
    assert founding.when_text.startswith("Rabu, 28 November 2018")
    planned = Meeting.objects.filter(state="planned", day_is_set=False)
    assert sorted(m.when_text.split(",")[0] for m in planned) == ["Agustus 2019", "Juli 2019", "Juli 2019", "Juli 2019"]
    assert set(Assignment.objects.values_list("role", flat=True)) == set(ROLES), "an account for each role"
    assert (
        Village.objects.filter(name="Kayu Besi").count() == 2
        and Library.objects.filter(name="Perpustakaan Desa Kayu Besi").count() == 1
    )


def test_the_plans_of_2019_and_2020():
    """2019 approved and partly carried out; 2020 handed in twice, with changes against the first."""
    demo.load(whole_country=False)
    first, second = WorkPlan.objects.order_by("starts_on").select_related("team__province")
    assert (first.year, first.state, second.year, second.state, second.round) == (2019, "approved", 2020, "submitted", 2)
    progress = PlanProgress(first, version_of(content_of(first)), today=date(2019, 9, 30))
    done = {row.item.title: (row.done, row.scheduled) for row in progress.rows.values()}
    assert done["Pertemuan stakeholder tingkat kabupaten"] == (0, 3) and done["Rapat internal tim"] == (1, 0)
    assert done["Mentoring dan monitoring perpustakaan desa"] == (5, 0)
    assert 0 < progress.whole.cash_spent < progress.whole.cash and progress.whole.in_kind_spent == 8_000_000
    old, new = (version_of(row.content) for row in second.submissions.order_by("number"))
    told = {(change.kind, change.item.title) for change in changes_between(old, new)}
    assert told == {
        ("changed", "Pengajuan SK Gubernur hingga penetapan"),
        ("changed", "Dukungan komputer, buku, dan tenaga pelatih"),
        ("added", "Sosialisasi program ke daerah lain"),
        ("removed", "Pertemuan stakeholder tingkat provinsi"),
    }
    chair = User.objects.get(username="ketua")
    assert second.may_be_approved_by(chair) and not second.may_be_approved_by(User.objects.get(username="sekretariat"))
    assert second.comments.filter(answers__isnull=True, resolved_at__isnull=True).count() == 2


def test_the_command_loads_once(capsys, monkeypatch):
    monkeypatch.setattr(demo, "load", lambda: loads.append(1))
    loads = []
    with override_settings(DEBUG=True):
        call_command("load_demo")
        assert demo.PASSWORD in capsys.readouterr().out
        monkeypatch.setattr(demo, "is_loaded", lambda: True)
        call_command("load_demo")
    assert loads == [1]


def test_refused_in_production():
    with override_settings(DEBUG=False), pytest.raises(CommandError, match="DEBUG"):
        call_command("load_demo")


def test_the_advocacy_of_2019():
    """Somebody at every stage; a promise that came in part, one half, one overdue; the plan counts audience and media."""
    demo.load(whole_country=False)
    stages = dict(AdvocacyCase.objects.values_list("asked", "stage"))
    assert stages == {
        "SK Gubernur pembentukan tim": "contacted",
        "Anggaran perpustakaan desa dalam APBD": "committed",
        "Peraturan bupati tentang perpustakaan desa": "dormant",
        "Komputer untuk perpustakaan desa": "committed",
        "Tenaga pelatih TIK bagi pengelola": "identified",
    }
    promised = Commitment.objects.with_standing(date(2019, 12, 31))
    assert dict(promised.values_list("description", "standing")) == {
        "Lima komputer": "overdue",
        "Bantuan pelatihan TIK": "partly",
        "Mata anggaran perpustakaan desa dalam APBD 2020": "promised",
    }
    plan = WorkPlan.objects.select_related("team__province").get(starts_on__year=2019)
    done = {row.item.title: row.done for row in PlanProgress(plan, version_of(content_of(plan))).rows.values()}
    assert done["Audiensi penganggaran ke pemerintah kabupaten"] == 1
    assert done["Publikasi kegiatan perpustakaan desa"] == 2
    assert done["Dukungan komputer, buku, dan tenaga pelatih"] == 0, "half a promise is none yet"
