"""The form over a source of funding."""

from django import forms

from programs.models import FundingSource
from sinergi.kit.forms import RecordForm
from villages.forms.participations import YearField


class FundingSourceForm(RecordForm):
    year = YearField(label="Tahun anggaran", error_messages={"required": "Isi tahunnya."})

    class Meta:
        model = FundingSource
        fields = ["year", "kind", "support", "name", "ceiling"]
        widgets = {
            "support": forms.RadioSelect(attrs={"class": "form-check-input"}),
        }
        error_messages = {
            "kind": {"required": "Pilih jenisnya."},
            "support": {"required": "Pilih bentuknya."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Pilih jenis"), *FundingSource.Kind.choices]
        self.fields["support"].choices = FundingSource.Support.choices
