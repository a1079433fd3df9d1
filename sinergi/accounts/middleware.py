"""
What holds for every response: who may cache it, whose time zone it shows, and what comes before it.
"""

from django.shortcuts import redirect
from django.utils import timezone

from sinergi.accounts.second_factor import PASSED, is_required_of


class PrivateAnswersMiddleware:
    """
    Forbid every cache to store what a signed-in user is sent: proxies, and the browser, whose Back
    button would show it to whoever sits there after signing out.

    This holds for pages, spreadsheets and documents, and for stored files too: a browser that goes
    back asks for nothing it has stored, however short the time it was allowed to. Responses to the
    public are as their views made them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code >= 500:
            # Never kept anyway (sinergi.home.views.server_error), and the account may be what
            # cannot be read.
            return response
        if request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response


class LastSeenMiddleware:
    """Note down that the session of an account is in use, now and then."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            request.session.note_seen(timezone.now())
        return self.get_response(request)


class SecondFactorMiddleware:
    """
    Lead whoever has to have a second factor, and has none, to the page that sets it up: nothing
    else answers, the admin included, but what is open to strangers. Asks the database nothing.
    """

    OPEN = frozenset({"accounts:second_factor", "accounts:second_factor_setup", "accounts:logout"})

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        is_open = request.resolver_match.view_name in self.OPEN
        is_public = not getattr(view, "login_required", True)
        if is_open or is_public or not request.user.is_authenticated:
            return None
        if request.session.get(PASSED) or not is_required_of(request.user):
            return None
        return redirect("accounts:second_factor")


class ProvinceTimeMiddleware:
    """
    Show times ("diubah 28 November 2018, 09.00") in the zone of the user's province; nationally in
    WIB.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        province = (
            next((a.province for a in request.user.held_roles if a.province), None)
            if request.user.is_authenticated
            else None
        )
        with timezone.override(province.time_zone if province else None):
            return self.get_response(request)
