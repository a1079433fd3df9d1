"""
Read what a part of a Word template asks for, paragraph by paragraph: what is wrong, and where it
stands. Imports nothing of Django.

Word cuts a placeholder into runs wherever somebody corrected a letter; it is put together again
(`gather`) before it is read.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from sinergi.kit.word import language

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"
P, T, TR, TC, TBL, BOX = (f"{W}{name}" for name in ("p", "t", "tr", "tc", "tbl", "txbxContent"))
KEEP_SPACES = "{http://www.w3.org/XML/1998/namespace}space"
#: A placeholder, and what opens one that never ends or ends one that never began.
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
LOOSE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
PREFIXED = re.compile(r"(p|tr|tc|r)\s+(.*)", re.DOTALL)
QUOTES = str.maketrans("“”„‘’‚\xa0", "\"\"\"''' ")
LONGEST_TAG = 300
#: Placeholders of one part, and faults that are told of a file.
MOST_TAGS, MOST_FAULTS = 2_000, 50
AROUND = 40  # characters of the paragraph that are shown around a fault

NEVER_CLOSED = "Kurung kurawalnya tidak ditutup."
NEVER_OPENED = "Kurung kurawalnya tidak dibuka."
AT_EDGE = "Ada kurung kurawal di tepi paragraf. Tutup di paragraf yang sama, atau beri spasi."
ALONE = "Kalimat ini hilang saat dicetak: {tag} harus sendiri di {where}."
OUTSIDE_TABLE = "{%tr … %} hanya untuk baris tabel."
TWO_PLACES = (
    "Pembuka dan penutupnya harus dalam paragraf yang sama. Untuk beberapa paragraf pakai {%p … %},"
    " untuk baris tabel {%tr … %}, keduanya di wadah yang sama."
)


class Fault(NamedTuple):
    """What is wrong, in words; where it stands; the text around it."""

    place: str
    around: str
    message: str


@dataclass
class Opened:
    """A `for` or `if` that is not closed yet."""

    word: str
    prefix: str
    within: object
    line: "Line"
    tag: str
    scope: dict
    has_else: bool = False


@dataclass
class Line:
    """A paragraph, its text, and the elements that hold it."""

    paragraph: object
    texts: list
    text: str = ""

    def __post_init__(self):
        self.text = "".join(one.text or "" for one in self.texts)


def paragraph_lines(root):
    """Return the Lines of a part, in its order; the text of a box belongs to the box."""
    found = {}
    for text in root.iter(T):
        paragraph = next(text.iterancestors(P), None)
        if paragraph is not None:
            found.setdefault(paragraph, []).append(text)
    return [Line(paragraph, texts) for paragraph, texts in found.items()]


def gather(line):
    """Put each placeholder of a line into the element in which it begins."""
    texts, starts, position = line.texts, [], 0
    for one in texts:
        starts.append(position)
        position += len(one.text or "")
    made = [""] * len(texts)

    def spread(begin, end):
        at = bisect_right(starts, begin) - 1
        while begin < end:
            until = starts[at + 1] if at + 1 < len(starts) else len(line.text)
            made[at] += line.text[begin : min(until, end)]
            begin, at = max(begin, min(until, end)), at + 1

    last = 0
    for tag in TAG.finditer(line.text):
        spread(last, tag.start())
        made[bisect_right(starts, tag.start()) - 1] += tag[0]
        last = tag.end()
    spread(last, len(line.text))
    for one, text in zip(texts, made, strict=True):
        # what a line break of the XML is to Word
        one.text = re.sub(r"[\n\r\t]", " ", text)
        one.set(KEEP_SPACES, "preserve")


@dataclass
class Reader:
    """Read the lines of one part against `outline` (sinergi.kit.word.language)."""

    root: object
    part: str
    outline: dict
    stack: list = field(default_factory=list)

    def faults(self):
        """Yield the Faults of the part, in its order; its placeholders are gathered."""
        self.scope = self.outline
        self.environment = language.ClosedEnvironment(self.outline)
        number = 0
        for line in paragraph_lines(self.root):
            tags = list(TAG.finditer(line.text))
            number += len(tags)
            if number > MOST_TAGS:
                yield self.fault(line, "", f"Lebih dari {MOST_TAGS} isian dalam satu bagian.")
                return
            for tag in tags:
                for message in self.read(line, tag[0]):
                    yield self.fault(line, tag[0], message)
            yield from self.loose(line)
            gather(line)
        for one in self.stack:
            yield self.fault(
                one.line, one.tag, f"{one.word} ini tidak ditutup dengan end{one.word}."
            )

    def loose(self, line):
        """Yield what is left of braces between the placeholders of a line."""
        rest = TAG.sub("\x00", line.text)
        for mark in LOOSE.findall(rest):
            message = NEVER_CLOSED if mark in ("{{", "{%", "{#") else NEVER_OPENED
            yield self.fault(line, mark, message)
        if rest.endswith("{") or rest.startswith("}"):
            yield self.fault(line, "", AT_EDGE)

    def read(self, line, tag):
        """Yield what is wrong with one placeholder."""
        inner = tag[2:-2].translate(QUOTES)
        if tag.startswith("{#"):
            return
        if len(tag) > LONGEST_TAG:
            yield f"Lebih dari {LONGEST_TAG} huruf di dalam satu isian."
        elif (inner[:1] in "-+" and inner) or inner[-1:] in ("-", "+"):
            yield "Tanda - atau + di tepi isian tidak dapat dipakai."
        elif tag.startswith("{{"):
            yield from self.expression(inner)
        else:
            yield from self.statement(line, tag, inner)

    def expression(self, inner):
        if PREFIXED.match(inner):
            yield "Beri spasi sesudah kurung kurawal: {{ nama }}."
            return
        yield from self.judged(f"{{{{{inner}}}}}")

    def judged(self, source):
        """Yield what is wrong with a piece of a template, in the scope of its place."""
        try:
            body = self.environment.read(source)
        except TemplateSyntaxError:
            yield language.UNREADABLE
            return
        in_loop = any(one.word == "for" for one in self.stack)
        yield from language.refusals_of(body, self.scope, in_loop=in_loop)

    def statement(self, line, tag, inner):
        prefixed = PREFIXED.match(inner)
        prefix, told = (prefixed[1], prefixed[2]) if prefixed else ("", inner)
        word = (told.split() or [""])[0]
        if prefix in ("tc", "r"):
            yield f"{{%{prefix} tidak dapat dipakai; pakai {{%p atau {{%tr."
            return
        within = yield from self.container(line, tag, prefix)
        if word in ("for", "if"):
            yield from self.open(Opened(word, prefix, within, line, tag, self.scope), told)
        elif word in ("elif", "else", "endfor", "endif"):
            yield from self.go_on(word, prefix, within, told)
        elif word in ("p", "tr"):
            yield f"Tulis {{%{word} tanpa spasi di depan {word}."
        else:
            yield f"Perintah {word[:30]} tidak dapat dipakai. {language.ALLOWED}"

    def container(self, line, tag, prefix):
        """Return what the tag repeats or leaves out parts of; yield why it cannot."""
        if not prefix:
            return line.paragraph
        if prefix == "p":
            if line.text.strip() != tag:
                yield ALONE.format(tag=tag[:60], where="paragrafnya")
            return line.paragraph.getparent()
        row = next(line.paragraph.iterancestors(TR), None)
        if row is None:
            yield OUTSIDE_TABLE
            return None
        if "".join(one.text or "" for one in row.iter(T)).strip() != tag:
            yield ALONE.format(tag=tag[:60], where="baris tabelnya")
        return row.getparent()

    def open(self, opened, told):
        yield from self.judged(f"{{%{told}%}}{{%end{opened.word}%}}")
        if len(self.stack) >= language.MAX_DEPTH:
            yield "Terlalu banyak if dan for di dalam satu sama lain."
        if opened.word == "for":
            try:
                (node,) = self.environment.read(f"{{%{told}%}}{{%endfor%}}")
            except (TemplateSyntaxError, ValueError):
                node = None
            if isinstance(node, nodes.For):
                self.scope = self.scope | language.loop_scope(node, self.scope)
        self.stack.append(opened)

    def go_on(self, word, prefix, within, told):
        if not self.stack:
            yield f"{word} ini tanpa pembuka."
            return
        opened = self.stack[-1]
        if word.startswith("end") and word != f"end{opened.word}":
            yield f"{word} ini menutup {opened.word} ({opened.tag[:60]})."
        if (word == "elif" and opened.word != "if") or (
            word in ("elif", "else") and opened.has_else
        ):
            yield f"{word} ini tidak pada tempatnya."
        if word != "elif" and told.split() != [word]:
            yield f"Sesudah {word} jangan ada tulisan lain."
        if (prefix, within) != (opened.prefix, opened.within):
            yield TWO_PLACES
        if word == "elif":
            yield from self.judged(f"{{%if{told.strip()[4:]}%}}{{%endif%}}")
        elif word == "else":
            opened.has_else = True
            self.scope = opened.scope
        else:
            self.stack.pop()
            self.scope = opened.scope

    # Where it stands ------------------------------------------------------------------------------
    def fault(self, line, tag, message):
        return Fault(self.place(line.paragraph), around(line.text, tag), message)

    def place(self, paragraph):
        """Return where a paragraph stands, as a person looks for it."""
        cell = next(paragraph.iterancestors(TC), None)
        inside = ", kotak teks" if next(paragraph.iterancestors(BOX), None) is not None else ""
        if cell is None:
            number = 1 + sum(
                next(one.iterancestors(TC, BOX), None) is None
                for one in _before(self.root, P, paragraph)
            )
            where = f"paragraf {number}" if not inside else inside.removeprefix(", ")
            return f"{self.part}, {where}"
        row = next(cell.iterancestors(TR))
        table = next(row.iterancestors(TBL), None)
        number = 1 + sum(1 for _ in _before(self.root, TBL, table))
        line = 1 + sum(1 for _ in row.itersiblings(TR, preceding=True))
        column = 1 + sum(1 for _ in cell.itersiblings(TC, preceding=True))
        return f"{self.part}, tabel {number}, baris {line}, kolom {column}{inside}"


def _before(root, name, element):
    """Yield the elements of this name before this one."""
    for one in root.iter(name):
        if one is element:
            return
        yield one


def around(text, tag):
    """Return the text around this placeholder."""
    at = max(text.find(tag), 0)
    begin, end = max(0, at - AROUND), min(len(text), at + min(len(tag), 80) + AROUND)
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"


def first_of(faults):
    """Return the first faults, each once."""
    return list(islice(dict.fromkeys(faults), MOST_FAULTS))
