"""Forms over libraries."""

from sinergi.kit.forms import RecordForm
from villages.models import Library


class LibraryForm(RecordForm):
    class Meta:
        model = Library
        fields = ["name", "address", "head", "phone", "email", "opening_hours"]
        error_messages = {"name": {"required": "Isi nama perpustakaan."}}
