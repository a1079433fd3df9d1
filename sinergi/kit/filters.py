"""Base of every filter form: sent by GET, its state in the URL, drawn like other forms."""

import django_filters
from django import forms
from django.core.validators import MinLengthValidator, ProhibitNullCharactersValidator

from sinergi.kit.forms import WIDGETS, DateInput, error_links


class SearchFilter(django_filters.CharFilter):
    """
    Filter by a part of a name, in any of the given columns.

    Three letters at least: that is what the trigram index on PostgreSQL can look up without reading
    the table.
    """

    field_class = forms.CharField

    def __init__(self, *args, columns, **kwargs):
        self.columns = columns
        kwargs.setdefault(
            "validators",
            [
                MinLengthValidator(3, "Ketik paling sedikit 3 huruf."),
                ProhibitNullCharactersValidator(),
            ],
        )
        kwargs.setdefault("max_length", 100)
        super().__init__(*args, widget=forms.TextInput(attrs={"type": "search"}), **kwargs)

    def filter(self, queryset, value):
        if not value:
            return queryset
        where = django_filters.filters.Q()
        for column in self.columns:
            where |= django_filters.filters.Q(**{f"{column}__icontains": value})
        return queryset.filter(where)


class FilterSet(django_filters.FilterSet):
    """
    A django-filter FilterSet drawn like other forms. Choices are scoped by the user of the request.
    """

    #: Parameters that the page sets by tabs, not by the form.
    in_tabs = ()

    def get_form_class(self):
        form = super().get_form_class()
        form.default_renderer = WIDGETS
        for field in form.base_fields.values():
            field.widget.attrs["class"] = (
                "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            )
        for name, one in self.filters.items():
            if getattr(one, "only_when_set", False) and not self.data.get(name):
                form.base_fields[name].widget = forms.HiddenInput()
        return form

    @property
    def form_summary(self):
        return error_links(self.form) if self.is_bound else []

    @property
    def is_active(self):
        return any(self.form.data.get(name) for name in self.form.fields)

    @property
    def qs(self):
        # A filter that cannot be read shows nothing, beside its error: never a list that seems
        # filtered but is not.
        return super().qs if self.form.is_valid() else self.queryset.none()


class SpanFilter(FilterSet):
    """
    From one day to another, both included: where the numbers of a month lead. The two fields are
    drawn once one of them is in the address; without them nobody is asked for a day.

    `span` is (column of the first day, column of the last) of a row; a row is there if it shares a
    day with what was asked.
    """

    since = django_filters.DateFilter(label="Dari", method="not_before", widget=DateInput())
    until = django_filters.DateFilter(label="Sampai", method="not_after", widget=DateInput())

    span = ("", "")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not any(self.request.GET.get(name) for name in ("since", "until")):
            del self.filters["since"], self.filters["until"]

    def not_before(self, queryset, name, value):
        return queryset.filter(**{f"{self.span[1]}__gte": value})

    def not_after(self, queryset, name, value):
        return queryset.filter(**{f"{self.span[0]}__lte": value})
