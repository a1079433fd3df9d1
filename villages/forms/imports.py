"""Form that takes a village list: a file, or what was copied from a spreadsheet."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from sinergi.kit.forms import CrispyForm, PlainText
from sinergi.kit.spreadsheets import read as sheets
from villages.forms.participations import YearField
from villages.models import ImportBatch, Province

MAX_PASTED = 2_000_000  # characters
TOO_LONG = (
    "Paling banyak 20.000 baris sekali impor. Bagi daftarnya, atau minta pengelola sistem"
    " menjalankan perintah import_villages."
)


class ImportForm(PlainText, CrispyForm, forms.ModelForm):
    """A file, or what was copied from Excel. `sheets` and `data` are what was read."""

    asked = frozenset({"file", "pasted"})  # either of them
    file = forms.FileField(
        label="Berkas",
        required=False,
        widget=forms.FileInput(attrs={"accept": sheets.ACCEPT}),
        help_text=(
            "Excel (.xlsx, .xls), LibreOffice (.ods), atau .csv; paling besar 10 MB dan 20.000"
            " baris."
        ),
    )
    pasted = forms.CharField(
        label="Atau tempel dari Excel",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="Salin tabelnya di Excel beserta baris judulnya, lalu tempel di sini.",
    )
    year = YearField(required=False, help_text="Kosongkan bila tahunnya tertulis dalam daftar.")
    idempotency_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ImportBatch
        fields = ["province", "source", "year"]
        help_texts = {
            "source": (
                "Kantor yang membuat daftar ini. Pasangan kolomnya diingat untuk daftar berikutnya."
            ),
        }

    field_order = ["file", "pasted", "province", "source", "year"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["idempotency_key"] = uuid.uuid4()
        scope = user.scope("villages.add_importbatch")
        provinces = Province.objects.visible_to(user, "villages.add_importbatch")
        if not scope.national and len(scope.provinces) == 1:
            del self.fields["province"]
            self.instance.province = provinces.get()
        else:
            field = self.fields["province"]
            field.queryset, field.required = provinces, not scope.national
            field.empty_label = "Seluruh Indonesia" if scope.national else "Pilih provinsi"
            field.error_messages["required"] = "Pilih provinsi."

    def clean(self):
        cleaned = super().clean()
        upload, pasted = cleaned.get("file"), (cleaned.get("pasted") or "").strip("\r\n")
        self.came_by = "file" if upload else "pasted"
        if "file" in self.errors or "pasted" in self.errors:
            return cleaned
        if bool(upload) == bool(pasted.strip()):
            self.add_error(
                "file",
                (
                    "Pilih salah satu: berkas atau tempelan."
                    if upload
                    else "Pilih berkasnya, atau tempel isinya di bawah."
                ),
            )
            return cleaned
        try:
            self.data_read, self.name = self._bytes(upload, pasted)
            self.sheets = sheets.read_sheets(self.data_read, self.name)
        except ValidationError as error:
            self.add_error(self.came_by, error)
        return cleaned

    def _bytes(self, upload, pasted):
        if not upload:
            if len(pasted) > MAX_PASTED:
                raise ValidationError(
                    "Tempelannya terlalu panjang. Simpan sebagai berkas, lalu unggah."
                )
            return pasted.encode(), "Tempelan"
        if upload.size > sheets.MAX_BYTES:
            raise ValidationError(f"{upload.name}: lebih besar dari 10 MB.")
        return upload.read(), upload.name
