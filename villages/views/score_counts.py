"""Places side by side: how many libraries of each stand how in the three outcomes."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property

from villages.filters import PlaceFilter, provinces
from villages.filters.scores import (
    WORST_FIRST,
    ScoreMatrixFilter,
)
from villages.models import LibraryReport, Regency
from villages.querysets.score_counts import count_reports
from villages.querysets.scores import (
    count_states,
    sums_by_quarter,
)
from villages.report_columns import matrix_columns
from villages.reports.fields import Outcome
from villages.reports.indicators import indicators_of
from villages.reports.matrix import ScoreRow, sum_counts, sum_sentence
from villages.reports.trends import LEADING, MINIMUM, Trend, TrendPoint, last_quarters
from villages.views.scores import ScorePage


class ScoreMatrix(ScorePage):
    """Regencies by outcome, or for who sees several provinces these, and eight quarters below."""

    template_name = "villages/score_matrix.html"
    filterset_class = ScoreMatrixFilter

    def get_above(self):
        """Return the page of all provinces, above that of one."""
        asked = {name: value for name, value in self.asked.items() if name != "province"}
        url = f"{reverse('villages:score_matrix')}?{urlencode(asked)}"
        return [("Capaian", url)] if self.chosen("province") else []

    def get_title(self):
        province = self.chosen("province")
        return f"Capaian {self.quarter.in_sentence}{f', {province}' if province else ''}"

    @property
    def crumb(self):
        return str(self.chosen("province") or "Capaian")

    @property
    def by(self):
        several = PlaceFilter.spans_provinces(self.request)
        return "province" if several and "province" not in self.asked else "regency"

    def get_columns(self):
        return matrix_columns(self.by, self.quarter)

    def get_listed(self):
        return self.get_rows()[0]

    def get_rows(self):
        """
        Return a ScoreRow of every place with libraries to report, the names of the other places,
        and how many reports are verified.
        """
        counts = count_states(self.libraries, self.quarter, self.sets_now, self.states, by=self.by)
        reports = count_reports(self.libraries, self.quarter, by=self.by)
        rows = [
            self.row(name, counts[key], reports.get(key, {}), {self.by: key})
            for key, name in self.places
            if key in counts
        ]
        if self.request.GET.get("urut") == WORST_FIRST:
            rows.sort(key=lambda row: row.badness)
        verified = sum(states.get("verified", 0) for states in reports.values())
        return rows, [name for key, name in self.places if key not in counts], verified

    @cached_property
    def places(self):
        """Return [(key, name)] of the places that may be rows, by name."""
        if self.by == "province":
            rows = provinces(self.request)
        else:
            rows = Regency.objects.visible_to(self.request.user, "villages.view_libraryreport")
            rows = rows.filter(province=self.province) if self.province else rows
        return list(rows.order_by("name").values_list("pk", "name"))

    def row(self, name, counts, reports, place, *, is_sum=False):
        asked = self.asked | place
        page = "matrix" if self.by == "province" else "list"
        return ScoreRow(
            name,
            counts,
            asked,
            url="" if is_sum else f"{reverse(f'villages:score_{page}')}?{urlencode(asked)}",
            waiting=reports.get("submitted", 0),
            waiting_url=self.reports_url("menunggu", asked),
            is_sum=is_sum,
            is_drawn=is_sum or self.by == "regency",
        )

    def reports_url(self, tab, asked):
        """Return the address of a list of reports (villages.views.report_lists) at a place."""
        of_place = {key: value for key, value in asked.items() if key != "dihitung"}
        return f"{reverse('villages:report_list')}?{urlencode(of_place | {'daftar': tab})}"

    def get_trends(self):
        """Return a Trend of what leads in each outcome."""
        quarters = last_quarters(self.quarter)
        keys = [field.key for field in LEADING]
        reports = LibraryReport.objects.visible_to(self.request.user)
        if self.province:
            reports = reports.filter(province=self.province)
        sums = sums_by_quarter(self.libraries, quarters, keys, self.states, reports=reports)
        return [
            Trend(field, [self.point(field, one, sums[one]) for one in quarters])
            for field in LEADING
        ]

    def point(self, field, quarter, sums):
        total, known = sums[field.key]
        url = reverse("villages:score_indicator", args=[field.key])
        asked = urlencode(self.asked | {"triwulan": quarter.key})
        return TrendPoint(
            quarter, total, known, sums["expected"], self.minimum_in(quarter), f"{url}?{asked}"
        )

    def minimum_in(self, quarter):
        sets = self.sets[quarter.year]
        one = sets.get(self.province, sets.get(None))
        return one.minimum if one else MINIMUM

    def get_context_data(self, **kwargs):
        rows, others, verified = self.get_rows()
        whole = self.row("Jumlah", sum_counts(rows), {}, {}, is_sum=True)
        whole.waiting = sum(row.waiting for row in rows)
        return super().get_context_data(
            rows=[*rows, whole] if len(rows) > 1 else rows,
            whole=whole,
            sentence=sum_sentence(whole),
            verified=verified,
            verified_url=self.reports_url("terverifikasi", self.asked),
            others=others,
            by=self.by,
            outcomes=list(Outcome),
            trends=self.get_trends(),
            minimum=self.minimum_in(self.quarter),
            asked=urlencode(self.asked),
            indicators=[(outcome, indicators_of(outcome)) for outcome in Outcome],
            **kwargs,
        )
