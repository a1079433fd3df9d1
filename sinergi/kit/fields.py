"""
Columns of plain text: what is stored has no invisible characters, whichever way it came (a form,
the admin, an import, code).
"""

from django.db import models

from sinergi.kit import text


class PlainTextMixin:
    """
    Store text without invisible characters (sinergi.kit.text.plain_text).

    Validation sees the plain text, too, so that a name of invisible characters alone counts as
    missing. A migration names Django's own field: the column is the same.
    """

    keeps_lines = False

    def plain(self, value):
        return (
            text.plain_text(value, multiline=self.keeps_lines) if isinstance(value, str) else value
        )

    def to_python(self, value):
        return self.plain(super().to_python(value))

    def pre_save(self, model_instance, add):
        value = self.plain(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(self.plain(value), connection)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path.replace(f"{__name__}.Plain", "django.db.models."), args, kwargs


class PlainCharField(PlainTextMixin, models.CharField):
    """One line of text."""


class PlainEmailField(PlainTextMixin, models.EmailField):
    """An e-mail address."""


class PlainTextField(PlainTextMixin, models.TextField):
    """Text of several lines."""

    keeps_lines = True
