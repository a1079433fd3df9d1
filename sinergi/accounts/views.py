"""Pages for signing in and for passwords."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeView, PasswordResetConfirmView
from django.contrib.messages.views import SuccessMessageMixin
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from sinergi.accounts.forms import ChangePasswordForm, ChoosePasswordForm, SignInForm
from sinergi.accounts.second_factor import asks_for_code, await_code
from sinergi.accounts.second_factor_pages import tell_of_reset
from sinergi.kit.transitions import TransitionError

#: The account that has just chosen its password, in the session: its name is filled in where it
#: signs in.
CHOSEN_FOR = "chosen_for"


class SignInView(LoginView):
    """Sign in. `next` is followed on our own host only, by Django's check."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_initial(self):
        return super().get_initial() | {"username": self.request.session.get(CHOSEN_FOR, "")}

    def form_valid(self, form):
        request, account = self.request, form.get_user()
        request.session.pop(CHOSEN_FOR, None)
        remember = form.cleaned_data["remember"]
        if asks_for_code(account):
            await_code(request, account, remember=remember, next_url=self.get_success_url())
            return redirect("accounts:login_code")
        tell_of_reset(request, account)
        if not remember:
            request.session.set_expiry(0)
        return super().form_valid(form)


@method_decorator(login_not_required, name="dispatch")
class ForgottenPasswordView(TemplateView):
    """Say whom to ask: an administrator sets a new password. The portal mails no links."""

    template_name = "accounts/forgotten_password.html"


class ChangePasswordView(SuccessMessageMixin, PasswordChangeView):
    template_name = "accounts/password_change.html"
    extra_context = {"title": "Ganti kata sandi", "has_actions": True}
    form_class = ChangePasswordForm
    success_url = reverse_lazy("home:home")
    success_message = "Kata sandi diganti."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except TransitionError as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)


@method_decorator(login_not_required, name="dispatch")
class WelcomeView(SuccessMessageMixin, PasswordResetConfirmView):
    """
    Choose a password by the link of an invitation, once. The link of a disabled account is not
    found.
    """

    template_name = "accounts/welcome.html"
    form_class = ChoosePasswordForm
    success_url = reverse_lazy("accounts:login")
    success_message = "Kata sandi dipasang. Silakan masuk."

    def get_user(self, uidb64):
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def form_valid(self, form):
        try:
            answer = super().form_valid(form)
            if self.request.user == self.user:
                # The new password has ended this session with all others of the account.
                logout(self.request)
            self.request.session[CHOSEN_FOR] = self.user.username
            return answer
        except TransitionError:  # the same link was used a moment before, or the account was closed
            self.validlink = False
            return self.render_to_response(self.get_context_data())
