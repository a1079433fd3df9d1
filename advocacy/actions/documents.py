"""Keep what was printed of what is final."""

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from advocacy.models import ApprovedPaper
from sinergi.kit.storage import take_back


def approved_pdf(*, meeting, paper_size, make):
    """
    Return the PDF (bytes) of these approved minutes: the one that was kept, or else what `make()`
    returns, which is kept from here on.

    Of two first downloads at once one is kept, and both get that one.
    """
    same = {"meeting": meeting, "approved_at": meeting.approved_at, "paper_size": paper_size}
    if (content := _kept(same)) is not None:
        return content
    row = ApprovedPaper(**same)
    content = make()
    row.file.save(f"{meeting.pk}.pdf", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        take_back(row.file.storage, [row.file.name])
        return _kept(same) or content
    return content


def _kept(same):
    """Return the bytes of a kept paper, or None: there is none, or its file is lost."""
    row = ApprovedPaper.objects.filter(**same).first()
    if row is None:
        return None
    try:
        with row.file.open("rb") as stored:
            return stored.read()
    except FileNotFoundError:
        return None
