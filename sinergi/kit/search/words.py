"""What somebody types into a search field, as words that both databases look up."""

import re
import unicodedata
from dataclasses import dataclass

#: What is read of the text, and how many of its words.
MAX_LETTERS = 100
MAX_WORDS = 8
#: Fewer letters and digits find everything.
MIN_LETTERS = 2
NOT_WORD = re.compile(r"[\W_]+")


def folded(text):
    """Return the text in lower case and without accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def runs_of(text):
    """Return the runs of letters and digits, as both databases split a text: 188, 44, 12, sk."""
    return tuple(part for part in NOT_WORD.split(folded(text)) if part)


def squashed(text):
    """Return nothing but letters and digits: 18844 12 SK and 188.44/12/SK are one number."""
    return "".join(runs_of(text))


@dataclass(frozen=True)
class Words:
    """
    The words that all have to occur. A word is a tuple of forms, one of which has to occur (what
    was typed, or after it what may have been meant); a form is a tuple of parts that follow each
    other. The last word may go on, as it was typed, unless `goes_on` says otherwise.
    """

    words: tuple = ()
    goes_on: bool = True

    @classmethod
    def of(cls, text):
        chunks = (runs_of(chunk) for chunk in text[:MAX_LETTERS].split())
        return cls(tuple((parts,) for parts in chunks if parts)[:MAX_WORDS])

    def __bool__(self):
        return bool(self.words)

    @property
    def letters(self):
        return sum(len(part) for forms in self.words for part in forms[0])

    @property
    def is_enough(self):
        return self.letters >= MIN_LETTERS

    @property
    def text(self):
        return " ".join(" ".join(forms[0]) for forms in self.words)

    @property
    def whole(self):
        """Return these words one after the other, as in a name or a number; none goes on."""
        parts = tuple(part for forms in self.words for part in forms[0])
        forms = (parts, ("".join(parts),)) if len(parts) > 1 else (parts,)
        return Words((forms,), goes_on=False)

    def replaced(self, forms):
        """Return these words with other forms: {position: forms}."""
        return Words(tuple(forms.get(n, word) for n, word in enumerate(self.words)))

    @property
    def for_postgresql(self):
        """Return the text of a tsquery; a part is made of letters and digits alone."""
        return " & ".join(self._each(_tsquery, "({})", " | "))

    @property
    def for_fts5(self):
        """Return the expression of a MATCH; each form stands in quotes, so none is an operator."""
        return " AND ".join(self._each(_phrase, "({})", " OR "))

    def _each(self, write, together, separator):
        last = len(self.words) - 1
        for n, forms in enumerate(self.words):
            written = [
                write(form, self.goes_on and n == last and m == 0) for m, form in enumerate(forms)
            ]
            yield together.format(separator.join(written))

    def found_in(self, text):
        """Return the spans (start, end) of the text where one of the words begins."""
        spans, tokens = [], [(m.start(), m.end()) for m in re.finditer(r"[^\W_]+", text)]
        known = [folded(text[start:end]) for start, end in tokens]
        last = len(self.words) - 1
        for n, forms in enumerate(self.words):
            for m, form in enumerate(forms):
                spans += _places(form, tokens, known, goes_on=self.goes_on and n == last and m == 0)
        return sorted(set(spans))

    def all_in(self, text):
        """Return whether every word occurs in the text."""
        return all(Words((word,)).found_in(text) for word in self.words)


def _places(form, tokens, known, *, goes_on):
    for start in range(len(known) - len(form) + 1):
        here = known[start : start + len(form)]
        ends = here[-1].startswith(form[-1]) if goes_on else here[-1] == form[-1]
        if ends and tuple(here[:-1]) == form[:-1]:
            yield tokens[start][0], tokens[start + len(form) - 1][1]


def _tsquery(form, goes_on):
    *before, end = form
    return " <-> ".join([*(f"'{part}'" for part in before), f"'{end}'{':*' if goes_on else ''}"])


def _phrase(form, goes_on):
    return f'"{" ".join(form)}"{"*" if goes_on else ""}'
