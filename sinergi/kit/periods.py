"""Periods of days, both ends included, and the constraint that two of them do not overlap."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Q

ONE_DAY = timedelta(days=1)
FOREVER = date.max


def in_force_on(day, *, start="starts_on", end="ends_on"):
    """
    Return a Q: that day lies in the period. The first and the last day count, and no last day means
    until further notice.
    """
    return Q(**{f"{start}__lte": day}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": day}))


class NoOverlap(models.BaseConstraint):
    """
    A constraint: of the rows that agree in `fields`, and have the values named in `only`, no two
    periods share a day.

    PostgreSQL holds it by an exclusion constraint (needs the extension btree_gist), SQLite by two
    triggers; on both the database refuses with an IntegrityError that names the constraint. `only`
    is {column: value, list of values, or None}.
    """

    def __init__(
        self,
        *,
        fields,
        name,
        start="starts_on",
        end="ends_on",
        only=None,
        violation_error_message=None,
    ):
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.fields, self.start, self.end, self.only = tuple(fields), start, end, dict(only or {})

    def __eq__(self, other):
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self):
        return hash(self.name)

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return (
            path,
            args,
            kwargs
            | {
                "fields": list(self.fields),
                "start": self.start,
                "end": self.end,
                "only": self.only,
            },
        )

    # In SQL -------------------------------------------------------------------------------------
    def _column(self, model, editor, name):
        return editor.quote_name(model._meta.get_field(name).column)

    def _condition(self, model, editor, row=""):
        parts = []
        for name, value in self.only.items():
            column = row + self._column(model, editor, name)
            if value is None:
                parts.append(f"{column} IS NULL")
            elif isinstance(value, (list, tuple)):
                parts.append(f"{column} IN ({', '.join(editor.quote_value(one) for one in value)})")
            else:
                parts.append(f"{column} = {editor.quote_value(value)}")
        return " AND ".join(parts)

    def _exclusion(self, model, editor):
        same = [f"{self._column(model, editor, name)} WITH =" for name in self.fields]
        start, end = self._column(model, editor, self.start), self._column(model, editor, self.end)
        where = f" WHERE ({self._condition(model, editor)})" if self.only else ""
        return (
            f"CONSTRAINT {editor.quote_name(self.name)} EXCLUDE USING gist "
            f"({', '.join(same)}, daterange({start}, {end}, '[]') WITH &&){where}"
        )

    def _triggers(self, model, editor):
        """
        Return a refusal before each insert and each update, as statements that survive a remake of
        the table.
        """
        start, end = self._column(model, editor, self.start), self._column(model, editor, self.end)
        when = [
            f"NEW.{start} IS NOT NULL",
            *([self._condition(model, editor, "NEW.")] if self.only else []),
        ]
        meets = [
            *(
                f"other.{column} = NEW.{column}"
                for column in (self._column(model, editor, name) for name in self.fields)
            ),
            *([self._condition(model, editor, "other.")] if self.only else []),
            f"other.{start} <= COALESCE(NEW.{end}, '{FOREVER}')",
            f"COALESCE(other.{end}, '{FOREVER}') >= NEW.{start}",
        ]
        key = self._column(model, editor, model._meta.pk.name)
        for verb, apart in (("INSERT", []), ("UPDATE", [f"other.{key} <> NEW.{key}"])):
            name = editor.quote_name(f"{self.name}_{verb.lower()}")
            yield Statement(
                f"CREATE TRIGGER {name} BEFORE {verb} ON %(table)s "  # noqa: S608
                f"WHEN {' AND '.join(when)} BEGIN SELECT RAISE(ABORT, '{self.name}') "
                "WHERE EXISTS (SELECT 1 FROM %(table)s AS other WHERE"
                f" {' AND '.join(meets + apart)}); END",
                table=Table(model._meta.db_table, editor.quote_name),
            )

    def constraint_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            return self._exclusion(model, schema_editor)
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return None

    def create_sql(self, model, schema_editor):
        # PostgreSQL's way alone: SQLite makes the table anew, by constraint_sql.
        return (
            f"ALTER TABLE {schema_editor.quote_name(model._meta.db_table)} ADD"
            f" {self._exclusion(model, schema_editor)}"
        )

    def remove_sql(self, model, schema_editor):
        table, name = (
            schema_editor.quote_name(model._meta.db_table),
            schema_editor.quote_name(self.name),
        )
        return f"ALTER TABLE {table} DROP CONSTRAINT {name}"

    # In a form ----------------------------------------------------------------------------------
    def _applies_to(self, instance):
        for name, value in self.only.items():
            own = getattr(instance, instance._meta.get_field(name).attname)
            if own not in (value if isinstance(value, (list, tuple)) else [value]):
                return False
        return True

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        if exclude and {*self.fields, self.start, self.end, *self.only} & set(exclude):
            return
        start, end = getattr(instance, self.start), getattr(instance, self.end)
        if start is None or not self._applies_to(instance):
            return
        same = {
            name: getattr(instance, model._meta.get_field(name).attname) for name in self.fields
        }
        if None in same.values():
            return
        others = model._base_manager.using(using).filter(**same).exclude(pk=instance.pk)
        for name, value in self.only.items():
            others = others.filter(
                **(
                    {f"{name}__isnull": True}
                    if value is None
                    else (
                        {f"{name}__in": value}
                        if isinstance(value, (list, tuple))
                        else {name: value}
                    )
                )
            )
        others = others.filter(
            Q(**{f"{self.end}__isnull": True}) | Q(**{f"{self.end}__gte": start})
        )
        if others.filter(**{f"{self.start}__lte": end or FOREVER}).exists():
            raise ValidationError(
                self.get_violation_error_message(), code=self.violation_error_code
            )
