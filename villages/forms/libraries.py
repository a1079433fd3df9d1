"""Form of a library."""

from django import forms

from sinergi.kit.forms import RecordForm
from villages.models import Library


class LibraryForm(RecordForm):
    class Meta:
        model = Library
        fields = ["name", "address", "head", "phone", "email", "opening_hours"]
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"name": {"required": "Isi nama perpustakaan."}}
