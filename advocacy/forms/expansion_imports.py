"""At which stage the villages of a list enter the expansion."""

from django import forms

from advocacy.expansion_stages import Stage
from advocacy.models import ExpansionCase, ExpansionStep
from advocacy.models.commitments import EARLIEST_YEAR
from sinergi.kit.dates import long_date
from sinergi.kit.forms import CrispyForm, DateInput, PlainText

STAGES = [(stage.value, stage.label) for stage in Stage if stage != Stage.STOPPED]


class ExpansionImportForm(PlainText, CrispyForm, forms.Form):
    stage = forms.ChoiceField(label="Tahap", choices=STAGES, initial=Stage.RUNNING)
    source = forms.ChoiceField(
        label="Sumber",
        choices=[("", "Tidak dicatat"), *ExpansionCase.Source.choices],
        required=False,
    )
    reached_on = forms.DateField(
        label="Sejak tanggal", widget=DateInput(), error_messages={"required": "Isi tanggalnya."}
    )
    note = forms.CharField(
        label="Catatan", required=False, max_length=ExpansionStep._meta.get_field("note").max_length
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_reached_on(self):
        day = self.cleaned_data["reached_on"]
        if day > self.today:
            raise forms.ValidationError(
                f"Tanggalnya tidak boleh sesudah hari ini, {long_date(self.today)}."
            )
        if day.year < EARLIEST_YEAR:
            raise forms.ValidationError("Periksa tahunnya.")
        return day
