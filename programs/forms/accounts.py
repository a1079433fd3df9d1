"""The form that invites somebody to an account."""

from django import forms

from programs.choices import named_choices
from programs.forms.assignments import AssignmentForm
from programs.models import Person
from sinergi.accounts.models import User


class InvitationForm(AssignmentForm):
    """
    A new account with its first assignment, and the person it belongs to, if that one is
    registered.
    """

    name = forms.CharField(
        label="Nama yang ditampilkan",
        max_length=150,
        error_messages={"required": "Isi nama yang ditampilkan."},
        help_text="Nama atau jabatan, misalnya PIC Program.",
    )
    username = forms.SlugField(
        label="Nama pengguna",
        max_length=150,
        help_text="Untuk masuk: huruf kecil, angka, garis. Misalnya pic-program.",
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
        error_messages={
            "required": "Isi nama pengguna.",
            "invalid": "Hanya huruf, angka, garis bawah, dan tanda hubung.",
        },
    )
    email = forms.EmailField(label="Surel", required=False)
    person = forms.ModelChoiceField(
        label="Orang dalam daftar",
        queryset=None,
        required=False,
        empty_label="Tidak ada",
        help_text="Supaya tindak lanjutnya muncul di berandanya.",
    )
    field_order = [
        "name",
        "username",
        "email",
        "person",
        "role",
        "province",
        "regency",
        "starts_on",
    ]

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        people = Person.objects.visible_to(self.actor, "programs.add_assignment").filter(
            user__isnull=True
        )
        self.fields["person"].queryset = people
        listed, self.has_more = named_choices(people, words=words, chosen=self["person"].value())
        self.fields["person"].choices = [("", "Tidak ada"), *listed]

    def stored_value(self, saved, name):
        if name in ("username", "email"):
            return getattr(saved.user, name)
        if name in ("name", "person"):
            return saved.user.first_name if name == "name" else getattr(saved.user, "person", None)
        return super().stored_value(saved, name)

    def clean_username(self):
        name = self.cleaned_data["username"].lower()
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError("Nama pengguna ini sudah dipakai.")
        return name

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email and User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("Surel ini sudah dipakai akun lain.")
        return email

    def clean(self):
        cleaned = super().clean()
        person, province = cleaned.get("person"), cleaned.get("province")
        if person and province and person.province_id != province.pk:
            self.add_error("person", "Orang ini terdaftar di provinsi lain.")
        return cleaned
