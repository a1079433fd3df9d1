"""Pages of the team."""

from django.urls import reverse
from django.views.generic import RedirectView

from programs.models import Team
from sinergi.kit.dates import today_in
from sinergi.kit.views import Guarded, RecordDetail


class MyTeam(Guarded, RedirectView):
    """The team of the province one works in; with several, the first."""

    model = Team

    def get_redirect_url(self, *args, **kwargs):
        team = self.get_queryset().order_by("province").first()
        return team.get_absolute_url() if team else reverse("home:home")


class TeamDetail(RecordDetail):
    """Who is in the team today."""

    model = Team
    section = "team"
    template_name = "programs/team_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("province")

    def get_context_data(self, **kwargs):
        today = today_in(self.object.province.time_zone)
        members = self.object.memberships.on(today).in_order_of_role().select_related("person", "institution")
        return super().get_context_data(members=members, today=today, **kwargs)
