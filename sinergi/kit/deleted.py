"""Records that were deleted, read from their history as they were last."""

from django.db import models

from sinergi.kit.history import REMOVED, STAMPS


def last_version(model, key):
    """Return a deleted record as it was last; None while it is stored, or if it never was."""
    if model._base_manager.filter(pk=key).exists():
        return None
    row = model.history.filter(id=key, history_type=REMOVED).first()
    return row and row.instance


def get_deleted(user, model, key, permission=None):
    """Return a deleted record as it was last, if `user` could see it (`visible_to`); else None."""
    record, rows = last_version(model, key), model._default_manager.all()
    return (
        record
        if record and hasattr(rows, "would_show") and rows.would_show(user, record, permission)
        else None
    )


def with_parents(record):
    """
    Return this record of some time, not stored, with what it refers to: what of that was deleted
    meanwhile stands beside it as it was last.
    """
    for field in record._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey) or not hasattr(field.related_model, "history"):
            continue
        key = getattr(record, field.attname)
        if key and field.name not in STAMPS and (gone := last_version(field.related_model, key)):
            setattr(record, field.name, gone)
    return record
