"""The stylesheet is one small file to a browser and six short ones to its readers."""

import re
from pathlib import Path

import cssbeautifier
import pytest
from django.contrib.staticfiles import finders

from sinergi.kit.staticfiles import STYLESHEET, BundledStaticFilesStorage

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = ROOT / "static/css"
PARTS = ["tokens", "base", "layout", "components", "pages", "print"]
#: As `make fmt` lays them out.
STYLE = cssbeautifier.default_options()
STYLE.indent_size, STYLE.space_around_combinator, STYLE.end_with_newline = 2, True, True


def read(name):
    return (CSS / f"{name}.css").read_text()


def bare(css):
    """Return the text without comments, any whitespace, and the last semicolon of a rule."""
    return "".join(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).split()).replace(";}", "}")


@pytest.fixture
def built(tmp_path):
    """Return what `collectstatic` makes of the stylesheet: its name, its text and the folder."""
    paths, storage = {}, BundledStaticFilesStorage(location=tmp_path)
    for finder in finders.get_finders():
        for path, source in finder.list([]):
            name = "/".join(filter(None, [getattr(source, "prefix", ""), path]))
            if re.fullmatch(r"css/(vendor/bootstrap\.min\.css(\.map)?|\w+\.css)", name):
                paths[name] = source, path
                with source.open(path) as file:
                    storage.save(name, file)
    assert not [error for _, _, error in storage.post_process(paths) if error not in (True, False)]
    name = storage.hashed_files[STYLESHEET]
    return name, (tmp_path / name).read_text(), tmp_path


def test_the_built_file_holds_every_part_once_and_in_order(built):
    _, text, _ = built
    assert re.findall(r"@layer (\w+) ?\{", text) == PARTS
    head, *rest = re.split(r"(?=@layer \w+ ?\{)", text)
    assert [bare(one) for one in rest] == [bare(f"@layer {name}{{{read(name)}}}") for name in PARTS]
    assert f"@layer bootstrap,{','.join(PARTS)};" in head
    assert re.findall(r"@import [^;]*;", text) == re.findall(
        r'@import url\("vendor/bootstrap\.min\.\w{12}\.css"\) layer\(bootstrap\);', head
    )


def test_the_built_file_is_small_and_stands_compressed_beside_itself(built):
    name, text, root = built
    assert "/*" not in text and "  " not in text
    assert (root / f"{name}.gz").stat().st_size <= 13_000


def test_the_parts_are_imported_in_the_order_of_their_layers():
    whole = read("sinergi")
    assert re.findall(r'url\("(\w+)\.css"\) layer\((\w+)\)', whole) == [(p, p) for p in PARTS]
    assert sorted(path.stem for path in CSS.glob("*.css")) == sorted([*PARTS, "sinergi"])


@pytest.mark.parametrize("name", [*PARTS, "sinergi"])
def test_the_parts_are_formatted(name):
    """A rule a block, a declaration a line; `make fmt` mends it."""
    assert cssbeautifier.beautify(read(name), STYLE) == read(name)
    assert max(map(len, read(name).splitlines())) <= 100


def test_custom_properties_are_words():
    declared = {name for part in PARTS for name in re.findall(r"(?<![\w-])(--[\w-]+):", read(part))}
    short = {name for name in declared if len(re.sub(r"^--(s-|bs-)?", "", name)) < 3}
    assert short <= {f"--s-{step}" for step in range(1, 8)}  # the steps of the space scale


def test_each_colour_of_the_dark_theme_is_written_once():
    light, dark = read("tokens").split("@media (prefers-color-scheme: dark)")
    names = re.findall(r"(--s-[\w-]+):", dark)
    assert names and len(names) == len(set(names))
    assert set(names) <= set(re.findall(r"(--s-[\w-]+):", light))
    assert "prefers-color-scheme" not in "".join(read(part) for part in PARTS[1:])


#: Made of two halves where they are drawn: of a status, a role, a book on the cover, a stage.
BUILT_NAMES = re.compile(r"s-(chip|role|book|state)--\w+|m[1-7]")


def unused(css):
    """Return the classes of `css` that no template, script or module names."""
    roots = ("templates", "static/js", "sinergi", "villages", "programs", "advocacy")
    files = (path for root in roots for path in (ROOT / root).rglob("*.*"))
    text = "\n".join(
        path.read_text() for path in files if path.suffix in {".html", ".jinja", ".js", ".py"}
    )
    words = set(re.findall(r"[\w-]+", text))
    named = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", css, flags=re.DOTALL)
    classes = set(re.findall(r"\.([a-zA-Z][\w-]*)", named))
    return sorted(one for one in classes - words if not BUILT_NAMES.fullmatch(one))


def test_no_rule_is_for_a_class_that_nothing_has():
    assert unused("".join(map(read, PARTS))) == []
    assert unused(".s-stamp .s-nowhere { color: red }") == ["s-nowhere"]
