"""
The portal's addresses, a signed-in view that returns one word, and stock admin lists of the same
rows.
"""

from django.contrib import admin
from django.http import HttpResponse
from django.urls import path

from advocacy.models import Meeting
from sinergi.urls import urlpatterns as portal
from villages.models import Library

stock, plain = admin.AdminSite(name="stock"), admin.AdminSite(name="plain")


class StockMeetings(admin.ModelAdmin):
    """The same columns as our list, written as the admin's documentation shows."""

    list_display = ["starts_at", "title", "kind", "place", "came", "followed_up", "state"]
    list_select_related = True
    list_per_page = 50
    search_fields = ["title"]
    list_filter = ["state", "kind"]

    @admin.display(description="Hadir")
    def came(self, meeting):
        members = meeting.attendance.filter(is_guest=False)
        return f"{members.filter(presence='present').count()} dari {members.count()}"

    @admin.display(description="Tindak lanjut")
    def followed_up(self, meeting):
        return f"{meeting.followups.closed().count()} dari {meeting.followups.count()}"


class StockMeetingsPlain(StockMeetings):
    """Without the two counted columns, and so with no query of its own a row."""

    list_display = ["starts_at", "title", "kind", "place", "state"]


class StockLibraries(admin.ModelAdmin):
    list_display = ["name", "level", "village", "regency", "province", "head"]
    list_select_related = True
    list_per_page = 50
    search_fields = ["name"]
    list_filter = ["level"]


stock.register(Meeting, StockMeetings)
stock.register(Library, StockLibraries)
plain.register(Meeting, StockMeetingsPlain)
stock.has_permission = plain.has_permission = lambda request: request.user.is_authenticated


def word(request):
    """
    Return one word: the least a signed-in view does, for which the session and the user are read.
    """
    return HttpResponse("Halo" if request.user.is_authenticated else "")


urlpatterns = [
    path("kata/", word),
    path("bawaan/", stock.urls),
    path("polos/", plain.urls),
    *portal,
]
