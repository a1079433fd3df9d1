"""Checklists: what is asked on visits, and its versions."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views import View

from advocacy.actions import (
    begin_draft,
    create_checklist,
    create_sample,
    publish_draft,
    save_questions,
)
from advocacy.filters.checklists import ChecklistFilter
from advocacy.forms.checklists import ChecklistForm, DraftForm
from advocacy.models import Checklist, ChecklistVersion
from advocacy.models.checklists import WITHDRAWN, Purpose
from advocacy.question_changes import is_reordered, question_changes
from sinergi.kit.columns import Cell, Column, labels_of, page_column
from sinergi.kit.forms import ReasonForm
from sinergi.kit.models import Duplicate
from sinergi.kit.text import parse_number
from sinergi.kit.views import (
    PageMixin,
    RecordCreate,
    RecordDetail,
    RecordHistory,
    RecordList,
    RecordUpdate,
    TransitionView,
)
from villages.models import Library, Province


def in_sections(questions):
    """Return [(heading, [(number, question)])]: a heading wherever the section changes."""
    sections = []
    for number, question in enumerate(questions, 1):
        if not sections or sections[-1][0] != question.section:
            sections.append((question.section, []))
        sections[-1][1].append((number, question))
    return sections


class ChecklistPage:
    model = Checklist
    section = "libraries"
    parent = ("Daftar periksa", "advocacy:checklist_list")
    related = ("province",)

    def get_parents(self):
        return [("Perpustakaan", reverse("villages:library_list")), *super().get_parents()]

    @property
    def scope(self):
        """Return where this account may make checklists."""
        return self.request.user.scope("advocacy.add_checklist")


class ChecklistList(ChecklistPage, RecordList):
    title = "Daftar periksa"
    filterset_class = ChecklistFilter
    columns = (
        Column("Nama", "name"),
        Column("Untuk perpustakaan", "level", read=labels_of(Library.Level)),
        Column("Maksud kunjungan", "purpose", read=labels_of(Purpose)),
        Column("Berlaku di", "province__name", read=lambda name: name or "Seluruh Indonesia"),
        Column("Versi yang berlaku", "published_number", Cell.NUMBER),
        Column("Berlaku sejak", "published_at", Cell.MOMENT),
        Column("Versi yang masih draf", "draft_number", Cell.NUMBER),
        Column("Ditarik pada", "withdrawn_at", Cell.MOMENT),
        page_column("advocacy:checklist_detail", label="Halaman"),
    )

    def get_parents(self):
        return super().get_parents()[:1]

    def get_context_data(self, **kwargs):
        return super().get_context_data(sample_key=uuid.uuid4(), **kwargs)


class ChecklistDetail(ChecklistPage, RecordDetail):
    """The questions in force, what a draft would change, and the versions before."""

    template_name = "advocacy/checklist_detail.html"
    permitted_actions = ("change", "publish", "withdraw")

    def get_queryset(self):
        return super().get_queryset().for_list()

    def get_context_data(self, **kwargs):
        versions = list(
            self.object.versions.defer("questions")
            .select_related("published_by", "created_by")
            .order_by("-number")
        )
        in_force = next((one for one in versions if not one.is_draft), None)
        draft = next((one for one in versions if one.is_draft), None)
        shown = {one.pk for one in (in_force, draft) if one}
        read = ChecklistVersion.objects.in_bulk(shown)
        asked = {key: one.asked for key, one in read.items()}
        before, after = (asked[one.pk] if one else () for one in (in_force, draft))
        return super().get_context_data(
            checklist=self.object,
            versions=versions,
            in_force=in_force,
            draft=draft,
            sections=in_sections(before if in_force else after),
            draft_questions=after,
            changes=question_changes(before, after) if in_force and draft else [],
            is_reordered=bool(in_force and draft) and is_reordered(before, after),
            **kwargs,
        )


class ChecklistCreate(ChecklistPage, RecordCreate):
    form_class = ChecklistForm
    title = crumb = "Buat daftar periksa"
    lead = "Pertanyaannya ditulis pada halaman berikutnya."
    success_message = "Daftar periksa dibuat. Sekarang tulis pertanyaannya."

    def new_object(self):
        """Return a checklist of the one province of this account, if it has but one."""
        if not self.scope.national and not self.scope.provinces:
            raise PermissionDenied
        only = len(self.scope.provinces) == 1 and not self.scope.national
        return Checklist(province_id=next(iter(self.scope.provinces)) if only else None)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"scope": self.scope}

    def save(self, form):
        return create_checklist(checklist=form.instance, by=self.request.user, **form.sent)

    def get_success_url(self):
        draft = self.object.versions.drafts().first()
        if draft is None:  # sent again after it was published
            return self.object.get_absolute_url()
        return reverse("advocacy:checklist_questions", args=[draft.pk])


class SampleCreate(ChecklistPage, PageMixin, View):
    """The sample as a draft, for whoever has no checklist yet: one tap, once."""

    action = "add"
    http_method_names = ["post"]

    def post(self, request):
        places = Province.objects.filter(pk__in=self.scope.provinces).order_by("pk")
        place = None if self.scope.national else places.first()
        if place is None and not self.scope.national:
            raise PermissionDenied
        try:
            made = create_sample(province=place, by=request.user, idempotency_key=self.get_key())
        except Duplicate as duplicate:
            made = duplicate.record
        messages.success(request, "Contoh disalin sebagai draf. Sesuaikan, lalu terbitkan.")
        return HttpResponseRedirect(made.get_absolute_url())

    def get_key(self):
        """Return the idempotency key that was sent, or None."""
        try:
            return uuid.UUID(self.request.POST.get("idempotency_key", ""))
        except ValueError:
            return None


class ChecklistUpdate(ChecklistPage, RecordUpdate):
    form_class = ChecklistForm
    crumb = "Ubah"

    def get(self, request, *args, **kwargs):
        if self.object.is_withdrawn:
            messages.warning(request, WITHDRAWN)
            return HttpResponseRedirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"scope": self.scope}


class ChecklistBegin(ChecklistPage, TransitionView):
    action = "change"
    question = "Buat versi baru “{record}”?"
    explanation = (
        "Draf dimulai sebagai salinan versi yang berlaku, yang tetap dipakai sampai draf ini"
        " diterbitkan."
    )
    crumb = button = "Buat versi baru"
    done = "Draf versi baru dibuat."

    def perform(self, version):
        self.draft = begin_draft(checklist=self.record, by=self.request.user, version=version)

    def get_success_url(self):
        return reverse("advocacy:checklist_questions", args=[self.draft.pk])


class ChecklistWithdraw(ChecklistPage, TransitionView):
    action = transition = "withdraw"
    form_class = ReasonForm
    question = "Tarik “{record}”?"
    explanation = (
        "Kunjungan baru tidak lagi memakainya. Kunjungan yang sudah dimulai tetap memakai versinya."
    )
    crumb = button = "Tarik daftar periksa"
    done = "Daftar periksa ditarik."
    danger = True


class ChecklistHistory(ChecklistPage, RecordHistory):
    def get_histories(self):
        own = ChecklistVersion.history.filter(checklist=self.object.pk)
        return [*super().get_histories(), own]

    def title_of(self, row, name):
        if row.instance_type is ChecklistVersion:
            return f"Versi {row.number}"
        return super().title_of(row, name)


# Versions ---------------------------------------------------------------------------------------
class VersionPage(ChecklistPage):
    model = ChecklistVersion
    related = ("checklist__province",)
    record_in_trail = False

    def get_parents(self):
        record = self.get_page_record()
        own = [(str(record.checklist), record.checklist.get_absolute_url())] if record else []
        return [*super().get_parents(), *own]


class VersionDetail(VersionPage, RecordDetail):
    """The questions of one version, as they were published or stand in the draft."""

    template_name = "advocacy/checklist_version.html"
    permission = "advocacy.view_checklist"
    related = (*VersionPage.related, "published_by")

    def get_context_data(self, **kwargs):
        return super().get_context_data(sections=in_sections(self.object.asked), **kwargs)


class QuestionsUpdate(VersionPage, RecordUpdate):
    """
    All questions of a draft on one page. The button pressed comes as `aksi`: all but "simpan"
    change the rows and show the page again, which is how it works without JavaScript.
    """

    permission = "advocacy.change_checklist"
    form_class = DraftForm
    template_name = "advocacy/checklist_questions.html"
    crumb = "Ubah pertanyaan"
    pressed = ("", -1)  # the verb of the button, and the number of the row to go on with

    def get_title(self):
        return f"Ubah pertanyaan versi {self.object.number}"

    def get(self, request, *args, **kwargs):
        version = self.object
        if version.is_draft and not version.checklist.is_withdrawn:
            return super().get(request, *args, **kwargs)
        messages.warning(request, version.frozen_message if not version.is_draft else WITHDRAWN)
        return HttpResponseRedirect(version.checklist.get_absolute_url())

    def post(self, request, *args, **kwargs):
        action, _, number = request.POST.get("aksi", "simpan").partition("-")
        if action == "simpan":
            return super().post(request, *args, **kwargs)
        form = DraftForm(instance=self.object)
        row = form.change_rows(request.POST.copy(), action, parse_number(number))
        self.pressed = (action, row)
        return self.render_to_response(self.get_context_data(form=form))

    def save(self, form):
        version = form.cleaned_data.get("version")
        return save_questions(
            draft=form.instance,
            questions=form.questions,
            by=self.request.user,
            version=version,
        )

    def stale(self, form, stale):
        saved = ChecklistVersion.objects.filter(pk=stale.record.pk).first()
        if saved and saved.updated_by_id == self.request.user.pk and form.is_stored_as(saved):
            return self.saved(saved)  # the answer to an earlier sending got lost
        if saved:
            form.add_rows_of(saved)
        return super().stale(form, stale)

    def get_success_url(self):
        return self.object.checklist.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(pressed=self.pressed, **kwargs)


class VersionPublish(VersionPage, TransitionView):
    permission = "advocacy.publish_checklist"
    question = "Terbitkan {record}?"
    explanation = (
        "Setelah diterbitkan, pertanyaannya tidak dapat diubah; perubahan berikutnya menjadi versi"
        " baru. Kunjungan yang sudah dimulai tetap memakai versi lamanya."
    )
    crumb = button = "Terbitkan"
    done = "{record} diterbitkan."

    def perform(self, version):
        publish_draft(draft=self.record, by=self.request.user, version=version)

    def get_success_url(self):
        return self.record.checklist.get_absolute_url()
