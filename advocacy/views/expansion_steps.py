"""The steps of a village into the programme: the next one, the correction of the last."""

import uuid

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property

from advocacy.actions.expansion import add_step, correct_last_step, take_back_last_step
from advocacy.expansion_criteria import criteria
from advocacy.expansion_evidence import describe, fitting
from advocacy.expansion_stages import NEEDED, Stage, is_backward, move_words
from advocacy.forms.expansion import ExpansionCorrectionForm, ExpansionStepForm
from advocacy.models import ExpansionCase, ExpansionStep
from sinergi.kit.dates import today_in
from sinergi.kit.formsets import clear_errors
from sinergi.kit.models import Duplicate
from sinergi.kit.views import CHANGED, RecordUpdate, TransitionView
from villages.models import Library


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
        return Stage(self.asked) if self.asked in self.stages else self.next_stage

    @property
    def asked(self):
        return self.request.GET.get("ke", "")

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
        try:
            return super().form_valid(form)
        except Duplicate as duplicate:
            return self.render_duplicate(form, duplicate.record)

    def perform(self, version, idempotency_key, **answers):
        is_there = self.asked and self.asked != self.stage  # it has reached it meanwhile
        add_step(
            case=self.record,
            step=self.step,
            by=self.request.user,
            version=-1 if is_there else version,
            idempotency_key=idempotency_key,
        )

    def form_invalid(self, form):
        """
        Tell whoever read an earlier version of the case so, whatever else is wrong; unless this
        very page has moved it.
        """
        read, key = (form.cleaned_data.get(name) for name in ("version", "idempotency_key"))
        if not self.is_stale and read is not None and read != self.stored_version:
            try:
                ExpansionStep.refuse_duplicate(by=self.request.user, idempotency_key=key)
            except Duplicate as duplicate:
                return self.render_duplicate(form, duplicate.record)
            self.is_stale = True
        return self.render_stale(form) if self.is_stale else super().form_invalid(form)

    def render_duplicate(self, form, step):
        """Answer as done what says the same as the step that it has made, and nothing else."""
        if step.case_id == self.record.pk and form.repeats(step):
            return self.saved()
        return self.render_stale(form)

    def render_stale(self, form):
        """
        Show the page as the case stands now, with what was typed. Where it has reached the stage
        that was asked for, the page is about the next one, and is to be answered anew.
        """
        if not self.get_queryset().filter(pk=self.kwargs["pk"]).exists():
            return super().form_invalid(form)
        for name in ("record", "steps", "stage", "criteria"):
            self.__dict__.pop(name, None)
        data = form.data.copy()
        data["version"], data["idempotency_key"] = self.record.version, uuid.uuid4()
        told = CHANGED
        if self.asked == self.last.stage:
            data["evidence"] = data["reason"] = ""
            told = f"Desa ini sudah pada tahap {self.last.get_stage_display().lower()}. {CHANGED}"
        form = self.form_class(**self.get_form_kwargs() | {"data": data})
        clear_errors(form)
        form.add_error(None, told)
        return self.render_to_response(self.get_context_data(form=form), status=409)

    def get_context_data(self, **kwargs):
        cancel = self.record.get_absolute_url()
        return super().get_context_data(cancel_url=cancel, **self.get_step_context(), **kwargs)


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
        own = describe(step.kind, step.evidence) if step.kind else None
        if own and own.value not in {one.value for one in offered}:
            offered = [own, *offered]
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
