"""The first section of the form of a visit, and the questions of its checklist."""

import uuid
from dataclasses import dataclass, field

from django import forms

from advocacy.forms.activities import activity_choices
from advocacy.last_answers import LastAnswer
from advocacy.models import Visit, VisitAttendance
from advocacy.models.checklists import Purpose
from advocacy.models.visits import MAX_PHOTOS
from advocacy.questions import YES_NO, InvalidAnswer, Kind, clean_answer, form_texts
from programs.models import PlannedActivity
from sinergi.kit.forms import DateInput, RecordForm
from sinergi.kit.formsets import RowForm, row_set

PURPOSES = [(Purpose.MENTORING, "Pendampingan"), (Purpose.MONITORING, "Monitoring")]


class KeysField(forms.Field):
    """Keys of photographs that are still to come, as hidden fields of one name."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        keys = value or []
        if len(keys) > MAX_PHOTOS:
            raise forms.ValidationError(f"Paling banyak {MAX_PHOTOS} foto untuk satu kunjungan.")
        try:
            return [uuid.UUID(key) for key in keys]
        except ValueError as error:
            raise forms.ValidationError("Foto tidak dikenali. Pilih lagi fotonya.") from error


class VisitForm(RecordForm):
    """The visit itself; its library and its team are never read from the request."""

    purposes = forms.MultipleChoiceField(
        label="Maksud kunjungan",
        choices=PURPOSES,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={
            "required": "Pilih maksud kunjungan: pendampingan, monitoring, atau dua-duanya."
        },
    )

    photo_keys = KeysField(required=False)

    class Meta:
        model = Visit
        fields = ["visited_on", "met", "activity", "findings"]
        widgets = {"visited_on": DateInput(), "findings": forms.Textarea(attrs={"rows": 4})}
        error_messages = {
            "visited_on": {"required": "Isi tanggal kunjungan."},
            "activity": {
                "invalid_choice": (
                    "Kegiatan ini bukan bagian dari rencana pada tanggal kunjungan. Pilih yang"
                    " lain."
                )
            },
        }

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        visit = self.instance
        self.initial["purposes"] = purposes_of(visit.purpose)
        activities = PlannedActivity.objects.offered_to(
            visit.team, day, log="visits", chosen=visit.activity_id
        )
        self.fields["activity"].queryset = activities
        choices = activity_choices(activities)
        if choices:
            self.fields["activity"].choices = [("", "Di luar rencana"), *choices]
        else:
            del self.fields["activity"]

    def clean_visited_on(self):
        day = self.cleaned_data["visited_on"]
        if problem := Visit.implausible_day(day, self.instance.team):
            raise forms.ValidationError(problem)
        return day

    @property
    def purpose(self):
        """Return what was ticked, as the visit stores it."""
        ticked = self.cleaned_data.get("purposes") or [Purpose.BOTH]
        return Purpose.BOTH if len(ticked) > 1 else Purpose(ticked[0])


def purposes_of(purpose):
    """Return the boxes that are ticked for this purpose."""
    return [one for one, _ in PURPOSES] if purpose == Purpose.BOTH else [purpose or ""]


class VisitGuestForm(RowForm):
    """A guest who went along."""

    class Meta:
        model = VisitAttendance
        fields = ["name", "position", "institution"]
        labels = {"name": "Nama atau sebutan"}
        error_messages = {
            "name": {"required": "Isi nama atau sebutan tamu."},
            "institution": {"required": "Isi instansi tamu."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution"].required = True
        self.instance.is_guest = True


VisitGuestRows = row_set(VisitGuestForm, "tamu")


@dataclass
class AskedQuestion:
    """
    A question of the checklist on the form, beside its last answer; `texts` are what its fields
    hold, `error` what is wrong with them, `gap` what sending would need.
    """

    last: LastAnswer
    texts: list[str] = field(default_factory=list)
    value: object = None
    error: str = ""
    gap: str = ""

    @property
    def question(self):
        return self.last.question

    @property
    def name(self):
        """The name of its fields."""
        return f"jawab-{self.question.key}"

    @property
    def options(self):
        """[(value, label)] of a question that chooses."""
        if self.question.kind == Kind.YES_NO:
            return YES_NO
        return [(choice.key, choice.label) for choice in self.question.choices]

    @property
    def same_texts(self):
        """Return what the fields would hold, if the answer were the same as last time."""
        return [] if self.last.same is None else form_texts(self.question, self.last.same)

    @property
    def is_same(self):
        return self.value is not None and self.value == self.last.same

    def keep(self, value):
        """Take a stored answer."""
        self.value, self.texts = value, form_texts(self.question, value)

    def read(self, texts):
        """Take what was sent; a text that is no answer is kept, beside its error."""
        self.texts = list(texts)
        try:
            self.value = clean_answer(self.question, self.texts)
        except InvalidAnswer as error:
            self.error = str(error)
