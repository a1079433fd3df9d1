"""Faults that were found by reading and by attacking, each kept from coming back."""

import gzip
import uuid
from datetime import date, timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from programs.actions import (
    disable_account,
    enable_account,
    merge_into,
    record_signature,
    replace_member,
    roster_of,
)
from programs.coverage import coverage_on
from programs.documents import decree_pdf
from programs.models import Decree, Institution, Membership, Person
from programs.views.standing import road_to_next, stairs_of
from sinergi.accounts.models import User
from sinergi.kit import text
from sinergi.kit.models import StaleRecord
from sinergi.kit.spreadsheets.write import harmless
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.programs.test_decree_pages import PDF, draft_data, scan, signature
from tests.programs.test_decrees import members_on, scanned
from tests.programs.test_decrees import signature as signed
from tests.programs.test_team_pages import member_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def stored_files(settings_media):
    return [path for path in (settings_media / "decree").rglob("*") if path.is_file()]


class TestDates:
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

    @pytest.mark.parametrize(
        "changes",
        [
            {"starts_on": "0001-01-01"},
            {"starts_on": "0019-07-01"},
            {"starts_on": "2206-01-01"},
            {"starts_on": "9999-12-31"},
        ],
    )
    def test_a_mistyped_year_of_membership(self, client, sign_in, team, changes):
        sign_in("secretariat")
        answer = client.post(
            reverse("programs:membership_create", args=[team.pk]), member_data(team) | changes
        )
        assert answer.status_code == 422 and "Periksa tahun mulainya" in answer.content.decode()

    def test_of_an_assignment(self, client, sign_in, team):
        sign_in("administrator")
        account = factories.user("observer")
        data = {
            "role": "member",
            "province": "19",
            "regency": "",
            "starts_on": "9999-12-31",
            "idempotency_key": uuid.uuid4(),
        }
        answer = client.post(reverse("programs:assignment_create", args=[account.pk]), data)
        assert answer.status_code == 422 and "Periksa tahunnya." in answer.content.decode()


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
        assert roster_of(decree) == []

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


class TestScan:
    def test_is_of_the_text_that_was_signed(
        self, client, sign_in, team, settings, tmp_path, django_capture_on_commit_callbacks
    ):
        settings.MEDIA_ROOT = tmp_path
        decree = scanned(factories.decree(team, state="submitted"))
        with django_capture_on_commit_callbacks(execute=True):
            decree.send_back(by=None, reason="Perbaiki.")
        decree.refresh_from_db()
        assert not decree.file and not decree.original_name
        assert len(stored_files(tmp_path)) == 1, "the history leads to it"
        decree.submit(by=None)
        sign_in("administrator")
        data = signature(decree)
        del data["scan"]
        assert (
            "Pilih pindaian SK"
            in client.post(reverse("programs:decree_sign", args=[decree.pk]), data).content.decode()
        )

    def test_a_refused_one_leaves_no_file(self, client, sign_in, team, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        decree = factories.decree(team, state="submitted")
        sign_in("administrator")
        url = reverse("programs:decree_sign", args=[decree.pk])
        answer = client.post(url, signature(decree, version=decree.version - 1))
        assert answer.status_code == 422 and stored_files(tmp_path) == []
        assert f'name="version" value="{decree.version}"' in answer.content.decode(), (
            "the next sending is a decision"
        )
        assert (
            client.post(url, signature(decree)).status_code == 302
            and len(stored_files(tmp_path)) == 1
        )

    def test_another_takes_its_place(
        self, client, sign_in, team, settings, tmp_path, django_capture_on_commit_callbacks
    ):
        settings.MEDIA_ROOT = tmp_path
        decree = factories.decree(team, state="submitted")
        sign_in("administrator")
        for name in ("satu.pdf", "dua.pdf"):
            decree.refresh_from_db()
            with django_capture_on_commit_callbacks(execute=True):
                client.post(
                    reverse("programs:decree_sign", args=[decree.pk]),
                    signature(decree, number="", scan=scan(name, PDF)),
                )
        decree.refresh_from_db()
        assert decree.original_name == "dua.pdf"
        assert len(stored_files(tmp_path)) == 2, "the history leads to the first"

    def test_a_refused_request_does_not_lose_the_stored_one(
        self, client, sign_in, team, settings, tmp_path
    ):
        settings.MEDIA_ROOT = tmp_path
        decree = scanned(factories.decree(team, state="submitted"))
        sign_in("administrator")
        stale = {"version": decree.version - 1, "reason": "Perbaiki."}
        assert (
            client.post(reverse("programs:decree_return", args=[decree.pk]), stale).status_code
            == 422
        )
        url = reverse("programs:decree_sign", args=[decree.pk])
        assert client.post(url, signature(decree, version=decree.version - 1)).status_code == 422
        decree.refresh_from_db()
        assert (
            decree.state == "submitted"
            and decree.file.storage.exists(decree.file.name)
            and len(stored_files(tmp_path)) == 1
        )
        decree.file.storage.delete(decree.file.name)
        with pytest.raises(TransitionError, match="pindaian"):
            record_signature(decree=decree, by=None, **signed())

    def test_a_page_that_grew_old_says_so_before_it_goes_on(self, client, sign_in, team):
        decree = factories.decree(team, state="submitted")
        seen = decree.version
        decree.send_back(by=None, reason="Perbaiki.")
        decree.submit(by=None)
        sign_in("administrator")
        url = reverse("programs:decree_sign", args=[decree.pk])
        page = client.post(url, signature(decree, version=seen, number="")).content.decode()
        assert (
            "Isinya berubah sejak halaman ini dibuka" in page
            and f'name="version" value="{decree.version}"' in page
        )


class TestMembers:
    def test_a_shared_office_telephone_is_asked_about_not_refused(self, client, sign_in, team):
        sign_in("secretariat")
        factories.person("Orang lama", phone="+62717422222")
        url = reverse("programs:membership_create", args=[team.pk])
        data = member_data(team, phone="0717 422222")
        answer = client.post(url, data)
        assert answer.status_code == 422 and "Orang lama" in answer.content.decode()
        assert client.post(url, data | {"distinct": "on"}).status_code == 302

    def test_a_telephone_beside_a_chosen_person_is_not_dropped_unseen(self, client, sign_in, team):
        sign_in("secretariat")
        person = factories.person("Orang lama")
        data = member_data(team, new_name="", person=person.pk, phone="0812 3456 7890")
        answer = client.post(reverse("programs:membership_create", args=[team.pk]), data)
        assert answer.status_code == 422 and "diubah di halaman orangnya" in answer.content.decode()

    def test_a_refused_replacement_shows_what_is_stored(self, client, sign_in, team):
        sign_in("secretariat")
        old = team.memberships.get(person__name="Perwakilan Bappeda")
        chair = team.memberships.get(role="chair").person
        data = member_data(
            team, new_name="", person=chair.pk, reason="Pindah", replaced_version=old.version
        )
        answer = client.post(reverse("programs:membership_replace", args=[old.pk]), data)
        assert (
            answer.status_code == 422
            and "28 November 2018 sampai sekarang" in answer.content.decode()
        )

    def test_a_successor_who_was_found_later(self, client, sign_in, team):
        sign_in("secretariat")
        old = team.memberships.get(person__name="Perwakilan Bappeda")
        old.ends_on, old.end_reason = date(2019, 3, 31), "Pensiun"
        old.save_as(by=None)
        url = reverse("programs:membership_replace", args=[old.pk])
        assert 'value="2019-04-01"' in client.get(url).content.decode()
        early = client.post(
            url, member_data(team, starts_on="2019-03-31", replaced_version=old.version)
        )
        assert (
            early.status_code == 422
            and "Pengganti mulai sesudah 31 Maret 2019" in early.content.decode()
        )
        assert (
            client.post(
                url, member_data(team, starts_on="2019-06-01", replaced_version=old.version)
            ).status_code
            == 302
        )
        old.refresh_from_db()
        assert (old.ends_on, old.end_reason, old.replaced_by.starts_on) == (
            date(2019, 3, 31),
            "Pensiun",
            date(2019, 6, 1),
        )
        assert client.get(url).status_code == 302, "replaced already"

    def test_an_error_about_a_date_fits_every_form(self, client, sign_in, team):
        """The rule on successors speaks in forms that do not have the field it is about."""
        sign_in("secretariat")
        old = team.memberships.select_related("team", "institution").get(
            person__name="Perwakilan Bappeda"
        )
        new = Membership(institution=old.institution, starts_on=date(2019, 6, 19))
        replace_member(
            membership=old,
            successor=new,
            reason="Pindah",
            by=None,
            newcomer=Person(province=team.province, name="Pengganti"),
        )
        Membership.objects.filter(pk=old.pk).update(ends_on=date(2019, 6, 30))
        data = {"ends_on": "2019-12-31", "end_reason": "Selesai", "version": new.version}
        answer = client.post(reverse("programs:membership_end", args=[new.pk]), data)
        assert (
            answer.status_code == 422
            and "masih anggota pada hari pertama penggantinya" in answer.content.decode()
        )

    def test_one_from_before_the_team_can_still_be_ended(self, client, sign_in, team):
        sign_in("secretariat")
        one = team.memberships.get(person__name="Perwakilan DPMD")
        Membership.objects.filter(pk=one.pk).update(starts_on=date(2015, 1, 1))
        data = {"ends_on": "2019-12-31", "end_reason": "Pensiun", "version": one.version}
        assert (
            client.post(reverse("programs:membership_end", args=[one.pk]), data).status_code == 302
        )

    def test_of_one_province(self, team):
        there = factories.person("Orang Aceh", province_code="11")
        wrong = Membership(
            team=team, person=there, institution=there.institution, starts_on=date(2019, 1, 1)
        )
        with pytest.raises(ValidationError, match="provinsi lain"):
            wrong.clean()

    def test_the_history_of_many_replacements_costs_no_more(
        self, client, sign_in, team, django_assert_max_num_queries
    ):
        sign_in("observer")
        for old in team.memberships.select_related("team", "institution").filter(role="member"):
            new = Membership(institution=old.institution, starts_on=date(2019, 6, 19))
            newcomer = Person(province=team.province, name=f"Pengganti {old.pk}")
            replace_member(
                membership=old, successor=new, reason="Pindah", newcomer=newcomer, by=None
            )
        with django_assert_max_num_queries(16):
            client.get(reverse("programs:team_history", args=[team.pk]))


@pytest.mark.both("a key that is there already is settled by the database")
class TestSendingAgain:
    def test_other_words_under_an_old_key_are_not_swallowed(self, client, sign_in, team):
        sign_in("secretariat")
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "name": "Orang satu",
            "position": "",
            "phone": "",
            "email": "",
        }
        url = reverse("programs:person_create")
        assert client.post(url, data).status_code == 302
        assert client.post(url, data).status_code == 302, "the same again"
        answer = client.post(url, data | {"name": "Orang dua"})
        page = answer.content.decode()
        assert (
            answer.status_code == 409
            and "Kiriman sebelumnya sudah tersimpan: Orang satu" in page
            and 'value="Orang dua"' in page
        )
        assert data["idempotency_key"] not in page, "what is sent next is a new record"

    def test_the_same_words_are_the_same_however_the_number_is_written(self, client, sign_in, team):
        sign_in("secretariat")
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "name": "Orang satu",
            "position": "",
            "phone": "0812 3456 7890",
            "email": "",
        }
        for _ in range(2):
            assert client.post(reverse("programs:person_create"), data).status_code == 302
        for change in ({"phone": "abc"}, {"email": "bukan surel"}, {"position": "Kepala"}):
            answer = client.post(reverse("programs:person_create"), data | change)
            assert (
                answer.status_code in (409, 422)
                and next(iter(change.values())) in answer.content.decode()
            ), change
        assert Person.objects.filter(name="Orang satu").count() == 1

    def test_a_second_invitation_from_the_same_page_is_not_the_first(self, client, sign_in, team):
        sign_in("administrator")
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "name": "Satu",
            "username": "satu",
            "email": "",
            "person": "",
            "role": "member",
        }
        data |= {"province": "19", "regency": "", "starts_on": "2026-01-01"}
        url = reverse("programs:account_invite")
        assert client.post(url, data).status_code == client.post(url, data).status_code == 302
        answer = client.post(url, data | {"username": "dua", "name": "Dua"})
        assert answer.status_code == 409 and 'value="dua"' in answer.content.decode()

    def test_a_newcomer_with_another_number_is_not_the_same_sending(self, client, sign_in, team):
        sign_in("secretariat")
        url, data = (
            reverse("programs:membership_create", args=[team.pk]),
            member_data(team, phone="0812 3456 7890"),
        )
        assert client.post(url, data).status_code == client.post(url, data).status_code == 302
        assert (
            client.post(url, data | {"phone": "0812 3456 7891", "distinct": "on"}).status_code
            == 409
        )

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


class TestText:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("Nama\x0bAneh\x01", "Nama Aneh"),
            ("Baris satu\r\nBaris dua", "Baris satu Baris dua"),
            ("\u200b", ""),
            ("\uf0b7 butir", "• butir"),
            ("  dua   kata ", "dua kata"),
            ("“é” – ✓", "“é” – ✓"),
        ],
    )
    def test_what_is_kept_of_a_line(self, typed, kept):
        assert text.plain_text(typed) == kept

    def test_a_line_break_by_any_name_is_one(self):
        assert text.plain_text("a\x0bb\x0cc\x85d\u2028e", lines=True) == "a\nb\nc\nd\ne"

    def test_lines_stay_in_a_text(self):
        assert text.plain_text("a\r\nb\x00\x1b c", lines=True) == "a\nb c"

    def test_of_a_form(self, client, sign_in, team):
        sign_in("secretariat")
        url = reverse("programs:person_create")
        data = {
            "idempotency_key": uuid.uuid4(),
            "name": "\u200b\u200b",
            "position": "",
            "phone": "",
            "email": "",
        }
        answer = client.post(url, data)
        assert answer.status_code == 422 and "Isi nama atau sebutannya." in answer.content.decode()
        assert client.post(url, data | {"name": "Nama\nKedua\x01"}).status_code == 302
        assert Person.objects.get(name="Nama Kedua")

    @pytest.mark.parametrize("odd", ["\U0001f4da", "漢字", "ꦧꦱ", "\ue000", "\x01", "\uf0b7"])
    def test_a_paper_with_any_character(self, team, odd):
        decree = factories.decree(team, state="drafting", considerations=f"bahwa {odd};")
        assert decree_pdf(
            Decree.objects.select_related("team__province").get(pk=decree.pk)
        ).startswith(b"%PDF")

    def test_a_sheet_with_any_character(self, client, sign_in, team):
        sign_in("observer")
        Person.objects.filter(name="Kepala DKPUS").update(
            name="Nama\x0bAneh", phone="+6281234567890"
        )
        assert client.get(reverse("programs:team_roster", args=[team.pk])).status_code == 200
        assert harmless("\x01=1") == "'=1"


class TestAccounts:
    def test_of_two_invitations_for_one_person_the_second_is_told(
        self, client, sign_in, team, monkeypatch
    ):
        sign_in("administrator")
        person = factories.person("Orang baru")
        monkeypatch.setattr(
            Person, "save_as", lambda self, **kwargs: (_ for _ in ()).throw(StaleRecord(self))
        )
        data = {
            "idempotency_key": uuid.uuid4(),
            "name": "x",
            "username": "x",
            "email": "",
            "person": person.pk,
            "role": "member",
        }
        answer = client.post(
            reverse("programs:account_invite"), data | {"province": "19", "starts_on": "2026-01-01"}
        )
        assert (
            answer.status_code == 422 and "Orang baru baru saja diubah" in answer.content.decode()
        )
        with transaction.atomic():
            assert not User.objects.filter(username="x").exists()

    def test_closing_ends_sessions_and_links_for_good(self, client, sign_in, team):
        account = sign_in("member")
        link = reverse(
            "accounts:welcome",
            args=[
                urlsafe_base64_encode(force_bytes(account.pk)),
                default_token_generator.make_token(account),
            ],
        )
        boss = type(client)()
        boss.force_login(
            factories.user("administrator"), backend="sinergi.accounts.backends.RoleBackend"
        )
        boss.post(
            reverse("programs:account_disable", args=[account.pk]),
            {"version": 1, "reason": "Cuti."},
        )
        assert (
            boss.get(reverse("programs:assignment_create", args=[account.pk])).status_code == 404
        ), "nothing is given to it"
        enable_account(account=account, by=None)
        assert client.get("/").status_code == 302, "signed out"
        assert "tidak berlaku lagi" in client.get(link, follow=True).content.decode()

    def test_a_superuser_is_for_superusers(self, client, sign_in, team):
        root = factories.user(is_superuser=True)
        sign_in("administrator", province_code=None)
        for name in ("account_detail", "account_link", "account_disable"):
            assert client.post(
                reverse(f"programs:{name}", args=[root.pk]), {"version": 1, "reason": "x"}
            ).status_code in (
                404,
                405,
            )
        assert client.get(root.get_absolute_url()).status_code == 404

    def test_an_account_that_works_nowhere_is_not_everybodys(self, client, sign_in, team):
        nobody = factories.user()
        sign_in("administrator")
        assert client.get(nobody.get_absolute_url()).status_code == 404
        assert client.get(reverse("admin:accounts_user_add")).status_code == 403
        sign_in("administrator", province_code=None)
        assert client.get(nobody.get_absolute_url()).status_code == 200

    def test_another_provinces_assignments_are_not_told(self, client, sign_in, team):
        account = factories.user("member", province_code="11")
        account.assignments.get().end(by=factories.user("administrator"), reason="RAHASIA ACEH")
        factories.assign(account, "member")
        sign_in("administrator")
        assert "RAHASIA ACEH" not in client.get(account.get_absolute_url()).content.decode()

    def test_the_reason_another_province_gave_is_not_told(self, client, sign_in, team):
        account = factories.user("member", province_code="11")
        disable_account(
            account=account,
            reason="RAHASIA ACEH",
            by=factories.user("administrator", province_code="11"),
        )
        enable_account(account=account, by=None)
        factories.assign(account, "member")
        sign_in("administrator")
        page = client.get(account.get_absolute_url()).content.decode()
        assert "Dinonaktifkan" in page and "RAHASIA" not in page
        event = account.events.last()
        assert (
            client.get(reverse("admin:programs_accountevent_change", args=[event.pk])).status_code
            == 200
        )

    @pytest.mark.both("a constraint without regard to case")
    def test_nobody_takes_an_address_by_choosing_it_as_a_name(self, client):
        owner = factories.user("member", email="petugas@dinas.go.id")
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.user(username="petugas@dinas.go.id")
        client.post("/masuk/", {"username": "petugas@dinas.go.id", "password": "rahasia-benar"})
        assert int(client.session["_auth_user_id"]) == owner.pk

    def test_after_choosing_a_password_the_sign_in_page_says_so(self, client, team):
        account = factories.user("member")
        key = urlsafe_base64_encode(force_bytes(account.pk))
        form = client.get(
            reverse("accounts:welcome", args=[key, default_token_generator.make_token(account)]),
            follow=True,
        )
        words = {"new_password1": "baca-tulis-hitung", "new_password2": "baca-tulis-hitung"}
        page = client.post(form.request["PATH_INFO"], words, follow=True)
        assert "Kata sandi dipasang. Silakan masuk." in page.content.decode()


@pytest.mark.both("names are compared in the database")
class TestRegister:
    def test_a_telephone_twice_among_institutions(self, client, sign_in, team):
        sign_in("secretariat")
        known = factories.institution("Toko buku", "private")
        known.phone = "+62717422222"
        known.save_as(by=None)
        data = {
            "idempotency_key": uuid.uuid4(),
            "name": "Toko lain",
            "sector": "private",
            "phone": "0717 422222",
        }
        answer = client.post(reverse("programs:institution_create"), data)
        assert (
            answer.status_code == 422
            and "Mirip dengan yang sudah terdaftar" in answer.content.decode()
        )

    def test_an_affair_does_not_move_to_a_company(self, team):
        office, shop = factories.institution("Bappeda"), factories.institution("Toko", "private")
        office.affair = "planning"
        office.save_as(by=None)
        merge_into(kept=shop, removed=office, by=None)
        shop.refresh_from_db()
        assert shop.affair == ""

    def test_a_merge_that_was_beaten_is_told(self, client, sign_in, team, monkeypatch):
        sign_in("administrator")
        one, other = factories.person("Satu"), factories.person("Dua")
        monkeypatch.setattr(
            "programs.actions.register.Merge.save_as",
            lambda *args, **kwargs: (_ for _ in ()).throw(StaleRecord(one)),
        )
        url = reverse("programs:person_merge", args=[other.pk])
        answer = client.post(url, {"version": other.version, "kept": one.pk})
        assert answer.status_code == 422 and "Isinya berubah" in answer.content.decode()
        assert Person.objects.filter(pk=other.pk).exists()

    def test_the_admin_shows_the_history_of_a_merge_whose_target_is_gone(
        self, client, sign_in, team
    ):
        one, two, three = (factories.person(f"Orang {n}") for n in range(3))
        first = merge_into(kept=two, removed=one, by=None)
        merge_into(kept=three, removed=two, by=None)
        sign_in("administrator")
        assert (
            client.get(reverse("admin:programs_merge_history", args=[first.pk])).status_code == 200
        )

    def test_forms_stay_light_with_1500_people(self, client, sign_in, team):
        sign_in(factories.assign(factories.user("secretariat"), "administrator"))
        office = factories.institution("Dinas Perpustakaan")
        Person.objects.bulk_create(
            Person(
                province=team.province,
                institution=office,
                name=f"Narahubung perpustakaan desa nomor {n:04}",
                position="x",
            )
            for n in range(1500)
        )
        last = Person.objects.get(name__endswith="1499")
        member = team.memberships.get(role="chair")
        urls = [
            reverse("programs:membership_create", args=[team.pk]),
            reverse("programs:membership_replace", args=[member.pk]),
        ]
        urls += [
            reverse("programs:account_invite"),
            reverse("programs:person_merge", args=[last.pk]),
        ]
        for url in urls:
            page = client.get(url)
            assert len(gzip.compress(page.content, 6)) <= 15_000, url
            assert (
                "Cari namanya dulu" in page.content.decode()
                and "nomor 1498" not in page.content.decode()
            ), url
            assert "nomor 1498" in client.get(url, {"cari": "1498"}).content.decode(), url
        answer = client.post(urls[0], member_data(team, new_name="", person=last.pk))
        assert answer.status_code == 302, "whoever was found can be chosen"

    def test_an_institution_beyond_the_list_is_found(self, client, sign_in, team):
        sign_in("secretariat")
        Institution.objects.bulk_create(
            Institution(province=team.province, name=f"AAA dinas {n:03}", sector="gov_regency")
            for n in range(160)
        )
        last = factories.institution("ZZZ Terakhir")
        member = team.memberships.get(role="chair")
        urls = [
            reverse("programs:membership_create", args=[team.pk]),
            reverse("programs:membership_update", args=[member.pk]),
        ]
        for url in [
            *urls,
            reverse("programs:person_create"),
            reverse("programs:person_update", args=[member.person_id]),
        ]:
            assert (
                last.name not in client.get(url).content.decode()
                and "Cari namanya dulu" in client.get(url).content.decode()
            )
            found = client.get(url, {"cari": "terakhir"}).content.decode()
            assert last.name in found and "AAA dinas 000" in found, (
                "and the others, as far as there is room"
            )


class TestStanding:
    def test_what_is_ahead_is_not_shown_as_done(self, team):
        draft = factories.decree(
            team, state="drafting", level="governor", roster_on=team.today + timedelta(days=20)
        )
        steps = {step.label: step.css for step in road_to_next(team, [draft], team.today)[1]}
        assert steps["Daftar anggota disesuaikan"] == "upcoming"

    def test_a_day_of_the_past_knows_nothing_of_todays_drafts(self, team):
        draft = factories.decree(team, state="drafting", level="governor")
        assert stairs_of(team, [draft], date(2019, 1, 1))[1].css == "upcoming"
        assert stairs_of(team, [draft], team.today)[1].css == "in-progress"

    def test_eleven_are_not_called_ten(self, client, sign_in, team):
        sign_in("observer")
        for n in range(3):
            person = factories.person(f"Orang {n}")
            Membership(
                team=team, person=person, institution=person.institution, starts_on=date(2019, 1, 1)
            ).save_as(by=None)
        page = client.get(team.get_absolute_url()).content.decode()
        assert (
            "Sebelas anggota, lebih dari sepuluh yang diharapkan pedoman" in page
            and "11 dari 10" not in page
        )
