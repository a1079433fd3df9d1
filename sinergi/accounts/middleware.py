"""What holds for every response: who may cache it, and whose time zone it shows."""

from django.utils import timezone


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
        if request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response


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
