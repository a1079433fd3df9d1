"""A photograph of a visit, as the queue of a browser sends it."""

from django import forms
from django.core.exceptions import ValidationError

from sinergi.kit import uploads


class PhotoForm(forms.Form):
    """`sent` is what advocacy.actions.add_photo takes: the key and the picture, drawn anew."""

    idempotency_key = forms.UUIDField()
    photo = forms.FileField(error_messages={"required": "Fotonya tidak ikut terkirim."})

    def clean_photo(self):
        safe = uploads.accept(self.cleaned_data["photo"])
        if not safe.is_image:
            raise ValidationError(f"{safe.original_name}: bukan foto.")
        return safe

    @property
    def sent(self):
        return {
            "safe": self.cleaned_data["photo"],
            "idempotency_key": self.cleaned_data["idempotency_key"],
        }
