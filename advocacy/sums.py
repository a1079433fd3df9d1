"""
Promised against realised, taken together by kind, sector, province, regency or year; the rows
behind each number have an address.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear
from django.urls import reverse

from advocacy.models import Commitment
from programs.models import Institution
from programs.support_totals import UNITS, SupportTotals
from villages.models import Province, Regency
from villages.models.regions import PROVINCE_LENGTH

#: By what → the filter's parameter, and the column of a commitment.
GROUPINGS = {
    "jenis": ("kind", "kind"),
    "sektor": ("sector", "institution__sector"),
    "provinsi": ("province", "province"),
    "kabupaten": ("regency", "regency"),
    "tahun": ("year", None),
}
CHOICE_LABELS = {"jenis": dict(Commitment.Kind.choices), "sektor": dict(Institution.Sector.choices)}
PLACE_MODELS = {"provinsi": Province, "kabupaten": Regency}
#: The regency's value in the address for what is of none.
OF_NONE = "provinsi"


def sums_by(by, *, commitments, realisations):
    """
    Return [(label, parameter, SupportTotals)]. What was promised, withdrawn or is still to come
    counts in the year of the promise, what came in the year it came. Two queries, and one for the
    names of places.
    """
    found = {}
    parameter, column = GROUPINGS[by]
    promised = commitments.annotate(year=ExtractYear("promised_on"))
    for (key,), support in promised.totals_by(column or "year", with_realised=False):
        found[key] = support
    of = f"commitment__{column}" if column else "year"
    rows = (
        realisations.order_by()
        .annotate(year=ExtractYear("realised_on"))
        .values_list(of, "commitment__kind")
    )
    for key, kind, amount, times in rows.annotate(total=Sum("amount"), times=Count("pk")):
        found.setdefault(key, SupportTotals()).of(kind).realise(amount or 0, times)
    labels = CHOICE_LABELS.get(by) or _labels(by, found)
    order = {key: n for n, key in enumerate(labels)}
    keys = sorted(found, key=lambda key: order[key])
    return [(labels[key], _asked(parameter, key), found[key]) for key in keys]


def _asked(parameter, key):
    """Return the filter's parameters for this key; a regency is asked for within its province."""
    if parameter == "regency":
        return (
            {"regency": OF_NONE}
            if key is None
            else {"province": key[:PROVINCE_LENGTH], "regency": key}
        )
    return {parameter: key}


def _labels(by, found):
    if by == "tahun":
        return {year: str(year) for year in sorted(found, reverse=True)}
    places = PLACE_MODELS[by].objects.filter(pk__in=[key for key in found if key])
    return dict(places.order_by("pk").values_list("pk", "name")) | {
        None: "Provinsi, atau beberapa kabupaten/kota"
    }


@dataclass
class SumsRow:
    """
    One row of a table: a tally, and what leads to its commitments; of a province, to its regencies,
    too.
    """

    label: str
    tally: object
    unit: str
    parameters: dict
    is_total: bool = False

    def address(self, page, **more):
        asked = urlencode({"unit": self.unit} | self.parameters | more)
        return f"{reverse(f'advocacy:{page}_list')}?{asked}"

    @property
    def inside_url(self):
        """The same sums of the regencies of this province, or ""."""
        if set(self.parameters) != {"province"} or self.is_total:
            return ""
        asked = urlencode({"menurut": "kabupaten"} | self.parameters)
        return f"{reverse('advocacy:commitment_sums')}?{asked}"

    @property
    def promised_url(self):
        return self.address("commitment")

    @property
    def realised_url(self):
        return self.address("realisation")

    @property
    def withdrawn_url(self):
        return self.address("commitment", standing="withdrawn")

    @property
    def open_url(self):
        return self.address("commitment", standing="open")


@dataclass
class SumsTable:
    """The rows of one unit, and their total. Units are never added to each other."""

    unit: str
    label: str
    rows: list
    total: SumsRow

    @classmethod
    def of(cls, sums, within=None):
        """
        Return a table for each unit in the result of `sums_by`; `within` are parameters of the
        address that narrow all of them.
        """
        tables, within = [], within or {}
        for unit, label in UNITS.items():
            found = [(name, asked, getattr(support, unit)) for name, asked, support in sums]
            rows = [
                SumsRow(name, tally, unit, within | asked) for name, asked, tally in found if tally
            ]
            if rows:
                whole = sum((row.tally for row in rows[1:]), rows[0].tally)
                total = SumsRow("Jumlah", whole, unit, within, is_total=True)
                tables.append(cls(unit, label, rows, total))
        return tables
