"""Forms over the work plan itself."""

import hashlib

from django import forms

from programs.models import WorkPlan
from sinergi.kit.forms import RecordForm


class PlanForm(RecordForm):
    """A new plan: its period, and an earlier plan to copy from."""

    field_order = ["year", "period", "copied", "note"]

    year = forms.IntegerField(
        label="Tahun",
        min_value=2000,
        max_value=2099,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Isi tahunnya.", "invalid": "Tulis tahun dengan empat angka."},
    )
    period = forms.ChoiceField(
        label="Periode",
        choices=WorkPlan.Period.choices,
        initial=WorkPlan.Period.YEAR,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": "Pilih periodenya."},
    )
    copied = forms.ModelChoiceField(
        WorkPlan.objects.none(),
        label="Salin kegiatan dari",
        required=False,
        empty_label="Mulai dari rencana kosong",
        help_text="Kegiatan dan anggarannya disalin; bulannya disesuaikan dengan periode baru.",
    )

    class Meta:
        model = WorkPlan
        fields = ["note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["copied"].queryset = WorkPlan.objects.filter(team=self.instance.team_id)
        self.initial.setdefault("year", self.instance.team.today.year)

    def clean(self):
        cleaned = super().clean()
        year, period = cleaned.get("year"), cleaned.get("period")
        if year and period:
            proposed = WorkPlan(team=self.instance.team)
            proposed.set_period(year, period)
            proposed.clean()
            plans = WorkPlan.objects.filter(team=proposed.team_id)
            if earlier := plans.sharing_a_day_with(proposed).first():
                self.add_error("year", f"{earlier} sudah ada untuk masa itu.")
        return cleaned

    def stored_value(self, saved, name):
        """Leave out what was copied: it is not remembered, and may have been changed since."""
        if name == "copied":
            raise AttributeError
        return super().stored_value(saved, name)


class PlanNoteForm(RecordForm):
    """
    The introduction of a plan.

    `base` is a digest of the text that was read: the plan's version also counts the changes of its
    activities.
    """

    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["base"] = digest(self.instance.note)

    def is_of(self, plan):
        """Whether the plan still says what this form was opened on."""
        return self.cleaned_data["base"] == digest(plan.note)

    class Meta:
        model = WorkPlan
        fields = ["note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 5})}


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]
