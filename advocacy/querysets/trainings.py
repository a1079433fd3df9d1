"""Named reads over trainings and who took part."""

from django.db.models import Case, Count, F, IntegerField, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from programs.activity_logs import LogQuerySet, as_logs, tied_to
from sinergi.kit.querysets import ScopedQuerySet

#: How many people a row of participants stands for.
PEOPLE = Case(
    When(name="", then=Coalesce(F("women"), 0) + Coalesce(F("men"), 0)),
    default=Value(1),
    output_field=IntegerField(),
)


class TrainingQuerySet(LogQuerySet):
    def with_names(self):
        return self.select_related("team__province", "province", "regency", "activity")

    def for_list(self):
        """Add how many people came, and from how many villages; counted for the rows shown."""
        rows = self.model_of("participants").objects.filter(training=OuterRef("pk")).order_by()
        rows = rows.values("training")
        people = rows.annotate(n=Sum(PEOPLE)).values("n")
        villages = rows.annotate(n=Count("village", distinct=True)).values("n")
        return self.select_related("province", "regency").annotate(
            people=Coalesce(Subquery(people), 0), village_count=Coalesce(Subquery(villages), 0)
        )

    def log_rows(self, plan, activity=None):
        """
        Return what is tied to the activities of this plan (programs.activity_logs), on the day it
        was held.
        """
        return as_logs(
            self.filter(tied_to(plan, activity)),
            "trainings",
            "held_on",
            day=F("held_on"),
            regency=F("regency_id"),
        )


class TrainingParticipantQuerySet(ScopedQuerySet):
    province_path = "training__province"
    regency_path = "village__regency"

    def with_places(self):
        return self.select_related("village__district", "village__regency")

    def by_training(self):
        """Return of each training, the newest first: its key, title and day, and its people."""
        columns = {"title": F("training__title"), "held_on": F("training__held_on")}
        rows = self.order_by().values("training", **columns)
        return rows.annotate(people=Sum(PEOPLE)).order_by("-held_on", "-training")
