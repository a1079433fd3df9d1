"""The filter of follow-ups."""

import django_filters

from advocacy.models import FollowUp
from programs.models import Membership, Person
from sinergi.kit.filters import SearchFilter
from sinergi.kit.forms import DateInput
from sinergi.kit.views import search_terms
from villages.filters import PlaceFilter
from villages.models.regions import PROVINCE_LENGTH


def holders(request):
    """
    Return whoever is or was in the team of the one province that somebody works in, or chose;
    follow-ups are given to members.
    """
    people = Person.objects.visible_to(request.user)
    if PlaceFilter.spans_provinces(request):
        people = people.filter(province=search_terms(request, "province")[:PROVINCE_LENGTH])
    members = Membership.objects.order_by().values("person")
    return people.filter(pk__in=members).order_by("name", "pk").only("name")


class FollowUpFilter(PlaceFilter):
    """Whether one is mine, open, overdue or done is chosen by a tab; see the view."""

    q = SearchFilter(label="Kata kunci", columns=["what"])
    person = django_filters.ModelChoiceFilter(
        label="Siapa", field_name="person_in_charge", queryset=holders, empty_label="Semua orang"
    )
    since = django_filters.DateFilter(
        label="Tenggat dari", field_name="due_on", lookup_expr="gte", widget=DateInput()
    )
    until = django_filters.DateFilter(
        label="Tenggat sampai", field_name="due_on", lookup_expr="lte", widget=DateInput()
    )
    regency = None

    class Meta:
        model = FollowUp
        fields = ["q", "province", "person", "since", "until"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.spans_provinces(self.request) and not self.request.GET.get("province"):
            del self.filters["person"]
