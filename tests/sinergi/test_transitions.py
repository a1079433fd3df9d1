"""
A transition writes its own columns only, in the row and in its history, and judges what is stored.
"""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from programs.actions import record_signature, submit_plan
from programs.models import AccountEvent, Decree, PlanComment, PlanSubmission
from sinergi.kit.models import FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from sinergi.kit.uploads import SafeFile
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both("which columns a write changes")]

OTHER = "Disisipkan"
SIGNED = {
    "number": "7/2018",
    "signed_on": factories.FOUNDED,
    "signed_in": "Pangkalpinang",
    "signer": "",
    "effective_from": factories.FOUNDED,
    "effective_until": None,
}


def scan():
    return SafeFile(ContentFile(b"%PDF-1.7 pindaian"), "application/pdf", "sk.pdf")


def scanned(decree):
    decree.keep_scan(scan(), by=None)
    return decree


def planned():
    return factories.meeting(factories.team())


def minutes(state):
    return factories.minutes(factories.team(), by=factories.user(), state=state)


def decree(state):
    return factories.decree(factories.team(), state=state)


def plan(state):
    return factories.plan(factories.team(), by=factories.user(), state=state)


def submission():
    return plan("submitted").submissions.get()


def comment():
    return PlanComment(plan=plan("submitted"), round=1, text="Kapan?").save_as(by=None)


def commitment(withdrawn=False):
    made = factories.commitment(factories.team())
    return made.withdraw(by=None, reason="Batal.") if withdrawn else made


def assignment():
    return factories.user("member").assignments.get()


def tie(meeting, activity):
    meeting.tie(activity, by=None)


def activity_of(meeting):
    return factories.activity(
        meeting.team.plans.first() or factories.plan(meeting.team, activities=0)
    )


#: What is made, what moves it, and a column that is none of the transition's.
TRANSITIONS = {
    "meeting held": (planned, lambda row: row.hold(by=None), "title"),
    "meeting called off": (planned, lambda row: row.cancel(by=None, reason="Batal."), "title"),
    "minutes handed in": (lambda: minutes("held"), lambda row: row.submit(by=None), "title"),
    "minutes approved": (lambda: minutes("submitted"), lambda row: row.approve(by=None), "title"),
    "minutes returned": (
        lambda: minutes("submitted"),
        lambda row: row.send_back(by=None, reason="Lengkapi."),
        "points",
    ),
    "minutes reopened": (
        lambda: minutes("approved"),
        lambda row: row.reopen(by=None, reason="Keliru."),
        "title",
    ),
    "minutes tied": (lambda: minutes("approved"), lambda row: tie(row, activity_of(row)), "title"),
    "follow-up closed": (
        lambda: minutes("approved").followups.get(),
        lambda row: row.close(by=factories.user("secretariat"), note="Selesai."),
        "what",
    ),
    "decree handed in": (lambda: decree("drafting"), lambda row: row.submit(by=None), "about"),
    "decree returned": (
        lambda: decree("submitted"),
        lambda row: row.send_back(by=None, reason="Perbaiki."),
        "diktum",
    ),
    "scan kept": (lambda: decree("submitted"), lambda row: row.keep_scan(scan(), by=None), "about"),
    "decree signed": (
        lambda: scanned(decree("submitted")),
        lambda row: record_signature(decree=row, by=None, **SIGNED),
        "considerations",
    ),
    "decree revoked": (
        lambda: decree("signed"),
        lambda row: row.revoke(by=None, last_day=date(2019, 6, 1), reason="Diganti."),
        "about",
    ),
    "plan handed in": (lambda: plan("draft"), lambda row: row.submit(by=None), "note"),
    "plan returned": (
        lambda: plan("submitted"),
        lambda row: row.send_back(by=None, reason="Lengkapi."),
        "note",
    ),
    "plan approved": (lambda: plan("submitted"), lambda row: row.approve(by=None), "note"),
    "plan revised": (
        lambda: plan("approved"),
        lambda row: row.revise(by=None, reason="Berubah."),
        "note",
    ),
    "submission decided": (submission, lambda row: row.decide("approved", by=None), "content"),
    "comment resolved": (comment, lambda row: row.resolve(by=None), "text"),
    "promise taken back": (
        commitment,
        lambda row: row.withdraw(by=None, reason="Batal."),
        "description",
    ),
    "promise renewed": (
        lambda: commitment(withdrawn=True),
        lambda row: row.renew(by=None),
        "description",
    ),
    "assignment ended": (
        assignment,
        lambda row: row.end(by=factories.user("administrator"), reason="Pindah."),
        "role",
    ),
}


@pytest.mark.parametrize("name", TRANSITIONS)
def test_carries_no_changed_text_along(name):
    make, move, column = TRANSITIONS[name]
    row = make()
    row = type(row)._base_manager.get(pk=row.pk)
    before, version = getattr(row, column), row.version
    setattr(row, column, OTHER)
    move(row)
    stored = type(row)._base_manager.get(pk=row.pk)
    assert getattr(stored, column) == before
    assert stored.version == version + 1
    last = stored.history.order_by("history_id").last()
    assert (last.version, getattr(last, column)) == (
        stored.version,
        before,
    ), "its history says what is stored"
    assert getattr(row, column) == before, "so does the copy that moved"


@pytest.mark.parametrize("name", TRANSITIONS)
def test_of_two_copies_the_second_is_told(name):
    make, move, _ = TRANSITIONS[name]
    row = make()
    one, two = (type(row)._base_manager.get(pk=row.pk) for _ in range(2))
    move(one)
    after = type(row)._base_manager.get(pk=row.pk).version
    with pytest.raises((StaleRecord, TransitionError)):
        move(two)
    assert type(row)._base_manager.get(pk=row.pk).version == after


def test_the_stored_state_decides_and_not_the_one_on_the_copy():
    meeting = minutes("approved")
    meeting.state = "submitted"
    with pytest.raises(StaleRecord):
        meeting.send_back(by=None, reason="Lengkapi.")
    assert meeting.stored().state == "approved"


def test_what_is_missing_is_judged_by_what_is_stored():
    draft = decree("drafting")
    Decree.objects.filter(pk=draft.pk).update(diktum="")
    draft.diktum = "Diisi tanpa disimpan."
    with pytest.raises(TransitionError, match="diktumnya"):
        draft.submit(by=None)
    assert draft.stored().state == "drafting"


def test_approved_minutes_keep_the_chair_that_is_stored():
    meeting = minutes("submitted")
    chair = meeting.chair.name
    meeting.chair = factories.person("Lain")
    meeting.approve(by=None)
    assert meeting.stored().kept["chair"]["name"] == chair == meeting.chair.name


class TestSubmission:
    """What was handed in is final from its first moment, and decided once."""

    def test_its_content_is_not_written(self):
        row = submission()
        row.content = row.content | {"note": OTHER}
        with pytest.raises(FrozenRecord):
            row.save_as(by=None)
        with pytest.raises(FrozenRecord):
            row.delete_as(by=None)
        assert OTHER not in str(PlanSubmission.objects.get(pk=row.pk).content)

    def test_it_is_kept_by_handing_in(self):
        made = plan("draft")
        assert submit_plan(plan=made, by=None).content == made.submissions.get().content

    def test_it_is_decided_once(self):
        row = submission()
        row.decide("approved", by=None)
        with pytest.raises(TransitionError, match="sudah ditinjau"):
            row.decide("returned", by=None, reason="Ternyata kurang.")
        row.outcome = ""
        with pytest.raises(StaleRecord):
            row.decide("returned", by=None, reason="Ternyata kurang.")
        stored = PlanSubmission.objects.get(pk=row.pk)
        assert (stored.outcome, stored.reason) == ("approved", "")

    def test_an_account_event_too(self):
        event = AccountEvent.objects.note(factories.user(), AccountEvent.Kind.INVITED, by=None)
        with pytest.raises(FrozenRecord):
            event.save_as(by=None)
        assert event.history.count() == 1


def test_it_is_stamped_with_who_moved_it():
    chair, meeting = factories.user("chair"), minutes("submitted")
    meeting.approve(by=chair)
    stored = meeting.stored()
    assert stored.updated_by == stored.approved_by == chair
    assert stored.history.order_by("history_id").last().history_user == chair
