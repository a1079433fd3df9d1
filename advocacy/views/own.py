"""
What the pages of advocacy share: the way to a record from its list, and for which team something is
written down.
"""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property

from programs.models import Team
from programs.views.teams import team_first
from sinergi.kit.text import parse_pk
from sinergi.kit.views import RecordDelete, RecordHistory, search_terms


class ListedPage:
    """A page under a list: `list_name`, and `list_url`, the URL's name."""

    section = "partners"
    list_name = list_url = ""

    def get_queryset(self):
        return self.with_related(super().get_queryset())

    def with_related(self, rows):
        return rows.with_names()

    def get_trail(self):
        trail, record = [(self.list_name, reverse(self.list_url))], self.get_page_record()
        return (
            [*trail, (str(record), record.get_absolute_url())] if record and self.crumb else trail
        )

    def get_context_data(self, **kwargs):
        record = self.get_page_record()
        back = record.get_absolute_url() if record else reverse(self.list_url)
        return super().get_context_data(**{"cancel_url": back} | kwargs)


class ListItself(ListedPage):
    """The list on top: nothing leads to it. It reads what it shows, and no more."""

    def with_related(self, rows):
        return rows.for_list()

    def get_trail(self):
        return []


class ListedHistory(ListedPage, RecordHistory):
    def get_trail(self):
        return [(self.list_name, reverse(self.list_url))]


class ListedDelete(ListedPage, RecordDelete):
    explanation = "Riwayatnya tetap tersimpan."

    def get_success_url(self):
        return reverse(self.list_url)


class InTeam:
    """Of the team one works in; who works in several names it in the address (`?tim=`)."""

    def dispatch(self, request, *args, **kwargs):
        if (
            request.user.is_authenticated
            and request.user.has_perm(self.permission)
            and not self.teams
        ):
            return team_first(self)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def teams(self):
        return list(
            Team.objects.visible_to(self.request.user, self.permission)
            .select_related("province")
            .order_by("pk")[:50]
        )

    @cached_property
    def team(self):
        wanted = parse_pk(self.request.GET.get("tim"))
        return next((team for team in self.teams if team.pk == wanted), self.teams[0])

    def get_context_data(self, **kwargs):
        context = {"teams": self.teams if len(self.teams) > 1 else [], "team": self.team}
        return super().get_context_data(**context | kwargs)


class AddsToTeam(InTeam):
    """
    A new record of that team. `taken`: what the address fills in, {parameter: field}, where this
    person may see it.
    """

    taken = {}

    @cached_property
    def named(self):
        """{field: the record that the address names}"""
        found = {}
        for parameter, name in self.taken.items():
            related = self.model._meta.get_field(name).related_model
            with suppress(ValidationError):
                key = related._meta.pk.to_python(search_terms(self.request, parameter) or None)
                found[name] = related.objects.visible_to(self.request.user).filter(pk=key).first()
        return {name: record for name, record in found.items() if record}

    @cached_property
    def team(self):
        """Without a word, the team where that lies which the address names."""
        there = {record.province_id for record in self.named.values()}
        near = next((team for team in self.teams if team.province_id in there), None)
        return near if near and not self.request.GET.get("tim") else super().team

    def get_form_kwargs(self):
        new = self.model(team=self.team, province=self.team.province)
        return super().get_form_kwargs() | {"instance": new, "words": search_terms(self.request)}

    def get_initial(self):
        return super().get_initial() | {name: record.pk for name, record in self.named.items()}


class SearchesChoices:
    """A form whose long lists can be looked through (`?cari=`)."""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"words": search_terms(self.request)}
