"""Writes that span models: accounts, the register and the team's decrees, and the work plan."""

from programs.actions.accounts import (
    disable_account,
    enable_account,
    invite,
    lock_accounts,
    note_link,
    reset_second_factor,
)
from programs.actions.activities import (
    add_activities,
    move_activity,
    remove_activity,
    save_activity,
)
from programs.actions.annexes import annex_of
from programs.actions.assignments import assign, end_assignment
from programs.actions.funding import copy_sources
from programs.actions.memberships import add_member, replace_member
from programs.actions.merges import MergeRefused, foreign_keys_to, merge_into
from programs.actions.plans import create_plan, discard_plan, save_note
from programs.actions.reviews import (
    add_comments,
    approve_plan,
    resolve_comment,
    return_plan,
    submit_plan,
)
from programs.actions.signatures import record_signature
from programs.actions.teams import form_team, save_letterhead
from programs.actions.word_templates import use_template

__all__ = [
    "MergeRefused",
    "add_activities",
    "add_comments",
    "add_member",
    "annex_of",
    "approve_plan",
    "assign",
    "copy_sources",
    "create_plan",
    "disable_account",
    "discard_plan",
    "enable_account",
    "end_assignment",
    "foreign_keys_to",
    "form_team",
    "invite",
    "lock_accounts",
    "merge_into",
    "move_activity",
    "note_link",
    "record_signature",
    "remove_activity",
    "replace_member",
    "reset_second_factor",
    "resolve_comment",
    "return_plan",
    "save_activity",
    "save_letterhead",
    "save_note",
    "submit_plan",
    "use_template",
]
