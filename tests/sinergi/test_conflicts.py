"""
Editing what somebody else deletes or merges at the same time: told in words, and what was typed
stays.
"""

import uuid

import pytest
from django.db import IntegrityError, OperationalError
from django.urls import reverse

from advocacy.models import Partnership
from programs.actions import merge_into
from programs.models import Person
from sinergi.kit.database_errors import DEADLOCK, constraint_message, deadlock_as_conflict
from sinergi.kit.models import FrozenRecord, StaleRecord
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("each database words its refusals differently"),
]


def edit_of(partnership, **changes):
    data = {
        "institution": partnership.institution_id,
        "kind": partnership.kind,
        "about": partnership.about,
        "starts_on": partnership.starts_on.isoformat(),
        "version": partnership.version,
    }
    return reverse("advocacy:partnership_update", args=[partnership.pk]), data | changes


def delete_before(monkeypatch, method):
    """Let somebody else delete the partnership in the moment before this method of it is called."""
    original = getattr(Partnership, method)

    def delete_first(self, *args, **kwargs):
        Partnership.objects.filter(pk=self.pk).delete()
        return original(self, *args, **kwargs)

    monkeypatch.setattr(Partnership, method, delete_first)


@pytest.fixture
def partnership():
    return factories.partnership(factories.team())


class TestEditOfADeletedRecord:
    def test_the_text_stays_and_the_reason_is_told(self, client, sign_in, partnership):
        sign_in("secretariat")
        url, data = edit_of(partnership, about="Pinjam pakai mobil baca")
        partnership.delete_as(by=None)
        answer = client.post(url, data)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "sudah dihapus atau digabungkan" in page and "Pinjam pakai mobil baca" in page
        assert "Data ini sudah dihapus" in page and ">Simpan</button>" not in page, (
            "it could only fail again"
        )
        assert not Partnership.objects.exists()

    def test_deleted_between_reading_and_writing(self, client, sign_in, partnership, monkeypatch):
        sign_in("secretariat")
        url, data = edit_of(partnership, about="Pinjam pakai mobil baca")
        delete_before(monkeypatch, "save_submission")
        answer = client.post(url, data)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "sudah dihapus atau digabungkan" in page and "Pinjam pakai mobil baca" in page

    def test_it_does_not_exist_for_who_could_not_see_it(self, client, sign_in, partnership):
        url, data = edit_of(partnership)
        partnership.delete_as(by=None)
        sign_in("secretariat", province_code="11")
        assert client.post(url, data).status_code == 404
        assert client.get(url).status_code == 404

    def test_a_record_that_never_was_does_not_exist(self, client, sign_in):
        sign_in("secretariat")
        assert (
            client.post(reverse("advocacy:partnership_update", args=[999]), {}).status_code == 404
        )

    def test_to_delete_it_once_more_is_told(self, client, sign_in, partnership, monkeypatch):
        sign_in("secretariat")
        url = reverse("advocacy:partnership_delete", args=[partnership.pk])
        delete_before(monkeypatch, "delete_as")
        answer = client.post(url, {"version": partnership.version})
        assert answer.status_code == 422
        assert "sudah dihapus atau digabungkan" in answer.content.decode()


class TestEditOfAMergedPerson:
    def test_the_text_stays(self, client, sign_in):
        sign_in("secretariat")
        kept, removed = factories.person("Kepala bidang"), factories.person("Kepala Bidang")
        url = reverse("programs:person_update", args=[removed.pk])
        merge_into(kept=kept, removed=removed, by=None)
        answer = client.post(url, {"name": "Kepala Bidang Layanan", "version": 1})
        assert answer.status_code == 409
        assert "Kepala Bidang Layanan" in answer.content.decode()
        assert Person.objects.get().name == "Kepala bidang"

    def test_a_second_merge_is_told(self, client, sign_in):
        kept, removed, other = (
            factories.person(name) for name in ("Kabid", "Kepala bidang", "Kepala Bidang")
        )
        sign_in("administrator")
        url = reverse("programs:person_merge", args=[removed.pk])
        sent = {"version": removed.version, "kept": kept.pk}
        merge_into(kept=other, removed=kept, by=None)
        answer = client.post(url, sent)
        assert answer.status_code == 422
        assert Person.objects.filter(pk=removed.pk).exists()


class TestAdmin:
    """What is refused only while it is written: told in the form, and what was typed stays."""

    def test_a_record_that_changed_in_the_last_moment(self, client, sign_in, monkeypatch):
        sign_in("administrator")
        person = factories.person("Kepala bidang")
        answer = self.save(client, person, monkeypatch, StaleRecord(person))
        assert answer.status_code == 200
        page = answer.content.decode()
        assert 'value="Kepala Bidang Layanan"' in page and "sudah diubah orang lain" in page

    def test_a_record_that_was_frozen_in_the_last_moment(self, client, sign_in, monkeypatch):
        sign_in("administrator")
        person = factories.person("Kepala bidang")
        answer = self.save(client, person, monkeypatch, FrozenRecord(person))
        assert 'value="Kepala Bidang Layanan"' in answer.content.decode()
        assert Person.objects.get().name == "Kepala bidang"

    @staticmethod
    def save(client, person, monkeypatch, refusal):
        def refuse(self, **kwargs):
            raise refusal

        monkeypatch.setattr(Person, "save_as", refuse)
        data = {"name": "Kepala Bidang Layanan", "read_version": person.version}
        return client.post(reverse("admin:programs_person_change", args=[person.pk]), data)


class TestReviewOfAnActivityThatGoes:
    def test_the_comments_stay_on_the_page(self, client, sign_in, monkeypatch):
        plan = factories.plan(
            factories.team(), activities=1, state="submitted", by=factories.user()
        )
        sign_in("chair")

        def gone(*args, **kwargs):
            raise IntegrityError("FOREIGN KEY constraint failed")

        monkeypatch.setattr("programs.views.reviews.add_comments", gone)
        data = {
            "aksi": "catat",
            "version": plan.version,
            "idempotency_key": str(uuid.uuid4()),
            "catatan": "Lengkapi sumber dananya.",
        }
        answer = client.post(reverse("programs:plan_review", args=[plan.pk]), data)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Lengkapi sumber dananya." in page and "baru saja dihapus" in page


class TestWordsOfTheDatabase:
    def test_a_choice_that_is_gone(self):
        error = IntegrityError("FOREIGN KEY constraint failed")
        assert "salah satu pilihan baru saja dihapus" in constraint_message(error, Person)

    def test_a_record_that_was_just_referred_to(self):
        error = IntegrityError(
            'update or delete on table "programs_person" violates foreign key constraint "x"'
        )
        assert "Tidak dapat dihapus" in constraint_message(error, Person)

    def test_a_deadlock_is_a_conflict(self):
        cause = Exception()
        cause.pgcode = DEADLOCK
        with pytest.raises(IntegrityError) as refused, deadlock_as_conflict():
            raise OperationalError("deadlock detected") from cause
        assert "pada saat yang sama" in constraint_message(refused.value, Person)

    def test_another_error_of_the_database_is_not(self):
        with pytest.raises(OperationalError), deadlock_as_conflict():
            raise OperationalError("disk full")
