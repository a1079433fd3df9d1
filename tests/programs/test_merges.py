"""Putting two people or institutions together that are one."""

import pytest
from django.urls import reverse

from advocacy.models import Attendance
from programs.actions import MergeRefused, foreign_keys_to, merge_into
from programs.models import Institution, Membership, Merge, Person
from sinergi.kit.models import StaleRecord
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("names are searched and compared in the database"),
]


class TestMerging:
    @pytest.fixture
    def two(self):
        """One who came to approved minutes and holds a follow-up there, written down twice."""
        kept, removed = (
            factories.person("Kepala Bidang"),
            factories.person("kepala bidang", phone="+6281234567890"),
        )
        minutes = factories.minutes()
        minutes.attendance.filter(is_guest=False).last()
        row = Attendance(meeting=minutes, person=removed, name="Kepala Bidang", presence="present")
        row.save_as(by=None)
        task = minutes.followups.get()
        task.person_in_charge = removed
        task.save_as(by=None)
        minutes.submit(by=None)
        minutes.approve(by=None)
        return kept, removed, row, task

    def test_every_reference_moves_and_it_is_recorded(self, two):
        kept, removed, row, task = two
        by, gone = factories.user("administrator"), removed.pk
        record = merge_into(kept=kept, removed=removed, by=by)
        assert not Person.objects.filter(pk=gone).exists()
        row.refresh_from_db()
        task.refresh_from_db()
        assert row.person == kept and task.person_in_charge == kept and row.name == "Kepala Bidang"
        assert (
            record.moved == {"kehadiran": 1, "tindak lanjut": 1}
            and record.removed_name == "kepala bidang"
        )
        assert (record.person, record.created_by, record.removed_id) == (kept, by, gone)
        kept.refresh_from_db()
        assert kept.phone == "+6281234567890", "what the kept row did not say is filled in"
        assert (
            row.history.first().history_user == by
            and Person.history.filter(id=gone, history_type="-").exists()
        )

    def test_no_reference_is_forgotten(self):
        """Every foreign key to a person or an institution that any floor has."""
        names = {f"{r.related_model.__name__}.{r.field.name}" for r in foreign_keys_to(Person)}
        assert {
            "Membership.person",
            "Attendance.person",
            "FollowUp.person_in_charge",
            "Meeting.chair",
            "Meeting.note_taker",
            "DecreeMember.person",
            "Merge.person",
        } <= names
        assert not any(name.startswith("Historical") for name in names)
        institutions = {
            f"{r.related_model.__name__}.{r.field.name}" for r in foreign_keys_to(Institution)
        }
        register = {
            "Person.institution",
            "Membership.institution",
            "Merge.institution",
            "DecreeMember.institution",
        }
        assert institutions == register | {
            "AdvocacyCase.institution",
            "Commitment.institution",
            "Partnership.institution",
        }

    def test_who_sat_in_one_meeting_are_two_people(self, two):
        kept, removed, row, _ = two
        Attendance(meeting=row.meeting, person=kept, name="Lain", presence="present").save_new(
            by=None
        )
        with pytest.raises(MergeRefused, match="sudah ada dalam daftar hadir"):
            merge_into(kept=kept, removed=removed, by=None)
        row.refresh_from_db()
        assert (
            row.person == removed
            and Person.objects.filter(pk=removed.pk).exists()
            and not Merge.objects.exists()
        )

    def test_who_sat_in_the_team_at_one_time_are_two_people(self):
        team = factories.team()
        one, other = (m.person for m in team.memberships.select_related("person")[:2])
        with pytest.raises(MergeRefused, match="sudah menjadi anggota"):
            merge_into(kept=one, removed=other, by=None)
        assert Membership.objects.filter(person=other).exists()

    def test_an_account_moves_along_but_two_do_not(self, two):
        kept, removed, *_ = two
        removed.user = factories.user("member")
        removed.save_as(by=None)
        merge_into(kept=kept, removed=removed, by=None)
        kept.refresh_from_db()
        assert kept.user is not None
        other = factories.person("Lain", account=factories.user("member"))
        with pytest.raises(MergeRefused, match="akun"):
            merge_into(kept=kept, removed=other, by=None)

    def test_not_into_itself_nor_across_provinces(self, two):
        kept, *_ = two
        for other in (
            kept,
            factories.person("Lain", province_code="11"),
            factories.institution("Dinas"),
        ):
            with pytest.raises(MergeRefused, match="dua data yang berbeda"):
                merge_into(kept=kept, removed=other, by=None)

    def test_on_what_was_seen(self, two):
        kept, removed, *_ = two
        with pytest.raises(StaleRecord):
            merge_into(kept=kept, removed=removed, by=None, version=removed.version + 1)
        assert Person.objects.filter(pk=removed.pk).exists()

    def test_institutions_with_their_people_and_periods(self):
        team = factories.team()
        period = team.memberships.select_related("institution").get(
            person__name="Perwakilan Bappeda"
        )
        kept = factories.institution("Bappeda Provinsi")
        record = merge_into(kept=kept, removed=period.institution, by=None)
        period.refresh_from_db()
        assert period.institution == kept and period.person.institution == kept
        assert record.moved == {"orang": 1, "keanggotaan": 1} and record.institution == kept

    def test_a_merge_of_a_merged_row_keeps_the_trail(self, two):
        kept, removed, *_ = two
        merge_into(kept=kept, removed=removed, by=None)
        last = factories.person("Kepala Bidang Perpustakaan")
        merge_into(kept=last, removed=kept, by=None)
        assert last.merges.count() == 2

    def test_on_the_page(self, client, sign_in, two):
        kept, removed, *_ = two
        sign_in("administrator")
        url = reverse("programs:person_merge", args=[removed.pk])
        assert "Mirip" in client.get(url).content.decode()
        answer = client.post(url, {"version": removed.version})
        assert (
            answer.status_code == 422
            and "Pilih data yang dipertahankan." in answer.content.decode()
        )
        there = factories.person("Orang Aceh", province_code="11")
        assert client.post(url, {"version": removed.version, "kept": there.pk}).status_code == 422
        answer = client.post(url, {"version": removed.version, "kept": kept.pk})
        assert answer.status_code == 302 and answer.url == kept.get_absolute_url()
        page = client.get(answer.url).content.decode()
        assert "Dilebur ke sini" in page and "1 kehadiran, 1 tindak lanjut" in page
        history = client.get(
            reverse(
                "advocacy:meeting_history", args=[Attendance.objects.get(person=kept).meeting_id]
            )
        )
        assert "kepala bidang" in history.content.decode(), (
            "who is there no more still goes by name"
        )
