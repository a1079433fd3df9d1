"""Named reads over the thresholds of scores."""

from villages.querysets.shared import SharedQuerySet


class ThresholdSetQuerySet(SharedQuerySet):
    def published(self):
        return self.filter(state=self.model.State.PUBLISHED)

    def for_list(self):
        return self.select_related("province", "published_by")

    def for_scores(self):
        return self.prefetch_related("thresholds")

    def in_force(self, years):
        """
        Return {year: {key of a province, or None for all others: its set}} of the published sets of
        these years, as scores are counted with. Two queries.
        """
        found = {year: {} for year in years}
        for one in self.published().filter(year__in=years).for_scores():
            found[one.year][one.province_id] = one
        return found


class ThresholdQuerySet(SharedQuerySet):
    province_path = "threshold_set__province"
