"""
A plan as it reads: the live one, or one that was handed in. Both are drawn, printed, exported and
compared as a Version.

A submission stores `content_of(plan)`: names and amounts of that moment in plain JSON, so that it
reads the same years later, whoever was renamed or moved. `changes_between` compares two such
contents in memory.
"""

from dataclasses import dataclass, field

from programs.models import FundingSource, PlannedActivity
from programs.months import months_of, months_text
from sinergi.kit.money import rupiah

TEAM_ROLES = PlannedActivity.Role
#: What a reader is told of each role (article of the library office of Kepulauan Bangka Belitung,
#: 2019).
ROLE_EXPLANATIONS = {
    TEAM_ROLES.POLICY: "Penganggaran, tenaga, pelibatan masyarakat, dan infrastruktur",
    TEAM_ROLES.NETWORK: "Swasta, masyarakat sipil, perguruan tinggi, media, dan organisasi profesi",
    TEAM_ROLES.EXPANSION: "Mendorong dan memfasilitasi kabupaten/kota lain",
}


@dataclass(frozen=True)
class Share:
    """
    What one source gives: `amount` in whole rupiah, money or (`in_kind`) the value of goods and
    services.
    """

    source: int
    label: str
    in_kind: bool
    amount: int


@dataclass(frozen=True)
class Item:
    """One activity of a version; `number` is its place, "1.4"."""

    id: int
    number: str
    role: int
    title: str
    way: str
    output: str
    target: int
    unit: str
    counted: str
    months: int
    place: str
    person: str
    shares: tuple[Share, ...] = ()
    regency: str = ""
    #: Codes of the place, by which reports are counted; of what was handed in earlier "".
    regency_code: str = ""
    village_code: str = ""
    done: int | None = None  # of its target, when it was handed in

    @property
    def month_set(self):
        return set(months_of(self.months))

    @property
    def cash(self):
        return sum(share.amount for share in self.shares if not share.in_kind)

    @property
    def in_kind(self):
        return sum(share.amount for share in self.shares if share.in_kind)

    @property
    def funding_text(self):
        """
        The funding in words: "Rp12.000.000 dari APBD provinsi; Rp6.000.000 dari APBD
        kabupaten/kota".
        """
        return (
            "; ".join(f"{rupiah(share.amount)} dari {share.label}" for share in self.shares)
            or "Tanpa anggaran"
        )

    @property
    def target_text(self):
        return f"{self.target:,} {self.unit}".replace(",", ".")


@dataclass(frozen=True)
class PlanSource:
    """
    A source as a version uses it.

    `elsewhere` is what other plans of the year take from it; `ceiling` is None while unknown.
    """

    id: int
    label: str
    kind: str
    in_kind: bool
    ceiling: int | None
    elsewhere: int
    amount: int = 0

    @property
    def over(self):
        """Rupiah above the ceiling, or 0."""
        if self.ceiling is None or not self.amount:
            return 0
        return max(0, self.amount + self.elsewhere - self.ceiling)


class Sums:
    """Sums of `items` in whole rupiah: money, and apart from it the value of goods and services."""

    @property
    def cash(self):
        return sum(item.cash for item in self.items)

    @property
    def in_kind(self):
        return sum(item.in_kind for item in self.items)


@dataclass
class Section(Sums):
    """The activities of one role."""

    role: int
    label: str
    words: str
    items: list[Item]


@dataclass
class Version(Sums):
    items: list[Item]
    sources: list[PlanSource] = field(default_factory=list)
    note: str = ""

    @property
    def sections(self):
        return [
            Section(
                role.value,
                role.label,
                ROLE_EXPLANATIONS[role],
                [item for item in self.items if item.role == role],
            )
            for role in TEAM_ROLES
        ]

    @property
    def money(self):
        """The sources of money that it uses, the largest first."""
        return self._used(in_kind=False)

    @property
    def goods(self):
        """The sources of goods and services that it uses: never part of `cash`."""
        return self._used(in_kind=True)

    def _used(self, *, in_kind):
        used = [source for source in self.sources if source.in_kind == in_kind and source.amount]
        return sorted(used, key=lambda source: (-source.amount, source.label))

    @property
    def over(self):
        return [source for source in self.sources if source.over]


# Stored and read --------------------------------------------------------------------------------
def content_of(plan):
    """
    Return what the plan says now, as JSON; `done`, the progress of that day, is for a submission to
    add. Four queries.
    """
    activities = list(plan.activities.to_read())
    sources = {source.pk: source for source in FundingSource.objects.of_plan(plan)}
    elsewhere = FundingSource.objects.planned_elsewhere(plan)
    return {
        "note": plan.note,
        "activities": [
            {
                "id": row.pk,
                "role": row.role,
                "title": row.title,
                "way": row.way,
                "output": row.output,
                "target": row.target,
                "unit": row.unit,
                "counted": row.counted,
                "months": row.months,
                "place": row.place_text,
                "regency": row.regency.name if row.regency_id else "",
                "regency_code": row.regency_id or "",
                "village_code": row.village_id or "",
                "person": row.person_in_charge.name if row.person_in_charge_id else "",
                "shares": [[line.source_id, line.amount] for line in row.lines.all()],
                "done": None,
            }
            for row in activities
        ],
        "sources": [
            {
                "id": source.pk,
                "label": source.label,
                "kind": source.kind,
                "in_kind": source.is_in_kind,
                "ceiling": source.ceiling,
                "elsewhere": elsewhere.get(source.pk, 0),
            }
            for source in sources.values()
        ],
    }


def version_of(content):
    """Return the Version of this content (`content_of`, or a submission's)."""
    named = {source["id"]: source for source in content["sources"]}
    numbers, totals, items = dict.fromkeys(TEAM_ROLES.values, 0), dict.fromkeys(named, 0), []
    for row in content["activities"]:
        numbers[row["role"]] += 1
        shares = []
        for source, amount in row["shares"]:
            of = named[source]
            shares.append(Share(source, of["label"], of["in_kind"], amount))
            totals[source] += amount
        row = row | {"number": f"{row['role']}.{numbers[row['role']]}", "shares": tuple(shares)}
        items.append(Item(**row))
    return Version(
        items,
        [PlanSource(**source, amount=totals[key]) for key, source in named.items()],
        content["note"],
    )


def version_in_force(plan):
    """
    Return the version that was approved last, also while the plan is being revised; None before the
    first approval.
    """
    holding = plan.holding
    return version_of(holding.content) if holding else None


def version_now(plan, submitted=None):
    """
    Return the plan as it stands: the live rows while it may be edited, else the text that was
    handed in.

    `submitted`: the submission, where it has been read already.
    """
    submitted = submitted or plan.submitted
    return version_of(submitted.content if submitted else content_of(plan))


# Compared ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class PlanChange:
    """
    One change between two versions.

    `kind` is "added", "removed" or "changed"; "note" for the introduction; "source" for a source
    that both versions name, called `about`. `item` is as it is now, or as it last was.
    """

    kind: str
    item: Item | None
    fields: tuple[FieldChange, ...] = ()
    about: str = ""


WAYS, COUNTED, ROLE_LABELS = (
    dict(PlannedActivity.Way.choices),
    dict(PlannedActivity.Counted.choices),
    dict(TEAM_ROLES.choices),
)

#: What is compared of an activity, and how a person reads it. Its place in the list is no change of
#: it.
COMPARED = [
    ("Kegiatan", lambda item: item.title),
    ("Peran", lambda item: ROLE_LABELS[item.role]),
    ("Cara", lambda item: WAYS[item.way]),
    ("Keluaran", lambda item: item.output),
    ("Target", lambda item: item.target_text),
    ("Yang dihitung", lambda item: COUNTED[item.counted]),
    ("Bulan", lambda item: months_text(item.months)),
    ("Tempat", lambda item: item.place),
    ("Penanggung jawab", lambda item: item.person),
]
#: What is compared of a source: its label says its name, too.
COMPARED_OF_SOURCE = [
    ("Sumber dana", lambda source: source.label),
    ("Jenis", lambda source: FundingSource.Kind(source.kind).label),
    ("Bentuk", lambda source: FundingSource.Support("in_kind" if source.in_kind else "cash").label),
]
EMPTY = "(kosong)"


def changes_between(old, new):
    """
    Return the changes from one Version to the next, in the order of the page; removed activities
    last.

    Before the activities come the introduction, and the sources that changed name, kind or support.
    """
    before, now = {item.id: item for item in old.items}, {item.id: item for item in new.items}
    found = []
    if old.note != new.note:
        found.append(
            PlanChange(
                "note", None, (FieldChange("Pengantar", old.note or EMPTY, new.note or EMPTY),)
            )
        )
    found += _source_changes(old, new)
    for item in new.items:
        was = before.get(item.id)
        if was is None:
            found.append(PlanChange("added", item))
        elif fields := _field_changes(was, item):
            found.append(PlanChange("changed", item, fields))
    return found + [PlanChange("removed", item) for item in old.items if item.id not in now]


def _field_changes(was, item):
    pairs = [(label, read(was), read(item)) for label, read in COMPARED]
    pairs += _share_changes(was, item)
    return tuple(
        FieldChange(label, old or EMPTY, new or EMPTY) for label, old, new in pairs if old != new
    )


def _source_changes(old, new):
    """Yield the changes of sources that both versions know and either uses."""
    before = {source.id: source for source in old.sources}
    for source in new.sources:
        was = before.get(source.id)
        if was is None or not (was.amount or source.amount):
            continue
        pairs = [(label, read(was), read(source)) for label, read in COMPARED_OF_SOURCE]
        if fields := tuple(FieldChange(*pair) for pair in pairs if pair[1] != pair[2]):
            yield PlanChange("source", None, fields, about=source.label)


def _share_changes(was, item):
    """Yield the amounts of each source whose share is new, gone or other; each source is named."""
    old, new = ({share.source: share for share in one.shares} for one in (was, item))
    for source in dict.fromkeys([*old, *new]):
        label = (new.get(source) or old[source]).label
        amounts = [rupiah(side[source].amount) if source in side else "" for side in (old, new)]
        yield f"Anggaran {label}", *amounts
