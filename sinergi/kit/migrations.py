"""Migration operations beside Django's own."""

from django.db.migrations.operations.base import Operation


class CreateModels(Operation):
    """
    Run several CreateModel operations as one step of the state.

    Django renders every model that is related to a changed one anew, and here nearly all are
    related through the account that stamps them: a migration with twenty models would render a
    thousand. As one step they are rendered once; the tables are made one after the other, each with
    its indexes and constraints, so each may point to those before it.
    """

    reversible = True
    reduces_to_sql = True
    serialization_expand_args = ("operations",)

    def __init__(self, operations):
        self.operations = operations

    def deconstruct(self):
        return (type(self).__name__, [], {"operations": self.operations})

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # else each of them would render its share
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name, app_label):
        return any(operation.references_model(name, app_label) for operation in self.operations)

    def describe(self):
        return f"{len(self.operations)} operations as one step"
