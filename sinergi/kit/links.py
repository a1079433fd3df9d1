"""Links that come with a request."""

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
