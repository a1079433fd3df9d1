"""Closing a follow-up."""

from django import forms

from sinergi.kit.forms import ConfirmForm


class CloseForm(ConfirmForm):
    note = forms.CharField(
        label="Hasilnya",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Tuliskan apa hasilnya."},
    )
