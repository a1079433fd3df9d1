"""Forms over decrees: the draft, and the end."""

from django import forms

from programs.models import Decree
from sinergi.kit.forms import DateInput, ReasonForm, RecordForm


class DecreeForm(RecordForm):
    asked = frozenset({"considerations", "legal_basis", "diktum"})  # when it is handed in

    class Meta:
        model = Decree
        fields = [
            "issuer",
            "about",
            "considerations",
            "legal_basis",
            "diktum",
            "cost_charged_to",
            "roster_on",
            "submit_by",
            "target_on",
        ]
        widgets = {
            "considerations": forms.Textarea(attrs={"rows": 6}),
            "legal_basis": forms.Textarea(attrs={"rows": 5}),
            "diktum": forms.Textarea(attrs={"rows": 6}),
            "roster_on": DateInput(),
            "submit_by": DateInput(),
            "target_on": DateInput(),
        }
        error_messages = {
            "issuer": {"required": "Isi jabatan yang menetapkan."},
            "about": {"required": "Isi tentang apa SK ini."},
            "roster_on": {"required": "Isi tanggal susunan tim."},
        }


class RevokeForm(ReasonForm):
    last_day = forms.DateField(
        label="Hari terakhir berlaku",
        widget=DateInput(),
        error_messages={"required": "Isi hari terakhir berlakunya."},
    )
    reason = forms.CharField(
        label="Dasar pencabutan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tuliskan dasar pencabutannya."},
    )
    field_order = ["version", "last_day", "reason"]
