"""Rows of a form: as many as needed, added and removed with and without JavaScript."""

from django import forms
from django.forms.utils import ErrorDict

from sinergi.kit.forms import CrispyForm, PlainText

MAX_FORMSET_ROWS = 60


class RowForm(PlainText, CrispyForm, forms.ModelForm):
    """
    A form of one row. `id` says which stored row it is; an id that is gone makes it a new row, so
    the text is not lost.
    """

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["id"] = self.instance.pk

    @property
    def is_removed(self):
        return bool(self.cleaned_data.get("DELETE")) if hasattr(self, "cleaned_data") else False

    @property
    def is_blank(self):
        """Return whether this is a new row in which nothing was typed."""
        return not self.instance.pk and not self.has_changed()


class RowSet(forms.BaseFormSet):
    """
    The rows of one section. `rows` are the stored ones, `offered` are initial values of rows that
    are not stored yet.
    """

    deletion_widget = forms.HiddenInput
    default_error_messages = {
        "missing_management_form": (
            "Isian tidak lengkap sampai ke peladen. Muat ulang, lalu pulihkan draf di perangkat"
            " ini."
        ),
        "too_many_forms": "Paling banyak %(num)d baris.",
    }

    def __init__(self, data=None, *, rows=(), offered=(), new=None, **kwargs):
        self.rows, self.offered, self.new = list(rows), list(offered), new
        self.by_id = {row.pk: row for row in self.rows}
        super().__init__(data, **kwargs)

    def total_form_count(self):
        return super().total_form_count() if self.is_bound else len(self.rows) + len(self.offered)

    def initial_form_count(self):
        return 0

    def _construct_form(self, i, **kwargs):
        if self.is_bound:
            stored = str(self.data.get(f"{self.prefix}-{i}-id") or "")
            instance = (
                self.by_id.pop(int(stored), None)
                if stored.isdecimal() and len(stored) < 19
                else None
            )
        else:
            instance = self.rows[i] if i < len(self.rows) else None
            if instance is None:
                kwargs["initial"] = self.offered[i - len(self.rows)]
        kwargs["instance"] = instance or self.new()
        form = super()._construct_form(i, **kwargs)
        form.empty_permitted = True
        form.use_required_attribute = False
        return form

    def get_form_kwargs(self, index):
        kwargs = super().get_form_kwargs(index)
        return kwargs | ({"instance": self.new()} if index is None else {})

    @property
    def live(self):
        """Return the rows that count: neither removed nor blank."""
        return [form for form in self.forms if not form.is_removed and not form.is_blank]

    @property
    def removed(self):
        return [form.instance for form in self.forms if form.is_removed and form.instance.pk]


def row_set(form, prefix, most=MAX_FORMSET_ROWS):
    """
    Return a formset class for these rows, of which there may be so many, with the prefix under
    which they are sent.
    """
    formset = forms.formset_factory(
        form,
        formset=RowSet,
        extra=0,
        can_delete=True,
        max_num=most,
        validate_max=True,
        absolute_max=most + 10,
    )
    formset.default_prefix = prefix
    formset.get_default_prefix = classmethod(lambda cls: cls.default_prefix)
    return formset


def row_total(data, prefix, most=MAX_FORMSET_ROWS):
    """Return how many rows this request says it has, within reason."""
    text = data.get(f"{prefix}-TOTAL_FORMS") or ""
    return min(int(text), most + 10) if text.isdecimal() and len(text) < 6 else 0


def add_blank_row(data, prefix, initial=None, most=MAX_FORMSET_ROWS):
    """Add one row to the data of these rows, with the initial values {field: value} in it."""
    n = row_total(data, prefix, most)
    data[f"{prefix}-TOTAL_FORMS"] = str(n + 1)
    for name, value in (initial or {}).items():
        data[f"{prefix}-{n}-{name}"] = value


def clear_errors(form):
    """Show what was typed without judging it yet: the person only asked for another row."""
    form._errors = ErrorDict()
    form.cleaned_data = {}
