"""Indexes and extensions that only PostgreSQL has."""

from django.contrib.postgres import operations
from django.db.migrations.operations.base import Operation


class OnPostgreSQL:
    """
    Mixin of Django's operations for extensions that skips other databases backwards too, as Django
    does forwards.
    """

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class BtreeGistExtension(OnPostgreSQL, operations.BtreeGistExtension):
    pass


class TrigramExtension(OnPostgreSQL, operations.TrigramExtension):
    pass


class TrigramIndex(Operation):
    """
    A trigram index for `column__icontains` on PostgreSQL; nothing on SQLite, whose LIKE reads the
    table.

    An operation and not a model index: the model's indexes must be the same on both databases.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name, column):
        self.model_name, self.column = model_name, column

    def deconstruct(self):
        return (type(self).__name__, [self.model_name, self.column], {})

    def state_forwards(self, app_label, state):
        pass

    def _names(self, app_label, state):
        model = state.apps.get_model(app_label, self.model_name)
        return model._meta.db_table, f"{model._meta.db_table}_{self.column}_trgm"

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            table, index = self._names(app_label, to_state)
            schema_editor.execute(
                f'CREATE INDEX "{index}" ON "{table}" USING gin (UPPER("{self.column}")'
                " gin_trgm_ops)"
            )

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f'DROP INDEX "{self._names(app_label, from_state)[1]}"')

    def describe(self):
        return f"Trigram index on {self.model_name}.{self.column}"
