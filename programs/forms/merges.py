"""Forms that look for doubles: before one is saved, and to put two together."""

from django import forms

from programs.choices import choice_label_of, named_choices
from programs.models import Institution
from sinergi.kit.forms import CrispyForm, RecordForm
from villages.models import Regency


class RegisterForm(RecordForm):
    """
    Base of the forms over people and institutions, which show likely doubles.

    One that looks like another already there is saved only once the user says that it is not the
    same.
    """

    distinct = forms.BooleanField(label="Bukan data yang sama, tetap simpan", required=False)
    twins = ()

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        province = self.instance.province_id
        self.fields["regency"].queryset = Regency.objects.filter(province=province)
        self.fields["regency"].empty_label = "Tingkat provinsi"
        if "institution" in self.fields:
            offices = Institution.objects.filter(province=province)
            self.fields["institution"].queryset = offices
            listed, self.has_more = named_choices(
                offices, words=words, chosen=self["institution"].value(), fill=True
            )
            self.fields["institution"].choices = [("", "Tanpa instansi"), *listed]

    def _post_clean(self):
        super()._post_clean()
        changed = not self.instance.pk or {"name", "phone"} & set(self.changed_data)
        if changed and not self.errors.get("name") and not self.errors.get("phone"):
            self.twins = list(self._meta.model.objects.twins_of(self.instance).with_place()[:5])
            if self.twins and not self.cleaned_data.get("distinct"):
                self.add_error(
                    "distinct",
                    "Mirip dengan yang sudah terdaftar. Periksa dulu; bila memang berbeda, beri"
                    " tanda.",
                )


class MergeForm(CrispyForm, forms.Form):
    """The record to keep; the page's own record is the one that is removed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kept = forms.ModelChoiceField(
        label="Pertahankan",
        queryset=None,
        empty_label="Pilih data yang dipertahankan",
        error_messages={
            "required": "Pilih data yang dipertahankan.",
            "invalid_choice": "Data itu tidak ada lagi.",
        },
    )

    def __init__(self, *args, record, user, words="", **kwargs):
        super().__init__(*args, **kwargs)
        model = type(record)
        near = model.objects.visible_to(user).twins_of(record)
        others = (
            model.objects.visible_to(user).filter(province=record.province_id).exclude(pk=record.pk)
        )
        self.fields["kept"].queryset = others
        twins = [(row.pk, choice_label_of(row)) for row in near.with_place()]
        chosen, self.has_more = named_choices(others, words=words, chosen=self["kept"].value())
        known = {pk for pk, _ in twins}
        groups = [("Mirip", twins)] if twins else []
        rest = [choice for choice in chosen if choice[0] not in known]
        self.fields["kept"].choices = [
            ("", "Pilih data yang dipertahankan"),
            *groups,
            ("Lainnya", rest),
        ]
