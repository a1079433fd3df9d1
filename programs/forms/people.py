"""The form over a person."""

from programs.forms.merges import RegisterForm
from programs.models import Person


class PersonForm(RegisterForm):
    class Meta:
        model = Person
        fields = ["name", "institution", "position", "regency", "phone", "email"]
        error_messages = {
            "name": {"required": "Isi nama atau sebutannya."},
            "institution": {"invalid_choice": "Instansi ini tidak ada dalam daftar."},
        }
