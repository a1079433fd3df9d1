"""Administration of people, the team and assignments."""

from django.contrib import admin
from django.core.exceptions import ValidationError

from programs.models import Assignment, Institution, Membership, Person, Team
from sinergi.kit.admin import RecordAdmin, RecordAdminForm, ScopedFilter


@admin.register(Institution)
class InstitutionAdmin(RecordAdmin):
    list_display = ["name", "abbreviation", "sector", "province"]
    list_select_related = ["province"]
    list_filter = ["sector", ("province", ScopedFilter)]
    search_fields = ["name", "abbreviation"]


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    list_display = ["name", "position", "institution", "province", "user"]
    list_select_related = ["institution", "province", "user"]
    list_filter = ["institution__sector", ("province", ScopedFilter)]
    search_fields = ["name", "position", "institution__name"]
    autocomplete_fields = ["institution"]


@admin.register(Team)
class TeamAdmin(RecordAdmin):
    list_display = ["name", "office", "formed_on", "province"]
    list_select_related = ["province"]
    search_fields = ["name"]


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    list_display = ["person", "role", "institution", "starts_on", "ends_on", "team"]
    list_select_related = ["person", "institution", "team"]
    list_filter = ["role", ("team", ScopedFilter)]
    search_fields = ["person__name", "institution__name"]
    autocomplete_fields = ["person", "institution"]


class AssignmentForm(RecordAdminForm):
    def clean_user(self):
        """Nobody gives a role to themselves."""
        user = self.cleaned_data["user"]
        if user == self.actor and not self.actor.is_superuser:
            raise ValidationError("Penugasan untuk akun sendiri diberikan oleh administrator lain.")
        return user


@admin.register(Assignment)
class AssignmentAdmin(RecordAdmin):
    form = AssignmentForm
    list_display = ["user", "role", "province", "regency"]
    list_select_related = ["user", "province", "regency"]
    list_filter = ["role", ("province", ScopedFilter)]
    search_fields = ["user__username", "user__first_name", "user__last_name"]
