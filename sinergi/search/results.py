"""What a search answers with: groups of hits, the one that stands on top, and what was meant."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

from django.utils import timezone

from sinergi.kit.dates import in_zone, long_date, month_year
from sinergi.kit.search.words import Words, folded, runs_of, squashed
from sinergi.kit.text import joined
from sinergi.search import find, lexicon
from sinergi.search.kinds import BY_CODE, KINDS, PREFIXES

SHOWN = 6
SHOWN_ALONE = 100
#: More records of the same name are no exact hit, but hits.
EXACT = 3
PREFIX = re.compile(r"\s*([A-Za-z][A-Za-z-]*):\s*(.*)", re.DOTALL)
CODE = re.compile(r"\d{2}(\.?\d{2}(\.?\d{2}(\.?\d{4})?)?)?")
AROUND = 60  # letters of a quotation before and after the word


@dataclass
class Hit:
    row: find.FoundRow
    where: str = ""  # label of the text that is quoted
    quotation: list = field(default_factory=list)  # (text, is it one of the words)
    is_exact: bool = False

    @property
    def kind(self):
        return self.row.kind

    @property
    def url(self):
        return self.kind.url_of(self.row.key, self.row.link)

    @cached_property
    def title(self):
        return self.row.title

    @cached_property
    def about(self):
        """Return the small words below the title: "Calon sejak 3 Mei 2019"."""
        day = joined(" ", self.kind.day_word, written_day(self.row.day)) if self.row.day else ""
        told = self.kind.told(self.row.details)
        return joined(" " if self.kind.day_word == "sejak" else ", ", told, day)


@dataclass
class HitGroup:
    kind: object
    hits: list
    count: int | None
    url: str
    is_alone: bool = False  # by its prefix: its list is offered even if it holds no more

    @property
    def count_text(self):
        return "100+" if self.count is None else str(self.count)

    @property
    def has_more(self):
        return self.count is None or self.count > len(self.hits)

    @property
    def leads_on(self):
        return bool(self.url) and (self.has_more or self.is_alone)


class Results:
    """
    The answer to what an account typed. `groups` in their fixed order; `exact` hits of which the
    code, the number or the name is what was typed; `instead`: what was typed with the words that
    were searched for because those typed are nowhere.
    """

    def __init__(self, user, text):
        self.user, self.typed = user, text.replace("\x00", "").strip()
        self.prefix, rest = self._split(self.typed)
        self.kind = PREFIXES.get(self.prefix)
        self.words = Words.of(rest)
        self.rest = rest.strip()[:100]
        self.missing, self.instead, self.exact, self.groups = [], [], [], []
        self.coded = None  # the kind of a region found by its code, which the words do not tell
        self.counts = []  # of every kind that has hits, on top or in its group
        if self.words.is_enough:
            self._search()

    def _split(self, text):
        """Return the prefix and the rest; what is no prefix is a word like others."""
        match = PREFIX.fullmatch(text)
        if match and match[1].lower() in PREFIXES:
            return match[1].lower(), match[2]
        return "", text

    @property
    def is_empty(self):
        return not self.words

    @property
    def is_too_short(self):
        return not self.words.is_enough and bool(self.typed) and not (self.kind and not self.rest)

    @property
    def kinds(self):
        """Return the kinds that are searched: one, or all that the account may see."""
        kinds = [self.kind] if self.kind else KINDS
        return [kind for kind in kinds if self.user.has_perm(kind.permission)]

    @property
    def number(self):
        """Return how many hits there are, in words: "12", or "lebih dari 100"."""
        return "lebih dari 100" if None in self.counts else str(sum(self.counts))

    def _search(self):
        kinds, words = self.kinds, self.words
        found = find.find_keys(self.user, kinds, words)
        self._add_code(found, kinds)
        if not found and kinds:
            words, found = self._correct(kinds)
        limit = SHOWN_ALONE if self.kind or words is not self.words else SHOWN
        read = find.read_rows(self.user, found, words, self.rest, limit)
        if words is not self.words:
            read = {kind: self._nearest(rows, words) for kind, rows in read.items()}
        else:
            for rows in read.values():
                rows.sort(key=lambda row: not self._is_exact(row))
        shown = SHOWN_ALONE if self.kind else SHOWN
        hits = {kind: [Hit(row) for row in rows[:shown]] for kind, rows in read.items()}
        self._quote([hit for some in hits.values() for hit in some], words)
        self._tell(hits, found, words)

    def _add_code(self, found, kinds):
        """Add the region of which the code was typed."""
        if not CODE.fullmatch(self.rest):
            return
        digits = self.rest.replace(".", "")
        kind = PREFIXES[BY_CODE[len(digits)]]
        if kind in kinds:
            code = ".".join(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:])))
            if kind.model.objects.visible_to(self.user).filter(pk=code).exists():
                found.setdefault(kind, find.Found()).keys.add(code)
                self.coded = kind

    # What was meant ------------------------------------------------------------------------------
    def _correct(self, kinds):
        """
        Return the words that were meant and what they find: first those one slip away, then two.
        Nothing is told of a word that is found nowhere in one's own places.
        """
        typed = [word[0][0] for word in self.words.words if len(word[0]) == 1]
        near = lexicon.neighbours(typed)
        for slips in range(1, lexicon.SLIPS + 1):
            forms = {}
            for n, word in enumerate(self.words.words):
                meant = [one for number, one in near.get(word[0][0], ()) if number <= slips]
                if len(word[0]) == 1 and meant:
                    forms[n] = (*word, *((one,) for one in meant[: lexicon.OFFERED]))
            if forms:
                words = self.words.replaced(forms)
                if found := find.find_keys(self.user, kinds, words):
                    return words, found
        return self.words, {}

    def _nearest(self, rows, words):
        """Return rows in the order of how near their words are to those typed."""

        def distance(row):
            text = folded(f"{row.title} {' '.join(row.texts)}")
            return sum(
                next((n for n, form in enumerate(forms) if form[0] in text), len(forms))
                for forms in words.words
            )

        return sorted(rows, key=distance)

    # Telling -------------------------------------------------------------------------------------
    def _quote(self, hits, words):
        """Say of each hit where the words stand, unless all are in its title."""
        asked = [hit for hit in hits if not words.all_in(hit.title)]
        related = find.read_related(self.user, [hit.row for hit in asked]) if asked else {}
        for hit in asked:
            texts = [
                (label, text)
                for (label, _), text in zip(hit.kind.texts, hit.row.texts, strict=False)
            ]
            texts += related.get((hit.kind, hit.row.key), [])
            best = max(texts, key=lambda one: _weight(words, one[1]), default=None)
            if best and _weight(words, best[1]):
                hit.where, hit.quotation = best[0], quotation(words, best[1])

    def _tell(self, hits, found, words):
        if words is not self.words:
            self._tell_correction(hits, words)
        for some in hits.values():
            for hit in some:
                hit.is_exact = self._is_exact(hit.row)
        exact = [hit for some in hits.values() for hit in some if hit.is_exact]
        self.exact = exact if len(exact) <= EXACT else []
        for kind, some in hits.items():
            rest = [hit for hit in some if hit not in self.exact]
            count = found[kind].count
            self.counts.append(count)
            if rest or count != len(some):
                url = self._list_url(kind) if words is self.words else ""
                self.groups.append(HitGroup(kind, rest, count, url, self.kind is not None))

    def _list_url(self, kind):
        """Return where exactly the rows of this kind stand, or "" if no list can tell them."""
        if kind is self.coded or (self.kind and not kind.list_page):
            return ""
        return kind.list_url(self.rest)

    def _is_exact(self, row):
        typed = squashed(self.rest)
        names = [row.title, f"{row.details[0]} {row.title}" if row.details else ""]
        names += [
            text
            for (_, column), text in zip(row.kind.texts, row.texts, strict=False)
            if column in row.kind.numbers
        ]
        if "." not in row.key and not row.key.isdecimal():
            return typed in map(squashed, names)
        is_code = row.kind.prefix in BY_CODE.values() and squashed(row.key) == typed
        return is_code or typed in map(squashed, names)

    def _tell_correction(self, hits, words):
        """Name the words that were typed and are nowhere, and those of the hits shown."""
        met_anywhere = set()
        for hit in (hit for some in hits.values() for hit in some):
            met_anywhere.update(runs_of(hit.title), *(runs_of(text) for text, _ in hit.quotation))
        met = {}
        for n, forms in enumerate(words.words):
            here = [form[0] for form in forms if form[0] in met_anywhere]
            if len(forms) > 1 and here and forms[0][0] not in here:
                self.missing.append(forms[0][0])
                met[n] = here
        nearest = {n: here[0] for n, here in met.items()}
        for n, here in met.items():
            for one in here:
                text = self._typed_with(nearest | {n: one})
                if text not in self.instead:
                    self.instead.append(text)

    def _typed_with(self, changed):
        """Return what was typed with other words in their places: {position: word}."""
        chunks = [chunk for chunk in self.rest.split() if runs_of(chunk)]
        return " ".join(changed.get(n, chunk) for n, chunk in enumerate(chunks))

    @property
    def corrections(self):
        """Return (text, what to search for) of what may have been meant, within the same kind."""
        prefix = f"{self.prefix}: " if self.prefix else ""
        return [(text, prefix + text) for text in self.instead]


def written_day(text):
    """
    Return a day, or a moment and its `day_terms`, as the database writes them as text: the day on
    the clock of the moment's own place, or its month where no day is set.
    """
    moment, *terms = text.split(find.SEPARATOR)
    if len(moment) == len("2019-06-19"):
        return long_date(date.fromisoformat(moment))
    moment = datetime.fromisoformat(moment)
    if timezone.is_naive(moment):
        moment = moment.replace(tzinfo=UTC)
    zone, is_set = terms[:2]
    day = in_zone(moment, zone)
    return long_date(day) if is_set in ("1", "true") else month_year(day)


def _weight(words, text):
    """Return how many of the words stand in a text."""
    return sum(bool(Words((word,)).found_in(text)) for word in words.words) if text else 0


def quotation(words, text):
    """Return [(part of the text, whether it is one of the words)] around the first of them."""
    text = " ".join(text.split())
    spans = words.found_in(text)
    if not spans:
        return []
    begin = max(0, spans[0][0] - AROUND)
    end = min(len(text), spans[0][1] + 2 * AROUND)
    begin = text.rfind(" ", 0, begin) + 1 if begin else 0
    end = text.find(" ", end) if end < len(text) and text.find(" ", end) > 0 else len(text)
    parts, at = [("…" if begin else "", False)], begin
    for start, stop in spans:
        if at <= start and stop <= end:
            parts += [(text[at:start], False), (text[start:stop], True)]
            at = stop
    parts += [(text[at:end] + ("…" if end < len(text) else ""), False)]
    return [part for part in parts if part[0]]
