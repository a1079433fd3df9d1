"""
The index of words on SQLite: a table of FTS5 beside each indexed one, kept up by triggers.

It is made when all migrations are through (post_migrate), from the operations that were applied,
and its triggers are dropped before any is (pre_migrate): making a table anew, as Django does for
most changes, would lose its own triggers and be refused for those that read it. What lost its
triggers is filled anew. The index keeps its own copy of the words, because the keys of regions are
texts, and the rowids of such a table are not its own for ever.
"""

from django.db import connections
from django.db.migrations.loader import MigrationLoader

from sinergi.kit.search.operations import IN_NUMBERS, RemoveSearchIndex, SearchIndex

SUFFIX = "_words"
#: Accents are folded as `words.folded` does.
TOKENIZER = "unicode61 remove_diacritics 2"


def words_table(model):
    """Return the name of the index's table."""
    return f"{model._meta.db_table}{SUFFIX}"


def has_text_key(model):
    """Return whether the key is no number: those of regions, digits with points between."""
    return model._meta.pk.get_internal_type() not in ("BigAutoField", "AutoField")


def rowid(model, row):
    """Return the SQL of the row's number in the index."""
    key = f'{row}."{model._meta.pk.column}"'
    return f"CAST(REPLACE({key}, '.', '') AS INTEGER)" if has_text_key(model) else key


class Index:
    """The statements of one model's index."""

    def __init__(self, model, spec):
        self.model, self.spec = model, spec
        self.table, self.name = model._meta.db_table, words_table(model)

    def create(self):
        key = "key UNINDEXED, " if has_text_key(self.model) else ""
        return (
            f'CREATE VIRTUAL TABLE "{self.name}" USING fts5('
            f"{key}places, title, text, prefix='2 3', tokenize='{TOKENIZER}')"
        )

    def fill(self):
        """Return the statement that writes the index from the table."""
        return f'{self._insert()} SELECT {self._values("one")} FROM "{self.table}" AS one'  # noqa: S608

    def triggers(self):
        """Return {name: statement}."""
        insert = f"{self._insert()} SELECT {self._values('NEW')};"
        delete = f'DELETE FROM "{self.name}" WHERE rowid = {{}};'  # noqa: S608
        old, new = (delete.format(rowid(self.model, row)) for row in ("OLD", "NEW"))
        columns = list(dict.fromkeys(self._own_columns()))
        changed = " OR ".join(f'OLD."{one}" IS NOT NEW."{one}"' for one in columns)
        named = ", ".join(f'"{one}"' for one in columns)
        made = {
            # Whatever stands there already was replaced (INSERT OR REPLACE tells no trigger).
            "insert": f'AFTER INSERT ON "{self.table}" BEGIN {new} {insert} END',
            "delete": f'AFTER DELETE ON "{self.table}" BEGIN {old} END',
            "update": (
                f'AFTER UPDATE OF {named} ON "{self.table}" WHEN {changed}'
                f" BEGIN {old} {new} {insert} END"
            ),
        }
        made |= dict(self._above())
        return {
            f"{self.name}_{verb}": f'CREATE TRIGGER "{self.name}_{verb}" {body}'
            for verb, body in made.items()
        }

    def _insert(self):
        key = "key, " if has_text_key(self.model) else ""
        return f'INSERT INTO "{self.name}" (rowid, {key}places, title, text)'

    def _values(self, row):
        def column(name):
            return f'{row}."{self.model._meta.get_field(name).column}"'

        wholes = [column(name) for name in self.spec.numbers]
        for mark in IN_NUMBERS:
            wholes = [f"REPLACE({whole}, '{mark}', '')" for whole in wholes]
        titles = [*map(column, self.spec.title), *map(column, self.spec.numbers), *wholes]
        values = [rowid(self.model, row), self._places(row)]
        if has_text_key(self.model):
            values.insert(1, f'{row}."{self.model._meta.pk.column}"')
        values += [_joined(titles), _joined(list(map(column, self.spec.text)))]
        return ", ".join(values)

    def _places(self, row):
        """Return the SQL of the row's places as words: "p19 r1901"."""
        told = [("p", self.spec.province), ("r", self.spec.regency)]
        parts = [
            f"COALESCE('{letter}' || REPLACE({self._end(path, row)}, '.', ''), '')"
            for letter, path in told
            if path
        ]
        return " || ' ' || ".join(parts)

    def _end(self, path, row):
        """Return the SQL of the key at the end of a path of foreign keys, from this row on."""
        *above, last = self._fields(path)
        sql = f'{row}."{(above[0] if above else last).column}"'
        for n, field in enumerate(above):
            following = (above[n + 1] if n + 1 < len(above) else last).column
            parent = field.related_model._meta
            sql = (
                f'(SELECT "{following}" FROM "{parent.db_table}"'  # noqa: S608
                f' WHERE "{parent.pk.column}" = {sql})'
            )
        return sql

    def _fields(self, path):
        model = self.model
        for name in path.split("__"):
            field = model._meta.pk if name == "pk" else model._meta.get_field(name)
            yield field
            model = field.related_model

    def _own_columns(self):
        yield self.model._meta.pk.column
        for path in (self.spec.province, self.spec.regency):
            if path:
                yield next(self._fields(path)).column
        for name in self.spec.columns:
            yield self.model._meta.get_field(name).column

    def _above(self):
        """Yield the triggers of the tables above, whose places are those of the rows below."""
        seen = set()
        for path in filter(None, (self.spec.province, self.spec.regency)):
            *above, last = self._fields(path)
            for n, field in enumerate(above):
                parent = field.related_model._meta
                following = (above[n + 1] if n + 1 < len(above) else last).column
                rows = self._rows_below(above[: n + 1])
                verb = f"{parent.model_name}_{following}"
                if verb in seen:
                    continue
                seen.add(verb)
                yield (
                    verb,
                    f'AFTER UPDATE OF "{following}" ON "{parent.db_table}"'  # noqa: S608
                    f' WHEN OLD."{following}" IS NOT NEW."{following}"'
                    f' BEGIN UPDATE "{self.name}" SET places ='
                    f' (SELECT {self._places("one")} FROM "{self.table}" AS one'
                    f' WHERE one."{self.model._meta.pk.column}" = "{self.name}".rowid)'
                    f" WHERE rowid IN ({rows}); END",
                )

    def _rows_below(self, fields):
        """Return the SQL of the rows of this table below the changed row at the fields' end."""
        sql = f'NEW."{fields[-1].related_model._meta.pk.column}"'
        for field in reversed(fields):
            below = field.model._meta
            sql = (
                f'SELECT "{below.pk.column}" FROM "{below.db_table}"'  # noqa: S608
                f' WHERE "{field.column}" IN ({sql})'
            )
        return sql


def _joined(parts):
    return " || ' ' || ".join(f"COALESCE({part}, '')" for part in parts) or "''"


def applied_indexes(connection, apps):
    """Return the Index of each model that applied migrations have indexed."""
    loader, specs = MigrationLoader(connection), {}
    if not loader.applied_migrations:
        return []
    plan = loader.graph._generate_plan(nodes=loader.graph.leaf_nodes(), at_end=True)
    for key in plan:
        if key not in loader.applied_migrations:
            continue
        for operation in loader.graph.nodes[key].operations:
            name = (key[0], getattr(operation, "model_name", ""))
            if isinstance(operation, RemoveSearchIndex):
                specs.pop(name, None)
            elif isinstance(operation, SearchIndex):
                specs[name] = operation
    return [Index(apps.get_model(*name), spec) for name, spec in specs.items()]


def drop_triggers(*, using, plan, **kwargs):
    """Before migrations: drop the triggers, if there is anything to migrate."""
    connection = connections[using]
    if connection.vendor != "sqlite" or not plan:
        return
    with connection.cursor() as cursor:
        for name in _there(cursor, "trigger"):
            cursor.execute(f'DROP TRIGGER "{name}"')


def make_indexes(*, using, apps=None, **kwargs):
    """
    After migrations, and to repair: make what is missing, fill anew what had lost a trigger, and
    drop what is not asked for any more. What is complete costs reading the names.
    """
    connection = connections[using]
    if connection.vendor != "sqlite" or "plan" not in kwargs:
        return  # a flush: no table was made
    indexes = applied_indexes(connection, apps)
    with connection.cursor() as cursor:
        triggers, tables = _there(cursor, "trigger"), _there(cursor, "table")
        for name in set(tables) - {index.name for index in indexes}:
            cursor.execute(f'DROP TABLE "{name}"')
        for index in indexes:
            wanted = index.triggers()
            complete = all(triggers.get(name) == sql for name, sql in wanted.items())
            if not complete or tables.get(index.name) != index.create():
                rebuild(cursor, index)


def rebuild(cursor, index):
    """Make the index of one table anew."""
    cursor.execute(f'DROP TABLE IF EXISTS "{index.name}"')
    cursor.execute(index.create())
    cursor.execute(index.fill())
    for name, sql in index.triggers().items():
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        cursor.execute(sql)


def _there(cursor, kind):
    """Return {name: SQL} of our own triggers, or of our tables of FTS5."""
    if kind == "table":
        where = "name LIKE '%\\_words' ESCAPE '\\' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
    else:
        where = "name LIKE '%\\_words\\_%' ESCAPE '\\'"
    cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE type = '{kind}' AND {where}")  # noqa: S608
    return dict(cursor.fetchall())
