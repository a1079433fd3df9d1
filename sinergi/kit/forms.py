"""Base of every form: drawn by crispy, with a summary of errors that links to the fields."""

import datetime
import uuid
from decimal import Decimal

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.renderers import Jinja2
from django.utils.html import format_html

from sinergi.kit import dates, text, uploads

#: Draws the same widgets as Django's own renderer, faster. One for all forms: it keeps its compiled
#: templates.
WIDGETS = Jinja2()


class DateInput(forms.DateInput):
    """
    The browser's own date field, with the date in words below it.

    The field itself shows it in the browser's order of day and month. page.js updates the words
    while the date is typed.
    """

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)

    def render(self, name, value, attrs=None, renderer=None):
        drawn = super().render(name, value, attrs, renderer)
        key = (attrs or {}).get("id")
        return date_words(key, value, before=drawn) if key else drawn


def date_words(key, value, before=""):
    """
    Return the words below the date field of that id (Rabu, 28 November 2018); empty for what is no
    date.
    """
    try:
        day = datetime.date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = None
    words = dates.full_date(day) if hasattr(day, "year") else ""
    return format_html('{}<span class="form-text" id="{}_words">{}</span>', before, key, words)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs):
        super().__init__(format="%H:%M", **kwargs)


class PickField(forms.ModelMultipleChoiceField):
    """A field of tick boxes for several records; the value is a list of them, by key."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
    default_error_messages = {
        "invalid_choice": "Ada pilihan yang tidak ada lagi dalam daftar. Periksa lagi.",
        "invalid_pk_value": "Ada pilihan yang tidak ada lagi dalam daftar. Periksa lagi.",
        "invalid_list": "Pilih dari daftarnya.",
    }

    def __init__(self, queryset, *, wide=False, **kwargs):
        super().__init__(queryset, **{"required": False} | kwargs)
        self.wide = wide  # long labels

    def offer(self, queryset, choices):
        """
        Accept these records, and list those choices: (key, label), or (group, [(key, label)]).
        """
        self.queryset, self.choices = queryset, choices

    def clean(self, value):
        if any(
            "\x00" in str(one) for one in value or ()
        ):  # no key has it, and PostgreSQL does not even take it
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            )
        try:
            return sorted(super().clean(value), key=lambda record: str(record.pk))
        except OverflowError as error:  # a number that no column holds
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from error

    def display_value(self, value):
        return ", ".join(str(record) for record in value)


def error_links(*forms_with_errors):
    """
    Return (field id or None, message) of every error in these forms, in the order of the page, for
    the summary.
    """
    links = []
    for form in forms_with_errors:
        links += [(None, message) for message in form.non_field_errors()]
        for bound in form:
            links += [(bound.id_for_label or bound.auto_id, message) for message in bound.errors]
    return links


def outline_differences(mine, theirs):
    """
    Return (label, mine, theirs) wherever two outlines {label: text} differ; what one of them does
    not have is told as empty.
    """
    return [
        (label, mine.get(label) or "(kosong)", theirs.get(label) or "(kosong)")
        for label in {**theirs, **mine}
        if (mine.get(label) or "") != (theirs.get(label) or "")
    ]


class CrispyForm:
    """
    Mixin of a form without its own <form> tag, drawn field by field; `summary` feeds
    components/error_summary.html.
    """

    default_renderer = WIDGETS
    #: Fields that are not required by themselves, but by what else is said, or later: they are not
    #: marked as optional.
    asked = frozenset()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def summary(self):
        return error_links(self) if self.is_bound else []


class PlainText:
    """
    Mixin of a form that removes invisible characters from what is typed, and line breaks from
    fields of one line.
    """

    def _clean_fields(self):
        self._count_breaks_once()
        super()._clean_fields()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and value:
                field = self.fields[name]
                self.cleaned_data[name] = text.plain_text(
                    value, multiline=isinstance(field.widget, forms.Textarea)
                )
                if field.required and not self.cleaned_data[name].strip():
                    self.add_error(name, field.error_messages["required"])

    def _count_breaks_once(self):
        """
        Count a line break as one character, as the browser does for its limit, though it sends two.
        """
        areas = [
            self.add_prefix(name)
            for name, field in self.fields.items()
            if isinstance(field.widget, forms.Textarea)
        ]
        typed = {name: self.data[name] for name in areas if "\r\n" in (self.data.get(name) or "")}
        if typed:
            self.data = self.data.copy()
            for name, value in typed.items():
                self.data[name] = value.replace("\r\n", "\n")


class RecordForm(PlainText, CrispyForm, forms.ModelForm):
    """
    A form for a Record, which carries what the write will check: the version that was read (change)
    or the idempotency key (create). The view writes, not the form.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    idempotency_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            del self.fields["idempotency_key"]
        else:
            self.initial["idempotency_key"] = uuid.uuid4()
            del self.fields["version"]

    def prepare_redisplay(self):
        """Prepare the form to be shown again, because what it sent was not written."""

    @property
    def sent(self):
        """Return what is sent along with the fields, as `Record.save_submission` takes it."""
        return {
            name: self.cleaned_data.get(name)
            for name in ("version", "idempotency_key")
            if name in self.fields
        }

    def differences(self, saved):
        """
        Return (label, yours, theirs) for every field in which this form and the saved record
        differ.
        """
        rows = []
        for name, field in self.fields.items():
            if field.widget.is_hidden or name not in self.cleaned_data:
                continue
            try:
                yours, theirs = self.cleaned_data[name], self.stored_value(saved, name)
            except AttributeError:
                continue
            if value_or_none(yours) != value_or_none(theirs):
                rows.append(
                    (field.label, display_value(field, yours), display_value(field, theirs))
                )
        return rows

    def stored_value(self, saved, name):
        """
        Return what the record stores for this field. Raises AttributeError for a field that is not
        of the record.
        """
        return getattr(saved, name)

    def matches(self, saved):
        """
        Return whether every field says what that record stores; of a field in error, what was
        typed.
        """
        for name, field in self.fields.items():
            try:
                theirs = self.stored_value(saved, name)
            except AttributeError:
                continue
            if field.widget.is_hidden:
                continue
            if name in self.cleaned_data:
                if value_or_none(self.cleaned_data[name]) != value_or_none(theirs):
                    return False
            elif str(self[name].data or "").strip() != str(getattr(theirs, "pk", theirs) or ""):
                return False
        return True


def value_or_none(value):
    """
    Return what a field holds, or None for nothing: an empty text or list, or a box not ticked; 0 is
    a number.
    """
    is_number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    return value if is_number else value or None


class FileForm(RecordForm):
    """A form over a FileRecord; `safe` is the file that came along."""

    upload = forms.FileField(
        label="Berkas (foto atau PDF)",
        required=False,
        help_text="Paling besar 10 MB.",
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.safe = None
        if self.instance.file:
            kept = (
                f"Sudah tersimpan: {self.instance.original_name}. Pilih berkas lain hanya untuk"
                " menggantinya."
            )
            self.fields["upload"].help_text = kept

    @property
    def sent(self):
        return super().sent | {"safe": self.safe}

    def matches(self, saved):
        """
        Return whether the form says the same as the saved record; another file is a difference.
        """
        same = not self.safe or (
            bool(saved.file)
            and (self.safe.original_name, self.safe.content.size)
            == (saved.original_name, saved.file.size)
        )
        return same and super().matches(saved)

    def clean_upload(self):
        upload = self.cleaned_data.get("upload")
        if upload:
            self.safe = uploads.accept(upload)
        return upload

    def prepare_redisplay(self):
        """Ask to choose the file again: no browser sends a file twice by itself."""
        if self.safe:
            self[
                "upload"
            ].help_text = (
                f"{self.safe.original_name} belum tersimpan; pilih lagi setelah isian diperbaiki."
            )


def display_value(field, value):
    """Return a field's value as a person reads it; the field may define it (`display_value`)."""
    if value is None or value == "" or value == []:
        return "(kosong)"
    if hasattr(field, "display_value"):
        return field.display_value(value)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if hasattr(value, "year"):
        return dates.long_date(value)
    choices = dict(field.choices) if isinstance(field, forms.TypedChoiceField) else {}
    return str(choices.get(value, value))


class ReasonForm(PlainText, CrispyForm, forms.Form):
    """Confirm a transition that needs a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Alasan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Tuliskan alasannya."},
    )


class ConfirmForm(PlainText, CrispyForm, forms.Form):
    """Confirm a transition that needs no reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
