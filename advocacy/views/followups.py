"""Follow-ups: the list, the page of one with its progress, and what is done with it."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from advocacy.actions import close_followup, note_progress, reopen_followup
from advocacy.filters.followups import FollowUpFilter
from advocacy.forms.followups import CloseForm, ProgressForm
from advocacy.models import FollowUp, FollowUpNote
from sinergi.kit.columns import ROW, Cell, Column, moment_column, page_column
from sinergi.kit.dates import today_in
from sinergi.kit.forms import ReasonForm
from sinergi.kit.models import Duplicate, StaleRecord
from sinergi.kit.querysets import bounded_counts
from sinergi.kit.views import (
    QueueableMixin,
    RecordCreate,
    RecordDetail,
    RecordList,
    TransitionView,
)

LATEST = 100  # entries of the log on its page; the history has all


class FollowUpList(RecordList):
    """Mine, the team's, the overdue and the done; the first due on top."""

    model = FollowUp
    title, section = "Tindak lanjut", "followups"
    filterset_class = FollowUpFilter
    order = ("due_on", "id")
    reads_whole_rows = True
    columns = (
        Column("Kapan", "due_on", Cell.DATE, about="tenggat yang berlaku sekarang"),
        Column("Kapan menurut notula", "due_in_minutes", Cell.DATE),
        Column("Apa", "what"),
        Column("Siapa", "holder"),
        Column("Dari", "origin_text"),
        Column(
            "Status",
            ROW,
            read=lambda row: row.status_on(timezone.localdate()).label,
            about="pada hari data ini diunduh",
        ),
        moment_column("Selesai pada", "closed_at"),
        Column("Hasil", "closing_note"),
        page_column("advocacy:followup_detail", label="Halaman"),
    )
    TABS = [
        ("saya", "Milik saya"),
        ("tim", "Semua terbuka"),
        ("terlambat", "Terlambat"),
        ("selesai", "Selesai"),
    ]
    EMPTY = {
        "saya": "Tidak ada tindak lanjut yang menunggu Anda",
        "tim": "Tidak ada tindak lanjut yang terbuka",
        "terlambat": "Tidak ada yang lewat tenggat",
        "selesai": "Belum ada yang selesai",
    }

    @cached_property
    def lists(self):
        """{tab: its rows}"""
        rows = (
            FollowUp.objects.visible_to(self.request.user).without_cancelled().order_by(*self.order)
        )
        today = timezone.localdate()
        return {
            "saya": rows.open().in_charge(self.request.user),
            "tim": rows.open(),
            "terlambat": rows.overdue(today),
            "selesai": rows.closed(),
        }

    @property
    def tab(self):
        """The list asked for; without a word, one's own, or the team's for whoever holds none."""
        asked = self.request.GET.get("daftar")
        if asked in dict(self.TABS) and not (asked == "saya" and self.request.GET.get("person")):
            return asked  # somebody's are looked for among the team's
        if self.request.GET.get("person"):
            return "tim"
        return "saya" if hasattr(self.request.user, "person") else "tim"

    def get_queryset(self):
        return self.lists[self.tab].for_list()

    def get_export_rows(self):
        return self.get_listed().select_related("province")

    def get_filter_words(self):
        return [("Bagian", dict(self.TABS)[self.tab]), *super().get_filter_words()]

    def empty(self, counts):
        """
        Return what an empty list says, and where it leads: to what is open, or to where follow-ups
        come from.
        """
        content = {
            "heading": self.EMPTY[self.tab],
            "text": "Tindak lanjut dicatat dalam notula rapat.",
        }
        if counts["tim"]:
            return content | {"url": "?daftar=tim", "button": "Lihat semua yang terbuka"}
        if self.request.user.has_perm("advocacy.add_meeting"):
            return content | {"url": reverse("advocacy:meeting_create"), "button": "Catat rapat"}
        return content | {"url": reverse("advocacy:meeting_list"), "button": "Buka rapat"}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        counts = bounded_counts(self.lists)
        today = timezone.localdate()
        for row in context["page"]:
            row.status = row.status_on(today)
            row.closable = row.may_be_closed_by(self.request.user)
        kept = [("daftar", self.tab)]
        return context | {
            "kept": kept,
            "tab": self.tab,
            "tabs": [(key, label, counts[key]) for key, label in self.TABS],
            "today": today,
            "asked_of": self.filterset.form.cleaned_data.get("person"),
            "empty": self.empty(counts),
        }


class FollowUpPage:
    model = FollowUp
    section = "followups"
    parent = ("Tindak lanjut", "advocacy:followup_list")
    record_in_trail = False

    def get_queryset(self):
        return super().get_queryset().with_names()


class FollowUpDetail(FollowUpPage, RecordDetail):
    """How it stands, what the minutes said, and what was done since."""

    template_name = "advocacy/followup_detail.html"

    def get_context_data(self, **kwargs):
        row, user = self.object, self.request.user
        entries = list(row.progress.with_names()[:LATEST])
        closings = [entry.created_at for entry in entries if entry.kind == FollowUpNote.Kind.CLOSED]
        return super().get_context_data(
            followup=row,
            status=row.status_on(today_in(row.province.time_zone)),
            entries=entries,
            closing_told=any(row.closed_at and at >= row.closed_at for at in closings),
            may_progress=row.may_be_closed_by(user),
            may_reopen=row.may_be_reopened_by(user),
            **kwargs,
        )


class ProgressCreate(RecordCreate):
    """By whoever may close it."""

    model = FollowUpNote
    form_class = ProgressForm
    section = "followups"
    parent = FollowUpPage.parent
    title = crumb = "Catat perkembangan"
    success_message = "Perkembangan dicatat."

    @cached_property
    def followup(self):
        rows = FollowUp.objects.visible_to(self.request.user).with_names()
        row = get_object_or_404(rows, pk=self.kwargs["followup"])
        if row.is_open and not row.may_be_closed_by(self.request.user):
            raise PermissionDenied
        return self.check_object_permission(row)

    def get(self, request, *args, **kwargs):
        if not self.followup.is_open:
            messages.warning(request, "Tindak lanjut ini sudah diselesaikan.")
            return HttpResponseRedirect(self.followup.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def new_object(self):
        return FollowUpNote(followup=self.followup)

    def save(self, form):
        try:
            return note_progress(
                note=form.instance,
                seen=form.cleaned_data.get("seen"),
                by=self.request.user,
                **form.sent,
            )
        except StaleRecord as stale:
            if isinstance(stale.record, FollowUp):
                del self.followup
                form.read_anew(self.followup)
            raise

    def get_parents(self):
        return [*super().get_parents(), (str(self.followup), self.followup.get_absolute_url())]

    @property
    def lead(self):
        return self.followup.holder_text

    def get_success_url(self):
        return self.followup.get_absolute_url()


class FollowUpClose(QueueableMixin, FollowUpPage, TransitionView):
    """
    Done, with a note of what came of it: by the person in charge or by the secretariat. A closing
    that is sent twice is stored once.
    """

    action = "close"
    form_class = CloseForm
    question = "Selesaikan “{record}”?"
    explanation = "Catat apa hasilnya, supaya terbaca pada rapat berikutnya."
    crumb = button = "Selesaikan"
    done = "Tindak lanjut selesai."
    queue_kind = "tindak lanjut"

    def get_initial(self):
        return super().get_initial() | {"idempotency_key": uuid.uuid4()}

    def check_object_permission(self, record):
        if record.is_open and not record.may_be_closed_by(self.request.user):
            raise PermissionDenied
        return super().check_object_permission(record)

    def perform(self, version, note, upload, idempotency_key):
        close_followup(
            followup=self.record,
            note=note,
            safe=self.form.safe,
            by=self.request.user,
            version=version,
            idempotency_key=idempotency_key,
        )

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Duplicate as duplicate:
            entry = duplicate.record
        if entry.followup_id == self.record.pk and form.matches(entry):
            return self.saved()
        form.add_error(None, f"Tindak lanjut ini sudah Anda selesaikan dengan hasil: {entry.text}")
        conflict = [("Hasilnya", form.cleaned_data["note"], entry.text)]
        return self.render_to_response(
            self.get_context_data(form=form, conflict=conflict), status=409
        )

    def get_form(self, form_class=None):
        self.form = super().get_form(form_class)
        return self.form


class FollowUpReopen(FollowUpPage, TransitionView):
    """By whoever closed it."""

    action = "close"
    form_class = ReasonForm
    question = "Buka lagi “{record}”?"
    explanation = (
        "Tindak lanjut ini kembali ditunggu. Hasil yang sudah dicatat tetap terbaca dalam"
        " perkembangannya."
    )
    crumb = button = "Buka lagi"
    done = "Tindak lanjut dibuka lagi."

    def check_object_permission(self, record):
        if not record.is_open and not record.may_be_reopened_by(self.request.user):
            raise PermissionDenied
        return super().check_object_permission(record)

    def perform(self, **sent):
        reopen_followup(followup=self.record, by=self.request.user, **sent)
