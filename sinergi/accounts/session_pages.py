"""The page of one's own open sessions: where one is signed in, and signing out there."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.generic import TemplateView

from sinergi.accounts.models import Session
from sinergi.kit.views import PageMixin

ALL_OTHERS = "lain"


class Sessions(PageMixin, TemplateView):
    """Everybody ends their own sessions, and sees no others."""

    permission = None
    template_name = "accounts/sessions.html"
    title = "Perangkat yang masuk"

    def get_context_data(self, **kwargs):
        key = self.request.session.session_key
        rows = list(Session.objects.open_of(self.request.user))
        return super().get_context_data(
            this=next((row for row in rows if row.session_key == key), None),
            others=[row for row in rows if row.session_key != key],
            **kwargs,
        )

    def post(self, request):
        """End the session named, or all but this one, which the sign-out ends."""
        asked, this = request.POST.get("sesi", ""), request.session.session_key
        if asked == ALL_OTHERS:
            Session.objects.end(request.user, but=this)
            messages.success(request, "Perangkat lain dikeluarkan.")
            return redirect("accounts:sessions")
        rows = Session.objects.open_of(request.user).exclude(session_key=this)
        found = next((row for row in rows if row.handle == asked), None)
        if found is None:
            messages.warning(request, "Perangkat ini sudah keluar.")
        else:
            found.delete()
            messages.success(request, f"{found.device or 'Perangkat itu'} dikeluarkan.")
        return redirect("accounts:sessions")
