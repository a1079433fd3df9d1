"""
Set documents with Typst: the worker (sinergi.kit.child) of sinergi.kit.documents. Imports nothing
of Django.
"""

import json
import re
from functools import cache
from pathlib import Path

import pyphen
import typst

#: A paper for the archive (PDF/A-2a) that a screen reader can read (PDF/UA-1).
STANDARDS = ["a-2a", "ua-1"]
#: What Typst says of a character, or of a few that stand for one sign, that no font has.
MISSING = re.compile('the text `"(.+?)"` could not be displayed with font', re.DOTALL)
BOX = "\u25a1"
#: How often characters that no font has are looked for. Typst names all of them at once; another
#: look finds those that came to stand beside a box.
TRIES = 4
#: Letters, digits, punctuation and the box: all of them are in the fonts of the package.
COMMON = re.compile("[^\n\t -~\u00a0-\u017f\u2010-\u2026\u20ac\u2190-\u2193\u25a1]")

#: Words that may be broken at the end of a line: Typst knows no syllables of Indonesian. Only those
#: that leave a gap: who searches the paper for a word finds it unless it holds such places.
LONG_WORD = re.compile(r"\b[A-Za-z][a-z]{13,}\b")
CHUNK = re.compile(r"\S+")
#: What addresses, mail and names of files hold: whoever copies one gets it without a sign in it.
ADDRESS = re.compile(r"[@_/]|\w\.\w")
SOFT_HYPHEN = "\u00ad"
VOWEL = re.compile("[aiueo]", re.IGNORECASE)


def typeset(data, folder, template, timestamp):
    """
    Yield the PDF (bytes) of `<folder>/<template>.typ`; `data` is what it prints, as JSON;
    `timestamp`, in seconds, is when the paper says that it was made. Raises typst.TypstError.

    A character that the fonts lack becomes a box: no paper leaves as anything but an archive copy.
    """
    told = changed(json.loads(data), hyphenated)
    source = str(Path(folder) / f"{template}.typ")
    for _ in range(TRIES):
        try:
            yield compiled(source, folder, told, timestamp)
        except typst.TypstError as error:
            missing = set(MISSING.findall(str(error)))
            if not missing:
                raise
            # The longest first: a sign of several characters before one that is part of it.
            signs = "|".join(re.escape(one) for one in sorted(missing, key=len, reverse=True))
            told = replaced(told, re.compile(signs))
        except BaseException as panic:
            # The typesetter itself broke, as it does over some scripts: without them it may not.
            if type(panic).__name__ != "PanicException":
                raise
            break
        else:
            return
    yield compiled(source, folder, replaced(told, COMMON), timestamp)


def compiled(source, folder, told, timestamp):
    return typst.compile(
        source,
        root=folder,
        format="pdf",
        pdf_standards=STANDARDS,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
        # The same page on every machine: the fonts are the package's own.
        ignore_system_fonts=True,
        timestamp=int(timestamp),
    )


def hyphenated(text):
    """Return a text with the places where its long words may be broken; addresses stay whole."""
    return CHUNK.sub(lambda chunk: broken(chunk[0]), text)


def broken(chunk):
    """Return what stands between two spaces with the places where it may be broken."""
    if ADDRESS.search(chunk):
        return chunk
    return LONG_WORD.sub(lambda word: in_syllables(word[0]), chunk)


@cache
def indonesian():
    """Return the syllables of Indonesian, read when the first long word comes."""
    return pyphen.Pyphen(lang="id_ID")


def in_syllables(word):
    """
    Return a word with soft hyphens between its syllables. The patterns leave consonants alone
    ("ra-k-at"), which belong to the vowel that follows.
    """
    syllables, begun = [], ""
    for part in indonesian().inserted(word, SOFT_HYPHEN).split(SOFT_HYPHEN):
        begun += part
        if VOWEL.search(part):
            syllables.append(begun)
            begun = ""
    if begun and syllables:
        syllables[-1] += begun
    return SOFT_HYPHEN.join(syllables) or word


def replaced(told, signs):
    """Return the data with a box for each of these signs (a pattern) in its texts."""
    return changed(told, lambda text: signs.sub(BOX, text))


def changed(told, change):
    """Return the data with `change(text)` in the place of each text."""
    if isinstance(told, str):
        return change(told)
    if isinstance(told, dict):
        return {key: changed(value, change) for key, value in told.items()}
    if isinstance(told, list) and told and not isinstance(told[0], int):  # no bytes of a picture
        return [changed(one, change) for one in told]
    return told
