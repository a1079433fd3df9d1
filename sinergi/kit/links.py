"""Addresses: of records, and those that come with a request."""

from functools import cache

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

BACK = "kembali"


def way_back(request):
    """
    Return the page of this portal to which the request asks to be led back (?kembali=), or "".
    """
    asked = request.POST.get(BACK) or request.GET.get(BACK) or ""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, request.is_secure()
    )
    return asked if ours else ""


def record_url(name, key):
    """
    Return the address of the page `name` of a record with this number as its key, as `reverse`
    does. What it finds out for one record holds for all of them, and a page has hundreds.
    """
    return _address_of_record_0(name).replace("/0/", f"/{int(key)}/")


@cache
def _address_of_record_0(name):
    return reverse(name, args=[0])
