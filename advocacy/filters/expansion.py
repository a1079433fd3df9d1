"""The filters of the coverage of expansion, and of its villages: on which day, of which source."""

from datetime import date

import django_filters

from advocacy.expansion_coverage import CHOICES
from advocacy.models import ExpansionCase
from sinergi.kit.dates import long_date
from sinergi.kit.filters import SearchFilter
from villages.filters import PlaceFilter
from villages.models import Village
from villages.quarters import Quarter

#: Ends of quarters, and ends of years before them, to choose from.
QUARTERS, YEARS = 4, 4
BARE, STILL = "tanpa-bukti", "tanpa-kemajuan"
#: The source of cases of which it is not known.
UNKNOWN = "unknown"


#: No record of a library is older; and before it there must be days enough to count back.
EARLIEST = date(1945, 1, 1)


def read_day(text, today):
    """
    Return the day written as 2020-12-31, or None where it cannot be read; after today, today;
    before all records, their first day.
    """
    try:
        return max(EARLIEST, min(date.fromisoformat(text or ""), today))
    except ValueError:
        return None


def asked_day(text, today):
    """Return the day asked for (read_day); without one, today."""
    return read_day(text, today) or today


def day_choices(today, shown):
    """
    Return [(value, label)]: today, the ends of the last quarters and years, and the day that is
    shown, which the address may have asked for.
    """
    last = Quarter.last_ended(today)
    days = {last.moved(-n).ends_on for n in range(QUARTERS)}
    days |= {date(today.year - 1 - n, 12, 31) for n in range(YEARS)} | {shown}
    choices = [(day.isoformat(), long_date(day)) for day in sorted(days - {today}, reverse=True)]
    return [("", f"Hari ini, {long_date(today)}"), *choices]


class ExpansionFilter(PlaceFilter):
    """Of villages: the place filters them; the day and the source say how the page counts."""

    per = django_filters.ChoiceFilter(
        label="Keadaan pada", empty_label=None, method="of_the_page", choices=()
    )
    sumber = django_filters.ChoiceFilter(
        label="Sumber",
        empty_label="Semua sumber",
        method="of_the_page",
        choices=[*ExpansionCase.Source.choices, (UNKNOWN, "Belum diketahui")],
    )

    class Meta:
        model = Village
        fields = ["per", "province", "sumber"]

    def __init__(self, data, *args, today, day, **kwargs):
        if read_day(data.get("per"), today):
            data = data.copy()
            data["per"] = "" if day == today else day.isoformat()
        super().__init__(data, *args, **kwargs)
        self.filters["per"].extra["choices"] = day_choices(today, day)
        if "regency" not in self.Meta.fields:
            self.filters.pop("regency", None)

    def of_the_page(self, queryset, name, value):
        return queryset


class ExpansionVillageFilter(ExpansionFilter):
    q = SearchFilter(label="Desa atau kecamatan", columns=["name", "district__name"])
    tahap = django_filters.ChoiceFilter(
        label="Tahap",
        empty_label="Semua desa",
        method="of_the_page",
        choices=list(CHOICES.items()),
    )
    keadaan = django_filters.ChoiceFilter(
        label="Hanya yang",
        empty_label="Semua",
        method="of_the_page",
        choices=[(BARE, "Tahapnya tanpa bukti"), (STILL, "Belum ada kemajuan")],
    )
    mulai = django_filters.NumberFilter(
        label="Tahun mulai", min_value=1900, max_value=9999, method="of_the_page"
    )

    class Meta:
        model = Village
        fields = ["per", "tahap", "q", "province", "regency", "sumber", "mulai", "keadaan"]


class ExpansionBoardFilter(ExpansionVillageFilter):
    """As of the list: every column of the board is a stage."""

    tahap = None

    class Meta:
        model = Village
        fields = ["per", "q", "province", "regency", "sumber", "mulai", "keadaan"]
