"""
The fields that a Word template may name: one declaration is the list that people read, the list of
what is allowed, the sample, and the way from a document's data to the text.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class WordField:
    """
    A text of a document: `name` stands in the template, `key` in the document's data (None: the row
    itself is the text), `words` says what it is, `sample` is one such text.
    """

    name: str
    key: str | int | None
    words: str
    sample: str = ""

    @property
    def outline(self):
        """What a template may do with it: None, there is but its text."""
        return

    def value_in(self, data):
        """Return its text in a document's data."""
        return str(data if self.key is None else data[self.key])

    def get_sample(self):
        return self.sample

    @property
    def written(self):
        """Return how a template writes it."""
        return f"{{{{ {self.name} }}}}"


@dataclass(frozen=True)
class WordList:
    """
    A list of texts, or of rows with `parts` (WordField), repeated in the template under the name
    `row`; `samples` are as many of them as show how it looks.
    """

    name: str
    key: str | int
    words: str
    row: str
    samples: tuple
    parts: tuple = ()

    @property
    def outline(self):
        """The names of a row's parts; [] where a row is a text itself."""
        return [part.name for part in self.parts]

    def value_in(self, data):
        """Return its rows in a document's data."""
        if not self.parts:
            return [str(text) for text in data[self.key]]
        return [{part.name: part.value_in(row) for part in self.parts} for row in data[self.key]]

    def get_sample(self):
        if not self.parts:
            return list(self.samples)
        names = self.outline
        return [dict(zip(names, row, strict=True)) for row in self.samples]

    @property
    def written(self):
        """Return how a template writes paragraphs for each, one a line."""
        parts = [f"{{{{ {self.row}.{part.name} }}}}" for part in self.parts]
        inside = " ".join(parts) or f"{{{{ {self.row} }}}}"
        return f"{{%p for {self.row} in {self.name} %}}\n{inside}\n{{%p endfor %}}"


def field_outline(fields):
    """Return {name: outline}: what a template may name."""
    return {field.name: field.outline for field in fields}


def sample_of(fields):
    """Return {name: sample}: what a template shows before it is in use."""
    return {field.name: field.get_sample() for field in fields}


def values_of(fields, data):
    """Return {name: text or rows} of a document's data."""
    return {field.name: field.value_in(data) for field in fields}
