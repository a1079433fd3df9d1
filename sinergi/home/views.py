"""Home (what waits for the user today), help, error pages, and the health check."""

import logging
import sys

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import escape_leading_slashes
from django.views.generic import TemplateView, View
from django_guid import get_guid

from advocacy.cadence.alerts import alerts_of
from advocacy.cadence.rhythm import overview_of
from programs.models import PlanSubmission, WorkPlan
from programs.plan_versions import version_of
from programs.progress import PlanWork
from sinergi.accounts.models import User
from sinergi.accounts.roles import ROLES
from sinergi.home import demo
from sinergi.home.agenda import agenda_of
from sinergi.home.chores import chore_warning
from sinergi.home.first_steps import empty_state_for, first_steps_of
from sinergi.home.help import help_for
from sinergi.home.library_shelves import shelves_of
from sinergi.home.support import support_of
from sinergi.home.tasks import read_rows_of_home, waiting_of
from sinergi.home.visit_tasks import last_visits
from sinergi.kit.dates import full_date
from sinergi.kit.outages import outage_of
from sinergi.kit.views import PageMixin

logger = logging.getLogger(__name__)
RETRY_AFTER = 10  # seconds, for programs: a database is back within a few
LOOKS_AFTER = "accounts.view_user"  # who is told when the daily chores do not run
HOME_TASKS = 10  # on home; the page of all tasks has the rest
HOME_OTHERS = 5  # of those that wait for somebody else


class Home(PageMixin, TemplateView):
    """
    Show what the user can act on now, then what comes, and how the team's rhythm, plan, promises
    and libraries stand.
    """

    permission = None
    template_name = "home/home.html"
    section = "home"
    title = "Beranda"

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        rows = read_rows_of_home(user, today)
        holding, steps = plan_in_force(user, today), first_steps_of(user, rows)
        alerts, rhythms = overview_of(user, today, timezone.now())
        waiting = waiting_of(user, today, rows, alerts)
        shelves = shelves_of(rows, today)
        agenda = agenda_of(rows, user, today, shelves)
        is_empty = not any((waiting.tasks, agenda, holding, shelves, steps))
        return super().get_context_data(
            today=full_date(today),
            tasks=waiting.tasks,
            waiting=waiting,
            groups=waiting.first(HOME_TASKS, HOME_OTHERS),
            has_more=waiting.has_more_than(HOME_TASKS, HOME_OTHERS),
            rhythms=rhythms,
            put_off=[alert for alert in alerts if alert.snooze],
            agenda=agenda,
            visited=last_visits(rows),
            shelves=shelves,
            support=support_of(rows),
            first_steps=steps,
            chore_warning=chore_warning(timezone.now()) if user.has_perm(LOOKS_AFTER) else "",
            empty_state=empty_state_for(user) if is_empty else None,
            **plan_shelves(holding),
            **kwargs,
        )


class TaskList(PageMixin, TemplateView):
    """Show everything that waits for the user, in the groups of home."""

    permission = None
    template_name = "home/task_list.html"
    section = "home"
    title = "Semua yang menunggu"
    parent = ("Beranda", "home:home")

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        rows = read_rows_of_home(user, today)
        alerts = alerts_of(user, today, timezone.now())
        waiting = waiting_of(user, today, rows, alerts)
        return super().get_context_data(waiting=waiting, groups=waiting.groups, **kwargs)


def plan_in_force(user, today):
    """
    Return the submission that was approved of the plan in force today, or of the last one, of the
    first team that the user sees; or None.
    """
    plans = WorkPlan.objects.visible_to(user).approved_first(today)
    rows = PlanSubmission.objects.holding_of_first(plans)
    return rows.select_related("plan__team__province").first()


def plan_shelves(holding):
    """Return the context of that plan and its progress."""
    if holding is None:
        return {}
    return {"plan": holding.plan, "progress": PlanWork(holding.plan, version_of(holding.content))}


class Help(PageMixin, TemplateView):
    """
    Explain what the user may do, or what another role does (`?peran=`), by section of the menu.
    """

    permission = None
    template_name = "home/help.html"
    title = "Bantuan"

    def get_context_data(self, **kwargs):
        role = ROLES.get(self.request.GET.get("peran", ""))
        allowed = role.permissions.__contains__ if role else self.request.user.has_perm
        return super().get_context_data(
            role=role, roles=list(ROLES.values()), topics=help_for(allowed), **kwargs
        )


@method_decorator(login_not_required, name="dispatch")
class SampleSignIn(View):
    """
    Sign in as one of the demonstration's accounts (`demo.accounts_to_try`); not found where there
    are none.
    """

    http_method_names = ["post"]

    def dispatch(self, request, *args, **kwargs):
        self.accounts = dict(demo.accounts_to_try())
        if not self.accounts:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request):
        if (username := request.POST.get("akun")) not in self.accounts:
            raise Http404
        login(
            request,
            User.objects.get(username=username),
            backend="sinergi.accounts.backends.RoleBackend",
        )
        return redirect("home:home")


@login_not_required
def health(request):
    """Answer the monitor: 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("sehat", content_type="text/plain; charset=utf-8")


def bad_request(request, exception=None):
    """Answer a request that could not be read: too large, mostly."""
    return error_page(request, 400, "Kiriman tidak terbaca")


def permission_denied(request, exception=None):
    return error_page(request, 403, "Tidak diizinkan")


def page_not_found(request, exception=None):
    return error_page(request, 404, "Tidak ditemukan")


def error_page(request, status, title):
    """
    Render the page of an error. Whoever is signed in keeps the menu; a request that was refused
    before authentication has no user at all.
    """
    user = getattr(request, "user", None)
    layout = "base.html" if user is not None and user.is_authenticated else None
    return render(request, f"{status}.html", {"title": title, "layout": layout}, status=status)


def server_error(request):
    """
    Answer a request that ended in an error: 503 while the portal as a whole cannot work, else 500.

    Nothing here asks the database, the session or the user: each may be what failed. Neither may be
    the collected static files, which the templates name; then the words stand alone.
    """
    outage = outage_of(sys.exc_info()[1])
    status = 503 if outage else 500
    context = {"outage": outage, "request_id": get_guid()}
    if outage:
        context |= _what_was_sent(request)
    try:
        page = render_to_string(f"{status}.html", context)
    except Exception:
        logger.exception("The page of the error could not be drawn.")
        heading = outage.heading if outage else "Terjadi gangguan"
        page = f"<!DOCTYPE html><html lang=id><title>{heading}</title><h1>{heading}</h1>"
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    if outage:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _what_was_sent(request):
    """Return how the page may ask the same again: its path and, of a form, what it holds."""
    sent = {
        "path": escape_leading_slashes(request.get_full_path()),
        "was_sent": request.method == "POST",
    }
    if not sent["was_sent"]:
        return sent
    try:
        fields, has_files = request.POST, bool(request.FILES)
    except Exception:  # a body that ended halfway, or was read by someone else
        return sent
    is_secret = any(part in name for name in fields for part in ("password", "token_", "otp_"))
    if not has_files and not is_secret:
        sent["again"] = [(name, one) for name, values in fields.lists() for one in values]
    return sent | {"has_files": has_files}
