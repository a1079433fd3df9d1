"""Words that somebody may have meant: those one or two slips away from what was typed."""

from itertools import combinations

from django.apps import apps
from django.db import connection, transaction
from rapidfuzz.distance import OSA, JaroWinkler

from sinergi.kit import bulk
from sinergi.kit.search.sqlite import applied_indexes
from sinergi.search.models import Spelling

SHORTEST, LONGEST = 4, 30
#: Words looked for instead of one that was typed; five are named, of those found in one's places.
OFFERED = 12
SLIPS = 2


def is_word(text):
    return SHORTEST <= len(text) <= LONGEST and text.isalpha()


def spellings_of(word):
    """Return the word, and the word without each of its letters."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def keys_asked(word):
    """Return the keys of what was typed: without one letter, and of a short word without two."""
    keys = spellings_of(word)
    if len(word) <= 16:
        keys |= {
            word[:first] + word[first + 1 : second] + word[second + 1 :]
            for first, second in combinations(range(len(word)), 2)
        }
    return keys


def neighbours(words):
    """
    Return {word: [(slips, neighbour), …]} of these words, nearest first; one query. What is nearer
    than that is told by how much of the beginning they share.
    """
    asked = {word: keys_asked(word) for word in words if is_word(word)}
    if not asked:
        return {}
    every = set().union(*asked.values())
    rows = Spelling.objects.filter(key__in=every).values_list("key", "word")
    by_key = {}
    for key, word in rows:
        by_key.setdefault(key, set()).add(word)
    return {
        word: _nearest(word, set().union(*(by_key.get(key, ()) for key in keys)) - {word})
        for word, keys in asked.items()
    }


def _nearest(word, candidates):
    slips = {one: OSA.distance(word, one, score_cutoff=SLIPS) for one in candidates}
    near = [one for one, number in slips.items() if number <= SLIPS]
    near.sort(key=lambda one: (slips[one], -JaroWinkler.similarity(word, one), one))
    return [(slips[one], one) for one in near]


def rebuild_lexicon():
    """
    Bring the spellings up to the words that the indexes hold now; returns how many words there are.
    Written is only what changed, so that doing it daily costs little.
    """
    return keep_words(word for word in indexed_words() if is_word(word))


@transaction.atomic
def keep_words(words):
    """Keep the spellings of these words and of no other; returns how many words there are."""
    words = set(words)
    known = set(Spelling.objects.values_list("word", flat=True).distinct())
    gone = sorted(known - words)
    for start in range(0, len(gone), bulk.IN_LIST):
        Spelling.objects.filter(word__in=gone[start : start + bulk.IN_LIST]).delete()
    new = ((key, word) for word in sorted(words - known) for key in sorted(spellings_of(word)))
    bulk.insert(Spelling, ["key", "word"], new)
    return len(words)


def indexed_words():
    """Return the words of every index."""
    words = set()
    with connection.cursor() as cursor:
        for statement in _statements(cursor):
            cursor.execute(statement)
            words.update(word for (word,) in cursor)
    return words


def _statements(cursor):
    indexes = applied_indexes(connection, apps)
    for index in indexes:
        if connection.vendor == "postgresql":
            asked = f"SELECT search_words FROM {index.table}"  # noqa: S608
            yield f"SELECT word FROM ts_stat('{asked}')"  # noqa: S608
        else:
            vocabulary = f"temp.{index.name}_vocabulary"
            cursor.execute(f"DROP TABLE IF EXISTS {vocabulary}")
            cursor.execute(
                f"CREATE VIRTUAL TABLE {vocabulary} USING fts5vocab(main, {index.name}, 'row')"
            )
            yield f"SELECT term FROM {vocabulary}"  # noqa: S608
            cursor.execute(f"DROP TABLE {vocabulary}")
