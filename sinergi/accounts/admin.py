"""Administration of accounts: what an account may do is set by its assignments, not here."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group

from sinergi.accounts.models import User
from sinergi.kit.admin import ScopedAdmin

admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(ScopedAdmin, UserAdmin):
    list_display = ["username", "first_name", "last_name", "email", "is_active", "last_login"]
    list_filter = ["is_active", "assignments__role"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Nama dan surel", {"fields": ["first_name", "last_name", "email"]}),
        ("Keadaan", {"fields": ["is_active", "last_login", "date_joined"]}),
    ]
    # Closing an account needs a reason and ends its assignments: on its page in the portal.
    readonly_fields = ["is_active", "last_login", "date_joined"]
    filter_horizontal = []
    not_exported = ("password", "groups", "user_permissions", "is_superuser", "is_staff")

    def has_add_permission(self, request):
        """People are invited on the portal, with their first assignment; an account that works nowhere is a system matter."""
        return request.user.is_superuser

    def has_object_permission(self, request, action, obj):
        return request.user.has_perm(f"accounts.{action}_user")
