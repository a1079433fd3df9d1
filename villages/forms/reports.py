"""The form of a quarterly report: figures beside those of before, and notes on jumps."""

from django import forms
from django.core.exceptions import ValidationError

from sinergi.kit.forms import FileForm
from sinergi.kit.text import thousands
from villages.models import LibraryReport
from villages.models.reports import PHOTO_CONSENT
from villages.reports.checks import figure_text, jumps
from villages.reports.fields import Outcome
from villages.reports.reading import read_figure

NOTE_LENGTH = 500
PHOTO_HELP = "JPEG, PNG, atau WebP, paling besar 10 MB. Lokasi pada foto dihapus."
PICTURES = "image/jpeg,image/png,image/webp"


class FigureField(forms.CharField):
    """A figure as people write it; empty is None: nobody knows."""

    def __init__(self, report_field):
        self.report_field = report_field
        widget = forms.TextInput(
            {
                "inputmode": "numeric",
                "autocomplete": "off",
                "class": "figures",
                "placeholder": "belum tahu",
            }
        )
        super().__init__(label=report_field.label, required=False, max_length=40, widget=widget)

    def clean(self, value):
        try:
            return read_figure(self.report_field, super().clean(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value):
        return thousands(value) if isinstance(value, int) else value

    def display_value(self, value):
        return figure_text(self.report_field, value)


class ReportForm(FileForm):
    """
    `before` is the last verified report, `year_before` the verified one of the same quarter a year
    ago, or None.

    A jump asks for a note once, in place, and never blocks: `asked` names those that the page had
    asked about already.
    """

    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    drop_photo = forms.BooleanField(label="Hapus foto ini dari laporan", required=False)

    class Meta:
        model = LibraryReport
        fields = ["story", "story_consent"]
        widgets = {"story": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "story": "Apa yang berubah bagi warga",
            "story_consent": "Yang diceritakan setuju kisah dan fotonya dipakai dalam laporan",
        }

    def __init__(self, *args, before=None, year_before=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.before, self.year_before = before, year_before
        self.fields["upload"].label = "Foto untuk kisah ini"
        self.fields["upload"].widget.attrs["accept"] = PICTURES
        if not self.instance.file:
            self.fields["upload"].help_text = PHOTO_HELP
            del self.fields["drop_photo"]
        quarter = self.instance.quarter
        self.before_quarter = before.quarter if before else quarter.previous
        report = self.instance
        for field in report.fields:
            self.fields[field.key] = FigureField(field)
            self.initial[field.key] = getattr(report, field.key)
            name = note_name(field)
            self.fields[name] = forms.CharField(
                required=False, max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[name].label = f"Keterangan {field.label.lower()}"
            self.initial[name] = report.notes.get(field.key, "")

    @property
    def figures(self):
        """Return {key: figure} as typed; of a field in error None."""
        return {field.key: self.cleaned_data.get(field.key) for field in self.instance.fields}

    @property
    def jumped(self):
        """Return {key: Jumped} of the figures as they are on the page."""
        if not self.before:
            return {}
        figures = self.figures if self.is_bound and hasattr(self, "cleaned_data") else None
        found = jumps(self.instance.fields, figures or self.instance.figures, self.before.figures)
        return {one.field.key: one for one in found}

    def clean_upload(self):
        upload = super().clean_upload()
        if self.safe and not self.safe.is_image:
            name, self.safe = self.safe.original_name, None
            raise ValidationError(f"{name}: bukan foto.")
        return upload

    @property
    def sent(self):
        return super().sent | {"drop_photo": self.cleaned_data.get("drop_photo", False)}

    def matches(self, saved):
        dropped = self.cleaned_data.get("drop_photo") and not self.safe
        return not (dropped and saved.file) and super().matches(saved)

    def clean(self):
        data = super().clean()
        report = self.instance
        has_photo = self.safe or (report.file and not data.get("drop_photo"))
        if has_photo and not data.get("story_consent"):
            self.add_error("story_consent", PHOTO_CONSENT)
        for field in report.fields:
            if field.key in data:
                setattr(report, field.key, data[field.key])
        report.notes = {
            field.key: data[note_name(field)]
            for field in report.fields
            if data.get(note_name(field))
        }
        return data

    def unexplained(self):
        """Return the [Jumped] that have no note, and that the page has not asked about yet."""
        asked = set((self.cleaned_data.get("asked") or "").split())
        return [
            jump
            for key, jump in self.jumped.items()
            if key not in self.instance.notes and key not in asked
        ]

    def prepare_redisplay(self):
        super().prepare_redisplay()
        self.data = self.data.copy()
        self.data[self.add_prefix("asked")] = " ".join(self.jumped)

    @property
    def sections(self):
        """[(outcome, [FigureRow])] in the order of the registry."""
        jumped = self.jumped
        return [
            (
                outcome,
                [
                    FigureRow(self, field, jumped.get(field.key))
                    for field in self.instance.fields
                    if field.outcome == outcome
                ],
            )
            for outcome in Outcome
        ]

    def differences(self, saved):
        rows = super().differences(saved)
        return [row for row in rows if row[1] != row[2]]

    def stored_value(self, saved, name):
        if name.startswith("note-"):
            return saved.notes.get(name.removeprefix("note-"), "")
        return super().stored_value(saved, name)


def note_name(field):
    return f"note-{field.key}"


class FigureRow:
    """One figure on the form, with what it was before."""

    def __init__(self, form, field, jump):
        self.form, self.field, self.jump = form, field, jump
        self.input, self.note = form[field.key], form[note_name(field)]
        self.has_note = bool(jump or self.note.value())

    @property
    def past(self):
        """[(short name of the quarter, figure in words)] of the last quarter and of a year ago."""
        quarter = self.form.instance.quarter
        told = []
        for then, report in (
            (self.form.before_quarter, self.form.before),
            (quarter.year_before, self.form.year_before),
        ):
            figure = figure_text(self.field, getattr(report, self.field.key)) if report else "–"
            told.append((then.short, figure))
        return told

    @property
    def text(self):
        """What the field holds: as typed, or the stored figure."""
        value = self.input.value()
        return thousands(value) if isinstance(value, int) else value or ""

    @property
    def copies(self):
        """What "sama" would fill in: the last quarter's, of a stock that is known; else ""."""
        before = self.form.before
        value = getattr(before, self.field.key) if before and self.field.is_stock else None
        return "" if value is None else thousands(value)
