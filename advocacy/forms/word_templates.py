"""The form by which a Word template is uploaded: judged before it is kept."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from programs.models import WordTemplate
from sinergi.kit import uploads
from sinergi.kit.documents import PaperBusy
from sinergi.kit.forms import FileForm
from sinergi.kit.word.templates import DOCX, MAX_BYTES, TOO_LARGE, UnfitTemplate, fill_sample


class WordTemplateForm(FileForm):
    """`faults` says all that is wrong with the file that was sent."""

    upload = forms.FileField(
        label="Berkas Word (.docx)",
        help_text="Paling besar 10 MB. Berkas diperiksa dulu, dan belum langsung dipakai.",
        widget=forms.FileInput(attrs={"accept": f".docx,{DOCX}"}),
    )

    class Meta:
        model = WordTemplate
        fields = ["note"]

    field_order = ["upload", "note"]

    def __init__(self, *args, form, **kwargs):
        super().__init__(*args, **kwargs)
        self.word_form, self.faults = form, []

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        name = uploads.clean_name(upload.name)
        content = b"" if upload.size > MAX_BYTES else upload.read()
        try:
            if upload.size > MAX_BYTES:
                raise UnfitTemplate([TOO_LARGE])
            fill_sample(self.word_form, content or b"\x00")
        except UnfitTemplate as unfit:
            self.faults = unfit.faults
            raise ValidationError(f"{name} belum dapat dipakai. {self.fault_count}") from None
        except PaperBusy:
            raise ValidationError(f"{name}: {uploads.MESSAGES['busy']}") from None
        self.safe = uploads.SafeFile(ContentFile(content), DOCX, name)
        return upload

    @property
    def fault_count(self):
        count = len(self.faults)
        if count == 1:
            return f"{self.faults[0].message}"
        return f"Ada {count} hal yang perlu diperbaiki, semuanya di daftar di bawah."
