"""
What is printed, as pages and PDFs: of meetings the letter, the attendance sheet and the minutes; of
visits the report; of trips the letter; of realisations the record of the handover.
"""

from django.urls import reverse

from advocacy.actions import approved_pdf
from advocacy.documents import OF_MEETING, OF_REALISATION, OF_TRIP, OF_VISIT
from advocacy.documents.assignment_letters import ASSIGNMENT_LETTER
from advocacy.documents.invitations import INVITATION
from advocacy.documents.minutes import MINUTES
from advocacy.forms.invitations import LetterForm
from advocacy.forms.trips import TripLetterForm
from advocacy.models import Meeting
from advocacy.views.meetings import MeetingPage
from advocacy.views.realisations import RealisationPage
from advocacy.views.trips import TripPage
from advocacy.views.visits import VisitPage
from sinergi.kit.documents import requested_paper_size
from sinergi.kit.views import DocumentView, RecordUpdate


class TeamPaper:
    """A document of a record of a team, whose Word template the team may have replaced."""

    def get_word_template(self):
        rows = self.object.team.word_templates.in_use().for_document(self.document.slug)
        return rows.first()

    def get_context_data(self, **kwargs):
        team, url = self.object.team, ""
        if self.document.word and self.request.user.has_perm("programs.add_wordtemplate", team):
            url = reverse("advocacy:word_template_document", args=[team.pk, self.document.slug])
        return super().get_context_data(templates_url=url, **kwargs)


class MeetingDocument(TeamPaper, MeetingPage, DocumentView):
    """?kosong=20 gives an attendance sheet that many rows without a name."""

    documents = OF_MEETING
    permitted_actions = ("change",)
    #: What the words of minutes that are not approved yet are read from.
    related = (
        *MeetingPage.related,
        "team__province",
        "activity",
        "chair__institution",
        "note_taker__institution",
        "approved_by",
    )

    def get_pdf(self, data):
        if self.document is not MINUTES or self.object.state != Meeting.State.APPROVED:
            return super().get_pdf(data)
        return approved_pdf(
            meeting=self.object,
            paper_size=requested_paper_size(self.request),
            make=lambda: super(MeetingDocument, self).get_pdf(data),
        )


class InvitationUpdate(MeetingPage, RecordUpdate):
    """Number, day, signature, and copies of the letter; not once the minutes are sent."""

    form_class = LetterForm
    crumb = "Surat undangan"
    lead = (
        "Nomor dan tanda tangan sering dibubuhkan di SRIKANDI: unduh Word-nya, unggah ke sana, lalu"
        " catat nomornya di sini. Acara, waktu, dan yang diundang diambil dari rapatnya."
    )
    success_message = "Surat undangan disimpan."

    def get_title(self):
        return f"Surat undangan: {self.object}"

    def get_success_url(self):
        return reverse("advocacy:meeting_document", args=[self.object.pk, INVITATION.slug])


class VisitDocument(VisitPage, DocumentView):
    documents = OF_VISIT
    related = (*VisitPage.related, "activity", "created_by", "sent_by")


class RealisationDocument(RealisationPage, DocumentView):
    documents = OF_REALISATION


class TripDocument(TeamPaper, TripPage, DocumentView):
    documents = OF_TRIP
    permitted_actions = ("change",)


class TripLetterUpdate(TripPage, RecordUpdate):
    """Number, day, basis, signature, and copies of the letter of a trip."""

    form_class = TripLetterForm
    crumb = "Surat tugas"
    lead = (
        "Nomor dan tanda tangan sering dibubuhkan di SRIKANDI; catat nomornya di sini. Tujuan,"
        " waktu, dan yang ditugaskan diambil dari perjalanannya."
    )
    success_message = "Surat tugas disimpan."

    def get_title(self):
        return f"Surat tugas: {self.object}"

    def get_success_url(self):
        return reverse("advocacy:trip_document", args=[self.object.pk, ASSIGNMENT_LETTER.slug])
