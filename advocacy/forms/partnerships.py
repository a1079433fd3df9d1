"""The form of a partnership."""

from django import forms

from advocacy.forms.activities import check_activity, offer_activities
from advocacy.forms.cases import offer_institutions
from advocacy.models import Partnership
from sinergi.kit.forms import DateInput, FileForm


class PartnershipForm(FileForm):
    class Meta:
        model = Partnership
        fields = ["institution", "kind", "number", "about", "starts_on", "ends_on", "activity"]
        widgets = {
            "kind": forms.RadioSelect(attrs={"class": "form-check-input"}),
            "starts_on": DateInput(),
            "ends_on": DateInput(),
        }
        error_messages = {
            "institution": {
                "required": "Pilih mitranya.",
                "invalid_choice": "Instansi ini tidak ada dalam daftar.",
            },
            "kind": {"required": "Pilih jenisnya."},
            "about": {"required": "Tuliskan tentang apa kerja samanya."},
            "starts_on": {"required": "Isi hari pertamanya."},
            "activity": {
                "invalid_choice": (
                    "Kegiatan ini bukan bagian dari rencana pada tanggal itu. Pilih yang lain."
                )
            },
        }

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = "Naskah (foto atau PDF)"
        self.fields["kind"].choices = Partnership.Kind.choices
        more_institutions = offer_institutions(self, self.instance.team.province_id, words)
        more_activities = offer_activities(self, log="partnerships", words=words)
        self.has_more = more_institutions or more_activities

    def clean(self):
        cleaned = super().clean()
        check_activity(self, cleaned.get("starts_on"), log="partnerships")
        return cleaned
