"""The form over an expense."""

from programs.models import Expense, FundingSource
from sinergi.kit.forms import DateInput, FileForm


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
