"""Pages of regions: regencies, one region, and the list of villages."""

from django.http import Http404
from django.views.generic import TemplateView

from sinergi.kit.views import PageMixin, RecordDetail, RecordList
from villages.filters import VillageFilter
from villages.models import District, Library, Province, Regency, Village
from villages.querysets import count_of

#: The length of a Kemendagri code tells which kind of region it names.
MODEL_BY_LENGTH = {2: Province, 5: Regency, 8: District, 13: Village}


def region_or_404(user, code):
    """The region with this code, if the user may see it."""
    model = MODEL_BY_LENGTH.get(len(code)) if set(code) <= set("0123456789.") else None
    region = model and model.objects.visible_to(user).filter(pk=code).first()
    if region is None:
        raise Http404
    return region


class RegencyList(PageMixin, TemplateView):
    model = Regency
    title, section = "Wilayah", "libraries"
    template_name = "villages/regency_list.html"

    def get_context_data(self, **kwargs):
        regencies = (
            self.get_queryset()
            .select_related("province")
            .annotate(
                villages_count=count_of(Village.objects.all(), regency="pk"),
                libraries_count=count_of(Library.objects.village(), regency="pk"),
            )
        )
        user = self.request.user
        provinces = {regency.province for regency in regencies}
        open_to_reader = {
            one.pk for one in provinces if user.has_perm("villages.view_province", one)
        }
        return super().get_context_data(
            regencies=regencies, open_to_reader=open_to_reader, **kwargs
        )


class RegionDetail(RecordDetail):
    """
    A province, regency, district or village, by its code: what lies in it, and the library that
    stands there.
    """

    model = Regency
    section = "libraries"
    parent = ("Wilayah", "villages:regency_list")
    template_name = "villages/region_detail.html"

    def get_object(self, queryset=None):
        return region_or_404(self.request.user, self.kwargs["pk"])

    def get_parents(self):
        above = [getattr(self.object, name, None) for name in ("province", "regency", "district")]
        user = self.request.user
        seen = [
            one
            for one in above
            if one and user.has_perm(f"villages.view_{one._meta.model_name}", one)
        ]
        return [
            *super().get_parents(),
            *((region.name, region.get_absolute_url()) for region in seen),
        ]

    def get_context_data(self, **kwargs):
        region, user = self.object, self.request.user
        below = {
            Province: lambda: region.regencies.all(),
            Regency: lambda: region.districts.all(),
            District: lambda: region.villages.select_related("library"),
            Village: Village.objects.none,
        }[type(region)]()
        libraries = Library.objects.visible_to(user).with_place()
        here = {
            Province: {"province": region, "level": "province"},
            Regency: {"regency": region, "level": "regency"},
        }.get(type(region), {"village": region.pk})
        inside = {Province: {"pk__in": []}, Regency: {"regency": region, "level": "village"}}.get(
            type(region), {"village__district": region.pk}
        )
        library = None if isinstance(region, District) else libraries.filter(**here).first()
        return super().get_context_data(
            below=below,
            library=library,
            libraries=libraries.filter(**inside).prefetch_related("participations")[:200],
            may_add=library is None
            and not isinstance(region, District)
            and user.has_perm("villages.add_library", region),
            **kwargs,
        )


class VillageList(RecordList):
    model = Village
    filterset_class = VillageFilter
    order = ("name", "code")
    title, section = "Desa dan kelurahan", "libraries"

    def get_queryset(self):
        return Village.objects.visible_to(self.request.user).select_related(
            "district", "regency", "library"
        )
