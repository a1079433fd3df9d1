"""What a browser needs to work without a signal: the page of its queue, whose it is, its worker."""

import hashlib
import json
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from advocacy.models import Trip
from advocacy.offline_pages import pages_of_trip
from advocacy.trip_stops import stops_of
from sinergi.kit.staticfiles import lean_script
from sinergi.kit.text import parse_number
from sinergi.kit.views import PageMixin

OWN = settings.BASE_DIR / "static"
WORKER = OWN / "js" / "worker.js"
TRIPS = 10  # to choose from
#: What the pages of forms load from other packages.
VENDOR = ["css/vendor/bootstrap.min.css", "django_htmx/htmx-2.min.js"]


class Queue(PageMixin, TemplateView):
    """
    Show what this browser has not sent yet: the list is empty, static/js/queue_page.js fills it.
    """

    permission = None
    template_name = "home/queue.html"
    title = "Menunggu dikirim"

    def get_context_data(self, **kwargs):
        """Offer the pages of the trip asked for (`?perjalanan=`), else of the next one."""
        user, trips, prepare = self.request.user, [], []
        if user.has_perm("advocacy.add_visit"):
            rows = Trip.objects.visible_to(user, "advocacy.add_visit")
            trips = list(rows.select_related("team__province").ahead(timezone.localdate())[:TRIPS])
        asked = parse_number(self.request.GET.get("perjalanan"))
        trip = next((one for one in trips if one.pk == asked), trips[0] if trips else None)
        if trip:
            prepare = pages_of_trip(trip, stops_of(trip))
        return super().get_context_data(trips=trips, trip=trip, prepare=prepare, **kwargs)


def queue_account(request):
    """
    Tell whose session this is, with a token for what is sent next: a page may be older than both.
    """
    return JsonResponse({"account": request.user.pk, "token": get_token(request)})


@login_not_required
def service_worker(request):
    """Serve the worker, which is another as soon as one of the files it keeps is."""
    version, assets = _assets()
    known = {
        "version": version,
        "assets": assets,
        "isHashed": hasattr(staticfiles_storage, "manifest_hash"),
        "root": settings.STATIC_URL,
        "queue": reverse("home:queue"),
        "admin": reverse("admin:index"),
    }
    source = f"const SINERGI = {json.dumps(known)};\n{lean_script(WORKER.read_text())}"
    response = HttpResponse(source, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _assets():
    """Return the version of the static files, and the URLs of those that pages load."""
    names = [f"{path.relative_to(OWN)}" for path in sorted(OWN.rglob("*.*"))]
    if manifest := getattr(staticfiles_storage, "manifest_hash", ""):
        return _hashed_assets(manifest)
    told = "".join(f"{name} {(OWN / name).stat().st_mtime_ns}" for name in names)
    version = hashlib.sha256(told.encode()).hexdigest()[:12]
    return version, [static(name) for name in [*names, *VENDOR] if name != "js/worker.js"]


@cache
def _hashed_assets(manifest):
    """Of the stylesheet the one that was made of its parts is kept, and no part of it."""
    names = [f"{path.relative_to(OWN)}" for path in sorted(OWN.rglob("*.*"))]
    parts = {name for name in names if name.startswith("css/") and name != "css/sinergi.css"}
    kept = [name for name in [*names, *VENDOR] if name not in {*parts, "js/worker.js"}]
    return manifest, [static(name) for name in kept]
