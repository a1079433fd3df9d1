"""A village on its way into the programme: its case, and the steps of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.utils.functional import cached_property

from advocacy.actions.expansion import (
    add_step,
    correct_last_step,
    open_case,
    take_back_last_step,
)
from advocacy.expansion_criteria import criteria
from advocacy.expansion_evidence import describe, fitting
from advocacy.expansion_stages import NEEDED, Stage, is_backward, move_words
from advocacy.expansion_story import checklist, tell_steps, what_is_known
from advocacy.forms.expansion import (
    CandidateForm,
    ExpansionCorrectionForm,
    ExpansionStepForm,
    SourceForm,
)
from advocacy.models import ExpansionCase, ExpansionStep
from programs.models import Team
from programs.views.teams import team_first
from sinergi.kit.dates import long_date, today_in
from sinergi.kit.views import (
    CHANGED,
    RecordCreate,
    RecordDetail,
    RecordHistory,
    RecordUpdate,
    TransitionView,
)
from villages.models import Library, Village


class ExpansionPage:
    model = ExpansionCase
    section = "libraries"
    parent = ("Perluasan", "advocacy:expansion_coverage")

    def get_queryset(self):
        return super().get_queryset().with_places()


class StepPage:
    """What the pages share on which a step is written: the stage asked for, and what shows it."""

    has_actions = True
    template_name = "advocacy/expansion_step.html"

    @property
    def today(self):
        return today_in(self.village.province.time_zone)

    @cached_property
    def stage(self):
        """Return the stage that the address asks for (`ke`), else the one that comes next."""
        asked = self.request.GET.get("ke")
        if asked in self.stages:
            return Stage(asked)
        return self.next_stage

    @property
    def since(self):
        """Return the day from which on records would show the stage, or None: any."""
        if self.last is None or self.last.stage == Stage.STOPPED:
            return None
        if not is_backward(self.last.stage, self.stage):
            return self.last.reached_on
        earlier = self.last.case.steps.filter(stage=self.stage).order_by("number").first()
        return earlier.reached_on if earlier else None

    def get_step(self):
        return ExpansionStep(stage=self.stage)

    @cached_property
    def library(self):
        return Library.objects.filter(village=self.village).first()

    @cached_property
    def criteria(self):
        """Return what the team asks for before the library counts as independent."""
        return criteria(self.team, self.library, self.today)

    @property
    def team(self):
        return self.case.team

    def get_offered(self):
        """Return what would show the stage; to be independent, once all criteria are met."""
        if self.stage == Stage.INDEPENDENT and not all(one.is_met for one in self.criteria):
            return []
        return fitting(self.village, self.stage, self.request.user, since=self.since)

    def get_step_kwargs(self):
        """Return what the form of a step is made of (advocacy.forms.expansion.StepMixin)."""
        return {
            "step": self.get_step(),
            "last": self.last,
            "today": self.today,
            "offered": self.get_offered(),
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | self.get_step_kwargs()

    def get_step_context(self):
        return {
            "stage": self.stage,
            "stages": [Stage(key) for key in self.stages],
            "needed": NEEDED.get(self.stage, ""),
            "since": self.since,
            "village": self.village,
            "criteria": self.criteria if self.stage == Stage.INDEPENDENT else [],
        }


class NextStep(StepPage):
    """Mixin of the pages of a case that has begun: its last step, and the one that may follow."""

    @property
    def village(self):
        return self.case.village

    @cached_property
    def steps(self):
        return list(self.case.steps.with_evidence().order_by("number"))

    @property
    def last(self):
        return self.steps[-1]

    @property
    def stages(self):
        return [stage.value for stage in Stage if stage != self.last.stage]

    @property
    def next_stage(self):
        """Return the stage after the present one; a stopped case goes on where it stood."""
        if self.last.stage == Stage.STOPPED:
            return Stage(self.last.from_stage or Stage.CANDIDATE)
        return Stage(self.last.stage).next or Stage.STOPPED


class ExpansionDetail(ExpansionPage, NextStep, RecordDetail):
    template_name = "advocacy/expansion_detail.html"
    permitted_actions = ("change", "move")
    has_actions = False

    @property
    def case(self):
        return self.object

    def get_form(self):
        return ExpansionStepForm(**self.get_step_kwargs(), initial={"version": self.case.version})

    @property
    def stage(self):
        return self.next_stage

    def get_context_data(self, **kwargs):
        user, case, may = self.request.user, self.object, self.get_permitted_actions()
        library = self.library
        form = self.get_form() if may["move"] and self.stage != Stage.STOPPED else None
        seen = user.has_perm("villages.view_library", library) if library else False
        return super().get_context_data(
            may=may,
            form=form,
            button=move_words(self.last.stage, self.stage),
            last=self.last,
            days=(self.today - self.last.reached_on).days,
            steps=tell_steps(self.steps, user),
            upcoming=[stage for stage in Stage if self._is_ahead(stage)],
            checklist=checklist(self.steps, len(form.offered) if form else None),
            library=library if seen else None,
            may_add_library=not library and user.has_perm("villages.add_library", case.village),
            **self.get_step_context() | {"criteria": self.criteria},
            **kwargs,
        )

    def _is_ahead(self, stage):
        here = Stage(self.last.stage)
        return here != Stage.STOPPED and here.place < stage.place < Stage.STOPPED.place


class ExpansionMove(ExpansionPage, NextStep, TransitionView):
    """To another stage: the next one, back, stopped, or on again (`ke`)."""

    action = "move"
    form_class = ExpansionStepForm
    crumb = "Tahap"
    done = "Langkah dicatat."
    may_resend = True

    @property
    def case(self):
        return self.record

    def get_title(self):
        return f"{self.button}: {self.village.place_name}"

    @property
    def button(self):
        return move_words(self.last.stage, self.stage)

    def post(self, request, *args, **kwargs):
        self.stored_version = self.record.version
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        self.step = form.step
        return super().form_valid(form)

    def perform(self, version, **answers):
        add_step(case=self.record, step=self.step, by=self.request.user, version=version)

    def form_invalid(self, form):
        """Tell whoever read an earlier version of the case so, whatever else is wrong."""
        read = form.cleaned_data.get("version")
        if not self.is_stale and read is not None and read != self.stored_version:
            self.is_stale = True
            form.add_error(None, CHANGED)
            form.data = form.data.copy()
            form.data["version"] = self.stored_version
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=409 if self.is_stale else 422)

    def get_context_data(self, **kwargs):
        cancel = self.record.get_absolute_url()
        return super().get_context_data(cancel_url=cancel, **self.get_step_context(), **kwargs)


class ExpansionCreate(ExpansionPage, StepPage, RecordCreate):
    """
    A new case of the village in the URL, with its first step: a candidate, or
    at the stage of a list (`ke`).
    """

    form_class = CandidateForm
    crumb = "Ajukan calon"
    success_message = "Perluasan dicatat."
    last = None
    next_stage = Stage.CANDIDATE
    stages = [stage.value for stage in Stage if stage != Stage.STOPPED]

    def get_title(self):
        return f"{self.button}: {self.village.place_name}"

    @property
    def button(self):
        return move_words("", self.stage)

    def get_early_response(self):
        if self.team is None:
            return team_first(self)
        case = ExpansionCase.objects.filter(village=self.village).first()
        if case and self.request.method == "GET":
            messages.info(self.request, "Desa ini sudah punya catatan perluasan.")
            return HttpResponseRedirect(case.get_absolute_url())
        return None

    @cached_property
    def village(self):
        rows = Village.objects.visible_to(self.request.user, "advocacy.view_expansioncase")
        village = (
            rows.select_related("district", "regency", "province")
            .filter(pk=self.kwargs["village"][:13])
            .first()
        )
        if village is None or village.gone_in:
            raise Http404
        if not self.request.user.has_perm(self.permission, village):
            raise PermissionDenied
        return village

    @cached_property
    def team(self):
        rows = Team.objects.filter(province=self.village.province_id)
        return rows.select_related("province").first()

    def new_object(self):
        case = ExpansionCase()
        case.set_village(self.village, self.team)
        return case

    def get_cancel_url(self):
        return self.village.get_absolute_url()

    def save(self, form):
        return open_case(
            case=form.instance,
            step=form.step,
            by=self.request.user,
            idempotency_key=form.cleaned_data.get("idempotency_key"),
        ).case

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            known=what_is_known(self.village, self.request.user),
            **self.get_step_context(),
            **kwargs,
        )


class ExpansionUpdate(ExpansionPage, RecordUpdate):
    form_class = SourceForm
    crumb = "Ubah sumber"

    def get_title(self):
        return f"Ubah sumber: {self.object.village.place_name}"


class ExpansionStepUpdate(StepPage, RecordUpdate):
    """The day, the note or the evidence of a case's last step, mistyped."""

    model = ExpansionStep
    permission = "advocacy.move_expansioncase"
    section = "libraries"
    parent = ExpansionPage.parent
    record_in_trail = False
    form_class = ExpansionCorrectionForm
    crumb = "Perbaiki langkah terakhir"
    button = "Simpan"
    success_message = "Langkah diperbaiki."
    stages = ()

    def get_queryset(self):
        rows = ExpansionStep.objects.visible_to(self.request.user, "advocacy.view_expansioncase")
        places = ("case__village__district", "case__regency", "case__province", "case__team")
        return rows.with_evidence().select_related(*places)

    def get_title(self):
        return f"{self.crumb}: {self.object.get_stage_display().lower()}"

    def get_parents(self):
        case = self.object.case
        return [*super().get_parents(), (str(case), case.get_absolute_url())]

    @property
    def case(self):
        return self.object.case

    @property
    def village(self):
        return self.case.village

    @property
    def stage(self):
        return Stage(self.object.stage)

    @cached_property
    def last(self):
        """Return the step before it, or None."""
        before = self.object.case.steps.filter(number__lt=self.object.number)
        return before.order_by("-number").first()

    def get_step(self):
        return self.object

    def get(self, request, *args, **kwargs):
        if self.object.case.steps.filter(number__gt=self.object.number).exists():
            messages.warning(request, "Hanya langkah terakhir yang dapat diperbaiki.")
            return HttpResponseRedirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_offered(self):
        """Return what it has already, too."""
        offered, step = super().get_offered(), self.object
        if step.kind and step.evidence.pk not in {one.record.pk for one in offered}:
            offered = [describe(step.kind, step.evidence), *offered]
        return offered

    def save(self, form):
        return correct_last_step(step=form.step, by=self.request.user, version=form.sent["version"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.get_step_context(), **kwargs)


class ExpansionTakeBack(ExpansionPage, TransitionView):
    action = "move"
    question = "Hapus langkah terakhir “{record}”?"
    explanation = (
        "Hanya untuk yang keliru dicatat; riwayatnya tetap tersimpan. Yang berhenti atau mundur"
        " dicatat sebagai langkah baru."
    )
    crumb = button = "Hapus langkah terakhir"
    done = "Langkah terakhir dihapus."
    danger = True

    def perform(self, version):
        take_back_last_step(case=self.record, by=self.request.user, version=version)


class ExpansionHistory(ExpansionPage, RecordHistory):
    hidden_columns = frozenset({"team", "province", "regency", "number", "is_backward"})

    def get_histories(self):
        return [*super().get_histories(), ExpansionStep.history.filter(case=self.object.pk)]

    def title_of(self, row, name):
        if row.instance_type is ExpansionStep:
            return f"Langkah “{row.get_stage_display()}”, {long_date(row.reached_on)}"
        return super().title_of(row, name)
