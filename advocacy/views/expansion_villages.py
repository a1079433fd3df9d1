"""The official villages by their stage of expansion: counted for places, and listed."""

from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from advocacy.expansion_coverage import (
    OPEN,
    CoverageRow,
    coverage_columns,
    coverage_rows,
    coverage_sentence,
    sum_rows,
    village_list_url,
)
from advocacy.expansion_stages import NEEDED, Stage
from advocacy.expansion_waiting import longest_waiting
from advocacy.filters.expansion import (
    BARE,
    STILL,
    ExpansionFilter,
    ExpansionVillageFilter,
    asked_day,
)
from advocacy.models import ExpansionCase, ExpansionStep
from advocacy.querysets.expansion_villages import BARE as WITHOUT_EVIDENCE
from advocacy.querysets.expansion_villages import (
    NONE,
    StallLimits,
    count_districts,
    in_cell,
    tally,
    village_kinds,
    with_stage,
    with_step,
)
from sinergi.kit.columns import ROW, Cell, Column, labels_of, page_column
from sinergi.kit.dates import long_date
from sinergi.kit.pagination import KeysetPage
from sinergi.kit.views import DownloadMixin, PageMixin
from villages.filters import PlaceFilter
from villages.models import Village

PAGE = 50
VIEW = "advocacy.view_expansioncase"


class ExpansionVillagesPage(DownloadMixin, PageMixin, TemplateView):
    """
    What the coverage and the list share: the day (`per`), the source (`sumber`), where (`province`,
    `regency`).
    """

    model = ExpansionCase
    section = "libraries"
    parent = ("Perpustakaan", "villages:library_list")
    filterset_class = None

    @property
    def today(self):
        return timezone.localdate()

    @cached_property
    def day(self):
        return asked_day(self.request.GET.get("per"), self.today)

    @cached_property
    def filterset(self):
        rows = Village.objects.visible_to(self.request.user, VIEW)
        days = {"today": self.today, "day": self.day}
        return self.filterset_class(self.request.GET, rows, request=self.request, **days)

    @cached_property
    def steps(self):
        return ExpansionStep.objects.visible_to(self.request.user, VIEW)

    def chosen(self, name):
        """Return what the filter was set to, or None."""
        form = self.filterset.form
        return form.cleaned_data.get(name) if form.is_valid() else None

    @property
    def source(self):
        return self.chosen("sumber") or ""

    @property
    def asked(self):
        """The parameters that say what the page counts, for links to its villages."""
        names = ("per", "sumber", "province", "regency")
        return {name: self.request.GET[name] for name in names if self.chosen(name)}

    @cached_property
    def limits(self):
        return StallLimits()

    def get_filter_words(self):
        day = ("Per tanggal", long_date(self.day))
        label = str(self.filterset.form.fields["per"].label)
        return [day, *(one for one in super().get_filter_words() if one[0] != label)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            filterset=self.filterset, day=self.day, today=self.today, **kwargs
        )


def count_in(column, row):
    """Return how many villages of a CoverageRow stand in this column."""
    return row.counts[column]


class ExpansionCoverage(ExpansionVillagesPage):
    """Regencies by stage, or for who sees several provinces these, villages without any first."""

    template_name = "advocacy/expansion_coverage.html"
    filterset_class = ExpansionFilter

    def get_title(self):
        province = self.chosen("province")
        return f"Perluasan program{f', {province}' if province else ''}"

    @property
    def crumb(self):
        return str(self.chosen("province") or "Perluasan")

    def get_trail(self):
        """Return the page of all provinces above that of one."""
        asked = {name: value for name, value in self.asked.items() if name != "province"}
        url = f"{reverse('advocacy:expansion_coverage')}?{urlencode(asked)}"
        above = [("Perluasan", url)] if self.chosen("province") else []
        return [*super().get_trail(), *above]

    @cached_property
    def by(self):
        several = PlaceFilter.spans_provinces(self.request)
        return "province" if several and not self.chosen("province") else "regency"

    @cached_property
    def steps_here(self):
        """Return the steps in the province that is chosen, or all."""
        province = self.chosen("province")
        return self.steps.filter(case__province=province) if province else self.steps

    @cached_property
    def tallied(self):
        return list(tally(self.steps_here, self.day, self.limits, by=self.by))

    def row(self, key, name, counts, kinds):
        asked = self.asked | {self.by: key}
        url = f"{reverse('advocacy:expansion_coverage')}?{urlencode(asked)}"
        url = url if self.by == "province" else village_list_url(**asked)
        short = name.removeprefix("Kabupaten ")
        return CoverageRow(short, counts, kinds, asked, self.stage_columns, url)

    def whole(self, counts, kinds):
        return CoverageRow("Jumlah", counts, kinds, self.asked, self.stage_columns, is_sum=True)

    @property
    def stage_columns(self):
        return coverage_columns(self.source)

    def get_notes(self):
        """
        Return how many villages stand at a stage without evidence, and how many stand still, each
        with the address of exactly these.
        """
        mine = [one for one in self.tallied if not self.source or one[2] == self.source]
        bare, still = (sum(one[position] for one in mine) for position in (4, 5))
        return {
            "bare": bare,
            "bare_url": village_list_url(**self.asked, keadaan=BARE),
            "still": still,
            "still_url": village_list_url(**self.asked, keadaan=STILL),
            "limit": self.limits.only,
        }

    def get_districts(self):
        """Return (how many districts have a library that is open, how many there are), or None."""
        if self.by == "province" or self.source:
            return None
        return count_districts(self.filterset.qs, self.steps_here, self.day)

    def get_waiting(self):
        """Return the cases under way that stand longest, within one province."""
        if self.by == "province":
            return []
        steps = self.steps_here
        steps = steps.filter(case__source=self.source) if self.source else steps
        rows = longest_waiting(steps, self.today)
        for row in rows:
            row.days = (self.today - row.reached_on).days
            row.is_still = row.days > self.limits.by_province[row.case.province_id]
            row.next = Stage(row.stage).next
            row.needed = NEEDED[row.next]
            row.may_move = self.request.user.has_perm("advocacy.move_expansioncase", row.case)
        return rows

    def get_columns(self):
        about = f"desa dan kelurahan pada tahap terakhirnya per {long_date(self.day)}"
        return [
            Column("Provinsi" if self.by == "province" else "Kabupaten/kota", "name"),
            *(
                Column(label, ROW, Cell.NUMBER, partial(count_in, key), about)
                for key, label in self.stage_columns.items()
            ),
            Column("Jumlah", "villages", Cell.NUMBER, about="sama dengan daftar resmi wilayah"),
        ]

    def get_listed(self):
        kinds, places = village_kinds(self.filterset.qs, by=self.by)
        return coverage_rows(
            places,
            kinds,
            self.tallied,
            source=self.source,
            columns=self.stage_columns,
            row=self.row,
        )

    def get_context_data(self, **kwargs):
        rows = self.get_listed()
        whole = sum_rows(rows, self.whole)
        empty = [row for row in rows if not row.has_begun]
        under_way = [row for row in rows if row.has_begun]
        return super().get_context_data(
            groups=[("Belum ada satu pun", empty), ("Sudah dimulai", under_way)],
            rows=rows,
            whole=whole,
            sentence=coverage_sentence(whole),
            open_count=sum(whole.counts[stage.value] for stage in OPEN),
            empty=len(empty),
            by=self.by,
            columns=list(self.stage_columns.values()),
            districts=self.get_districts(),
            notes=self.get_notes(),
            waiting=self.get_waiting(),
            begun_url=village_list_url(**self.asked),
            **kwargs,
        )


class ExpansionVillageList(ExpansionVillagesPage):
    """The villages of a cell of the coverage (`tahap`), or of those that want attention."""

    template_name = "advocacy/expansion_village_list.html"
    filterset_class = ExpansionVillageFilter
    title = "Desa menurut tahap perluasan"
    crumb = "Desa"
    order = ("name", "code")
    columns = (
        Column("Kode Kemendagri", "code"),
        Column("Desa/kelurahan", "name"),
        Column("Provinsi", "province__name"),
        Column("Kabupaten/kota", "regency__name"),
        Column("Kecamatan", "district__name"),
        Column("Tahap", "stage", read=lambda stage: Stage(stage).label if stage else "Belum ada"),
        Column("Sejak", "since", Cell.DATE),
        Column("Sumber", "source", read=labels_of(ExpansionCase.Source)),
        Column("Alasan tanpa bukti", "reason"),
        Column("Perpustakaan", "library__name"),
        page_column("villages:region_detail", label="Halaman"),
    )

    def get_trail(self):
        asked = {name: value for name, value in self.asked.items() if name != "regency"}
        url = f"{reverse('advocacy:expansion_coverage')}?{urlencode(asked)}"
        return [*super().get_trail(), ("Perluasan", url)]

    def get_listed(self):
        day, source, state = self.day, self.source, self.chosen("keadaan")
        rows = in_cell(
            self.filterset.qs, self.steps, day, stage=self.chosen("tahap") or "", source=source
        )
        if state == BARE:
            rows = with_step(rows, self.steps, day, WITHOUT_EVIDENCE, source=source)
        elif state == STILL:
            rows = with_step(rows, self.steps, day, self.limits.passed(day), source=source)
        return with_stage(rows, self.steps, day).select_related("district", "regency", "library")

    def get_context_data(self, **kwargs):
        page = KeysetPage(self.get_listed(), self.request.GET, order=self.order, size=PAGE)
        user, sources = self.request.user, dict(ExpansionCase.Source.choices)
        for row in page:
            row.stage_now = Stage(row.stage) if row.stage else None
            row.source_words = sources.get(row.source, "")
            row.may_begin = not row.stage and user.has_perm("advocacy.add_expansioncase", row)
        downloads = {} if page.rows else {"downloads": []}
        return super().get_context_data(page=page, none=NONE, **downloads | kwargs)
