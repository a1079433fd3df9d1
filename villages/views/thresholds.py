"""Thresholds of scores: for each year a set, made as a draft and published for good."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from sinergi.kit.columns import Cell, Column, labels_of, page_column
from sinergi.kit.forms import ReasonForm
from sinergi.kit.views import (
    RecordCreate,
    RecordDelete,
    RecordDetail,
    RecordHistory,
    RecordList,
    RecordUpdate,
    TransitionView,
)
from villages.actions.thresholds import create_thresholds, publish_thresholds, save_thresholds
from villages.filters.thresholds import ThresholdSetFilter
from villages.forms.thresholds import ThresholdForm, ThresholdSetForm
from villages.models import Library, Threshold, ThresholdSet
from villages.models.thresholds import FROZEN
from villages.quarters import Quarter
from villages.querysets.scores import compare_sets
from villages.reports.fields import Outcome
from villages.reports.indicators import INDICATOR_BY_KEY, Limits
from villages.reports.scores import ScoreState


class ThresholdPage:
    model = ThresholdSet
    section = "libraries"
    parent = ("Ambang", "villages:threshold_set_list")
    related = ("province",)

    def get_parents(self):
        places = [
            ("Perpustakaan", reverse("villages:library_list")),
            ("Capaian", reverse("villages:score_matrix")),
        ]
        return [*places, *super().get_parents()]


class ThresholdSetList(ThresholdPage, RecordList):
    title = "Ambang capaian"
    template_name = "villages/threshold_set_list.html"
    filterset_class = ThresholdSetFilter
    order = ("-year", "-id")
    columns = (
        Column("Tahun", "year", Cell.NUMBER),
        Column("Berlaku di", "province__name", read=lambda name: name or "Seluruh Indonesia"),
        Column("Status", "state", read=labels_of(ThresholdSet.State)),
        Column("Hijau mulai (persen)", "green_from", Cell.NUMBER),
        Column("Kuning mulai (persen)", "yellow_from", Cell.NUMBER),
        Column("Paling sedikit diketahui (persen)", "minimum", Cell.NUMBER),
        Column("Ditetapkan pada", "published_at", Cell.MOMENT),
        Column("Alasan", "reason"),
        page_column("villages:threshold_set_detail", label="Halaman"),
    )

    def get_parents(self):
        return super().get_parents()[:2]


class ThresholdSetDetail(ThresholdPage, RecordDetail):
    """The limits of a set, beside those of the year before."""

    template_name = "villages/threshold_set_detail.html"
    permitted_actions = ("change", "delete", "publish")
    related = ("province", "published_by")

    def get_context_data(self, **kwargs):
        one = self.object
        before = (
            ThresholdSet.objects.published()
            .filter(province=one.province_id, year__lt=one.year)
            .order_by("-year")
            .first()
        )
        earlier = before.limits if before else {}
        sections = [
            (
                outcome,
                [LimitRow(key, limits, earlier.get(key)) for key, limits in one.limits_of(outcome)],
            )
            for outcome in Outcome
        ]
        return super().get_context_data(
            threshold_set=one, sections=sections, before=before, gaps=one.gaps(), **kwargs
        )


@dataclass(frozen=True)
class LimitRow:
    """The limits of an indicator beside those of the set before, or None."""

    key: str
    limits: Limits
    before: Limits | None

    @property
    def indicator(self):
        return INDICATOR_BY_KEY[self.key]

    @property
    def green_text(self):
        return self.indicator.limit_text(self.limits.green)

    @property
    def yellow_text(self):
        return self.indicator.limit_text(self.limits.yellow)

    @property
    def before_text(self):
        """≥ 80, ≥ 40, 30%: where the set before said something else."""
        one, text = self.before, self.indicator.limit_text
        if one is None or one == self.limits:
            return ""
        return f"{text(one.green)}, {text(one.yellow)}, {one.weight}%"


class ThresholdSetCreate(ThresholdPage, RecordCreate):
    form_class = ThresholdSetForm
    title = crumb = "Susun ambang"
    lead = "Dimulai dari batas tahun sebelumnya, atau dari contoh bila belum ada."
    success_message = "Draf ambang dibuat. Sesuaikan batasnya, lalu tetapkan."

    @property
    def scope(self):
        return self.request.user.scope("villages.add_thresholdset")

    def new_object(self):
        """Return a set of the one province of this account, if it has but one."""
        if not self.scope.national and not self.scope.provinces:
            raise PermissionDenied
        only = len(self.scope.provinces) == 1 and not self.scope.national
        return ThresholdSet(province_id=next(iter(self.scope.provinces)) if only else None)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"scope": self.scope}

    def save(self, form):
        return create_thresholds(thresholds=form.instance, by=self.request.user, **form.sent)


class ThresholdSetUpdate(ThresholdPage, RecordUpdate):
    form_class = ThresholdForm
    template_name = "villages/threshold_set_form.html"
    crumb = "Ubah"

    def get(self, request, *args, **kwargs):
        if not self.object.is_draft:
            messages.warning(request, FROZEN)
            return HttpResponseRedirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(threshold_set=self.object, **kwargs)

    def save(self, form):
        return save_thresholds(
            thresholds=form.instance, rows=form.rows, by=self.request.user, **form.sent
        )


class ThresholdSetPublish(ThresholdPage, TransitionView):
    """Ask for the reason, beside what would change its colour."""

    action = "publish"
    form_class = ReasonForm
    template_name = "villages/threshold_set_publish.html"
    question = "Tetapkan ambang {record.year}?"
    explanation = (
        "Setelah ditetapkan, batas dan bobotnya tidak dapat diubah lagi. Warna triwulan tahun lain"
        " tidak berubah."
    )
    crumb = button = "Tetapkan ambang"
    done = "Ambang {record.year} ditetapkan."

    def perform(self, **sent):
        publish_thresholds(thresholds=self.record, by=self.request.user, **sent)

    def get_context_data(self, **kwargs):
        quarter = quarter_to_compare(self.record.year)
        before = ThresholdSet.objects.in_force([quarter.year])[quarter.year]
        after = before | {self.record.province_id: self.record}
        libraries = Library.objects.visible_to(self.request.user, "villages.view_libraryreport")
        libraries = libraries.village()
        if self.record.province_id:
            libraries = libraries.filter(province=self.record.province_id)
        return super().get_context_data(
            quarter=quarter,
            gaps=[*self.record.gaps(), *filter(None, [self.record.why_too_late()])],
            has_before=self.record.province_id in before or None in before,
            changes=ColourChanges(compare_sets(libraries, quarter, before, after)),
            **kwargs,
        )


def quarter_to_compare(year):
    """Return the last quarter that is over, of the set's year or before it."""
    return min(Quarter.last_ended(timezone.localdate()), Quarter(year, 4))


class ColourChanges:
    """What a set would change, of the rows of `compare_sets`."""

    def __init__(self, rows):
        self.total, self.moved, places = 0, 0, set()
        self.states = {outcome: (Counter(), Counter()) for outcome in Outcome}
        for regency, outcomes, n in rows:
            self.total += n
            if any(before != after for before, after in outcomes.values()):
                self.moved += n
                places.add(regency)
            for outcome, (before, after) in outcomes.items():
                self.states[outcome][0][before] += n
                self.states[outcome][1][after] += n
        self.places = len(places)

    @property
    def rows(self):
        """Return [(outcome, [(state, how many now, how many then)])]."""
        return [
            (outcome, [(state, before[state], after[state]) for state in ScoreState])
            for outcome, (before, after) in self.states.items()
        ]


class ThresholdSetDelete(ThresholdPage, RecordDelete):
    question = "Hapus draf ambang {record.year}?"
    crumb = button = "Hapus draf"
    done = "Draf ambang dihapus."
    history_name = "villages:threshold_set_history"


class ThresholdSetHistory(ThresholdPage, RecordHistory):
    def get_histories(self):
        own = Threshold.history.filter(threshold_set=self.object.pk)
        return [*super().get_histories(), own]

    def title_of(self, row, name):
        if row.instance_type is Threshold:
            return f"Ambang “{INDICATOR_BY_KEY[row.indicator].label}”"
        return super().title_of(row, name)
