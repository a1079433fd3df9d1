"""What monitors ask."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from sinergi.operations.diagnosis import FindingState, diagnose


@login_not_required
@never_cache
def health_details(request):
    """
    Answer a monitor that sends `Authorization: Bearer HEALTH_TOKEN` with every finding as JSON: 503
    when one has failed, else 200. For anybody else the page is not there.
    """
    expected = f"Bearer {settings.HEALTH_TOKEN}"
    sent = request.headers.get("Authorization", "")
    if not settings.HEALTH_TOKEN or not constant_time_compare(sent, expected):
        raise Http404
    findings = diagnose()
    has_failed = any(finding.state == FindingState.FAILED for finding in findings)
    rows = [{"name": one.name, "state": one.state, "said": one.said} for one in findings]
    return JsonResponse({"ok": not has_failed, "findings": rows}, status=503 if has_failed else 200)
