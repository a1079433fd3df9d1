"""Named reads over the expansion of the programme, as it stands on a day."""

from django.db.models import Count, Exists, OuterRef, Subquery

from advocacy.expansion_stages import OPEN, Stage
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

    def open_on(self, day):
        """Return those of official villages whose library runs or stands by itself on a day."""
        return self.at(day).filter(stage__in=OPEN, village__gone_in="")

    def moved_in(self, year):
        """
        Return [(key, day, regency, village)] of every step of theirs to a further stage in a year
        that is shown by a record, the earliest first (programs.activity_logs). One query.
        """
        rows = self.filter(
            steps__reached_on__year=year, steps__is_backward=False, steps__reason=""
        ).order_by("steps__reached_on", "pk")
        return rows.values_list("pk", "steps__reached_on", "regency", "village")

    def titles_of(self, keys):
        """Return {key: (title, address)} of these (programs.activity_logs)."""
        rows = self.filter(pk__in=keys).select_related("village")
        return {row.pk: (str(row), row.get_absolute_url()) for row in rows}

    def with_places(self):
        return self.select_related("village__district", "regency", "province", "team")


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
        """
        Return {key of the place: {stage: how many cases}} of the official villages on a day, for
        the pages of places. One query.
        """
        rows = self.last_on(day).filter(case__village__gone_in="").order_by()
        found = {}
        for place, stage, n in rows.values_list(by, "stage").annotate(n=Count("pk")):
            found.setdefault(place, {})[Stage(stage)] = n
        return found

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
