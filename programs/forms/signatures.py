"""The form over the signature of a decree."""

from django import forms
from django.core.exceptions import ValidationError

from programs.models import Decree
from sinergi.kit import uploads
from sinergi.kit.forms import CrispyForm, DateInput, PlainText


class SignatureForm(PlainText, CrispyForm, forms.Form):
    """
    What the signed paper says, and its scan. A scan that has arrived is kept, whatever else must be
    corrected.
    """

    asked = frozenset({"scan"})
    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(
        label="Nomor", max_length=100, error_messages={"required": "Isi nomor SK."}
    )
    signed_on = forms.DateField(
        label="Ditetapkan pada",
        widget=DateInput(),
        error_messages={"required": "Isi tanggal penetapan."},
    )
    signed_in = forms.CharField(
        label="Ditetapkan di", max_length=100, error_messages={"required": "Isi tempat penetapan."}
    )
    signer = forms.CharField(
        label="Nama penanda tangan",
        max_length=150,
        required=False,
        help_text="Seperti tertulis di bawah tanda tangan.",
    )
    effective_from = forms.DateField(
        label="Berlaku sejak",
        widget=DateInput(),
        required=False,
        help_text="Kosongkan bila sejak tanggal penetapan.",
    )
    effective_until = forms.DateField(
        label="Berlaku sampai",
        widget=DateInput(),
        required=False,
        help_text="Kosongkan bila sampai dicabut.",
    )
    scan = forms.FileField(
        label="Pindaian SK",
        required=False,
        help_text="PDF atau foto, paling besar 10 MB.",
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}),
    )

    def __init__(self, *args, decree, **kwargs):
        super().__init__(*args, **kwargs)
        self.decree, self.safe = decree, None
        if decree.file:
            self.fields["scan"].help_text = self.kept_text(decree)

    @staticmethod
    def kept_text(decree):
        return (
            f"Sudah tersimpan: {decree.original_name}. Pilih berkas lain hanya untuk menggantinya."
        )

    def clean_number(self):
        number = self.cleaned_data["number"].strip()
        same = Decree.objects.filter(
            team=self.decree.team_id, level=self.decree.level, number=number
        )
        if same.exclude(pk=self.decree.pk).exists():
            raise ValidationError("SK dengan nomor ini sudah tercatat.")
        return number

    def clean_scan(self):
        upload = self.cleaned_data.get("scan")
        if upload:
            self.safe = uploads.accept(upload)
        elif not self.decree.file:
            raise ValidationError("Pilih pindaian SK yang sudah ditandatangani.")
        return upload

    def clean(self):
        cleaned = super().clean()
        cleaned["effective_from"] = cleaned.get("effective_from") or cleaned.get("signed_on")
        wrong = self.decree.date_problems(
            *(cleaned.get(name) for name in ("signed_on", "effective_from", "effective_until"))
        )
        for name, words in wrong.items():
            if name not in self.errors:
                self.add_error(name, words)
        return cleaned

    @property
    def signature(self):
        """The arguments of Decree.sign."""
        names = ("number", "signed_on", "signed_in", "signer", "effective_from", "effective_until")
        return {name: self.cleaned_data[name] for name in names}
