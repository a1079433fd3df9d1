"""Administration of places: regions are looked up, libraries edited."""

from django.contrib import admin

from sinergi.kit.admin import ReadOnlyAdmin, RecordAdmin, ScopedFilter
from villages.models import District, Library, Province, Regency, Village


@admin.register(Province)
class ProvinceAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "time_zone"]
    search_fields = ["name", "=code"]


@admin.register(Regency)
class RegencyAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "province"]
    list_select_related = ["province"]
    list_filter = [("province", ScopedFilter)]
    search_fields = ["name", "=code"]


@admin.register(District)
class DistrictAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "regency", "province"]
    list_select_related = ["regency", "province"]
    list_filter = [("province", ScopedFilter)]
    search_fields = ["name", "=code"]


@admin.register(Village)
class VillageAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "kind", "district", "regency", "postal_code"]
    list_select_related = ["district", "regency"]
    list_filter = ["kind", ("province", ScopedFilter)]
    search_fields = ["name", "=code"]


@admin.register(Library)
class LibraryAdmin(RecordAdmin):
    list_display = ["name", "level", "village", "regency", "province", "updated_at"]
    list_select_related = ["village", "regency", "province"]
    list_filter = ["level", ("province", ScopedFilter)]
    search_fields = ["name"]
    readonly_fields = ["level", "village", "regency", "province", *RecordAdmin.readonly_fields]

    def has_add_permission(self, request):
        """A library is made on the page of its place."""
        return False
