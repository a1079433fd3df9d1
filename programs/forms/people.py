"""Forms over the register of people and institutions."""

from django import forms

from programs.models import Institution, Person
from sinergi.kit.forms import CrispyForm, RecordForm
from villages.models import Regency


class RegisterForm(RecordForm):
    """
    A row of the register. Whoever looks like somebody already there is shown beside it, and saved only once the person at
    the form has said that they are somebody else.
    """

    distinct = forms.BooleanField(label="Bukan data yang sama, tetap simpan", required=False)
    twins = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        province = self.instance.province_id
        self.fields["regency"].queryset = Regency.objects.filter(province=province)
        self.fields["regency"].empty_label = "Tingkat provinsi"
        if "institution" in self.fields:
            self.fields["institution"].queryset = Institution.objects.filter(province=province)
            self.fields["institution"].empty_label = "Tanpa instansi"

    def _post_clean(self):
        super()._post_clean()
        changed = not self.instance.pk or {"name", "phone"} & set(self.changed_data)
        if changed and not self.errors.get("name") and not self.errors.get("phone"):
            self.twins = list(self._meta.model.objects.twins_of(self.instance).with_place()[:5])
            if self.twins and not self.cleaned_data.get("distinct"):
                self.add_error("distinct", "Mirip dengan yang sudah terdaftar. Periksa dulu; bila memang berbeda, beri tanda.")


class InstitutionForm(RegisterForm):
    class Meta:
        model = Institution
        fields = ["name", "abbreviation", "sector", "affair", "regency", "phone", "email", "address"]
        error_messages = {"name": {"required": "Isi nama instansi."}, "sector": {"required": "Pilih unsurnya."}}
        widgets = {"phone": forms.TextInput(attrs={"type": "tel"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["affair"].choices = [("", "Bukan salah satunya"), *Institution.Affair.choices]
        self.fields["sector"].choices = [("", "Pilih unsur"), *Institution.Sector.choices]


class PersonForm(RegisterForm):
    class Meta:
        model = Person
        fields = ["name", "institution", "position", "regency", "phone", "email"]
        error_messages = {
            "name": {"required": "Isi nama atau sebutannya."},
            "institution": {"invalid_choice": "Instansi ini tidak ada dalam daftar."},
        }
        widgets = {"phone": forms.TextInput(attrs={"type": "tel"})}


class MergeForm(CrispyForm, forms.Form):
    """Which one is kept; the page's own record is the one that is taken away."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kept = forms.ModelChoiceField(
        label="Pertahankan",
        queryset=None,
        empty_label="Pilih data yang dipertahankan",
        error_messages={"required": "Pilih data yang dipertahankan.", "invalid_choice": "Data itu tidak ada lagi."},
    )

    def __init__(self, *args, record, user, **kwargs):
        super().__init__(*args, **kwargs)
        model = type(record)
        near = model.objects.visible_to(user).twins_of(record)
        others = model.objects.visible_to(user).filter(province=record.province_id).exclude(pk=record.pk)
        self.fields["kept"].queryset = others
        twins = [(row.pk, label_of(row)) for row in near.with_place()]
        known = {pk for pk, _ in twins}
        rest = [(row.pk, label_of(row)) for row in others.with_place().order_by("name", "pk")[:1000] if row.pk not in known]
        groups = [("Mirip", twins)] if twins else []
        self.fields["kept"].choices = [("", "Pilih data yang dipertahankan"), *groups, ("Lainnya", rest)]


def label_of(row):
    """A row of the register in a list of choices: its name, and where it belongs."""
    where = getattr(row, "institution", None) or row.regency or ""
    return f"{row.name} · {where}" if where else row.name
