"""
What the pages of a plan share: the way to it, and what may be written only while it lies on the
secretariat's desk.
"""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from programs.models import Achievement, BudgetLine, Expense
from sinergi.kit.history import title_of
from sinergi.kit.money import rupiah


def trail_to(plan=None):
    """The way to the plans, and to one of them."""
    return [
        ("Rencana kerja", reverse("programs:plan_list")),
        *([(str(plan), plan.get_absolute_url())] if plan else []),
    ]


def title_in_plan(row, name):
    """
    How the rows that hang on a plan's activities are named in a history: by what they say and for
    what.
    """
    if row.instance_type is BudgetLine:
        return f"Anggaran {rupiah(row.amount)} dari {name('source')} untuk “{name('activity')}”"
    if row.instance_type is Achievement:
        return f"Capaian “{row.note}” untuk “{name('activity')}”"
    if row.instance_type is Expense:
        return f"{title_of(row)} untuk “{name('activity')}”"
    return title_of(row)


CLOSED = "Rencana ini {state}, sehingga isinya tidak dapat diubah."


class WhileEditable:
    """
    Opening a form of a plan that lies with the chair, or is approved, leads back to the plan and
    says why.
    """

    def dispatch(self, request, *args, **kwargs):
        answer = super().dispatch(request, *args, **kwargs)
        plan = (
            getattr(self, "plan", None)
            if request.method == "GET" and answer.status_code == 200
            else None
        )
        if plan and not plan.is_editable:
            messages.warning(request, CLOSED.format(state=plan.get_state_display().lower()))
            return HttpResponseRedirect(plan.get_absolute_url())
        return answer
