"""The pages of the meeting form."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from advocacy.actions import record_meeting
from advocacy.carryover import Carryover, EarlierMeeting
from advocacy.forms.attendance import ADDED_TO_MINUTES
from advocacy.forms.minutes import MINUTES, SCHEDULE, MeetingMultiForm
from advocacy.models import AdvocacyCase, Attachment, Attendance, FollowUp, Meeting
from advocacy.views.meetings import MeetingPage
from advocacy.views.teams import TeamChoice
from programs.models import Team
from programs.views.teams import team_first
from sinergi.kit.database_errors import constraint_message
from sinergi.kit.formsets import add_blank_row
from sinergi.kit.models import Duplicate, FrozenRecord, StaleRecord
from sinergi.kit.text import parse_number
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import DRAFT_SENT, PageMixin, QueueableMixin, StoredRedirect
from villages.models import Regency

WRITES = ("simpan", "jadwal", "kirim")
SAVED, PLANNED, SUBMITTED = (
    "Rapat disimpan.",
    "Jadwal rapat disimpan.",
    "Notula dikirim ke Ketua Tim.",
)


def blank_meeting(team):
    """Return a meeting of this team that nobody has saved yet."""
    return Meeting(team=team, province=team.province)


class MeetingFormPage(QueueableMixin, PageMixin, TemplateView):
    """
    The form, once for a new meeting and once for a stored one.

    The button pressed comes as `aksi`: those of WRITES write; every other one changes the page and
    shows it again, which is how rows are added and taken away without JavaScript. `untuk` says what
    the page is for: to invite, or to write minutes.
    """

    model = Meeting
    section = "meetings"
    parent = MeetingPage.parent
    has_actions = True
    template_name = "advocacy/meeting_form.html"
    queue_kind, queue_title_field, queue_day_field = "rapat", "title", "day"

    def get(self, request, *args, **kwargs):
        meeting = self.get_meeting()
        is_schedule = request.GET.get("untuk", self.default_purpose(meeting)) == SCHEDULE
        return self.render_page(
            MeetingMultiForm(
                user=request.user,
                meeting=meeting,
                initial=self.get_initial_values(meeting),
                is_schedule=is_schedule,
            )
        )

    @staticmethod
    def default_purpose(meeting):
        """
        Return SCHEDULE for a stored meeting that is still ahead; a new one is mostly written down
        after it was held.
        """
        return (
            SCHEDULE
            if meeting.pk and meeting.state == Meeting.State.PLANNED and meeting.is_ahead
            else MINUTES
        )

    def get_initial_values(self, meeting):
        """
        Return what the address fills in: the day, the kind and the regency, where they are known;
        and for an audience the case it is to be about.
        """
        asked = {"day": day} if (day := _date(self.request.GET.get("tanggal"))) else {}
        if (kind := self.request.GET.get("jenis")) in Meeting.Kind.values:
            asked["kind"] = kind
        if regency := self.request.GET.get("kabupaten", "").replace("\x00", "")[:10]:
            places = Regency.objects.filter(province=meeting.province_id, pk=regency)
            asked |= {"regency": regency} if places.exists() else {}
        cases = AdvocacyCase.objects.filter(
            team=meeting.team, pk=parse_number(self.request.GET.get("sasaran"))
        )
        for case in cases.select_related("institution"):
            asked |= {
                "kind": Meeting.Kind.AUDIENCE,
                "cases": [case.pk],
                "title": f"Audiensi dengan {case.institution}"[:200],
            }
        return asked

    def post(self, request, *args, **kwargs):
        meeting = self.get_meeting()
        action = request.POST.get("aksi", "simpan")
        if action not in WRITES:
            return self.change_rows(meeting, action)
        if action == "kirim" and not request.user.has_perm("advocacy.submit_meeting", meeting):
            raise PermissionDenied
        multiform = MeetingMultiForm(
            user=request.user, meeting=meeting, data=request.POST.copy(), files=request.FILES
        )
        self.keep_files(multiform)
        valid = multiform.is_valid(submit=action == "kirim")
        if meeting.pk and multiform.form.cleaned_data.get("version") != meeting.version:
            return self.render_conflict(multiform, submit=action == "kirim")
        if not valid:
            return self.render_page(multiform, status=422)
        return self.write(multiform, submit=action == "kirim")

    def keep_files(self, multiform):
        """
        Keep every file at once, whatever becomes of the rest, so that it need not be chosen again.
        """
        multiform.uploaded = [
            Attachment.store(safe, kind=kind, by=self.request.user)
            for kind, safe in multiform.accept_files()
        ]

    def write(self, multiform, *, submit):
        try:
            meeting = record_meeting(multiform.get_minutes(), by=self.request.user, submit=submit)
        except Duplicate as duplicate:
            return self.render_duplicate(multiform, duplicate.record, submit=submit)
        except StaleRecord:
            return self.render_conflict(self.rebuild(multiform), submit=submit)
        except (FrozenRecord, TransitionError) as refused:
            problem = str(refused)
        except IntegrityError as error:
            problem = constraint_message(error, Meeting, FollowUp, Attendance)
        else:
            return self.redirect_to_saved(
                meeting, SUBMITTED if submit else PLANNED if multiform.is_schedule else SAVED
            )
        multiform = self.rebuild(multiform)
        multiform.problems.append(problem)
        return self.render_page(multiform, status=422)

    def rebuild(self, multiform, meeting=None):
        """
        Return the same page on fresh records: those of a write that was rolled back still carry
        what was taken back. Files it had stored stay.
        """
        fresh = MeetingMultiForm(
            user=multiform.user,
            meeting=meeting or self.get_meeting(),
            data=multiform.data,
            files=multiform.files,
        )
        fresh.uploaded = list(
            Attachment.objects.filter(pk__in=[row.pk for row in multiform.uploaded])
        )
        fresh.problems, fresh.file_problems = (
            list(multiform.problems),
            list(multiform.file_problems),
        )
        fresh.is_valid()
        return fresh

    def redirect_to_saved(self, meeting, message):
        messages.success(self.request, message, extra_tags=DRAFT_SENT)
        return StoredRedirect(meeting.get_absolute_url())

    def change_rows(self, meeting, action):
        """
        Show the page with another row, one row fewer, everybody present, or the last meeting's open
        matters; nothing is judged.
        """
        data = self.request.POST.copy()
        data["idempotency_key"] = data.get("idempotency_key") or str(uuid.uuid4())
        verb, _, what = action.partition("-")
        if verb == "tambah" and f"{what}-TOTAL_FORMS" in data:
            add_blank_row(data, what, ADDED_TO_MINUTES.get(what))
        elif verb == "hapus":
            data[f"{what}-DELETE"] = "on"
        elif verb == "bawa":
            Carryover(meeting).add_to(data)
        elif verb == "salin":
            EarlierMeeting(meeting, key=parse_number(what)).add_to(data)
        elif verb == "untuk":
            data["untuk"] = what
        multiform = MeetingMultiForm(
            user=self.request.user, meeting=meeting, data=data, files=self.request.FILES
        )
        if verb == "semua":
            for form in (*multiform.roster, *multiform.guests):
                name = form.add_prefix("presence")
                data[name] = data.get(name) or Attendance.Presence.PRESENT
        self.keep_files(multiform)
        multiform.clear_errors()
        return self.render_page(multiform)

    def render_conflict(self, multiform, *, submit):
        """
        Show both versions, for somebody saved in between; the person's text stays, and the next
        save is a decision.
        """
        saved = self.get_stored(multiform.meeting.pk)
        if self.is_same_sending(multiform, saved, submit=submit):
            return self.redirect_to_saved(saved, SUBMITTED if submit else SAVED)
        if saved.updated_by_id == self.request.user.pk:
            multiform.match_stored_rows(
                saved, in_order=False
            )  # the answer to an earlier sending got lost
            multiform = self.rebuild(multiform, meeting=self.get_stored(saved.pk))
        if not saved.is_editable:
            multiform.problems.append(
                f"Status rapat ini sekarang “{saved.get_state_display()}”; isian di bawah belum"
                " tersimpan."
            )
        multiform.data["version"] = saved.version
        return self.render_page(
            multiform, status=409, conflict=multiform.differences(saved), saved=saved
        )

    def render_duplicate(self, multiform, record, *, submit):
        """
        Show what an earlier sending of this new meeting stored, whose answer got lost; what was
        typed since is kept.
        """
        saved = self.get_stored(record.pk)
        if self.is_same_sending(multiform, saved, submit=submit):
            return self.redirect_to_saved(saved, SUBMITTED if submit else SAVED)
        multiform.data["version"] = saved.version
        multiform.match_stored_rows(saved, in_order=True)
        rebuilt = self.rebuild(multiform, meeting=self.get_stored(saved.pk))
        return self.render_page(
            rebuilt, status=409, conflict=rebuilt.differences(saved), saved=saved
        )

    def is_same_sending(self, multiform, saved, *, submit):
        """
        Return whether what was sent is stored already, by this person, in the state asked for.
        """
        arrived = saved.state == Meeting.State.SUBMITTED if submit else True
        return (
            arrived
            and saved.updated_by_id == self.request.user.pk
            and multiform.brings_nothing_new_to(saved)
        )

    def get_queue_errors(self, context):
        return [("", message) for _, message in context["multiform"].summary]

    def get_stored(self, pk):
        people = ["chair", "note_taker", "updated_by"]
        return Meeting.objects.select_related("team__province", "province", "regency", *people).get(
            pk=pk
        )

    def render_page(self, multiform, *, status=200, **context):
        meeting = multiform.meeting
        url = (
            reverse("advocacy:meeting_update", args=[meeting.pk])
            if meeting.pk
            else self.request.get_full_path()
        )
        offered = {
            "carryover": Carryover(meeting),
            "earlier": EarlierMeeting(meeting, kind=multiform.form["kind"].value()),
        }
        title = self.titles[multiform.is_schedule]
        context = self.get_context_data(
            multiform=multiform,
            meeting=meeting,
            form_url=url,
            title=title,
            crumb=title,
            **offered,
            **context,
        )
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs):
        known = Attendance.objects.guests_known_to(self.request.user)
        return super().get_context_data(known_guests=known, **kwargs)


class MeetingCreate(MeetingFormPage):
    action = "add"
    title = "Catat rapat"  # where there is no team yet
    titles = (title, "Jadwalkan rapat")

    @cached_property
    def choice(self):
        return TeamChoice(self.request, self.permission)

    def get_early_response(self):
        return None if self.choice.teams else team_first(self)

    def get_meeting(self):
        return blank_meeting(self.choice.near())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            teams=self.choice.offered(), team=self.choice.near(), **kwargs
        )


class MeetingUpdate(MeetingFormPage):
    action = "change"
    titles = ("Ubah rapat", "Ubah jadwal rapat")

    def get_parents(self):
        return [*super().get_parents(), (str(self.meeting), self.meeting.get_absolute_url())]

    def get_meeting(self):
        rows = self.get_queryset().select_related(
            "team__province", "province", "regency", "chair", "note_taker"
        )
        self.meeting = self.check_object_permission(get_object_or_404(rows, pk=self.kwargs["pk"]))
        return self.meeting

    def get(self, request, *args, **kwargs):
        if not self.get_meeting().is_editable:
            messages.warning(
                request,
                f"{self.meeting}: {self.meeting.get_state_display().lower()}, tidak dapat diubah.",
            )
            return HttpResponseRedirect(self.meeting.get_absolute_url())
        return super().get(request, *args, **kwargs)


class RosterPart(PageMixin, TemplateView):
    """
    The roster of another day, for the form when its date changes (htmx); ticks already made stay.
    """

    model = Meeting
    action = "add"
    template_name = "advocacy/_meeting_form_roster.html"

    def get_context_data(self, **kwargs):
        teams = Team.objects.visible_to(self.request.user, self.permission).select_related(
            "province"
        )
        team = get_object_or_404(teams, pk=self.kwargs["team"])
        data = self.request.GET.copy()
        multiform = MeetingMultiForm(user=self.request.user, meeting=blank_meeting(team), data=data)
        multiform.clear_errors()
        return super().get_context_data(multiform=multiform, **kwargs)


def _date(text):
    try:
        return parse_date(text or "")
    except ValueError:
        return None
