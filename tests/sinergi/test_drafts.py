"""
The long forms keep their text in the browser; what the server says for that: which form it is, and
what has arrived.
"""

import uuid

import pytest
from django.urls import reverse

from tests import factories

pytestmark = [pytest.mark.django_db]


class Records:
    """A team with something of each kind that is written in a long form."""

    def __init__(self):
        self.team = factories.team()
        self.plan = factories.plan(self.team)
        self.reviewed = factories.plan(self.team, year=2020, state="submitted")
        self.case = factories.case(self.team)
        self.commitment = factories.commitment(self.team, case=self.case)
        self.decree = factories.decree(self.team, state="drafting")


@pytest.fixture(scope="class")
def records(shared_world):
    return Records()


LONG = {
    "plan": ("programs:plan_create", lambda d: d.team.pk),
    "its introduction": ("programs:plan_note", lambda d: d.plan.pk),
    "activity": ("programs:activity_create", lambda d: d.plan.pk),
    "activity again": ("programs:activity_update", lambda d: d.plan.activities.get().pk),
    "expense": ("programs:expense_create", lambda d: d.plan.activities.get().pk),
    "review": ("programs:plan_review", lambda d: d.reviewed.pk),
    "case": ("advocacy:case_create", None),
    "case again": ("advocacy:case_update", lambda d: d.case.pk),
    "stage": ("advocacy:case_move", lambda d: d.case.pk),
    "commitment": ("advocacy:commitment_create", None),
    "commitment again": ("advocacy:commitment_update", lambda d: d.commitment.pk),
    "decree": ("programs:decree_create", lambda d: d.team.pk),
    "decree again": ("programs:decree_update", lambda d: d.decree.pk),
    "member": ("programs:membership_create", lambda d: d.team.pk),
    "meeting": ("advocacy:meeting_create", None),
}


class TestEveryLongForm:
    @pytest.mark.parametrize("form", LONG)
    def test_has_a_draft_of_its_own(self, client, sign_in, records, form):
        sign_in("secretariat")
        name, key = LONG[form]
        url = reverse(name, args=[key(records)] if key else [])
        page = client.get(url).content.decode()
        assert (
            page.count("data-draft=") == 1
            and "data-shown" not in page
            and "data-draft-sent" not in page
        )
        assert (
            'id="draft-offer" hidden' in page
            and "data-draft-sign" in page
            and "data-connection" in page
        )
        assert f'data-draft="{url}"' in page or form == "meeting"

    def test_of_one_team_is_not_offered_to_another(self, client, sign_in, records):
        sign_in("administrator", province_code=None)
        url = f"{reverse('advocacy:case_create')}?tim={records.team.pk}"
        assert f'data-draft="{url}"' in client.get(url).content.decode()

    def test_a_change_says_of_which_version(self, client, sign_in, records):
        sign_in("secretariat")
        page = client.get(reverse("advocacy:case_update", args=[records.case.pk])).content.decode()
        records.case.refresh_from_db()
        assert f'data-version="{records.case.version}"' in page


class TestWhatTheAnswerSays:
    def test_a_form_in_error_holds_what_was_typed(self, client, sign_in, records):
        sign_in("secretariat")
        answer = client.post(
            reverse("programs:activity_create", args=[records.plan.pk]), {"title": "Kunjungan"}
        )
        page = answer.content.decode()
        assert answer.status_code == 422 and "data-shown" in page and "data-draft-sent" not in page

    def test_what_was_stored_has_arrived(self, client, sign_in, records):
        sign_in("secretariat")
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "year": "2031",
            "period": "year",
            "note": "Tema.",
        }
        page = client.post(
            reverse("programs:plan_create", args=[records.team.pk]), data, follow=True
        ).content.decode()
        assert "data-draft-sent" in page

    def test_a_comment_sent_twice_has_arrived_twice(self, client, sign_in, records):
        sign_in("chair")
        data = {
            "version": records.reviewed.version,
            "idempotency_key": str(uuid.uuid4()),
            "aksi": "catat",
            "catatan": "Kurang.",
        }
        for _ in range(2):
            page = client.post(
                reverse("programs:plan_review", args=[records.reviewed.pk]), data, follow=True
            ).content.decode()
            assert "data-draft-sent" in page and "1 catatan disimpan." in page
        assert records.reviewed.comments.count() == 1

    def test_a_step_of_a_record_has_arrived(self, client, sign_in, records):
        sign_in("secretariat")
        url = reverse("programs:plan_submit", args=[records.plan.pk])
        page = client.post(
            url, {"version": factories.fresh(records.plan).version}, follow=True
        ).content.decode()
        assert "data-draft-sent" in page
