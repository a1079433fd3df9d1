"""Whether the database itself, past every check in Python, refuses or keeps a value."""

import pytest
from django.db import IntegrityError, transaction


def refused(record, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**fields)


def kept(record, **fields):
    assert type(record).objects.filter(pk=record.pk).update(**fields) == 1
