"""Assignments of accounts: given, and taken back."""

from programs.actions import (
    assign,
    end_assignment,
)
from programs.forms.assignments import AssignmentForm
from programs.models import Assignment
from programs.views.accounts import AccountPage
from sinergi.accounts.models import User
from sinergi.kit.forms import ReasonForm
from sinergi.kit.views import RecordCreate, TransitionView


class AssignmentCreate(AccountPage, RecordCreate):
    model = Assignment
    action = "add"
    form_class = AssignmentForm
    crumb = "Beri penugasan"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"actor": self.request.user}

    def new_object(self):
        return Assignment(user=self.account)

    def get_title(self):
        return f"Beri penugasan kepada {self.account}"

    def get_queryset(self):
        visible = User.objects.visible_to(self.request.user, "programs.add_assignment")
        return visible.filter(is_active=True).exclude(pk=self.request.user.pk)

    def save(self, form):
        key = form.sent["idempotency_key"]
        return assign(assignment=form.instance, by=self.request.user, idempotency_key=key)

    def get_success_url(self):
        return self.account.get_absolute_url()


class AssignmentEnd(TransitionView):
    model = Assignment
    section = "accounts"
    action = "change"
    form_class = ReasonForm
    question = "Akhiri penugasan {record}?"
    explanation = "Berlaku langsung. Penugasannya tetap tercatat, dengan alasannya."
    crumb = button = "Akhiri penugasan"
    done = "Penugasan diakhiri."
    danger = True
    parent = AccountPage.parent
    record_in_trail = False
    related = ("user", "province", "regency")

    def get_parents(self):
        return [*super().get_parents(), (str(self.record.user), self.record.get_absolute_url())]

    def perform(self, **sent):
        end_assignment(assignment=self.record, by=self.request.user, **sent)
