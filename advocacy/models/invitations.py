"""The letter that invites to a meeting: what it says beside the meeting itself."""

from django.db import models

from advocacy.models.letters import LetterMixin
from sinergi.kit.fields import PlainCharField, PlainTextField


class InvitationMixin(LetterMixin):
    """
    The columns of a meeting's letter of invitation.

    They may be left empty: a letter is often numbered and signed elsewhere (SRIKANDI), and is a
    draft here until it has its number and its day, and there is a day and somebody to invite.
    """

    letter_gap = (
        "Surat undangan memerlukan nomor, tanggal surat, tanggal rapat, dan paling sedikit satu"
        " yang diundang."
    )
    letter_changed = "Rapat ini, atau kopnya, berubah sejak suratnya bernomor."

    invitation_number = PlainCharField("nomor surat undangan", max_length=100, blank=True)
    invited_on = models.DateField("tanggal surat undangan", null=True, blank=True)
    inviter_position = PlainCharField(
        "jabatan penanda tangan",
        max_length=150,
        blank=True,
        help_text="Kosong berarti kepala dinas yang membawahi tim.",
    )
    inviter_name = PlainCharField("nama penanda tangan", max_length=150, blank=True)
    copies_to = PlainTextField(
        "tembusan",
        max_length=1000,
        blank=True,
        help_text="Satu penerima per baris, misalnya Sekretaris Daerah.",
    )

    class Meta:
        abstract = True

    @property
    def is_invitation_complete(self):
        """Whether the letter has its number and its day, and the meeting a day to invite to."""
        return bool(self.invitation_number and self.invited_on and self.day_is_set)
