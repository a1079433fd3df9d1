"""The calendar of a person at a secret address: the page of the addresses, and what they hold."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max
from django.http import HttpResponse, HttpResponseNotFound
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import quote_etag
from django.views import View

from advocacy.calendar_events import meeting_event, trip_event, visit_event
from advocacy.models import Meeting, Trip, Visit
from sinergi.accounts.actions import create_calendar_feed
from sinergi.accounts.forms import CalendarFeedForm
from sinergi.accounts.models import CalendarFeed
from sinergi.kit.calendars import CONTENT_TYPE, calendar_of
from sinergi.kit.database_errors import constraint_message
from sinergi.kit.views import RecordCreate, StoredRedirect, TransitionView

#: What a calendar holds, and how each is drawn there.
KINDS = ((Meeting, meeting_event), (Visit, visit_event), (Trip, trip_event))
#: What else each tells by its name: a change of it is a change of the calendar. Names of regions
#: change by an import alone; they are told anew on the next day, like all of it.
NAMED = {Meeting: ["team"], Visit: ["team"], Trip: ["team", "stops__library"]}
#: Of one kind; the oldest are left out first.
MOST_EVENTS = 1000
#: Changes with what a file looks like, so that every calendar reads it anew.
FORM = 1
#: What programmes call themselves, and whose they are.
CLIENTS = {
    "google": CalendarFeed.Client.GOOGLE,
    "outlook": CalendarFeed.Client.OUTLOOK,
    "microsoft": CalendarFeed.Client.OUTLOOK,
    "dataaccessd": CalendarFeed.Client.APPLE,
    "calendaragent": CalendarFeed.Client.APPLE,
    "ios/": CalendarFeed.Client.APPLE,
    "macos": CalendarFeed.Client.APPLE,
    "mac os x": CalendarFeed.Client.APPLE,
}
#: Revoked addresses that the page still names.
REVOKED_SHOWN = 5


def client_of(agent):
    """Return whose programme calls itself by this name."""
    known = agent.lower()
    return next((one for part, one in CLIENTS.items() if part in known), CalendarFeed.Client.OTHER)


class CalendarFeedPage:
    """Everybody has their own addresses, and sees no others."""

    model = CalendarFeed
    permission = None
    parent = ("Langganan kalender", "home:calendar_feeds")
    record_in_trail = False


class CalendarFeeds(CalendarFeedPage, RecordCreate):
    """
    The addresses of one's own calendar. A new one is shown on the answer to the form, once: that is
    no page to come back to.
    """

    form_class = CalendarFeedForm
    template_name = "home/calendar_feeds.html"
    title = "Langganan kalender"
    parent = None
    token = ""

    def save(self, form):
        self.token = create_calendar_feed(
            feed=form.instance,
            by=self.request.user,
            idempotency_key=form.sent["idempotency_key"],
        )
        return form.instance

    def add_constraint_error(self, form, error):
        form.add_error("name", constraint_message(error, self.model))

    def saved(self, record):
        """Show the new address; of one that was sent twice nobody knows it any more."""
        if not self.token:
            messages.warning(
                self.request,
                f"Alamat “{record}” sudah dibuat. Alamatnya hanya ditampilkan sekali: bila tidak"
                " sempat disalin, cabut, lalu buat yang baru.",
            )
            return StoredRedirect(record.get_absolute_url())
        form = self.form_class(instance=None)
        return self.render_to_response(self.get_context_data(form=form, new=record))

    def get_context_data(self, **kwargs):
        rows, address = self.get_queryset(), ""
        if self.token:
            path = reverse("home:calendar_feed", args=[self.token])
            address = self.request.build_absolute_uri(path)
        return super().get_context_data(
            feeds=rows.in_use(),
            revoked=rows.filter(revoked_at__isnull=False).order_by("-revoked_at")[:REVOKED_SHOWN],
            address=address,
            app_address=f"webcal://{address.partition('://')[2]}",
            **kwargs,
        )


class CalendarFeedRevoke(CalendarFeedPage, TransitionView):
    transition = "revoke"
    question = "Cabut alamat “{record}”?"
    explanation = (
        "Alamatnya langsung berhenti: kalender yang memakainya tidak lagi dapat membaca agenda"
        " Anda. Untuk memakainya lagi, buat alamat baru."
    )
    crumb = button = "Cabut"
    done = "Alamat “{record}” dicabut."
    danger = True

    def check_object_permission(self, record):
        return record


@method_decorator(login_not_required, name="dispatch")
class CalendarFeedFile(View):
    """
    The calendar at a secret address: what its owner may see now. An address that was revoked, or
    whose owner no longer works here, is as unknown as one that never was.
    """

    def get(self, request, token):
        feed = CalendarFeed.objects.of_token(token)
        if feed is None:
            return HttpResponseNotFound(
                "Alamat kalender ini tidak berlaku.", content_type="text/plain; charset=utf-8"
            )
        now = timezone.now()
        feed.note_fetch(client_of(request.headers.get("User-Agent", "")), now)
        agenda = Agenda(feed.user, now, request.build_absolute_uri("/")[:-1])
        mark = agenda.mark()
        answer = get_conditional_response(request, etag=mark)
        if answer is None:
            answer = HttpResponse(agenda.content(), content_type=CONTENT_TYPE)
            answer["Content-Disposition"] = 'inline; filename="sinergi.ics"'
        answer["ETag"], answer["Cache-Control"] = mark, "private, no-cache"
        answer["X-Robots-Tag"] = "noindex"
        return answer


class Agenda:
    """What an account may see in its calendar at this moment, on the portal of that address."""

    def __init__(self, user, now, portal):
        self.user, self.now, self.portal = user, now, portal

    @cached_property
    def rows(self):
        """Return [(how it is drawn, its rows)] of each kind."""
        return [
            (draw, model.objects.visible_to(self.user).for_calendar(self.now))
            for model, draw in KINDS
        ]

    def mark(self):
        """
        Return the ETag: it changes with what is there, with what the account may see, and with the
        day, on which something old drops out. Found without reading a row.
        """
        told = [FORM, self.portal, self.now.date()]
        for model, _ in KINDS:
            meta = model._meta
            scope = self.user.scope(f"{meta.app_label}.view_{meta.model_name}")
            told += [scope.national, sorted(scope.provinces), sorted(scope.regencies)]
        for _, rows in self.rows:
            paths = ["updated_at", *(f"{path}__updated_at" for path in NAMED[rows.model])]
            last = {path: Max(path) for path in paths}
            told.append(rows.order_by().aggregate(count=Count("pk", distinct=True), **last))
        return quote_etag(hashlib.sha256(repr(told).encode()).hexdigest()[:32])

    def content(self):
        events = [
            draw(row, f"{self.portal}{row.get_absolute_url()}")
            for draw, rows in self.rows
            for row in rows[:MOST_EVENTS]
        ]
        return calendar_of(events, name=self.name)

    @property
    def name(self):
        """Sinergi Kep. Bangka Belitung; without one province, Sinergi."""
        provinces = {held.province_id: held.province for held in self.user.held_roles}
        only = next(iter(provinces.values())) if len(provinces) == 1 else None
        return f"Sinergi {only.short_name}" if only else "Sinergi"
