"""The steps of a meeting, each behind a confirmation."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from advocacy.actions import hold_meeting
from advocacy.forms.ties import TieForm
from advocacy.models import Meeting
from advocacy.views.meetings import MeetingPage
from sinergi.kit.forms import ReasonForm
from sinergi.kit.views import TransitionView

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


class MeetingCancel(MeetingPage, TransitionView):
    action = transition = "cancel"
    form_class = ReasonForm
    question = "Batalkan rapat “{record}”?"
    explanation = "Rapat tetap tercatat sebagai dibatalkan, dengan alasannya."
    crumb = button = "Batalkan rapat"
    done = "Rapat dibatalkan."
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
        return super().get_form_kwargs() | {"meeting": self.record}

    def get_initial(self):
        return super().get_initial() | {"activity": self.record.activity_id}

    def perform(self, version, activity):
        self.record.tie(activity, by=self.request.user, version=version)
