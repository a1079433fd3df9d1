"""Form of a fact of the programme."""

from django import forms

from sinergi.kit.forms import RecordForm
from villages.models import ProgramReference


class ReferenceForm(RecordForm):
    """What code asks for by its key keeps its kind; an outcome keeps its name, too."""

    class Meta:
        model = ProgramReference
        fields = ["kind", "title", "text", "source", "order"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = ProgramReference.Kind
        if self.instance.pk:
            del self.fields["kind"]
        else:
            fixed = ProgramReference.FIXED
            self.fields["kind"].choices = [one for one in kinds.choices if one[0] not in fixed]
        if self.instance.kind == kinds.OUTCOME:
            del self.fields["title"]
