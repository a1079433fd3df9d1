"""Visits: the list, the report of one, its history, its photographs, and its transitions."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from advocacy.actions import add_photo, reopen_visit, send_visit
from advocacy.calendar_events import visit_event
from advocacy.documents import OF_VISIT
from advocacy.documents.visit_reports import answered_sections
from advocacy.filters.visits import VisitFilter
from advocacy.forms.activities import TieForm
from advocacy.forms.photos import PhotoForm
from advocacy.models import (
    FollowUp,
    RecommendationAnswer,
    Visit,
    VisitAttendance,
    VisitPhoto,
)
from advocacy.models.checklists import Purpose
from advocacy.querysets.visits import VISIT_NAMES
from advocacy.questions import display_answer
from sinergi.kit.calendars import google_url
from sinergi.kit.columns import Cell, Column, first_known, labels_of, moment_column, page_column
from sinergi.kit.forms import ReasonForm
from sinergi.kit.models import Duplicate
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import (
    PageMixin,
    QueueableMixin,
    RecordDelete,
    RecordDetail,
    RecordHistory,
    RecordList,
    StoredRedirect,
    TransitionView,
)


class VisitPage:
    model = Visit
    section = "libraries"
    parent = ("Kunjungan", "advocacy:visit_list")
    related = VISIT_NAMES

    def get_parents(self):
        return [("Perpustakaan", reverse("villages:library_list")), *super().get_parents()]


class VisitList(VisitPage, RecordList):
    """Newest first; the drafts are in a tab of their own."""

    title = "Kunjungan"
    filterset_class = VisitFilter
    order = ("-visited_on", "-id")
    related = ()
    columns = (
        Column("Tanggal", "visited_on", Cell.DATE),
        Column("Perpustakaan", ("kept__library", "library__name"), read=first_known),
        Column("Kode Kemendagri", "library__village_id"),
        Column("Tempat", ("kept__place", "regency__name", "province__name"), read=first_known),
        Column("Maksud", "purpose", read=labels_of(Purpose)),
        Column("Yang ditemui", "met"),
        Column("Temuan", "findings"),
        Column("Status", "state", read=labels_of(Visit.State)),
        moment_column("Dikirim pada", "sent_at"),
        page_column("advocacy:visit_detail", label="Halaman"),
    )

    def get_parents(self):
        return super().get_parents()[:1]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        state = self.request.GET.get("state")
        return context | {
            "kept": [("state", state)] if state else [],
            "tabs": [(None, "Semua"), *Visit.State.choices],
            "rows": {
                "visits": context["page"].rows,
                "purposes": dict(Purpose.choices),
                "statuses": {one.value: Visit(state=one).status for one in Visit.State},
            },
        }


class VisitDetail(VisitPage, RecordDetail):
    """The visit as a report."""

    has_actions = True
    template_name = "advocacy/visit_detail.html"
    permitted_actions = ("send", "reopen", "delete")
    related = (*VISIT_NAMES, "activity", "sent_by", "reopened_by", "created_by", "updated_by")

    def get_context_data(self, **kwargs):
        visit, user = self.object, self.request.user
        words, today = visit.words, timezone.localdate()
        made = list(visit.followups.select_related("person_in_charge", "minuted_person"))
        for row in made:
            row.visit, row.province = visit, visit.province
            row.status, row.words = row.status_on(today), words["followups"][str(row.pk)]
        answered = list(visit.recommendation_answers.select_related("followup"))
        for row in answered:
            row.words = words["answers"][str(row.pk)]
        photos = list(visit.photos.all())
        return super().get_context_data(
            visit=visit,
            words=words,
            attendance=visit.attendance.all(),
            sections=answered_sections(visit, words["earlier"]),
            made=sorted(made, key=lambda row: (row.order, row.pk)),
            answered=answered,
            photos=photos,
            photos_to_come=visit.photos_to_come(photos),
            documents=OF_VISIT,
            may_change=visit.may_be_changed_by(user),
            may_tie=visit.may_be_tied_by(user),
            google=google_url(visit_event(visit, self.get_record_url())),
            same_day=visit.same_day().select_related("created_by", "library")[:5],
            **kwargs,
        )


class VisitHistory(VisitPage, RecordHistory):
    CHILDREN = (VisitAttendance, RecommendationAnswer, FollowUp, VisitPhoto)

    def get_histories(self):
        rows = [model.history.filter(visit=self.object.pk) for model in self.CHILDREN]
        return [*super().get_histories(), *rows]

    def get_tellers(self):
        return {"answers": lambda *values: answer_changes(self.object.questions, *values)}

    def title_of(self, row, name):
        if row.instance_type is RecommendationAnswer:
            return f"Jawaban rekomendasi “{name('followup')}”"
        if row.instance_type is FollowUp:
            return f"Rekomendasi “{row.what}”"
        return super().title_of(row, name)


def answer_changes(questions, before, after):
    """Return [(question, before, after)] of the answers that differ, in words."""
    return [
        (one.text, display_answer(one, old) or None, display_answer(one, new) or None)
        for one in questions
        if (old := before.get(one.key)) != (new := after.get(one.key))
    ]


class VisitSend(VisitPage, TransitionView):
    action = transition = "send"
    question = "Kirim {record}?"
    explanation = "Setelah dikirim, isinya tidak dapat diubah kecuali dibuka kembali."
    crumb = button = "Kirim kunjungan"
    done = "Kunjungan dikirim."

    def check_object_permission(self, record):
        if record.is_draft and not record.may_be_changed_by(self.request.user):
            raise PermissionDenied
        return super().check_object_permission(record)

    def perform(self, version):
        send_visit(visit=self.record, by=self.request.user, version=version)


class VisitReopen(VisitPage, TransitionView):
    action = "reopen"
    form_class = ReasonForm
    question = "Buka kembali {record}?"
    explanation = (
        "Kunjungan kembali menjadi draf dan perlu dikirim lagi. Rekomendasi yang ditutup olehnya"
        " terbuka lagi sampai saat itu. Alasannya tetap tercatat dalam riwayat."
    )
    crumb = button = "Buka kembali"
    done = "Kunjungan dibuka kembali."
    danger = True

    def perform(self, **sent):
        reopen_visit(visit=self.record, by=self.request.user, **sent)


class VisitDelete(VisitPage, RecordDelete):
    question = "Hapus draf {record}?"
    crumb = button = "Hapus draf"
    done = "Draf kunjungan dihapus."
    history_name = "advocacy:visit_history"

    def check_object_permission(self, record):
        if record.is_draft and not record.may_be_changed_by(self.request.user):
            raise PermissionDenied
        return super().check_object_permission(record)


class VisitTie(VisitPage, TransitionView):
    """Which planned activity it counts for; also after it was sent."""

    action, transition = "change", "tie"
    form_class = TieForm
    question = "Kaitkan {record} dengan rencana kerja"
    explanation = "Kunjungan yang terkirim dihitung sebagai kemajuan kegiatannya."
    crumb = "Kaitkan"
    button = "Simpan"
    done = "Kaitan dengan rencana disimpan."
    related = (*VISIT_NAMES, "activity")

    def get_form_kwargs(self):
        record = self.record
        return super().get_form_kwargs() | {
            "record": record,
            "day": record.visited_on,
            "log": "visits",
        }

    def get_initial(self):
        return super().get_initial() | {"activity": self.record.activity_id}

    def perform(self, version, activity):
        self.record.tie(activity, by=self.request.user, version=version)


class PhotoCreate(QueueableMixin, VisitPage, PageMixin, View):
    """
    Take one photograph of a visit from the queue of whoever recorded it (static/js/queue.js), also
    after the visit was sent.
    """

    action = "add"
    http_method_names = ["post"]
    errors = ()

    def post(self, request, pk):
        visit = get_object_or_404(self.get_queryset(), pk=pk)
        if not visit.may_get_photo_from(request.user, request.POST.get("idempotency_key")):
            raise PermissionDenied
        form = PhotoForm(request.POST, request.FILES)
        try:
            if form.is_valid():
                add_photo(visit=visit, by=request.user, **form.sent)
                return StoredRedirect(visit.get_absolute_url())
            self.errors = [message for messages in form.errors.values() for message in messages]
        except Duplicate:
            return StoredRedirect(visit.get_absolute_url())
        except TransitionError as refused:
            self.errors = [str(refused)]
        return HttpResponse(status=422)

    def get_queue_errors(self, context):
        return [("", message) for message in self.errors]
