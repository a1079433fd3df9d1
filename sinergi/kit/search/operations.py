"""The operation of a migration that indexes the words of a table, on both databases."""

from django.db.migrations.operations.base import Operation

#: The column on PostgreSQL, which is in no model: what writes rows does not know of it.
COLUMN = "search_words"
#: As much of the longer texts of a row as is indexed: a tsvector may have one megabyte.
LONGEST = 100_000
#: What parts words, and letters without their accents, for PostgreSQL, whose parser would else
#: read "188.44/12/SK" as a path; FTS5 splits and folds like this by itself.
MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
ACCENTS = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿ"
LETTERS = "AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyy"
#: What a number is written with beside its letters and digits: the whole is indexed without.
IN_NUMBERS = "./-– "


class SearchIndex(Operation):
    """
    Index the words of a model: `title` weighs more than `text`; `numbers` of letters and decrees
    belong to the title and are found by their parts and as a whole.

    PostgreSQL: a stored generated column and its GIN index. SQLite: a table of FTS5 that triggers
    keep up, which are made when the migrations are through (sinergi.kit.search.sqlite), for no
    table can be made anew while a trigger of another one reads it. There `province` and `regency`,
    the paths of the model's queryset, say in whose places a row lies, so that a search reads no
    more than these.

    To change a column of the index: a RemoveSearchIndex before, a SearchIndex after.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name, *, title=(), text=(), numbers=(), province, regency=None):
        self.model_name = model_name
        self.title, self.text, self.numbers = tuple(title), tuple(text), tuple(numbers)
        self.province, self.regency = province, regency

    def deconstruct(self):
        given = {"title": self.title, "text": self.text, "numbers": self.numbers}
        given |= {"province": self.province, "regency": self.regency}
        return type(self).__name__, [self.model_name], given

    @property
    def columns(self):
        return (*self.title, *self.numbers, *self.text)

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            add_column(schema_editor, to_state.apps.get_model(app_label, self.model_name), self)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            drop_column(schema_editor, from_state.apps.get_model(app_label, self.model_name))

    def describe(self):
        return f"Index the words of {self.model_name}"


class RemoveSearchIndex(SearchIndex):
    """Take an index away, given as it was made."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        super().database_forwards(app_label, schema_editor, to_state, from_state)

    def describe(self):
        return f"Index the words of {self.model_name} no more"


def add_column(schema_editor, model, index):
    table, quoted = model._meta.db_table, schema_editor.quote_name
    columns = {name: quoted(model._meta.get_field(name).column) for name in index.columns}
    titles = [columns[name] for name in (*index.title, *index.numbers)]
    titles += [f"translate({columns[name]}, '{IN_NUMBERS}', '')" for name in index.numbers]
    words = [f"setweight({_words(_joined(titles))}, 'A')"] if titles else []
    if index.text:
        text = _joined([columns[name] for name in index.text])
        words.append(f"setweight({_words(f'left({text}, {LONGEST})')}, 'B')")
    schema_editor.execute(
        f"ALTER TABLE {quoted(table)} ADD COLUMN {COLUMN} tsvector"
        f" GENERATED ALWAYS AS ({' || '.join(words)}) STORED",
        params=None,
    )
    schema_editor.execute(
        f"CREATE INDEX {quoted(f'{table}_words')} ON {quoted(table)}"
        f" USING gin ({COLUMN}) WITH (fastupdate = off)"
    )


def drop_column(schema_editor, model):
    table = schema_editor.quote_name(model._meta.db_table)
    schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS {COLUMN}")


def _joined(columns):
    return " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)


def _words(text):
    marks = MARKS.replace("'", "''") + ACCENTS
    return f"to_tsvector('simple', translate({text}, '{marks}', '{' ' * len(MARKS)}{LETTERS}'))"
