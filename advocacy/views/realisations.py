"""Realisations: the list, and the form of one."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from advocacy.actions import delete_realisation, save_realisation
from advocacy.filters.realisations import RealisationFilter
from advocacy.forms.realisations import RealisationForm
from advocacy.models import Commitment, Realisation
from advocacy.models.commitments import WITHDRAWN
from advocacy.views.commitments import CommitmentPage, LedgerList
from sinergi.kit.columns import Cell, Column, labels_of, page_column
from sinergi.kit.views import RecordCreate, RecordDelete, RecordUpdate


class RealisationList(LedgerList):
    """What came, newest first."""

    model = Realisation
    title = crumb = "Realisasi"
    filterset_class = RealisationFilter
    order = ("-realised_on", "-id")
    columns = (
        Column("Tanggal", "realised_on", Cell.DATE),
        Column("Komitmen", "commitment__description"),
        Column("Bentuk", "commitment__kind", read=labels_of(Commitment.Kind)),
        Column("Dari", "commitment__institution__name"),
        Column("Provinsi", "province__name"),
        Column("Jumlah", "amount", Cell.RUPIAH, about="rupiah; barang dan jasa menurut taksiran"),
        Column("Jenis dokumen", "document_kind", read=labels_of(Realisation.Document)),
        Column("Nomor dokumen", "document_number"),
        Column("Tentang", "document_about"),
        Column("Ada bukti", "file", Cell.YES_NO, read=bool),
        page_column("advocacy:commitment_detail", "commitment_id", label="Halaman komitmennya"),
    )
    parent = CommitmentPage.parent


class RealisationPage:
    model = Realisation
    section = "partners"
    parent = CommitmentPage.parent
    record_in_trail = False

    def get_queryset(self):
        return super().get_queryset().with_names()

    @cached_property
    def commitment(self):
        """Return the commitment of the record, or of the URL."""
        if record := self.get_page_record():
            return record.commitment
        rows = (
            Commitment.objects.visible_to(self.request.user)
            .with_names()
            .select_related("case__team")
        )
        return self.check_object_permission(get_object_or_404(rows, pk=self.kwargs["commitment"]))

    @property
    def lead(self):
        said = [f"{self.commitment.institution}: {self.commitment}", self.commitment.value_text]
        return ". ".join(filter(None, said))

    def get_parents(self):
        return [*super().get_parents(), (str(self.commitment), self.commitment.get_absolute_url())]

    def get_success_url(self):
        return self.commitment.get_absolute_url()


class RealisationCreate(RealisationPage, RecordCreate):
    form_class = RealisationForm
    searches_choices = True
    title = crumb = "Catat realisasi"
    success_message = "Realisasi dicatat."

    def get(self, request, *args, **kwargs):
        if self.commitment.is_withdrawn:
            messages.warning(request, WITHDRAWN)
            return HttpResponseRedirect(self.commitment.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def new_object(self):
        return Realisation.of(self.commitment)

    def save(self, form):
        return save_realisation(
            realisation=form.instance,
            villages=form.cleaned_data["villages"],
            by=self.request.user,
            **form.sent,
        )


class RealisationUpdate(RealisationPage, RecordUpdate):
    form_class = RealisationForm
    searches_choices = True
    crumb = "Ubah realisasi"

    def save(self, form):
        return save_realisation(
            realisation=form.instance,
            villages=form.cleaned_data["villages"],
            by=self.request.user,
            **form.sent,
        )


class RealisationDelete(RealisationPage, RecordDelete):
    question = "Hapus {record}?"
    explanation = "Komitmennya dihitung ulang. Riwayatnya tetap tersimpan."
    crumb = button = "Hapus realisasi"
    done = "Realisasi dihapus."
    history_name = "advocacy:commitment_history"

    def get_history_key(self):
        return self.commitment.pk

    def perform(self, version):
        delete_realisation(realisation=self.record, by=self.request.user, version=version)
