"""Write what a letter says beside its record, and keep what it says as a whole."""


def save_letter(*, record, get_words, by, version=None):
    """
    Write what the form of a letter holds: number, day, signature. What is changed there makes the
    letter anew; `get_words(record)` is what is kept of it, None as long as it lacks something.
    Raises StaleRecord or FrozenRecord.
    """
    if record.letter_kept is None or record.differs_from_stored():
        record.letter_kept = get_words(record)
    return record.save_submission(by=by, version=version)
