"""How a query asks for rows with certain words."""

from django.db.models import BooleanField, F, Func

from sinergi.kit.search.operations import COLUMN
from sinergi.kit.search.sqlite import has_text_key, words_table

FEW, MANY = "few", "many"
#: Looking at one row costs a look-up of the words, so walking pays only where most rows have them.
#: Measured with 50,000 rows: of 5,000, 30,000 and no bound this was the quickest.
FEW_ROWS = 30_000


def places_of(scope):
    """Return the places of a Scope as words of the index on SQLite; none for the whole country."""
    if scope.national:
        return ()
    provinces = (f"p{code.replace('.', '')}" for code in scope.provinces)
    return (*sorted(provinces), *sorted(f"r{code.replace('.', '')}" for code in scope.regencies))


class Matches(Func):
    """
    Whether a row of an indexed model has these words (sinergi.kit.search.words).

    `places` (of a Scope) only spare SQLite what lies elsewhere: `visible_to` alone says what may be
    seen. `newest` and `first` bound what SQLite reads to so many rows, from one end of the keys.
    `only_if` makes two halves of an ordered query on SQLite, of which one has no row: FEW reads all
    rows with the words, to be sorted; MANY looks at row after row in the query's own order.
    """

    def __init__(self, words, *, places=(), newest=None, first=None, only_if=""):
        super().__init__(F("pk"), output_field=BooleanField())
        self.words, self.places = words, places
        self.newest, self.first, self.only_if = newest, first, only_if

    def as_postgresql(self, compiler, connection, **context):
        alias = compiler.quote_name_unless_alias(self.get_source_expressions()[0].alias)
        return f"{alias}.{COLUMN} @@ %s::tsquery", [self.words.for_postgresql]

    def as_sqlite(self, compiler, connection, **context):
        column = self.get_source_expressions()[0]
        sql, params = compiler.compile(column)
        model = column.target.model
        table, key = words_table(model), "key" if has_text_key(model) else "rowid"
        words = f"{{title text}} : ({self.words.for_fts5})"
        if self.places:
            named = " OR ".join(f'"{place}"' for place in self.places)
            words += f" AND places : ({named})"
        match = f'FROM "{table}" WHERE "{table}" MATCH %s'
        if self.only_if:
            few = f"(SELECT COUNT(*) FROM (SELECT 1 {match} LIMIT {FEW_ROWS + 1})) <= {FEW_ROWS}"  # noqa: S608
            if self.only_if == MANY:
                here = f"EXISTS (SELECT 1 {match} AND rowid = {sql})"
                return f"(NOT {few} AND {here})", [words, words, *params]
            return f"({few} AND {sql} IN (SELECT {key} {match}))", [words, *params, words]
        rows = f"SELECT {key} {match}"
        if bound := self.newest or self.first:
            rows += f" ORDER BY rowid {'DESC' if self.newest else 'ASC'} LIMIT {int(bound)}"
        return f"{sql} IN ({rows})", [*params, words]
