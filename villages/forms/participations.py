"""Form of a participation, its days, and the field of its year."""

from django import forms
from django.core.exceptions import ValidationError

from sinergi.kit.forms import DateInput, RecordForm
from villages.imports.cells import CellError, clean_year
from villages.models import Participation


class YearField(forms.CharField):
    """A number of four digits within the years of the programme; None when it is left empty."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(
            **{"label": "Tahun program", "max_length": 20, "widget": widget, "empty_value": None}
            | kwargs
        )

    def clean(self, value):
        text = super().clean(value)
        try:
            return None if text is None else clean_year(text)
        except CellError as error:
            raise ValidationError(str(error)) from error

    def has_changed(self, initial, data):
        return str(initial or "") != (data or "").strip()


class ParticipationForm(RecordForm):
    year = YearField(error_messages={"required": "Isi tahun program."})

    class Meta:
        model = Participation
        fields = ["year", "joined_on", "left_on"]
        widgets = {"joined_on": DateInput(), "left_on": DateInput()}
