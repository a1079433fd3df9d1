"""The team that a new record belongs to, and what the pages share that add one."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from programs.models import Team
from programs.views.teams import team_first
from sinergi.kit.text import parse_number
from sinergi.kit.views import RecordCreate, search_terms


class TeamChoice:
    """
    The team one works in; who works in several names it in the address (`?tim=`), or what they
    write about lies near it.
    """

    def __init__(self, request, permission):
        self.asked = parse_number(request.GET.get("tim"))
        rows = Team.objects.visible_to(request.user, permission).select_related("province")
        self.teams = list(rows.order_by("pk")[:50])

    def near(self, provinces=()):
        """
        Return the team asked for; without a word, the first that lies in one of `provinces`, or the
        first of all.
        """
        asked = next((team for team in self.teams if team.pk == self.asked), None)
        there = next((team for team in self.teams if team.province_id in provinces), None)
        return asked or there or self.teams[0]

    def offered(self):
        """Return the teams to choose from, where there are several."""
        return self.teams if len(self.teams) > 1 else []


class TeamRecordCreate(RecordCreate):
    """
    A new record of the team one works in. `prefilled` is what the address fills in, {parameter:
    (field, model)}, where this person may see it.
    """

    prefilled = {}
    searches_choices = True

    def get_early_response(self):
        return None if self.choice.teams else team_first(self)

    @cached_property
    def choice(self):
        return TeamChoice(self.request, self.permission)

    @cached_property
    def team(self):
        return self.choice.near({record.province_id for record in self.prefilled_records.values()})

    @cached_property
    def prefilled_records(self):
        """Return the records that the address names: {field: record}."""
        found = {}
        for parameter, (name, model) in self.prefilled.items():
            with suppress(ValidationError):
                key = model._meta.pk.to_python(search_terms(self.request, parameter) or None)
                found[name] = model.objects.visible_to(self.request.user).filter(pk=key).first()
        return {name: record for name, record in found.items() if record}

    def new_object(self):
        return self.model(team=self.team, province=self.team.province)

    def get_initial(self):
        return super().get_initial() | {
            name: record.pk for name, record in self.prefilled_records.items()
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{"teams": self.choice.offered(), "team": self.team} | kwargs
        )
