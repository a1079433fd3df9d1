"""Thresholds of scores: made as a draft, published for good, and what they colour from then on."""

from decimal import Decimal

import pytest
from django.utils import timezone

from sinergi.kit.models import FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.constraints import kept, refused
from villages.actions.thresholds import publish_thresholds, save_thresholds
from villages.models import Library, ThresholdSet
from villages.quarters import Quarter
from villages.querysets.scores import compare_sets, count_states, with_scores
from villages.reports.fields import FIELDS, Outcome
from villages.reports.indicators import INDICATORS, largest_limit
from villages.reports.scores import ScoreState

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    return factories.user("administrator")


def weights(draft, by, **changed):
    """Change the weights of a draft, {key of an indicator: percent}."""
    rows = list(draft.thresholds.all())
    for row in rows:
        row.weight = changed.get(row.indicator, row.weight)
    return save_thresholds(thresholds=draft, rows=rows, by=by, version=draft.version)


class TestMaking:
    def test_the_first_begins_with_the_samples_of_every_indicator(self, desk):
        draft = factories.thresholds(2019, by=desk, publish=False)
        assert list(draft.limits) == [indicator.key for indicator in INDICATORS]
        assert draft.limits["titles"].green == 1000 and draft.gaps() == []

    def test_the_next_begins_with_the_limits_of_the_last(self, desk):
        first = factories.thresholds(2019, by=desk, publish=False)
        weights(first, desk, visitors=10, loans=45)
        second = factories.thresholds(2021, by=desk, publish=False)
        assert second.limits["visitors"].weight == 10 and second.limits["loans"].weight == 45

    def test_another_province_begins_by_itself(self, desk):
        weights(factories.thresholds(2019, by=desk, publish=False), desk, visitors=10, loans=45)
        other = factories.thresholds(2020, by=desk, publish=False, province_code="18")
        assert other.limits["visitors"].weight == 40

    def test_only_what_differs_is_written(self, desk):
        draft = factories.thresholds(2019, by=desk, publish=False)
        weights(draft, desk, visitors=35, loans=20)
        changed = draft.thresholds.filter(version__gt=1).values_list("indicator", flat=True)
        assert set(changed) == {"visitors", "loans"}


class TestPublishing:
    def test_it_needs_a_reason_and_then_stays_as_it_is(self, desk):
        draft = factories.thresholds(2019, by=desk, publish=False)
        with pytest.raises(TransitionError, match="alasan"):
            publish_thresholds(thresholds=draft, by=desk, reason=" ", version=draft.version)
        publish_thresholds(thresholds=draft, by=desk, reason="Rapat tim.", version=draft.version)
        stored = ThresholdSet.objects.get()
        assert (stored.state, stored.published_by, stored.reason) == (
            "published",
            desk,
            "Rapat tim.",
        )
        with pytest.raises(FrozenRecord):
            weights(stored, desk, visitors=30, loans=25)
        row = stored.thresholds.get(indicator="titles")
        row.green = Decimal(1)
        with pytest.raises(FrozenRecord):
            row.save_as(by=desk)
        with pytest.raises(FrozenRecord):
            stored.delete_as(by=desk)

    def test_a_second_time_is_refused(self, desk):
        stored = factories.thresholds(2019, by=desk)
        with pytest.raises(TransitionError):
            publish_thresholds(thresholds=stored, by=desk, reason="Lagi.", version=stored.version)

    def test_what_was_not_seen_is_not_published(self, desk):
        draft = factories.thresholds(2019, by=desk, publish=False)
        weights(ThresholdSet.objects.get(), desk, visitors=35, loans=20)
        with pytest.raises(StaleRecord):
            publish_thresholds(thresholds=draft, by=desk, reason="Ya.", version=draft.version)

    @pytest.mark.parametrize("changed", [{"visitors": 39}, {"visitors": 0}, {"loans": 100}])
    def test_weights_that_are_not_a_hundred_are_refused(self, desk, changed):
        draft = factories.thresholds(2019, by=desk, publish=False)
        weights(draft, desk, **changed)
        draft = ThresholdSet.objects.get()
        with pytest.raises(TransitionError, match=r"Bobot pemanfaatan berjumlah \d+%"):
            publish_thresholds(thresholds=draft, by=desk, reason="Ya.", version=draft.version)

    def test_weights_of_nothing_are_refused(self, desk):
        draft = factories.thresholds(2019, by=desk, publish=False)
        weights(draft, desk, visitors=0, participants=0, ict_users=0, loans=0)
        assert (
            "Bobot pemanfaatan berjumlah 0%, seharusnya 100%." in ThresholdSet.objects.get().gaps()
        )


@pytest.mark.both("constraints hold what a page would refuse")
class TestConstraints:
    def test_once_a_year_for_a_province_and_once_for_the_country(self, desk):
        for place in ("19", None):
            factories.thresholds(2019, by=desk, province_code=place)
            other = factories.thresholds(2020, by=desk, province_code=place)
            refused(other, year=2019)
            kept(other, year=2021)

    def test_percents(self, desk):
        draft = factories.thresholds(2019, by=desk, publish=False)
        refused(draft, green_from=50, yellow_from=50)
        refused(draft, green_from=101)
        refused(draft, yellow_from=0)
        refused(draft, minimum=0)
        refused(draft, minimum=101)
        kept(draft, green_from=100, yellow_from=1, minimum=100)

    def test_a_year(self, desk):
        draft = factories.thresholds(2019, by=desk, publish=False)
        refused(draft, year=2009)
        kept(draft, year=2010)

    def test_published_without_a_reason(self, desk):
        draft = factories.thresholds(2019, by=desk, publish=False)
        refused(draft, state="published")
        refused(factories.thresholds(2020, by=desk), reason="")

    def test_rows(self, desk):
        row = factories.thresholds(2019, by=desk, publish=False).thresholds.get(indicator="titles")
        refused(row, indicator="copies")
        refused(row, indicator="loans")
        refused(row, green=-1)
        refused(row, weight=101)
        kept(row, green=0, yellow=0, weight=100)


class TestColours:
    """What a set colours, and what it leaves as it was."""

    @pytest.fixture
    def two_years(self, desk):
        """Return the quarters of two verified reports of one library, a year apart."""
        library = factories.library(by=desk)
        factories.participation(library, 2019)
        other = factories.user("secretariat")
        quarters = [Quarter(2019, 4), Quarter(2020, 1)]
        for quarter in quarters:
            figures = {"visitors": 300, "participants": 10, "activities": 1, "loans": 150}
            factories.report(
                library, quarter, by=desk, state="verified", verified_by=other, **figures
            )
        return quarters

    def counted(self, quarter):
        sets = ThresholdSet.objects.in_force([quarter.year])[quarter.year]
        found = count_states(Library.objects.all(), quarter, sets)
        return next(iter(found.values()))[Outcome.USE]

    def test_a_draft_colours_nothing_and_a_set_only_its_year(self, desk, two_years):
        nothing = dict.fromkeys(ScoreState, 0) | {ScoreState.NONE: 1}
        draft = factories.thresholds(2020, by=desk, publish=False)
        assert [self.counted(one) for one in two_years] == [nothing, nothing]
        publish_thresholds(thresholds=draft, by=desk, reason="Ya.", version=draft.version)
        before, after = (self.counted(one) for one in two_years)
        assert before == nothing and after[ScoreState.NONE] == 0

    def test_a_later_set_changes_no_cell_of_earlier_quarters(self, desk, two_years):
        factories.thresholds(2019, by=desk)
        before = self.counted(two_years[0])
        draft = factories.thresholds(2020, by=desk, publish=False)
        rows = list(draft.thresholds.all())
        for row in rows:
            row.green = row.yellow = Decimal(10**9 - 1)
        save_thresholds(thresholds=draft, rows=rows, by=desk, version=draft.version)
        draft = ThresholdSet.objects.get(year=2020)
        publish_thresholds(thresholds=draft, by=desk, reason="Ya.", version=draft.version)
        assert self.counted(two_years[0]) == before
        assert self.counted(two_years[1])[ScoreState.RED] == 1

    def test_a_province_of_its_own_set_goes_by_that(self, desk, two_years):
        own = factories.thresholds(2020, by=desk, publish=False)
        rows = list(own.thresholds.all())
        for row in rows:
            row.green = row.yellow = Decimal(10**9 - 1)
        save_thresholds(thresholds=own, rows=rows, by=desk, version=own.version)
        own = ThresholdSet.objects.get(province="19")
        publish_thresholds(thresholds=own, by=desk, reason="Ya.", version=own.version)
        factories.thresholds(2020, by=desk, province_code=None)
        assert self.counted(two_years[1])[ScoreState.RED] == 1

    def test_a_province_comes_too_late_for_quarters_that_the_country_has_coloured(self, desk):
        factories.thresholds(2019, by=desk, province_code=None)
        own = factories.thresholds(2019, by=desk, publish=False)
        with pytest.raises(TransitionError, match="sudah mewarnai triwulan tahun 2019"):
            factories.publish_set(own, by=desk)
        year = timezone.localdate().year + 1
        factories.thresholds(year, by=desk, province_code=None)
        assert not factories.thresholds(year, by=desk).is_draft

    def test_without_a_report_nothing_is_red(self, desk, two_years):
        draft = factories.thresholds(2019, by=desk, publish=False)
        weights(draft, desk, village_budget=10, partners=10, policies=10, media=10, visits=60)
        factories.publish_set(ThresholdSet.objects.get(), by=desk)
        silent = factories.library(factories.village("19.01.06.2003"), by=desk)
        factories.participation(silent, 2019)
        sets = ThresholdSet.objects.in_force([2019])[2019]
        rows = with_scores(Library.objects.all(), two_years[0], sets).in_bulk()
        assert rows.pop(silent.pk).commitment_state == ScoreState.NONE
        assert [row.commitment_state for row in rows.values()] == [ScoreState.RED]

    def test_the_largest_limit_is_compared_with_the_largest_figures(self, desk):
        draft = factories.thresholds(2019, by=desk, publish=False)
        rows = list(draft.thresholds.all())
        for row in rows:
            most = largest_limit(is_money=row.definition.is_money)
            row.green = row.yellow = Decimal(most) - Decimal("0.01")
        save_thresholds(thresholds=draft, rows=rows, by=desk, version=draft.version)
        factories.publish_set(ThresholdSet.objects.get(), by=desk)
        library = factories.library(by=desk)
        factories.participation(library, 2019)
        most = {field.key: field.most for field in FIELDS if not field.whole}
        factories.report(
            library,
            Quarter(2019, 4),
            by=desk,
            state="verified",
            verified_by=factories.user("secretariat"),
            **most,
        )
        assert self.counted(Quarter(2019, 4))[ScoreState.RED] == 1

    def test_what_publishing_would_change_is_counted_before(self, desk, two_years):
        quarter = two_years[0]
        first = factories.thresholds(2019, by=desk)
        draft = factories.thresholds(2020, by=desk, publish=False)
        same = compare_sets(Library.objects.all(), quarter, {"19": first}, {"19": draft})
        (_, outcomes, n), *others = same
        assert n == 1 and not others and all(a == b for a, b in outcomes.values())
        changed = compare_sets(Library.objects.all(), quarter, {"19": first}, {})
        states = changed[0][1][Outcome.USE]
        assert states[0] != ScoreState.NONE and states[1] == ScoreState.NONE
