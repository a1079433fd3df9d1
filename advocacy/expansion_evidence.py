"""
Which records would show a stage of a village: those that name the village, and those of its
regency. Every place and day may be a value, or a column of an outer query.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.text import capfirst

from advocacy.expansion_stages import EVIDENCE, Stage
from advocacy.models import Commitment, Meeting, Realisation, Training
from programs.models import Decree
from sinergi.kit.dates import long_date
from sinergi.kit.money import rupiah
from villages.models import LibraryReport
from villages.quarters import Quarter

#: Of each kind as many are offered, the newest first.
LIMIT = 10


@dataclass(frozen=True)
class VillagePlace:
    """Of which village records are looked for."""

    village: object
    regency: object
    province: object

    @classmethod
    def of(cls, village):
        return cls(village.pk, village.regency_id, village.province_id)


@dataclass(frozen=True)
class Fitting:
    """A record that would show a stage; `is_near`: it names the village itself."""

    kind: str
    record: object
    day: date
    title: str
    who: str = ""
    is_near: bool = True

    @property
    def value(self):
        """Return what a form sends for it."""
        return f"{self.kind}-{self.record.pk}"

    @property
    def detail(self):
        return ", ".join(filter(None, [long_date(self.day), self.who]))


#: The ways in which a record of a kind names a village.
WAYS = {
    "meeting": ["audience_cases__case__places__village"],
    "commitment": ["case__places__village", "realisations__beneficiaries__village"],
    "realisation": ["commitment__case__places__village", "beneficiaries__village"],
    "training": ["participants__village"],
    "report": ["library__village"],
}


def _named(kind, place, way):
    """Return a Q: a record names the village, in any way or in this one."""
    named = Q()
    for one in [way] if way else WAYS[kind]:
        named |= Q(**{one: place.village})
    return named


def _wide(path, place):
    """Return a Q: a case along this path is about all of the regency."""
    return Q(**{f"{path}places__regency": place.regency, f"{path}places__village__isnull": True})


def meetings(place, *, near, since=None, way="", only_audiences=True):
    """Return meetings held about a case of the village or its regency, or held there."""
    if near:
        about = _named("meeting", place, way)
    else:
        about = _wide("audience_cases__case__", place) | Q(regency=place.regency)
    rows = Meeting.objects.exclude(state__in=Meeting.NOT_HELD).filter(about)
    rows = rows.filter(kind=Meeting.Kind.AUDIENCE) if only_audiences else rows
    return rows.filter(starts_at__date__gte=since) if since is not None else rows


def commitments(place, *, near, since=None, way=""):
    """Return commitments in force for the village, or for its regency."""
    if near:
        about = _named("commitment", place, way)
    else:
        about = _wide("case__", place) | Q(regency=place.regency)
    rows = Commitment.objects.filter(about, withdrawn_at__isnull=True)
    return rows.filter(promised_on__gte=since) if since is not None else rows


def realisations(place, *, near, since=None, way=""):
    """Return what came to the village, or to its regency without naming a village."""
    if near:
        about = _named("realisation", place, way)
    else:
        about = _wide("commitment__case__", place) | Q(commitment__regency=place.regency)
        about &= Q(beneficiaries__isnull=True)
    rows = Realisation.objects.filter(about, commitment__withdrawn_at__isnull=True)
    return rows.filter(realised_on__gte=since) if since is not None else rows


def decrees(place, *, near, since=None, way=""):
    """Return the signed decrees of the province, none of which names a village."""
    rows = Decree.objects.filter(team__province=place.province, state=Decree.State.SIGNED)
    rows = rows.none() if near else rows
    return rows.filter(signed_on__gte=since) if since is not None else rows


def trainings(place, *, near, since=None, way=""):
    """Return trainings to which somebody came from the village."""
    rows = Training.objects.filter(_named("training", place, way))
    rows = rows if near else rows.none()
    return rows.filter(held_on__gte=since) if since is not None else rows


def reports(place, *, near, since=None, way=""):
    """Return verified reports of the village's library, of the quarter of that day and later."""
    rows = LibraryReport.objects.verified().filter(_named("report", place, way))
    rows = rows if near else rows.none()
    if since is None:
        return rows
    year, number = quarter_of(since)
    return rows.filter(Q(year__gt=year) | Q(year=year, quarter_number__gte=number))


def quarter_of(since):
    """Return (year, number) of a day; an outer query gives these two itself."""
    if isinstance(since, tuple):
        return since
    quarter = Quarter.of(since)
    return quarter.year, quarter.number


READS = {
    "meeting": (meetings, "starts_at", ("province",)),
    "commitment": (commitments, "promised_on", ("institution",)),
    "realisation": (realisations, "realised_on", ("commitment__institution",)),
    "decree": (decrees, "signed_on", ("team",)),
    "training": (trainings, "held_on", ()),
    "report": (reports, "year", ("library",)),
}


def records(kind, stage, place, *, near, since=None, way=""):
    """
    Return the records of a kind that would show a stage; with a `way`, those alone that name the
    village so.
    """
    read, limits = READS[kind][0], {"near": near, "since": since, "way": way}
    if kind == "meeting":
        return meetings(place, only_audiences=stage == Stage.AUDIENCE, **limits)
    return read(place, **limits)


def fitting(village, stage, user, *, since=None):
    """
    Return the Fitting of every record that this person sees and that would show a stage of the
    village, since a day: of the village first, then of its regency, a few of each kind.
    """
    place, found = VillagePlace.of(village), {}
    for near in (True, False):
        for kind in EVIDENCE[stage]:
            _, newest, related = READS[kind]
            rows = records(kind, stage, place, near=near, since=since).visible_to(user)
            if rows.query.is_empty():
                continue
            order = ["-year", "-quarter_number"] if kind == "report" else [f"-{newest}", "-pk"]
            rows = rows.select_related(*related).order_by(*order).distinct()
            for record in rows[:LIMIT]:
                found.setdefault((kind, record.pk), describe(kind, record, is_near=near))
    return list(found.values())


def describe(kind, record, *, is_near=True):
    """Return a record in the words of a choice."""
    who = ""
    if kind == "meeting":
        day, title, who = record.starts.date(), record.title, record.get_kind_display()
    elif kind == "commitment":
        day, title, who = record.promised_on, str(record), str(record.institution)
    elif kind == "realisation":
        promise = record.commitment
        amount = f", {rupiah(record.amount)}" if record.amount is not None else ""
        day, title = record.realised_on, f"Terealisasi: {promise}{amount}"
        who = str(promise.institution)
    elif kind == "decree":
        day, title, who = record.signed_on, f"{record}: {record.about}", record.issuer
    elif kind == "training":
        day, title, who = record.held_on, record.title, record.get_subject_display()
    else:
        quarter = record.quarter
        day, title = quarter.ends_on, f"Laporan {quarter.in_sentence}"
        who = record.library_name or str(record.library)
    return Fitting(kind, record, day, capfirst(title), who, is_near)
