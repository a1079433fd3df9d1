"""What the address of a calendar asks for: a month or a day, kinds, and a place."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from advocacy.models import Meeting
from sinergi.home.calendar_kinds import columns_of_parts, kinds_for
from sinergi.home.calendar_month import Month, near_day
from sinergi.kit.dates import today_in
from villages.filters import PlaceFilter
from villages.filters.reports import quarter_asked

#: In the place of a day: what has none yet.
NO_DAY = "belum"
WIB = "Asia/Jakarta"


def zone_of(user):
    """Return the zone of the only province that the account works in, else WIB."""
    provinces = {held.province_id: held.province for held in user.held_roles}
    only = next(iter(provinces.values())) if len(provinces) == 1 else None
    return only.time_zone if only else WIB


class CalendarFilter(PlaceFilter):
    class Meta:
        model = Meeting
        fields = ["province", "regency"]


class CalendarQuery:
    """
    `bulan` (2019-11), `hari` (2019-11-20, or `belum` for what has no day yet), `jenis` (any number
    of kinds; none: all), and the place, as somebody's request has them.
    """

    def __init__(self, request):
        self.request = request

    @cached_property
    def zone(self):
        return zone_of(self.request.user)

    @cached_property
    def today(self):
        """Return the day by the clock that the calendar tells, which may not be the page's own."""
        return today_in(self.zone)

    @cached_property
    def asked_day(self):
        """Return the day that is asked for, `belum`, or None."""
        text = self.request.GET.get("hari", "")
        return NO_DAY if text == NO_DAY else near_day(text, self.today)

    @cached_property
    def asked_month(self):
        return Month.read(self.request.GET.get("bulan"), self.today)

    @cached_property
    def month(self):
        if self.asked_day and self.asked_day != NO_DAY:
            return Month.of(self.asked_day)
        return self.asked_month or Month.of(self.today)

    @property
    def is_misread(self):
        """Whether the address names a month or a day that is none here."""
        asked = [(self.request.GET.get("bulan"), self.asked_month)]
        asked.append((self.request.GET.get("hari"), self.asked_day))
        return any(text and not found for text, found in asked)

    @cached_property
    def offered(self):
        return kinds_for(self.request.user, self.request.GET.getlist("jenis"))

    @cached_property
    def chosen(self):
        """Return the words of the kinds in the address that are offered, each once."""
        asked = dict.fromkeys(self.request.GET.getlist("jenis"))
        return [word for word in asked if word in self.offered]

    @cached_property
    def kinds(self):
        return set(self.chosen or self.offered)

    @cached_property
    def filterset(self):
        rows = Meeting.objects.none()
        return CalendarFilter(self.request.GET, rows, request=self.request)

    @cached_property
    def place(self):
        """{"province": key, "regency": key} of what was chosen; None where it cannot be read."""
        if not self.filterset.form.is_valid():
            return None
        chosen = self.filterset.form.cleaned_data
        return {name: chosen[name].pk for name in chosen if chosen[name]}

    @property
    def is_filtered(self):
        return bool(self.chosen or self.place)

    def address(self, *, jenis=None, **changes):
        """Return the query string of the calendar as it is filtered, with these changes."""
        kept = {"bulan": self.month.key, **(self.place or {})} | changes
        kinds = self.chosen if jenis is None else [jenis]
        given = [(name, value) for name, value in kept.items() if value]
        return f"?{urlencode([*given, *(('jenis', word) for word in kinds)])}"

    def report_url(self, quarter):
        """Return the address of the list of a quarter's reports; "" where there is none."""
        if quarter_asked(quarter.key, timezone.localdate()) != quarter:
            return ""
        place = {name: key for name, key in (self.place or {}).items() if name == "province"}
        return f"{reverse('villages:report_list')}?{urlencode({'triwulan': quarter.key} | place)}"

    def columns(self, parts, span):
        """Return {part: its columns} of a span; nothing where the place cannot be read."""
        if self.place is None:
            return {}
        return columns_of_parts(parts, self.request.user, span, kinds=self.kinds, **self.place)

    def neighbour(self, count):
        """Return (month, its address) of the one before or after, or None beyond the years."""
        month = self.month.moved(count)
        return (month, self.address(bulan=month.key)) if month.is_near(self.today) else None
