"""Where a reminder leads: to its list, to the form that puts it off, to the next step."""

from urllib.parse import urlencode

from django.urls import reverse

from advocacy.cadence.kinds import MEETINGS, CadenceKind
from advocacy.cadence.states import State
from advocacy.forms.minutes import SCHEDULE
from advocacy.forms.trips import MAX_STOPS
from advocacy.models import Meeting
from villages.quarters import Quarter

#: {state: the list of a rule's page that shows it}.
LATE, SOON, SCHEDULED, ASLEEP = "lewat", "segera", "terjadwal", "ditunda"
LISTS = {State.LATE: LATE, State.SOON: SOON, State.SCHEDULED: SCHEDULED}
#: {rule: the kind of meeting that its form is filled in with}.
FORMS = {
    CadenceKind.INTERNAL: Meeting.Kind.INTERNAL,
    CadenceKind.STAKEHOLDER: Meeting.Kind.STAKEHOLDER_PROVINCE,
    CadenceKind.AUDIENCE: Meeting.Kind.AUDIENCE,
}


def list_url(standing, part, user):
    """Return the address of the list of what a reminder is about: as many as it says."""
    rule = standing.rule
    if standing.kind == CadenceKind.REPORT and standing.regencies:
        return reports_to_come_url(standing)
    asked = {"daftar": part}
    if standing.kind == CadenceKind.CASE and not user.has_perm(
        "advocacy.change_advocacycase", rule.team
    ):
        asked["milik"] = "saya"
    return f"{rule.get_absolute_url()}?{urlencode(asked)}"


def reports_to_come_url(standing):
    """
    Return the address of the reports that are still to come, in the province of the team, or in the
    one regency that was asked for.
    """
    asked = {"triwulan": Quarter.last_ended(standing.today).key, "daftar": "belum"}
    asked |= {"province": standing.rule.team.province_id}
    if len(standing.regencies) == 1:
        asked |= {"regency": next(iter(standing.regencies))}
    return f"{reverse('villages:report_list')}?{urlencode(asked)}"


def snooze_url(rule, key, user):
    """Return where a reminder is put off, of one record (its key) or as a whole; "" for nobody."""
    if not user.has_perm("advocacy.add_cadencesnooze", rule.team):
        return ""
    where = [rule.team_id, rule.kind]
    if key is None:
        return reverse("advocacy:snooze_create", args=where)
    return reverse("advocacy:snooze_create_subject", args=[*where, key])


def step_of(standing, rows, listed):
    """
    Return (address, label) of the next step: a form filled in, or where the work is done; `listed`
    is the address of the list.
    """
    rule, first = standing.rule, rows[0]
    team, kind = rule.team, standing.kind
    if kind in MEETINGS:
        if first.planned_key:
            return reverse("advocacy:meeting_detail", args=[first.planned_key]), "Lihat jadwal"
        asked = {"untuk": SCHEDULE, "jenis": FORMS[kind], "tim": team.pk}
        return f"{reverse('advocacy:meeting_create')}?{urlencode(asked)}", "Jadwalkan"
    if kind == CadenceKind.VISIT:
        asked = {"perpustakaan": [row.key for row in rows[:MAX_STOPS]]}
        return f"{reverse('advocacy:trip_create')}?{urlencode(asked, doseq=True)}", "Jadwalkan"
    if kind == CadenceKind.REPORT:
        return reports_to_come_url(standing), "Buka daftar"
    if kind == CadenceKind.PLAN and first.key is None:
        return reverse("programs:plan_create", args=[team.pk]), "Susun rencana"
    return (listed, "Buka daftar") if len(rows) > 1 else (first.url, OPENS[kind])


OPENS = {
    CadenceKind.DECREE: "Buka SK",
    CadenceKind.PARTNERSHIP: "Buka kerja sama",
    CadenceKind.PLAN: "Lanjutkan",
    CadenceKind.CASE: "Buka sasaran",
    CadenceKind.COMMITMENT: "Buka komitmen",
    CadenceKind.EXPANSION: "Buka desa",
}
