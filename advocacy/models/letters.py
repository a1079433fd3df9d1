"""A record with a letter: what its numbered letter says is kept with it."""

from django.db import models
from django.db.models import Q

from sinergi.kit.models import FrozenRecord
from sinergi.kit.transitions import TransitionError


class LetterMixin(models.Model):
    """
    A record whose letter is final once it has its number and its day: what the letter says then is
    kept (`letter_kept`, the logo as its key), and drawn from there until somebody keeps it anew.
    """

    letter_kept = models.JSONField("isi surat yang bernomor", null=True, editable=False)

    class Meta:
        abstract = True

    def keep_letter(self, words, *, by, version=None):
        """
        Let the letter say from here on what it would say now: `words`, or None as long as it lacks
        something. Raises TransitionError, FrozenRecord or StaleRecord.
        """
        if self._is_frozen():
            raise FrozenRecord(self)
        if words is None:
            raise TransitionError(self.letter_gap)
        self.letter_kept = words
        open_rows = ~self.frozen_when if self.frozen_when else Q()
        return self.write_as("letter_kept", by=by, version=version, when=open_rows)
