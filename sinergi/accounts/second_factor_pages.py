"""Pages of the second factor: the code at signing in, and setting it up, renewing and removing."""

from base64 import b32encode

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from sinergi.accounts import second_factor
from sinergi.accounts.forms import SecondFactorForm, SecondFactorSetupForm, SignInCodeForm
from sinergi.accounts.models import RecoveryCode
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import PageMixin

WRONG_CODE = (
    "Kode ini salah atau sudah dipakai. Tunggu kode berikutnya, dan periksa jam di telepon Anda."
)
#: Of the events that the page of the second factor shows.
EVENTS = ("two_step", "one_step", "reset_step", "codes", "code_used")


def tell_of_reset(request, account):
    """Tell whoever signs in that an administrator has taken the second factor away meanwhile."""
    events = account.events.filter(kind="reset_step")
    if account.last_login:
        events = events.filter(created_at__gt=account.last_login)
    if (event := events.select_related("created_by").first()) is not None:
        messages.warning(
            request,
            f"Verifikasi dua langkah akun Anda dilepaskan oleh {event.created_by}. Bila bukan atas"
            " permintaan Anda, segera ganti kata sandi dan beri tahu tim.",
        )


def code_error(request, account, code, use):
    """
    Return (answer, error) of a code that `use(code)` does not take: an answer to whoever was wrong
    too often, or what the form says; (None, "") of one that was right.
    """
    if locked := second_factor.lockout_of(request, account):
        return locked, ""
    if seconds := second_factor.seconds_to_wait(account, code):
        return None, f"Baru saja ada kode yang salah. Coba lagi {seconds} detik lagi."
    if use(code):
        return None, ""
    second_factor.count_wrong_code(request, account)
    return None, WRONG_CODE


@method_decorator(
    [login_not_required, never_cache, sensitive_post_parameters("otp_token")], name="dispatch"
)
class SignInCode(FormView):
    """Ask for the code after the password. Only a right one signs in."""

    template_name = "accounts/login_code.html"
    form_class = SignInCodeForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return redirect(settings.LOGIN_REDIRECT_URL)
        self.account, self.awaited = second_factor.awaited_of(request)
        if self.account is None:
            return redirect(settings.LOGIN_URL)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        request, account = self.request, self.account
        answer, error = code_error(
            request,
            account,
            form.cleaned_data["otp_token"],
            lambda code: second_factor.use_code(account, code),
        )
        if answer:
            return answer
        if error:
            form.add_error("otp_token", error)
            return self.form_invalid(form)
        del request.session[second_factor.AWAITED]
        request.session[second_factor.PASSED] = True
        if not self.awaited.remember:
            request.session.set_expiry(0)
        login(request, account, backend="sinergi.accounts.backends.RoleBackend")
        if len(form.cleaned_data["otp_token"]) == RecoveryCode.DIGITS:
            left = RecoveryCode.objects.left(account)
            messages.warning(request, f"Kode pemulihan dipakai. Sisanya {left}.")
        return HttpResponseRedirect(self.awaited.next)  # an address, and never a view's name


class SecondFactorPage(PageMixin):
    """Everybody has their own."""

    permission = None
    title = "Verifikasi dua langkah"
    parent = None

    def get_early_response(self):
        request = self.request
        if not second_factor.is_offered():
            raise Http404
        if (
            not request.session.get(second_factor.PASSED)
            and second_factor.is_required_of(request.user)
            and second_factor.device_of(request.user)
        ):
            # This session began before codes were asked for.
            logout(request)
            return redirect(settings.LOGIN_URL)
        return None


class SecondFactor(SecondFactorPage, TemplateView):
    """Say whether it is in force; the button begins to set it up."""

    template_name = "accounts/second_factor.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        events = user.events.filter(kind__in=EVENTS).select_related("created_by")
        return super().get_context_data(
            device=second_factor.device_of(user),
            left=RecoveryCode.objects.left(user),
            is_required=second_factor.is_required_of(user),
            is_recommended=user.holds_much,
            events=events[:10],
            **kwargs,
        )

    def post(self, request):
        try:
            second_factor.start_setup(request.user)
        except TransitionError as refused:
            messages.warning(request, str(refused))
            return redirect("accounts:second_factor")
        return redirect("accounts:second_factor_setup")


@method_decorator(sensitive_post_parameters("password", "otp_token"), name="dispatch")
class SecondFactorChange(SecondFactorPage, FormView):
    """A change that takes the password and a code."""

    parent = ("Verifikasi dua langkah", "accounts:second_factor")
    record_in_trail = False
    form_class = SecondFactorForm
    success_url = reverse_lazy("accounts:second_factor")
    has_actions = True
    title = explanation = button = ""
    danger = False
    template_name = "accounts/second_factor_form.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}

    def get_early_response(self):
        if early := super().get_early_response():
            return early
        return None if self.is_open() else redirect("accounts:second_factor")

    def is_open(self):
        return second_factor.device_of(self.request.user) is not None

    def use(self, code):
        return second_factor.use_code(self.request.user, code)

    def form_valid(self, form):
        try:
            answer, error = code_error(
                self.request, self.request.user, form.cleaned_data["otp_token"], self.use
            )
            if answer:
                return answer
            if not error:
                return self.changed()
            form.add_error("otp_token", error)
        except TransitionError as refused:
            form.add_error(None, str(refused))
        return self.form_invalid(form)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def show_codes(self, codes):
        """Show the new recovery codes on the answer to the form, once: no page to come back to."""
        second_factor.renew_session(self.request, passed=True)
        self.template_name = "accounts/second_factor_shown.html"
        return self.render_to_response(self.get_context_data(codes=codes, has_actions=False))


class SecondFactorSetup(SecondFactorChange):
    form_class = SecondFactorSetupForm
    template_name = "accounts/second_factor_setup.html"
    title = crumb = "Pasang aplikasi kode"
    codes = None

    def is_open(self):
        return second_factor.unconfirmed_of(self.request.user) is not None

    def use(self, code):
        self.codes = second_factor.confirm_setup(self.request.user, code)
        return self.codes is not None

    def changed(self):
        return self.show_codes(self.codes)

    def get_context_data(self, **kwargs):
        device = second_factor.unconfirmed_of(self.request.user)
        if device is not None:
            secret = b32encode(device.bin_key).decode()
            kwargs |= {
                "address": device.config_url,
                "picture": segno.make(device.config_url).svg_data_uri(light="white", scale=4),
                "secret": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
            }
        return super().get_context_data(**kwargs)


class SecondFactorCodes(SecondFactorChange):
    title = crumb = "Kode pemulihan baru"
    explanation = "Sepuluh kode baru ditampilkan sekali. Yang lama langsung tidak berlaku."
    button = "Buat kode baru"

    def changed(self):
        return self.show_codes(second_factor.make_recovery_codes(self.request.user))


class SecondFactorRemove(SecondFactorChange):
    title = crumb = "Lepas verifikasi dua langkah"
    explanation = (
        "Setelah dilepas, akun Anda terbuka dengan kata sandi saja. Kode pemulihan tidak berlaku"
        " lagi, dan perangkat lain dikeluarkan. Untuk pindah telepon: lepas, lalu pasang lagi."
    )
    button = "Lepas"
    danger = True

    def changed(self):
        user = self.request.user
        second_factor.remove_second_factor(account=user, by=user)
        second_factor.renew_session(self.request, passed=False)
        messages.success(self.request, "Verifikasi dua langkah dilepas.")
        return redirect(reverse("accounts:second_factor"))
