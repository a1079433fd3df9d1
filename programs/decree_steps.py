"""What the page of a team says of its legal basis: the three levels, and the road to the next."""

from dataclasses import dataclass, replace

from django.utils import timezone

from programs.documents import issuer_of
from programs.models import Decree
from sinergi.kit.dates import long_date, month_year
from sinergi.kit.status import Status, Tone
from sinergi.kit.templatetags.sinergi import thousands

NEXT_STEP = Status("Tahap berikutnya")


@dataclass
class LegalStep:
    """
    One level of legality on a day. `decree` is the one in force there, `pending` the draft on its
    way.
    """

    level: str
    title: str
    decree: Decree | None = None
    pending: Decree | None = None
    status: Status = NEXT_STEP
    note: str = ""
    in_force: bool = False
    in_progress: bool = False


def legal_steps(team, decrees, day):
    """Return the three levels, each with its decree and status on that day."""
    steps = []
    for level in Decree.Level:
        own = [
            d
            for d in decrees
            if d.level == level and (d.is_binding or timezone.localtime(d.created_at).date() <= day)
        ]
        holding = [d for d in own if d.amends_id is None and d.holds_on(day)]
        pending = [d for d in own if not d.is_binding]
        step = LegalStep(
            level.label, f"SK {issuer_of(level, team)}", pending=pending[-1] if pending else None
        )
        if holding:
            step.decree, step.in_force = holding[-1], True
            step.status = step.decree.status_on(day)
            step.note = step.decree.term_text
            left = step.decree.days_left(day)
            step.note += f", sisa {thousands(left)} hari" if left is not None else ""
        elif step.pending:
            step.decree, step.pending, step.in_progress = step.pending, None, True
            step.status = replace(step.decree.status_on(day), tone=Tone.WAITING)
            step.note = (
                f"Target ditetapkan {long_date(step.decree.target_on)}"
                if step.decree.target_on
                else "Belum ada target"
            )
        elif ended := [d for d in own if d.is_binding and d.amends_id is None]:
            step.decree = max(ended, key=lambda d: d.effective_from)
            step.status = step.decree.status_on(day)
            step.note = step.decree.term_text
        elif steps:
            step.note = f"Diberikan bertahap setelah {steps[-1].title}"
        steps.append(step)
    return steps


@dataclass
class Milestone:
    label: str
    note: str
    is_now: bool = False
    is_ahead: bool = False
    is_late: bool = False


def road_to_next(team, decrees, today):
    """
    Return (decree, milestones) of the highest draft on its way: what is done, what is due, what
    comes. None without a draft.
    """
    pending = [d for d in decrees if not d.is_binding]
    if not pending:
        return None
    decree = max(pending, key=lambda d: (d.rank, d.pk))
    drafted = timezone.localtime(decree.created_at).date()
    steps = [Milestone("Draf disusun", long_date(drafted))]
    if decree.roster_on > drafted:
        ahead = decree.roster_on > today
        day = f"per {long_date(decree.roster_on)}"
        steps.append(Milestone("Daftar anggota disesuaikan", day, is_ahead=ahead))
    desk = "Biro Hukum" if decree.level == Decree.Level.GOVERNOR else decree.issuer
    if decree.state == Decree.State.SUBMITTED:
        sent = timezone.localtime(decree.submitted_at).date()
        steps.append(Milestone("Diajukan", f"{long_date(sent)}, ke {desk}"))
        late, waiting = _due(decree.target_on, today)
        due = late or waiting or "belum ada target"
        steps.append(Milestone("Menunggu penetapan", due, is_now=True, is_late=bool(late)))
    else:
        late, waiting = _due(decree.submit_by, today)
        due = late or waiting or "belum ada target"
        steps.append(Milestone(f"Ajukan ke {desk}", due, is_now=True, is_late=bool(late)))
        if decree.level == Decree.Level.GOVERNOR:
            steps.append(Milestone("Harmonisasi", "di Biro Hukum", is_ahead=True))
        target = month_year(decree.target_on) if decree.target_on else "belum ada target"
        steps.append(Milestone("Penetapan", target, is_ahead=True))
    return decree, steps


def _due(day, today):
    """
    Return ("terlambat 6 hari", ""), or ("", "sampai 28 Juni 2019") while there is time, or ("", "")
    without a day.
    """
    if day is None:
        return "", ""
    return (
        (f"terlambat {thousands((today - day).days)} hari", "")
        if day < today
        else ("", f"sampai {long_date(day)}")
    )
