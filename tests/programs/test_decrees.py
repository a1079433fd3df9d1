"""
Decrees: their states, what they freeze, which of them hold on a day, and what follows from that.
"""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from programs.actions import annex_of, record_signature, replace_member
from programs.decree_coverage import coverage_on, has_basis, terms_of
from programs.documents import decree_pdf
from programs.models import Decree, DecreeMember, Membership, Person
from sinergi.kit.models import FrozenRecord, StaleRecord
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import TransitionError
from sinergi.kit.uploads import SafeFile
from tests import factories
from tests.constraints import kept, refused

pytestmark = [pytest.mark.django_db, pytest.mark.both("constraints and periods in force")]

START, END = date(2018, 11, 28), date(2019, 11, 27)


@pytest.fixture
def team():
    return factories.team()


def signature(**changes):
    words = {
        "number": "7/2019",
        "signed_on": date(2019, 7, 1),
        "signed_in": "Pangkalpinang",
        "signer": "",
    }
    return words | {"effective_from": date(2019, 7, 1), "effective_until": None} | changes


def scanned(decree):
    return decree.keep_scan(SafeFile(ContentFile(b"%PDF-"), "application/pdf", "sk.pdf"), by=None)


def members_on(team, day):
    return list(
        team.memberships.on(day).in_order_of_role().with_people().select_related("replaces__person")
    )


def bappeda_replaced(team, day=date(2019, 6, 19)):
    old = team.memberships.select_related("team", "institution").get(
        person__name="Perwakilan Bappeda"
    )
    return replace_member(
        membership=old,
        successor=Membership(institution=old.institution, starts_on=day),
        reason="Pindah tugas",
        by=None,
        newcomer=Person(province=team.province, name="Pengganti"),
    )


class TestStates:
    #: transition → (arguments, the states from which it is allowed)
    TRANSITIONS = {
        "submit": ({}, {"drafting"}),
        "send_back": ({"reason": "Perbaiki diktum."}, {"submitted"}),
        "sign": (signature(), {"submitted"}),
        "revoke": ({"last_day": date(2019, 12, 31), "reason": "Dicabut Gubernur."}, {"signed"}),
    }

    @pytest.mark.parametrize("state", ["drafting", "submitted", "signed", "revoked"])
    @pytest.mark.parametrize("name", TRANSITIONS)
    def test_each_transition_from_each_state(self, team, name, state):
        decree = factories.decree(team, state="signed" if state == "revoked" else state)
        if state == "revoked":
            decree.revoke(by=None, last_day=date(2019, 6, 30), reason="Dicabut.")
        if state == "submitted":
            scanned(decree)
        arguments, allowed = self.TRANSITIONS[name]
        if state in allowed:
            assert getattr(decree, name)(by=None, **arguments).state != state
        else:
            with pytest.raises(TransitionError):
                getattr(decree, name)(by=None, **arguments)
            decree.refresh_from_db()
            assert decree.state == state

    def test_a_draft_is_complete_before_it_is_handed_in(self, team):
        decree = factories.decree(
            team, state="drafting", roster_on=date(2018, 1, 1), diktum="\n  \n"
        )
        with pytest.raises(TransitionError) as refusal:
            decree.submit(by=None)
        assert "Isi diktumnya." in str(
            refusal.value
        ) and "Tidak ada anggota tim pada 1 Januari 2018" in str(refusal.value)

    def test_a_correction_begins_the_next_round(self, team):
        decree = factories.decree(team, state="submitted")
        with pytest.raises(TransitionError, match="alasannya"):
            decree.send_back(by=None, reason=" ")
        decree.refresh_from_db()
        decree.send_back(by=None, reason="Biro Hukum minta perbaikan.")
        assert decree.round == 2 and decree.status_on(START) == Status("Draf ke-2", Tone.DRAFT)

    @pytest.mark.parametrize("state", ["submitted", "signed"])
    def test_only_a_draft_is_written(self, team, state):
        decree = factories.decree(team, state=state)
        decree.about = "Lain"
        with pytest.raises(FrozenRecord):
            decree.save_as(by=None)
        with pytest.raises(FrozenRecord):
            decree.delete_as(by=None)
        draft = factories.decree(team, state="drafting", level="governor")
        draft.about = "Lain"
        assert draft.save_as(by=None) and draft.delete_as(by=None)

    def test_a_signature_needs_its_scan_and_lies_in_the_past(self, team):
        decree = factories.decree(team, state="submitted")
        with pytest.raises(TransitionError, match="pindaian"):
            record_signature(decree=decree, by=None, **signature())
        scanned(decree)
        tomorrow = team.today + timedelta(days=1)
        with pytest.raises(TransitionError, match="sesudah hari ini"):
            record_signature(decree=decree, by=None, **signature(signed_on=tomorrow))
        record_signature(
            decree=decree, by=None, **signature(signed_on=team.today, effective_from=team.today)
        )
        assert Decree.objects.get().state == "signed"

    @pytest.mark.parametrize("last_day", [START - timedelta(days=1), END + timedelta(days=1)])
    def test_revoked_within_its_term(self, team, last_day):
        decree = factories.decree(team, until=END)
        with pytest.raises(TransitionError):
            decree.revoke(by=None, last_day=last_day, reason="Dicabut.")
        decree.refresh_from_db()
        decree.revoke(by=None, last_day=END, reason="Dicabut.")
        assert decree.in_force_until == END

    def test_the_database_holds_a_signed_decree_to_its_form(self, team):
        decree = factories.decree(team, until=END)
        for wrong in (
            {"number": ""},
            {"file": ""},
            {"signed_on": None},
            {"effective_until": START - timedelta(days=1)},
            {"in_force_until": None},
            {"in_force_until": END + timedelta(days=1)},
            {"state": "revoked"},
            {"amends": decree, "replaces": decree},
        ):
            refused(decree, **wrong)
        kept(decree, in_force_until=START)
        other = factories.decree(team, state="drafting")
        refused(other, number=decree.number)
        kept(factories.decree(factories.team("11"), state="drafting"), number=decree.number)


class TestInForce:
    @pytest.mark.parametrize(
        ("day", "holds"),
        [
            (START - timedelta(days=1), False),
            (START, True),
            (END, True),
            (END + timedelta(days=1), False),
        ],
    )
    def test_from_the_first_day_to_the_last(self, team, day, holds):
        decree = factories.decree(team, until=END)
        assert decree.holds_on(day) is holds
        assert Decree.objects.in_force_on(day).exists() is holds
        assert has_basis(terms_of([team.pk])[team.pk], day) is holds

    @pytest.mark.parametrize("state", ["drafting", "submitted"])
    def test_not_before_it_is_signed(self, team, state):
        assert not factories.decree(team, state=state).holds_on(START)
        assert not Decree.objects.in_force_on(START).exists() and terms_of([team.pk]) == {}

    def test_status_by_the_day(self, team):
        decree = factories.decree(team, until=END)
        labels = {
            START - timedelta(days=1): "Belum mulai berlaku",
            END - timedelta(days=61): "Berlaku",
            END - timedelta(days=60): "Segera berakhir",
            END: "Segera berakhir",
            END + timedelta(days=1): "Berakhir",
        }
        assert {day: decree.status_on(day).label for day in labels} == labels
        decree.revoke(by=None, last_day=date(2019, 6, 30), reason="Dicabut.")
        assert decree.status_on(date(2019, 7, 1)).label == "Dicabut"

    def test_one_of_a_level_at_a_time(self, team):
        factories.decree(team, until=END)
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.decree(team, start=END)
        assert factories.decree(team, start=END + timedelta(days=1))
        assert factories.decree(team, start=START, level="governor"), (
            "another level is another matter"
        )
        assert factories.decree(factories.team("11"), start=START)

    def test_a_successor_ends_what_it_replaces(self, team):
        old = factories.decree(team)
        new = factories.decree(team, start=date(2019, 7, 1), replaces=old, number="9/2019")
        old.refresh_from_db()
        assert (old.state, old.in_force_until) == (
            "revoked",
            date(2019, 6, 30),
        ) and "Nomor 9/2019" in old.revoke_reason
        assert [
            Decree.objects.in_force_on(day).get() for day in (date(2019, 6, 30), date(2019, 7, 1))
        ] == [old, new]

    def test_a_change_holds_with_what_it_changes_and_falls_with_it(self, team):
        old = factories.decree(team)
        change = factories.decree(team, start=date(2019, 7, 1), amends=old)
        assert set(Decree.objects.in_force_on(date(2019, 7, 1))) == {old, change}
        old.revoke(by=None, last_day=date(2019, 7, 31), reason="Dicabut.")
        assert not Decree.objects.in_force_on(date(2019, 8, 1)).exists()
        assert (
            not Decree.objects.select_related("amends").get(pk=change.pk).holds_on(date(2019, 8, 1))
        )

    def test_what_does_not_hold_is_not_changed(self, team):
        old = factories.decree(team, until=END)
        with pytest.raises(TransitionError, match="tidak berlaku pada 28 November 2019"):
            factories.decree(team, start=END + timedelta(days=1), amends=old)
        assert not DecreeMember.objects.exclude(decree=old).exists()


class TestAnnex:
    def test_frozen_as_it_was_on_its_day(self, team):
        decree = factories.decree(team)
        names = [row.name for row in annex_of(decree)]
        assert len(names) == 8 and names[0] == "Kepala DKPUS" and names[1] == "Sekretaris DKPUS"
        bappeda_replaced(team)
        person = Person.objects.get(name="Kepala DKPUS")
        person.name = "Nama baru"
        person.save_as(by=None)
        assert [row.name for row in annex_of(Decree.objects.get())] == names
        row = decree.members.first()
        row.name = "Lain"
        for write in (row.save_as, row.delete_as):
            with pytest.raises(FrozenRecord):
                write(by=None)

    def test_of_a_draft_follows_the_team(self, team):
        draft = factories.decree(team, state="drafting", roster_on=date(2019, 7, 1))
        bappeda_replaced(team)
        names = [row.name for row in annex_of(draft)]
        assert len(names) == 8 and "Pengganti" in names and "Perwakilan Bappeda" not in names
        assert names.index("Pengganti") == 4, "in the place that was left"
        assert not DecreeMember.objects.exists()

    def test_all_or_nothing(self, team, monkeypatch):
        decree = scanned(factories.decree(team, state="submitted"))
        monkeypatch.setattr(DecreeMember, "save_new", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            record_signature(decree=decree, by=None, **signature())
        assert Decree.objects.get().state == "submitted" and not DecreeMember.objects.exists()

    def test_on_what_was_seen(self, team):
        decree = scanned(factories.decree(team, state="submitted"))
        with pytest.raises(StaleRecord):
            record_signature(decree=decree, by=None, version=decree.version - 1, **signature())
        assert Decree.objects.get().state == "submitted" and not DecreeMember.objects.exists()


class TestCoverage:
    DAY = date(2019, 8, 1)

    def of(self, team, day=DAY):
        return coverage_on(team, day, members_on(team, day))

    def test_without_a_decree_nobody_is_covered(self, team):
        found = self.of(team)
        assert found.decree is None and len(found.uncovered) == 8 and not found.needs_revision

    def test_all_are_covered_after_the_signature(self, team):
        factories.decree(team)
        found = self.of(team)
        assert len(found.covered) == 8 and not found.needs_revision and not found.reasons

    def test_a_change_of_membership_suggests_a_revision(self, team):
        decree = factories.decree(team)
        new = bappeda_replaced(team)
        before, after = self.of(team, date(2019, 6, 18)), self.of(team)
        assert not before.needs_revision and after.needs_revision
        assert after.uncovered == [new] and [row.name for row in after.gone] == [
            "Perwakilan Bappeda"
        ]
        assert len(after.covered) == 7 and after.decree == decree and after.pending is None
        assert after.reasons == [
            "Perwakilan Bappeda digantikan Pengganti (Instansi Perwakilan Bappeda) sejak 19 Juni"
            " 2019."
        ]

    def test_a_draft_answers_the_suggestion_and_its_signature_ends_it(self, team):
        decree = factories.decree(team)
        bappeda_replaced(team)
        draft = factories.decree(team, state="drafting", amends=decree)
        assert self.of(team).needs_revision and self.of(team).pending == draft
        draft.delete_as(by=None)
        factories.decree(team, amends=decree, start=date(2019, 7, 1), roster_on=date(2019, 7, 1))
        found = self.of(team)
        assert not found.needs_revision and len(found.covered) == 8 and found.roster_of != decree

    def test_another_part_or_office_is_a_change_but_a_spelling_is_not(self, team):
        factories.decree(team)
        member = team.memberships.get(person__name="Perwakilan DPMD")
        member.is_coordinator = True
        member.save_as(by=None)
        spelled = team.memberships.get(person__name="Perwakilan Bappeda").institution
        spelled.name = spelled.name.upper()
        spelled.save_as(by=None)
        found = self.of(team)
        assert [m.person.name for _, m in found.changed] == [
            "Perwakilan DPMD"
        ] and "koordinator harian" in found.reasons[0]

    def test_who_left_and_who_came_without_a_successor(self, team):
        factories.decree(team)
        left = team.memberships.get(person__name="Perwakilan media cetak")
        left.ends_on, left.end_reason = date(2019, 7, 1), "Mengundurkan diri"
        left.save_as(by=None)
        came = factories.person("Perwakilan Kadin")
        Membership(
            team=team, person=came, institution=came.institution, starts_on=date(2019, 7, 2)
        ).save_as(by=None)
        reasons = " ".join(self.of(team).reasons)
        assert "Perwakilan Kadin (Dinas Perpustakaan) menjadi Anggota sejak 2 Juli 2019." in reasons
        assert (
            "Perwakilan media cetak (Instansi Perwakilan media cetak) tidak lagi menjadi anggota."
            in reasons
        )

    def test_the_highest_level_in_force_counts(self, team):
        factories.decree(team)
        bappeda_replaced(team)
        higher = factories.decree(
            team, level="governor", start=date(2019, 7, 1), roster_on=date(2019, 7, 1)
        )
        assert self.of(team).decree == higher and not self.of(team).needs_revision
        higher.revoke(by=None, last_day=date(2019, 7, 2), reason="Dicabut.")
        assert self.of(team).decree.level == "office" and self.of(team).needs_revision


class TestPaper:
    def test_is_a_pdf_with_and_without_everything(self, team):
        draft = factories.decree(
            team,
            state="drafting",
            considerations="",
            legal_basis="",
            diktum="",
            roster_on=date(2018, 1, 1),
        )
        signed = factories.decree(team, level="governor", until=END, cost_charged_to="APBD")
        hostile = '#import "/etc/passwd": *\n$x$ `raw` = judul\n#panic("x") “kutip” \\ // komentar'
        odd = factories.decree(
            team, state="drafting", about='Tentang #panic("x") [*]', considerations=hostile
        )
        for decree in (draft, signed, odd):
            assert decree_pdf(
                Decree.objects.select_related("team__province").get(pk=decree.pk)
            ).startswith(b"%PDF-1.")

    def test_many_points(self, team):
        many = "\n".join(f"bahwa butir {n};" for n in range(60))
        decree = factories.decree(team, state="drafting", considerations=many, diktum=many)
        assert decree_pdf(
            Decree.objects.select_related("team__province").get(pk=decree.pk)
        ).startswith(b"%PDF-1.")

    def test_what_it_says(self, team, monkeypatch):
        printed = {}
        monkeypatch.setattr(
            "programs.documents.documents.render_pdf",
            lambda template, data: printed.update(data) or b"",
        )
        decree = factories.decree(team, state="drafting", cost_charged_to="APBD")
        decree_pdf(decree)
        assert (
            printed["mark"] == "DRAF"
            and printed["number"] == ""
            and printed["term"] == "pada tanggal ditetapkan"
            and printed["cost"] == "APBD"
        )
        assert [row["name"] for row in printed["roster"]][:2] == [
            "Kepala DKPUS",
            "Sekretaris DKPUS",
        ]
        decree_pdf(factories.decree(team, level="governor", until=END, number="188/2018"))
        assert printed["mark"] == "" and printed["number"] == "188/2018"
        assert printed["term"] == "pada tanggal ditetapkan sampai dengan tanggal 27 November 2019"
        assert (
            printed["roster_on"] == "28 November 2018"
            and printed["issuer"] == "Gubernur Kepulauan Bangka Belitung"
        )
