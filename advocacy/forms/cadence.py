"""The forms of a team's rhythm: one of its rules, and what is put off."""

from django import forms

from advocacy.cadence.kinds import MEETINGS, NO_WARNING, ROLE_COLUMNS, roles_of
from advocacy.models import CadenceRule, CadenceSnooze
from sinergi.kit.dates import long_date
from sinergi.kit.forms import DateInput, RecordForm


class CadenceRuleForm(RecordForm):
    """Asks only what a rule of this kind has."""

    class Meta:
        model = CadenceRule
        fields = ["months", "starts_on", "warn_days", *ROLE_COLUMNS.values(), "is_active"]
        widgets = {"starts_on": DateInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind, roles = self.instance.kind, roles_of(self.instance.kind)
        gone = [] if kind in MEETINGS else ["months", "starts_on"]
        gone += ["warn_days"] if kind in NO_WARNING else []
        gone += [
            column for role, column in ROLE_COLUMNS.items() if role not in roles or len(roles) == 1
        ]
        for name in gone:
            del self.fields[name]
        for name, told in (("months", "Isi jaraknya."), ("warn_days", "Isi harinya.")):
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = told
        for role in roles:
            if field := self.fields.get(ROLE_COLUMNS[role]):
                field.label = f"Ingatkan {field.label}"


class SnoozeForm(RecordForm):
    """Until when and why; `number` is that of the last snooze that the page has shown."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    class Meta:
        model = CadenceSnooze
        fields = ["until", "reason"]
        widgets = {"until": DateInput()}
        error_messages = {
            "until": {"required": "Pilih tanggalnya."},
            "reason": {"required": "Tuliskan alasannya."},
        }

    def __init__(self, *args, last_day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = f"Paling lama sampai {long_date(last_day)}."

    @property
    def seen(self):
        """The number of the last snooze that the page has shown."""
        return self.cleaned_data.get("number") or 0
