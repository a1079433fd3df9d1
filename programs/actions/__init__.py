"""Writes that span models: accounts, the register and the team's decrees, and the work plan."""

from programs.actions.accounts import (
    assign,
    disable_account,
    enable_account,
    end_assignment,
    invite,
    lock_accounts,
    note_link,
)
from programs.actions.funding import copy_sources
from programs.actions.plans import (
    add_activities,
    add_comments,
    approve_plan,
    create_plan,
    discard_plan,
    move_activity,
    remove_activity,
    resolve_comment,
    return_plan,
    save_activity,
    submit_plan,
)
from programs.actions.register import (
    MergeRefused,
    add_member,
    merge_into,
    record_signature,
    references_to,
    replace_member,
    roster_of,
)
from programs.actions.teams import form_team

__all__ = [
    "MergeRefused",
    "add_activities",
    "add_comments",
    "add_member",
    "approve_plan",
    "assign",
    "copy_sources",
    "create_plan",
    "disable_account",
    "discard_plan",
    "enable_account",
    "end_assignment",
    "form_team",
    "invite",
    "lock_accounts",
    "merge_into",
    "move_activity",
    "note_link",
    "record_signature",
    "references_to",
    "remove_activity",
    "replace_member",
    "resolve_comment",
    "return_plan",
    "roster_of",
    "save_activity",
    "submit_plan",
]
