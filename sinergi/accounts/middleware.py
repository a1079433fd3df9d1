"""What holds for every answer: who may keep it, and whose clock it shows."""

from django.utils import timezone


class PrivateAnswersMiddleware:
    """
    Nobody keeps what a signed-in person was sent: no proxy, and not the browser, whose Back button
    would show it to whoever sits there after signing out. So it is for pages, sheets and papers,
    and for stored files too: a browser that goes back asks for nothing it has kept, however short
    the time it was allowed to keep it. Answers to the public are as their views made them.
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
    Stamps ("diubah 28 November 2018, 09.00") are shown in the reader's province's zone; nationally
    in WIB.
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
