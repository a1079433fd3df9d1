"""
What is printed, as pages and PDFs: of meetings the letter, the attendance sheet and the minutes; of
visits the report; of trips the letter; of realisations the record of the handover.
"""

from django.urls import reverse

from advocacy.actions import approved_pdf
from advocacy.documents import LETTERS_TO_KEEP, OF_MEETING, OF_REALISATION, OF_TRIP, OF_VISIT
from advocacy.documents.minutes import MINUTES
from advocacy.models import Meeting
from advocacy.views.meetings import MeetingPage
from advocacy.views.realisations import RealisationPage
from advocacy.views.trips import TripPage
from advocacy.views.visits import VisitPage
from sinergi.kit.documents import requested_paper_size
from sinergi.kit.views import DocumentView

#: Of a letter that became complete elsewhere than in its form.
NOT_KEPT = "Surat ini bernomor, tetapi masih draf sampai isinya diperbarui."


class TeamPaper:
    """A document of a record of a team, whose Word template the team may have replaced."""

    def get_word_template(self):
        rows = self.object.team.word_templates.in_use().for_document(self.document.slug)
        return rows.first()

    def get_context_data(self, **kwargs):
        team, url = self.object.team, ""
        if self.document.word and self.request.user.has_perm("programs.add_wordtemplate", team):
            url = reverse("advocacy:word_template_document", args=[team.pk, self.document.slug])
        note = self.get_letter_note()
        return super().get_context_data(templates_url=url, letter_note=note, **kwargs)

    def get_letter_note(self):
        """
        Return what to tell of a numbered letter that would say something else now, or "": of a
        record that may still be changed.
        """
        record, get_words = self.object, LETTERS_TO_KEEP.get(self.document.slug)
        if get_words is None or not getattr(record, "is_editable", True):
            return ""
        if record.letter_kept is not None:
            return record.letter_changed if get_words(record) != record.letter_kept else ""
        return NOT_KEPT if get_words(record) else ""


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


class VisitDocument(VisitPage, DocumentView):
    documents = OF_VISIT
    related = (*VisitPage.related, "activity", "created_by", "sent_by")


class RealisationDocument(RealisationPage, DocumentView):
    documents = OF_REALISATION


class TripDocument(TeamPaper, TripPage, DocumentView):
    documents = OF_TRIP
    permitted_actions = ("change",)
