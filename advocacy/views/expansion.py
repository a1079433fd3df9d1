"""A village on its way into the programme: its case, and the steps of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.utils.functional import cached_property

from advocacy.actions.expansion import open_case
from advocacy.expansion_stages import Stage, move_words
from advocacy.expansion_story import checklist, tell_steps, what_is_known
from advocacy.forms.expansion import HAS_ONE, CandidateForm, ExpansionStepForm, SourceForm
from advocacy.models import ExpansionCase, ExpansionStep
from advocacy.views.expansion_steps import ExpansionPage, NextStep, StepPage
from programs.models import Team
from programs.views.teams import team_first
from sinergi.kit.dates import long_date
from sinergi.kit.views import RecordCreate, RecordDetail, RecordHistory, RecordUpdate
from villages.models import Village


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
            messages.info(self.request, HAS_ONE)
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

    def add_constraint_error(self, form, error):
        """Say it of the village where somebody else was quicker."""
        if ExpansionCase.objects.filter(village=self.village).exists():
            form.add_error(None, HAS_ONE)
        else:
            super().add_constraint_error(form, error)

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


class ExpansionHistory(ExpansionPage, RecordHistory):
    hidden_columns = frozenset({"team", "province", "regency", "number", "is_backward", "left_on"})

    def get_histories(self):
        return [*super().get_histories(), ExpansionStep.history.filter(case=self.object.pk)]

    def title_of(self, row, name):
        if row.instance_type is ExpansionStep:
            return f"Langkah “{row.get_stage_display()}”, {long_date(row.reached_on)}"
        return super().title_of(row, name)
