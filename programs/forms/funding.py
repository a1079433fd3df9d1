"""Forms over sources of funding and expenses."""

from django import forms

from programs.models import Expense, FundingSource
from sinergi.kit.files import FileForm
from sinergi.kit.forms import DateInput, RecordForm
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


class ExpenseForm(FileForm):
    """An expense of the activity in the URL; the file is its receipt."""

    class Meta:
        model = Expense
        fields = ["source", "spent_on", "amount", "what", "receipt_number"]
        widgets = {"spent_on": DateInput()}
        error_messages = {
            "source": {
                "required": "Pilih sumber dananya.",
                "invalid_choice": "Sumber dana ini tidak ada dalam daftar.",
            },
            "spent_on": {"required": "Isi tanggalnya."},
            "amount": {"required": "Isi jumlahnya."},
            "what": {"required": "Tuliskan untuk apa."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = "Bukti (foto atau PDF)"
        if not self.instance.file:
            self.fields["upload"].help_text = "Kuitansi, SPJ, atau BAST; paling besar 10 MB."
        self.fields["source"].queryset = FundingSource.objects.open_to(self.instance.activity.plan)
        self.fields["source"].empty_label = "Pilih sumber dana"
