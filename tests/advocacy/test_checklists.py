"""Checklists and their versions: who sees them, what the database holds, what may be done when."""

import pytest
from django.urls import reverse

from advocacy.actions import begin_draft, create_sample, publish_draft, save_questions
from advocacy.checklist_sample import SAMPLE
from advocacy.models import Checklist, ChecklistVersion
from advocacy.questions import write_questions
from sinergi.kit.models import FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.constraints import kept, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return factories.user("administrator")


def names_seen(user):
    return set(Checklist.objects.visible_to(user).values_list("name", flat=True))


class TestWhoSees:
    @pytest.fixture(autouse=True)
    def three(self, boss):
        factories.province("11")
        factories.checklist(by=boss, name="Indonesia", province_code=None)
        factories.checklist(by=boss, name="Babel")
        factories.checklist(by=boss, name="Aceh", province_code="11")

    @pytest.mark.parametrize("role", ["administrator", "secretariat", "chair", "member"])
    def test_a_provinces_own_and_the_countrys(self, role):
        assert names_seen(factories.user(role)) == {"Indonesia", "Babel"}

    def test_a_regencys_officer_those_of_the_province(self):
        officer = factories.user("regency_officer", regency_code="19.01")
        assert names_seen(officer) == {"Indonesia", "Babel"}

    def test_who_works_everywhere_all(self):
        national = factories.user("observer", province_code=None)
        assert names_seen(national) == {"Indonesia", "Babel", "Aceh"}

    def test_who_has_no_role_none(self):
        assert names_seen(factories.user()) == set()

    def test_the_countrys_is_changed_by_who_may_everywhere(self, boss):
        mine = Checklist.objects.visible_to(boss, "advocacy.change_checklist")
        assert set(mine.values_list("name", flat=True)) == {"Babel"}
        everywhere = factories.user("administrator", province_code=None)
        assert Checklist.objects.visible_to(everywhere, "advocacy.change_checklist").count() == 3

    @pytest.mark.parametrize(
        ("role", "where"),
        [
            ("administrator", {}),
            ("regency_officer", {"regency_code": "19.01"}),
            ("observer", {"province_code": None}),
            ("secretariat", {"province_code": "11"}),
        ],
    )
    @pytest.mark.parametrize("permission", [None, "advocacy.change_checklist"])
    def test_what_is_not_stored_any_more_is_judged_alike(self, role, where, permission):
        user = factories.user(role, **where)
        rows = Checklist.objects.all()
        shown = {row.pk for row in rows if rows.would_show(user, row, permission)}
        assert shown == set(rows.visible_to(user, permission).values_list("pk", flat=True))

    def test_versions_as_their_checklists(self):
        user = factories.user("member")
        rows = ChecklistVersion.objects.visible_to(user)
        assert {row.checklist.name for row in rows.select_related("checklist")} == {
            "Indonesia",
            "Babel",
        }
        assert all(rows.would_show(user, row) for row in rows)

    def test_pages_of_the_countrys_are_read_and_not_changed(self, client, sign_in, boss):
        sign_in(boss)
        row = Checklist.objects.get(name="Indonesia")
        page = client.get(row.get_absolute_url())
        assert page.status_code == 200 and "Ubah keterangan" not in page.content.decode()
        assert client.get(row.versions.get().get_absolute_url()).status_code == 200
        for name in ("update", "begin", "withdraw"):
            url = reverse(f"advocacy:checklist_{name}", args=[row.pk])
            assert client.get(url).status_code == 403, name
        url = reverse("advocacy:checklist_publish", args=[row.versions.get().pk])
        assert client.post(url, {"version": 1}).status_code == 403

    def test_pages_of_another_province_do_not_exist(self, client, sign_in, boss):
        sign_in(boss)
        row = Checklist.objects.get(name="Aceh")
        assert client.get(row.get_absolute_url()).status_code == 404
        assert client.get(row.versions.get().get_absolute_url()).status_code == 404

    def test_the_admin_looks_the_countrys_up(self, client, sign_in, boss):
        sign_in(boss)
        row = Checklist.objects.get(name="Indonesia")
        assert client.get(f"/admin/advocacy/checklist/{row.pk}/change/").status_code == 200
        row = Checklist.objects.get(name="Aceh")
        assert client.get(f"/admin/advocacy/checklist/{row.pk}/change/").status_code == 302


@pytest.mark.both("the constraints")
class TestWhatTheDatabaseHolds:
    def test_a_number_once(self, boss):
        row = factories.checklist(by=boss)
        draft = factories.next_version(row, by=boss)
        refused(draft, number=1)
        kept(draft, number=3)

    def test_one_draft(self, boss):
        row = factories.checklist(by=boss)
        factories.next_version(row, by=boss)
        published = row.versions.published().get()
        refused(published, state="draft", published_at=None, published_by=None)

    def test_published_has_its_stamps_and_a_draft_none(self, boss):
        row = factories.checklist(by=boss)
        published = row.versions.get()
        refused(published, published_at=None)
        refused(published, published_by=None)
        refused(published, state="draft")
        kept(published, state="draft", published_at=None, published_by=None)

    def test_withdrawn_with_a_reason(self, boss):
        row = factories.checklist(by=boss)
        refused(row, withdrawn_at=row.created_at)
        refused(row, withdraw_reason="Tanpa hari")
        kept(row, withdrawn_at=row.created_at, withdraw_reason="Diganti.")


class TestPublish:
    def test_it_is_stamped_and_frozen(self, boss):
        version = factories.checklist(by=boss).versions.get()
        assert version.published_by == boss and version.published_at and not version.is_draft
        version.questions = []
        with pytest.raises(FrozenRecord, match="sudah diterbitkan"):
            version.save_as(by=boss)
        with pytest.raises(FrozenRecord):
            save_questions(draft=version.stored(), questions=[], by=boss, version=version.version)
        assert len(version.stored().asked) == 3

    def test_not_twice(self, boss):
        version = factories.checklist(by=boss).versions.get()
        with pytest.raises(TransitionError):
            publish_draft(draft=version, by=boss, version=version.version)

    def test_not_without_questions(self, boss):
        row = factories.checklist(by=boss, asked=[], state="draft")
        with pytest.raises(TransitionError, match="masih kosong"):
            publish_draft(draft=row.versions.get(), by=boss, version=1)

    def test_only_what_was_shown(self, boss):
        row = factories.checklist(by=boss, state="draft")
        draft = row.versions.get()
        save_questions(draft=draft.stored(), questions=factories.questions(5), by=boss, version=1)
        with pytest.raises(StaleRecord):
            publish_draft(draft=draft.stored(), by=boss, version=1)
        assert row.versions.drafts().exists()

    def test_not_what_was_set_on_this_copy_alone(self, boss):
        draft = factories.checklist(by=boss, state="draft").versions.get()
        draft.questions = write_questions([])
        publish_draft(draft=draft, by=boss, version=1)
        assert len(draft.stored().asked) == 3

    def test_nothing_of_a_withdrawn_checklist(self, boss):
        row = factories.checklist(by=boss)
        draft = factories.next_version(row, by=boss)
        row.refresh_from_db()
        row.withdraw(by=boss, reason="Diganti.")
        with pytest.raises(FrozenRecord, match="sudah ditarik"):
            publish_draft(draft=draft, by=boss, version=draft.version)
        with pytest.raises(TransitionError, match="sudah ditarik"):
            save_questions(draft=draft, questions=[], by=boss, version=draft.version)
        assert draft.stored().is_draft


class TestNextVersion:
    def test_begins_as_a_copy_of_the_published_one(self, boss):
        row = factories.checklist(by=boss)
        draft = factories.next_version(row, by=boss)
        first = row.versions.get(number=1)
        assert (draft.number, draft.asked, draft.last_key) == (2, first.asked, first.last_key)

    def test_changes_nothing_of_the_one_before(self, boss):
        row = factories.checklist(by=boss)
        before = row.versions.get().asked
        factories.next_version(row, by=boss, asked=factories.questions(6), publish=True)
        assert row.versions.get(number=1).asked == before
        assert len(row.versions.in_force().asked) == 6

    def test_a_removed_key_is_not_given_again(self, boss):
        row = factories.checklist(by=boss)
        factories.next_version(row, by=boss, asked=[], publish=False)
        draft = row.versions.drafts().get()
        again = factories.questions(3)
        save_questions(draft=draft, questions=again, by=boss, version=draft.version)
        old = {one.key for one in row.versions.get(number=1).asked}
        assert old.isdisjoint(one.key for one in draft.stored().asked)

    def test_not_beside_a_draft(self, boss):
        row = factories.checklist(by=boss)
        factories.next_version(row, by=boss)
        with pytest.raises(TransitionError, match="sudah mempunyai draf"):
            factories.next_version(row, by=boss)

    def test_not_of_what_was_changed_meanwhile(self, boss):
        row = factories.checklist(by=boss)
        with pytest.raises(StaleRecord):
            begin_draft(checklist=row, by=boss, version=row.version - 1)

    def test_not_of_a_withdrawn_checklist(self, boss):
        row = factories.checklist(by=boss)
        row.withdraw(by=boss, reason="Diganti.")
        with pytest.raises(FrozenRecord, match="sudah ditarik"):
            factories.next_version(row, by=boss)


class TestWithdraw:
    def test_with_a_reason_and_once(self, boss):
        row = factories.checklist(by=boss)
        with pytest.raises(TransitionError, match="alasannya"):
            row.withdraw(by=boss, reason="  ")
        row.withdraw(by=boss, reason=" Diganti. ")
        assert row.stored().withdraw_reason == "Diganti." and row.withdrawn_by == boss
        assert str(row.status) == "Ditarik"
        with pytest.raises(TransitionError, match="sudah ditarik"):
            row.withdraw(by=boss, reason="Lagi.")
        row.name = "Lain"
        with pytest.raises(FrozenRecord, match="sudah ditarik"):
            row.save_as(by=boss)

    def test_what_was_published_is_read_on(self, boss):
        row = factories.checklist(by=boss)
        row.withdraw(by=boss, reason="Diganti.")
        assert len(row.versions.in_force().asked) == 3


class TestChecklist:
    def test_how_it_stands(self, boss):
        draft = factories.checklist(by=boss, state="draft")
        assert (str(draft.status), draft.version_text) == ("Belum diterbitkan", "")
        published = factories.checklist(by=boss)
        assert str(published.status) == "Berlaku"
        assert published.version_text.startswith("Versi 1 sejak ")

    def test_its_level_stays_once_it_was_published(self, boss):
        row = factories.checklist(by=boss, state="draft")
        row.level = "regency"
        row.full_clean()
        row = factories.checklist(by=boss)
        row.level = "regency"
        with pytest.raises(Exception, match="tingkat ini"):
            row.full_clean()

    def test_questions_that_are_none_are_not_stored_by_a_form(self, boss):
        version = factories.checklist(by=boss, state="draft").versions.get()
        version.questions = [{"text": "tanpa kunci"}]
        with pytest.raises(Exception, match="tidak terbaca"):
            version.full_clean()

    def test_the_sample_is_a_draft_that_is_marked(self, boss):
        row = create_sample(province=factories.province(), by=boss)
        draft = row.versions.get()
        assert row.is_sample and draft.is_draft and row.province_id == "19"
        assert [one.text for one in draft.asked] == [one.text for one in SAMPLE]
        draft.full_clean()
