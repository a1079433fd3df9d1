"""Pages of regions: the regencies, one region, and the loading of the official list."""

from time import monotonic
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from sinergi.kit.columns import Cell, Column, page_column
from sinergi.kit.prerequisites import Prerequisite
from sinergi.kit.templatetags.sinergi import thousands
from sinergi.kit.views import DownloadMixin, PageMixin, RecordDetail
from villages import gazetteer
from villages.actions import LoadedMeanwhile, load_new_province
from villages.models import District, Library, Province, Regency, Village
from villages.querysets import count_of

SECONDS = 2.0  # after which a request begins no further province
ALL = "semua"
VISITS = 5  # on the page of a regency; the list has the others
NAMES = {Regency: "kabupaten/kota", District: "kecamatan", Village: "desa dan kelurahan"}
#: The length of a Kemendagri code tells which kind of region it names.
MODEL_BY_LENGTH = {2: Province, 5: Regency, 8: District, 13: Village}


def region_or_404(user, code):
    """Return the region with this code, if the user may see it."""
    model = MODEL_BY_LENGTH.get(len(code)) if set(code) <= set("0123456789.") else None
    region = model and model.objects.visible_to(user).filter(pk=code).first()
    if region is None:
        raise Http404
    return region


class RegencyList(DownloadMixin, PageMixin, TemplateView):
    model = Regency
    title, section = "Wilayah", "libraries"
    template_name = "villages/region_list.html"
    order = ("code", "code")
    columns = (
        Column("Kode Kemendagri", "code"),
        Column("Kabupaten/kota", "name"),
        Column("Provinsi", "province__name"),
        Column("Desa/kelurahan", "villages_count", Cell.NUMBER),
        Column("Perpustakaan desa", "libraries_count", Cell.NUMBER),
        page_column("villages:region_detail", label="Halaman"),
    )

    def get_columns(self):
        if not self.request.user.has_perm("advocacy.view_visit"):
            return self.columns
        visits = Column(f"Kunjungan {timezone.localdate().year}", "visits_count", Cell.NUMBER)
        return [*self.columns[:-1], visits, self.columns[-1]]

    def get_listed(self):
        regencies = (
            self.get_queryset()
            .select_related("province")
            .annotate(
                villages_count=count_of(Village.objects.all(), regency="pk"),
                libraries_count=count_of(Library.objects.village(), regency="pk"),
            )
        )
        if self.request.user.has_perm("advocacy.view_visit"):
            year = timezone.localdate().year
            visited = {"visits__state": "sent", "visits__visited_on__year": year}
            visits = Regency.objects.filter(**visited)
            regencies = regencies.annotate(visits_count=count_of(visits, pk="pk"))
        return regencies

    def get_context_data(self, **kwargs):
        regencies = self.get_listed()
        user, today = self.request.user, timezone.localdate()
        provinces = {regency.province for regency in regencies}
        open_to_reader = {
            one.pk for one in provinces if user.has_perm("villages.view_province", one)
        }
        return super().get_context_data(
            regencies=regencies,
            open_to_reader=open_to_reader,
            year=today.year,
            may_see_visits=user.has_perm("advocacy.view_visit"),
            **kwargs,
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
            **self.visits(),
            **self.expansion(),
            **kwargs,
        )

    def expansion(self):
        """
        Return how far a village is on its way into the programme, or how many villages of a regency
        or a province stand at which stage, as the floor above knows it; nothing for those who may
        not see it.
        """
        region, user, today = self.object, self.request.user, timezone.localdate()
        is_told = not isinstance(region, District)
        if not is_told or not user.has_perm("advocacy.view_expansioncase", region):
            return {}
        if isinstance(region, Village):
            may_begin = user.has_perm("advocacy.add_expansioncase", region) and not region.gone_in
            case = region.expansion_on(today, user)
            return {"expansion": case, "may_begin": may_begin and not case}
        cases = Village.objects.model_of("expansion_case").objects
        here = {"province": region.pk}
        if isinstance(region, Regency):
            here = {"province": region.province_id, "regency": region.pk}
        by = f"case__{list(here)[-1]}"
        steps = cases.model_of("steps").objects.filter(**{by: region})
        counts = steps.count_by_stage(today, by=by).get(region.pk, {})
        stages = sorted(counts.items(), key=lambda pair: pair[0].place)
        return {"stages": stages, "here": urlencode(here)}

    def visits(self):
        """Return the visits to a regency, as the floor above knows them."""
        regency = self.object
        if not isinstance(regency, Regency) or not self.request.user.has_perm(
            "advocacy.view_visit", regency
        ):
            return {}
        year = timezone.localdate().year
        return {
            "last_visits": regency.visits.latest()[:VISITS],
            "visits_count": regency.visits.sent().filter(visited_on__year=year).count(),
            "year": year,
            "may_see_visits": True,
        }


def in_words(changes):
    """
    Return what was loaded, in words: "7 kabupaten/kota, 47 kecamatan, 393 desa dan kelurahan".
    """
    new = {model: len(rows) for model, rows, *_ in changes.writes}
    return ", ".join(f"{thousands(new[model])} {name}" for model, name in NAMES.items())


def regions_first(view):
    """
    Answer for a page that needs a province, where none is loaded yet: who loads it, and where.
    """
    shown = {
        "title": view.get_title(),
        "section": view.section,
        "heading": "Daftar wilayah masih kosong",
    }
    if view.request.user.has_perm("villages.add_province"):
        shown |= {
            "text": (
                "Muat dulu provinsinya dari daftar resmi, dengan kabupaten/kota, kecamatan, dan"
                " desanya."
            )
        }
        shown |= {"url": reverse("villages:region_load"), "button": "Muat wilayah"}
    else:
        shown |= {
            "text": (
                "Administrator portal memuat provinsinya; sesudah itu halaman ini dapat dipakai."
            )
        }
    return Prerequisite.as_view(**shown)(view.request)


class RegionLoad(PageMixin, TemplateView):
    """
    The provinces of the official list, and which of them are loaded.

    One is loaded by its own button. All of them are loaded a few at a time: the answer says how far
    it has come and holds the form that goes on, which is sent by itself where there is JavaScript.
    """

    model = Province
    action = "add"
    title, crumb, section = "Muat daftar wilayah", "Muat", "libraries"
    parent = ("Wilayah", "villages:regency_list")
    template_name = "villages/region_load.html"

    @cached_property
    def offered(self):
        """{code: name} of the provinces that are in this person's hands."""
        scope = self.request.user.scope(self.permission)
        return {
            code: name
            for code, name in gazetteer.list_provinces().items()
            if scope.national or code in scope.provinces
        }

    def loaded(self):
        """Return {code: number of villages} of those that are loaded."""
        rows = Village.objects.filter(province__in=self.offered).order_by().values_list("province")
        return dict(rows.annotate(Count("pk")))

    def get_context_data(self, **kwargs):
        loaded = self.loaded()
        teams = set(Province.objects.filter(team__isnull=False).values_list("pk", flat=True))
        rows = [
            (code, name, loaded.get(code, 0), code in teams) for code, name in self.offered.items()
        ]
        rows.sort(key=lambda row: not row[2])  # those that one goes on with stand on top
        return super().get_context_data(
            rows=rows,
            loaded=len(loaded),
            villages=sum(loaded.values()),
            edition=gazetteer.EDITION,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        wanted = request.POST.get("provinsi")
        if wanted != ALL:
            if wanted not in self.offered:
                raise Http404
            self.load([wanted])
            return HttpResponseRedirect(request.path)
        there = self.loaded()
        missing = [code for code in self.offered if code not in there]
        if self.load(missing, until=monotonic() + SECONDS):
            return self.render_to_response(self.get_context_data(goes_on=True))
        messages.success(request, "Semua provinsi sudah dimuat.")
        return HttpResponseRedirect(request.path)

    def load(self, codes, *, until=None):
        """
        Load at least one of these provinces, and others while there is time; return how many are
        left.
        """
        for done, code in enumerate(codes, 1):
            try:
                changes = load_new_province(code)
            except LoadedMeanwhile:
                messages.info(
                    self.request,
                    f"{self.offered[code]} sudah dimuat lebih dulu, mungkin oleh orang lain.",
                )
            else:
                if until is None:
                    messages.success(
                        self.request, f"{self.offered[code]} dimuat: {in_words(changes)}."
                    )
            if until is not None and monotonic() >= until:
                return len(codes) - done
        return 0
