"""Named reads over trainings and who took part."""

from django.db.models import Case, Count, F, IntegerField, Sum, Value, When
from django.db.models.functions import Coalesce

from sinergi.kit.querysets import ScopedQuerySet

#: How many people a row of participants stands for.
PEOPLE = Case(
    When(
        participants__name="",
        then=Coalesce(F("participants__women"), 0) + Coalesce(F("participants__men"), 0),
    ),
    When(participants__name__isnull=False, then=Value(1)),
    default=Value(0),
    output_field=IntegerField(),
)


class TrainingQuerySet(ScopedQuerySet):
    def for_list(self):
        """Add how many people came, and from how many villages."""
        return self.select_related("province", "regency").annotate(
            people=Coalesce(Sum(PEOPLE), 0),
            village_count=Count("participants__village", distinct=True),
        )


class TrainingParticipantQuerySet(ScopedQuerySet):
    province_path = "training__province"
    regency_path = "village__regency"
