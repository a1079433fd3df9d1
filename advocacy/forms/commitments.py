"""Forms over commitments and what came of them."""

from django import forms

from advocacy.actions import save_commitment, save_realisation
from advocacy.forms.cases import cases_to_choose, offer_institutions, offer_villages
from advocacy.forms.ties import check_activity, offer_activities
from advocacy.models import AdvocacyCase, Commitment, Meeting, Realisation
from sinergi.kit import dates
from sinergi.kit.files import FileForm
from sinergi.kit.forms import DateInput, PickField, RecordForm
from sinergi.kit.text import parse_number
from villages.models import Regency, Village

NEAR = 60  # meetings to choose from


def offer_meetings(form, *, empty):
    """
    In the form's field `meeting`, the team's last meetings that took place, and the one it names
    already.
    """
    field, team, stored = form.fields["meeting"], form.instance.team, form.instance.meeting_id
    held = Meeting.objects.took_place().filter(team=team)
    field.queryset = held | Meeting.objects.filter(pk=stored)
    rows = list(field.queryset.select_related("province").order_by("-starts_at", "-pk")[:NEAR])
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

    def save_as(self, *, by):
        return save_commitment(commitment=self.instance, by=by, **self.sent)


class RealisationForm(FileForm):
    """What came of the commitment in the URL: an amount, for a policy its document."""

    villages = PickField(Village.objects.none(), label="Desa penerima")
    field_order = [
        "realised_on",
        "amount",
        "document_kind",
        "document_number",
        "document_about",
        "note",
        "upload",
        "villages",
    ]

    class Meta:
        model = Realisation
        fields = [
            "realised_on",
            "amount",
            "document_kind",
            "document_number",
            "document_about",
            "note",
        ]
        widgets = {"realised_on": DateInput()}
        labels = {
            "document_kind": "Jenis dokumen",
            "document_number": "Nomor",
            "document_about": "Tentang",
        }
        error_messages = {"realised_on": {"required": "Isi tanggalnya."}}

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        commitment = self.instance.commitment
        policy = commitment.kind == Commitment.Kind.POLICY
        self.asked = {"document_kind", "document_number", "document_about"} if policy else set()
        self.asked |= {"amount"} if commitment.value is not None else set()
        amount = "Anggaran" if policy else "Nilai" if commitment.is_in_kind else "Jumlah"
        self.fields["amount"].label = f"{amount} (rupiah)"
        if commitment.value is None:
            self.fields["amount"].help_text = "Bila kebijakannya membawa anggaran."
        self.fields["upload"].label = "Bukti (foto atau PDF)"
        if not self.instance.file:
            told = "Naskah yang ditetapkan" if policy else "Kuitansi, BAST, atau foto serah terima"
            self.fields["upload"].help_text = f"{told}; paling besar 10 MB."
        if policy:
            self.fields["realised_on"].label = "Ditetapkan pada"
            self.fields["document_kind"].choices = [
                ("", "Pilih jenis dokumen"),
                *Realisation.Document.choices,
            ]
        else:
            for name in ("document_kind", "document_number", "document_about"):
                del self.fields[name]
        if self.instance.pk:
            self.initial.setdefault(
                "villages", list(self.instance.beneficiaries.values_list("village", flat=True))
            )
        self.has_more = offer_villages(
            self, "villages", commitment.province_id, words, regency=commitment.regency_id
        )

    def clean_villages(self):
        """Beside the field what the action would refuse."""
        villages = self.cleaned_data["villages"]
        if problem := self.instance.commitment.misplaced(villages):
            raise forms.ValidationError(problem)
        return villages

    def save_as(self, *, by):
        return save_realisation(
            realisation=self.instance,
            villages=self.cleaned_data["villages"],
            safe=self.safe,
            by=by,
            **self.sent,
        )

    def stored_value(self, saved, name):
        if name == "villages":
            rows = saved.beneficiaries.select_related("village")
            return sorted((row.village for row in rows), key=lambda place: place.pk)
        return super().stored_value(saved, name)
