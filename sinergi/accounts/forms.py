"""Sign-in and password forms, in the portal's words."""

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AuthenticationForm,
    PasswordChangeForm,
    SetPasswordForm,
)
from django.views.decorators.debug import sensitive_variables

from sinergi.accounts.actions import set_password
from sinergi.accounts.models import CalendarFeed, RecoveryCode
from sinergi.kit.forms import CrispyForm, RecordForm

PASSWORD_RULES = "Paling sedikit 10 karakter, bukan angka semua, dan bukan kata sandi yang umum."  # noqa: S105


class PasswordOnRecord:
    """
    Mixin of Django's password forms that saves through the action which records the event.

    `kind` is the event, `actor` who sets the password, if not the account's owner.
    """

    kind = ""
    actor = None

    @sensitive_variables("password")
    def set_password_and_save(self, user, password_field_name="password1", commit=True):  # noqa: S107
        kind, password = self.kind, self.cleaned_data[password_field_name]
        if not self.cleaned_data.get("set_usable_password", True):
            kind, password = "removed", None
        set_password(account=user, password=password, kind=kind, by=self.actor or user)
        return user


class SignInForm(CrispyForm, AuthenticationForm):
    remember = forms.BooleanField(
        label="Tetap masuk di perangkat ini selama 14 hari", required=False, initial=True
    )
    error_messages = {
        "invalid_login": (
            "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya, lalu coba"
            " lagi."
        ),
        "inactive": "Akun ini dinonaktifkan.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Nama pengguna atau surel dinas"
        self.fields["username"].max_length = 254
        self.fields["username"].widget.attrs |= {"maxlength": 254, "spellcheck": "false"}
        self.fields["username"].widget.attrs.pop("autofocus", None)
        self.fields["username"].error_messages["required"] = "Isi nama pengguna atau surel dinas."
        self.fields["password"].label = "Kata sandi"
        self.fields["password"].error_messages["required"] = "Isi kata sandi."


@sensitive_variables("password")
def check_own_password(request, password):
    """
    Refuse what is not the password of whoever is signed in, asked for as at signing in, so that
    guessing it is throttled as there.
    """
    name = request.user.get_username()
    if authenticate(request, username=name, password=password) != request.user:
        raise forms.ValidationError(
            "Kata sandi sekarang salah. Coba lagi.", code="password_incorrect"
        )


class ChangePasswordForm(PasswordOnRecord, CrispyForm, PasswordChangeForm):
    """Change the own password."""

    kind = "changed"

    error_messages = PasswordChangeForm.error_messages | {
        "password_mismatch": "Kedua kata sandi baru tidak sama. Tulis lagi.",
    }

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        for name, label in (
            ("old_password", "Kata sandi sekarang"),
            ("new_password1", "Kata sandi baru"),
            ("new_password2", "Kata sandi baru, sekali lagi"),
        ):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = f"Isi {label[0].lower()}{label[1:]}."
        self.fields["new_password1"].help_text = PASSWORD_RULES
        self.fields["new_password2"].help_text = "Tulis lagi kata sandi baru yang sama."

    @sensitive_variables("old_password")
    def clean_old_password(self):
        old_password = self.cleaned_data["old_password"]
        check_own_password(self.request, old_password)
        return old_password


class ChoosePasswordForm(PasswordOnRecord, CrispyForm, SetPasswordForm):
    """Choose a first password, or a new one after it was forgotten."""

    kind = "chosen"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label, self.fields["new_password2"].label = (
            "Kata sandi",
            "Kata sandi, sekali lagi",
        )
        self.fields["new_password1"].help_text, self.fields["new_password2"].help_text = (
            PASSWORD_RULES,
            "",
        )
        self.fields["new_password1"].error_messages["required"] = "Isi kata sandi."
        self.fields["new_password2"].error_messages["required"] = "Isi kata sandi sekali lagi."


class AccountPasswordForm(PasswordOnRecord, AdminPasswordChangeForm):
    """Set the password of somebody else's account, as an administrator."""

    kind = "set"

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor = actor


class OneTimeCodeField(forms.CharField):
    """A code of six digits, however it is grouped; where it may be, a recovery code."""

    def __init__(self, *, takes_recovery=True, **kwargs):
        self.lengths = {6, RecoveryCode.DIGITS} if takes_recovery else {6}
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)
        self.error_messages["required"] = "Isi kode enam angka."

    def clean(self, value):
        code = "".join(super().clean(value).replace("-", "").split())
        if not (code.isascii() and code.isdecimal() and len(code) in self.lengths):
            raise forms.ValidationError(
                f"Isi {' atau '.join(map(str, sorted(self.lengths)))} angka.", code="invalid"
            )
        return code


class SignInCodeForm(CrispyForm, forms.Form):
    otp_token = OneTimeCodeField(
        label="Kode enam angka",
        help_text="Dari aplikasi kode di telepon Anda. Kode pemulihan (16 angka) juga diterima.",
    )


class SecondFactorForm(CrispyForm, forms.Form):
    """What is asked for before the second factor changes: the password and a code."""

    password = forms.CharField(
        label="Kata sandi sekarang",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Isi kata sandi sekarang."},
    )
    otp_token = OneTimeCodeField(
        label="Kode enam angka",
        help_text="Dari aplikasi kode di telepon Anda. Kode pemulihan (16 angka) juga diterima.",
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    @sensitive_variables("password")
    def clean_password(self):
        password = self.cleaned_data["password"]
        check_own_password(self.request, password)
        return password


class SecondFactorSetupForm(SecondFactorForm):
    otp_token = OneTimeCodeField(
        label="Kode enam angka",
        help_text="Yang ditampilkan aplikasi setelah kodenya dipindai.",
        takes_recovery=False,
    )


class CalendarFeedForm(RecordForm):
    class Meta:
        model = CalendarFeed
        fields = ["name"]
        labels = {"name": "Nama alamat"}
        error_messages = {"name": {"required": "Isi nama alamat, misalnya telepon dinas."}}
