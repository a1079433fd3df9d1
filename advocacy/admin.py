"""
Administration of meetings: looked up and exported here, written on the portal's pages alone.

There the states, the versions and the frozen minutes hold; a second way to write would be a way around them.
"""

from django.contrib import admin

from advocacy.models import AgendaItem, Attachment, Attendance, FollowUp, Meeting
from sinergi.kit.admin import HistoryAdmin, ReadOnlyAdmin, ScopedFilter


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["title", "kind", "starts_at", "state", "regency", "province"]
    list_select_related = ["regency", "province"]
    list_filter = ["state", "kind", ("province", ScopedFilter)]
    search_fields = ["title", "place"]
    ordering = ["-starts_at", "-id"]


@admin.register(AgendaItem)
class AgendaItemAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["topic", "meeting", "decision"]
    list_select_related = ["meeting"]
    search_fields = ["topic", "decision"]


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["name", "institution", "role", "presence", "is_guest", "meeting"]
    list_select_related = ["meeting"]
    list_filter = ["presence", "is_guest"]
    search_fields = ["name", "institution"]


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["what", "person_in_charge", "due_on", "closed_at", "meeting"]
    list_select_related = ["person_in_charge", "meeting"]
    list_filter = [("province", ScopedFilter)]
    search_fields = ["what", "person_in_charge__name"]


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["original_name", "kind", "content_type", "size", "meeting"]
    list_select_related = ["meeting"]
    list_filter = ["kind"]
