"""The digest by mail: one's own choice, and the address by which a mail is stopped."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from sinergi.home.digests import account_of, choose_digest, is_wanted_by, lacking_settings
from sinergi.home.models import DigestMail
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import PageMixin


class DigestPage(PageMixin, TemplateView):
    """Say whether one gets the digest, and why not if not; the form holds what is to be."""

    permission = None
    template_name = "home/digest_preference.html"
    title = "Ringkasan harian lewat surel"
    crumb = "Ringkasan harian"

    def get_context_data(self, **kwargs):
        user = self.request.user
        sent = user.digest_mails.filter(state=DigestMail.State.SENT).order_by("-day")
        return super().get_context_data(
            is_wanted=is_wanted_by(user),
            is_configured=not lacking_settings(),
            sent_at=sent.values_list("sent_at", flat=True).first(),
            **kwargs,
        )

    def post(self, request):
        is_wanted = request.POST.get("kirim") == "1"
        choose_digest(account=request.user, is_wanted=is_wanted, by=request.user)
        told = "Ringkasan harian diaktifkan." if is_wanted else "Ringkasan harian dihentikan."
        messages.success(request, told)
        return redirect("home:digest_preference")


@method_decorator([login_not_required, csrf_exempt, never_cache], name="dispatch")
class DigestStop(TemplateView):
    """
    Stop the digest by the address in the mail, without signing in: a page with one button, and what
    a mail programme sends by itself (RFC 8058), which has no cookie to check. The token allows
    nothing else, and no way back.
    """

    template_name = "home/digest_stop.html"

    def dispatch(self, request, *args, **kwargs):
        self.account = account_of(kwargs["token"])
        if self.account is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, token):
        try:
            choose_digest(account=self.account, is_wanted=False, by=self.account)
        except TransitionError:  # it was closed a moment ago
            raise Http404 from None
        return self.render_to_response(self.get_context_data(is_stopped=True))
