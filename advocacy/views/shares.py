"""Texts for WhatsApp on a page each: of a meeting, of a person's follow-ups, and for the group."""

from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from advocacy.meeting_changes import before_last_change
from advocacy.messages import followups, meetings, teams
from advocacy.models import AgendaItem, FollowUp, Meeting
from advocacy.views.meetings import MeetingPage
from advocacy.views.teams import TeamChoice
from programs.models import Person
from programs.views.teams import team_first
from sinergi.kit.dates import today_in
from sinergi.kit.views import PageMixin, RecordDetail

WEEK, TWO_WEEKS = timedelta(days=7), timedelta(days=14)
#: Follow-ups of one person in a text.
MOST_FOLLOWUPS = 50


class MeetingShare(MeetingPage, RecordDetail):
    """What fits the state that the meeting is in."""

    template_name = "advocacy/share_texts.html"
    crumb = "Bagikan"
    related = (*MeetingPage.related, "team", "chair", "note_taker", "activity")

    def get_title(self):
        return f"Bagikan “{self.object}”"

    def get_trail(self):
        return [*self.get_parents(), (str(self.object), self.object.get_absolute_url())]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            texts=texts_of(self.object, self.get_record_url()),
            why_none=WHY_NONE[self.object.day_is_set],
            back=self.object.get_absolute_url(),
            **kwargs,
        )


#: {whether it has a day: why there is nothing to send of a meeting that is planned}
WHY_NONE = {
    True: "Waktu rapat ini sudah lewat. Isi notulanya; ringkasannya dapat dikirim dari sini.",
    False: "Tetapkan dulu tanggal rapatnya; undangannya dapat dikirim dari sini.",
}


def texts_of(meeting, url):
    """Return the [ChatText] that fit the state of a meeting."""
    if meeting.is_cancelled:
        return [meetings.cancellation(meeting, url)]
    if meeting.has_minutes:
        words, rows = meeting.words, list(meeting.followups.order_by("order", "pk"))
        for row in rows:
            row.words = words["followups"][str(row.pk)]
        told = {"attendance": list(meeting.attendance.all()), "agenda": list(meeting.agenda.all())}
        return [meetings.minutes(meeting, **told, followups=rows, url=url)]
    if not (meeting.day_is_set and meeting.is_ahead):
        return []
    texts = [meetings.invitation(meeting, list(meeting.agenda.all()), url)]
    if before := before_last_change(meeting):
        texts.insert(0, meetings.change(meeting, before, url))
    today = today_in(meeting.province.time_zone)
    return [*texts, meetings.reminder(meeting, today, url)]


class PersonReminder(RecordDetail):
    """All open follow-ups of one person, in one text to them."""

    model = Person
    permission = "advocacy.view_followup"
    template_name = "advocacy/share_texts.html"
    section = "followups"
    parent = ("Tindak lanjut", "advocacy:followup_list")
    related = ("province",)
    crumb = "Ingatkan"
    record_in_trail = False

    def get_title(self):
        return f"Ingatkan {self.object}"

    def get_context_data(self, **kwargs):
        person = self.object
        asked = urlencode({"province": person.province_id, "person": person.pk})
        back = f"{reverse('advocacy:followup_list')}?{asked}"
        rows = FollowUp.objects.visible_to(self.request.user).open().without_cancelled()
        rows = list(rows.filter(person_in_charge=person).order_by("due_on", "id")[:MOST_FOLLOWUPS])
        today, url = today_in(person.province.time_zone), self.request.build_absolute_uri(back)
        texts = [followups.reminder_of_person(person, rows, today, url)] if rows else []
        return super().get_context_data(
            texts=texts,
            why_none=f"{person} tidak memegang tindak lanjut yang terbuka.",
            back=back,
            **kwargs,
        )


class GroupSummary(PageMixin, TemplateView):
    """What comes, what is late and what was decided in one's team, for its group."""

    model = FollowUp
    template_name = "advocacy/share_texts.html"
    section = "followups"
    parent = ("Tindak lanjut", "advocacy:followup_list")
    title = crumb = "Ringkasan untuk grup"

    def get_early_response(self):
        return None if self.choice.teams else team_first(self)

    @cached_property
    def choice(self):
        return TeamChoice(self.request, "programs.view_team")

    def get_context_data(self, **kwargs):
        user, team, now = self.request.user, self.choice.near(), timezone.now()
        here, most = {"province": team.province_id}, teams.MOST + 1
        coming = Meeting.objects.visible_to(user).coming(now).filter(**here, day_is_set=True)
        coming = coming.filter(starts_at__lte=now + WEEK).select_related("province")
        late = FollowUp.objects.visible_to(user).overdue(team.today).without_cancelled()
        decided = AgendaItem.objects.visible_to(user).decided_since(team, now - TWO_WEEKS)
        text = teams.group_summary(
            team,
            coming=list(coming.order_by("starts_at", "id")[:most]),
            late=list(late.filter(**here).with_names().order_by("due_on", "id")[:most]),
            decided=list(decided[:most]),
            today=team.today,
            url=self.request.build_absolute_uri(reverse("advocacy:followup_list")),
        )
        shown = {"texts": [text], "team": team, "teams": self.choice.offered()}
        return super().get_context_data(**shown | kwargs)
