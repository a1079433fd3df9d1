"""
What the house says of itself: links lead somewhere, names exist, each decision stands in its index.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DECISIONS = ROOT / "docs" / "decisions"
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
#: What CONTRIBUTING.md may name: everything that is written down in code.
CODE = [
    path
    for top in ("sinergi", "villages", "programs", "advocacy", "templates", "static", "tests")
    for path in (ROOT / top).rglob("*")
    if path.suffix in {".py", ".html", ".jinja", ".js", ".css"} and path.name != Path(__file__).name
]


def missing_links(path):
    """Return the relative links of a Markdown file that lead to no file."""
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text())
    return [
        target for target in targets if "://" not in target and not (path.parent / target).exists()
    ]


def unknown_names(text, code):
    """
    Of the names in backticks, the paths that are no file and the identifiers that no code has.
    """
    words = set(re.findall(r"[A-Za-z_]\w*", code))
    unknown = []
    for span in re.findall(r"`([^`\n]+)`", text):
        if "/" in span and re.fullmatch(r"[\w./-]+", span):
            found = span.startswith("/") or (ROOT / span).exists()
        elif re.fullmatch(r"[A-Za-z_][\w.]*(\(\))?", span):
            found = (ROOT / span).exists() or set(span.removesuffix("()").split(".")) <= words
        else:
            found = True
        if not found:
            unknown.append(span)
    return unknown


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files(path):
    assert missing_links(path) == []


def test_contributing_names_what_exists():
    code = "\n".join(path.read_text() for path in CODE)
    text = (ROOT / "CONTRIBUTING.md").read_text()
    assert unknown_names(re.sub(r"```.*?```", "", text, flags=re.DOTALL), code) == []


def missing_paths(text):
    """Return the paths in backticks that lead to no file of the house."""
    paths = re.findall(r"`([\w./-]+/[\w./-]+)`", text)
    return sorted(
        {path for path in paths if not path.startswith("/") and not (ROOT / path).exists()}
    )


class TestSecurity:
    """Where the points of ASVS are met (docs/security.md)."""

    TEXT = (ROOT / "docs" / "security.md").read_text()
    ROWS = re.findall(r"^\| (\d[^|]*) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$", TEXT, re.MULTILINE)

    def test_every_module_and_test_exists(self):
        assert missing_paths(self.TEXT) == []
        assert missing_paths("`tests/nowhere.py` `tests/run.py` `/sehat/`") == ["tests/nowhere.py"]

    def test_every_row_says_how_it_stands_and_where_or_why(self):
        states = {"met", "partly", "not met", "not applicable", "by deployment"}
        assert {state for _, _, state, _ in self.ROWS} == states
        assert all(where.strip() for _, _, state, where in self.ROWS)
        assert self.TEXT.count("\n| ") == len(self.ROWS) + self.TEXT.count("| Requirements |")

    def test_every_chapter_is_there(self):
        chapters = {int(numbers.split(".")[0]) for numbers, *_ in self.ROWS}
        assert chapters == set(range(1, 18))


def test_both_can_fail(tmp_path):
    """Their negative control."""
    page = tmp_path / "page.md"
    page.write_text("[one](nowhere.md) [two](page.md#here) [three](https://example.org)")
    assert missing_links(page) == ["nowhere.md"]
    text = "`Known.method` `Unknown` `docs/nowhere.md` `README.md` `make run` `/tindak-lanjut/`"
    assert unknown_names(text, "class Known: def method") == ["Unknown", "docs/nowhere.md"]


class TestDecisions:
    files = sorted(DECISIONS.glob("0*.md"))

    @pytest.mark.parametrize("path", files, ids=lambda path: path.stem)
    def test_each_has_its_number_date_and_status(self, path):
        title, _, head = path.read_text().split("\n")[:3]
        assert re.fullmatch(rf"# {int(path.name[:4])}\. .+", title)
        assert re.match(r"Date: 20\d\d-\d\d-\d\d.*\. Status: (accepted|superseded by \d+)\.", head)

    def test_numbers_are_each_given_once(self):
        assert [int(path.name[:4]) for path in self.files] == list(range(1, len(self.files) + 1))

    def test_the_index_has_each_by_its_title(self):
        rows = re.findall(
            r"^\| (\d+) \| \[(.+)\]\((.+)\) \|", (DECISIONS / "README.md").read_text(), re.MULTILINE
        )
        told = {
            (f"{int(path.name[:4])}", path.read_text().split("\n")[0].split(". ", 1)[1], path.name)
            for path in self.files
        }
        assert set(rows) == told and len(rows) == len(told)
