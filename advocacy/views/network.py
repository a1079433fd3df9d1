"""Partnerships and media coverage."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views import View

from advocacy.filters import MediaFilter, PartnershipFilter
from advocacy.forms.network import MediaForm, PartnershipForm
from advocacy.models import MediaCoverage, Partnership
from advocacy.views.own import (
    AddsToTeam,
    ListedDelete,
    ListedHistory,
    ListedPage,
    ListItself,
    SearchesChoices,
)
from sinergi.kit import uploads
from sinergi.kit.views import (
    ModelPermissionMixin,
    RecordCreate,
    RecordDetail,
    RecordList,
    RecordUpdate,
)


class NetworkList(ListItself, RecordList):
    def get_context_data(self, **kwargs):
        may_add = self.request.user.has_perm(f"advocacy.add_{self.model._meta.model_name}")
        return super().get_context_data(may_add=may_add, today=timezone.localdate(), **kwargs)


class NetworkDetail(ListedPage, RecordDetail):
    def get_context_data(self, **kwargs):
        name = self.model._meta.model_name
        may = {
            action: self.request.user.has_perm(f"advocacy.{action}_{name}", self.object)
            for action in ("change", "delete")
        }
        return super().get_context_data(may=may, **kwargs)


class NetworkHistory(ListedHistory):
    hidden_columns = frozenset({"team", "province"})


class NetworkFile(ModelPermissionMixin, View):
    def get(self, request, key):
        return uploads.serve_file_of(get_object_or_404(self.get_queryset(), key=key))


# Partnerships -----------------------------------------------------------------------------------
class PartnershipPage(ListedPage):
    model = Partnership
    list_name, list_url = "Kerja sama", "advocacy:partnership_list"


class PartnershipList(PartnershipPage, NetworkList):
    title = "Kerja sama"
    filterset_class = PartnershipFilter
    order = ("-starts_on", "-id")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for row in context["page"]:
            row.words, row.css = row.standing(context["today"])
        return context


class PartnershipDetail(PartnershipPage, NetworkDetail):
    def get_queryset(self):
        return super().get_queryset().select_related("activity")

    def get_context_data(self, **kwargs):
        words, css = self.object.standing(self.object.team.today)
        return super().get_context_data(words=words, css=css, **kwargs)


class PartnershipCreate(PartnershipPage, AddsToTeam, RecordCreate):
    title = crumb = "Catat kerja sama"
    form_class = PartnershipForm
    success_message = "Kerja sama dicatat."
    taken = {"instansi": "institution"}


class PartnershipUpdate(PartnershipPage, SearchesChoices, RecordUpdate):
    form_class = PartnershipForm
    crumb = "Ubah"


class PartnershipDelete(PartnershipPage, ListedDelete):
    question = "Hapus kerja sama “{record}”?"
    crumb = button = "Hapus kerja sama"
    done = "Kerja sama dihapus."
    history_name = "advocacy:partnership_history"


class PartnershipHistory(PartnershipPage, NetworkHistory):
    pass


class PartnershipPaper(NetworkFile):
    model = Partnership


# Media ------------------------------------------------------------------------------------------
class MediaPage(ListedPage):
    model = MediaCoverage
    list_name, list_url = "Publikasi media", "advocacy:media_list"


class MediaList(MediaPage, NetworkList):
    title = "Publikasi media"
    filterset_class = MediaFilter
    order = ("-published_on", "-id")

    def get_template_names(self):
        return ["advocacy/media_list.html"]


class MediaDetail(MediaPage, NetworkDetail):
    template_name = "advocacy/media_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("activity", "village__regency")


class MediaForms(MediaPage):
    form_class = MediaForm
    template_name = "advocacy/media_form.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            known_outlets=MediaCoverage.objects.outlets_known_to(self.request.user), **kwargs
        )


class MediaCreate(AddsToTeam, MediaForms, RecordCreate):
    title = crumb = "Catat publikasi"
    success_message = "Publikasi dicatat."
    taken = {"rapat": "meeting", "desa": "village", "komitmen": "commitment"}


class MediaUpdate(SearchesChoices, MediaForms, RecordUpdate):
    crumb = "Ubah"


class MediaDelete(MediaPage, ListedDelete):
    question = "Hapus publikasi “{record}”?"
    crumb = button = "Hapus publikasi"
    done = "Publikasi dihapus."
    history_name = "advocacy:media_history"


class MediaHistory(MediaPage, NetworkHistory):
    pass


class MediaClipping(NetworkFile):
    model = MediaCoverage
