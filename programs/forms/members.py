"""Forms over membership: letting in, replacing, ending, correcting."""

from django import forms

from programs.forms.people import label_of
from programs.models import Institution, Membership, Person
from sinergi.kit.dates import long_date
from sinergi.kit.forms import DateInput, RecordForm
from sinergi.kit.phones import normal

NEW = "Orang baru: isi namanya di bawah"


class MembershipForm(RecordForm):
    """A member of the team in the URL: chosen from the register, or written here for the first time."""

    new_name = forms.CharField(
        label="Nama atau sebutan orang baru", max_length=150, required=False, help_text="Hanya bila orangnya belum terdaftar."
    )
    phone = forms.CharField(label="Telepon orang baru", max_length=30, required=False, widget=forms.TextInput({"type": "tel"}))

    class Meta:
        model = Membership
        fields = ["person", "new_name", "phone", "role", "is_coordinator", "institution", "position", "starts_on"]
        widgets = {"starts_on": DateInput()}
        error_messages = {
            "person": {"invalid_choice": "Orang ini tidak ada dalam daftar."},
            "institution": {"required": "Pilih instansinya.", "invalid_choice": "Instansi ini tidak ada dalam daftar."},
            "starts_on": {"required": "Isi hari pertama keanggotaan."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        team = self.instance.team
        people = Person.objects.filter(province=team.province_id).with_place().order_by("name", "pk")
        self.fields["person"].queryset = people
        self.fields["person"].required = False
        self.fields["person"].choices = [("", NEW), *((row.pk, label_of(row)) for row in people)]
        self.fields["institution"].queryset = Institution.objects.filter(province=team.province_id)
        self.fields["institution"].empty_label = "Pilih instansi"
        self.newcomer = None

    def clean(self):
        cleaned = super().clean()
        person, name = cleaned.get("person"), (cleaned.get("new_name") or "").strip()
        if "person" in self.errors:
            return cleaned
        if person and name:
            self.add_error("new_name", "Pilih orangnya dari daftar atau tulis orang baru, tidak keduanya.")
        elif not person and not name:
            self.add_error("person", "Pilih orangnya, atau tulis orang baru di bawah.")
        elif name:
            self.newcomer = self.person_to_add(name, cleaned)
        return cleaned

    def person_to_add(self, name, cleaned):
        team, phone = self.instance.team, cleaned.get("phone") or ""
        try:
            phone = normal(phone) if phone else ""
        except forms.ValidationError as error:
            self.add_error("phone", error)
        newcomer = Person(
            province=team.province, name=name, phone=phone, institution=cleaned.get("institution"),
            position=cleaned.get("position") or "",
        )  # fmt: skip
        if twin := Person.objects.twins_of(newcomer).with_place().first():
            self.add_error(
                "new_name", f"Sudah terdaftar: {label_of(twin)}. Pilih dari daftar di atas, atau bedakan sebutannya."
            )
        return newcomer


class ReplaceForm(MembershipForm):
    """Who comes instead, from when, and why."""

    reason = forms.CharField(
        label="Alasan pergantian", max_length=200, error_messages={"required": "Tuliskan alasan pergantiannya."}
    )
    replaced_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ["person", "new_name", "phone", "institution", "position", "role", "is_coordinator", "starts_on", "reason"]

    def __init__(self, *args, replaced, **kwargs):
        super().__init__(*args, **kwargs)
        self.replaced = replaced
        self.initial.setdefault("replaced_version", replaced.version)
        self.fields["starts_on"].label = "Pengganti mulai"
        self.fields["starts_on"].help_text = "Hari terakhir yang digantikan adalah hari sebelumnya."

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day <= self.replaced.starts_on:
            raise forms.ValidationError(
                f"Pengganti mulai sesudah {long_date(self.replaced.starts_on)}, hari pertama yang digantikan."
            )
        return day


class MembershipChangeForm(RecordForm):
    """Corrections to a membership; who comes instead is a replacement, not a correction."""

    class Meta:
        model = Membership
        fields = ["role", "is_coordinator", "institution", "position", "starts_on", "ends_on", "end_reason"]
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}
        error_messages = {"starts_on": {"required": "Isi hari pertama keanggotaan."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = Institution.objects.filter(province=self.instance.team.province_id)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ends_on") and not cleaned.get("end_reason"):
            self.add_error("end_reason", "Tuliskan alasan berakhirnya.")
        return cleaned


class MembershipEndForm(RecordForm):
    """Leaving the team without a successor."""

    class Meta:
        model = Membership
        fields = ["ends_on", "end_reason"]
        widgets = {"ends_on": DateInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in (("ends_on", "Isi hari terakhirnya."), ("end_reason", "Tuliskan alasannya.")):
            self.fields[name].required, self.fields[name].error_messages["required"] = True, words
        self.fields["ends_on"].label, self.fields["end_reason"].label = "Hari terakhir", "Alasan"
        self.fields["ends_on"].help_text = ""
