"""Middleware that decides about a request before any view."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import get_resolver

MAX_BODY = 60 * 1024 * 1024  # bytes: several photos of 10 MB each (docs/operations.md)


class RequestSizeMiddleware:
    """
    Refuse a request that declares a larger body than any form sends, before a byte of it is read or
    stored.

    A request without a length has no body for Django. The proxy in front should refuse the same
    (docs/operations.md).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        declared = request.META.get("CONTENT_LENGTH") or ""
        if declared.isdecimal() and int(declared) > MAX_BODY:
            return render(request, "413.html", {"title": "Kiriman terlalu besar"}, status=413)
        return self.get_response(request)


class OwnNotFoundMiddleware:
    """
    Show the portal's own 404 page with DEBUG too, as in production; Django would list every URL
    instead. A fault (500) keeps Django's traceback.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if settings.DEBUG and response.status_code == 404 and request.resolver_match is None:
            return _page_not_found(request)
        return response

    def process_exception(self, request, exception):
        return (
            _page_not_found(request, exception)
            if settings.DEBUG and isinstance(exception, Http404)
            else None
        )


def _page_not_found(request, exception=None):
    """Return the response of the URL configuration's handler404."""
    return get_resolver().resolve_error_handler(404)(request, exception=exception)
