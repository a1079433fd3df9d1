"""Forms over membership: letting in, replacing, ending, correcting."""

from django import forms

from programs.choices import named_choices
from programs.models import Institution, Membership, Person
from programs.models.institutions import SAYS_SOMETHING
from sinergi.kit.dates import long_date
from sinergi.kit.forms import DateInput, RecordForm
from sinergi.kit.phones import PhoneFormField

NEW_PERSON = "Orang baru: isi namanya di bawah"


class MembershipForm(RecordForm):
    """A new member of the team in the URL: chosen among registered people, or registered here."""

    field_order = [
        "person",
        "new_name",
        "phone",
        "institution",
        "position",
        "role",
        "is_coordinator",
        "starts_on",
    ]
    asked = frozenset({"person", "new_name"})  # either of them

    new_name = forms.CharField(
        label="Nama atau sebutan orang baru",
        max_length=150,
        required=False,
        validators=[SAYS_SOMETHING],
        help_text="Hanya bila orangnya belum terdaftar.",
    )
    distinct = forms.BooleanField(
        label="Bukan orang yang sama, tetap simpan sebagai orang baru", required=False
    )
    phone = PhoneFormField(label="Telepon orang baru", max_length=30, required=False)

    class Meta:
        model = Membership
        fields = ["person", "role", "is_coordinator", "institution", "position", "starts_on"]
        widgets = {"starts_on": DateInput()}
        error_messages = {
            "person": {"invalid_choice": "Orang ini tidak ada dalam daftar."},
            "institution": {
                "required": "Pilih instansinya.",
                "invalid_choice": "Instansi ini tidak ada dalam daftar.",
            },
            "starts_on": {"required": "Isi hari pertama keanggotaan."},
        }

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        province = self.instance.team.province_id
        people, offices = (
            Person.objects.filter(province=province),
            Institution.objects.filter(province=province),
        )
        self.fields["person"].queryset, self.fields["institution"].queryset = people, offices
        self.fields["person"].required = False
        listed, more_people = named_choices(people, words=words, chosen=self["person"].value())
        self.fields["person"].choices = [("", NEW_PERSON), *listed]
        listed, more_offices = named_choices(
            offices, words=words, chosen=self["institution"].value(), fill=True
        )
        self.has_more = more_people or more_offices
        self.fields["institution"].choices = [("", "Pilih instansi"), *listed]
        self.newcomer, self.twins = None, []

    def clean(self):
        cleaned = super().clean()
        person, name = cleaned.get("person"), cleaned.get("new_name") or ""
        if "person" in self.errors or "new_name" in self.errors:
            return cleaned
        if person and name:
            self.add_error(
                "new_name", "Pilih orangnya dari daftar atau tulis orang baru, tidak keduanya."
            )
        elif not person and not name:
            self.add_error("person", "Pilih orangnya, atau tulis orang baru di bawah.")
        elif name:
            self.newcomer = self.person_to_add(name, cleaned)
        elif cleaned.get("phone"):
            self.add_error(
                "phone",
                "Telepon ini untuk orang baru; telepon yang sudah terdaftar diubah di halaman"
                " orangnya.",
            )
        return cleaned

    def person_to_add(self, name, cleaned):
        newcomer = Person(
            province=self.instance.team.province,
            name=name,
            phone=cleaned.get("phone") or "",
            institution=cleaned.get("institution"),
            position=cleaned.get("position") or "",
        )
        self.twins = list(Person.objects.twins_of(newcomer).with_place()[:5])
        if self.twins and not cleaned.get("distinct"):
            self.add_error(
                "distinct",
                "Mirip dengan yang sudah terdaftar. Pilih dari daftar; bila memang berbeda, beri"
                " tanda.",
            )
        return newcomer

    def stored_value(self, saved, name):
        """
        Return what was typed for a newcomer, who is a choice of the register by the time the
        request is compared.
        """
        if name in ("person", "new_name", "phone") and self["new_name"].data:
            return {"person": None, "new_name": saved.person.name, "phone": saved.person.phone}[
                name
            ]
        return "" if name in ("new_name", "phone") else super().stored_value(saved, name)


class ReplaceForm(MembershipForm):
    """The successor of a member, from which day, and why."""

    reason = forms.CharField(
        label="Alasan pergantian",
        max_length=200,
        error_messages={"required": "Tuliskan alasan pergantiannya."},
    )
    replaced_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = [
        "person",
        "new_name",
        "phone",
        "institution",
        "position",
        "role",
        "is_coordinator",
        "starts_on",
        "reason",
    ]

    def __init__(self, *args, replaced, **kwargs):
        super().__init__(*args, **kwargs)
        self.replaced = replaced
        self.initial.setdefault("replaced_version", replaced.version)
        if replaced.ends_on:  # its reason is on record
            del self.fields["reason"]
        self.fields["starts_on"].label = "Pengganti mulai"
        self.fields["starts_on"].help_text = "Hari terakhir yang digantikan adalah hari sebelumnya."

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        last = self.replaced.ends_on or self.replaced.starts_on
        if day <= last:
            raise forms.ValidationError(f"Pengganti mulai sesudah {long_date(last)}.")
        return day


class MembershipChangeForm(RecordForm):
    """Corrections to a membership; a successor is a replacement, not a correction."""

    asked = frozenset({"end_reason"})  # with a last day

    class Meta:
        model = Membership
        fields = [
            "role",
            "is_coordinator",
            "institution",
            "position",
            "starts_on",
            "ends_on",
            "end_reason",
        ]
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}
        error_messages = {"starts_on": {"required": "Isi hari pertama keanggotaan."}}

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        offices = Institution.objects.filter(province=self.instance.team.province_id)
        self.fields["institution"].queryset = offices
        listed, self.has_more = named_choices(
            offices, words=words, chosen=self["institution"].value(), fill=True
        )
        self.fields["institution"].choices = listed

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ends_on") and not cleaned.get("end_reason"):
            self.add_error("end_reason", "Tuliskan alasan berakhirnya.")
        return cleaned


class MembershipEndForm(RecordForm):
    """The end of a membership without a successor."""

    class Meta:
        model = Membership
        fields = ["ends_on", "end_reason"]
        widgets = {"ends_on": DateInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in (
            ("ends_on", "Isi hari terakhirnya."),
            ("end_reason", "Tuliskan alasannya."),
        ):
            self.fields[name].required, self.fields[name].error_messages["required"] = True, words
        self.fields["ends_on"].label, self.fields["end_reason"].label = "Hari terakhir", "Alasan"
        self.fields["ends_on"].help_text = ""
