"""The three outcomes: places side by side, the libraries of a state, an indicator across all."""

from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from sinergi.kit.pagination import KeysetPage
from sinergi.kit.views import PageMixin
from villages.filters import PlaceFilter, provinces
from villages.filters.reports import quarter_asked
from villages.filters.scores import (
    WITH_WAITING,
    WORST_FIRST,
    ScoreIndicatorFilter,
    ScoreListFilter,
    ScoreMatrixFilter,
)
from villages.models import Library, LibraryReport, Regency, ThresholdSet
from villages.querysets.reports import expected_in, with_reports
from villages.querysets.score_counts import count_indicator, count_outcome, count_reports
from villages.querysets.scores import (
    VERIFIED,
    WAITING,
    count_states,
    counted_values,
    state_name,
    sums_by_quarter,
    with_indicator,
    with_scores,
)
from villages.querysets.shared import provinces_of
from villages.reports.explanations import explain, without_thresholds
from villages.reports.fields import Outcome
from villages.reports.indicators import INDICATOR_BY_KEY, indicators_of
from villages.reports.matrix import ScoreRow, sum_counts, sum_sentence
from villages.reports.scores import IndicatorScore, IndicatorTotal, ScoreState
from villages.reports.trends import LEADING, MINIMUM, Trend, TrendPoint, last_quarters

PAGE = 50


class ScorePage(PageMixin, TemplateView):
    """
    What the pages of scores share: the quarter (`triwulan`), what counts (`dihitung`), where
    (`province`, `regency`), and the sets of thresholds in force.
    """

    model = LibraryReport
    section = "libraries"
    parent = ("Perpustakaan", "villages:library_list")
    filterset_class = None

    @property
    def today(self):
        return timezone.localdate()

    @cached_property
    def quarter(self):
        return quarter_asked(self.request.GET.get("triwulan"), self.today)

    @property
    def states(self):
        return WAITING if self.request.GET.get("dihitung") == WITH_WAITING else VERIFIED

    @cached_property
    def filterset(self):
        rows = Library.objects.visible_to(self.request.user, "villages.view_libraryreport")
        return self.filterset_class(
            self.request.GET,
            rows.village(),
            request=self.request,
            today=self.today,
            quarter=self.quarter,
        )

    @property
    def libraries(self):
        return self.filterset.qs

    def chosen(self, name):
        """Return what the filter was set to, or None."""
        form = self.filterset.form
        return form.cleaned_data.get(name) if form.is_valid() else None

    @cached_property
    def province(self):
        """Return the key of the one province that the page is about, or None."""
        asked = self.chosen("province")
        if asked:
            return asked.pk
        scope = self.request.user.scope("villages.view_libraryreport")
        within = provinces_of(scope)
        return None if scope.national or len(within) != 1 else next(iter(within))

    @cached_property
    def sets(self):
        """Return {year: {province, or None for all others: its set}} of the quarters shown."""
        return ThresholdSet.objects.in_force({one.year for one in last_quarters(self.quarter)})

    @property
    def sets_now(self):
        return self.sets[self.quarter.year]

    @property
    def asked(self):
        """The parameters that say of what the page counts, for links to other pages of scores."""
        asked = {"triwulan": self.quarter.key}
        for name in ("dihitung", "province", "regency"):
            if self.chosen(name):
                asked[name] = self.request.GET[name]
        return asked

    def get_asked_state(self):
        """Return the state of the tab, or "" for all."""
        asked = self.request.GET.get("keadaan")
        return ScoreState(asked) if asked in ScoreState.values else ""

    def get_trail(self):
        return [*super().get_trail(), *self.get_above()]

    def get_above(self):
        return [("Capaian", f"{reverse('villages:score_matrix')}?{urlencode(self.place_asked)}")]

    @property
    def place_asked(self):
        """The parameters without the regency, which the matrix does not choose."""
        return {name: value for name, value in self.asked.items() if name != "regency"}

    def get_only_set(self):
        """Return the set that all libraries of the page go by, or None where there are several."""
        sets = self.sets_now
        if self.province or sets.keys() <= {None}:
            return sets.get(self.province, sets.get(None))
        return None

    def get_thresholds_notice(self):
        """Return that there are no colours yet, where that is so, or ""."""
        sets = self.sets_now
        if None in sets or (self.province and self.province in sets):
            return ""
        if not self.province and sets:
            within = set(provinces(self.request).values_list("pk", flat=True))
            if within <= sets.keys():
                return ""
            if not within & sets.keys():
                return f"{without_thresholds(self.quarter.year)} Semuanya ditulis tidak ada data."
            return (
                f"Ambang {self.quarter.year} belum ditetapkan di sebagian provinsi, jadi di sana"
                " belum ada warna."
            )
        return f"{without_thresholds(self.quarter.year)} Semuanya ditulis tidak ada data."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            filterset=self.filterset,
            quarter=self.quarter,
            with_waiting=self.states == WAITING,
            notice=self.get_thresholds_notice(),
            states=list(ScoreState),
            **kwargs,
        )


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


class ScoreList(ScorePage):
    """
    The libraries with their three states, in tabs of one outcome (`sasaran`) that add up;
    `mengapa` unfolds how one of them came about.
    """

    template_name = "villages/score_list.html"
    filterset_class = ScoreListFilter
    crumb = "Perpustakaan"

    def get_title(self):
        return f"Capaian {self.quarter.in_sentence} menurut perpustakaan"

    @property
    def outcome(self):
        asked = self.request.GET.get("sasaran")
        return Outcome(asked) if asked in Outcome.values else Outcome.SERVICE

    def get_context_data(self, **kwargs):
        outcome, state = self.outcome, self.get_asked_state()
        expected = expected_in(self.libraries, self.quarter)
        rows = with_scores(expected, self.quarter, self.sets_now, self.states)
        counts = count_outcome(rows, outcome)
        if state:
            rows = rows.filter(**{state_name(outcome): state})
        rows = with_reports(rows, self.quarter).with_place()
        page = KeysetPage(rows, self.request.GET, order=("name", "id"), size=PAGE)
        for row in page:
            row.scores = [(one, ScoreState(getattr(row, state_name(one)))) for one in Outcome]
        kept = self.request.GET.copy()
        kept.pop("mengapa", None)
        return super().get_context_data(
            page=page,
            outcome=outcome,
            outcomes=list(Outcome),
            state=state,
            tabs=tabs_of(counts),
            kept=[("keadaan", state.value)] if state else [],
            explained=self.get_explanation(page),
            query=f"{kept.urlencode()}&" if kept else "",
            **kwargs,
        )

    def get_explanation(self, page):
        """Return the ScoreExplanation that `mengapa` asks for, of a row of this page; or None."""
        key, _, name = self.request.GET.get("mengapa", "").partition("-")
        library = next((row for row in page if str(row.pk) == key), None)
        if library is None or name not in Outcome.values:
            return None
        return explain(
            library,
            self.quarter,
            report=LibraryReport.objects.of(self.quarter).filter(library=library).first(),
            counted=counted_values(library, self.quarter),
            sets=self.sets_now,
            states=self.states,
        )[Outcome(name)]


class ScoreIndicator(ScorePage):
    """One indicator across libraries: each with its value, and the sums of its parts."""

    template_name = "villages/score_indicator.html"
    filterset_class = ScoreIndicatorFilter

    @cached_property
    def indicator(self):
        found = INDICATOR_BY_KEY.get(self.kwargs["key"])
        if found is None:
            raise Http404
        return found

    def get_title(self):
        return f"{self.indicator.label}, {self.quarter.in_sentence}"

    def get_context_data(self, **kwargs):
        indicator, state = self.indicator, self.get_asked_state()
        expected = expected_in(self.libraries, self.quarter)
        rows = with_indicator(expected, self.quarter, self.sets_now, indicator, self.states)
        sums = count_indicator(rows)
        counts = sums.pop("states")
        if state:
            rows = rows.filter(indicator_state=state)
        rows = with_reports(rows, self.quarter).with_place()
        page = KeysetPage(rows, self.request.GET, order=("name", "id"), size=PAGE)
        for row in page:
            parts = (row.indicator_numerator, row.indicator_denominator)
            row.score = IndicatorScore(indicator, None, *parts)
            row.score_state = ScoreState(row.indicator_state)
        one = self.get_only_set()
        limits = one.limits.get(indicator.key) if one else None
        return super().get_context_data(
            page=page,
            indicator=indicator,
            total=IndicatorTotal(indicator, expected=sum(counts.values()), **sums),
            limits=IndicatorScore(indicator, limits, None) if limits else None,
            state=state,
            tabs=tabs_of(counts),
            kept=[("keadaan", state.value)] if state else [],
            asked=urlencode(self.asked | {"sasaran": indicator.outcome.value}),
            matrix=urlencode(self.place_asked),
            **kwargs,
        )


def tabs_of(counts):
    """Return [(state or None for all, label, how many)]."""
    states = [(state.value, state.label, counts[state]) for state in ScoreState]
    return [(None, "Semua", sum(counts.values())), *states]
