"""
Telephone numbers, stored in one form (E.164: +6281234567890) so that two ways of writing one number
are equal.
"""

from django import forms
from django.core.exceptions import ValidationError
from lokal import parse_phone

from sinergi.kit.fields import PlainCharField


def normal(text):
    """Return this number as E.164. Raises ValidationError."""
    found = parse_phone(text)
    if not found.valid:
        reason = found.errors[0].message if found.errors else "Nomornya tidak dikenali."
        raise ValidationError(f"{reason} Contoh: 0812 3456 7890 atau 0717 422222.")
    return found.e164


def display(number):
    """
    Return a number as people write it: 0812-3456-7890. A number that was stored before it was
    checked stays as it is.
    """
    found = parse_phone(number or "")
    return found.national if found.valid else number


def whatsapp(number):
    """Return the URL that opens a chat, or "" for a landline."""
    found = parse_phone(number or "")
    return f"https://wa.me/{found.whatsapp}" if found.valid and found.whatsapp else ""


class PhoneFormField(forms.CharField):
    """A field that takes and shows a number as people write it, and cleans it to E.164."""

    def __init__(self, **kwargs):
        super().__init__(**{"widget": forms.TextInput(attrs={"type": "tel"})} | kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        found = parse_phone(text or "")
        return found.e164 if found.valid else text

    def validate(self, value):
        super().validate(value)
        if value:
            normal(value)

    def prepare_value(self, value):
        return display(value)


class PhoneField(PlainCharField):
    """
    A column of a telephone number in Indonesia; what cannot be one is refused with the reason.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 30} | kwargs)

    def clean(self, value, model_instance):
        text = super().clean(value, model_instance)
        return normal(text) if text else text

    def formfield(self, **kwargs):
        kwargs.pop("widget", None)  # the admin's own is a plain text field
        return super().formfield(**{"form_class": PhoneFormField} | kwargs)
