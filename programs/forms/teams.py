"""The forms over a team: making it, and what it is called and goes by."""

from datetime import date

from django import forms

from programs.models import Team
from programs.models.teams import LOGO_SIDE
from sinergi.kit import uploads
from sinergi.kit.forms import CrispyForm, DateInput, FileForm, RecordForm

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
TEAM_ERRORS = {
    "name": {"required": "Isi nama tim."},
    "office": {"required": "Isi nama dinas yang membawahi tim."},
    "formed_on": {"required": "Isi tanggal tim dibentuk."},
    "stall_days": dict.fromkeys(
        ("required", "invalid", "min_value", "max_value"), "Isi jumlah hari, 1 sampai 365."
    ),
    "independent_quarters": dict.fromkeys(
        ("required", "invalid", "min_value", "max_value"), "Isi jumlah triwulan, 1 sampai 8."
    ),
} | dict.fromkeys(
    ("visit_interval", "visit_interval_open"),
    dict.fromkeys(
        ("required", "invalid", "min_value", "max_value"), "Isi jumlah bulan, 1 sampai 24."
    ),
)


class TeamFormBase(RecordForm):
    """Base of the forms over a team, with the check of its day of founding."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "formed_on"
        ].help_text = "Seperti dalam SK-nya. Keanggotaan dapat dimulai sejak tanggal ini."

    def clean_formed_on(self):
        day = self.cleaned_data["formed_on"]
        if not FIRST_DAY <= day < LAST_DAY:
            raise forms.ValidationError("Periksa tahunnya.")
        return day


class TeamForm(TeamFormBase):
    """A new team for one of these provinces, none of which has one yet."""

    class Meta:
        model = Team
        fields = ["province", "name", "office", "seat", "formed_on"]
        widgets = {"formed_on": DateInput()}
        error_messages = TEAM_ERRORS | {
            "province": {
                "required": "Pilih provinsinya.",
                "invalid_choice": "Provinsi ini sudah mempunyai tim, atau di luar wilayah Anda.",
            },
        }

    def __init__(self, *args, provinces, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["province"].queryset = provinces
        self.fields["province"].empty_label = "Pilih provinsi"
        self.fields["name"].help_text = "Misalnya Tim Sinergi Provinsi Kepulauan Bangka Belitung."


class TeamSettingsForm(TeamFormBase):
    """
    The team's name, how long a case may wait for it, how often libraries are visited, and when a
    library stands by itself; its province cannot be changed.
    """

    class Meta:
        model = Team
        fields = ["name", "formed_on", "stall_days"]
        fields += ["visit_interval", "visit_interval_open", "independent_quarters"]
        fields += ["independent_budget", "independent_staff", "independent_policies"]
        widgets = {"formed_on": DateInput()}
        error_messages = TEAM_ERRORS


class LetterheadForm(FileForm):
    """What stands at the head of the team's papers: the office, its seat, lines, and a logo."""

    remove_logo = forms.BooleanField(label="Tanpa lambang", required=False)
    field_order = ["office", "letterhead", "seat", "upload", "remove_logo"]

    class Meta:
        model = Team
        fields = ["office", "seat", "letterhead"]
        widgets = {"letterhead": forms.Textarea(attrs={"rows": 3})}
        error_messages = TEAM_ERRORS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        upload = self.fields["upload"]
        upload.label = "Lambang"
        upload.widget.attrs["accept"] = "image/jpeg,image/png,image/webp"
        kinds = "JPEG, PNG, atau WebP, paling besar 10 MB. Latar yang tembus pandang menjadi putih."
        if self.instance.file:
            upload.help_text = f"{upload.help_text} {kinds}"
        else:
            upload.help_text = kinds
            del self.fields["remove_logo"]

    def clean_upload(self):
        upload = self.cleaned_data.get("upload")
        if upload:
            safe = uploads.accept(upload, side=LOGO_SIDE)
            if not safe.is_image:
                raise forms.ValidationError("Lambang adalah gambar: pilih JPEG, PNG, atau WebP.")
            self.safe = safe
        return upload

    def clean(self):
        cleaned = super().clean()
        if self.safe and cleaned.get("remove_logo"):
            self.add_error("remove_logo", "Pilih satu: lambang yang baru, atau tanpa lambang.")
        return cleaned

    @property
    def sent(self):
        return super().sent | {"remove_logo": bool(self.cleaned_data.get("remove_logo"))}


class DayForm(CrispyForm, forms.Form):
    per = forms.DateField(
        label="Susunan tim per tanggal",
        widget=DateInput(),
        required=False,
        error_messages={"invalid": "Isi tanggal yang benar."},
    )
