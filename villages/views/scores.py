"""The three outcomes: places side by side, the libraries of a state, an indicator across all."""

from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from sinergi.kit.pagination import KeysetPage
from sinergi.kit.views import DownloadMixin, PageMixin
from villages.filters import provinces
from villages.filters.reports import quarter_asked
from villages.filters.scores import (
    WITH_WAITING,
    ScoreIndicatorFilter,
    ScoreListFilter,
)
from villages.models import Library, LibraryReport, ThresholdSet
from villages.querysets.reports import expected_in, with_reports
from villages.querysets.score_counts import count_indicator, count_outcome
from villages.querysets.scores import (
    VERIFIED,
    WAITING,
    counted_values,
    state_name,
    with_indicator,
    with_scores,
)
from villages.querysets.shared import provinces_of
from villages.report_columns import indicator_columns, score_columns
from villages.reports.explanations import explain, without_thresholds
from villages.reports.fields import Outcome
from villages.reports.indicators import INDICATOR_BY_KEY
from villages.reports.scores import IndicatorScore, IndicatorTotal, ScoreState
from villages.reports.trends import last_quarters

PAGE = 50


class ScorePage(DownloadMixin, PageMixin, TemplateView):
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

    def get_filter_words(self):
        """Return the filter with the quarter, which counts also where nobody chose it."""
        quarter = ("Triwulan", str(self.quarter))
        state = self.get_asked_state()
        words = [one for one in super().get_filter_words() if one[0] != quarter[0]]
        return [quarter, *([("Keadaan", state.label)] if state else []), *words]

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

    def get_columns(self):
        return score_columns(self.quarter)

    @cached_property
    def scored(self):
        """Return the libraries that are to report, in every state."""
        expected = expected_in(self.libraries, self.quarter)
        return with_scores(expected, self.quarter, self.sets_now, self.states)

    def get_listed(self):
        state, rows = self.get_asked_state(), self.scored
        if state:
            rows = rows.filter(**{state_name(self.outcome): state})
        return with_reports(rows, self.quarter).with_place()

    def get_context_data(self, **kwargs):
        outcome, state = self.outcome, self.get_asked_state()
        counts = count_outcome(self.scored, outcome)
        page = KeysetPage(self.get_listed(), self.request.GET, order=self.order, size=PAGE)
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

    def get_columns(self):
        return indicator_columns(self.indicator, self.quarter)

    @cached_property
    def scored(self):
        """Return the libraries that are to report, in every state."""
        expected = expected_in(self.libraries, self.quarter)
        return with_indicator(expected, self.quarter, self.sets_now, self.indicator, self.states)

    def get_listed(self):
        state, rows = self.get_asked_state(), self.scored
        rows = rows.filter(indicator_state=state) if state else rows
        return with_reports(rows, self.quarter).with_place()

    def get_context_data(self, **kwargs):
        indicator, state = self.indicator, self.get_asked_state()
        sums = count_indicator(self.scored)
        counts = sums.pop("states")
        page = KeysetPage(self.get_listed(), self.request.GET, order=self.order, size=PAGE)
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
