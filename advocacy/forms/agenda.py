"""The rows of the agenda in the meeting form."""

from django import forms

from advocacy.models import AgendaItem, FollowUp
from sinergi.kit.formsets import RowForm, row_set


class AgendaForm(RowForm):
    carried_from = forms.ModelChoiceField(
        AgendaItem.objects.none(), required=False, widget=forms.HiddenInput
    )
    carried_followup = forms.ModelChoiceField(
        FollowUp.objects.none(), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = AgendaItem
        fields = ["topic", "notes", "decision"]
        widgets = {
            "notes": forms.Textarea(attrs={"rows": 3}),
            "decision": forms.Textarea(
                attrs={"rows": 2, "placeholder": "Kosongkan bila tidak ada keputusan"}
            ),
        }
        error_messages = {"topic": {"required": "Isi topik agenda."}}

    def __init__(self, *args, team, is_schedule=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_schedule:
            del self.fields["notes"], self.fields["decision"]
        self.fields["carried_from"].queryset = AgendaItem.objects.filter(meeting__team=team)
        self.fields["carried_followup"].queryset = FollowUp.objects.filter(meeting__team=team)
        self.initial.setdefault("carried_from", self.instance.carried_from_id)
        self.initial.setdefault("carried_followup", self.instance.carried_followup_id)

    def _post_clean(self):
        super()._post_clean()
        self.instance.carried_from = self.cleaned_data.get("carried_from")
        self.instance.carried_followup = self.cleaned_data.get("carried_followup")

    def outline(self):
        row = self.instance  # and not cleaned_data, which a row sent back unchanged does not have
        return {"topik": row.topic, "catatan": row.notes, "keputusan": row.decision}


AgendaRows = row_set(AgendaForm, "agenda")
