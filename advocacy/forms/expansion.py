"""The forms of a village's way into the programme: a step, a new candidate, a correction."""

import uuid

from django import forms

from advocacy.expansion_stages import NoEvidence, Stage, is_backward
from advocacy.models import ExpansionCase, ExpansionStep
from sinergi.kit.forms import ConfirmForm, DateInput, RecordForm

#: The answer that there is no evidence yet.
NOTHING = "none"
HAS_ONE = "Desa ini sudah punya catatan perluasan."


def step_fields(stage, offered, backward):
    """
    Return the fields of a step to a stage, which `offered` (Fitting) would show. Who stops or goes
    back says why in words.
    """
    asks_why = stage == Stage.STOPPED or backward
    fields = {} if stage == Stage.STOPPED else evidence_fields(offered)
    return fields | {
        "reached_on": forms.DateField(
            label="Sejak tanggal",
            widget=DateInput(),
            error_messages={"required": "Isi tanggalnya."},
        ),
        "note": forms.CharField(
            label="Sebab" if asks_why else "Catatan",
            required=False,
            max_length=ExpansionStep._meta.get_field("note").max_length,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
    }


def evidence_fields(offered):
    choices = [(one.value, one.title) for one in offered]
    return {
        "evidence": forms.ChoiceField(
            label="Bukti",
            required=False,
            widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            choices=[*choices, (NOTHING, "Belum ada bukti")],
            error_messages={
                "invalid_choice": "Catatan ini tidak cocok untuk desa dan tahap ini; pilih lagi."
            },
        ),
        "reason": forms.ChoiceField(
            label="Tanpa bukti karena",
            required=False,
            choices=[("", "Ada buktinya"), *NoEvidence.choices],
            help_text="Hanya bila belum ada bukti; tahapnya dihitung tanpa bukti.",
            error_messages={"invalid_choice": "Pilih salah satu sebab."},
        ),
    }


class StepMixin:
    """
    Mixin of a form that holds a step: `step`, which comes after `last`, and the records `offered`
    as its evidence.
    """

    def __init__(self, *args, step, last, offered=(), today, **kwargs):
        super().__init__(*args, **kwargs)
        self.step, self.last, self.today = step, last, today
        self.offered = {one.value: one for one in offered}
        step.is_backward = bool(last) and is_backward(last.stage, step.stage)
        self.fields |= step_fields(step.stage, offered, step.is_backward)
        self.asked = {"evidence", "reason"} | ({"note"} if self.needs_words else set())
        self.propose()

    @property
    def needs_words(self):
        return self.step.stage == Stage.STOPPED or self.step.is_backward

    def propose(self):
        """Fill in what the step has, or else the newest record of the village and its day."""
        near = next((one for one in self.offered.values() if one.is_near), None)
        if self.step.pk:
            held = f"{self.step.kind}-{self.step.evidence.pk}" if self.step.kind else NOTHING
            found = {"evidence": held, "reason": self.step.reason, "note": self.step.note}
            found["reached_on"] = self.step.reached_on
        else:
            found = {"evidence": near.value if near else NOTHING if not self.offered else ""}
            found["reached_on"] = min(near.day, self.today) if near else self.today
        for name, value in found.items():
            self.initial.setdefault(name, value)

    @property
    def groups(self):
        """Return [(heading, [(what is offered, or None for nothing, its radio button)])]."""
        buttons = {radio.data["value"]: radio for radio in self["evidence"]}
        near = [(one, buttons[one.value]) for one in self.offered.values() if one.is_near]
        far = [(one, buttons[one.value]) for one in self.offered.values() if not one.is_near]
        groups = [("Tentang desa ini", near), ("Tentang kabupaten/kotanya", far)]
        return [*(group for group in groups if group[1]), ("", [(None, buttons[NOTHING])])]

    def clean(self):
        found = super().clean() or self.cleaned_data
        step = self.step
        chosen = self.offered.get(found.get("evidence"))
        step.show_by(chosen.kind if chosen else "", chosen.record if chosen else None)
        step.reason = "" if chosen else found.get("reason") or ""
        if step.stage == Stage.STOPPED:
            step.reason = NoEvidence.OTHER
        step.reached_on, step.note = found.get("reached_on"), found.get("note") or ""
        for name, problem in step.problems(self.last, self.today).items():
            if "evidence" in self.errors and name == "evidence":
                continue
            self.add_error(self._field_of(name, found), problem)
        return found

    def _field_of(self, name, found):
        """Return the field at which a problem is told; who says there is none is asked why."""
        if name == "evidence" and found.get("evidence") == NOTHING:
            return "reason"
        return name if name in self.fields else None


class ExpansionStepForm(StepMixin, ConfirmForm):
    """The next step of a case."""

    idempotency_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["idempotency_key"] = uuid.uuid4()

    def repeats(self, step):
        """Return whether what was sent says the same as this step, whose form it was."""
        found = self.cleaned_data
        shown = f"{step.kind}-{step.evidence.pk}" if step.kind else NOTHING
        said = (found.get("reached_on"), found.get("note") or "")
        if said != (step.reached_on, step.note):
            return False
        if step.stage == Stage.STOPPED:
            return True
        sent = self.data.get("evidence") or NOTHING
        return sent == shown and (bool(step.kind) or self.data.get("reason") == step.reason)


class CandidateForm(StepMixin, RecordForm):
    """A case with its first step."""

    class Meta:
        model = ExpansionCase
        fields = ["source"]
        labels = {"source": "Sumber dana"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", "Belum diketahui"), *ExpansionCase.Source.choices]

    def clean(self):
        found = super().clean()
        if ExpansionCase.objects.filter(village=self.instance.village_id).exists():
            self.add_error(None, HAS_ONE)
        return found


class ExpansionCorrectionForm(StepMixin, RecordForm):
    """The last step of a case, mistyped: all but its stage."""

    class Meta:
        model = ExpansionStep
        fields = []

    def stored_value(self, saved, name):
        if name == "evidence":
            return f"{saved.kind}-{saved.evidence.pk}" if saved.kind else NOTHING
        return super().stored_value(saved, name)


class SourceForm(RecordForm):
    class Meta:
        model = ExpansionCase
        fields = ["source"]
        labels = {"source": "Sumber dana"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", "Belum diketahui"), *ExpansionCase.Source.choices]
