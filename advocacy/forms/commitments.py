"""The form of a commitment."""

from django import forms

from advocacy.forms.activities import check_activity, offer_activities
from advocacy.forms.cases import cases_to_choose, offer_institutions
from advocacy.models import AdvocacyCase, Commitment, Meeting
from sinergi.kit import dates
from sinergi.kit.forms import DateInput, RecordForm
from sinergi.kit.text import parse_number
from villages.models import Regency

MEETING_LIMIT = 60  # meetings to choose from


def offer_meetings(form, *, empty):
    """
    Fill the form's field `meeting` with the team's last meetings that took place and the one it
    names already.
    """
    field, team, stored = form.fields["meeting"], form.instance.team, form.instance.meeting_id
    held = Meeting.objects.took_place().filter(team=team)
    field.queryset = held | Meeting.objects.filter(pk=stored)
    rows = list(
        field.queryset.select_related("province").order_by("-starts_at", "-pk")[:MEETING_LIMIT]
    )
    chosen = parse_number(getattr(form["meeting"].value(), "pk", form["meeting"].value()))
    if chosen and chosen not in {row.pk for row in rows}:
        rows += field.queryset.filter(pk=chosen).select_related("province")
    field.choices = [
        ("", empty),
        *((row.pk, f"{dates.long_date(row.starts)} · {row.title}") for row in rows),
    ]


class CommitmentForm(RecordForm):
    asked = frozenset({"value", "value_basis"})  # by its kind

    class Meta:
        model = Commitment
        fields = [
            "institution",
            "case",
            "kind",
            "description",
            "value",
            "value_basis",
            "regency",
            "promised_on",
            "promised_by",
            "meeting",
            "due_on",
            "activity",
        ]
        widgets = {
            "kind": forms.RadioSelect(attrs={"class": "form-check-input"}),
            "promised_on": DateInput(),
            "due_on": DateInput(),
        }
        labels = {"value": "Nilai (rupiah)"}
        help_texts = {
            "value": "Untuk kebijakan: anggarannya, bila ada.",
            "value_basis": (
                "Untuk barang dan jasa: dari mana nilainya. Tidak dijumlahkan ke dalam uang."
            ),
            "regency": "Tempat komitmen ini dihitung.",
            "due_on": "Kosongkan bila tidak disebut.",
        }
        error_messages = {
            "institution": {
                "required": "Pilih siapa yang berjanji.",
                "invalid_choice": "Instansi ini tidak ada dalam daftar.",
            },
            "case": {"invalid_choice": "Sasaran ini tidak ada dalam daftar."},
            "kind": {"required": "Pilih bentuknya."},
            "description": {"required": "Tuliskan apa yang dijanjikan."},
            "regency": {"invalid_choice": "Kabupaten/kota ini tidak ada di provinsi tim."},
            "promised_on": {"required": "Isi tanggalnya."},
            "promised_by": {"required": "Isi siapa yang menjanjikan: jabatan atau namanya."},
            "meeting": {"invalid_choice": "Rapat ini tidak ada dalam daftar."},
            "activity": {
                "invalid_choice": (
                    "Kegiatan ini bukan bagian dari rencana pada tanggal itu. Pilih yang lain."
                )
            },
        }

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        commitment, team = self.instance, self.instance.team
        self.initial["promised_on"] = self.initial.get("promised_on") or team.today
        more_institutions = offer_institutions(self, team.province_id, words)
        self.fields["kind"].choices = Commitment.Kind.choices
        self.fields["value_basis"].choices = [
            ("", "Bukan barang atau jasa"),
            *Commitment.Basis.choices,
        ]
        chosen = {commitment.case_id, parse_number(self["case"].value())} - {None, 0}
        listed, more_cases = cases_to_choose(team, chosen=chosen, words=words)
        self.fields["case"].queryset = AdvocacyCase.objects.offered_to(team, chosen=chosen)
        self.fields["case"].choices = [("", "Di luar sasaran"), *listed]
        self.fields["regency"].queryset = Regency.objects.filter(province=team.province_id)
        self.fields["regency"].empty_label = "Provinsi, atau beberapa kabupaten/kota"
        offer_meetings(self, empty="Di luar rapat")
        more_activities = offer_activities(self, log="commitments", words=words)
        self.has_more = more_institutions or more_cases or more_activities

    def clean(self):
        cleaned = super().clean()
        check_activity(self, cleaned.get("promised_on"), log="commitments")
        return cleaned
