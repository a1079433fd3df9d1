"""The pages of the meeting form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.generic import TemplateView

from advocacy.carryover import Carryover
from advocacy.forms.sheet import MeetingSheet, blank_meeting
from advocacy.models import Attendance, Meeting
from programs.models import Team
from sinergi.kit.models import Duplicate, FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import Guarded


class MeetingSheetPage(Guarded, TemplateView):
    """
    The form, once for a new meeting and once for a stored one.

    The button pressed comes as `aksi`: "simpan" and "kirim" write; every other one changes the page and shows it
    again, which is how rows are added and taken away without JavaScript.
    """

    model = Meeting
    section = "meetings"
    has_actions = True
    template_name = "advocacy/meeting_form.html"
    conflict = ()

    def get_trail(self):
        return [("Rapat", reverse("advocacy:meeting_list"))]

    def get(self, request, *args, **kwargs):
        meeting = self.get_meeting()
        carryover = Carryover(meeting)
        initial = {"day": day} if (day := _date(request.GET.get("tanggal"))) else {}
        return self.show(MeetingSheet(user=request.user, meeting=meeting, initial=initial), carryover=carryover)

    def post(self, request, *args, **kwargs):
        meeting = self.get_meeting()
        action = request.POST.get("aksi", "simpan")
        if action not in ("simpan", "kirim"):
            return self.change_rows(meeting, action)
        sheet = MeetingSheet(user=request.user, meeting=meeting, data=request.POST.copy(), files=request.FILES)
        sheet.take_files()
        valid = sheet.is_valid()
        if meeting.pk and sheet.form.cleaned_data.get("version") != meeting.version:
            return self.stale(sheet)
        if not valid:
            return self.show(sheet, status=422)
        return self.write(sheet, submit=action == "kirim")

    def write(self, sheet, *, submit):
        try:
            meeting = sheet.save(submit=submit)
        except Duplicate as duplicate:
            return self.sent_before(sheet, duplicate.record)
        except StaleRecord:
            return self.stale(sheet)
        except (FrozenRecord, TransitionError) as refused:
            sheet.problems.append(str(refused))
        except IntegrityError:
            sheet.problems.append("Belum tersimpan: data yang sama baru saja disimpan. Periksa, lalu kirim lagi.")
        else:
            return self.done(meeting, "Notula dikirim ke Ketua Tim." if submit else "Rapat disimpan.")
        return self.show(sheet, status=422)

    def done(self, meeting, message):
        messages.success(self.request, message, extra_tags="draft-sent")
        return HttpResponseRedirect(meeting.get_absolute_url())

    def change_rows(self, meeting, action):
        """Another row, one row fewer, everybody present, the last meeting's open matters: shown, not judged."""
        data = self.request.POST.copy()
        carryover = Carryover(meeting)
        verb, _, what = action.partition("-")
        total = f"{what}-TOTAL_FORMS"
        if verb == "tambah" and data.get(total, "").isdecimal():
            data[total] = int(data[total]) + 1
        elif verb == "hapus":
            data[f"{what}-DELETE"] = "on"
        elif verb == "bawa":
            carryover.add_to(data)
        probe = MeetingSheet(user=self.request.user, meeting=meeting, data=data, files=self.request.FILES)
        if verb == "semua":
            for form in probe.roster:
                data.setdefault(form.add_prefix("presence"), Attendance.Presence.PRESENT)
                data[form.add_prefix("presence")] = data[form.add_prefix("presence")] or Attendance.Presence.PRESENT
        probe.take_files()
        probe.mute()
        return self.show(probe, carryover=carryover)

    def stale(self, sheet):
        """Somebody saved in between: both versions are shown, the person's text stays, the next save is a decision."""
        saved = Meeting.objects.select_related("province", "regency", "chair", "note_taker", "updated_by").get(
            pk=sheet.meeting.pk
        )
        conflict = sheet.differences(saved)
        if not conflict and saved.updated_by_id == self.request.user.pk:
            return self.done(saved, "Rapat disimpan.")  # the same text, sent twice
        if not saved.is_editable:
            sheet.problems.append(f"Notula ini sudah {saved.get_state_display().lower()}; isian di bawah belum tersimpan.")
        sheet.data["version"] = saved.version
        self.meeting = saved
        return self.show(sheet, status=409, conflict=conflict, saved=saved)

    def sent_before(self, sheet, saved):
        """This new meeting was stored by an earlier sending whose answer got lost; what was typed since is kept."""
        saved = Meeting.objects.select_related("province", "regency", "chair", "note_taker").get(pk=saved.pk)
        if not sheet.differences(saved):
            return self.done(saved, "Rapat disimpan.")
        data = sheet.data
        data["version"] = saved.version
        for prefix, rows in (("agenda", saved.agenda.all()), ("tindak", saved.followups.order_by("order", "pk"))):
            for number, row in enumerate(rows):
                data.setdefault(f"{prefix}-{number}-id", row.pk)
                data[f"{prefix}-{number}-id"] = data[f"{prefix}-{number}-id"] or row.pk
        for number, row in enumerate(saved.attendance.filter(is_guest=True)):
            data[f"tamu-{number}-id"] = data.get(f"tamu-{number}-id") or row.pk
        again = MeetingSheet(user=self.request.user, meeting=saved, data=data, files=self.request.FILES)
        again.uploaded = sheet.uploaded
        again.is_valid()
        return self.show(again, status=409, conflict=again.differences(saved), saved=saved)

    def show(self, sheet, *, status=200, **context):
        meeting = sheet.meeting
        context = self.get_context_data(sheet=sheet, meeting=meeting, **context)
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs):
        known = Attendance.objects.guests_known_to(self.request.user)
        return super().get_context_data(known_guests=known, **kwargs)


class MeetingCreate(MeetingSheetPage):
    action = "add"
    title = "Catat rapat"

    def get_meeting(self):
        """A blank meeting of the user's team; with several teams, of the one named in the URL."""
        teams = list(Team.objects.visible_to(self.request.user, self.permission).select_related("province")[:50])
        wanted = self.request.GET.get("tim", "")
        team = next((t for t in teams if str(t.pk) == wanted), None) or (teams[0] if teams else None)
        if team is None:
            raise PermissionDenied
        self.teams = teams
        return blank_meeting(team)

    def get_context_data(self, **kwargs):
        return super().get_context_data(teams=self.teams if len(self.teams) > 1 else [], **kwargs)


class MeetingUpdate(MeetingSheetPage):
    action = "change"
    title = "Ubah rapat"

    def get_trail(self):
        return [*super().get_trail(), (str(self.meeting), self.meeting.get_absolute_url())]

    def get_meeting(self):
        rows = self.get_queryset().select_related("team__province", "province", "regency", "chair", "note_taker")
        self.meeting = self.check(get_object_or_404(rows, pk=self.kwargs["pk"]))
        return self.meeting

    def get(self, request, *args, **kwargs):
        if not self.get_meeting().is_editable:
            messages.warning(request, f"{self.meeting}: {self.meeting.get_state_display().lower()}, tidak dapat diubah.")
            return HttpResponseRedirect(self.meeting.get_absolute_url())
        return super().get(request, *args, **kwargs)


class RosterPart(Guarded, TemplateView):
    """The roster of another day, for the form when its date changes (htmx); ticks already made stay."""

    model = Meeting
    action = "add"
    template_name = "advocacy/_roster.html"

    def get_context_data(self, **kwargs):
        teams = Team.objects.visible_to(self.request.user, self.permission).select_related("province")
        team = get_object_or_404(teams, pk=self.kwargs["team"])
        data = self.request.GET.copy()
        sheet = MeetingSheet(user=self.request.user, meeting=blank_meeting(team), data=data)
        sheet.mute()
        return super().get_context_data(sheet=sheet, **kwargs)


def _date(text):
    try:
        return parse_date(text or "")
    except ValueError:
        return None
