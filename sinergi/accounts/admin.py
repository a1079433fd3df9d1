"""Admin of accounts. What an account may do is set by its assignments, not here."""

from copy import copy
from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django_otp.plugins.otp_totp.models import TOTPDevice

from sinergi.accounts.forms import AccountPasswordForm
from sinergi.accounts.models import Export, User
from sinergi.kit.admin import ReadOnlyAdmin, RefusalMixin, ScopedAdmin
from sinergi.kit.transitions import TransitionError

admin.site.unregister(Group)
# Its page would show the secret.
admin.site.unregister(TOTPDevice)


@admin.register(User)
class AccountAdmin(RefusalMixin, ScopedAdmin, UserAdmin):
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
        """
        Return whether an account may be added here, without a place: by a superuser only. People
        are invited on the portal, with their first assignment.
        """
        return request.user.is_superuser

    def has_object_permission(self, request, action, obj):
        return request.user.has_perm(f"accounts.{action}_user")

    def save_model(self, request, obj, form, change):
        """Write only what was changed on the page: meanwhile the account may have been closed."""
        if change:
            obj.save(update_fields=form.changed_data)
            return
        super().save_model(request, obj, form, change)
        if obj.has_usable_password():
            obj.events.note(obj, "set", by=request.user)

    def user_change_password(self, request, id, form_url=""):
        """
        Send administrators who change their own password to the page that asks for the old one.
        """
        if unquote(id) == str(request.user.pk):
            return redirect("accounts:password_change")
        page = copy(self)
        page.change_password_form = partial(AccountPasswordForm, actor=request.user)
        try:
            return super(AccountAdmin, page).user_change_password(request, id, form_url)
        except TransitionError as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.get_full_path())


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    list_display = ["started_at", "account", "title", "query", "form", "rows", "finished_at"]
    list_filter = ["form"]
    search_fields = ["account", "title"]
