"""What the page of a case tells of a village: its steps, what is still to come, what is known."""

from dataclasses import dataclass
from itertools import pairwise

from advocacy.expansion_evidence import VillagePlace, commitments, describe
from advocacy.expansion_stages import NoEvidence, Stage
from advocacy.models import CasePlace, ExpansionStep
from sinergi.kit.dates import long_date
from sinergi.kit.text import thousands
from villages.models import Library

#: The icons of the kinds of evidence.
ICONS = {
    "meeting": "chat-bubble-left-right",
    "commitment": "hand-raised",
    "realisation": "banknotes",
    "decree": "document-text",
    "training": "academic-cap",
    "report": "chart-bar",
}
#: What there is to be had before a library stands by itself; what comes last are the criteria.
ASKED = {
    Stage.AUDIENCE: "Audiensi",
    Stage.COMMITMENT: "Komitmen tertulis",
    Stage.BUDGET: "Anggaran atau SK",
    Stage.TRAINING: "Bimtek pengelola",
    Stage.RUNNING: "Laporan pertama terverifikasi",
}
NEAR = 5  # of each kind of what is known about a village


@dataclass(frozen=True)
class ToldStep:
    """A step as the page tells it; `url` of its evidence is "" for who may not see it."""

    step: ExpansionStep
    days: int | None
    title: str = ""
    url: str = ""
    icon: str = ""

    @property
    def when(self):
        day = long_date(self.step.reached_on)
        if self.days is None:
            return day
        after = f"{thousands(self.days)} hari kemudian" if self.days else "pada hari yang sama"
        return f"{day}, {after}"

    @property
    def why_bare(self):
        """Return why it has no evidence, in words, or ""."""
        if not self.step.reason or self.step.stage == Stage.STOPPED:
            return ""
        return NoEvidence(self.step.reason).label


def tell_steps(steps, user):
    """Return the ToldStep of each, in their order."""
    days = [None, *((b.reached_on - a.reached_on).days for a, b in pairwise(steps))]
    return [_tell(step, after, user) for step, after in zip(steps, days, strict=True)]


def _tell(step, days, user):
    record = step.evidence
    if record is None:
        return ToldStep(step, days)
    meta = record._meta
    seen = user.has_perm(f"{meta.app_label}.view_{meta.model_name}", record)
    title = describe(step.kind, record).title
    url = record.get_absolute_url() if seen else ""
    return ToldStep(step, days, title, url, ICONS[step.kind])


@dataclass(frozen=True)
class CheckItem:
    """Something a village has, waits for now ("running"), or will need."""

    label: str
    detail: str = ""
    css: str = ""

    @property
    def icon(self):
        return {"yes": "check", "running": "arrow-path"}.get(self.css, "minus")


def checklist(steps, offered):
    """
    Return the CheckItem of every stage before the last; `offered`: how many records would show the
    next one, or None for whoever cannot tie them.
    """
    last = steps[-1]
    here = Stage(last.from_stage if last.stage == Stage.STOPPED else last.stage)
    found = {step.stage: step for step in steps}
    items = []
    for stage, label in ASKED.items():
        if stage.place <= here.place:
            step = found.get(stage)
            reached = "yes" if step else ""
            items.append(CheckItem(label, _reached(step), reached))
        elif stage == here.next and last.stage != Stage.STOPPED:
            waits = f"{offered} catatan cocok" if offered else "belum ada catatan yang cocok"
            items.append(
                CheckItem(label, "menunggu bukti" if offered is None else waits, "running")
            )
        else:
            items.append(CheckItem(label))
    return items


def _reached(step):
    if step is None:
        return "dilewati"
    return f"sejak {long_date(step.reached_on)}{', tanpa bukti' if step.reason else ''}"


def what_is_known(village, user):
    """
    Return what may speak for a village: libraries in the programme near it, commitments that name
    it, and what is being asked for it; a few of each.
    """
    libraries = Library.objects.visible_to(user).filter(participations__isnull=False).distinct()
    near = libraries.filter(village__district=village.district_id)[:NEAR]
    asked = CasePlace.objects.visible_to(user, "advocacy.view_advocacycase").filter(village=village)
    promised = commitments(VillagePlace.of(village), near=True).visible_to(user)
    return {
        "libraries": list(near) or list(libraries.filter(regency=village.regency_id)[:NEAR]),
        "commitments": list(promised.select_related("institution").distinct()[:NEAR]),
        "requests": list(asked.select_related("case__institution").order_by("-pk")[:NEAR]),
    }
