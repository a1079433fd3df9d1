"""Named reads over people."""

from django.db.models import (
    Q,
)
from django.db.models.functions import Coalesce

from programs.name_keys import person_key
from sinergi.kit.querysets import ScopedQuerySet


class PersonQuerySet(ScopedQuerySet):
    def with_place(self):
        return self.select_related("institution", "regency")

    def to_choose(self):
        """Return (key, name, where it belongs) of each, for a list of choices."""
        return self.values_list("pk", "name", Coalesce("institution__name", "regency__name"))

    def for_list(self):
        """Return named rows of what a list shows."""
        places = [
            "institution_id",
            "institution__name",
            "institution__sector",
            "regency__name",
            "province__name",
        ]
        return self.values_list("id", "name", "position", "phone", "email", *places, named=True)

    def key_of(self, user):
        """
        Return the key of the person who signs in with this account, as a subquery: read first, it
        leads into an ordered index.
        """
        return self.filter(user=user).values("pk")[:1]

    def known_as(self, name, institution, province):
        """
        Return the one person of that province with this name and institution; None if there are
        none or two.
        """
        found = self.filter(
            province=province,
            name__iexact=name.strip(),
            institution__name__iexact=institution.strip(),
        )[:2]
        return found[0] if len(found) == 1 else None

    def twins_of(self, person):
        """
        Filter others of that province with the same name, written differently, or the same
        telephone.
        """
        same = Q(pk__in=[])
        if key := person_key(person.name or ""):
            same |= Q(name_key=key)
        if person.phone:
            same |= Q(phone=person.phone)
        return self.filter(same, province=person.province_id).exclude(pk=person.pk)
