"""The form that makes a team."""

from datetime import date

from django import forms

from programs.models import Team
from sinergi.kit.forms import DateInput, RecordForm

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)


class TeamForm(RecordForm):
    """The team of one of these provinces, none of which has one yet."""

    class Meta:
        model = Team
        fields = ["province", "name", "office", "seat", "formed_on"]
        widgets = {"formed_on": DateInput()}
        error_messages = {
            "province": {
                "required": "Pilih provinsinya.",
                "invalid_choice": "Provinsi ini sudah mempunyai tim, atau di luar wilayah Anda.",
            },
            "name": {"required": "Isi nama tim."},
            "office": {"required": "Isi nama dinas yang membawahi tim."},
            "formed_on": {"required": "Isi tanggal tim dibentuk."},
        }

    def __init__(self, *args, provinces, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["province"].queryset = provinces
        self.fields["province"].empty_label = "Pilih provinsi"
        self.fields["name"].help_text = "Misalnya Tim Sinergi Provinsi Kepulauan Bangka Belitung."
        self.fields["formed_on"].help_text = "Seperti dalam SK-nya. Keanggotaan dapat dimulai sejak tanggal ini."

    def clean_formed_on(self):
        day = self.cleaned_data["formed_on"]
        if not FIRST_DAY <= day < LAST_DAY:
            raise forms.ValidationError("Periksa tahunnya.")
        return day
