"""Meetings called off, and put back on the calendar."""

from advocacy.forms.meeting_schedules import ReplanForm
from advocacy.views.meetings import MeetingPage
from sinergi.kit.forms import ReasonForm
from sinergi.kit.views import TransitionView


class MeetingCancel(MeetingPage, TransitionView):
    action = transition = "cancel"
    form_class = ReasonForm
    question = "Batalkan rapat “{record}”?"
    explanation = "Rapat tetap tercatat sebagai dibatalkan, dengan alasannya."
    crumb = button = "Batalkan rapat"
    done = "Rapat dibatalkan."
    danger = True


class MeetingReplan(MeetingPage, TransitionView):
    """By whoever may call it off; a calendar that has the meeting keeps it, at its new time."""

    action, transition = "cancel", "replan"
    form_class = ReplanForm
    question = "Jadwalkan lagi rapat “{record}”?"
    explanation = (
        "Rapat yang sama kembali terjadwal, dengan undangan, agenda, dan lampirannya. Alasan"
        " pembatalannya tetap tercatat dalam riwayat."
    )
    crumb = button = "Jadwalkan lagi"
    done = "Rapat dijadwalkan lagi."
    related = (*MeetingPage.related, "team__province")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meeting": self.record}

    def get_initial(self):
        return super().get_initial() | {"place": self.record.place}
