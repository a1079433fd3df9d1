"""The list of villages."""

from sinergi.kit.views import RecordList
from villages.filters import VillageFilter
from villages.models import Village


class VillageList(RecordList):
    model = Village
    filterset_class = VillageFilter
    order = ("name", "code")
    title, section = "Desa dan kelurahan", "libraries"

    def get_queryset(self):
        return Village.objects.visible_to(self.request.user).select_related(
            "district", "regency", "library"
        )
