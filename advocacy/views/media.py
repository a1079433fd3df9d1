"""Media coverage: the list, the page of one, and its form."""

from django.utils import timezone

from advocacy.filters.media import MediaFilter
from advocacy.forms.media import MediaForm
from advocacy.models import Commitment, MediaCoverage, Meeting
from advocacy.views.teams import TeamRecordCreate
from sinergi.kit.columns import Cell, Column, page_column
from sinergi.kit.views import RecordDelete, RecordDetail, RecordHistory, RecordList, RecordUpdate
from villages.models import Village


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
    columns = (
        Column("Tanggal terbit", "published_on", Cell.DATE),
        Column("Judul", "title"),
        Column("Media", "outlet"),
        Column("Tautan", "link"),
        Column("Provinsi", "province__name"),
        Column("Rapat", "meeting__title"),
        Column("Desa", "village__name"),
        Column("Komitmen", "commitment__description"),
        page_column("advocacy:media_detail", label="Halaman"),
    )

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
    prefilled = {
        "rapat": ("meeting", Meeting),
        "desa": ("village", Village),
        "komitmen": ("commitment", Commitment),
    }

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
