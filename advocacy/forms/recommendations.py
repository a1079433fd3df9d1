"""Recommendations on the form of a visit: those found open, and new ones."""

from django import forms
from django.core.exceptions import ValidationError

from advocacy.models import FollowUp, RecommendationAnswer
from programs.models import Person
from sinergi.kit import dates
from sinergi.kit.forms import CrispyForm, DateInput, PlainText
from sinergi.kit.formsets import RowForm, row_set


class AnswerForm(PlainText, CrispyForm, forms.ModelForm):
    """What a visit says of one recommendation; which one, is never read from the request."""

    gap = ""  # what sending it would need

    class Meta:
        model = RecommendationAnswer
        fields = ["answer", "note", "due_on"]
        widgets = {"answer": forms.RadioSelect, "due_on": DateInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = RecommendationAnswer.Answer.choices

    @property
    def followup(self):
        return self.instance.followup

    def clean(self):
        """Take a new day only of what is still open; the browser sends what it does not show."""
        data = super().clean()
        if data.get("answer") != RecommendationAnswer.Answer.OPEN:
            data["due_on"] = None
        return data

    def clean_due_on(self):
        due, followup = self.cleaned_data["due_on"], self.followup
        if due is None or due == followup.due_on:
            return due
        if problem := followup.implausible_move(due):
            raise ValidationError(problem)
        return due

    @property
    def is_answered(self):
        return bool(self["answer"].value() and self["note"].value())


class RecommendationForm(RowForm):
    """One new recommendation; without a person it is in the hands of whoever runs the library."""

    class Meta:
        model = FollowUp
        fields = ["what", "person_in_charge", "due_on"]
        widgets = {"due_on": DateInput()}
        labels = {"due_on": "Paling lambat"}
        error_messages = {
            "what": {"required": "Isi apa yang disarankan."},
            "person_in_charge": {
                "invalid_choice": "Pemegang rekomendasi dipilih dari anggota tim saat kunjungan."
            },
            "due_on": {"required": "Isi kapan paling lambat."},
        }

    def __init__(self, *args, people, visit, **kwargs):
        super().__init__(*args, **kwargs)
        self.visit = visit
        row = self.instance
        if row.is_moved:
            said = {"person_in_charge": row.minuted_person_id, "due_on": row.minuted_due_on}
            self.initial |= said
        field = self.fields["person_in_charge"]
        field.required = False
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in people])
        manager = f"Pengelola {visit.library.name}"
        field.choices = [("", manager), *((person.pk, person.name) for person in people)]

    def _post_clean(self):
        """Write what the visit says, not how things stand, of one that was moved since."""
        row = self.instance
        now = (row.person_in_charge_id, row.due_on)
        super()._post_clean()
        if row.is_moved:
            row.minuted_person_id, row.minuted_due_on = row.person_in_charge_id, row.due_on
            row.person_in_charge_id, row.due_on = now

    def clean_due_on(self):
        due = self.cleaned_data["due_on"]
        day = self.visit.visited_on
        if day and (problem := FollowUp.implausible_due(due, day, "kunjungan")):
            raise ValidationError(problem)
        return due

    def outline(self):
        """Return it in one line, as two versions of a visit are compared."""
        return line_of_recommendation(self.instance, self.instance.person_in_minutes)


def line_of_recommendation(row, person):
    due = dates.long_date(row.due_in_minutes) if row.due_in_minutes else ""
    return "; ".join(filter(None, [row.what, person.name if person else "pengelola", due]))


RecommendationRows = row_set(RecommendationForm, "tindak")
