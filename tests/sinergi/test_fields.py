"""Whatever way text comes in, nobody reads or stores what nobody sees."""

import unicodedata

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseForm, CharField
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from programs.models import Institution
from sinergi.kit import bulk, text
from sinergi.kit.fields import PlainTextMixin
from sinergi.kit.forms import PlainText
from tests import factories
from villages.models import Library

pytestmark = pytest.mark.both("each database refuses other characters")

#: Zero-width space, right-to-left override, NUL, a soft hyphen, a filler that is drawn as nothing.
HIDDEN = "Bap\u200bpe\u202eda\x00 Pro\u00advinsi\u3164"
PLAIN = "Bappeda Provinsi"
TEXT = (models.CharField, models.TextField)
#: Judged by Django's own validator; a hash; keys that are made from plain text.
MADE_BY_CODE = {
    "accounts.User.username",
    "accounts.User.password",
    "programs.Person.name_key",
    "programs.Institution.name_key",
    "advocacy.MediaCoverage.link_key",
    "accounts.Session.session_key",
    "accounts.Session.session_data",
}
#: Passwords, and the hidden fields of a form of django-import-export.
TAKEN_AS_TYPED = {
    "SignInForm",
    "ChangePasswordForm",
    "ChoosePasswordForm",
    "AccountPasswordForm",
    "SecondFactorForm",
    "SecondFactorSetupForm",
    "VillageListConfirmForm",
}
OWN_APPS = ("accounts", "villages", "programs", "advocacy")


def text_columns():
    """
    (name, column) of every column of text that a record of ours has; history copies the records'
    own.
    """
    for app in OWN_APPS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, TEXT) and not hasattr(model, "instance_type"):
                    yield f"{model._meta.label}.{field.name}", field


def test_every_column_of_text_is_plain():
    loose = {name for name, field in text_columns() if not isinstance(field, PlainTextMixin)}
    assert loose - MADE_BY_CODE == set()


def forms_of_our_own(base=BaseForm):
    for form in base.__subclasses__():
        yield from forms_of_our_own(form)
        if form.__module__.split(".")[0] in ("sinergi", "villages", "programs", "advocacy"):
            yield form


def test_every_form_reads_plain_text():
    """
    So that what is compared, shown again and refused is what would be stored; passwords are taken
    as typed.
    """
    assert get_resolver().url_patterns, "every view, and so every form, is imported"
    loose = {
        form.__qualname__
        for form in forms_of_our_own()
        if not issubclass(form, PlainText)
        and any(type(field) is CharField for field in form.base_fields.values())
    }
    assert loose - TAKEN_AS_TYPED == set()


@given(st.text())
def test_plain_text_shows_all_that_it_has_and_stays_as_it_is(typed):
    for lines in (False, True):
        kept = text.plain_text(typed, multiline=lines)
        assert text.plain_text(kept, multiline=lines) == kept
        hidden = {c for c in kept if unicodedata.category(c) in text.HIDDEN}
        assert hidden <= set(f"\n\t{text.JOINERS}" if lines else text.JOINERS)


@pytest.mark.django_db
class TestStored:
    def stored(self, institution):
        return Institution.objects.values_list("name", flat=True).get(pk=institution.pk)

    def test_by_a_save(self):
        institution = factories.institution(name=HIDDEN)
        assert institution.name == PLAIN
        assert self.stored(institution) == PLAIN
        assert institution.history.get().name == PLAIN

    def test_by_bulk_create_and_update(self):
        institution = factories.institution()
        Institution.objects.filter(pk=institution.pk).update(name=HIDDEN)
        assert self.stored(institution) == PLAIN
        institution.name = HIDDEN
        Institution.objects.bulk_update([institution], ["name"])
        assert self.stored(institution) == PLAIN

    def test_by_the_bulk_writes_of_imports(self):
        library = factories.library(address="Jalan\nMerdeka")
        bulk.update(Library, ["name"], [(library.pk, library.version, HIDDEN)], by=None)
        library.refresh_from_db()
        assert (library.name, library.address) == (PLAIN, "Jalan\nMerdeka")

    @pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u200d", "\x00"])
    def test_a_name_that_nobody_sees_is_missing(self, name):
        institution = factories.institution()
        institution.name = name
        with pytest.raises(ValidationError) as refused:
            institution.full_clean()
        assert "name" in refused.value.message_dict
