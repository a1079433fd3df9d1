"""What a letter says, as it was kept once it was complete, or as it would say it now."""

import json

from programs.documents import letterhead_data, letterhead_of
from sinergi.kit.documents import CALLED_OFF, DRAFT


def letter_data(record, *, get_words, is_final=False, is_called_off=False):
    """
    Return what the letter of this record says. What was kept is drawn as it is; else what
    `get_words(record)` says now, a draft unless it can change no more (`is_final`).
    """
    kept = record.letter_kept
    said = get_words(record) if kept is None else kept
    draft = "" if kept is not None or is_final else DRAFT
    return letterhead_data(said) | {"mark": CALLED_OFF if is_called_off else draft}


def letter_letterhead(record):
    """Return the letterhead of this record's letter: as kept with the letter, or of its record."""
    if record.letter_kept is not None:
        return letterhead_data(record.letter_kept)
    return letterhead_of(record.team, getattr(record, "kept", None))


def plain(words):
    """Return the words of a letter as the database gives them back."""
    return json.loads(json.dumps(words))
