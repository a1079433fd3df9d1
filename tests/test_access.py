"""Every URL × every role → the status it answers with. A URL that is not in the table fails."""

import uuid

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from advocacy.models import Attachment
from sinergi.home.digests import stop_token
from sinergi.kit.uploads import SafeFile
from tests import factories
from tests.villages.importing import applied, batch_of, row
from tests.villages.reporting import FilledSheet

ROLES = [
    "anonymous",
    "administrator",
    "secretariat",
    "chair",
    "member",
    "regency_officer",
    "observer",
    "outsider",
    "nobody",
]
#: The outsider is the secretariat of another province; nobody has an account and no assignment.

OPEN = "200 302 302 302 302 302 302 302 302"  # the sign-in page sends those who are in on their way
PUBLIC = "200 200 200 200 200 200 200 200 200"
ALL = "302 200 200 200 200 200 200 200 200"
LIST_OF_TEAM = "302 200 200 200 200 403 200 200 403"
LIST_OF_PLACES = "302 200 200 200 200 200 200 200 403"
#: One meeting, one team: not for the regency's officer.
OF_TEAM = "302 200 200 200 200 403 200 404 403"
OF_PLACE = "302 200 200 200 200 200 200 404 403"
ADMIN = "302 200 403 403 403 403 403 403 403"  # imports are for administrators
FOLLOWUPS = "302 200 200 200 200 403 403 404 403"  # by who may close their own
LOG = "302 200 200 403 403 403 403 {outsider} 403"
SHEETS = "302 200 200 403 403 200 403 404 403"  # who fills in reports, where they do
#: A team's rhythm is set by the secretariat, the chair and the administrator.
RHYTHM = "302 200 200 200 403 403 403 404 403"
GO = "302 200 200 200 200 403 403 {outsider} 403"  # who visits plans trips


def with_file(record):
    """Return the key of the record's last version that has a file."""
    return record.history.exclude(file="").first().pk


#: name → (expected status by role, how to build its arguments). All are asked with GET.
TABLE = {
    "home:home": (ALL, None),
    "home:task_list": (ALL, None),
    "search:search": (ALL, None),
    "home:help": (ALL, None),
    # With DEBUG and demonstration data alone, neither of which there is here
    # (tests/sinergi/test_demo_pages.py).
    "home:sample_sign_in": ("404 404 404 404 404 404 404 404 404", None),
    "home:health": (PUBLIC, None),
    # Without the token of the monitor it is nobody's; tests/sinergi/test_diagnosis.py has it.
    "operations:health_details": (PUBLIC.replace("200", "404"), None),
    "home:queue": (ALL, None),
    "home:queue_account": (ALL, None),
    "home:service_worker": (PUBLIC, None),
    "home:calendar": (ALL, None),
    "home:calendar_feeds": (ALL, None),
    # Those of others are nobody's to see; tests/sinergi/test_calendar_feeds.py has one's own.
    "home:calendar_feed_revoke": ("302 404 404 404 404 404 404 404 404", lambda w: [w.feed.pk]),
    # Whoever holds the address needs no account.
    "home:calendar_feed": (PUBLIC, lambda w: [w.feed_token]),
    "home:digest_preference": (ALL, None),
    # Whoever holds the address of a mail can stop it, and do no more.
    "home:digest_stop": (PUBLIC, lambda w: [stop_token(w.account)]),
    "accounts:login": (OPEN, None),
    "accounts:logout": ("302 405 405 405 405 405 405 405 405", None),
    "accounts:forgotten_password": (PUBLIC, None),
    "accounts:password_change": (ALL, None),
    # Before there is a device, these lead to the page that says so.
    "accounts:login_code": (OPEN.replace("200", "302"), None),
    "accounts:sessions": (ALL, None),
    "accounts:second_factor": (ALL, None),
    "accounts:second_factor_setup": (ALL.replace("200", "302"), None),
    "accounts:second_factor_codes": (ALL.replace("200", "302"), None),
    "accounts:second_factor_disable": (ALL.replace("200", "302"), None),
    "accounts:welcome": (PUBLIC, lambda w: ["MQ", "tautan-yang-tidak-berlaku"]),
    "villages:regency_list": (LIST_OF_PLACES, None),
    "villages:region_load": (ADMIN, None),
    "villages:region_detail": (OF_PLACE, lambda w: [w.regency.pk]),
    "villages:library_create": (
        "302 200 200 403 403 200 403 404 403",
        lambda w: [w.village_without.pk],
    ),
    "villages:village_list": (LIST_OF_PLACES, None),
    "villages:library_list": (LIST_OF_PLACES, None),
    "villages:library_detail": (OF_PLACE, lambda w: [w.library.pk]),
    "villages:library_update": ("302 200 200 403 403 200 403 404 403", lambda w: [w.library.pk]),
    "villages:library_history": (OF_PLACE, lambda w: [w.library.pk]),
    "villages:threshold_set_list": (LIST_OF_PLACES, None),
    "villages:threshold_set_create": (ADMIN, None),
    "villages:threshold_set_detail": (OF_PLACE, lambda w: [w.thresholds.pk]),
    "villages:threshold_set_update": (ADMIN, lambda w: [w.thresholds.pk]),
    "villages:threshold_set_publish": (ADMIN, lambda w: [w.thresholds.pk]),
    "villages:threshold_set_delete": (ADMIN, lambda w: [w.thresholds.pk]),
    "villages:threshold_set_history": (OF_PLACE, lambda w: [w.thresholds.pk]),
    "villages:report_list": (LIST_OF_PLACES, None),
    "villages:report_update": (
        "302 200 200 403 403 200 403 404 403",
        lambda w: [w.library.pk, "2019-1"],
    ),
    "villages:report_detail": (OF_PLACE, lambda w: [w.report.pk]),
    "villages:report_sheet_start": ("302 200 200 403 403 200 403 200 403", None),
    "villages:report_sheet_download": (SHEETS, lambda w: [w.regency.pk, "2019-2"]),
    "villages:report_sheet_detail": (SHEETS, lambda w: [w.sheet.pk]),
    "villages:report_sheet_cancel": (SHEETS, lambda w: [w.sheet.pk]),
    "villages:report_sheet_undo": (SHEETS, lambda w: [w.applied_sheet.pk]),
    "villages:report_sheet_history": (SHEETS, lambda w: [w.sheet.pk]),
    "villages:report_verify": (LOG.format(outsider=404), lambda w: [w.report.pk]),
    "villages:report_return": (LOG.format(outsider=404), lambda w: [w.report.pk]),
    "villages:report_reopen": (LOG.format(outsider=404), lambda w: [w.report.pk]),
    "villages:report_history": (OF_PLACE, lambda w: [w.report.pk]),
    "villages:report_kept": (OF_PLACE, lambda w: [with_file(w.report)]),
    "villages:report_photo": (OF_PLACE, lambda w: [w.report.key]),
    "villages:report_photo_thumbnail": (OF_PLACE, lambda w: [w.report.key]),
    "villages:reference_list": (ALL, None),
    "villages:reference_create": (ADMIN, None),
    "villages:reference_update": (ADMIN, lambda w: [w.reference.pk]),
    "villages:reference_delete": (ADMIN, lambda w: [w.reference.pk]),
    "villages:reference_history": (LIST_OF_PLACES, lambda w: [w.reference.pk]),
    "villages:score_matrix": (LIST_OF_PLACES, None),
    "villages:score_list": (LIST_OF_PLACES, None),
    "villages:score_indicator": (LIST_OF_PLACES, lambda w: ["visitors"]),
    "villages:participation_create": (
        "302 200 200 403 403 403 403 404 403",
        lambda w: [w.library.pk],
    ),
    "villages:participation_update": (
        "302 200 200 403 403 403 403 404 403",
        lambda w: [w.participation.pk],
    ),
    "villages:import_start": (ADMIN, None),
    "villages:import_list": (ADMIN, None),
    "villages:import_template": (ADMIN, None),
    "villages:import_detail": (ADMIN, lambda w: [w.draft.pk]),
    "villages:import_columns": (ADMIN, lambda w: [w.draft.pk]),
    "villages:import_rows": (ADMIN, lambda w: [w.draft.pk]),
    "villages:import_problems": (ADMIN, lambda w: [w.draft.pk]),
    "villages:import_cancel": (ADMIN, lambda w: [w.draft.pk]),
    "villages:import_undo": (ADMIN, lambda w: [w.applied.pk]),
    "villages:import_history": (ADMIN, lambda w: [w.draft.pk]),
    "programs:my_team": ("302 302 302 302 302 403 302 302 403", None),
    "programs:team_create": (ADMIN, None),
    "programs:team_detail": (OF_TEAM, lambda w: [w.team.pk]),
    "programs:team_update": (ADMIN, lambda w: [w.team.pk]),
    "programs:team_letterhead": (ADMIN, lambda w: [w.team.pk]),
    "programs:team_letterhead_sample": (OF_TEAM, lambda w: [w.team.pk]),
    "programs:team_logo": (OF_TEAM, lambda w: [w.team.pk]),
    "programs:team_logo_kept": (OF_TEAM, lambda w: [with_file(w.team)]),
    "programs:team_history": (OF_TEAM, lambda w: [w.team.pk]),
    "programs:team_roster": (OF_TEAM, lambda w: [w.team.pk]),
    "programs:membership_create": (LOG.format(outsider=404), lambda w: [w.team.pk]),
    "programs:membership_update": (LOG.format(outsider=404), lambda w: [w.member.pk]),
    "programs:membership_replace": (LOG.format(outsider=404), lambda w: [w.member.pk]),
    "programs:membership_end": (LOG.format(outsider=404), lambda w: [w.member.pk]),
    "programs:membership_history": (OF_TEAM, lambda w: [w.member.pk]),
    "programs:decree_list": (OF_TEAM, lambda w: [w.team.pk]),
    "programs:decree_create": (LOG.format(outsider=404), lambda w: [w.team.pk]),
    "programs:decree_detail": (OF_TEAM, lambda w: [w.decree.pk]),
    "programs:decree_update": (LOG.format(outsider=404), lambda w: [w.draft_decree.pk]),
    "programs:decree_history": (OF_TEAM, lambda w: [w.decree.pk]),
    "programs:decree_submit": (LOG.format(outsider=404), lambda w: [w.draft_decree.pk]),
    "programs:decree_return": (LOG.format(outsider=404), lambda w: [w.draft_decree.pk]),
    "programs:decree_sign": (ADMIN, lambda w: [w.draft_decree.pk]),
    "programs:decree_revoke": (ADMIN, lambda w: [w.decree.pk]),
    "programs:decree_discard": (LOG.format(outsider=404), lambda w: [w.draft_decree.pk]),
    "programs:decree_paper": (OF_TEAM, lambda w: [w.decree.pk]),
    "programs:decree_kept": (OF_TEAM, lambda w: [with_file(w.decree)]),
    "programs:decree_scan": (OF_TEAM, lambda w: [w.decree.key]),
    "programs:plan_list": (LIST_OF_TEAM, None),
    "programs:plan_create": (LOG.format(outsider=404), lambda w: [w.team.pk]),
    "programs:plan_detail": (OF_TEAM, lambda w: [w.plan.pk]),
    "programs:plan_months": (OF_TEAM, lambda w: [w.plan.pk]),
    "programs:plan_outcome": (OF_TEAM, lambda w: [w.plan.pk]),
    "programs:plan_spending": (OF_TEAM, lambda w: [w.plan.pk]),
    "programs:plan_note": (LOG.format(outsider=404), lambda w: [w.plan.pk]),
    "programs:plan_history": (OF_TEAM, lambda w: [w.plan.pk]),
    "programs:plan_order": ("302 405 405 403 403 403 403 405 403", lambda w: [w.plan.pk]),
    "programs:plan_import": (LOG.format(outsider=404), lambda w: [w.plan.pk]),
    "programs:plan_export": (OF_TEAM, lambda w: [w.plan.pk]),
    "programs:plan_paper": (OF_TEAM, lambda w: [w.plan.pk]),
    "programs:plan_submit": (LOG.format(outsider=404), lambda w: [w.plan.pk]),
    "programs:plan_review": (OF_TEAM, lambda w: [w.submitted_plan.pk]),
    "programs:plan_approve": (
        "302 403 403 200 403 403 403 403 403",
        lambda w: [w.submitted_plan.pk],
    ),
    "programs:plan_revise": (LOG.format(outsider=404), lambda w: [w.submitted_plan.pk]),
    "programs:plan_discard": (LOG.format(outsider=404), lambda w: [w.plan.pk]),
    "programs:plan_version": (OF_TEAM, lambda w: [w.submitted_plan.pk, 1]),
    "programs:activity_create": (LOG.format(outsider=404), lambda w: [w.plan.pk]),
    "programs:activity_detail": (OF_TEAM, lambda w: [w.activity.pk]),
    "programs:activity_update": (LOG.format(outsider=404), lambda w: [w.activity.pk]),
    "programs:activity_remove": (LOG.format(outsider=404), lambda w: [w.activity.pk]),
    "programs:activity_history": (OF_TEAM, lambda w: [w.activity.pk]),
    "programs:achievement_create": (LOG.format(outsider=404), lambda w: [w.activity.pk]),
    "programs:achievement_update": (LOG.format(outsider=404), lambda w: [w.achievement.pk]),
    "programs:achievement_delete": (LOG.format(outsider=404), lambda w: [w.achievement.pk]),
    "programs:expense_create": (LOG.format(outsider=404), lambda w: [w.activity.pk]),
    "programs:expense_update": (LOG.format(outsider=404), lambda w: [w.expense.pk]),
    "programs:expense_delete": (LOG.format(outsider=404), lambda w: [w.expense.pk]),
    "programs:expense_kept": (OF_TEAM, lambda w: [with_file(w.expense)]),
    "programs:expense_receipt": (OF_TEAM, lambda w: [w.expense.key]),
    "programs:funding_list": (OF_TEAM, lambda w: [w.team.pk]),
    "programs:funding_create": (LOG.format(outsider=404), lambda w: [w.team.pk]),
    "programs:funding_copy": ("302 405 405 403 403 403 403 405 403", lambda w: [w.team.pk]),
    "programs:funding_detail": (OF_TEAM, lambda w: [w.expense.source_id]),
    "programs:funding_update": (LOG.format(outsider=404), lambda w: [w.expense.source_id]),
    "programs:funding_history": (OF_TEAM, lambda w: [w.expense.source_id]),
    "programs:institution_list": (LIST_OF_TEAM, None),
    "programs:institution_create": (LOG.format(outsider=200), None),
    "programs:institution_detail": (OF_TEAM, lambda w: [w.member.institution_id]),
    "programs:institution_update": (LOG.format(outsider=404), lambda w: [w.member.institution_id]),
    "programs:institution_history": (OF_TEAM, lambda w: [w.member.institution_id]),
    "programs:institution_merge": (ADMIN, lambda w: [w.member.institution_id]),
    "programs:person_list": (LIST_OF_TEAM, None),
    "programs:person_create": (LOG.format(outsider=200), None),
    "programs:person_detail": (OF_TEAM, lambda w: [w.member.person_id]),
    "programs:person_update": (LOG.format(outsider=404), lambda w: [w.member.person_id]),
    "programs:person_history": (OF_TEAM, lambda w: [w.member.person_id]),
    "programs:person_merge": (ADMIN, lambda w: [w.member.person_id]),
    "programs:account_list": (ADMIN, None),
    "programs:account_invite": (ADMIN, None),
    "programs:account_detail": (ADMIN, lambda w: [w.account.pk]),
    "programs:account_history": (ADMIN, lambda w: [w.account.pk]),
    "programs:account_link": (ADMIN, lambda w: [w.account.pk]),
    "programs:assignment_create": (ADMIN, lambda w: [w.account.pk]),
    "programs:assignment_end": (ADMIN, lambda w: [w.account.assignments.get().pk]),
    "programs:account_disable": (ADMIN, lambda w: [w.account.pk]),
    "programs:account_second_factor": (ADMIN, lambda w: [w.account.pk]),
    "programs:account_enable": (ADMIN, lambda w: [w.account.pk]),
    "advocacy:meeting_list": (LIST_OF_TEAM, None),
    "advocacy:meeting_create": (LOG.format(outsider=200), None),
    "advocacy:roster": (LOG.format(outsider=404), lambda w: [w.team.pk]),
    "advocacy:meeting_detail": (OF_TEAM, lambda w: [w.meeting.pk]),
    "advocacy:meeting_update": (LOG.format(outsider=404), lambda w: [w.meeting.pk]),
    "advocacy:meeting_history": (OF_TEAM, lambda w: [w.meeting.pk]),
    "advocacy:meeting_hold": (LOG.format(outsider=404), lambda w: [w.meeting.pk]),
    "advocacy:meeting_submit": (LOG.format(outsider=404), lambda w: [w.meeting.pk]),
    "advocacy:meeting_take_back": (LOG.format(outsider=404), lambda w: [w.meeting.pk]),
    "advocacy:meeting_approve": ("302 403 403 200 403 403 403 403 403", lambda w: [w.meeting.pk]),
    "advocacy:meeting_return": ("302 403 403 200 403 403 403 403 403", lambda w: [w.meeting.pk]),
    "advocacy:meeting_reopen": ("302 403 403 200 403 403 403 403 403", lambda w: [w.meeting.pk]),
    "advocacy:meeting_cancel": (LOG.format(outsider=404), lambda w: [w.meeting.pk]),
    "advocacy:meeting_replan": (LOG.format(outsider=404), lambda w: [w.meeting.pk]),
    "advocacy:meeting_share": (OF_TEAM, lambda w: [w.meeting.pk]),
    "advocacy:person_reminder": (OF_TEAM, lambda w: [w.followup.person_in_charge_id]),
    "advocacy:group_summary": (LIST_OF_TEAM, None),
    "advocacy:meeting_ics": (OF_TEAM, lambda w: [w.meeting.pk]),
    "advocacy:meeting_tie": (LOG.format(outsider=404), lambda w: [w.meeting.pk]),
    "advocacy:meeting_document": (OF_TEAM, lambda w: [w.meeting.pk, "undangan"]),
    "advocacy:meeting_pdf": (OF_TEAM, lambda w: [w.meeting.pk, "undangan"]),
    "advocacy:meeting_logo": (OF_TEAM, lambda w: [w.meeting.pk, "undangan"]),
    "advocacy:meeting_word": (OF_TEAM, lambda w: [w.meeting.pk, "undangan"]),
    "advocacy:word_template_list": (ADMIN, lambda w: [w.team.pk]),
    "advocacy:word_template_document": (ADMIN, lambda w: [w.team.pk, "undangan"]),
    "advocacy:word_template_download": (ADMIN, lambda w: [w.team.pk, "undangan"]),
    "advocacy:word_template_create": (ADMIN, lambda w: [w.team.pk, "undangan"]),
    "advocacy:word_template_detail": (ADMIN, lambda w: [w.word_template.pk]),
    "advocacy:word_template_sample": (ADMIN, lambda w: [w.word_template.pk]),
    "advocacy:word_template_use": (ADMIN, lambda w: [w.word_template.pk]),
    "advocacy:word_template_withdraw": (ADMIN, lambda w: [w.word_template.pk]),
    "advocacy:word_template_history": (ADMIN, lambda w: [w.word_template.pk]),
    "advocacy:word_template_kept": (ADMIN, lambda w: [with_file(w.word_template)]),
    "advocacy:word_template_file": (ADMIN, lambda w: [w.word_template.key]),
    "advocacy:meeting_invitation": (LOG.format(outsider=404), lambda w: [w.meeting.pk]),
    "advocacy:meeting_invitation_renew": (
        LOG.format(outsider=404),
        lambda w: [w.meeting.pk],
    ),
    "advocacy:visit_schedule": (LIST_OF_PLACES, None),
    # Lists are the administrator's: to others an import does not exist.
    "advocacy:expansion_import": (
        "302 200 404 403 403 403 403 404 403",
        lambda w: [w.listed.pk],
    ),
    "advocacy:training_list": (LIST_OF_TEAM, None),
    "advocacy:training_create": (LOG.format(outsider=200), None),
    "advocacy:training_detail": (OF_TEAM, lambda w: [w.training.pk]),
    "advocacy:training_update": (LOG.format(outsider=404), lambda w: [w.training.pk]),
    "advocacy:training_delete": (LOG.format(outsider=404), lambda w: [w.training.pk]),
    "advocacy:training_history": (OF_TEAM, lambda w: [w.training.pk]),
    "advocacy:trip_list": (LIST_OF_TEAM, None),
    "advocacy:trip_create": (GO.format(outsider=200), None),
    "advocacy:trip_detail": (OF_TEAM, lambda w: [w.trip.pk]),
    "advocacy:trip_update": (GO.format(outsider=404), lambda w: [w.trip.pk]),
    "advocacy:trip_delete": (GO.format(outsider=404), lambda w: [w.trip.pk]),
    "advocacy:trip_ics": (OF_TEAM, lambda w: [w.trip.pk]),
    "advocacy:trip_history": (OF_TEAM, lambda w: [w.trip.pk]),
    "advocacy:trip_letter": (GO.format(outsider=404), lambda w: [w.trip.pk]),
    "advocacy:trip_letter_renew": (GO.format(outsider=404), lambda w: [w.trip.pk]),
    "advocacy:trip_document": (OF_TEAM, lambda w: [w.trip.pk, "surat-tugas"]),
    "advocacy:trip_word": (OF_TEAM, lambda w: [w.trip.pk, "surat-tugas"]),
    "advocacy:trip_pdf": (OF_TEAM, lambda w: [w.trip.pk, "surat-tugas"]),
    "advocacy:trip_logo": (OF_TEAM, lambda w: [w.trip.pk, "surat-tugas"]),
    "advocacy:followup_list": (LIST_OF_TEAM, None),
    "advocacy:followup_detail": (OF_TEAM, lambda w: [w.followup.pk]),
    # Not in their hands: the chair and the member may close their own only, the secretariat all.
    "advocacy:followup_close": ("302 200 200 403 403 403 403 404 403", lambda w: [w.followup.pk]),
    "advocacy:followup_progress": (
        "302 200 200 403 403 403 403 404 403",
        lambda w: [w.followup.pk],
    ),
    "advocacy:followup_reopen": (FOLLOWUPS, lambda w: [w.followup.pk]),
    "advocacy:followup_kept": (OF_TEAM, lambda w: [with_file(w.progress)]),
    "advocacy:followup_evidence": (OF_TEAM, lambda w: [w.progress.key]),
    "advocacy:case_board": (LIST_OF_TEAM, None),
    "advocacy:case_list": (LIST_OF_TEAM, None),
    "advocacy:case_create": (LOG.format(outsider=200), None),
    "advocacy:expansion_coverage": (LIST_OF_PLACES, None),
    "advocacy:expansion_board": (LIST_OF_PLACES, None),
    "advocacy:expansion_village_list": (LIST_OF_PLACES, None),
    "advocacy:expansion_detail": (OF_PLACE, lambda w: [w.expansion.pk]),
    "advocacy:expansion_create": (
        LOG.format(outsider=404),
        lambda w: [w.village_unknown.pk],
    ),
    "advocacy:expansion_update": (LOG.format(outsider=404), lambda w: [w.expansion.pk]),
    "advocacy:expansion_move": (LOG.format(outsider=404), lambda w: [w.expansion.pk]),
    "advocacy:expansion_take_back": (LOG.format(outsider=404), lambda w: [w.expansion.pk]),
    "advocacy:expansion_history": (OF_PLACE, lambda w: [w.expansion.pk]),
    "advocacy:expansion_step_update": (
        LOG.format(outsider=404),
        lambda w: [w.expansion.steps.last().pk],
    ),
    "advocacy:case_detail": (OF_TEAM, lambda w: [w.case.pk]),
    "advocacy:case_update": (LOG.format(outsider=404), lambda w: [w.case.pk]),
    "advocacy:case_move": (LOG.format(outsider=404), lambda w: [w.case.pk]),
    "advocacy:step_update": (LOG.format(outsider=404), lambda w: [w.case.steps.last().pk]),
    "advocacy:case_delete": (LOG.format(outsider=404), lambda w: [w.case.pk]),
    "advocacy:case_history": (OF_TEAM, lambda w: [w.case.pk]),
    "advocacy:commitment_list": (LIST_OF_TEAM, None),
    "advocacy:commitment_sums": (LIST_OF_TEAM, None),
    "advocacy:commitment_create": (LOG.format(outsider=200), None),
    "advocacy:commitment_detail": (OF_TEAM, lambda w: [w.commitment.pk]),
    "advocacy:commitment_update": (LOG.format(outsider=404), lambda w: [w.commitment.pk]),
    "advocacy:commitment_withdraw": (LOG.format(outsider=404), lambda w: [w.commitment.pk]),
    "advocacy:commitment_renew": (LOG.format(outsider=404), lambda w: [w.commitment.pk]),
    "advocacy:commitment_delete": (LOG.format(outsider=404), lambda w: [w.commitment.pk]),
    "advocacy:commitment_history": (OF_TEAM, lambda w: [w.commitment.pk]),
    "advocacy:realisation_create": (LOG.format(outsider=404), lambda w: [w.commitment.pk]),
    "advocacy:realisation_list": (LIST_OF_TEAM, None),
    "advocacy:realisation_update": (LOG.format(outsider=404), lambda w: [w.realisation.pk]),
    "advocacy:realisation_delete": (LOG.format(outsider=404), lambda w: [w.realisation.pk]),
    "advocacy:realisation_document": (OF_TEAM, lambda w: [w.realisation.pk, "berita-acara"]),
    "advocacy:realisation_pdf": (OF_TEAM, lambda w: [w.realisation.pk, "berita-acara"]),
    "advocacy:realisation_logo": (OF_TEAM, lambda w: [w.realisation.pk, "berita-acara"]),
    "advocacy:realisation_kept": (OF_TEAM, lambda w: [with_file(w.realisation)]),
    "advocacy:realisation_evidence": (OF_TEAM, lambda w: [w.realisation.key]),
    "advocacy:cadence_list": (LIST_OF_TEAM, None),
    "advocacy:cadence_detail": (OF_TEAM, lambda w: [w.team.pk, "decree"]),
    "advocacy:cadence_update": (RHYTHM, lambda w: [w.team.pk, "stakeholder"]),
    "advocacy:cadence_history": (OF_TEAM, lambda w: [w.cadence_rule.pk]),
    "advocacy:snooze_create": (RHYTHM, lambda w: [w.team.pk, "audience"]),
    "advocacy:snooze_create_subject": (RHYTHM, lambda w: [w.team.pk, "visit", w.library.pk]),
    "advocacy:snooze_end": (RHYTHM, lambda w: [w.snooze.pk]),
    "advocacy:partnership_list": (LIST_OF_TEAM, None),
    "advocacy:partnership_create": (LOG.format(outsider=200), None),
    "advocacy:partnership_detail": (OF_TEAM, lambda w: [w.partnership.pk]),
    "advocacy:partnership_update": (LOG.format(outsider=404), lambda w: [w.partnership.pk]),
    "advocacy:partnership_delete": (LOG.format(outsider=404), lambda w: [w.partnership.pk]),
    "advocacy:partnership_history": (OF_TEAM, lambda w: [w.partnership.pk]),
    "advocacy:partnership_kept": (OF_TEAM, lambda w: [with_file(w.partnership)]),
    "advocacy:partnership_paper": (OF_TEAM, lambda w: [w.partnership.key]),
    "advocacy:media_list": (LIST_OF_TEAM, None),
    "advocacy:media_create": (LOG.format(outsider=200), None),
    "advocacy:media_detail": (OF_TEAM, lambda w: [w.media.pk]),
    "advocacy:media_update": (LOG.format(outsider=404), lambda w: [w.media.pk]),
    "advocacy:media_delete": (LOG.format(outsider=404), lambda w: [w.media.pk]),
    "advocacy:media_history": (OF_TEAM, lambda w: [w.media.pk]),
    "advocacy:media_kept": (OF_TEAM, lambda w: [with_file(w.media)]),
    "advocacy:media_clipping": (OF_TEAM, lambda w: [w.media.key]),
    # Drafts are written by whoever began them, and by the secretariat.
    "advocacy:visit_list": (LIST_OF_PLACES, None),
    "advocacy:visit_create": (
        "302 200 200 200 200 403 403 404 403",
        lambda w: [w.library.pk],
    ),
    "advocacy:visit_detail": (OF_PLACE, lambda w: [w.visit.pk]),
    "advocacy:visit_update": (LOG.format(outsider=404), lambda w: [w.visit_draft.pk]),
    "advocacy:visit_send": (LOG.format(outsider=404), lambda w: [w.visit_draft.pk]),
    "advocacy:visit_reopen": ("302 200 200 200 403 403 403 404 403", lambda w: [w.visit.pk]),
    "advocacy:visit_tie": ("302 200 200 200 200 403 403 404 403", lambda w: [w.visit.pk]),
    "advocacy:visit_delete": (LOG.format(outsider=404), lambda w: [w.visit_draft.pk]),
    "advocacy:visit_ics": (OF_PLACE, lambda w: [w.visit.pk]),
    "advocacy:visit_history": (OF_PLACE, lambda w: [w.visit.pk]),
    "advocacy:visit_document": (OF_PLACE, lambda w: [w.visit.pk, "laporan"]),
    "advocacy:visit_pdf": (OF_PLACE, lambda w: [w.visit.pk, "laporan"]),
    "advocacy:visit_logo": (OF_PLACE, lambda w: [w.visit.pk, "laporan"]),
    "advocacy:photo_create": ("302 405 405 405 405 403 403 405 403", lambda w: [w.visit.pk]),
    "advocacy:photo": (OF_PLACE, lambda w: [w.photo.key]),
    "advocacy:photo_thumbnail": (OF_PLACE, lambda w: [w.photo.key]),
    "advocacy:photo_kept": (OF_PLACE, lambda w: [with_file(w.photo)]),
    # Of the country's own, whoever sees checklists sees them; that of a province its own people.
    "advocacy:checklist_list": (LIST_OF_PLACES, None),
    "advocacy:checklist_create": (ADMIN, None),
    "advocacy:checklist_sample": ("302 405 403 403 403 403 403 403 403", None),
    "advocacy:checklist_detail": (OF_PLACE, lambda w: [w.checklist.pk]),
    "advocacy:checklist_update": (ADMIN, lambda w: [w.checklist.pk]),
    "advocacy:checklist_begin": (ADMIN, lambda w: [w.checklist.pk]),
    "advocacy:checklist_withdraw": (ADMIN, lambda w: [w.checklist.pk]),
    "advocacy:checklist_history": (OF_PLACE, lambda w: [w.checklist.pk]),
    "advocacy:checklist_version": (OF_PLACE, lambda w: [w.checklist_draft.pk]),
    "advocacy:checklist_questions": (ADMIN, lambda w: [w.checklist_draft.pk]),
    "advocacy:checklist_publish": (ADMIN, lambda w: [w.checklist_draft.pk]),
    "advocacy:attachment_kept": (OF_TEAM, lambda w: [with_file(w.attachment)]),
    "advocacy:attachment": (OF_TEAM, lambda w: [w.attachment.key]),
    "advocacy:thumbnail": (OF_TEAM, lambda w: [w.attachment.key]),
}


def url_names(resolver=None, namespace=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"
        elif isinstance(entry, URLResolver):
            yield from url_names(
                entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            )


def test_the_table_knows_every_url():
    names = [name for name in url_names() if not name.startswith("admin:")]
    assert sorted(names) == sorted(TABLE)


class World:
    def __init__(self):
        self.team = factories.logo(factories.team())
        self.regency = factories.regency()
        self.library = factories.library()
        self.village_without = factories.village("19.01.06.2003", "Dalil")
        self.draft, self.applied = batch_of(row("Kapuk")), applied(["Jumlah"])
        factories.village("19.01.06.2005", "Tiang Tarah")
        self.listed = applied(row("Tiang Tarah"))
        self.meeting = factories.minutes(self.team)
        self.followup = self.meeting.followups.get()
        safe = SafeFile(
            ContentFile(b"isi"), "image/jpeg", "foto.jpg", thumbnail=ContentFile(b"kecil")
        )
        self.progress = factories.progress(self.followup)
        self.attachment = Attachment.store(safe, kind="photo", by=None, meeting=self.meeting)
        self.member = self.team.memberships.get(role="chair")
        self.decree = factories.decree(self.team)
        self.draft_decree = factories.decree(self.team, state="drafting", level="governor")
        self.plan = factories.plan(self.team, activities=0)
        self.activity = factories.activity(self.plan, way="other")
        self.achievement = factories.achievement(self.activity)
        self.expense = factories.expense(self.activity)
        self.submitted_plan = factories.plan(self.team, year=2020, state="submitted")
        self.account = factories.user("member")
        self.feed, self.feed_token = factories.calendar_feed(self.account)
        self.case = factories.case(self.team)
        self.commitment = factories.commitment(self.team, case=self.case)
        self.realisation = factories.realisation(self.commitment)
        self.partnership, self.media = factories.partnership(self.team), factories.media(self.team)
        for one in (self.partnership, self.media):
            one.save_submission(
                safe=SafeFile(ContentFile(b"%PDF-1.7 naskah"), "application/pdf", "naskah.pdf"),
                by=None,
                version=1,
            )
        self.participation = factories.participation(self.library, by=self.account)
        self.report = factories.report(self.library, by=self.account, story_consent=True, safe=safe)
        filled = FilledSheet(quarter=self.report.quarter)
        self.sheet, self.applied_sheet = filled.batch(None), filled.applied(None)
        self.reference = factories.reference()
        self.visit = factories.visit(self.library, by=self.account)
        self.visit_draft = factories.visit(self.library, by=self.account, send=False)
        self.photo = factories.photo(self.visit_draft, by=self.account)
        self.checklist = factories.checklist(by=self.account)
        self.thresholds = factories.thresholds(2019, by=self.account, publish=False)
        self.checklist_draft = factories.next_version(self.checklist, by=self.account)
        self.training = factories.training(
            self.team, participants=[(self.library.village, {"women": 2})]
        )
        self.trip = factories.trip(self.team, libraries=[self.library])
        self.village_unknown = factories.village("19.01.06.2004", "Maras")
        self.expansion = factories.expansion(self.village_without, "candidate", "audience")
        self.cadence_rule = factories.cadence_rule(self.team)
        self.snooze = factories.snooze(self.team)
        self.word_template = factories.word_template(self.team, by=self.account)
        factories.team("11", members=factories.ROSTER[:3])


def account_for(role):
    if role == "anonymous":
        return None
    if role == "nobody":
        return factories.user()
    if role == "outsider":
        return factories.user("secretariat", province_code="11")
    return factories.user(role, regency_code="19.01" if role == "regency_officer" else None)


def close_files(response):
    """
    Close the file that the response holds; response.close() would end the test's connection too.
    """
    for close in response._resource_closers:
        close()


#: Whose pages SQLite is asked for: of these roles one sees most, one least, and one a part of the
#: province.
SMOKE = pytest.mark.both("a look at every page, for what its queries ask")
ON_BOTH = ["administrator", "observer", "regency_officer"]


@pytest.fixture(scope="class")
def world(shared_world):
    return World()


@pytest.mark.django_db
class TestEveryUrl:
    @pytest.mark.parametrize(
        "role", [pytest.param(role, marks=SMOKE if role in ON_BOTH else ()) for role in ROLES]
    )
    def test_answers_each_role(self, client, world, role):
        account = account_for(role)
        if account:
            client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
        answers, expected = {}, {}
        for name, (statuses, arguments) in TABLE.items():
            expected[name] = int(statuses.split()[ROLES.index(role)])
            response = client.get(reverse(name, args=arguments(world) if arguments else []))
            answers[name] = response.status_code
            close_files(response)
        assert answers == expected


@pytest.mark.django_db
def test_an_unknown_file_does_not_exist(sign_in, client):
    sign_in("secretariat")
    assert client.get(reverse("advocacy:attachment", args=[uuid.uuid4()])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_admins_door_is_open_to_administrators(rf, role):
    request = rf.get("/admin/")
    request.user = account_for(role) or AnonymousUser()
    assert admin.site.has_permission(request) == (role == "administrator")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", "administrator", "secretariat"])
def test_every_page_of_the_admin_is_behind_that_door(client, role):
    """
    Every list and every add page of the admin: administrators in, everybody else is sent to sign
    in.
    """
    account = account_for(role)
    if account:
        client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
    for name in sorted(set(url_names())):
        if not name.startswith("admin:"):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        status = client.get(url).status_code
        if role == "administrator":
            assert status in (200, 302, 403, 404, 405), f"{name}: {status}"
        else:
            assert status in (302, 403, 404, 405), f"{name}: {status}"


@pytest.mark.django_db
class TestRegencyOfficer:
    """Sees the libraries of one regency, and no other."""

    def test_another_regency_does_not_exist(self, sign_in, client):
        other = factories.library(factories.village("19.02.05.2001", "Badau"))
        sign_in("regency_officer", regency_code="19.01")
        for name in ("library_detail", "library_update", "library_history"):
            assert client.get(reverse(f"villages:{name}", args=[other.pk])).status_code == 404
        assert client.get(reverse("villages:region_detail", args=["19.02"])).status_code == 404
        assert client.get(reverse("villages:region_detail", args=["19"])).status_code == 404
        assert "Badau" not in client.get(reverse("villages:library_list")).content.decode()

    def test_may_change_a_library_of_the_own_regency(self, sign_in, client):
        own = factories.library()
        sign_in("regency_officer", regency_code="19.01")
        url = reverse("villages:library_update", args=[own.pk])
        response = client.post(
            url, {"name": own.name, "head": "Pengelola desa", "version": own.version}
        )
        assert response.status_code == 302
        own.refresh_from_db()
        assert own.head == "Pengelola desa"


@pytest.mark.django_db
def test_a_role_reaches_only_the_province_it_is_held_in(sign_in, client):
    """Chair in one province and member in another: approving stays in the first."""
    there = factories.minutes(factories.team("11"), state="submitted")
    here = factories.minutes(factories.team("19"), state="submitted")
    account = factories.assign(factories.user("chair"), "member", "11")
    sign_in(account)
    assert client.get(reverse("advocacy:meeting_approve", args=[here.pk])).status_code == 200
    assert client.get(reverse("advocacy:meeting_detail", args=[there.pk])).status_code == 200
    assert client.get(reverse("advocacy:meeting_approve", args=[there.pk])).status_code == 403


@pytest.mark.django_db
def test_an_import_of_another_province_does_not_exist(sign_in, client):
    """
    For an administrator of another province; one of the whole country only for national
    administrators.
    """
    factories.province()
    here, whole = batch_of(row("Kapuk")), batch_of(row("Kapuk"), province=None)
    sign_in("administrator", province_code="11")
    for name in ("detail", "columns", "rows", "problems", "cancel", "undo", "history"):
        for batch in (here, whole):
            assert (
                client.get(reverse(f"villages:import_{name}", args=[batch.pk])).status_code == 404
            ), name
    assert client.post(here.get_absolute_url(), {"aksi": "terapkan"}).status_code == 404
    assert "daftar.xlsx" not in client.get(reverse("villages:import_list")).content.decode()
    sign_in("administrator", province_code=None)
    for batch in (here, whole):
        assert client.get(batch.get_absolute_url()).status_code == 200
