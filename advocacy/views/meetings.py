"""The list of meetings, and the page of one: the minutes."""

from django.utils import timezone

from advocacy.filters import MeetingFilter
from advocacy.models import (
    AgendaItem,
    Attachment,
    Attendance,
    AudienceCase,
    FollowUp,
    FollowUpNote,
    Meeting,
)
from advocacy.models.meetings import STATE_CHIPS
from advocacy.querysets.meetings import counts_of
from advocacy.views.timeline import timeline_of
from programs.decree_coverage import has_basis, terms_of
from sinergi.kit.dates import in_zone, month_year
from sinergi.kit.history import RowsUnder, keys_of
from sinergi.kit.querysets import bounded_counts
from sinergi.kit.views import RecordDetail, RecordHistory, RecordList


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

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        visible = Meeting.objects.visible_to(self.request.user)
        counts = bounded_counts(
            {state: visible.filter(state=state) if state else visible for state, _ in self.TABS}
        )
        context["tabs"] = [(state, label, counts[state]) for state, label in self.TABS]
        rows = context["page"].rows
        context["rows"] = {
            "groups": grouped(rows),
            "counts": counts_of(Meeting, [row.id for row in rows], timezone.localdate()),
            "kinds": dict(Meeting.Kind.choices),
            "without_basis": {
                row.id for row in rows if row.state not in Meeting.NOT_HELD and not row.has_basis
            },
            "states": {state.value: (state.label, STATE_CHIPS[state]) for state in Meeting.State},
        }
        context["kept"] = [("state", state)] if (state := self.request.GET.get("state")) else []
        return context


def grouped(rows):
    """[(heading, [(row, start on the province's clock)])]: what is still ahead, then by month."""
    groups, now = [], timezone.localtime()
    for row in rows:
        day = in_zone(row.starts_at, row.province__time_zone)
        ahead = (
            row.starts_at >= now
            if row.day_is_set
            else (day.year, day.month) >= (now.year, now.month)
        )
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
            row.late, row.closable = row.days_late(today), row.may_be_closed_by(user)
            row.words = words["followups"][str(row.pk)]
        cases = list(meeting.audience_cases.select_related("case")) if meeting.is_audience else []
        for row in cases:
            row.words = words["cases"][str(row.pk)]
        return super().get_context_data(
            words=words,
            agenda=numbered(meeting.agenda.all()),
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
            timeline=timeline_of(meeting, words["by"]),
            without_basis=meeting.has_minutes
            and not has_basis(
                terms_of([meeting.team_id]).get(meeting.team_id, []), meeting.starts.date()
            ),
            may_tie=meeting.may_be_tied_by(user),
            audience_cases=cases,
            commitments=meeting.commitments.select_related("institution")
            .with_standing(today)
            .order_by("pk"),
            may_commit=meeting.has_minutes and user.has_perm("advocacy.add_commitment", meeting),
            may_publish=meeting.has_minutes
            and user.has_perm("advocacy.add_mediacoverage", meeting),
            media=meeting.media.order_by("-published_on", "-pk")[:20],
            may_take_back=meeting.may_be_taken_back_by(user)
            and user.has_perm("advocacy.submit_meeting", meeting),
            sent_by_reader=meeting.state == Meeting.State.SUBMITTED
            and not meeting.may_be_approved_by(user),
            **kwargs,
        )


def numbered(agenda):
    """The agenda items, each decision with its number through the whole minutes: K1, K2, …"""
    items, number = list(agenda), 0
    for item in items:
        if item.decision:
            number += 1
            item.number = number
    return items


class MeetingHistory(MeetingPage, RecordHistory):
    #: Of attendance, what follows from the institution and the name.
    hidden_columns = frozenset({"team", "province", "sector", "label", "kept"})
    TOLD = (AgendaItem, Attendance, FollowUp, Attachment, AudienceCase)

    def get_histories(self):
        rows = [model.history.filter(meeting=self.object.pk) for model in self.TOLD]
        progress = RowsUnder(FollowUpNote, "followup", keys_of(FollowUp, meeting=self.object.pk))
        return [*super().get_histories(), *rows, progress]

    def title_of(self, row, name):
        if row.instance_type is AudienceCase:
            return f"Sasaran yang dibahas “{name('case')}”"
        if row.instance_type is FollowUpNote:
            return f"Perkembangan “{name('followup')}”"
        return super().title_of(row, name)
