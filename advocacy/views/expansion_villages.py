"""The official villages by their stage of expansion: counted for places, and listed."""

from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from advocacy.expansion_begun import begun_by_source, begun_by_year, days_by_stage, share_of
from advocacy.expansion_coverage import (
    CoverageRow,
    board_url,
    coverage_columns,
    coverage_rows,
    coverage_sentence,
    sum_rows,
    village_list_url,
)
from advocacy.expansion_stages import NEEDED, OPEN, UNDER_WAY, NoEvidence, Stage
from advocacy.expansion_waiting import longest_waiting
from advocacy.filters.expansion import (
    BARE,
    STILL,
    UNKNOWN,
    ExpansionFilter,
    ExpansionVillageFilter,
    asked_day,
)
from advocacy.models import ExpansionCase, ExpansionStep
from advocacy.querysets.expansion_villages import BARE as WITHOUT_EVIDENCE
from advocacy.querysets.expansion_villages import (
    BEGUN,
    GONE,
    NONE,
    OPENED,
    StallLimits,
    begun_in,
    count_districts,
    in_cell,
    of_source,
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


class ExpansionVillagesPage(PageMixin, TemplateView):
    """
    What the coverage and the list share: the day (`per`), the source (`sumber`), where (`province`,
    `regency`).
    """

    model = ExpansionCase
    section = "libraries"
    parent = ("Perpustakaan", "villages:library_list")
    filterset_class = None
    #: The parameters that say what the page counts.
    carried = ("per", "sumber", "province", "regency")

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
        """Return the source asked for, "" for that of which nothing is known, or None for all."""
        asked = self.chosen("sumber") or None
        return "" if asked == UNKNOWN else asked

    @property
    def asked(self):
        """Return these parameters as they were sent, for links to the same villages."""
        return {name: self.request.GET[name] for name in self.carried if self.chosen(name)}

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


class ExpansionCoverage(DownloadMixin, ExpansionVillagesPage):
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
        return self.steps.filter(province=province) if province else self.steps

    @cached_property
    def tallied(self):
        return tally(self.steps_here, self.day, self.limits, by=self.by)

    @property
    def mine(self):
        """Return what was tallied of the source that is asked for."""
        return [one for one in self.tallied if self.source in (None, one.source)]

    def row(self, key, name, counts, kinds):
        asked = self.asked | {self.by: key}
        url = f"{reverse('advocacy:expansion_coverage')}?{urlencode(asked)}"
        url = url if self.by == "province" else village_list_url(**asked)
        short, full = name.removeprefix("Kabupaten "), {"code": key, "full_name": name}
        return CoverageRow(short, counts, kinds, asked, self.stage_columns, url, **full)

    def whole(self, counts, kinds):
        return CoverageRow("Jumlah", counts, kinds, self.asked, self.stage_columns, is_sum=True)

    @property
    def stage_columns(self):
        return coverage_columns(self.source)

    def get_notes(self):
        """
        Return how many villages stand at a stage without evidence, how many stand still, and how
        many are no longer official, each with the address of exactly these.
        """
        return {
            "gone": sum(one.gone for one in self.mine),
            "gone_url": village_list_url(**self.asked, tahap=GONE),
            "bare": sum(one.bare for one in self.mine),
            "bare_url": village_list_url(**self.asked, keadaan=BARE),
            "still": sum(one.still for one in self.mine),
            "still_url": village_list_url(**self.asked, keadaan=STILL),
            "limit": self.limits.only,
        }

    def get_districts(self):
        """Return what count_districts does, or None of several provinces, or of one source."""
        districts = self.kinds[2]
        if not districts or self.source is not None:
            return None
        return count_districts(districts, self.tallied)

    def get_waiting(self):
        """Return the cases under way that stand longest, within one province and today only."""
        if self.by == "province" or self.day != self.today:
            return []
        rows = longest_waiting(of_source(self.steps_here, self.source), self.today)
        for row in rows:
            row.days = (self.today - row.reached_on).days
            row.is_still = row.days > self.limits.by_province[row.case.province_id]
            row.next = Stage(row.stage).next
            row.needed = NEEDED[row.next]
            row.may_move = self.request.user.has_perm("advocacy.move_expansioncase", row.case)
        return rows

    def get_begun(self, whole):
        """Return what has begun, as shares of it: by source, by year, and how long it stands."""
        begun = sum(one.cases for one in self.mine)
        opened = sum(one.cases for one in self.mine if one.stage in OPEN)
        return {
            "number": begun,
            "share": share_of(begun, whole.villages),
            "url": village_list_url(**self.asked, tahap=BEGUN),
            "open": opened,
            "open_share": share_of(opened, whole.villages),
            "open_url": village_list_url(**self.asked, tahap=OPENED),
            "sources": begun_by_source(self.tallied, self.asked),
            "years": begun_by_year(self.mine, self.asked),
            "stages": days_by_stage(self.mine, self.day, self.asked),
        }

    def get_columns(self):
        about = f"desa dan kelurahan pada tahap terakhirnya per {long_date(self.day)}"
        return [
            Column("Kode Kemendagri", "code"),
            Column("Provinsi" if self.by == "province" else "Kabupaten/kota", "full_name"),
            *(
                Column(label, ROW, Cell.NUMBER, partial(count_in, key), about)
                for key, label in self.stage_columns.items()
            ),
            Column("Jumlah", "villages", Cell.NUMBER, about="sama dengan daftar resmi wilayah"),
        ]

    @cached_property
    def kinds(self):
        return village_kinds(self.filterset.qs, by=self.by)

    def get_listed(self):
        kinds, places, _ = self.kinds
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
            begun=self.get_begun(whole),
            empty=len(empty),
            by=self.by,
            columns=list(self.stage_columns.values()),
            districts=self.get_districts(),
            notes=self.get_notes(),
            waiting=self.get_waiting(),
            begun_url=village_list_url(**self.asked, tahap=BEGUN),
            board_url=board_url(**self.asked),
            **kwargs,
        )


class ExpansionRowsPage(ExpansionVillagesPage):
    """What the list and the board share: they name the villages, and may be of a state only."""

    carried = (*ExpansionVillagesPage.carried, "q", "mulai", "keadaan")

    def get_trail(self):
        above = ("per", "sumber", "province")
        asked = {name: value for name, value in self.asked.items() if name in above}
        url = f"{reverse('advocacy:expansion_coverage')}?{urlencode(asked)}"
        return [*super().get_trail(), ("Perluasan", url)]

    def get_rows(self):
        """Return the villages, which may be those only that began in a year (`mulai`)."""
        rows, year = self.filterset.qs, self.chosen("mulai")
        return begun_in(rows, self.steps, int(year)) if year else rows

    @property
    def condition(self):
        """Return the Q over last steps that the state asks for (`keadaan`), or None."""
        state = self.chosen("keadaan")
        if state == STILL:
            return self.limits.passed(self.day)
        return WITHOUT_EVIDENCE if state == BARE else None


class ExpansionVillageList(DownloadMixin, ExpansionRowsPage):
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
        Column("Alasan tanpa bukti", "reason", read=labels_of(NoEvidence)),
        Column("Perpustakaan", "library__name"),
        page_column("villages:region_detail", label="Halaman"),
    )

    def get_listed(self):
        day, source, condition = self.day, self.source, self.condition
        stage = self.chosen("tahap") or ""
        rows = in_cell(self.get_rows(), self.steps, day, stage=stage, source=source)
        if condition is not None:
            rows = with_step(rows, self.steps, day, condition, source=source)
        return with_stage(rows, self.steps, day).select_related("district", "regency", "library")

    def get_context_data(self, **kwargs):
        page = KeysetPage(self.get_listed(), self.request.GET, order=self.order, size=PAGE)
        user, sources = self.request.user, dict(ExpansionCase.Source.choices)
        for row in page:
            row.stage_now = Stage(row.stage) if row.stage else None
            row.days = (self.day - row.since).days if row.stage in UNDER_WAY else None
            row.source_words = sources.get(row.source, "")
            row.may_begin = not row.stage and user.has_perm("advocacy.add_expansioncase", row)
        downloads = {} if page.rows else {"downloads": []}
        return super().get_context_data(
            page=page,
            none=NONE,
            board_url=board_url(**self.asked),
            **downloads | kwargs,
        )
