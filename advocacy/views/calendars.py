"""The calendar file of one meeting, visit or trip."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views import View

from advocacy.calendar_events import meeting_event, trip_event, visit_event
from advocacy.views.meetings import MeetingPage
from advocacy.views.trips import TripPage
from advocacy.views.visits import VisitPage
from sinergi.kit.calendars import calendar_response
from sinergi.kit.views import PageMixin


class CalendarFile(View):
    """Hand over the record as a file for a calendar, to whoever may see it."""

    #: Of the record and the address of its page.
    make_event = staticmethod(lambda record, url: None)
    name = ""

    def get(self, request, pk):
        record = get_object_or_404(self.get_queryset(), pk=pk)
        event = self.make_event(record, request.build_absolute_uri(record.get_absolute_url()))
        if event is None:
            messages.warning(request, "Tetapkan dulu tanggalnya, baru dapat masuk kalender.")
            return HttpResponseRedirect(record.get_absolute_url())
        return calendar_response(event, filename=f"{self.name}-{record.pk}")


class MeetingCalendar(MeetingPage, PageMixin, CalendarFile):
    make_event, name = staticmethod(meeting_event), "rapat"
    related = (*MeetingPage.related, "team")


class VisitCalendar(VisitPage, PageMixin, CalendarFile):
    make_event, name = staticmethod(visit_event), "kunjungan"


class TripCalendar(TripPage, PageMixin, CalendarFile):
    make_event, name = staticmethod(trip_event), "perjalanan"

    def get_queryset(self):
        return super().get_queryset().prefetch_related("stops__library")
