"""Admin of what the chores did: to look up, never to change."""

from django.contrib import admin

from sinergi.home.models import ChoreRun, DigestMail
from sinergi.kit.admin import ReadOnlyAdmin


@admin.register(DigestMail)
class DigestMailAdmin(ReadOnlyAdmin):
    list_display = ["day", "account", "state", "tries", "claimed_at", "sent_at", "reason"]
    list_filter = ["state", "day"]
    list_select_related = ["account"]
    search_fields = ["account__username", "account__email"]
    not_exported = ("fingerprint",)

    @admin.display(description="keterangan")
    def reason(self, row):
        return row.error_words


@admin.register(ChoreRun)
class ChoreRunAdmin(ReadOnlyAdmin):
    list_display = ["name", "is_running", "started_at", "finished_at", "succeeded_at", "is_ok"]
    list_display += ["said"]
