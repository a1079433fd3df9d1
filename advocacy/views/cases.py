"""Advocacy cases: the board, the list, and one case with everything that came of it."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.views.generic import TemplateView

from advocacy.actions import correct_step, delete_case, move_case, save_case
from advocacy.filters.cases import CaseFilter
from advocacy.forms.cases import CaseForm, CorrectionForm, StepForm
from advocacy.models import AdvocacyCase, CasePlace, CaseStep, Meeting
from advocacy.views.teams import TeamRecordCreate
from programs.models import Institution
from sinergi.kit.columns import Cell, Column, labels_of, page_column
from sinergi.kit.dates import long_date
from sinergi.kit.querysets import bounded_counts
from sinergi.kit.views import (
    PageMixin,
    RecordDelete,
    RecordDetail,
    RecordHistory,
    RecordList,
    RecordUpdate,
    TransitionView,
)

COLUMN = 20  # cards in a column of the board; the list has them all


class CasePage:
    model = AdvocacyCase
    section = "partners"
    parent = ("Sasaran advokasi", "advocacy:case_board")

    def get_queryset(self):
        return super().get_queryset().with_names()


class CaseBoard(PageMixin, TemplateView):
    """A column for each stage; what has waited longest on top, what is settled newest first."""

    model = AdvocacyCase
    section = "partners"
    title = "Sasaran advokasi"
    template_name = "advocacy/case_board.html"

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        rows, mine = self.get_queryset().for_list(), self.request.GET.get("milik") == "saya"
        rows = rows.in_charge(user) if mine else rows
        counts = bounded_counts({stage: rows.filter(stage=stage) for stage in AdvocacyCase.Stage})
        columns = [self.column(rows, stage, counts[stage], today) for stage in AdvocacyCase.Stage]
        course = len(AdvocacyCase.COURSE)
        return super().get_context_data(
            course=columns[:course],
            aside=columns[course:],
            mine=mine,
            total=sum(counts.values()),
            may_add=user.has_perm("advocacy.add_advocacycase"),
            **kwargs,
        )

    def column(self, rows, stage, count, today):
        order = ("stage_since", "pk") if stage in AdvocacyCase.WAITING else ("-stage_since", "-pk")
        cards = list(rows.filter(stage=stage).order_by(*order)[:COLUMN])
        for card in cards:
            card.days, card.stalled = card.days_in_stage(today), card.is_stalled(today)
            card.movable = card.may_be_moved_by(self.request.user)
        return {
            "stage": stage,
            "cards": cards,
            "count": count,
            "more": count > len(cards),
        }


class CaseList(RecordList):
    model = AdvocacyCase
    section = "partners"
    parent = CasePage.parent
    title = "Daftar sasaran advokasi"
    crumb = "Daftar"
    template_name = "advocacy/case_list.html"
    filterset_class = CaseFilter
    order = ("stage_since", "id")
    columns = (
        Column("Yang diminta", "asked"),
        Column("Bentuk dukungan", "aim", read=labels_of(AdvocacyCase.Aim)),
        Column("Dari", "institution__name"),
        Column("Provinsi", "province__name"),
        Column("Penanggung jawab", "person_in_charge__name"),
        Column("Tahap", "stage", read=labels_of(AdvocacyCase.Stage)),
        Column("Pada tahap ini sejak", "stage_since", Cell.DATE),
        Column("Catatan", "note"),
        page_column("advocacy:case_detail", label="Halaman"),
    )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        for row in context["page"]:
            row.days, row.stalled = row.days_in_stage(today), row.is_stalled(today)
        return context


class CaseDetail(CasePage, RecordDetail):
    template_name = "advocacy/case_detail.html"
    permitted_actions = ("change", "delete")

    def get_context_data(self, **kwargs):
        case, user, today = self.object, self.request.user, timezone.localdate()
        audiences = (
            Meeting.objects.filter(audience_cases__case=case)
            .select_related("province")
            .order_by("-starts_at", "-pk")
        )
        moves, commits = case.may_be_moved_by(user), user.has_perm("advocacy.add_commitment", case)
        may = self.get_permitted_actions() | {"move": moves, "commit": commits}
        return super().get_context_data(
            case=case,
            days=case.days_in_stage(today),
            stalled=case.is_stalled(today),
            places=case.places.with_names(),
            steps=case.steps.select_related("created_by").order_by("-pk"),
            audiences=audiences[:50],
            commitments=case.commitments.with_names().with_state(today),
            may=may,
            **kwargs,
        )


class CaseCreate(CasePage, TeamRecordCreate):
    form_class = CaseForm
    title = crumb = "Catat sasaran"
    lead = "Siapa diminta apa, untuk wilayah mana, dan siapa yang memegangnya."
    success_message = "Sasaran advokasi dicatat."
    prefilled = {"instansi": ("institution", Institution)}

    def save(self, form):
        return save_case(case=form.instance, by=self.request.user, **form.places, **form.sent)


class CaseUpdate(CasePage, RecordUpdate):
    form_class = CaseForm
    searches_choices = True
    crumb = "Ubah"

    def save(self, form):
        return save_case(case=form.instance, by=self.request.user, **form.places, **form.sent)


class CaseMove(CasePage, TransitionView):
    """
    To another stage, with its day and a note; a button of the board, or a card that was dragged,
    names the stage.
    """

    action = "move"
    form_class = StepForm
    question = "Pindahkan tahap “{record}”"
    explanation = "Tanggal dan catatannya menjadi riwayat sasaran ini."
    crumb = "Pindahkan"
    button = "Simpan tahap"
    done = "Tahap sasaran dicatat."
    may_resend = True

    def check_object_permission(self, record):
        if not record.may_be_moved_by(self.request.user):
            raise PermissionDenied
        return record

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"case": self.record}

    def get_initial(self):
        return super().get_initial() | {
            "on": self.record.team.today,
            "stage": self.request.GET.get("ke"),
        }

    def perform(self, **step):
        move_case(case=self.record, by=self.request.user, **step)


class StepUpdate(RecordUpdate):
    """The day or the note of a case's last step, mistyped."""

    model = CaseStep
    section = "partners"
    parent = CasePage.parent
    record_in_trail = False
    form_class = CorrectionForm
    title = crumb = "Perbaiki tahap terakhir"

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_title(self):
        return self.title

    def get_parents(self):
        case = self.object.case
        return [*super().get_parents(), (str(case), case.get_absolute_url())]

    def get_cancel_url(self):
        return self.object.get_absolute_url()

    @property
    def lead(self):
        return str(self.object)

    def save(self, form):
        return correct_step(step=form.instance, by=self.request.user, **form.sent)


class CaseDelete(CasePage, RecordDelete):
    question = "Hapus sasaran “{record}”?"
    crumb = button = "Hapus sasaran"
    done = "Sasaran advokasi dihapus."
    history_name = "advocacy:case_history"

    def perform(self, version):
        delete_case(case=self.record, by=self.request.user, version=version)


class CaseHistory(CasePage, RecordHistory):
    hidden_columns = frozenset({"team", "province", "stage_since"})  # the day of its last step

    def get_histories(self):
        return [
            *super().get_histories(),
            *(model.history.filter(case=self.object.pk) for model in (CaseStep, CasePlace)),
        ]

    def title_of(self, row, name):
        if row.instance_type is CasePlace:
            return f"Wilayah sasaran “{name('village' if row.village_id else 'regency')}”"
        if row.instance_type is CaseStep:
            return f"Tahap “{row.get_stage_display()}”, {long_date(row.on)}"
        return super().title_of(row, name)
