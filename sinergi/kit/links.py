"""Addresses that come with a request."""

from django.utils.http import url_has_allowed_host_and_scheme

BACK = "kembali"


def way_back(request):
    """The page of this portal that one came from and asked to be led back to (?kembali=), or ""."""
    asked = request.POST.get(BACK) or request.GET.get(BACK) or ""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, request.is_secure()
    )
    return asked if ours else ""
