"""The form of a realisation."""

from django import forms

from advocacy.forms.cases import offer_villages
from advocacy.models import Commitment, Realisation
from sinergi.kit.forms import DateInput, FileForm, PickField
from villages.models import Village


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
            examples = (
                "Naskah yang ditetapkan" if policy else "Kuitansi, BAST, atau foto serah terima"
            )
            self.fields["upload"].help_text = f"{examples}; paling besar 10 MB."
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
        """Refuse beside the field what the action would refuse."""
        villages = self.cleaned_data["villages"]
        if problem := self.instance.commitment.misplaced(villages):
            raise forms.ValidationError(problem)
        return villages

    def stored_value(self, saved, name):
        if name == "villages":
            rows = saved.beneficiaries.select_related("village")
            return sorted((row.village for row in rows), key=lambda place: place.pk)
        return super().stored_value(saved, name)
