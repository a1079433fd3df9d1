"""Named reads over imports."""

from sinergi.kit.querysets import ScopedQuerySet


class ImportBatchQuerySet(ScopedQuerySet):
    """A list of the whole country lies in no province: national administrators see it."""

    regency_path = "regency"

    def of_villages(self):
        return self.filter(quarter_number__isnull=True)

    def of_reports(self):
        return self.filter(quarter_number__isnull=False)

    def for_list(self):
        return self.select_related("province", "regency", "created_by").defer(
            "answers", "columns", "column_names"
        )
