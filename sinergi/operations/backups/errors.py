"""Why a backup or a restore ended without one, in words for whoever started it."""

import errno

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class BackupError(Exception):
    """Its text is what the person reads."""


def system_words(error):
    """Return in words what the system refused (an OSError)."""
    if error.errno in NO_ROOM:
        return "Tempat penyimpanan penuh."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"Tidak boleh ditulis atau dibaca: {error.filename or error.strerror}."
    where = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{where}."
