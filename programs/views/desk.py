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


def back_to_closed(plan, request):
    """
    Return the way back from a form that is opened while its plan lies with the chair, or is
    approved, saying why; None if it may be written. What was typed before that is not lost: sending
    the form is answered by the form.
    """
    if request.method != "GET" or plan.is_editable:
        return None
    messages.warning(request, CLOSED.format(state=plan.get_state_display().lower()))
    return HttpResponseRedirect(plan.get_absolute_url())
