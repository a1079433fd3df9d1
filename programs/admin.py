"""
Administration of people, the team and assignments.

Decrees with their annexes, merges and the work plan are looked up here and written on the portal's
pages alone, where their states hold.
"""

from django.contrib import admin
from django.core.exceptions import ValidationError

from programs.actions import assign
from programs.models import (
    AccountEvent,
    Achievement,
    Assignment,
    BudgetLine,
    Decree,
    DecreeMember,
    Expense,
    FundingSource,
    Institution,
    Membership,
    Merge,
    Person,
    PlanComment,
    PlannedActivity,
    PlanSubmission,
    Team,
    WordTemplate,
    WorkPlan,
)
from sinergi.accounts.models import User
from sinergi.kit.admin import (
    HistoryAdmin,
    ReadOnlyAdmin,
    RecordAdmin,
    RecordAdminForm,
    ScopedAdmin,
    ScopedFilter,
)


@admin.register(Institution)
class InstitutionAdmin(RecordAdmin):
    fixed = ["province"]
    list_display = ["name", "abbreviation", "sector", "affair", "province"]
    list_select_related = ["province"]
    list_filter = ["sector", "affair", ("province", ScopedFilter)]
    search_fields = ["name", "abbreviation"]


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    fixed = ["province"]
    list_display = ["name", "position", "institution", "province", "user"]
    list_select_related = ["institution", "province", "user"]
    list_filter = ["institution__sector", ("province", ScopedFilter)]
    search_fields = ["name", "position", "institution__name"]
    autocomplete_fields = ["institution"]


@admin.register(Team)
class TeamAdmin(RecordAdmin):
    fixed = ["province"]
    list_display = ["name", "office", "formed_on", "province"]
    list_select_related = ["province"]
    search_fields = ["name"]


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    fixed = ["team", "person"]
    list_display = ["person", "role", "institution", "starts_on", "ends_on", "team"]
    list_select_related = ["person", "institution", "team"]
    list_filter = ["role", ("team", ScopedFilter)]
    search_fields = ["person__name", "institution__name"]
    autocomplete_fields = ["person", "institution", "replaces"]


@admin.register(Decree)
class DecreeAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = [
        "issuer",
        "number",
        "level",
        "state",
        "signed_on",
        "effective_from",
        "in_force_until",
        "team",
    ]
    list_select_related = ["team"]
    list_filter = ["level", "state", ("team", ScopedFilter)]
    search_fields = ["number", "about"]


@admin.register(DecreeMember)
class DecreeMemberAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["name", "role", "institution_name", "decree"]
    list_select_related = ["decree"]
    search_fields = ["name", "institution_name"]


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["removed_name", "person", "institution", "created_by", "created_at"]
    list_select_related = ["person", "institution", "created_by"]
    search_fields = ["removed_name"]


@admin.register(WorkPlan)
class WorkPlanAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["__str__", "state", "round", "submitted_at", "approved_at", "team"]
    list_select_related = ["team"]
    list_filter = ["state", ("team", ScopedFilter)]


@admin.register(PlannedActivity)
class PlannedActivityAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["title", "role", "way", "target", "unit", "person_in_charge", "plan"]
    list_select_related = ["person_in_charge", "plan"]
    list_filter = ["role", "way"]
    search_fields = ["title", "output"]


@admin.register(PlanSubmission)
class PlanSubmissionAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["plan", "number", "created_by", "created_at", "outcome", "decided_by"]
    list_select_related = ["plan", "created_by", "decided_by"]
    list_filter = ["outcome"]


@admin.register(PlanComment)
class PlanCommentAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["text", "about", "created_by", "resolved_at", "plan"]
    list_select_related = ["created_by", "plan"]
    search_fields = ["text", "about"]


@admin.register(FundingSource)
class FundingSourceAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["label", "year", "kind", "support", "ceiling", "team"]
    list_select_related = ["team"]
    list_filter = ["kind", "support", ("team", ScopedFilter)]


class ActivityRelatedAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_select_related = ["activity", "source"]
    search_fields = ["activity__title"]


@admin.register(BudgetLine)
class BudgetLineAdmin(ActivityRelatedAdmin):
    list_display = ["activity", "source", "amount"]


@admin.register(Expense)
class ExpenseAdmin(ActivityRelatedAdmin):
    list_display = ["what", "activity", "source", "spent_on", "amount", "receipt_number"]


@admin.register(Achievement)
class AchievementAdmin(ActivityRelatedAdmin):
    list_display = ["activity", "achieved_on", "amount", "note"]
    list_select_related = ["activity"]


class AssignmentAdminForm(RecordAdminForm):
    def clean_user(self):
        """Refuse a role that somebody gives to themselves."""
        user = self.cleaned_data["user"]
        if user == self.actor and not self.actor.is_superuser:
            raise ValidationError("Penugasan untuk akun sendiri diberikan oleh administrator lain.")
        return user


@admin.register(AccountEvent)
class AccountEventAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["user", "kind", "reason", "created_by", "created_at"]
    list_select_related = ["user", "created_by"]
    list_filter = ["kind"]

    def get_queryset(self, request):
        return (
            super(ScopedAdmin, self)
            .get_queryset(request)
            .filter(user__in=User.objects.visible_to(request.user))
        )

    def has_object_permission(self, request, action, obj):
        return request.user.has_perm(f"programs.{action}_accountevent")


@admin.register(Assignment)
class AssignmentAdmin(RecordAdmin):
    form = AssignmentAdminForm
    list_display = ["user", "role", "province", "regency", "starts_on", "ended_at"]
    list_select_related = ["user", "province", "regency"]
    list_filter = ["role", ("province", ScopedFilter)]
    search_fields = ["user__username", "user__first_name", "user__last_name"]

    def has_change_permission(self, request, obj=None):
        """Return False for what has ended: it stays as it was."""
        return super().has_change_permission(request, obj) and not (obj and obj.ended_at)

    def save_model(self, request, obj, form, change):
        version = form.cleaned_data["read_version"] if change else None
        assign(assignment=obj, by=request.user, version=version)


@admin.register(WordTemplate)
class WordTemplateAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["original_name", "team", "document", "state", "used_at", "used_by"]
    list_select_related = ["team", "used_by"]
    list_filter = ["document", "state"]
