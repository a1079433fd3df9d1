"""Decrees that follow one another: changed, replaced, revoked, and read on an old page."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from programs.actions import (
    record_signature,
)
from programs.decree_coverage import coverage_on
from programs.documents import decree_pdf
from programs.models import Decree
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.programs.test_decrees import members_on, scanned
from tests.programs.test_decrees import signature as signed
from tests.programs.test_decrees_pages import draft_data
from tests.programs.test_teams_pages import member_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


class TestRevoking:
    def test_a_revocation_far_ahead_is_refused(self, client, sign_in, team):
        sign_in("administrator")
        decree = factories.decree(team)
        data = {"version": decree.version, "last_day": "9999-12-31", "reason": "x"}
        answer = client.post(reverse("programs:decree_revoke", args=[decree.pk]), data)
        assert answer.status_code == 422 and "Periksa tahunnya" in answer.content.decode()
        Decree.objects.filter(pk=decree.pk).update(
            state="revoked", in_force_until=date.max, revoke_reason="x"
        )
        assert client.get(team.get_absolute_url()).status_code == 200, "even where one stands there"

    def test_a_last_day_that_is_still_ahead_can_be_brought_forward(self, team):
        decree = factories.decree(team)
        decree.revoke(by=None, last_day=team.today + timedelta(days=30), reason="Dicabut.")
        decree.revoke(by=None, last_day=team.today, reason="Salah tanggal.")
        for day in (team.today + timedelta(days=9), team.today):
            with pytest.raises(TransitionError):
                decree.revoke(by=None, last_day=day, reason="Tidak dapat diundur.")
        Decree.objects.update(in_force_until=team.today - timedelta(days=1))
        with pytest.raises(TransitionError):
            Decree.objects.get().revoke(by=None, last_day=date(2019, 1, 1), reason="Sudah lewat.")


class TestFollowing:
    def test_what_is_offered_can_be_opened(self, client, sign_in, team):
        """A decree revoked from a later day still holds, and may be changed or replaced."""
        sign_in("secretariat")
        decree = factories.decree(team)
        decree.revoke(by=None, last_day=team.today + timedelta(days=20), reason="Dicabut.")
        one = team.memberships.get(person__name="Perwakilan DPMD")
        one.ends_on, one.end_reason = team.today - timedelta(days=1), "Pensiun"
        one.save_as(by=None)
        page = client.get(team.get_absolute_url()).content.decode()
        assert "Susun revisi SK" in page and "Susun penggantinya" not in page
        for name in ("mengubah", "menggantikan"):
            assert (
                client.get(
                    f"{reverse('programs:decree_create', args=[team.pk])}?{name}={decree.pk}"
                ).status_code
                == 200
            )
        assert "Dicabut, masih berlaku" in client.get(decree.get_absolute_url()).content.decode()

    def test_a_change_that_expires_has_no_successor_of_its_own(self, client, sign_in, team):
        sign_in("secretariat")
        base = factories.decree(team)
        change = factories.decree(
            team, amends=base, start=date(2019, 7, 1), until=date(2019, 12, 31)
        )
        Decree.objects.filter(pk=change.pk).update(
            effective_until=None, in_force_until=team.today + timedelta(days=5)
        )
        assert "Susun penggantinya" not in client.get(team.get_absolute_url()).content.decode()

    def test_a_signed_change_that_begins_later_answers_the_suggestion(self, team):
        base = factories.decree(team)
        one = team.memberships.get(person__name="Perwakilan DPMD")
        one.ends_on, one.end_reason = team.today - timedelta(days=1), "Pensiun"
        one.save_as(by=None)
        draft = scanned(
            factories.decree(team, state="submitted", amends=base, roster_on=team.today)
        )
        ahead = team.today + timedelta(days=7)
        record_signature(
            decree=draft, by=None, **signed(signed_on=team.today, effective_from=ahead)
        )
        assert coverage_on(team, team.today, members_on(team, team.today)).pending == draft
        assert not coverage_on(team, ahead, members_on(team, ahead)).needs_revision

    def test_a_draft_gets_the_reasons_of_its_own_decree(self, client, sign_in, team):
        sign_in("secretariat")
        office = factories.decree(team)
        one = team.memberships.get(person__name="Perwakilan DPMD")
        one.ends_on, one.end_reason = date(2019, 6, 30), "Pensiun"
        one.save_as(by=None)
        factories.decree(team, level="governor", start=date(2019, 7, 1), roster_on=date(2019, 7, 1))
        form = client.get(
            f"{reverse('programs:decree_create', args=[team.pk])}?mengubah={office.pk}"
        ).content.decode()
        assert "Perwakilan DPMD (Instansi Perwakilan DPMD) tidak lagi menjadi anggota" in form

    def test_a_revoked_decree_that_still_holds_is_replaced(self, team):
        old = factories.decree(team)
        old.revoke(by=None, last_day=team.today + timedelta(days=60), reason="Dicabut Gubernur.")
        draft = scanned(factories.decree(team, state="submitted", replaces=old))
        record_signature(
            decree=draft, by=None, **signed(signed_on=team.today, effective_from=team.today)
        )
        old.refresh_from_db()
        assert old.in_force_until == team.today - timedelta(
            days=1
        ) and old.revoke_reason.startswith("Dicabut Gubernur. Digantikan")

    def test_the_reason_of_what_is_replaced_names_the_decree(self, team):
        old = factories.decree(team)
        new = factories.decree(team, replaces=old, start=date(2019, 7, 1), number="9/2019")
        old.refresh_from_db()
        assert old.revoke_reason == f"Digantikan dengan Keputusan {new.issuer} Nomor 9/2019."

    def test_a_long_title_is_not_cut_unseen(self, client, sign_in, team):
        sign_in("secretariat")
        decree = factories.decree(team, about="Pembentukan " + "panjang " * 30)
        url = f"{reverse('programs:decree_create', args=[team.pk])}?mengubah={decree.pk}"
        assert decree.about.strip() in client.get(url).content.decode()
        assert client.post(url, draft_data(about="x" * 301)).status_code == 422


@pytest.mark.both("a key that is there already is settled by the database")
class TestVersions:
    @pytest.mark.parametrize(
        "version", ["9223372036854775807", "2147483647", "-9", "99999999999999999999"]
    )
    def test_a_version_nobody_has_read(self, client, sign_in, team, version):
        sign_in("secretariat")
        decree = factories.decree(team, state="drafting")
        assert client.post(
            reverse("programs:decree_update", args=[decree.pk]), draft_data(version=version)
        ).status_code in (
            409,
            422,
        )
        assert (
            client.post(
                reverse("programs:decree_submit", args=[decree.pk]), {"version": version}
            ).status_code
            == 422
        )
        old = team.memberships.get(role="chair")
        data = member_data(team, reason="Pindah", replaced_version=version)
        assert client.post(
            reverse("programs:membership_replace", args=[old.pk]), data
        ).status_code in (409, 422)


class TestPaper:
    @pytest.mark.parametrize("odd", ["\U0001f4da", "漢字", "ꦧꦱ", "\ue000", "\x01", "\uf0b7"])
    def test_a_paper_with_any_character(self, team, odd):
        decree = factories.decree(team, state="drafting", considerations=f"bahwa {odd};")
        assert decree_pdf(
            Decree.objects.select_related("team__province").get(pk=decree.pk)
        ).startswith(b"%PDF")
