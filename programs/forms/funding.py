"""Forms over sources of funding and expenses."""

from django import forms

from programs.models import Expense, FundingSource
from sinergi.kit import uploads
from sinergi.kit.forms import DateInput, RecordForm
from villages.forms.years import YearField


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


class ExpenseForm(RecordForm):
    """An expense of the activity in the URL; `safe` is the receipt that came along."""

    receipt = forms.FileField(
        label="Bukti (foto atau PDF)", required=False, help_text="Kuitansi, SPJ, atau BAST; paling besar 10 MB.",
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}),
    )  # fmt: skip

    class Meta:
        model = Expense
        fields = ["source", "spent_on", "amount", "what", "receipt_number"]
        widgets = {"spent_on": DateInput()}
        error_messages = {
            "source": {"required": "Pilih sumber dananya.", "invalid_choice": "Sumber dana ini tidak ada dalam daftar."},
            "spent_on": {"required": "Isi tanggalnya."},
            "amount": {"required": "Isi jumlahnya."},
            "what": {"required": "Tuliskan untuk apa."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plan, self.safe = self.instance.activity.plan, None
        self.fields["source"].queryset = FundingSource.objects.open_to(plan)
        self.fields["source"].empty_label = "Pilih sumber dana"
        if self.instance.file:
            kept = f"Sudah tersimpan: {self.instance.original_name}. Pilih berkas lain hanya untuk menggantinya."
            self.fields["receipt"].help_text = kept

    def says_the_same_as(self, saved):
        """Another receipt is something else to say."""
        same = not self.safe or (self.safe.original_name, self.safe.content.size) == (saved.original_name, saved.file.size)
        return same and super().says_the_same_as(saved)

    def clean_receipt(self):
        upload = self.cleaned_data.get("receipt")
        if upload:
            self.safe = uploads.accept(upload)
        return upload

    def clean(self):
        cleaned = super().clean()
        if self.safe and self.errors:
            lost = f"{self.safe.original_name} belum tersimpan; pilih lagi setelah isian diperbaiki."
            self["receipt"].help_text = lost
        return cleaned
