"""Every page in a real browser: accessible, within its width and its weight, in both themes."""

import gzip
import re
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import resolve, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from playwright.sync_api import expect

from advocacy.actions import close_followup, create_sample
from advocacy.models import Attachment
from advocacy.questions import YES, Kind
from programs.actions import (
    approve_plan,
    disable_account,
    merge_into,
    remove_activity,
    save_activity,
    submit_plan,
)
from programs.models import PlanComment
from sinergi.home.digests import stop_token
from sinergi.kit import uploads
from sinergi.kit.staticfiles import bundle, lean_script
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE
from tests.sinergi.test_uploads import jpeg
from tests.test_access import TABLE
from tests.villages.importing import applied, batch_of, row
from tests.villages.reporting import FilledSheet
from villages.actions.reports import save_report
from villages.imports.report_apply import undo_report_batch
from villages.imports.undo import undo_batch
from villages.quarters import Quarter

pytestmark = pytest.mark.django_db(transaction=True)

#: The parts of the stylesheet by name.
CSS_PARTS = {
    path.name: path
    for path in (settings.BASE_DIR / "static/css").glob("*.css")
    if path.name != "sinergi.css"
}
#: Pages whose GET is not a page of their own.
NO_PAGE = {
    "home:health",
    "operations:health_details",
    "home:calendar_feed",
    "home:queue_account",
    "home:service_worker",
    "home:sample_sign_in",
    "accounts:logout",
    # These lead elsewhere before there is a device (tests/browser/test_second_factor.py).
    "accounts:login_code",
    "accounts:second_factor_setup",
    "accounts:second_factor_codes",
    "accounts:second_factor_disable",
    "programs:my_team",
    "programs:team_roster",
    "programs:team_letterhead_sample",
    "programs:team_logo",
    "programs:decree_paper",
    "programs:decree_scan",
    "programs:plan_order",
    "programs:funding_copy",
    "programs:plan_export",
    "programs:plan_paper",
    "programs:expense_receipt",
    "villages:import_template",
    "villages:import_problems",
    "villages:report_sheet_download",
    "villages:report_photo",
    "villages:report_photo_thumbnail",
    "advocacy:meeting_pdf",
    "advocacy:meeting_logo",
    "advocacy:visit_pdf",
    "advocacy:visit_logo",
    "advocacy:meeting_word",
    "advocacy:word_template_download",
    "advocacy:word_template_sample",
    "advocacy:word_template_file",
    "advocacy:roster",
    "advocacy:meeting_ics",
    "advocacy:trip_ics",
    "advocacy:visit_ics",
    "advocacy:followup_evidence",
    "advocacy:realisation_evidence",
    "advocacy:realisation_pdf",
    "advocacy:trip_pdf",
    "advocacy:trip_word",
    "advocacy:trip_logo",
    "advocacy:realisation_logo",
    "advocacy:partnership_paper",
    "advocacy:media_clipping",
    "advocacy:attachment",
    "advocacy:checklist_sample",
    "advocacy:thumbnail",
    "advocacy:photo",
    "advocacy:photo_create",
    "advocacy:photo_thumbnail",
}
SIGNED_OUT = {"accounts:login", "accounts:forgotten_password", "accounts:welcome"}
SIGNED_OUT |= {"home:digest_stop"}

#: Templates that look the same wherever they are used.
ALIKE = {"generic/history.html"}
#: Takes out whatever a form was offered with.
EMPTY = """() => {
  const typed = "main form :is(input[type=text], input[type=date], textarea)";
  const fields = [...document.querySelectorAll(typed)].filter((field) => field.checkVisibility());
  for (const field of fields) field.value = "";
}"""
#: What a phone does not show.
ONLY_ON_A_DESKTOP = [".s-desktop", "main thead", ".s-activity--head", ".s-toc"]
NARROWEST = {"width": 320, "height": 640}
#: Pages without arguments whose name begins like one that has some.
NEEDS_NOTHING = {
    "meeting_create",
    "team_create",
    "import_start",
    "report_sheet_start",
    "institution_create",
    "person_create",
    "account_invite",
}
NEEDS_NOTHING |= {
    "case_board",
    "case_create",
    "commitment_create",
    "commitment_sums",
    "partnership_create",
    "media_create",
    "checklist_create",
    "training_create",
    "trip_create",
    "reference_create",
    "threshold_set_create",
    "visit_schedule",
    "score_matrix",
    "expansion_coverage",
    "expansion_board",
    "calendar",
    "calendar_feeds",
    "group_summary",
    "digest_preference",
    "second_factor",
    "sessions",
}


def plans(team, account, held):
    """
    Create a draft, an approved plan with what came of it, and one in its second round with
    comments.
    """
    other = factories.user("secretariat")
    factories.source(team, ceiling=1_000_000)
    goods = factories.source(team, kind="private", support="in_kind")
    draft = factories.plan(team, year=2021, activities=3, by=account)
    approved = factories.plan(team, activities=0, by=account)
    first = factories.activity(approved, by=account, role=1, way="internal", title="Rapat internal")
    by_hand = factories.activity(
        approved, by=account, role=3, way="other", budget={goods: 5_000_000}, title="Pelatihan"
    )
    factories.activity(approved, by=account, role=3, way="visit", title="Kunjungan")
    submit_plan(plan=factories.fresh(approved), by=other)
    approve_plan(plan=factories.fresh(approved), by=account)
    held.tie(first, by=account)
    factories.achievement(by_hand, by=account)
    factories.expense(by_hand, by=account, of_source=goods)
    reviewed = factories.plan(
        team, year=2020, activities=3, by=other, chair=account, state="returned"
    )
    row, gone, _ = reviewed.activities.select_related("plan").in_order()
    for comment in ("Mengapa Juli?", "Sudah dijawab."):
        PlanComment(plan=reviewed, activity=row, about=f"2.1 {row}", round=1, text=comment).save_as(
            by=account
        )
    reviewed.comments.last().resolve(by=account)
    row.target = 5
    save_activity(activity=row, budget={}, by=other, version=row.version)
    remove_activity(activity=gone, by=other)
    factories.activity(reviewed, title="Kegiatan baru", by=other)
    submit_plan(plan=factories.fresh(reviewed), by=other)
    return (
        draft,
        factories.fresh(approved),
        factories.fresh(reviewed),
        draft.activities.first(),
        by_hand,
    )


def advocacy(team, account, library):
    """
    Create a case that has stalled, one with commitments of every kind and state, an agreement that
    ends, a publication.
    """
    stalled = factories.case(
        team, by=account, regencies=[library.regency], villages=[library.village]
    )
    case = factories.case(team, by=account, asked="Dukungan pelatihan", aim="money")
    held = factories.audience(team, [case], by=account, next_step="Menyusun berita acara.")
    goods = factories.commitment(
        team, case=case, meeting=held, due_on=held.starts.date(), by=account
    )
    factories.realisation(goods, villages=[library.village], by=account)
    factories.realisation(factories.commitment(team, kind="policy", by=account), by=account)
    factories.commitment(team, kind="money", by=account)
    factories.commitment(team, kind="services", by=account).withdraw(
        by=account, reason="Anggaran dipotong."
    )
    factories.partnership(team, by=account, ends_on=team.today)
    return stalled, goods, factories.media(team, by=account, commitment=goods)


def checklists(account):
    """One in force with a draft of forty questions that differ from it, and a sample."""
    create_sample(province=factories.province(), by=account)
    checklist = factories.checklist(by=account, asked=factories.questions(41))
    _, first, *others = checklist.versions.get().asked
    asked = [*others, replace(first, text="Bunyi yang baru"), *factories.questions(1)]
    return checklist, factories.next_version(checklist, by=account, asked=asked)


def visits_to(library, account, checklist, activity):
    """
    Create a visit that found much, and the draft of the next; a trip to the library, and to one
    that nobody has visited.
    """
    version = checklist.versions.in_force()
    answers = {one.key: YES for one in version.asked if one.kind == Kind.YES_NO}
    said = {"checklist_version": version, "answers": answers, "by": account}
    went = [row.person for row in library.province.team.memberships.all()[:3]]
    sent = factories.visit(
        library,
        went=went,
        recommended=["Rawat dua komputer", "Buka pada hari Sabtu"],
        findings="Jam buka bertambah menjadi enam hari.",
        activity=activity,
        **said,
    )
    begun = factories.visit(library, visited_on=date(2019, 9, 10), send=False, **said)
    factories.photo(begun, by=account)
    other = factories.library(factories.village("19.01.06.2004", "Neknang"))
    came = [
        (library.village, {"women": 12, "men": 9}),
        (other.village, {"name": "Pengelola perpustakaan desa", "gender": "woman"}),
        (other.village, {"name": "Kepala seksi pemerintahan"}),
    ]
    team, place = library.province.team, "Aula dinas"
    factories.training(team, by=account, participants=came, place=place, materials="Strategi.")
    factories.trip(
        libraries=[library, other], days=2, by=account, note="Mobil dinas.", travellers=3
    )
    return sent, begun


def reports_of(library, account, other):
    """
    Create three reports of a library: one that was returned, one that is verified, and one that was
    handed in again, with a jump and a change.
    """
    factories.participation(library, 2018, joined_on=date(2018, 5, 2))
    verified = factories.report(
        library, Quarter(2019, 1), by=other, state="verified", verified_by=account, visitors=60
    )
    returned = factories.report(library, Quarter(2019, 2), by=other, visitors=70, loans=0)
    returned.send_back(by=account, reason="Periksa jumlah peminjaman.")
    waiting = factories.report(
        library,
        Quarter(2019, 3),
        by=other,
        visitors=412,
        notes={"visitors": "Festival literasi."},
        story="Kelompok ibu berjualan lewat internet.",
        story_consent=True,
        safe=uploads.accept(jpeg()),
    )
    waiting.send_back(by=account, reason="Periksa pengunjungnya.")
    waiting.visitors = 400
    save_report(report=waiting, by=other, version=waiting.version, submit=True)
    return [returned, verified, waiting]


def sheets_of(account):
    """
    Send four sheets of reports: one with problems, one with remarks that may be stored, one that
    was, and one that was undone as far as it was still so.
    """
    codes = ["19.01.06.2011", "19.01.06.2012", "19.01.06.2013"]
    for code, name in zip(codes, ["Bukit Layang", "Mangka", "Tiang Tarah"], strict=True):
        made = factories.library(factories.village(code, name))
        factories.participation(made, 2019)
    quarter = Quarter(2019, 3)
    before = {"state": "verified", "verified_by": factories.user("secretariat")}
    factories.report(made, Quarter(2019, 2), by=account, visitors=60, **before)
    draft = factories.report(made, quarter, by=account, state="draft", visitors=70, loans=4)
    stored, undone = FilledSheet(quarter=quarter), FilledSheet(quarter=quarter)
    stored.put(codes[0], "visitors", 90)
    stored.put(codes[2], "members", 12)
    undone.put(codes[1], "visitors", 8)
    undone.put(codes[2], "loans", None)
    sent = [stored.applied(account), undone.applied(account)]
    draft = draft.stored()
    draft.loans = 5
    draft.save_as(by=account)
    undo_report_batch(sent[1], by=account)
    remarked, wrong = FilledSheet(quarter=quarter), FilledSheet(quarter=quarter)
    for sheet in (remarked, wrong):
        sheet.put(codes[2], "visitors", 412)
        sheet.put(codes[2], "women", 413)
        sheet.put(codes[1], "titles", 900)
    wrong.put(codes[0], "visitors", "tidak tahu")
    wrong.put(codes[1], "loans", "=1+1")
    wrong.page.delete_cols(wrong.column("media"), 2)
    return [wrong.batch(account), remarked.batch(account), *sent]


def expansion_of(team, account):
    """
    Create a case that goes on, with records that would move it, one that stands by itself, and one
    that stopped.
    """
    place = factories.village("19.01.06.2016", "Paya Benua")
    factories.expansion(factories.village("19.01.06.2017", "Air Duren"), "independent", by=account)
    stopped = factories.village("19.01.06.2018", "Rukam")
    factories.expansion(stopped, "candidate", "stopped", by=account)
    asked = factories.case(team, by=account, villages=[place])
    factories.commitment(team, case=asked, by=account, kind="policy", value=None)
    factories.commitment(team, by=account, regency=place.regency)
    return factories.expansion(place, "candidate", "audience", by=account)


@pytest.fixture
def world():
    team = factories.team()
    factories.library(factories.province())
    library = factories.library()
    factories.village("19.01.06.2003", "Dalil")
    account = factories.user("secretariat")
    factories.assign(account, "chair")
    factories.assign(account, "administrator")
    approved = factories.minutes(team, by=account, state="approved")
    submitted = factories.minutes(
        team, by=account, state="submitted", title="Rapat yang menunggu pengesahan Ketua Tim"
    )
    held = factories.minutes(team, by=account, title="Rapat dengan notula yang masih ditulis")
    task = approved.followups.get()
    factories.progress(task, due_on=team.today, person=team.memberships.get(role="chair").person)
    close_followup(followup=task.stored(), note="Sudah dikirim.", by=account)
    planned = factories.meeting(
        team, by=account, title="Pertemuan pemangku kepentingan", day_is_set=False
    )
    imports = [
        batch_of(
            row("Siliu", "Belitung"),
            row("Kapuk", head="Baru", phone="8,1E+11"),
            row("Dalil"),
            by=account,
        ),
        applied(row("Dalil", head="Pengelola"), ["Jumlah"], by=account),
        applied(row("Dalil", head="Pengelola baru"), by=account),
    ]
    undo_batch(imports[1], by=account)
    Attachment.store(uploads.accept(jpeg()), kind="photo", by=account, meeting=held)
    decree = factories.decree(team, by=account)
    handed_in = factories.decree(team, state="submitted", level="governor", by=account)
    draft = factories.decree(team, state="drafting", amends=decree, by=account)
    plan, approved_plan, reviewed_plan, activity, by_hand = plans(team, account, held)
    case, promised, publication = advocacy(team, account, library)
    member = team.memberships.select_related("person").get(person__name="Perwakilan Bappeda")
    twin = factories.person("perwakilan bappeda", phone="+6281234567890")
    kept = factories.person("Perwakilan Kadin")
    merge_into(kept=kept, removed=factories.person("Perwakilan KADIN"), by=account)
    other, closed = factories.user("member"), factories.user("observer")
    disable_account(account=closed, reason="Pindah tugas.", by=account)
    reports = reports_of(library, account, other)
    sheets = sheets_of(account)
    checklist, draft_questions = checklists(account)
    thresholds = [
        factories.thresholds(2020, by=account, publish=False),
        factories.thresholds(2019, by=account),
    ]
    sent, begun = visits_to(library, account, checklist, approved_plan.activities.get(way="visit"))
    expansion = expansion_of(team, account)
    token = default_token_generator.make_token(other)
    word_template = factories.word_template(team, by=other, use=True)
    other_template = factories.word_template(team, by=other)
    arguments = {
        "realisation_create": [[promised.pk]],
        "realisation_document": [[promised.realisations.get().pk, "berita-acara"]],
        "commitment_renew": [[team.commitments.get(kind="services").pk]],
        "welcome": [[urlsafe_base64_encode(force_bytes(other.pk)), token], ["MQ", "tidak-berlaku"]],
        "team_detail": [[team.pk]],
        "decree_detail": [[decree.pk], [handed_in.pk], [draft.pk]],
        "decree_update": [[draft.pk]],
        "decree_submit": [[draft.pk]],
        "decree_discard": [[draft.pk]],
        "decree_sign": [[handed_in.pk]],
        "decree_return": [[handed_in.pk]],
        "decree_list": [[team.pk]],
        "person_detail": [[member.person_id], [twin.pk], [kept.pk]],
        "account_detail": [[other.pk], [closed.pk]],
        "account_enable": [[closed.pk]],
        "assignment_create": [[other.pk]],
        "assignment_end": [[other.assignments.get().pk]],
        "plan_create": [[team.pk]],
        "plan_detail": [[plan.pk], [approved_plan.pk], [reviewed_plan.pk]],
        "plan_outcome": [[approved_plan.pk]],
        "plan_spending": [[approved_plan.pk]],
        "plan_review": [[reviewed_plan.pk]],
        "plan_approve": [[reviewed_plan.pk]],
        "plan_revise": [[approved_plan.pk]],
        "plan_version": [[reviewed_plan.pk, 2]],
        "activity_create": [[plan.pk]],
        "activity_detail": [[approved_plan.activities.first().pk], [by_hand.pk]],
        "achievement_create": [[by_hand.pk]],
        "achievement_update": [[by_hand.achievements.get().pk]],
        "achievement_delete": [[by_hand.achievements.get().pk]],
        "expense_create": [[by_hand.pk]],
        "expense_update": [[by_hand.expenses.get().pk]],
        "expense_delete": [[by_hand.expenses.get().pk]],
        "funding_list": [[team.pk]],
        "funding_create": [[team.pk]],
        "membership_create": [[team.pk]],
        "decree_create": [[team.pk]],
        "region_detail": [["19"], ["19.01"], ["19.01.06"], ["19.01.06.2002"]],
        "library_create": [["19.01.06.2003"]],
        "import_detail": [[one.pk] for one in imports],
        "import_undo": [[imports[2].pk]],
        "import_rows": [[imports[2].pk]],
        "expansion_import": [[imports[2].pk]],
        "followup_detail": [[held.followups.get().pk], [approved.followups.get().pk]],
        "followup_progress": [[held.followups.get().pk]],
        "followup_close": [[held.followups.get().pk]],
        "followup_reopen": [[approved.followups.get().pk]],
        "meeting_detail": [
            [m.pk] for m in (approved, submitted, held, planned, team.meetings.get(kind="audience"))
        ],
        "meeting_document": [[held.pk, "undangan"], [approved.pk, "notula"]],
        "word_template_list": [[team.pk]],
        "word_template_document": [[team.pk, "undangan"]],
        "word_template_create": [[team.pk, "undangan"]],
        "word_template_withdraw": [[word_template.pk]],
        "word_template_use": [[other_template.pk]],
        "word_template_detail": [[word_template.pk], [other_template.pk]],
        "word_template_history": [[word_template.pk]],
        "meeting_reopen": [[approved.pk]],
        "meeting_take_back": [[submitted.pk]],
        "meeting_approve": [[submitted.pk]],
        "meeting_return": [[submitted.pk]],
        "calendar_feed_revoke": [[factories.calendar_feed(account)[0].pk]],
        "digest_stop": [[stop_token(account)]],
        "meeting_cancel": [[planned.pk]],
        "meeting_share": [[held.pk], [planned.pk]],
        "person_reminder": [[held.followups.get().person_in_charge_id]],
        "report_update": [[library.pk, "2019-4"], [library.pk, "2019-2"]],
        "threshold_set_detail": [[row.pk] for row in thresholds],
        "threshold_set_update": [[thresholds[0].pk]],
        "threshold_set_publish": [[thresholds[0].pk]],
        "threshold_set_delete": [[thresholds[0].pk]],
        "threshold_set_history": [[thresholds[0].pk]],
        "report_detail": [[row.pk] for row in reports],
        "report_reopen": [[reports[1].pk]],
        "report_sheet_detail": [[one.pk] for one in sheets],
        "report_sheet_cancel": [[sheets[0].pk]],
        "report_sheet_undo": [[sheets[2].pk]],
        "report_sheet_history": [[sheets[2].pk]],
        "score_indicator": [["visitors"], ["trained_staff"]],
        "participation_update": [[library.participations.get(year=2018).pk]],
        "visit_create": [[library.pk]],
        "visit_detail": [[sent.pk], [begun.pk]],
        "trip_document": [[team.trips.get().pk, "surat-tugas"]],
        "visit_document": [[sent.pk, "laporan"], [begun.pk, "laporan"]],
        "visit_update": [[begun.pk]],
        "visit_send": [[begun.pk]],
        "visit_delete": [[begun.pk]],
        "checklist_version": [[checklist.versions.in_force().pk]],
        "checklist_questions": [[draft_questions.pk]],
        "checklist_publish": [[draft_questions.pk]],
        "cadence_detail": [[team.pk, kind] for kind in ("partnership", "internal")],
        "cadence_update": [[team.pk, "internal"], [team.pk, "visit"]],
        "cadence_history": [[factories.cadence_rule(team, by=account).pk]],
        "snooze_create": [[team.pk, "case"]],
        "snooze_create_subject": [[team.pk, "partnership", team.partnerships.get().pk]],
        "snooze_end": [[factories.snooze(team, by=account).pk]],
        "expansion_create": [[factories.village("19.01.06.2019", "Kace").pk]],
        "expansion_step_update": [[expansion.steps.last().pk]],
    }
    paths = {}
    for name in TABLE:
        if name in NO_PAGE or name.endswith("_kept"):  # files
            continue
        short = name.partition(":")[2]
        of = {
            "library": library,
            "participation": library,
            "meeting": held,
            "import": imports[0],
            "team": team,
            "membership": member,
            "decree": decree,
            "plan": plan,
            "activity": activity,
            "funding": by_hand.expenses.get().source,
            "institution": promised.institution,
            "person": twin,
            "account": other,
            "case": case,
            "step": case.steps.last(),
            "commitment": promised,
            "realisation": promised.realisations.get(),
            "partnership": team.partnerships.get(),
            "media": publication,
            "checklist": checklist,
            "training": team.trainings.get(),
            "trip": team.trips.get(),
            "reference": factories.reference(),
            "report": reports[2],
            "visit": sent,
            "expansion": expansion,
        }.get(short.partition("_")[0])
        default = [[of.pk]] if of else [[]]
        if short.endswith("_list") or short in NEEDS_NOTHING:
            default = [[]]
        paths[name] = [reverse(name, args=args) for args in arguments.get(short, default)]
    return account, paths


@pytest.mark.parametrize("half", [0, 1])
def test_every_page_is_accessible_and_fits(visitor, world, half):
    """
    In both themes: on the narrowest phone all of it, on a desktop what a phone does not show. On
    the phone that it comes to, what is tapped is large enough, the bars leave room and the current
    tab is in sight. In two halves, which run beside each other.
    """
    account, paths = world
    out, inside = visitor(), visitor(viewport=DESKTOP)
    inside.sign_in(account)
    inside.axe("the shell", dark_too=True)
    different = {shape_of(url): (name, url) for name, urls in paths.items() for url in urls}
    for name, url in list(different.values())[half::2]:
        someone = out if name in SIGNED_OUT else inside
        someone.page.set_viewport_size(PHONE)
        answer = someone.page.goto(url)
        assert answer.status == 200, url
        someone.suits_a_phone()
        someone.page.set_viewport_size(NARROWEST)
        someone.fits()
        someone.axe(dark_too=True)
        someone.page.set_viewport_size(DESKTOP)
        someone.fits()
        someone.axe(dark_too=True, parts=ONLY_ON_A_DESKTOP)


def shape_of(url):
    """
    Return a key of what a page is made of: histories are one template, a form is the same where
    something is made and where it is changed, so that one of each is looked at (what each answers
    is in tests/test_access.py).
    """
    view = resolve(url.partition("?")[0]).func.view_class
    template, form = getattr(view, "template_name", None), getattr(view, "form_class", None)
    return (template, form) if form or template in ALIKE else url


def test_the_shell_and_every_form_in_its_error_state_are_accessible_on_a_phone(visitor, world):
    """An error looks the same on every form: the other theme is looked at on some."""
    account, paths = world
    someone = visitor()
    page = someone.page
    page.goto("/masuk/")
    page.get_by_role("button", name="Masuk").click()
    page.locator("#error-summary").wait_for()
    someone.axe("masuk, galat", dark_too=True)
    someone.sign_in_by_form(account)
    # What stands around the content is looked at on the first page that a visitor sees, here on a
    # phone.
    someone.axe("the shell", dark_too=True)
    someone.fits()
    forms = (
        "villages:library_create",
        "villages:library_update",
        "villages:participation_create",
        "villages:import_columns",
    )
    forms += (
        "programs:membership_create",
        "programs:membership_replace",
        "programs:membership_end",
        "programs:decree_create",
    )
    forms += (
        "programs:decree_sign",
        "programs:decree_revoke",
        "programs:institution_create",
        "programs:person_create",
    )
    forms += (
        "programs:person_merge",
        "programs:account_invite",
        "programs:assignment_end",
        "programs:account_disable",
    )
    forms += (
        "programs:activity_create",
        "programs:achievement_create",
        "programs:expense_create",
        "programs:funding_create",
    )
    forms += ("programs:plan_create", "programs:plan_import", "programs:plan_revise")
    forms += (
        "advocacy:meeting_create",
        "advocacy:meeting_update",
        "advocacy:meeting_return",
        "advocacy:followup_close",
    )
    forms += (
        "advocacy:case_create",
        "advocacy:case_move",
        "advocacy:commitment_create",
        "advocacy:expansion_move",
        "advocacy:expansion_create",
        "advocacy:media_create",
        "advocacy:checklist_create",
        "advocacy:checklist_withdraw",
        "villages:threshold_set_create",
        "villages:threshold_set_update",
        "villages:threshold_set_publish",
        "villages:reference_create",
    )
    different = {shape_of(paths[name][0]): name for name in forms}
    for name in different.values():
        page.goto(paths[name][0])
        page.evaluate(EMPTY)
        if name == "villages:import_columns":
            for select in page.locator("select[name^=kolom]").all():
                select.select_option("")
        page.locator(".s-actions .btn").last.click()
        page.locator("#error-summary").wait_for()
        expect(page.locator("#error-summary"), name).to_be_focused()
        someone.axe(f"{name}, galat")
        someone.fits()
        someone.suits_a_phone()
    page.goto("/akun/sandi/")
    page.locator(".s-actions .btn").last.click()
    page.locator("#error-summary").wait_for()
    someone.axe("sandi, galat", dark_too=True)
    page.goto(paths["advocacy:checklist_questions"][0])
    page.locator("#pertanyaan-2 summary").click()
    page.locator("#id_pertanyaan-2-text").fill("")
    page.locator(".s-actions .btn").last.click()
    page.locator("#error-summary").wait_for()
    someone.axe("pertanyaan, galat", dark_too=True)
    someone.fits()
    someone.suits_a_phone()
    page.goto("/desa/?q=ab")
    someone.axe("saringan, galat", dark_too=True)
    page.goto("/tidak-ada/")
    someone.axe("404", dark_too=True)


def test_the_weight_of_a_page(visitor, world):
    """
    First load at most 80 KB; after it a page at most 15 KB; JavaScript at most 45 KB: all
    compressed.
    """
    account, paths = world
    someone = visitor()
    page, weights = someone.page, {}

    def weigh(response):
        # The test server sends files as they are; in production the stylesheet is one file, and
        # whitenoise and the middleware compress all of them.
        folder, _, name = response.url.rpartition("/static/css/")
        if response.status != 200 or "/berkas/" in response.url or (folder and name in CSS_PARTS):
            return
        body = response.body()
        if name == "sinergi.css":
            body = bundle(body.decode(), lambda part: CSS_PARTS[part].read_text()).encode()
        elif re.fullmatch(r"\w+\.js", response.url.rpartition("/static/js/")[2]):
            body = lean_script(body.decode()).encode()
        weights[response.url] = len(gzip.compress(body, 6))

    def load(url):
        weights.clear()
        page.goto(url, wait_until="networkidle")
        return sum(weights.values())

    page.on("response", weigh)
    assert load("/masuk/") <= 80_000, weights
    page.remove_listener("response", weigh)
    someone.sign_in_by_form(account)
    page.on("response", weigh)
    assert load("/rapat/baru/") <= 80_000, weights
    scripts = {url: size for url, size in weights.items() if url.endswith(".js")}
    assert len(scripts) >= 4 and sum(scripts.values()) <= 45_000, scripts
    light = (
        "/",
        "/rapat/",
        paths["advocacy:meeting_detail"][0],
        "/perpustakaan/",
        "/rapat/baru/",
        "/advokasi/",
        "/komitmen/",
        paths["advocacy:checklist_detail"][0],
        paths["advocacy:checklist_questions"][0],
    )
    for url in light:
        load(url)
        documents = [size for address, size in weights.items() if "/static/" not in address]
        assert len(documents) == 1 and documents[0] <= 15_000, (url, weights)
