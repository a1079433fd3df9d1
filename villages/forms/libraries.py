"""Forms over libraries."""

from django import forms

from sinergi.kit.forms import RecordForm
from villages.forms.years import YearField
from villages.models import Library, Participation


class LibraryForm(RecordForm):
    class Meta:
        model = Library
        fields = ["name", "address", "head", "phone", "email", "opening_hours"]
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"name": {"required": "Isi nama perpustakaan."}}


class ParticipationForm(RecordForm):
    year = YearField(error_messages={"required": "Isi tahun program."})

    class Meta:
        model = Participation
        fields = ["year"]
