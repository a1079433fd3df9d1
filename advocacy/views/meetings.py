"""Meetings: the list, the page of one with its timeline, and its transitions."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from advocacy.actions import hold_meeting
from advocacy.calendar_events import meeting_event
from advocacy.documents import OF_MEETING
from advocacy.filters.meetings import MeetingFilter
from advocacy.forms.activities import TieForm
from advocacy.meeting_columns import meeting_columns
from advocacy.models import (
    AgendaItem,
    Attachment,
    Attendance,
    AudienceCase,
    FollowUp,
    FollowUpNote,
    Meeting,
)
from advocacy.querysets.meetings import is_still_ahead, visits_between_meetings
from programs.decree_coverage import has_basis, terms_of
from sinergi.kit.calendars import google_url
from sinergi.kit.dates import in_zone, moment_text, month_year
from sinergi.kit.forms import ReasonForm
from sinergi.kit.history import RowsUnder, keys_of
from sinergi.kit.querysets import bounded_counts
from sinergi.kit.views import RecordDetail, RecordHistory, RecordList, TransitionView


class MeetingPage:
    model = Meeting
    section = "meetings"
    parent = ("Rapat", "advocacy:meeting_list")
    related = ("province", "regency")


class MeetingList(RecordList):
    """Newest first, grouped by month; what is planned stands above."""

    model = Meeting
    title, section = "Rapat", "meetings"
    filterset_class = MeetingFilter
    order = ("-starts_at", "-id")
    #: The tabs: state (None: all) and label. Counted are those in which something waits to be done.
    TABS = [
        (None, "Semua"),
        *((s.value, s.label) for s in Meeting.State if s != Meeting.State.CANCELLED),
    ]
    COUNTED = [Meeting.State.PLANNED, *Meeting.EDITABLE[1:], Meeting.State.SUBMITTED]
    reads_whole_rows = True

    def get_columns(self):
        return meeting_columns(lambda key, name: getattr(self.told[key], name))

    def get_export_rows(self):
        rows = Meeting.objects.visible_to(self.request.user).for_export()
        return self.filterset_class(self.request.GET, rows, request=self.request).qs

    def prepare_rows(self, rows):
        """Count what the list counts."""
        self.told = Meeting.objects.counts([row.id for row in rows], timezone.localdate())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        visible = Meeting.objects.visible_to(self.request.user)
        counts = bounded_counts(
            {state: visible.filter(state=state) if state else visible for state, _ in self.TABS}
        )
        context["tabs"] = [(state, label, counts[state]) for state, label in self.TABS]
        rows = context["page"].rows
        context["rows"] = {
            "groups": by_month(rows),
            "counts": Meeting.objects.counts([row.id for row in rows], timezone.localdate()),
            "kinds": dict(Meeting.Kind.choices),
            "without_basis": {
                row.id for row in rows if row.state not in Meeting.NOT_HELD and not row.has_basis
            },
            "statuses": {state.value: state.status for state in Meeting.State},
        }
        context["kept"] = [("state", state)] if (state := self.request.GET.get("state")) else []
        return context


def by_month(rows):
    """
    Return [(heading, [(row, start on the province's clock)])]: what is still ahead, then by month.
    """
    groups, now = [], timezone.now()
    for row in rows:
        zone_name = row.province__time_zone
        day = in_zone(row.starts_at, zone_name)
        ahead = is_still_ahead(day, zone_name, now, day_is_set=row.day_is_set)
        heading = "Akan datang" if row.state == Meeting.State.PLANNED and ahead else month_year(day)
        if not groups or groups[-1][0] != heading:
            groups.append((heading, []))
        groups[-1][1].append((row, day))
    return groups


class MeetingDetail(MeetingPage, RecordDetail):
    has_actions = True
    template_name = "advocacy/meeting_detail.html"

    permitted_actions = ("change", "submit", "approve", "cancel")
    related = (
        *MeetingPage.related,
        "team",
        "activity",
        "chair__institution",
        "note_taker__institution",
        "submitted_by",
        "approved_by",
        "taken_back_by",
        "returned_by",
        "reopened_by",
        "cancelled_by",
        "replanned_by",
        "held_by",
        "created_by",
        "updated_by",
    )

    def get_context_data(self, **kwargs):
        meeting, user = self.object, self.request.user
        words = meeting.words
        attendance = list(meeting.attendance.all())
        followups = list(
            meeting.followups.select_related("person_in_charge", "minuted_person").order_by(
                "order", "pk"
            )
        )
        today = timezone.localdate()
        for row in followups:
            row.meeting, row.province = meeting, meeting.province
            row.status, row.closable = row.status_on(today), row.may_be_closed_by(user)
            row.words = words["followups"][str(row.pk)]
        cases = list(meeting.audience_cases.select_related("case")) if meeting.is_audience else []
        for row in cases:
            row.words = words["cases"][str(row.pk)]
        return super().get_context_data(
            words=words,
            agenda=number_decisions(meeting.agenda.all()),
            members=[a for a in attendance if not a.is_guest],
            guests=[a for a in attendance if a.is_guest],
            present_count=sum(a.presence == "present" and not a.is_guest for a in attendance),
            guests_present=sum(a.presence == "present" and a.is_guest for a in attendance),
            invites=meeting.state == Meeting.State.PLANNED
            or (
                meeting.state == Meeting.State.CANCELLED
                and not any(a.presence for a in attendance if not a.is_guest)
            ),
            roles={a.person_id: a.role for a in attendance},
            followups=followups,
            attachments=meeting.attachments.all(),
            google=self.get_google_url(),
            timeline=meeting_timeline(meeting, words["by"]),
            without_basis=meeting.has_minutes
            and not has_basis(
                terms_of([meeting.team_id]).get(meeting.team_id, []), meeting.starts.date()
            ),
            may_tie=meeting.may_be_tied_by(user),
            audience_cases=cases,
            visits=(
                visits_between_meetings(meeting)
                if meeting.kind == Meeting.Kind.INTERNAL and user.has_perm("advocacy.view_visit")
                else []
            ),
            commitments=meeting.commitments.select_related("institution")
            .with_state(today)
            .order_by("pk"),
            may_commit=meeting.has_minutes and user.has_perm("advocacy.add_commitment", meeting),
            may_publish=meeting.has_minutes
            and user.has_perm("advocacy.add_mediacoverage", meeting),
            documents=[one for one in OF_MEETING if one.is_available(meeting)],
            media=meeting.media.order_by("-published_on", "-pk")[:20],
            may_take_back=meeting.may_be_taken_back_by(user)
            and user.has_perm("advocacy.submit_meeting", meeting),
            sent_by_reader=meeting.state == Meeting.State.SUBMITTED
            and not meeting.may_be_approved_by(user),
            **kwargs,
        )

    def get_google_url(self):
        """Return where Google adds it to one's calendar, or "": it has no day, or no longer."""
        event = meeting_event(self.object, self.get_record_url())
        return google_url(event) if event and not event.cancelled else ""


def number_decisions(agenda):
    """
    Return the agenda items, each decision with its number through the whole minutes: K1, K2, …
    """
    items, number = list(agenda), 0
    for item in items:
        if item.decision:
            number += 1
            item.number = number
    return items


class MeetingHistory(MeetingPage, RecordHistory):
    #: Of attendance, what follows from the institution and the name.
    hidden_columns = frozenset({"team", "province", "sector", "label", "kept"})
    CHILDREN = (AgendaItem, Attendance, FollowUp, Attachment, AudienceCase)

    def get_histories(self):
        rows = [model.history.filter(meeting=self.object.pk) for model in self.CHILDREN]
        progress = RowsUnder(FollowUpNote, "followup", keys_of(FollowUp, meeting=self.object.pk))
        return [*super().get_histories(), *rows, progress]

    def title_of(self, row, name):
        if row.instance_type is AudienceCase:
            return f"Sasaran yang dibahas “{name('case')}”"
        if row.instance_type is FollowUpNote:
            return f"Perkembangan “{name('followup')}”"
        return super().title_of(row, name)


#: Where the sections of the meeting form begin.
SECTIONS = {"attendance": "kehadiran", "agenda": "agenda"}


class MeetingHold(MeetingPage, TransitionView):
    action, transition = "change", "hold"
    question = "Catat bahwa rapat ini sudah berlangsung?"
    explanation = "Setelah itu notulanya dapat diisi dan dikirim."
    crumb = button = "Catat sudah berlangsung"
    done = "Rapat dicatat sudah berlangsung. Isi notulanya."

    def perform(self, version):
        hold_meeting(meeting=self.record, by=self.request.user, version=version)


class MeetingSubmit(MeetingPage, TransitionView):
    """
    What is missing is shown before anybody is asked, each with a link to where it is filled in.
    """

    action = transition = "submit"
    template_name = "advocacy/meeting_submit.html"
    question = "Kirim notula “{record}” ke Ketua Tim?"
    explanation = "Selama menunggu pengesahan, notula tidak dapat diubah."
    crumb = button = "Kirim notula"
    done = "Notula dikirim ke Ketua Tim."

    def get_context_data(self, **kwargs):
        gaps = self.record.missing_for_minutes() if self.record.is_editable else []
        form = reverse("advocacy:meeting_update", args=[self.record.pk])
        links = [
            (f"{form}#{SECTIONS.get(gap.field, f'id_{gap.field}')}", gap.message) for gap in gaps
        ]
        return super().get_context_data(gaps=links, form_url=form, **kwargs)


class MeetingTakeBack(MeetingPage, TransitionView):
    """
    By who sent it alone; of a meeting that is not with the chair the question says so when it is
    answered.
    """

    action, transition = "submit", "take_back"
    question = "Tarik kembali notula “{record}”?"
    explanation = (
        "Notula kembali menjadi draf: perbaiki, lalu kirim lagi. Bila Ketua Tim lebih dulu"
        " memutuskan, itu yang berlaku."
    )
    crumb = button = "Tarik kembali"
    done = "Notula ditarik kembali. Perbaiki, lalu kirim lagi."

    def check_object_permission(self, record):
        if record.state == Meeting.State.SUBMITTED and not record.may_be_taken_back_by(
            self.request.user
        ):
            raise PermissionDenied
        return super().check_object_permission(record)


class MeetingApprove(MeetingPage, TransitionView):
    action = transition = "approve"
    question = "Sahkan notula “{record}”?"
    explanation = "Setelah disahkan, isi notula tidak dapat diubah."
    crumb = button = "Sahkan notula"
    done = "Notula disahkan."


class MeetingReturn(MeetingPage, TransitionView):
    action, transition = "approve", "send_back"
    form_class = ReasonForm
    question = "Minta perbaikan notula “{record}”?"
    explanation = "Sekretariat melihat alasan ini dan mengirim notula lagi setelah diperbaiki."
    crumb = button = "Minta perbaikan"
    done = "Notula dikembalikan ke sekretariat."


class MeetingReopen(MeetingPage, TransitionView):
    action, transition = "approve", "reopen"
    form_class = ReasonForm
    question = "Buka kembali notula “{record}” yang sudah disahkan?"
    explanation = (
        "Alasan ini tetap tercatat dalam riwayat. Setelah diperbaiki, notula perlu disahkan lagi."
    )
    crumb = button = "Buka kembali"
    done = "Notula dibuka kembali."
    danger = True


class MeetingTie(MeetingPage, TransitionView):
    """Which planned activity it counts for; also after its minutes are approved."""

    action, transition = "change", "tie"
    form_class = TieForm
    question = "Kaitkan “{record}” dengan rencana kerja"
    explanation = "Rapat yang berlangsung dihitung sebagai kemajuan kegiatannya."
    crumb = "Kaitkan"
    button = "Simpan"
    done = "Kaitan dengan rencana disimpan."
    related = (*MeetingPage.related, "team__province")

    def get_form_kwargs(self):
        record = self.record
        return super().get_form_kwargs() | {
            "record": record,
            "day": record.starts.date(),
            "log": "meetings",
        }

    def get_initial(self):
        return super().get_initial() | {"activity": self.record.activity_id}

    def perform(self, version, activity):
        self.record.tie(activity, by=self.request.user, version=version)


@dataclass(frozen=True)
class TimelineEntry:
    label: str
    note: str = ""
    css_class: str = ""
    at: datetime | None = None


def meeting_timeline(meeting, names):
    """
    Return what happened, in order, then what the meeting waits for and what comes after; `names` is
    {stamp: who made it}.
    """
    stamps = [
        ("created", "Dicatat", ""),
        ("held", "Dicatat sudah berlangsung", ""),
        ("submitted", "Notula dikirim", ""),
        ("taken_back", "Ditarik kembali", ""),
        ("returned", "Diminta diperbaiki", meeting.return_reason),
        ("reopened", "Dibuka kembali", meeting.reopen_reason),
        ("approved", "Disahkan", ""),
        ("cancelled", "Dibatalkan", meeting.cancel_reason),
        ("replanned", "Dijadwalkan lagi", ""),
    ]
    entries = []
    for name, label, reason in stamps:
        at, by = (
            getattr(meeting, f"{name}_at"),
            names.get(name, ""),
        )  # minutes approved before a stamp was there keep no name for it
        if at:
            note = f"{moment_text(timezone.localtime(at))}{f' · {reason}' if reason else ''}"
            entries.append(TimelineEntry(f"{label} oleh {by}" if by else label, note, at=at))
    entries.sort(key=lambda entry: entry.at)
    state = meeting.state
    if state == Meeting.State.PLANNED:
        entries += [
            TimelineEntry("Menunggu rapat berlangsung", css_class="now"),
            TimelineEntry("Notula dikirim", css_class="upcoming"),
        ]
    elif state in (Meeting.State.HELD, Meeting.State.RETURNED):
        entries += [
            TimelineEntry("Notula sedang ditulis", css_class="now"),
            TimelineEntry("Disahkan Ketua Tim", css_class="upcoming"),
        ]
    elif state == Meeting.State.SUBMITTED:
        entries += [
            TimelineEntry("Menunggu pengesahan Ketua Tim", css_class="now"),
            TimelineEntry("Disahkan", css_class="upcoming"),
        ]
    return entries
