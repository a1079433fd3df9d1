"""Partnerships and media coverage."""

from django.utils import timezone

from advocacy.filters import MediaFilter, PartnershipFilter
from advocacy.forms.network import MediaForm, PartnershipForm
from advocacy.models import MediaCoverage, Partnership
from advocacy.views.own import TeamRecordCreate
from sinergi.kit.views import RecordDelete, RecordDetail, RecordHistory, RecordList, RecordUpdate


# Partnerships -----------------------------------------------------------------------------------
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
    taken = {"instansi": "institution"}


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


# Media ------------------------------------------------------------------------------------------
class MediaPage:
    model = MediaCoverage
    section = "partners"
    parent = ("Publikasi media", "advocacy:media_list")

    def get_queryset(self):
        return super().get_queryset().with_names()


class MediaList(RecordList):
    model = MediaCoverage
    section = "partners"
    template_name = "advocacy/media_list.html"
    title = "Publikasi media"
    filterset_class = MediaFilter
    order = ("-published_on", "-id")

    def get_context_data(self, **kwargs):
        return super().get_context_data(today=timezone.localdate(), **kwargs)


class MediaDetail(MediaPage, RecordDetail):
    template_name = "advocacy/media_detail.html"
    related = ("activity", "village__regency")
    permitted_actions = ("change", "delete")


class MediaCreate(MediaPage, TeamRecordCreate):
    form_class = MediaForm
    template_name = "advocacy/media_form.html"
    title = crumb = "Catat publikasi"
    success_message = "Publikasi dicatat."
    taken = {"rapat": "meeting", "desa": "village", "komitmen": "commitment"}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            known_outlets=MediaCoverage.objects.outlets_known_to(self.request.user), **kwargs
        )


class MediaUpdate(MediaPage, RecordUpdate):
    form_class = MediaForm
    template_name = "advocacy/media_form.html"
    searches_choices = True
    crumb = "Ubah"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            known_outlets=MediaCoverage.objects.outlets_known_to(self.request.user), **kwargs
        )


class MediaDelete(MediaPage, RecordDelete):
    question = "Hapus publikasi “{record}”?"
    crumb = button = "Hapus publikasi"
    done = "Publikasi dihapus."
    history_name = "advocacy:media_history"


class MediaHistory(MediaPage, RecordHistory):
    hidden_columns = frozenset({"team", "province"})
