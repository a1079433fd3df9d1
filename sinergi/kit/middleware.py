"""What is decided about a request before any page sees it."""

from django.shortcuts import render

MAX_BODY = 60 * 1024 * 1024  # bytes: several photos of 10 MB each (docs/operations.md)


class RequestSizeMiddleware:
    """
    Refuse a request that declares a larger body than any form sends, before a byte of it is read or stored.

    A request without a length has no body for Django. The proxy in front should refuse the same (docs/operations.md).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        declared = request.META.get("CONTENT_LENGTH") or ""
        if declared.isdecimal() and int(declared) > MAX_BODY:
            return render(request, "413.html", {"title": "Kiriman terlalu besar"}, status=413)
        return self.get_response(request)
