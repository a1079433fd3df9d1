"""Named reads over imports."""

from sinergi.kit.querysets import ScopedQuerySet


class ImportBatchQuerySet(ScopedQuerySet):
    """A list of the whole country lies in no province: national administrators see it."""

    def for_list(self):
        return self.select_related("province", "created_by").defer(
            "answers", "columns", "column_names"
        )
