"""The list of villages."""

from sinergi.kit.columns import Column, labels_of, page_column
from sinergi.kit.views import RecordList
from villages.filters import VillageFilter
from villages.models import Village


class VillageList(RecordList):
    model = Village
    filterset_class = VillageFilter
    order = ("name", "code")
    title, section = "Desa dan kelurahan", "libraries"
    columns = (
        Column("Kode Kemendagri", "code"),
        Column("Provinsi", "province__name"),
        Column("Kabupaten/kota", "regency__name"),
        Column("Kecamatan", "district__name"),
        Column("Desa atau kelurahan", "name"),
        Column("Jenis", "kind", read=labels_of(Village.Kind)),
        Column("Kode pos", "postal_code"),
        Column("Perpustakaan", "library__name"),
        Column("Tidak ada lagi sejak", "gone_in"),
        page_column("villages:region_detail", label="Halaman"),
    )

    def get_queryset(self):
        return Village.objects.visible_to(self.request.user).select_related(
            "district", "regency", "library"
        )
