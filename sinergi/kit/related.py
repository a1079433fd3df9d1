"""Rows that only say which other records belong to one."""


def sync_related(rows, name, wanted, *, new, by):
    """
    Keep the rows whose `name` (a foreign key) is wanted, delete the others, and add what is missing
    with `new(record)`. Return the records that were missing.
    """
    missing = {record.pk: record for record in wanted}
    for row in rows:
        if missing.pop(getattr(row, f"{name}_id"), None) is None:
            row.delete_as(by=by)
    for record in missing.values():
        new(record).save_as(by=by)
    return list(missing.values())
