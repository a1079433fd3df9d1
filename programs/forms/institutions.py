"""The form over an institution."""

from programs.forms.merges import RegisterForm
from programs.models import Institution


class InstitutionForm(RegisterForm):
    class Meta:
        model = Institution
        fields = [
            "name",
            "abbreviation",
            "sector",
            "affair",
            "regency",
            "phone",
            "email",
            "address",
        ]
        error_messages = {
            "name": {"required": "Isi nama instansi."},
            "sector": {"required": "Pilih sektornya."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["affair"].choices = [("", "Bukan salah satunya"), *Institution.Affair.choices]
        self.fields["sector"].choices = [("", "Pilih sektor"), *Institution.Sector.choices]
