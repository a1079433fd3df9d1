"""What was spent on the activities of a plan."""

from django.contrib import messages

from programs.forms.expenses import ExpenseForm
from programs.models import Expense, FundingSource
from programs.views.activities import ActivityRelatedPage
from sinergi.kit.views import (
    RecordCreate,
    RecordDelete,
    RecordUpdate,
)


class ExpenseFormPage(ActivityRelatedPage):
    model = Expense
    form_class = ExpenseForm
    template_name = "programs/expense_form.html"

    def get_context_data(self, **kwargs):
        plan = self.activity.plan
        context = super().get_context_data(plan=plan, **kwargs)
        if not context["form"].fields["source"].queryset:
            context["offer"] = FundingSource.objects.to_copy(plan.team_id, plan.year)
        return context

    def saved(self, record):
        """Warn where a ceiling is passed; what was spent was spent."""
        for warning in record.warnings:
            messages.warning(self.request, warning)
        return super().saved(record)


class ExpenseCreate(ExpenseFormPage, RecordCreate):
    title = crumb = "Catat pengeluaran"
    success_message = "Pengeluaran dicatat."


class ExpenseUpdate(ExpenseFormPage, RecordUpdate):
    crumb = "Ubah pengeluaran"


class ExpenseDelete(ActivityRelatedPage, RecordDelete):
    model = Expense
    history_name = "programs:activity_history"
    question = "Hapus {record}?"
    explanation = "Jumlahnya dikeluarkan dari semua penjumlahan. Riwayatnya tetap tersimpan."
    crumb = button = "Hapus pengeluaran"
    done = "Pengeluaran dihapus."
