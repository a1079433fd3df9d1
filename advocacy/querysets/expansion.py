"""Named reads over the expansion of the programme, as it stands on a day."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from advocacy.expansion_stages import UNDER_WAY, Stage
from sinergi.kit.querysets import ScopedQuerySet


class ExpansionCaseQuerySet(ScopedQuerySet):
    regency_path = "regency"

    def at(self, day):
        """
        Add the stage of each on a day (`stage`), since when (`since`) and why without evidence
        (`reason`), leaving out those that had not begun by then.
        """
        steps = self.model_of("steps").objects.filter(case=OuterRef("pk"), reached_on__lte=day)
        last = steps.order_by("-number")
        return self.annotate(
            stage=Subquery(last.values("stage")[:1]),
            since=Subquery(last.values("reached_on")[:1]),
            reason=Subquery(last.values("reason")[:1]),
        ).filter(stage__isnull=False)

    def with_places(self):
        return self.select_related("village__district", "regency", "province", "team")

    def standing_still(self, since):
        """Return those (`at`) that are under way and have not moved since a day."""
        return self.filter(stage__in=UNDER_WAY, since__lt=since)


class ExpansionStepQuerySet(ScopedQuerySet):
    province_path = "case__province"
    regency_path = "case__regency"

    def last_on(self, day):
        """Return the last step of each case on a day."""
        later = self.model._base_manager.filter(
            case=OuterRef("case"), number__gt=OuterRef("number"), reached_on__lte=day
        )
        return self.filter(~Exists(later), reached_on__lte=day)

    def count_by_stage(self, day, by="case__regency"):
        """Return {key of the place: {stage: how many cases}} on a day. One query."""
        rows = self.last_on(day).filter(case__village__gone_in="").order_by()
        found = {}
        for place, stage, n in rows.values_list(by, "stage").annotate(n=Count("pk")):
            found.setdefault(place, {})[Stage(stage)] = n
        return found

    def without_evidence(self):
        """Return those that stand with a reason instead of a record, but for having stopped."""
        return self.exclude(reason="").exclude(stage=Stage.STOPPED)

    def with_evidence(self):
        """Read along what shows each step."""
        return self.select_related(
            "meeting",
            "commitment__institution",
            "realisation__commitment__institution",
            "decree",
            "training",
            "report__library",
        )


def coverage(villages, steps, day, *, by="regency"):
    """
    Return {key of the place: {stage, or "" for none: how many}} over the official villages: each
    row adds up to the villages of its place. Two queries.
    """
    cases = steps.count_by_stage(day, f"case__{by}")
    counted = villages.filter(gone_in="").order_by().values_list(by).annotate(n=Count("pk"))
    found = {}
    for place, n in counted:
        stages = cases.get(place, {})
        found[place] = {"": n - sum(stages.values())} | {
            stage: stages.get(stage, 0) for stage in Stage
        }
    return found


def of_stage(villages, steps, day, stage):
    """Return the official villages that a cell of `coverage` counts; "" for none."""
    last = steps.last_on(day).filter(case__village=OuterRef("pk"))
    rows = villages.filter(gone_in="")
    if not stage:
        return rows.filter(~Exists(last))
    return rows.filter(Exists(last.filter(Q(stage=stage))))
