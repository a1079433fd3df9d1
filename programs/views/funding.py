"""Sources of funding by year."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import TemplateView

from programs.actions import copy_sources
from programs.forms.funding import FundingSourceForm
from programs.models import BudgetLine, Expense, FundingSource
from programs.views.plans import trail_to
from programs.views.teams import team_or_404
from sinergi.kit.columns import Cell, Column, labels_of, page_column
from sinergi.kit.links import way_back
from sinergi.kit.text import parse_number
from sinergi.kit.views import (
    DownloadMixin,
    PageMixin,
    RecordCreate,
    RecordDetail,
    RecordHistory,
    RecordUpdate,
)

SOURCE_ROWS = 300  # of each, on the page of a source
BUDGET_YEARS = range(2000, 2100)  # as the constraint on sources says
FUNDING_TABLES = [
    (FundingSource.Support.CASH, "Uang"),
    (FundingSource.Support.IN_KIND, "Barang dan jasa, dinilai dalam rupiah"),
]


def asked_year(request):
    """Return the year of the query string, or None if it is no year of a budget."""
    year = parse_number(request.GET.get("tahun"))
    return year if year in BUDGET_YEARS else None


def funding_list_url(team, year):
    return f"{reverse('programs:funding_list', args=[team.pk])}?tahun={year}"


class SourcePage:
    model = FundingSource
    section = "plans"
    related = ("team__province",)
    record_in_trail = False

    @cached_property
    def team(self):
        """Return the team of the record, or of the URL."""
        record = self.get_page_record()
        return record.team if record else team_or_404(self.request.user, self.kwargs["team"])

    def get_parents(self):
        return [*trail_to(), ("Sumber dana", reverse("programs:funding_list", args=[self.team.pk]))]

    def get_cancel_url(self):
        """
        Return the way one came, else the page of the source's year, or of the one it is being made
        for.
        """
        record, year = self.get_page_record(), asked_year(self.request)
        own = (
            record.get_absolute_url()
            if record
            else funding_list_url(self.team, year or self.team.today.year)
        )
        return way_back(self.request) or own


class FundingList(DownloadMixin, SourcePage, PageMixin, TemplateView):
    """
    Ceiling, plan and spending of every source of a year; money and goods in tables of their own.
    """

    title = "Sumber dana"
    template_name = "programs/funding_list.html"
    columns = (
        Column("Sumber", "label"),
        Column("Jenis", "kind", read=labels_of(FundingSource.Kind)),
        Column("Bentuk", "support", read=labels_of(FundingSource.Support)),
        Column("Tahun anggaran", "year", Cell.NUMBER),
        Column("Pagu", "ceiling", Cell.RUPIAH, about="rupiah; kosong bila belum diketahui"),
        Column("Rencana", "planned", Cell.RUPIAH, about="rupiah, jumlah anggaran kegiatan"),
        Column("Terpakai", "spent", Cell.RUPIAH, about="rupiah, jumlah pengeluaran"),
        page_column("programs:funding_detail", label="Halaman"),
    )

    @cached_property
    def years(self):
        """Return the years that the team has sources of, the latest first."""
        return list(self.team.sources.order_by("-year").values_list("year", flat=True).distinct())

    @property
    def year(self):
        last = self.years[0] if self.years else self.team.today.year
        return asked_year(self.request) or last

    def get_listed(self):
        rows = self.team.sources.filter(year=self.year).with_sums()
        return list(rows.order_by("kind", "name", "pk"))

    def get_filter_words(self):
        return [("Tim", self.team.name), ("Tahun anggaran", str(self.year))]

    def get_parents(self):
        return trail_to()

    def get_context_data(self, **kwargs):
        team = self.team
        may_add = self.request.user.has_perm("programs.add_fundingsource", team)
        years, year, rows = self.years, self.year, self.get_listed()
        tables = [
            FundingTable(label, [row for row in rows if row.support == support])
            for support, label in FUNDING_TABLES
        ]
        return super().get_context_data(
            **kwargs
            | {
                "team": team,
                "year": year,
                "years": sorted({*years, year}, reverse=True),
                "tables": tables,
                "may_add": may_add,
                "offer": team.sources.to_copy(team, year) if may_add else None,
            }
        )


class FundingTable:
    """Sources of one support with their sums."""

    def __init__(self, label, rows):
        self.label, self.rows = label, rows
        self.ceiling = sum(row.ceiling or 0 for row in rows)
        self.planned = sum(row.planned for row in rows)
        self.spent = sum(row.spent for row in rows)


class SourceDetail(SourcePage, RecordDetail):
    """The rows behind a source's sums."""

    template_name = "programs/funding_detail.html"

    def get_queryset(self):
        return super().get_queryset().with_sums()

    def get_context_data(self, **kwargs):
        source = self.object
        lines = (
            BudgetLine.objects.filter(source=source)
            .select_related("activity__plan")
            .order_by("-amount", "pk")
        )
        expenses = (
            Expense.objects.filter(source=source)
            .select_related("activity__plan")
            .order_by("-spent_on", "-pk")
        )
        return super().get_context_data(
            source=source,
            lines=lines[:SOURCE_ROWS],
            expenses=expenses[:SOURCE_ROWS],
            rows=SOURCE_ROWS,
            may_change=self.request.user.has_perm("programs.change_fundingsource", source),
            **kwargs,
        )


class SourceCreate(SourcePage, RecordCreate):
    title = "Tambah sumber dana"
    form_class = FundingSourceForm

    def new_object(self):
        return FundingSource(team=self.check_object_permission(self.team))

    def get_initial(self):
        return super().get_initial() | {"year": asked_year(self.request) or self.team.today.year}

    def get_success_url(self):
        return way_back(self.request) or self.object.get_absolute_url()


class SourceCopy(SourcePage, PageMixin, View):
    """
    Enter the sources of an earlier year (`dari`) for another (`tahun`); with `pagu` their ceilings
    too.
    """

    action = "add"
    http_method_names = ["post"]

    def post(self, request, team):
        self.check_object_permission(self.team)
        year, earlier = (parse_number(request.POST.get(name)) for name in ("tahun", "dari"))
        if year not in BUDGET_YEARS or earlier not in BUDGET_YEARS:
            raise Http404
        ceilings = "pagu" in request.POST
        new = copy_sources(
            team=self.team, year=year, from_year=earlier, with_ceilings=ceilings, by=request.user
        )
        along = " beserta pagunya." if ceilings else ", tanpa pagunya."
        if new:
            messages.success(request, f"{new} sumber dana disalin dari {earlier}{along}")
        else:
            messages.info(
                request,
                f"Tidak ada yang disalin: semua sumber dana {earlier} sudah ada untuk {year}.",
            )
        return HttpResponseRedirect(way_back(request) or funding_list_url(self.team, year))


class SourceUpdate(SourcePage, RecordUpdate):
    form_class = FundingSourceForm
    crumb = "Ubah"


class SourceHistory(SourcePage, RecordHistory):
    pass
