"""Spreadsheets that leave the house."""

from import_export import resources

#: A cell that starts so is read as a formula by spreadsheet programs.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value):
    """The value with an apostrophe before it where a spreadsheet would run it as a formula."""
    if isinstance(value, str) and value.lstrip(" \n").startswith(DANGEROUS):
        return f"'{value}"
    return value


class ExportResource(resources.ModelResource):
    """The base of every export: each cell harmless."""

    def export_field(self, field, instance, **kwargs):
        return harmless(super().export_field(field, instance, **kwargs))
