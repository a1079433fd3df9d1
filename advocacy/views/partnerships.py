"""Partnerships: the list, the page of one, and its form."""

from django.utils import timezone

from advocacy.filters.partnerships import PartnershipFilter
from advocacy.forms.partnerships import PartnershipForm
from advocacy.models import Partnership
from advocacy.views.teams import TeamRecordCreate
from programs.models import Institution
from sinergi.kit.columns import Cell, Column, labels_of, page_column
from sinergi.kit.views import RecordDelete, RecordDetail, RecordHistory, RecordList, RecordUpdate


class PartnershipPage:
    model = Partnership
    section = "partners"
    parent = ("Kerja sama", "advocacy:partnership_list")

    def get_queryset(self):
        return super().get_queryset().with_names()


class PartnershipList(RecordList):
    model = Partnership
    section = "partners"
    title = "Kerja sama"
    filterset_class = PartnershipFilter
    order = ("-starts_on", "-id")
    columns = (
        Column("Jenis", "kind", read=labels_of(Partnership.Kind)),
        Column("Nomor", "number"),
        Column("Tentang", "about"),
        Column("Dengan", "institution__name"),
        Column("Provinsi", "province__name"),
        Column("Mulai berlaku", "starts_on", Cell.DATE),
        Column("Berlaku sampai", "ends_on", Cell.DATE),
        page_column("advocacy:partnership_detail", label="Halaman"),
    )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(today=timezone.localdate(), **kwargs)
        for row in context["page"]:
            row.status = row.status_on(context["today"])
        return context


class PartnershipDetail(PartnershipPage, RecordDetail):
    related = ("activity",)
    permitted_actions = ("change", "delete")

    def get_context_data(self, **kwargs):
        status = self.object.status_on(self.object.team.today)
        return super().get_context_data(status=status, **kwargs)


class PartnershipCreate(PartnershipPage, TeamRecordCreate):
    title = crumb = "Catat kerja sama"
    form_class = PartnershipForm
    success_message = "Kerja sama dicatat."
    prefilled = {"instansi": ("institution", Institution)}


class PartnershipUpdate(PartnershipPage, RecordUpdate):
    form_class = PartnershipForm
    searches_choices = True
    crumb = "Ubah"


class PartnershipDelete(PartnershipPage, RecordDelete):
    question = "Hapus kerja sama “{record}”?"
    crumb = button = "Hapus kerja sama"
    done = "Kerja sama dihapus."
    history_name = "advocacy:partnership_history"


class PartnershipHistory(PartnershipPage, RecordHistory):
    hidden_columns = frozenset({"team", "province"})
