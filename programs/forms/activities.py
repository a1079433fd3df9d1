"""Forms over a plan's activities and what is noted of them by hand."""

from django import forms

from programs.choices import person_choices, village_choices
from programs.models import Achievement, FundingSource, Person, PlannedActivity
from sinergi.kit.forms import DateInput, RecordForm
from sinergi.kit.money import RupiahFormField
from villages.models import Regency, Village

COUNT = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class ActivityForm(RecordForm):
    """
    An activity with its budget: one amount for each source that the team has in the plan's year.
    """

    class Meta:
        model = PlannedActivity
        fields = [
            "role",
            "title",
            "way",
            "output",
            "target",
            "unit",
            "counted",
            "months",
            "regency",
            "village",
            "person_in_charge",
        ]
        widgets = {"role": forms.RadioSelect(attrs={"class": "form-check-input"}), "target": COUNT}
        error_messages = {
            "role": {
                "required": "Pilih perannya.",
                "invalid_choice": "Pilih salah satu dari tiga peran.",
            },
            "title": {"required": "Isi nama kegiatan."},
            "way": {"required": "Pilih caranya."},
            "target": {
                "required": "Isi targetnya.",
                "invalid": "Tulis target dengan angka.",
                "min_value": "Target paling sedikit 1.",
            },
            "unit": {"required": "Isi satuannya."},
            "counted": {"required": "Pilih yang dihitung."},
            "regency": {"invalid_choice": "Kabupaten/kota ini tidak ada di provinsi tim."},
            "village": {"invalid_choice": "Desa ini tidak ada dalam daftar perpustakaan desa."},
            "person_in_charge": {"invalid_choice": "Orang ini tidak ada dalam daftar."},
        }

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        province = plan.team.province_id
        self.fields["role"].choices = [
            (role.value, f"{role.value}. {role.label}") for role in PlannedActivity.Role
        ]
        self.fields["way"].choices = [("", "Pilih cara"), *PlannedActivity.Way.choices]
        self.fields["months"].offer(plan.months)
        self.fields["regency"].queryset = Regency.objects.filter(province=province)
        self.fields["regency"].empty_label = "Tingkat provinsi"
        self._offer_people(province, words)
        self._offer_villages(province, words)
        self._offer_budget(plan)

    def _offer_people(self, province, words):
        field = self.fields["person_in_charge"]
        field.queryset = Person.objects.filter(province=province)
        groups, self.has_more = person_choices(
            self.instance.plan.team, words=words, chosen=self["person_in_charge"].value()
        )
        field.choices = [("", "Belum ditetapkan"), *groups]

    def _offer_villages(self, province, words):
        field, chosen = self.fields["village"], self["village"].value()
        field.queryset = Village.objects.to_choose(
            province, stored=[self.instance.village_id or ""]
        )
        groups, has_more = village_choices(province, words=words, chosen=[chosen] if chosen else [])
        self.has_more = self.has_more or has_more
        field.choices = [("", "Tidak untuk satu desa"), *groups]

    def _offer_budget(self, plan):
        self.sources = list(FundingSource.objects.open_to(plan))
        stored = (
            {line.source_id: line.amount for line in self.instance.lines.all()}
            if self.instance.pk
            else {}
        )
        for source in self.sources:
            field = RupiahFormField(label=source.label, required=False, min_value=0)
            field.error_messages["min_value"] = "Tulis jumlah yang tidak kurang dari nol."
            self.fields[f"dana-{source.pk}"] = field
            self.initial[f"dana-{source.pk}"] = stored.get(source.pk)

    @property
    def budget_fields(self):
        return [self[f"dana-{source.pk}"] for source in self.sources]

    @property
    def budget(self):
        """{source: rupiah or None}"""
        return {source: self.cleaned_data.get(f"dana-{source.pk}") for source in self.sources}

    def _post_clean(self):
        super()._post_clean()
        if "regency" in self.cleaned_data:
            self.cleaned_data["regency"] = self.instance.regency  # which a village may have said

    def stored_value(self, saved, name):
        if name.startswith("dana-"):
            lines = saved.lines.filter(source=name.removeprefix("dana-"))
            return lines.values_list("amount", flat=True).first()
        return super().stored_value(saved, name)


class AchievementForm(RecordForm):
    class Meta:
        model = Achievement
        fields = ["achieved_on", "amount", "note"]
        widgets = {
            "achieved_on": DateInput(),
            "amount": COUNT,
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "achieved_on": {"required": "Isi tanggalnya."},
            "amount": {"required": "Isi jumlahnya.", "invalid": "Tulis jumlah dengan angka."},
            "note": {"required": "Tuliskan catatannya: apa yang terlaksana dan di mana buktinya."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].label = f"Jumlah ({self.instance.activity.unit})"
