"""Form that takes the sheet of a regency's quarterly reports."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from sinergi.kit.forms import CrispyForm, PlainText
from sinergi.kit.spreadsheets import read as sheets
from villages.filters.reports import quarter_asked, quarter_choices
from villages.imports.report_rows import MAX_LINES, read_report_table
from villages.models import Regency
from villages.quarters import Quarter
from villages.reports.fields import fields_of


class ReportSheetForm(PlainText, CrispyForm, forms.Form):
    """
    Which regency and quarter, and the file. `sheets`, `table` and `data_read` are what was read.
    """

    regency = forms.ModelChoiceField(
        Regency.objects.none(),
        label="Kabupaten/kota",
        empty_label="Pilih kabupaten/kota",
        error_messages={
            "required": "Pilih kabupaten/kota.",
            "invalid_choice": "Pilih kabupaten/kota dari daftarnya.",
        },
    )
    quarter = forms.ChoiceField(
        label="Triwulan",
        error_messages={
            "required": "Pilih triwulannya.",
            "invalid_choice": "Pilih triwulan yang sudah berakhir.",
        },
    )
    file = forms.FileField(
        label="Lembar isian",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text="Berkas .xlsx yang diunduh dari halaman ini; paling besar 10 MB.",
        error_messages={"required": "Pilih berkasnya."},
    )
    idempotency_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, regencies, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["idempotency_key"] = uuid.uuid4()
        self.fields["regency"].queryset = regencies
        shown = quarter_asked(self.initial.get("quarter"), today)
        self.fields["quarter"].choices = quarter_choices(today, shown)
        self.initial["quarter"] = shown.key

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        self.quarter = Quarter.read(cleaned["quarter"])
        try:
            self._read(cleaned["file"])
        except ValidationError as error:
            self.add_error("file", error)
        return cleaned

    def _read(self, upload):
        if upload.size > sheets.MAX_BYTES:
            raise ValidationError(f"{upload.name}: lebih besar dari 10 MB.")
        self.data_read = upload.read()
        self.sheets = sheets.read_sheets(
            self.data_read, upload.name, max_rows=MAX_LINES, marked=True
        )
        self.table = read_report_table(
            self.sheets,
            fields=fields_of(self.quarter),
            quarter=self.quarter,
            regency=self.cleaned_data["regency"],
        )
