"""One thing has one word: those that docs/words.md gives up stand nowhere that a person reads."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent
#: What lists and spreadsheets of others may say, which is accepted and never shown.
ACCEPTED = {
    "villages/imports/columns.py",
    "villages/spelling.py",
    "programs/plan_import.py",
    "programs/name_keys.py",
}
NOT_READ = ("tests/", "docs/")
OURS = {"sinergi", "villages", "programs", "advocacy"}
#: Attributes that are read out or shown.
SHOWN = re.compile(r'\b(?:aria-label|alt|title|placeholder|content|value|data-[a-z-]+)="([^"]*)"')
CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
#: Text inside a template's code: what an include is given, and defaults.
QUOTED = re.compile(r"""(?:"([^"]*)"|'([^']*)')""")
JS_TEXT = re.compile(r"""(?:"([^"\n]*)"|'([^'\n]*)'|`([^`]*)`)""")
JS_COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*$", re.DOTALL | re.MULTILINE)


def given_up():
    """Return the words of the last column, and those that are for nobody to read."""
    page = (ROOT / "docs/words.md").read_text()
    rows = re.findall(r"^\| (?!Word|---)(.*) \|$", page, re.MULTILINE)
    words = [word.strip() for row in rows for word in row.split("|")[-1].split(",")]
    words += re.findall(r"\*([^*]+)\*", page.split("never shown:")[-1])
    return sorted(filter(None, words))


def pattern(word):
    """Whole words, also with -nya; one in small letters is given up in capitals too."""
    flags = re.IGNORECASE if word.islower() else 0
    return re.compile(rf"(?<![\w.@-]){re.escape(word)}(?:-?nya)?(?![\w@-])", flags)


def is_text(string):
    """Whether a string of code is for people: it has a space, or begins with a capital."""
    return " " in string.strip() or (string[:1].isupper() and not string.isupper())


def python_texts(source):
    tree = ast.parse(source)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) not in docs and (id(node) in parts or is_text(node.value)):
            yield node.value


def template_texts(source):
    source = COMMENT.sub(" ", source)
    for code in CODE.findall(source):
        given = "|default:" in code
        yield from (
            text for pair in QUOTED.findall(code) for text in pair if given or is_text(text)
        )
    plain = CODE.sub(" ", source)
    yield from SHOWN.findall(plain)
    yield re.sub(r"<[^>]*>", " ", plain)


def toml_texts(source):
    def walk(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            for part in value.values() if isinstance(value, dict) else value:
                yield from walk(part)

    return walk(tomllib.loads(source))


def script_texts(source):
    for pair in JS_TEXT.findall(JS_COMMENT.sub("", source)):
        yield from (text for text in pair if is_text(text))


READERS = {
    ".py": python_texts,
    ".html": template_texts,
    ".jinja": template_texts,
    ".txt": template_texts,
    ".toml": toml_texts,
    ".typ": lambda source: [re.sub(r"^\s*//.*$", "", source, flags=re.MULTILINE)],
    ".js": script_texts,
}


def files():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    return [
        name
        for name in listed
        if Path(name).suffix in READERS
        and not name.startswith(NOT_READ)
        and name not in ACCEPTED
        and "/" in name
        and "/migrations/" not in name
    ]


def test_given_up_words_are_nowhere():
    words = [(word, pattern(word)) for word in given_up()]
    assert len(words) > 25
    found = [
        f"{name}: “{word}” in “{' '.join(text.split())[:120]}”"
        for name in files()
        for text in READERS[Path(name).suffix]((ROOT / name).read_text())
        for word, seen in words
        if seen.search(" ".join(text.split()))
    ]
    assert not found, "\n".join(found)


def labels():
    """(where, text) of every name, explanation and choice that models give to forms."""
    for model in apps.get_models():
        if model.__module__.partition(".")[0] not in OURS or model.__name__.startswith(
            "Historical"
        ):
            continue
        yield model.__name__, str(model._meta.verbose_name)
        for field in model._meta.concrete_fields:
            texts = [field.verbose_name, field.help_text]
            texts += [label for _, label in field.flatchoices]
            yield from ((f"{model.__name__}.{field.name}", str(text)) for text in texts)


def test_nor_in_what_the_models_call_things():
    words = [pattern(word) for word in given_up()]
    found = [(where, text) for where, text in labels() if any(w.search(text) for w in words)]
    assert not found
    assert ("Institution.sector", "sektor") in set(labels())


@pytest.mark.parametrize(
    ("reader", "source"),
    [
        (".py", 'title = f"Macet {days} hari"'),
        (".html", "<p>{% if late %}Sudah macet{% endif %}</p>"),
        (".html", '<a aria-label="Sasaran macet" href="/">x</a>'),
        (".html", '{% include "x.html" with heading="Sasaran macet" %}'),
        (".jinja", "<small>macet {{ days }} hari</small>"),
        (".toml", 'steps = ["Buka yang macet."]'),
        (".js", 'toast.textContent = "Sasaran macet";'),
        (".typ", "= Sasaran macet"),
        (".py", 'title = f"macet {days}"'),
        (".html", "{% include 'x.html' with heading='Sasaran macet' %}"),
        (".html", '{{ words|default:"macet" }}'),
        (".html", '<input type="submit" value="Macet">'),
        (".js", "toast.textContent = 'Sasaran macet';"),
        (".toml", 'steps = ["Buka macet/terlambat, lalu macetnya."]'),
    ],
)
def test_one_is_found_wherever_it_is_written(reader, source):
    assert any(pattern("macet").search(text) for text in READERS[reader](source))


@pytest.mark.parametrize(
    ("reader", "source"),
    [
        (".py", '"""Macet is what it was called."""\nstate = "macet"'),
        (".html", '{# macet #}<p class="macet">Belum ada kemajuan</p>'),
        (".js", '// macet\nconst state = "macet";'),
    ],
)
def test_code_and_comments_are_not_read(reader, source):
    assert not any(pattern("macet").search(text) for text in READERS[reader](source))


def test_every_model_stands_in_the_glossary():
    """Whoever reads a page finds its class, and the other way round."""
    page = (ROOT / "docs/words.md").read_text()
    ours = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS and not model.__name__.startswith("Historical")
    }
    assert {name for name in ours if f"`{name}`" not in page} == set()
