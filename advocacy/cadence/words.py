"""What a reminder says."""

from advocacy.cadence.kinds import MEETINGS, CadenceKind
from advocacy.cadence.states import State
from advocacy.visit_intervals import months_later
from sinergi.kit.dates import long_date
from sinergi.kit.status import Status, Tone
from sinergi.kit.text import thousands
from villages.quarters import DUE_DAYS, Quarter


def interval_text(rule):
    """Sedikitnya sekali sebulan; sedikitnya sekali dalam 3 bulan."""
    if rule.months == 1:
        return "Sedikitnya sekali sebulan"
    return f"Sedikitnya sekali dalam {rule.months} bulan"


def interval_of(rule):
    """Return how often, or after how long, a rule reminds; the team's own numbers among them."""
    team, shorter = rule.team, rule.team.visit_interval_open
    return {
        CadenceKind.VISIT: f"Setiap {team.visit_interval} bulan, atau {shorter} selama ada"
        " rekomendasi terbuka",
        CadenceKind.REPORT: f"Setiap triwulan, {DUE_DAYS} hari sesudahnya",
        CadenceKind.PLAN: "Setiap semester, sebelum mulai",
        CadenceKind.DECREE: "Akhir masa berlaku SK",
        CadenceKind.PARTNERSHIP: "Akhir masa kerja sama",
        CadenceKind.COMMITMENT: "Tenggat komitmen",
        CadenceKind.CASE: f"{team.stall_days} hari tanpa langkah berikutnya",
        CadenceKind.EXPANSION: f"{team.stall_days} hari tanpa langkah berikutnya",
    }.get(rule.kind) or interval_text(rule)


def within(due, today):
    """Return how far a day is: hari ini, dalam 6 hari."""
    return f"dalam {thousands((due - today).days)} hari" if due > today else "hari ini"


def due_status_of(state, due, today):
    """Return the mark of a reminder: by how many days it is late, or how many are left."""
    days = (due - today).days
    if state == State.LATE:
        return Status(f"Terlambat {thousands(-days)} hari", Tone.LATE)
    return Status(f"Sisa {thousands(days)} hari" if days else "Hari ini", Tone.WAITING)


def alert_title(standing, state, subjects):
    """Return what a reminder is about; it names how many there are."""
    rule, first, n = standing.rule, subjects[0], thousands(len(subjects))
    if rule.kind in MEETINGS:
        return _meeting_title(rule, state, first)
    return TITLES[rule.kind](standing, state, subjects, first, n)


def _meeting_title(rule, state, subject):
    label = str(rule)
    if state == State.SOON:
        return f"{label} berikutnya paling lambat {long_date(subject.due)}"
    label = f"{label[:1].lower()}{label[1:]}"
    if subject.event is None:
        return f"Belum pernah ada {label}"
    return f"Belum ada {label} sejak {long_date(subject.event)}"


def _visit_title(standing, state, subjects, first, n):
    rule = standing.rule
    if state == State.SOON:
        return f"{n} perpustakaan perlu dikunjungi dalam {rule.warning} hari"
    months = rule.team.visit_interval
    if all(one.event and months_later(one.event, months) == one.due for one in subjects):
        return f"{n} perpustakaan belum dikunjungi {months} bulan"
    return f"{n} perpustakaan melewati jarak kunjungannya"


def _report_title(standing, state, subjects, first, n):
    quarter = Quarter.of(first.event)
    return f"{n} perpustakaan belum mengirim laporan {quarter.in_sentence}"


def _decree_title(standing, state, subjects, first, n):
    if len(subjects) > 1:
        return f"{n} SK {'sudah' if state == State.LATE else 'segera'} berakhir"
    if state == State.LATE:
        return f"{first.label} sudah berakhir, belum ada gantinya"
    return f"{first.label} berakhir {long_date(first.due)}"


def _partnership_title(standing, state, subjects, first, n):
    if len(subjects) > 1:
        return f"{n} kerja sama {'sudah' if state == State.LATE else 'segera'} berakhir"
    if state == State.LATE:
        return f"Kerja sama sudah berakhir: {first.label}"
    return f"Kerja sama berakhir {long_date(first.due)}: {first.label}"


def _plan_title(standing, state, subjects, first, n):
    return f"{first.label if len(subjects) == 1 else f'{n} rencana kerja'} belum diajukan"


def _case_title(standing, state, subjects, first, n):
    days = standing.rule.team.stall_days
    return f"{n} sasaran advokasi belum ada kemajuan lebih dari {days} hari"


def _commitment_title(standing, state, subjects, first, n):
    return f"{n} komitmen lewat tenggat"


def _expansion_title(standing, state, subjects, first, n):
    days = standing.rule.team.stall_days
    return f"{n} desa menuju program belum ada kemajuan lebih dari {days} hari"


TITLES = {
    CadenceKind.VISIT: _visit_title,
    CadenceKind.REPORT: _report_title,
    CadenceKind.DECREE: _decree_title,
    CadenceKind.PARTNERSHIP: _partnership_title,
    CadenceKind.PLAN: _plan_title,
    CadenceKind.CASE: _case_title,
    CadenceKind.COMMITMENT: _commitment_title,
    CadenceKind.EXPANSION: _expansion_title,
}


def alert_note(standing, state, subjects):
    """
    Return the sentence below it: which one waits longest, and since when; and how many more are
    near or were put off.
    """
    more = []
    if state == State.LATE and (near := len(standing.of(State.SOON))):
        more.append(f" {thousands(near)} lagi sudah dekat.")
    if (asleep := len(standing.asleep)) and subjects[0].snooze is None:
        more.append(f" {thousands(asleep)} lagi ditunda.")
    return "".join([_first_note(standing, subjects), *more])


def _first_note(standing, subjects):
    rule, first = standing.rule, subjects[0]
    if rule.kind in MEETINGS:
        later = f"; dijadwalkan {long_date(first.planned)}" if first.planned else ""
        return f"{interval_text(rule)}{later}."
    if rule.kind in (CadenceKind.REPORT, CadenceKind.PLAN):
        word = "Tenggat" if rule.kind == CadenceKind.REPORT else "Berlaku mulai"
        return f"{word} {long_date(first.due)}."
    if rule.kind in (CadenceKind.DECREE, CadenceKind.PARTNERSHIP):
        return f"{_named(subjects)}Berlaku sampai {long_date(first.due)}."
    longest = "Paling lama menunggu: " if len(subjects) > 1 else ""
    return f"{longest}{first.label}, {since_text(rule.kind, first)}."


def _named(subjects):
    return f"Paling dekat: {subjects[0].label}. " if len(subjects) > 1 else ""


def since_text(kind, subject):
    """Return since when a thing waits, in words."""
    if kind == CadenceKind.VISIT:
        if subject.event is None:
            return "belum pernah dikunjungi"
        return f"terakhir {long_date(subject.event)}"
    if kind == CadenceKind.COMMITMENT:
        return f"tenggat {long_date(subject.due)}"
    return f"sejak {long_date(subject.event)}"
