"""Letters of meetings and trips: what each says beside its record, and keeping it anew."""

from django.urls import reverse

from advocacy.actions import save_letter
from advocacy.documents.assignment_letters import ASSIGNMENT_LETTER, assignment_letter_to_keep
from advocacy.documents.invitations import INVITATION, invitation_to_keep
from advocacy.forms.invitations import LetterForm
from advocacy.forms.trips import TripLetterForm
from advocacy.views.meetings import MeetingPage
from advocacy.views.trips import TripPage
from sinergi.kit.views import RecordUpdate, TransitionView


class InvitationUpdate(MeetingPage, RecordUpdate):
    """Number, day, signature, and copies of the letter; not once the minutes are sent."""

    form_class = LetterForm
    crumb = "Surat undangan"
    lead = (
        "Nomor dan tanda tangan sering dibubuhkan di SRIKANDI: unduh Word-nya, unggah ke sana, lalu"
        " catat nomornya di sini. Acara, waktu, dan yang diundang diambil dari rapatnya, saat"
        " suratnya bernomor atau isian ini diubah."
    )
    success_message = "Surat undangan disimpan."

    def get_title(self):
        return f"Surat undangan: {self.object}"

    def get_success_url(self):
        return reverse("advocacy:meeting_document", args=[self.object.pk, INVITATION.slug])

    def save(self, form):
        return save_letter(
            record=form.instance, get_words=invitation_to_keep, by=self.request.user, **form.sent
        )


class InvitationRenew(MeetingPage, TransitionView):
    """Keep anew what the numbered letter says, from the meeting as it is now."""

    action = "change"
    question = "Perbarui isi surat undangan “{record}”?"
    explanation = (
        "Isinya diambil lagi dari rapat dan kop sekarang; nomornya tetap. Yang sudah menerima surat"
        " lama perlu diberi tahu."
    )
    crumb = button = "Perbarui isi surat"
    done = "Isi surat undangan diperbarui."

    def perform(self, version):
        words = invitation_to_keep(self.record)
        self.record.keep_letter(words, by=self.request.user, version=version)

    def get_success_url(self):
        return reverse("advocacy:meeting_document", args=[self.record.pk, INVITATION.slug])


class TripLetterUpdate(TripPage, RecordUpdate):
    """Number, day, basis, signature, and copies of the letter of a trip."""

    form_class = TripLetterForm
    crumb = "Surat tugas"
    lead = (
        "Nomor dan tanda tangan sering dibubuhkan di SRIKANDI; catat nomornya di sini. Tujuan,"
        " waktu, dan yang ditugaskan diambil dari perjalanannya, saat suratnya bernomor atau isian"
        " ini diubah."
    )
    success_message = "Surat tugas disimpan."

    def get_title(self):
        return f"Surat tugas: {self.object}"

    def get_success_url(self):
        return reverse("advocacy:trip_document", args=[self.object.pk, ASSIGNMENT_LETTER.slug])

    def save(self, form):
        words = assignment_letter_to_keep
        return save_letter(record=form.instance, get_words=words, by=self.request.user, **form.sent)


class TripLetterRenew(TripPage, TransitionView):
    """Keep anew what the numbered letter says, from the trip as it is now."""

    action = "change"
    question = "Perbarui isi surat tugas “{record}”?"
    explanation = (
        "Isinya diambil lagi dari perjalanan, SK tim, dan kop sekarang; nomornya tetap. Yang sudah"
        " menerima surat lama perlu diberi tahu."
    )
    crumb = button = "Perbarui isi surat"
    done = "Isi surat tugas diperbarui."

    def perform(self, version):
        words = assignment_letter_to_keep(self.record)
        self.record.keep_letter(words, by=self.request.user, version=version)

    def get_success_url(self):
        return reverse("advocacy:trip_document", args=[self.record.pk, ASSIGNMENT_LETTER.slug])
