"""Forms over libraries."""

from sinergi.kit.forms import RecordForm
from villages.models import Library, Participation


class LibraryForm(RecordForm):
    class Meta:
        model = Library
        fields = ["name", "address", "head", "phone", "email", "opening_hours"]
        error_messages = {"name": {"required": "Isi nama perpustakaan."}}


class ParticipationForm(RecordForm):
    class Meta:
        model = Participation
        fields = ["year"]
        error_messages = {"year": {"required": "Isi tahun program.", "invalid": "Tulis tahunnya dengan angka, misalnya 2019."}}
