"""For which team something is written down."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.functional import cached_property

from programs.models import Team
from sinergi.kit.text import number
from sinergi.kit.views import words_asked


class InTeam:
    """Of the team one works in; who works in several names it in the address (`?tim=`)."""

    @cached_property
    def teams(self):
        return list(Team.objects.visible_to(self.request.user, self.permission).select_related("province").order_by("pk")[:50])

    @cached_property
    def team(self):
        wanted = number(self.request.GET.get("tim"))
        team = next((team for team in self.teams if team.pk == wanted), None) or (self.teams[0] if self.teams else None)
        if team is None:
            raise PermissionDenied
        return team

    def get_context_data(self, **kwargs):
        context = {"teams": self.teams if len(self.teams) > 1 else [], "team": self.team}
        return super().get_context_data(**context | kwargs)


class AddsToTeam(InTeam):
    """A new record of that team. `taken`: what the address fills in, {parameter: field}, where this person may see it."""

    taken = {}

    def get_form_kwargs(self):
        new = self.model(team=self.team, province=self.team.province)
        return super().get_form_kwargs() | {"instance": new, "words": words_asked(self.request)}

    def get_initial(self):
        found = {}
        for parameter, name in self.taken.items():
            related = self.model._meta.get_field(name).related_model
            with suppress(ValidationError):
                key = related._meta.pk.to_python(words_asked(self.request, parameter) or None)
                found[name] = related.objects.visible_to(self.request.user).filter(pk=key).first()
        return super().get_initial() | {name: record.pk for name, record in found.items() if record}


class SearchesChoices:
    """A form whose long lists can be looked through (`?cari=`)."""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"words": words_asked(self.request)}
