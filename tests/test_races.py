"""
Two real requests at the same moment, on PostgreSQL; each race with its negative control: with the
guard taken away the second request does the damage, so the test would notice.
"""

import contextlib
import threading
import time
import uuid
from datetime import date
from functools import partial

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.files.base import ContentFile
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

from advocacy.actions import VisitReport, add_photo, record_visit
from advocacy.models import (
    AdvocacyCase,
    Checklist,
    ChecklistVersion,
    Commitment,
    FollowUp,
    MediaCoverage,
    Meeting,
    Realisation,
    RecommendationAnswer,
    Visit,
    VisitPhoto,
)
from advocacy.models.media import LinkKeyField
from programs.actions import funding
from programs.models import (
    Assignment,
    BudgetLine,
    Decree,
    FundingSource,
    Membership,
    Person,
    PlanComment,
    PlannedActivity,
    PlanSubmission,
    Team,
    WorkPlan,
)
from programs.views.accounts import AccountDisable
from sinergi.accounts import forms as account_forms
from sinergi.accounts.admin import AccountAdmin
from sinergi.accounts.forms import ChoosePasswordForm
from sinergi.accounts.models import Export, User
from sinergi.kit import bulk
from sinergi.kit.admin import RefusalMixin, ScopedAdmin
from sinergi.kit.exports import ListExport
from sinergi.kit.models import Duplicate, Record
from sinergi.kit.uploads import SafeFile
from tests import factories
from tests.sinergi.test_accounts import attempt
from tests.sinergi.test_second_factor import CODE, code_of
from tests.villages.importing import batch_of, row
from tests.villages.reporting import LAST, FilledSheet, reported
from villages import actions as regions
from villages.actions import RegionChanges
from villages.imports import batches, report_apply
from villages.imports.report_plan import report_plan_of
from villages.models import (
    ImportBatch,
    Library,
    LibraryReport,
    Participation,
    Province,
    Village,
)
from villages.views import regions as region_views

pytestmark = pytest.mark.django_db(transaction=True)


#: Whose methods wait for the other request.
MEETING = (
    Library,
    Meeting,
    ImportBatch,
    Membership,
    Decree,
    WorkPlan,
    PlannedActivity,
    PlanComment,
)
MEETING += (
    Person,
    FundingSource,
    AdvocacyCase,
    Commitment,
    MediaCoverage,
    Realisation,
    User,
    Assignment,
    Team,
    RegionChanges,
    Checklist,
    ChecklistVersion,
    Visit,
    LibraryReport,
)


@pytest.fixture
def account():
    return factories.user("secretariat")


def at_once(account, *requests, meet_in=None, monkeypatch=None):
    """
    Send the requests together and give back their statuses: (url, data), or (url, data, account) of
    another account. With `meet_in` (owner, method name) both have reached that method before either
    goes on: the worst moment.
    """

    def signed_in(sender):
        client = Client(raise_request_exception=False)
        client.force_login(sender, backend="sinergi.accounts.backends.RoleBackend")
        return client

    # Signing in writes the account's row: before any request, or it waits for one that holds it.
    clients = [signed_in(request[2] if len(request) > 2 else account) for request in requests]
    calls = [
        partial(client.post, *request[:2])
        for client, request in zip(clients, requests, strict=True)
    ]
    answers = in_threads(*calls, meet_in=meet_in, monkeypatch=monkeypatch)
    return sorted(answer.status_code for answer in answers)


def in_threads(*calls, meet_in=None, monkeypatch=None):
    """
    Call all together and give back what they returned or raised. `meet_in` as in `at_once`: its
    method waits for the other in models of MEETING, and in the owner itself.
    """
    barrier = threading.Barrier(len(calls), timeout=10)
    if meet_in:
        owner, name = meet_in
        original = getattr(owner, name)

        def wait_for_the_other(self, *args, **kwargs):
            one = self[0] if isinstance(self, list) and self else self
            if isinstance(one, MEETING) or type(one) is owner:
                with contextlib.suppress(threading.BrokenBarrierError):
                    barrier.wait(timeout=2)
            return original(self, *args, **kwargs)

        monkeypatch.setattr(owner, name, wait_for_the_other)
    outcomes = {}

    def run(number, call):
        try:
            outcomes[number] = call()
        except Exception as error:  # an outcome, which the test looks at
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=numbered) for numbered in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcomes[number] for number in sorted(outcomes)]


def two_edits(library):
    url = f"/perpustakaan/{library.pk}/ubah/"
    return [
        (url, {"name": library.name, "head": head, "version": library.version})
        for head in ("Satu", "Dua")
    ]


def test_of_two_edits_one_is_refused(account, monkeypatch):
    library = factories.library(by=account)
    assert at_once(
        account, *two_edits(library), meet_in=(Record, "_claim"), monkeypatch=monkeypatch
    ) == [302, 409]
    library.refresh_from_db()
    assert library.version == 2


def test_control_without_the_version_both_write(account, monkeypatch):
    library = factories.library(by=account)
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    assert at_once(
        account, *two_edits(library), meet_in=(Record, "_claim"), monkeypatch=monkeypatch
    ) == [302, 302]


def two_sendings(village, key):
    data = {"name": "Perpustakaan", "idempotency_key": key}
    return [(f"/wilayah/{village.pk}/perpustakaan/baru/", data)] * 2


def test_the_same_form_twice_at_once_makes_one_record(account, monkeypatch):
    requests = two_sendings(factories.village(), str(uuid.uuid4()))
    assert at_once(account, *requests, meet_in=(Record, "save_as"), monkeypatch=monkeypatch) == [
        302,
        302,
    ]
    assert Library.objects.count() == 1


def test_control_without_a_key_the_second_is_an_error(account, monkeypatch):
    """
    Only the key makes the second sending a success: without it the place's constraint refuses it.
    """
    requests = two_sendings(factories.village(), "")
    assert at_once(account, *requests, meet_in=(Record, "save_as"), monkeypatch=monkeypatch) == [
        302,
        422,
    ]
    assert Library.objects.count() == 1


def two_meetings(team, meeting_data, key):
    return [("/rapat/baru/", meeting_data(team, idempotency_key=key))] * 2


def test_the_meeting_form_twice_at_once_makes_one_meeting(account, meeting_data, monkeypatch):
    requests = two_meetings(factories.team(), meeting_data, str(uuid.uuid4()))
    assert at_once(account, *requests, meet_in=(Record, "save_as"), monkeypatch=monkeypatch) == [
        302,
        302,
    ]
    assert Meeting.objects.count() == 1


def test_control_without_the_key_there_are_two_meetings(account, meeting_data, monkeypatch):
    requests = two_meetings(factories.team(), meeting_data, "")
    assert at_once(account, *requests, meet_in=(Record, "save_as"), monkeypatch=monkeypatch) == [
        302,
        302,
    ]
    assert Meeting.objects.count() == 2


def test_approved_and_returned_at_once_only_one_holds(monkeypatch):
    chair = factories.user("chair")
    meeting = factories.minutes(factories.team(), by=chair, state="submitted")
    url = meeting.get_absolute_url()
    requests = [
        (f"{url}sahkan/", {"version": meeting.version}),
        (f"{url}kembalikan/", {"version": meeting.version, "reason": "Kurang."}),
    ]
    assert at_once(chair, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch) == [
        302,
        422,
    ]
    meeting.refresh_from_db()
    assert (meeting.approved_at is None) != (meeting.returned_at is None)


def decided_and_taken_back(sender, decision):
    meeting = factories.minutes(factories.team(), by=sender, state="submitted")
    url, data = meeting.get_absolute_url(), {"version": meeting.version}
    decided = (f"{url}{decision}/", data | {"reason": "Kurang."}, factories.user("chair"))
    return meeting, [decided, (f"{url}tarik-kembali/", data, sender)]


@pytest.mark.parametrize("decision", ["sahkan", "kembalikan"])
def test_decided_and_taken_back_at_once_only_one_holds(account, monkeypatch, decision):
    meeting, requests = decided_and_taken_back(account, decision)
    assert at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch) == [
        302,
        422,
    ]
    meeting.refresh_from_db()
    assert (meeting.state == "held") == (meeting.taken_back_at is not None)
    assert (meeting.approved_at or meeting.returned_at) is None or meeting.taken_back_at is None


def test_control_without_the_claim_they_are_returned_and_taken_back(account, monkeypatch):
    """Of approved minutes the constraint on their kept words would stop one of the two."""
    meeting, requests = decided_and_taken_back(account, "kembalikan")
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    answers = at_once(
        account, *requests, meet_in=(Record, "_put_back_all_but"), monkeypatch=monkeypatch
    )
    meeting.refresh_from_db()
    assert answers == [302, 302] and meeting.returned_at and meeting.taken_back_at


def ready_import(rows):
    """Return a batch without questions, and the request that applies it as it is shown now."""
    batch = batch_of(*rows)
    return batch, (batch.get_absolute_url(), apply_data(batch))


def apply_data(batch):
    return {
        "version": batch.version,
        "rencana": batches.plan_of(batch).fingerprint,
        "aksi": "terapkan",
    }


@pytest.fixture
def administrator():
    factories.regions()
    return factories.user("administrator")


def test_one_import_applied_by_two_people_at_once_is_applied_once(administrator, monkeypatch):
    batch, request = ready_import([row("Kapuk"), row("Kimak")])
    at_once(
        administrator,
        request,
        request,
        meet_in=(ImportBatch, "mark_applied"),
        monkeypatch=monkeypatch,
    )
    batch.refresh_from_db()
    assert (
        batch.state == "applied"
        and batch.rows.count() == Library.objects.count() == Participation.objects.count() == 2
    )


def test_control_without_the_claim_the_second_is_stopped_by_the_constraints_alone(
    administrator, monkeypatch
):
    """
    Both write; only the place's constraint stops the second, and it is told so in words (409).
    """
    _, request = ready_import([row("Kapuk")])
    monkeypatch.setattr(ImportBatch, "mark_applied", lambda self, by, version: self)
    answers = at_once(
        administrator,
        request,
        request,
        meet_in=(ImportBatch, "mark_applied"),
        monkeypatch=monkeypatch,
    )
    assert answers == [302, 409] and Library.objects.count() == 1


def test_two_imports_of_the_same_villages_at_once_do_not_double(administrator, monkeypatch):
    requests = [
        ready_import([row("Kapuk"), row("Kimak")])[1],
        ready_import([row("Kimak"), row("Rebo")])[1],
    ]
    answers = at_once(
        administrator, *requests, meet_in=(ImportBatch, "mark_applied"), monkeypatch=monkeypatch
    )
    assert answers == [302, 409]
    assert Library.objects.count() == Participation.objects.count() == 2, (
        "all of one, nothing of the other"
    )


def test_an_import_and_an_edit_at_once_the_second_is_told(administrator, monkeypatch):
    library = factories.library(Village.objects.get(pk="19.01.06.2002"), by=administrator)
    _, request = ready_import([row("Kapuk", head="Dari daftar")])
    edit = (
        f"/perpustakaan/{library.pk}/ubah/",
        {"name": library.name, "head": "Tangan", "version": library.version},
    )
    real = bulk.update

    def wait_then_update(*args, **kwargs):
        time.sleep(0.5)  # the edit is through by then
        return real(*args, **kwargs)

    monkeypatch.setattr(bulk, "update", wait_then_update)
    assert at_once(administrator, request, edit) == [302, 409]
    library.refresh_from_db()
    assert (library.head, library.version) == ("Tangan", 2)


# The team ---------------------------------------------------------------------------------------
def ready_sheet(filled, **figures):
    """Return a sheet of reports with these figures, and the request that stores it as shown."""
    for code, visitors in figures.items():
        filled.put(f"19.01.06.{code[1:]}", "visitors", visitors)
    batch = filled.batch(None)
    return batch, (batch.get_absolute_url(), {"rencana": report_plan_of(batch).fingerprint})


@pytest.fixture
def two_libraries():
    return [reported("19.01.06.2001"), reported("19.01.06.2002")]


def test_one_sheet_stored_by_two_people_at_once_is_stored_once(account, two_libraries, monkeypatch):
    batch, request = ready_sheet(FilledSheet(), _2001=5, _2002=6)
    meet = (ImportBatch, "mark_applied")
    at_once(account, request, request, meet_in=meet, monkeypatch=monkeypatch)
    assert batch.stored().state == "applied"
    assert batch.rows.count() == LibraryReport.objects.count() == 2


def test_two_sheets_of_one_regency_at_once_all_of_one_and_nothing_of_the_other(
    account, two_libraries, monkeypatch
):
    requests = [
        ready_sheet(FilledSheet(), _2001=5)[1],
        ready_sheet(FilledSheet(), _2001=7, _2002=6)[1],
    ]
    meet = (ImportBatch, "mark_applied")
    answers = at_once(account, *requests, meet_in=meet, monkeypatch=monkeypatch)
    assert answers == [302, 409]
    found = set(LibraryReport.objects.values_list("library__village_id", "visitors"))
    mine, theirs = {("19.01.06.2001", 5)}, {("19.01.06.2001", 7), ("19.01.06.2002", 6)}
    assert found in (mine, theirs)


def two_changes_of_one(account, two_libraries):
    factories.report(two_libraries[0], LAST, by=account, state="draft", visitors=3)
    return [ready_sheet(FilledSheet(), _2001=visitors)[1] for visitors in (5, 7)]


def test_two_sheets_that_change_one_draft_at_once_one_is_told(account, two_libraries, monkeypatch):
    requests = two_changes_of_one(account, two_libraries)
    meet = (ImportBatch, "mark_applied")
    answers = at_once(account, *requests, meet_in=meet, monkeypatch=monkeypatch)
    assert answers == [302, 409]
    report = LibraryReport.objects.get()
    assert report.version == 2 and report.history.filter(history_type="~").count() == 1


def test_control_without_the_version_the_second_sheet_writes_over_the_first(
    account, two_libraries, monkeypatch
):
    requests = two_changes_of_one(account, two_libraries)
    monkeypatch.setattr(report_apply, "_write_columns", write_without_a_version)
    meet = (ImportBatch, "mark_applied")
    answers = at_once(account, *requests, meet_in=meet, monkeypatch=monkeypatch)
    assert answers == [302, 302]
    assert LibraryReport.objects.get().history.filter(history_type="~").count() == 2


def write_without_a_version(changed, by):
    for report, written in changed:
        rows = LibraryReport.objects.filter(pk=report.pk)
        rows.update(**written)
        bulk.keep_history(rows, "~", by=by)


def newcomer(team, name, **changes):
    office = team.memberships.first().institution_id
    data = {
        "idempotency_key": str(uuid.uuid4()),
        "person": "",
        "new_name": name,
        "phone": "",
        "role": "member",
        "institution": office,
    }
    return data | {"position": "", "starts_on": "2019-06-19"} | changes


def two_replacements(team):
    old = team.memberships.get(person__name="Perwakilan Bappeda")
    url = f"/keanggotaan/{old.pk}/ganti/"
    return old, [
        (url, newcomer(team, name, reason="Pindah", replaced_version=old.version))
        for name in ("Satu", "Dua")
    ]


def test_of_two_replacements_of_one_member_one_is_refused(account, monkeypatch):
    old, requests = two_replacements(factories.team())
    assert at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch) == [
        302,
        409,
    ]
    assert Membership.objects.filter(replaces=old).count() == 1
    assert Person.objects.filter(name__in=["Satu", "Dua"]).count() == 1, (
        "nothing of the one that was refused"
    )


def test_control_without_the_version_only_the_constraint_stops_the_second(account, monkeypatch):
    old, requests = two_replacements(factories.team())
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    assert at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch) == [
        302,
        422,
    ]
    assert Membership.objects.filter(replaces=old).count() == 1


def test_the_same_newcomer_sent_twice_at_once_is_one_person(account, monkeypatch):
    team = factories.team()
    request = (f"/tim/{team.pk}/anggota/baru/", newcomer(team, "Satu"))
    assert at_once(
        account, request, request, meet_in=(Membership, "save_submission"), monkeypatch=monkeypatch
    ) == [302, 302]
    assert (
        Person.objects.filter(name="Satu").count()
        == Membership.objects.filter(person__name="Satu").count()
        == 1
    )


def two_chairs():
    team = factories.team(members=[row for row in factories.ROSTER if row[1] != "chair"])
    url = f"/tim/{team.pk}/anggota/baru/"
    return [(url, newcomer(team, name, role="chair")) for name in ("Satu", "Dua")]


def test_two_chairs_at_once_only_one_sits(account, monkeypatch):
    answers = at_once(
        account, *two_chairs(), meet_in=(Membership, "save_submission"), monkeypatch=monkeypatch
    )
    assert answers == [302, 422] and Membership.objects.filter(role="chair").count() == 1


def test_control_without_the_constraint_both_sit(account, monkeypatch):
    requests = two_chairs()
    constraint = next(
        c for c in Membership._meta.constraints if c.name == "programs_membership_one_chair"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(Membership, constraint)
    try:
        answers = at_once(
            account, *requests, meet_in=(Membership, "save_submission"), monkeypatch=monkeypatch
        )
        assert answers == [302, 302] and Membership.objects.filter(role="chair").count() == 2
    finally:
        Membership.objects.filter(person__name="Dua").delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Membership, constraint)


def test_two_decrees_of_a_level_signed_at_once_only_one_holds(monkeypatch):
    team, boss = factories.team(), factories.user("administrator")
    requests = []
    for number in ("1/2018", "2/2018"):
        decree = factories.decree(team, state="submitted")
        decree.keep_scan(SafeFile(ContentFile(b"%PDF-"), "application/pdf", "sk.pdf"), by=boss)
        data = {
            "version": decree.version,
            "number": number,
            "signed_on": "2018-11-28",
            "signed_in": "Pangkalpinang",
        }
        requests.append(
            (
                f"/sk/{decree.pk}/tetapkan/",
                data | {"signer": "", "effective_from": "", "effective_until": ""},
            )
        )
    assert at_once(boss, *requests, meet_in=(Decree, "sign"), monkeypatch=monkeypatch) == [302, 422]
    signed = Decree.objects.get(state="signed")
    assert (
        signed.members.count() == 8 and Decree.objects.get(state="submitted").members.count() == 0
    )


# The work plan ----------------------------------------------------------------------------------
def handing_in_and_editing(account, monkeypatch):
    """Return the plan, and two requests: one submits it, one renames its activity, slowly."""
    plan = factories.plan(factories.team(), by=account)
    real = PlannedActivity.save
    monkeypatch.setattr(
        PlannedActivity, "save", lambda self, **kwargs: (time.sleep(0.5), real(self, **kwargs))
    )
    row = plan.activities.get()
    edit = {
        "version": row.version,
        "role": row.role,
        "title": "Nama baru",
        "way": row.way,
        "target": row.target,
        "unit": row.unit,
        "counted": row.counted,
        "months": ["7", "8"],
        "person_in_charge": row.person_in_charge_id,
    }
    url = plan.get_absolute_url()
    return plan, [(f"{url}ajukan/", {"version": plan.version}), (f"/kegiatan/{row.pk}/ubah/", edit)]


def test_what_is_handed_in_is_what_is_stored(account, monkeypatch):
    """Whoever comes first: the other is told, and the submission says what the plan says."""
    plan, requests = handing_in_and_editing(account, monkeypatch)
    answers = at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch)
    assert answers == [302, 422]
    for submission in PlanSubmission.objects.filter(plan=plan):
        assert submission.content["activities"][0]["title"] == plan.activities.get().title


def test_control_without_the_turn_a_plan_is_handed_in_that_nobody_sees(account, monkeypatch):
    plan, requests = handing_in_and_editing(account, monkeypatch)
    monkeypatch.setattr(WorkPlan, "bump_version", lambda self, by: None)
    for model in (PlannedActivity, BudgetLine):
        monkeypatch.setattr(model, "frozen_when", None)
    answers = at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch)
    assert answers == [302, 302]
    kept = PlanSubmission.objects.get(plan=plan).content["activities"][0]
    assert (kept["title"], plan.activities.get().title) == ("Kegiatan 1", "Nama baru")


def test_a_plan_approved_and_returned_at_once_only_one_holds(account, monkeypatch):
    plan, chair = (
        factories.plan(factories.team(), by=account, state="submitted"),
        factories.user("chair"),
    )
    url = plan.get_absolute_url()
    back = {
        "version": plan.version,
        "idempotency_key": str(uuid.uuid4()),
        "aksi": "kembalikan",
        "catatan": "Kurang.",
    }
    requests = [(f"{url}setujui/", {"version": plan.version}), (f"{url}tinjau/", back)]
    answers = at_once(chair, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch)
    assert answers in ([302, 409], [302, 422])
    plan.refresh_from_db()
    assert plan.submissions.get().outcome == plan.state and plan.state in ("approved", "returned")


@pytest.mark.parametrize(
    ("decided_once", "answers"), [(True, ([302, 409], [302, 422])), (False, ([302, 302],))]
)
def test_control_without_the_version_only_the_submission_stops_the_second(
    account, monkeypatch, decided_once, answers
):
    """It is decided once; without that, too, a plan is both approved and returned."""
    plan, chair = (
        factories.plan(factories.team(), by=account, state="submitted"),
        factories.user("chair"),
    )
    url = plan.get_absolute_url()
    back = {
        "version": plan.version,
        "idempotency_key": str(uuid.uuid4()),
        "aksi": "kembalikan",
        "catatan": "Kurang.",
    }
    requests = [(f"{url}setujui/", {"version": plan.version}), (f"{url}tinjau/", back)]
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    if not decided_once:
        monkeypatch.setattr(PlanSubmission, "decide", lambda self, outcome, by, reason="": None)
    assert at_once(chair, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch) in answers


def test_two_taps_on_saving_a_comment_make_one(account, monkeypatch):
    plan = factories.plan(factories.team(), by=account, state="submitted")
    data = {
        "version": plan.version,
        "idempotency_key": str(uuid.uuid4()),
        "aksi": "catat",
        "catatan": "Sekali.",
    }
    request = (f"{plan.get_absolute_url()}tinjau/", data)
    assert at_once(
        account, request, request, meet_in=(bulk, "insert_records"), monkeypatch=monkeypatch
    ) == [302, 302]
    assert plan.comments.count() == plan.comments.model.history.count() == 1


def test_control_without_the_key_a_comment_tapped_twice_is_there_twice(account, monkeypatch):
    plan = factories.plan(factories.team(), by=account, state="submitted")
    data = {"version": plan.version, "aksi": "catat", "catatan": "Sekali."}
    requests = [
        (f"{plan.get_absolute_url()}tinjau/", data | {"idempotency_key": str(uuid.uuid4())})
        for _ in range(2)
    ]
    assert at_once(
        account, *requests, meet_in=(bulk, "insert_records"), monkeypatch=monkeypatch
    ) == [302, 302]
    assert plan.comments.count() == 2


def two_copies_of_sources(team):
    factories.source(team, year=2020, kind="apbn")
    return [
        (reverse("programs:funding_copy", args=[team.pk]), {"tahun": "2021", "dari": "2020"})
    ] * 2


def test_two_copies_of_a_years_sources_make_one_of_each(account, monkeypatch):
    team = factories.team()
    requests = two_copies_of_sources(team)
    assert at_once(
        account, *requests, meet_in=(bulk, "insert_records"), monkeypatch=monkeypatch
    ) == [302, 302]
    assert (
        team.sources.filter(year=2021).count()
        == FundingSource.history.filter(year=2021).count()
        == 1
    )


def test_control_without_looking_again_the_second_copy_fails(account, monkeypatch):
    requests = two_copies_of_sources(factories.team())
    monkeypatch.setattr(funding, "IntegrityError", KeyError)
    assert at_once(
        account, *requests, meet_in=(bulk, "insert_records"), monkeypatch=monkeypatch
    ) == [302, 500]


def two_plan_sheets():
    plan = factories.plan(factories.team(), activities=0)
    text = "Peran\tKegiatan\tCara\tTarget\tSatuan\tBulan"
    text += "\n1\tSatu\tLainnya\t1\tSK\tJuli\n2\tDua\tLainnya\t1\tSK\tJuli"
    data = {"idempotency_key": str(uuid.uuid4()), "pasted": text, "aksi": "tambahkan"}
    return plan, [(f"{plan.get_absolute_url()}impor/", data)] * 2


def test_a_table_sent_twice_at_once_is_added_once(account, monkeypatch):
    plan, requests = two_plan_sheets()
    assert at_once(
        account, *requests, meet_in=(WorkPlan, "bump_version"), monkeypatch=monkeypatch
    ) == [302, 302]
    assert sorted(plan.activities.values_list("title", flat=True)) == ["Dua", "Satu"]


def test_control_without_looking_again_only_the_key_stops_the_second_table(account, monkeypatch):
    plan, requests = two_plan_sheets()
    monkeypatch.setattr(
        PlannedActivity, "refuse_duplicate", classmethod(lambda cls, *, by, idempotency_key: None)
    )
    assert at_once(
        account, *requests, meet_in=(WorkPlan, "bump_version"), monkeypatch=monkeypatch
    ) == [302, 422]
    assert plan.activities.count() == 2


def test_of_two_plans_of_one_period_one_is_refused(account, monkeypatch):
    team = factories.team()
    url = f"/tim/{team.pk}/rencana/baru/"
    requests = [
        (url, {"idempotency_key": str(uuid.uuid4()), "year": "2019", "period": period})
        for period in ("year", "first_half")
    ]
    assert at_once(account, *requests, meet_in=(Record, "save_as"), monkeypatch=monkeypatch) == [
        302,
        422,
    ]
    assert WorkPlan.objects.count() == 1


# Advocacy ---------------------------------------------------------------------------------------
def two_steps(case):
    url, step = (
        f"/advokasi/{case.pk}/tahap/",
        {"version": case.version, "on": "2019-07-05", "note": "Catatan."},
    )
    return [(url, step | {"stage": stage}) for stage in ("contacted", "declined")]


def test_of_two_steps_of_one_case_one_holds(account, monkeypatch):
    case = factories.case(factories.team())
    assert at_once(
        account, *two_steps(case), meet_in=(Record, "_claim"), monkeypatch=monkeypatch
    ) == [302, 422]
    case.refresh_from_db()
    assert case.steps.count() == 2 and case.steps.last().stage == case.stage


def test_control_without_the_version_both_steps_are_written(account, monkeypatch):
    case = factories.case(factories.team())
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    assert at_once(
        account, *two_steps(case), meet_in=(Record, "_claim"), monkeypatch=monkeypatch
    ) == [302, 302]
    assert case.steps.count() == 3


def two_publications(team):
    data = {
        "title": "Berita",
        "outlet": "Media cetak",
        "published_on": "2019-07-22",
        "link": "https://example.com/berita",
    }
    return [("/publikasi/baru/", data | {"idempotency_key": str(uuid.uuid4())}) for _ in range(2)]


def test_one_publication_noted_by_two_people_at_once_is_noted_once(account, monkeypatch):
    requests = two_publications(factories.team())
    assert at_once(account, *requests, meet_in=(Record, "save_as"), monkeypatch=monkeypatch) == [
        302,
        422,
    ]
    assert MediaCoverage.objects.count() == 1


def test_control_without_the_links_key_it_is_noted_twice(account, monkeypatch):
    requests = two_publications(factories.team())
    monkeypatch.setattr(LinkKeyField, "pre_save", lambda self, row, add: str(uuid.uuid4()))
    assert at_once(account, *requests, meet_in=(Record, "save_as"), monkeypatch=monkeypatch) == [
        302,
        302,
    ]
    assert MediaCoverage.objects.count() == 2


def test_two_promises_in_one_case_at_once_are_both_kept(account, monkeypatch):
    """Both bring the case forward: the second finds that it is there."""
    case = factories.case(factories.team())
    data = {
        "institution": case.institution_id,
        "case": case.pk,
        "kind": "money",
        "description": "Uang",
        "value": "5.000.000",
    }
    data |= {"promised_on": "2019-08-13", "promised_by": "Manajer"}
    requests = [
        ("/komitmen/baru/", data | {"idempotency_key": str(uuid.uuid4())}) for _ in range(2)
    ]
    assert at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch) == [
        302,
        302,
    ]
    case.refresh_from_db()
    assert Commitment.objects.count() == 2 and [step.stage for step in case.steps.all()] == [
        "identified",
        "committed",
    ]


def two_last_realisations():
    """Return a case, and the requests that realise the last two of its commitments."""
    team = factories.team()
    case = factories.case(team)
    promises = [
        factories.commitment(team, case=case, kind="money", value=5, description=f"Uang {n}")
        for n in range(2)
    ]
    data = {"realised_on": "2019-09-05", "amount": "5", "note": ""}
    return case, [
        (f"/komitmen/{row.pk}/realisasi/baru/", data | {"idempotency_key": str(uuid.uuid4())})
        for row in promises
    ]


def test_the_last_realisations_of_two_promises_at_once_end_the_case(account, monkeypatch):
    case, requests = two_last_realisations()
    assert at_once(account, *requests, meet_in=(AdvocacyCase, "lock"), monkeypatch=monkeypatch) == [
        302,
        302,
    ]
    case.refresh_from_db()
    assert case.stage == "realised"


def test_control_without_its_turn_each_sees_the_other_as_missing(account, monkeypatch):
    case, requests = two_last_realisations()
    barrier, read = threading.Barrier(2), AdvocacyCase.commitment_states

    def read_before_either_is_done(self, today):
        found = read(self, today)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=5)
        return found

    monkeypatch.setattr(AdvocacyCase, "lock", lambda self: None)
    monkeypatch.setattr(AdvocacyCase, "commitment_states", read_before_either_is_done)
    assert at_once(account, *requests) == [302, 302]
    case.refresh_from_db()
    assert case.stage == "committed"


def two_realisations_of_one():
    promise = factories.commitment(factories.team(), kind="money", value=100, value_basis="")
    data = {"realised_on": "2019-09-05", "amount": "5", "note": ""}
    url = f"/komitmen/{promise.pk}/realisasi/baru/"
    return promise, [(url, data | {"idempotency_key": str(uuid.uuid4())}) for _ in range(2)]


def test_the_sums_of_a_promise_agree_with_what_two_wrote_at_once(account, monkeypatch):
    promise, requests = two_realisations_of_one()
    assert at_once(
        account, *requests, meet_in=(Commitment, "claim_version"), monkeypatch=monkeypatch
    ) == [302, 422]
    promise.refresh_from_db()
    assert (promise.came, promise.times) == (5, promise.realisations.count())


def test_control_without_its_turn_one_of_two_is_not_counted(account, monkeypatch):
    promise, requests = two_realisations_of_one()
    barrier, read = threading.Barrier(2), Commitment.sum_realisations

    def read_before_either_is_stored(self):
        found = read(self)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=5)
        return found

    monkeypatch.setattr(Commitment, "claim_version", lambda self, by: None)
    monkeypatch.setattr(Commitment, "sum_realisations", read_before_either_is_stored)
    assert at_once(account, *requests) == [302, 302]
    promise.refresh_from_db()
    assert promise.realisations.count() == 2 and promise.times == 1


def change_and_realise():
    """
    Return a commitment of money, and the requests by which it becomes a policy and money comes of
    it.
    """
    promise = factories.commitment(factories.team(), kind="money", value=5)
    realise = {
        "realised_on": "2019-09-05",
        "amount": "5",
        "note": "",
        "idempotency_key": str(uuid.uuid4()),
    }
    change = {
        "institution": promise.institution_id,
        "kind": "policy",
        "description": "Uang",
        "value": "5",
        "value_basis": "",
    }
    change |= {"promised_on": "2019-08-13", "promised_by": "Manajer", "version": promise.version}
    return promise, [
        (f"/komitmen/{promise.pk}/realisasi/baru/", realise),
        (f"/komitmen/{promise.pk}/ubah/", change),
    ]


def test_a_promise_changed_while_something_comes_of_it_is_told(account, monkeypatch):
    promise, requests = change_and_realise()
    assert at_once(
        account, *requests, meet_in=(Record, "save_submission"), monkeypatch=monkeypatch
    ) == [302, 409]
    promise.refresh_from_db()
    assert promise.kind == "money" and promise.realisations.exists()


def test_control_without_its_turn_money_becomes_a_policy_under_what_came(account, monkeypatch):
    promise, requests = change_and_realise()
    monkeypatch.setattr(Commitment, "claim_version", lambda self, by: None)
    assert at_once(
        account, *requests, meet_in=(Record, "save_submission"), monkeypatch=monkeypatch
    ) == [302, 302]
    promise.refresh_from_db()
    assert promise.kind == "policy" and promise.realisations.get().document_kind == ""


def two_merges():
    """Each of two persons into the other."""
    first, second = factories.person("Kepala bidang"), factories.person("Kepala Bidang")
    team = factories.team()
    for person in (first, second):
        factories.case(team, person_in_charge=person, asked=f"Buku {person.pk}")
    pairs = ((first, second), (second, first))
    return [
        (f"/orang/{removed.pk}/gabung/", {"version": removed.version, "kept": kept.pk})
        for removed, kept in pairs
    ]


@pytest.fixture
def about_to_delete(monkeypatch):
    """Return the persons whose deletion is begun."""
    begun = []

    def note(self, **kwargs):
        begun.append(self.pk)
        return Record.delete_as(self, **kwargs)

    monkeypatch.setattr(Person, "delete_as", note)
    return begun


def test_two_merges_of_the_same_two_keep_one(monkeypatch, about_to_delete):
    requests = two_merges()
    administrator = factories.user("administrator")
    meet = (Record, "claim")
    assert at_once(administrator, *requests, meet_in=meet, monkeypatch=monkeypatch) == [302, 422]
    assert Person.objects.filter(name__iexact="kepala bidang").count() == 1
    assert len(about_to_delete) == 1


def test_control_without_one_order_both_merges_begin_to_write(monkeypatch, about_to_delete):
    """
    Then only the database keeps one: it stops the other in a deadlock, or at a reference that is
    gone.
    """
    requests = two_merges()
    administrator = factories.user("administrator")
    monkeypatch.setattr(Record, "claim", lambda self: None)
    meet = (Record, "delete_as")
    assert at_once(administrator, *requests, meet_in=meet, monkeypatch=monkeypatch) == [302, 422]
    assert len(about_to_delete) == 2


# Accounts ---------------------------------------------------------------------------------------
@pytest.fixture
def boss():
    factories.team()
    return factories.user("administrator")


def closing_and_assigning(account):
    """Return the requests by which an account is closed and given a role."""
    url = account.get_absolute_url()
    role = {"role": "chair", "province": "19", "regency": "", "starts_on": "2019-01-01"}
    close = (f"{url}nonaktifkan/", {"version": 1, "reason": "Pensiun."})
    return [close, (f"{url}penugasan/", role | {"idempotency_key": str(uuid.uuid4())})]


def slow_roles(monkeypatch):
    """Write a role only when the account has been closed, unless that waits for it in turn."""
    closed, done, real = threading.Event(), AccountDisable.get_success_url, Assignment.save

    def tell(self):
        closed.set()
        return done(self)

    def wait_then_save(self, **kwargs):
        if self._state.adding:
            closed.wait(timeout=2)
        real(self, **kwargs)

    monkeypatch.setattr(AccountDisable, "get_success_url", tell)
    monkeypatch.setattr(Assignment, "save", wait_then_save)


def roles_in_force(account):
    return account.assignments.filter(ended_at__isnull=True).count()


def test_a_closed_account_keeps_no_role_given_meanwhile(boss, monkeypatch):
    """Whichever comes first: the role is ended with the others, or is not given any more."""
    account = factories.user("member")
    slow_roles(monkeypatch)
    answers = at_once(
        boss, *closing_and_assigning(account), meet_in=(User, "lock"), monkeypatch=monkeypatch
    )
    account.refresh_from_db()
    assert (
        answers in ([302, 302], [302, 422])
        and not account.is_active
        and not roles_in_force(account)
    )


def test_control_without_its_turn_a_closed_account_keeps_a_role(boss, monkeypatch):
    account = factories.user("member")
    slow_roles(monkeypatch)
    monkeypatch.setattr(User, "lock", lambda self: None)
    answers = at_once(
        boss, *closing_and_assigning(account), meet_in=(User, "lock"), monkeypatch=monkeypatch
    )
    account.refresh_from_db()
    assert answers == [302, 302] and not account.is_active and roles_in_force(account) == 1


def role_in_the_admin(account):
    """Return the request by which the admin's page gives the account a role."""
    role = {
        "user": account.pk,
        "role": "chair",
        "province": "19",
        "regency": "",
        "starts_on": "2019-01-01",
    }
    return ("/admin/programs/assignment/add/", role)


def test_the_admin_gives_no_role_to_what_is_being_closed(boss, monkeypatch):
    account = factories.user("member")
    slow_roles(monkeypatch)
    requests = [closing_and_assigning(account)[0], role_in_the_admin(account)]
    answers = at_once(boss, *requests, meet_in=(User, "lock"), monkeypatch=monkeypatch)
    account.refresh_from_db()
    assert (
        answers in ([302, 302], [200, 302])
        and not account.is_active
        and not roles_in_force(account)
    )


def test_control_without_its_turn_the_admin_does(boss, monkeypatch):
    account = factories.user("member")
    slow_roles(monkeypatch)
    monkeypatch.setattr(User, "lock", lambda self: None)
    requests = [closing_and_assigning(account)[0], role_in_the_admin(account)]
    at_once(boss, *requests, meet_in=(User, "lock"), monkeypatch=monkeypatch)
    assert roles_in_force(account) == 1


def two_names_in_the_admin(monkeypatch):
    """
    Two accounts, and the requests by which the admin's pages give both the same e-mail; both have
    been judged.
    """
    barrier, real = threading.Barrier(2), AccountAdmin.save_model

    def wait_then_save(self, *args):
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=5)
        return real(self, *args)

    monkeypatch.setattr(AccountAdmin, "save_model", wait_then_save)
    name = {"first_name": "Petugas", "last_name": "", "email": "petugas@dinas.go.id"}
    accounts = [factories.user("member", username=username) for username in ("satu", "dua")]
    return [
        (f"/admin/accounts/user/{one.pk}/change/", name | {"username": one.username})
        for one in accounts
    ]


def test_of_two_who_get_one_email_in_the_admin_one_is_told(boss, monkeypatch):
    requests = two_names_in_the_admin(monkeypatch)
    answers = at_once(boss, *requests)
    assert answers == [200, 302] and User.objects.filter(email="petugas@dinas.go.id").count() == 1


def test_control_untold_the_second_is_an_error(boss, monkeypatch):
    requests = two_names_in_the_admin(monkeypatch)
    monkeypatch.setattr(RefusalMixin, "changeform_view", ScopedAdmin.changeform_view)
    assert at_once(boss, *requests) == [302, 500]


def each_other(boss, other, path, data):
    """Return the requests of two administrators, each about the other."""
    url = f"{{}}{path}"
    return [
        (url.format(two.get_absolute_url()), data, one)
        for one, two in ((boss, other), (other, boss))
    ]


def test_of_two_administrators_who_close_each_other_one_stays(boss, monkeypatch):
    other = factories.user("administrator")
    requests = each_other(boss, other, "nonaktifkan/", {"version": 1, "reason": "Pindah."})
    answers = at_once(None, *requests, meet_in=(User, "lock"), monkeypatch=monkeypatch)
    assert answers == [302, 422] and User.objects.filter(is_active=True).count() == 1


def test_control_without_their_turns_nobody_stays(boss, monkeypatch):
    other = factories.user("administrator")
    requests = each_other(boss, other, "nonaktifkan/", {"version": 1, "reason": "Pindah."})
    monkeypatch.setattr(User, "lock", lambda self: None)
    # Both have been judged, and neither has ended anything yet.
    answers = at_once(None, *requests, meet_in=(Assignment, "end"), monkeypatch=monkeypatch)
    assert answers == [302, 302] and not User.objects.filter(is_active=True).exists()


def end_each_others_role(boss):
    other = factories.user("administrator")
    requests = []
    for one, two in ((boss, other), (other, boss)):
        role = two.assignments.get()
        data = {"version": role.version, "reason": "Pindah."}
        requests.append((f"/penugasan/{role.pk}/akhiri/", data, one))
    return requests


def test_of_two_administrators_who_end_each_others_role_one_stays(boss, monkeypatch):
    requests = end_each_others_role(boss)
    answers = at_once(None, *requests, meet_in=(User, "lock"), monkeypatch=monkeypatch)
    assert answers == [302, 422]
    assert Assignment.objects.filter(role="administrator", ended_at__isnull=True).count() == 1


def test_control_without_their_turns_no_administrator_is_left(boss, monkeypatch):
    requests = end_each_others_role(boss)
    monkeypatch.setattr(User, "lock", lambda self: None)
    answers = at_once(None, *requests, meet_in=(Assignment, "end"), monkeypatch=monkeypatch)
    assert answers == [302, 302]
    assert not Assignment.objects.filter(role="administrator", ended_at__isnull=True).exists()


CHOSEN = ("baca-tulis-hitung", "hitung-tulis-baca")


def one_link_twice(monkeypatch):
    """
    Return the account, and what two people who opened the same link are told when both choose a
    password at once.
    """
    account = factories.user("member")
    account.set_unusable_password()
    account.save()
    key = urlsafe_base64_encode(force_bytes(account.pk))
    link = reverse("accounts:welcome", args=[key, default_token_generator.make_token(account)])
    barrier, real = threading.Barrier(2), ChoosePasswordForm.set_password_and_save

    def wait_for_the_other(self, *args, **kwargs):
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=2)
        return real(self, *args, **kwargs)

    monkeypatch.setattr(ChoosePasswordForm, "set_password_and_save", wait_for_the_other)
    told = []

    def choose(password):
        client = Client()
        try:
            form = client.get(link, follow=True)
            data = {"new_password1": password, "new_password2": password}
            page = client.post(form.request["PATH_INFO"], data, follow=True).content.decode()
            told.append((password, "Kata sandi dipasang" in page, "tidak berlaku lagi" in page))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=choose, args=(password,)) for password in CHOSEN]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    account.refresh_from_db()
    return account, told


def test_of_two_who_use_one_link_at_once_one_is_told_so(monkeypatch):
    account, told = one_link_twice(monkeypatch)
    assert sorted(answer[1:] for answer in told) == [(False, True), (True, False)]
    chosen = next(password for password, done, _ in told if done)
    assert account.check_password(chosen)
    assert [event.kind for event in account.events.all()] == ["chosen"]


def test_control_without_the_comparison_both_are_told_it_is_theirs(monkeypatch):
    def write(*, account, password, kind, by):
        account.set_password(password)
        account.save()

    monkeypatch.setattr(account_forms, "set_password", write)
    account, told = one_link_twice(monkeypatch)
    assert [done for _, done, _ in told] == [True, True]
    assert sum(account.check_password(password) for password in CHOSEN) == 1


def renamed_while_it_is_closed(boss, monkeypatch):
    """
    Return an account that is closed between the reading and the writing of its page in the admin.
    """
    account = factories.user("member", username="petugas")
    save = AccountAdmin.save_model

    def close_then_save(self, *args):
        closing = threading.Thread(target=at_once, args=(boss, closing_and_assigning(account)[0]))
        closing.start()
        closing.join()
        return save(self, *args)

    monkeypatch.setattr(AccountAdmin, "save_model", close_then_save)
    rename = {"username": "petugas", "first_name": "Nama baru", "last_name": "", "email": ""}
    assert at_once(boss, (f"/admin/accounts/user/{account.pk}/change/", rename)) == [302]
    account.refresh_from_db()
    assert account.first_name == "Nama baru" and account.events.get().kind == "disabled"
    return account


def test_a_page_of_the_admin_saved_meanwhile_opens_no_closed_account(boss, monkeypatch):
    account = renamed_while_it_is_closed(boss, monkeypatch)
    assert not account.is_active and not account.has_usable_password()


def test_control_saved_whole_it_is_open_again(boss, monkeypatch):
    monkeypatch.setattr(
        AccountAdmin, "save_model", lambda self, request, obj, form, change: obj.save()
    )
    account = renamed_while_it_is_closed(boss, monkeypatch)
    assert account.is_active and account.check_password("rahasia-benar")


# The first day ----------------------------------------------------------------------------------
LOADING = ("/wilayah/muat/", {"provinsi": "31"})
JAKARTA = 267  # desa and kelurahan of the official list


def test_one_province_loaded_by_two_people_at_once_is_loaded_once(monkeypatch):
    """The second is told that it was there already, and led on."""
    installer = factories.user(is_superuser=True)
    answers = at_once(
        installer, LOADING, LOADING, meet_in=(regions, "apply_regions"), monkeypatch=monkeypatch
    )
    assert answers == [302, 302]
    assert Province.objects.count() == 1 and Village.objects.count() == JAKARTA


def test_control_without_telling_them_apart_the_second_is_an_error(monkeypatch):
    installer = factories.user(is_superuser=True)
    monkeypatch.setattr(
        region_views, "load_new_province", lambda code: regions.load_regions(province=code)
    )
    answers = at_once(
        installer, LOADING, LOADING, meet_in=(regions, "apply_regions"), monkeypatch=monkeypatch
    )
    assert answers == [302, 500] and Village.objects.count() == JAKARTA


def two_teams():
    common = {"province": "19", "formed_on": "2018-11-28"}
    named = [
        {"name": f"Tim {n}", "office": f"Dinas {n}", "idempotency_key": str(uuid.uuid4())}
        for n in ("Satu", "Dua")
    ]
    return [("/tim/baru/", common | data) for data in named]


def test_two_teams_of_one_province_at_once_are_one(monkeypatch):
    answers = at_once(
        factories.user("administrator"),
        *two_teams(),
        meet_in=(Record, "save_as"),
        monkeypatch=monkeypatch,
    )
    assert answers == [302, 422] and Team.objects.count() == 1


def test_control_without_the_key_there_are_two_teams(monkeypatch):
    table = Team._meta.db_table
    with connection.cursor() as cursor:
        known = connection.introspection.get_constraints(cursor, table)
        name = next(
            name
            for name, one in known.items()
            if one["unique"] and one["columns"] == ["province_id"]
        )
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    try:
        answers = at_once(
            factories.user("administrator"),
            *two_teams(),
            meet_in=(Record, "save_as"),
            monkeypatch=monkeypatch,
        )
        assert answers == [302, 302] and Team.objects.count() == 2
    finally:
        Team.objects.filter(name="Tim Dua").delete()
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE (province_id)")


# Checklists -------------------------------------------------------------------------------------
@pytest.fixture
def checklist_draft(boss):
    return factories.checklist(by=boss, state="draft").versions.get()


def two_published(draft):
    url = reverse("advocacy:checklist_publish", args=[draft.pk])
    return [(url, {"version": draft.version})] * 2


def test_a_checklist_published_twice_at_once_is_published_once(boss, checklist_draft, monkeypatch):
    requests = two_published(checklist_draft)
    assert at_once(boss, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch) == [
        302,
        422,
    ]
    assert checklist_draft.history.filter(state="published").count() == 1


def test_control_without_the_claim_it_is_published_twice(boss, checklist_draft, monkeypatch):
    requests = two_published(checklist_draft)
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    assert at_once(
        boss, *requests, meet_in=(Record, "_put_back_all_but"), monkeypatch=monkeypatch
    ) == [302, 302]
    assert checklist_draft.history.filter(state="published").count() == 2


def two_edits_of_questions(draft):
    url = reverse("advocacy:checklist_questions", args=[draft.pk])
    data = {"version": draft.version, "aksi": "simpan", "pertanyaan-INITIAL_FORMS": "0"}
    data |= {"pertanyaan-TOTAL_FORMS": "1", "pertanyaan-0-kind": "yes_no"}
    return [(url, data | {"pertanyaan-0-text": text}) for text in ("Satu", "Dua")]


def test_of_two_edits_of_questions_the_second_is_told(boss, checklist_draft, monkeypatch):
    requests = two_edits_of_questions(checklist_draft)
    assert at_once(boss, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch) == [
        302,
        409,
    ]
    assert len(checklist_draft.stored().asked) == 1


def test_control_without_the_claim_one_edit_of_questions_is_lost(
    boss, checklist_draft, monkeypatch
):
    requests = two_edits_of_questions(checklist_draft)
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    assert at_once(boss, *requests, meet_in=(Record, "_stamp"), monkeypatch=monkeypatch) == [
        302,
        302,
    ]


def published_and_withdrawn(draft):
    withdraw = reverse("advocacy:checklist_withdraw", args=[draft.checklist_id])
    shown = draft.checklist.version
    return [two_published(draft)[0], (withdraw, {"version": shown, "reason": "Diganti."})]


def test_published_and_withdrawn_at_once_only_one_holds(boss, checklist_draft, monkeypatch):
    requests = published_and_withdrawn(checklist_draft)
    assert at_once(boss, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch) == [
        302,
        422,
    ]
    checklist = checklist_draft.checklist.stored()
    assert checklist.is_withdrawn == checklist_draft.stored().is_draft


def test_control_without_the_claim_a_withdrawn_checklist_is_published(
    boss, checklist_draft, monkeypatch
):
    requests = published_and_withdrawn(checklist_draft)
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    assert at_once(
        boss, *requests, meet_in=(Record, "_put_back_all_but"), monkeypatch=monkeypatch
    ) == [302, 302]
    assert checklist_draft.checklist.stored().is_withdrawn
    assert not checklist_draft.stored().is_draft


# Visits -----------------------------------------------------------------------------------------
JUNE, SEPTEMBER = date(2019, 6, 12), date(2019, 9, 10)


@pytest.fixture
def visited(account):
    """Return a library that can be visited."""
    factories.team()
    return factories.library(by=account)


def visit_page(visit, **changes):
    """Return what the form of a visit sends for this one."""
    went = visit.team.memberships.first() if visit.pk is None else None
    data = {
        "visited_on": JUNE.isoformat(),
        "purposes": ["monitoring"],
        "met": "Kepala desa",
        "findings": "Rak tertata.",
        "pergi": [went.person_id] if went else [row.person_id for row in visit.attendance.all()],
        "version": visit.version,
        "aksi": "simpan",
    }
    rows = [
        f"{prefix}-{name}_FORMS" for prefix in ("tamu", "tindak") for name in ("TOTAL", "INITIAL")
    ]
    data |= dict.fromkeys(rows, "0")
    return data | changes


def two_sent_visits(library, key):
    team = library.province.team
    data = visit_page(Visit(team=team), idempotency_key=key, aksi="kirim")
    return [(reverse("advocacy:visit_create", args=[library.pk]), data)] * 2


def test_one_visit_sent_twice_at_once_is_one(account, visited, monkeypatch):
    requests = two_sent_visits(visited, str(uuid.uuid4()))
    assert at_once(account, *requests, meet_in=(Record, "save_as"), monkeypatch=monkeypatch) == [
        302,
        302,
    ]
    visit = Visit.objects.get()
    assert visit.state == "sent" and visit.attendance.count() == 1


def test_control_without_the_key_there_are_two_visits(account, visited, monkeypatch):
    requests = two_sent_visits(visited, "")
    assert at_once(account, *requests, meet_in=(Record, "save_as"), monkeypatch=monkeypatch) == [
        302,
        302,
    ]
    assert Visit.objects.count() == 2


def two_savings_of_a_draft(library, account):
    """Return a draft of a member, and the pages that the member and the secretariat save."""
    member = factories.user("member")
    team = library.province.team
    visit = factories.visit(
        library, by=member, send=False, went=[team.memberships.first().person], visited_on=JUNE
    )
    url = reverse("advocacy:visit_update", args=[visit.pk])
    pages = [(url, visit_page(visit, findings=text)) for text in ("Satu", "Dua")]
    return visit, [(*pages[0], member), (*pages[1], account)]


def test_of_two_people_who_save_a_draft_the_second_is_told(account, visited, monkeypatch):
    visit, requests = two_savings_of_a_draft(visited, account)
    assert at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch) == [
        302,
        409,
    ]
    assert visit.stored().version == visit.version + 1


def test_control_without_the_claim_what_one_wrote_in_a_draft_is_lost(account, visited, monkeypatch):
    visit, requests = two_savings_of_a_draft(visited, account)
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    assert at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch) == [
        302,
        302,
    ]
    assert set(visit.history.values_list("findings", flat=True)) == {"", "Satu", "Dua"}


def sent_and_closed_by_its_holder(library, account):
    """
    Return a recommendation in the hands of a member, a draft that finds it done, and the requests
    that send the one and close the other.
    """
    member = factories.user("member")
    person = factories.person(account=member)
    first = factories.visit(library, by=account, visited_on=JUNE, send=False)
    row = FollowUp(what="Mencari pelatih", person_in_charge=person, due_on=SEPTEMBER)
    record_visit(VisitReport(visit=first, version=1, followups=[row]), by=account, send=True)
    draft = factories.visit(library, by=account, visited_on=SEPTEMBER, send=False)
    answer = RecommendationAnswer(followup=row, answer="done", note="Pelatih sudah datang.")
    record_visit(VisitReport(visit=draft, version=1, recommendations=[answer]), by=account)
    send = reverse("advocacy:visit_send", args=[draft.pk])
    close = reverse("advocacy:followup_close", args=[row.pk])
    data = {"version": row.version, "note": "Pelatih didapat."}
    return row, draft, [(send, {"version": draft.version}, account), (close, data, member)]


def test_sent_and_closed_by_its_holder_at_once_it_is_closed_once(account, visited, monkeypatch):
    row, draft, requests = sent_and_closed_by_its_holder(visited, account)
    answers = at_once(account, *requests, meet_in=(FollowUp, "close"), monkeypatch=monkeypatch)
    assert answers in ([302, 409], [302, 422])
    assert not row.stored().is_open and row.progress.get().kind == "closed"
    said = draft.recommendation_answers.get()
    assert (said.answer, said.note) == ("done", "Pelatih sudah datang.")
    if draft.stored().is_draft:  # the holder was first: it is sent as it stands, and keeps its word
        assert at_once(account, requests[0]) == [302]
    assert draft.stored().state == "sent" and row.progress.count() == 1


def test_control_without_the_claim_it_is_closed_twice(account, visited, monkeypatch):
    row, _, requests = sent_and_closed_by_its_holder(visited, account)
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    answers = at_once(account, *requests, meet_in=(FollowUp, "close"), monkeypatch=monkeypatch)
    assert answers == [302, 302] and row.progress.count() == 2


def one_photo_twice(visit, account, key):
    pictures = [
        SafeFile(ContentFile(b"foto"), "image/jpeg", "rak.jpg", thumbnail=ContentFile(b"kecil"))
        for _ in range(2)
    ]
    sent = {"visit": visit, "by": account, "idempotency_key": key}
    return [partial(add_photo, safe=picture, **sent) for picture in pictures]


def test_a_photo_that_arrives_twice_at_once_is_one(account, visited, monkeypatch):
    key = uuid.uuid4()
    visit = factories.visit(visited, by=account, photo_keys=[str(key)])
    calls = one_photo_twice(visit, account, key)
    outcomes = in_threads(*calls, meet_in=(VisitPhoto, "save_new"), monkeypatch=monkeypatch)
    assert {type(one) for one in outcomes} == {Duplicate, VisitPhoto}
    photo = VisitPhoto.objects.get()
    assert photo.file.storage.exists(photo.file.name)


def test_control_without_its_key_a_photo_is_there_twice(account, visited, monkeypatch):
    visit = factories.visit(visited, by=account, send=False)
    calls = one_photo_twice(visit, account, None)
    in_threads(*calls, meet_in=(VisitPhoto, "save_new"), monkeypatch=monkeypatch)
    assert VisitPhoto.objects.count() == 2


def reopened_and_edited(library, account):
    """Return a sent visit, and the requests that reopen it and save the page of its form."""
    person = library.province.team.memberships.first().person
    visit = factories.visit(library, by=account, went=[person], findings="Seperti dikirim.")
    reopen = reverse("advocacy:visit_reopen", args=[visit.pk])
    edit = reverse("advocacy:visit_update", args=[visit.pk])
    return visit, [
        (reopen, {"version": visit.version, "reason": "Salah desa."}, factories.user("chair")),
        (edit, visit_page(visit, findings="Tanpa dibuka."), account),
    ]


def test_reopened_while_its_page_is_saved_nothing_is_written_unseen(account, visited, monkeypatch):
    visit, requests = reopened_and_edited(visited, account)
    answers = at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch)
    assert answers in ([302, 409], [302, 422])
    stored = visit.stored()
    assert (stored.state, stored.findings) == ("draft", "Seperti dikirim.")


def test_control_without_the_claim_and_the_freeze_it_is(account, visited, monkeypatch):
    visit, requests = reopened_and_edited(visited, account)
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    monkeypatch.setattr(Record, "_is_frozen", lambda self: False)
    answers = at_once(account, *requests, meet_in=(Record, "_stamp"), monkeypatch=monkeypatch)
    assert answers == [302, 302] and visit.stored().findings == "Tanpa dibuka."


# Quarterly reports ------------------------------------------------------------------------------
@pytest.fixture
def reporting(account):
    """Return a library that is to report, and the officer of its regency."""
    library = factories.library(by=account)
    factories.participation(library)
    return library, factories.user("regency_officer", regency_code="19.01")


def report_page(library, **changes):
    """Return the URL of the form of the second quarter of 2019, and what it sends."""
    url = reverse("villages:report_update", args=[library.pk, "2019-2"])
    return url, {"aksi": "simpan", "idempotency_key": str(uuid.uuid4()), "story": ""} | changes


def two_beginnings(reporting, account):
    library, officer = reporting
    senders = [(officer, "497"), (account, "512")]
    return [(*report_page(library, visitors=number), sender) for sender, number in senders]


def test_of_two_who_begin_one_report_at_once_the_second_is_told(reporting, account, monkeypatch):
    requests = two_beginnings(reporting, account)
    answers = at_once(
        account, *requests, meet_in=(Record, "save_submission"), monkeypatch=monkeypatch
    )
    assert answers == [302, 409]
    assert LibraryReport.objects.get().visitors in (497, 512)


def test_control_without_once_a_quarter_there_are_two_reports(reporting, account, monkeypatch):
    requests = two_beginnings(reporting, account)
    once = next(
        one
        for one in LibraryReport._meta.constraints
        if one.name == "villages_libraryreport_once_a_quarter"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(LibraryReport, once)
    try:
        answers = at_once(
            account, *requests, meet_in=(Record, "save_submission"), monkeypatch=monkeypatch
        )
        assert answers == [302, 302] and LibraryReport.objects.count() == 2
    finally:
        LibraryReport.objects.order_by("pk").last().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(LibraryReport, once)


def two_submissions(reporting, account):
    """Return a draft, and the pages with which two people hand it in as each of them wrote it."""
    library, officer = reporting
    report = factories.report(library, by=officer, state="draft")
    pages = [
        report_page(library, aksi="kirim", visitors=number, version=report.version)
        for number in ("497", "512")
    ]
    return report, [(*pages[0], officer), (*pages[1], account)]


def test_a_report_handed_in_twice_at_once_is_handed_in_once(reporting, account, monkeypatch):
    report, requests = two_submissions(reporting, account)
    answers = at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch)
    assert answers in ([302, 409], [302, 422])
    kept = report.submissions.get()
    assert kept.content["figures"]["visitors"] == report.stored().visitors


def test_control_without_the_claim_what_one_handed_in_is_lost(reporting, account, monkeypatch):
    report, requests = two_submissions(reporting, account)
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    monkeypatch.setattr(Record, "_is_frozen", lambda self: False)
    answers = at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch)
    assert answers == [302, 302] and report.submissions.count() == 2


def verified_and_returned(reporting, account):
    library, officer = reporting
    report = factories.report(library, by=officer)
    verify, send_back = (
        reverse(f"villages:report_{name}", args=[report.pk]) for name in ("verify", "return")
    )
    data = {"version": report.version}
    return report, [
        (verify, data, account),
        (send_back, data | {"reason": "Periksa pengunjungnya."}, factories.user("secretariat")),
    ]


def test_verified_while_it_is_returned_only_one_holds(reporting, account, monkeypatch):
    report, requests = verified_and_returned(reporting, account)
    answers = at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch)
    assert answers in ([302, 409], [302, 422])
    stored = report.stored()
    assert bool(stored.verified_at) != bool(stored.returned_at)


def test_control_without_the_claim_it_is_verified_and_returned(reporting, account, monkeypatch):
    report, requests = verified_and_returned(reporting, account)
    monkeypatch.setattr(Record, "_claim", lambda self, version, when=None: None)
    answers = at_once(account, *requests, meet_in=(Record, "_claim"), monkeypatch=monkeypatch)
    assert answers == [302, 302]
    stored = report.stored()
    assert stored.verified_at and stored.returned_at


# Downloads -----------------------------------------------------------------------------------
def two_downloads(account, monkeypatch):
    """Ask for the same list twice at the same moment; making it takes a while."""
    factories.library()
    clients = [Client(raise_request_exception=False) for _ in range(2)]
    for client in clients:
        client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
    parts = ListExport.parts

    def slow_parts(self):
        time.sleep(1)
        yield from parts(self)

    monkeypatch.setattr(ListExport, "parts", slow_parts)
    calls = [partial(client.get, "/perpustakaan/?unduh=xlsx") for client in clients]
    answers = in_threads(*calls, meet_in=(Export, "save"), monkeypatch=monkeypatch)
    for answer in answers:
        if answer.streaming:
            b"".join(answer.streaming_content)
    return sorted(answer.status_code for answer in answers)


def test_of_two_downloads_of_an_account_one_is_told_to_wait(account, monkeypatch):
    assert two_downloads(account, monkeypatch) == [200, 429]
    assert account.exports.get().rows == 1


def test_control_where_none_counts_as_running_both_are_made(account, monkeypatch):
    save = Export.save

    def save_as_over(self, **options):
        self.finished_at = self.started_at
        save(self, **options)

    monkeypatch.setattr(Export, "save", save_as_over)
    assert two_downloads(account, monkeypatch) == [200, 200]


def one_code_twice(monkeypatch):
    """Send one code of an account from two browsers at once; return the statuses."""
    account = factories.user("administrator", username="petugas")
    code = {"otp_token": code_of(TOTPDevice.objects.create(user=account, name="Aplikasi kode"))}
    browsers = [Client(), Client()]
    for browser in browsers:
        attempt(browser, "petugas")
    answers = in_threads(
        *(partial(browser.post, CODE, code) for browser in browsers),
        meet_in=(TOTPDevice, "verify_token"),
        monkeypatch=monkeypatch,
    )
    return sorted(answer.status_code for answer in answers)


def test_one_code_lets_one_in(monkeypatch):
    assert one_code_twice(monkeypatch) == [200, 302]


def test_control_without_the_lock_one_code_lets_two_in(monkeypatch):
    find = Device._filter_persistent_id
    monkeypatch.setattr(
        Device, "_filter_persistent_id", lambda place, for_verify=False: find(place, False)
    )
    assert one_code_twice(monkeypatch) == [302, 302]
