"""Changes of the records that others name, for tests of what stays as it was."""

import itertools

from django.db import IntegrityError, transaction

from programs.actions import MergeRefused

#: So that no two names are the same.
numbers = itertools.count(1)


def some(model, which):
    """One of the stored rows; any number stands for one of them."""
    rows = list(model.objects.order_by("pk"))
    return rows[which % len(rows)]


def renamed(row, *names, text):
    """Give these columns another text, each time a new one."""
    for name in names:
        setattr(row, name, f"{text} {next(numbers)}"[:100])
    row.save_as(by=None)


def tried(change, world, which, text):
    """
    Whether the change was made: two that sat in one meeting or team are not merged, and then
    nothing is written.
    """
    try:
        with transaction.atomic():
            change(world, which, text)
    except (MergeRefused, IntegrityError):
        return False
    return True
