"""Forms over commitments and what came of them."""

from django import forms

from advocacy.actions import save_commitment, save_realisation
from advocacy.forms.cases import offer_institutions, offer_villages
from advocacy.forms.ties import offer_activities
from advocacy.models import AdvocacyCase, Commitment, Meeting, Realisation
from sinergi.kit import dates
from sinergi.kit.files import FileForm
from sinergi.kit.forms import DateInput, PickField, RecordForm
from villages.models import Regency, Village

NEAR = 60  # meetings to choose from


def meetings_of(team, *, chosen=None):
    """[(key, label)]: the team's last meetings that took place, and the one chosen."""
    held = Meeting.objects.took_place().filter(team=team).select_related("province").order_by("-starts_at", "-pk")
    rows = list(held[:NEAR])
    if chosen and str(chosen) not in {str(row.pk) for row in rows}:
        rows += held.filter(pk=chosen) if str(chosen).isdecimal() else []
    return [(row.pk, f"{dates.long_date(row.starts)} · {row.title}") for row in rows]


class CommitmentForm(RecordForm):
    class Meta:
        model = Commitment
        fields = [
            "institution", "case", "kind", "description", "value", "value_basis", "regency", "promised_on", "promised_by",
            "meeting", "due_on", "activity",
        ]  # fmt: skip
        widgets = {
            "kind": forms.RadioSelect(attrs={"class": "form-check-input"}),
            "promised_on": DateInput(),
            "due_on": DateInput(),
        }
        labels = {"value": "Nilai (rupiah)"}
        help_texts = {
            "value": "Untuk kebijakan: anggarannya, bila ada.",
            "value_basis": "Untuk barang dan jasa: dari mana nilainya. Tidak dijumlahkan ke dalam uang.",
            "regency": "Tempat komitmen ini dihitung.",
            "due_on": "Kosongkan bila tidak disebut.",
        }
        error_messages = {
            "institution": {"required": "Pilih siapa yang berjanji.", "invalid_choice": "Instansi ini tidak ada dalam daftar."},
            "case": {"invalid_choice": "Sasaran ini tidak ada dalam daftar."},
            "kind": {"required": "Pilih bentuknya."},
            "description": {"required": "Tuliskan apa yang dijanjikan."},
            "regency": {"invalid_choice": "Kabupaten/kota ini tidak ada di provinsi tim."},
            "promised_on": {"required": "Isi tanggalnya."},
            "promised_by": {"required": "Isi siapa yang menjanjikan: jabatan atau namanya."},
            "meeting": {"invalid_choice": "Rapat ini tidak ada dalam daftar."},
            "activity": {"invalid_choice": "Kegiatan ini bukan bagian dari rencana pada tanggal itu. Pilih yang lain."},
        }

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        commitment, team = self.instance, self.instance.team
        self.initial.setdefault("promised_on", team.today)
        self.has_more = offer_institutions(self, team.province_id, words)
        self.fields["kind"].choices = Commitment.Kind.choices
        self.fields["value_basis"].choices = [("", "Bukan barang atau jasa"), *Commitment.Basis.choices]
        cases = AdvocacyCase.objects.offered_to(team, chosen=[commitment.case_id])
        self.fields["case"].queryset = cases
        self.fields["case"].choices = [("", "Di luar sasaran"), *((c.pk, f"{c.institution}: {c.asked}") for c in cases)]
        self.fields["regency"].queryset = Regency.objects.filter(province=team.province_id)
        self.fields["regency"].empty_label = "Provinsi, atau beberapa kabupaten/kota"
        self.fields["meeting"].queryset = Meeting.objects.took_place().filter(team=team)
        self.fields["meeting"].choices = [("", "Di luar rapat"), *meetings_of(team, chosen=self["meeting"].value())]
        offer_activities(self, "promised_on", log="commitments")

    def save_as(self, *, by):
        return save_commitment(commitment=self.instance, by=by, **self.sent)


class RealisationForm(FileForm):
    """What came of the commitment in the URL: an amount, for a policy its document."""

    villages = PickField(Village.objects.none(), label="Desa penerima")
    field_order = ["realised_on", "amount", "document_kind", "document_number", "document_about", "note", "upload", "villages"]

    class Meta:
        model = Realisation
        fields = ["realised_on", "amount", "document_kind", "document_number", "document_about", "note"]
        widgets = {"realised_on": DateInput()}
        labels = {"document_kind": "Jenis dokumen", "document_number": "Nomor", "document_about": "Tentang"}
        error_messages = {"realised_on": {"required": "Isi tanggalnya."}}

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        commitment = self.instance.commitment
        policy = commitment.kind == Commitment.Kind.POLICY
        amount = "Anggaran" if policy else "Nilai" if commitment.is_in_kind else "Jumlah"
        self.fields["amount"].label = f"{amount} (rupiah)"
        self.fields["upload"].label = "Bukti (foto atau PDF)"
        if not self.instance.file:
            told = "Naskah yang ditetapkan" if policy else "Kuitansi, BAST, atau foto serah terima"
            self.fields["upload"].help_text = f"{told}; paling besar 10 MB."
        if policy:
            self.fields["realised_on"].label = "Ditetapkan pada"
            self.fields["document_kind"].choices = [("", "Pilih jenis dokumen"), *Realisation.Document.choices]
        else:
            for name in ("document_kind", "document_number", "document_about"):
                del self.fields[name]
        if policy and commitment.value is None:
            del self.fields["amount"]
        if self.instance.pk:
            self.initial.setdefault("villages", list(self.instance.beneficiaries.values_list("village", flat=True)))
        self.has_more = offer_villages(self, "villages", commitment.province_id, words, regency=commitment.regency_id)

    def save_as(self, *, by):
        return save_realisation(
            realisation=self.instance, villages=self.cleaned_data["villages"], safe=self.safe, by=by, **self.sent
        )

    def counterpart(self, saved, name):
        if name == "villages":
            rows = saved.beneficiaries.select_related("village")
            return sorted((row.village for row in rows), key=lambda place: place.pk)
        return super().counterpart(saved, name)
