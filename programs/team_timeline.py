"""The line of time of a team: members who came and went, and its decrees."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from programs.models import Decree


@dataclass(frozen=True)
class Moment:
    day: date
    label: str
    note: str = ""
    url: str = ""
    is_open: bool = False


def team_timeline(team, memberships, decrees):
    """Return the latest moments: members who came and went, and the decrees, newest first."""
    moments, handed_on = [], {one.replaces_id for one in memberships}
    for one in sorted(memberships, key=lambda one: (one.starts_on, one.pk)):
        if one.replaces_id:
            label = f"{one.person.name} menggantikan {one.replaces.person.name}"
            if one.person_id == one.replaces.person_id:
                label = f"{one.person.name} tetap di tim dengan kedudukan baru"
            moments.append(
                Moment(one.starts_on, label, f"{one.replaces.end_reason}. {one.institution.name}.")
            )
        elif one.starts_on > team.formed_on:
            moments.append(
                Moment(one.starts_on, f"{one.person.name} bergabung", one.institution.name)
            )
        if one.ends_on and one.pk not in handed_on:
            moments.append(Moment(one.ends_on, f"{one.person.name} berhenti", one.end_reason))
    for decree in decrees:
        if decree.is_binding:
            moments.append(
                Moment(
                    decree.signed_on,
                    f"{decree} ditetapkan",
                    decree.term_text,
                    decree.get_absolute_url(),
                )
            )
            if decree.state == Decree.State.REVOKED:
                moments.append(
                    Moment(
                        decree.in_force_until,
                        f"{decree} berakhir",
                        decree.revoke_reason,
                        decree.get_absolute_url(),
                    )
                )
        else:
            drafted = timezone.localtime(decree.created_at).date()
            moments.append(
                Moment(
                    drafted,
                    f"{decree} disusun",
                    decree.about,
                    decree.get_absolute_url(),
                    is_open=True,
                )
            )
    moments.append(Moment(team.formed_on, "Tim dibentuk"))  # last of its day
    return sorted(moments, key=lambda moment: moment.day, reverse=True)[:14]
