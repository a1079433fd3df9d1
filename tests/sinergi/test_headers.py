"""What every answer tells the browser about its own safety (ASVS 5, chapter 3)."""

import pytest
from django.urls import reverse

from tests.test_access import TABLE, World

pytestmark = pytest.mark.django_db
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
#: Never in the policy: scripts from anywhere, or written into the page.
LOOSE = ("unsafe-inline", "unsafe-eval", "*", "http:", "https:")


def faults_of(answer, *, is_signed_in):
    """Return what a browser is not told by this answer."""
    faults = [name for name, value in EXPECTED.items() if answer.get(name) != value]
    policy = answer.get("Content-Security-Policy", "")
    told = set(policy.split("; "))
    if told >= {"default-src 'none'", "sandbox"}:  # an upload: nothing in it may do anything
        told.add("default-src 'self'")
    faults += sorted(POLICY - told)
    faults += [word for word in LOOSE if word in policy]
    if is_signed_in and answer.get("Cache-Control") != "private, no-store":
        faults.append("Cache-Control")
    if "Set-Cookie" in answer.headers:
        faults.append("a cookie past Django's own")
    return faults


@pytest.mark.parametrize("role", [None, "administrator"])
def test_every_url(client, sign_in, role):
    world = World()
    if role:
        sign_in(role)
    faults = {}
    for name, (_, arguments) in TABLE.items():
        answer = client.get(reverse(name, args=arguments(world) if arguments else []))
        b"".join(answer)  # what is streamed is closed at its end
        if found := faults_of(answer, is_signed_in=bool(role) and name != "accounts:logout"):
            faults[name] = found
    assert faults == {}


def test_cookies_are_for_the_server_alone(client, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client.get("/masuk/", secure=True)
    cookie = client.cookies["csrftoken"]
    assert cookie["secure"] and cookie["samesite"] == "Lax"
    assert settings.SESSION_COOKIE_HTTPONLY and settings.SESSION_COOKIE_SAMESITE == "Lax"
