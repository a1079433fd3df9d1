"""Trips: the list, the page of one with its libraries by day, and its form."""

from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from advocacy.actions import delete_trip, save_trip
from advocacy.calendar_events import trip_event
from advocacy.documents import OF_TRIP
from advocacy.filters.trips import TripFilter
from advocacy.forms.trips import MAX_STOPS, TripForm
from advocacy.models import Trip, TripStop, TripTraveller
from advocacy.offline_pages import pages_of_trip
from advocacy.trip_stops import stops_of
from advocacy.views.teams import TeamRecordCreate
from sinergi.kit.calendars import google_url
from sinergi.kit.columns import Cell, Column, page_column
from sinergi.kit.formsets import clear_errors
from sinergi.kit.text import parse_number
from sinergi.kit.views import RecordDelete, RecordDetail, RecordHistory, RecordList, RecordUpdate
from villages.models import Library


class TripPage:
    model = Trip
    section = "libraries"
    parent = ("Perjalanan", "advocacy:trip_list")
    related = ("team__province", "province")

    def get_parents(self):
        return [("Perpustakaan", reverse("villages:library_list")), *super().get_parents()]


class TripList(RecordList):
    """The latest on top."""

    model = Trip
    section = "libraries"
    title = "Perjalanan"
    parent = ("Perpustakaan", "villages:library_list")
    filterset_class = TripFilter
    order = ("-starts_on", "-id")
    columns = (
        Column("Hari pertama", "starts_on", Cell.DATE),
        Column("Hari terakhir", "ends_on", Cell.DATE),
        Column("Tujuan", "title"),
        Column("Provinsi", "province__name"),
        Column("Perpustakaan", "stop_count", Cell.NUMBER, about="banyaknya tujuan perjalanan"),
        Column("Catatan", "note"),
        page_column("advocacy:trip_detail", label="Halaman"),
    )

    def get_context_data(self, **kwargs):
        context, today = super().get_context_data(**kwargs), timezone.localdate()
        for row in context["page"]:
            row.status = row.status_on(today)
        return context


class TripDetail(TripPage, RecordDetail):
    """The libraries by day, with what is to be known of each before one goes there."""

    permitted_actions = ("change", "delete")

    def get_context_data(self, **kwargs):
        may_visit = self.request.user.has_perm("advocacy.add_visit", self.object)
        stops = stops_of(self.object)
        by_day = groupby(stops, key=lambda stop: stop.day)
        return super().get_context_data(
            days=[(day, list(there)) for day, there in by_day],
            status=self.object.status_on(self.object.team.today),
            google=google_url(trip_event(self.object, self.get_record_url(), stops)),
            may_visit=may_visit,
            travellers=self.object.travellers.all(),
            documents=OF_TRIP,
            prepare=pages_of_trip(self.object, stops) if may_visit else [],
            **kwargs,
        )


def render_search(view):
    """Show the form again with the libraries that were looked for; nothing is judged yet."""
    form = view.get_form()
    clear_errors(form)
    form.prepare_redisplay()
    return view.render_to_response(view.get_context_data(form=form))


class TripCreate(TripPage, TeamRecordCreate):
    """A trip to the libraries that the address names (`?perpustakaan=1&perpustakaan=2`)."""

    form_class = TripForm
    template_name = "advocacy/trip_form.html"
    title = crumb = "Rencanakan perjalanan"

    @cached_property
    def asked(self):
        """Return the libraries that the address names, of those in sight."""
        keys = [parse_number(key) for key in self.request.GET.getlist("perpustakaan")[:MAX_STOPS]]
        rows = Library.objects.visible_to(self.request.user, "advocacy.add_trip")
        return list(rows.filter(pk__in=[key for key in keys if key])) if any(keys) else []

    @cached_property
    def team(self):
        return self.choice.near({library.province_id for library in self.asked})

    def get_initial(self):
        here = [row.pk for row in self.asked if row.province_id == self.team.province_id]
        return super().get_initial() | {"libraries": here}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | words_of_search(self.request)

    def post(self, request, *args, **kwargs):
        if request.POST.get("aksi") == "cari":
            return render_search(self)
        return super().post(request, *args, **kwargs)

    def save(self, form):
        return save_trip(by=self.request.user, **trip_of(form), **form.sent)

    def get_context_data(self, **kwargs):
        left_out = sum(row.province_id != self.team.province_id for row in self.asked)
        return super().get_context_data(left_out=left_out, **kwargs)


class TripUpdate(TripPage, RecordUpdate):
    form_class = TripForm
    template_name = "advocacy/trip_form.html"
    crumb = "Ubah"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | words_of_search(self.request)

    def post(self, request, *args, **kwargs):
        if request.POST.get("aksi") == "cari":
            return render_search(self)
        return super().post(request, *args, **kwargs)

    def save(self, form):
        return save_trip(by=self.request.user, **trip_of(form), **form.sent)


def trip_of(form):
    """Return the trip with its rows, as `save_trip` takes them."""
    told = {"trip": form.instance, "stops": form.stops}
    return told | ({"travellers": form.travellers_sent} if "travellers" in form.fields else {})


def words_of_search(request):
    """Return the words that are looked for in the list of libraries, as an argument of the form."""
    words = request.POST.get("cari", "").replace("\x00", "").strip()[:100]
    return {"words": words}


class TripDelete(TripPage, RecordDelete):
    question = "Hapus perjalanan “{record}”?"
    explanation = "Kunjungan yang sudah dicatat tetap tersimpan, begitu pula riwayatnya."
    crumb = button = "Hapus perjalanan"
    done = "Perjalanan dihapus."
    history_name = "advocacy:trip_history"

    def perform(self, version):
        delete_trip(trip=self.record, by=self.request.user, version=version)


class TripHistory(TripPage, RecordHistory):
    def get_histories(self):
        rows = [model.history.filter(trip=self.object.pk) for model in (TripStop, TripTraveller)]
        return [*super().get_histories(), *rows]

    def title_of(self, row, name):
        if row.instance_type is TripStop:
            return f"Tujuan “{name('library')}”"
        return super().title_of(row, name)
