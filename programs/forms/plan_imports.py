"""
Activities from a spreadsheet: a file, or a table pasted from Excel, checked before anything is
written.
"""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from programs.plan_import import PlanSheet
from sinergi.kit.forms import CrispyForm, PlainText
from sinergi.kit.spreadsheets import read as sheets

MAX_PASTED_PLAN = 400_000  # characters: 500 activities of 800


class PlanImportForm(PlainText, CrispyForm, forms.Form):
    """
    A file or pasted text with activities. `read` is the PlanSheet, once the text could be read.
    """

    asked = frozenset({"file", "pasted"})  # either of them
    file = forms.FileField(
        label="Berkas",
        required=False,
        widget=forms.FileInput(attrs={"accept": sheets.ACCEPT}),
        help_text="Excel (.xlsx, .xls), LibreOffice (.ods), atau .csv.",
    )
    pasted = forms.CharField(
        label="Atau tempel dari Excel",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "wrap": "off"}),
        help_text="Salin tabelnya beserta baris judul kolomnya.",
    )
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan, self.read = plan, None
        self.initial["idempotency_key"] = uuid.uuid4()

    @property
    def sending(self):
        """
        The idempotency key of these very activities: another table sent with the same page is
        another request.
        """
        return uuid.uuid5(self.cleaned_data["idempotency_key"], self.data.get("pasted", ""))

    def clean(self):
        cleaned = super().clean()
        upload, pasted = cleaned.get("file"), cleaned.get("pasted") or ""
        if self.errors:
            return cleaned
        if upload and pasted.strip():
            self.add_error(
                "file", "Pilih salah satu: untuk membaca berkas, kosongkan dulu kotak tempelannya."
            )
            return cleaned
        if not upload and not pasted.strip():
            self.add_error("pasted", "Pilih berkasnya, atau tempel tabelnya di sini.")
            return cleaned
        try:
            self._take(upload, pasted)
        except ValidationError as error:
            self.add_error("file" if upload else "pasted", error)
        return cleaned

    def _take(self, upload, pasted):
        if upload and upload.size > sheets.MAX_BYTES:
            raise ValidationError(f"{upload.name}: lebih besar dari 10 MB.")
        if len(pasted) > MAX_PASTED_PLAN:
            raise ValidationError(
                "Tempelannya terlalu panjang. Simpan sebagai berkas, lalu unggah."
            )
        data, name = (upload.read(), upload.name) if upload else (pasted.encode(), "Tempelan")
        found = sheets.read_sheets(data, name, max_rows=2_000)
        if not found:
            raise ValidationError(f"{name} tidak berisi apa-apa.")
        if upload:  # from here on it is on the page, where it can be mended
            self.data = self.data.copy()
            self.data["pasted"] = PlanSheet.as_text(found[0])
        self.read = PlanSheet(self.plan, found[0])
