"""
Which test files a change asks for, the nearest first.

The laws come first; then the tests of the same topic (`models/followups.py` → `test_followups.py`),
then those that name something the changed file defines, then what else the app has. `make fast`
goes through them in this order for as long as it has; `make test` has no order and leaves nothing
out.
"""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAWS = ("tests/test_architecture.py", "tests/test_words.py", "tests/test_docs.py")
CODE = {".py", ".html", ".jinja", ".typ", ".toml"}
#: Files on which every test rests.
GROUND = (
    "tests/conftest.py",
    "tests/factories.py",
    "tests/settings.py",
    "sinergi/settings.py",
    "requirements.txt",
)


def changed_paths(root=ROOT):
    """
    Return what differs from where this branch left `main`, committed or not; on `main` itself, what
    is not committed yet.
    """
    left = git(root, "merge-base", "HEAD", "main") or git(root, "merge-base", "HEAD", "origin/main")
    base = left[0] if left else "HEAD"
    return sorted(
        {
            *git(root, "diff", "--name-only", base),
            *git(root, "ls-files", "--others", "--exclude-standard"),
        }
    )


def git(root, *arguments):
    """Return the lines that git answers; none where it cannot."""
    ended = subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    return ended.stdout.split("\n")[:-1] if ended.returncode == 0 else []


def tests_for(paths, root=ROOT):
    """
    The test files that these changed paths ask for, in the order in which they are worth running.
    """
    files = {
        str(path.relative_to(root)): path.read_text()
        for path in sorted((root / "tests").rglob("test_*.py"))
    }
    files = {
        name: text
        for name, text in files.items()
        if not name.startswith(("tests/browser", "tests/office", "tests/benchmarks"))
    }
    worth = {name: 1000 for name in LAWS if name in files}
    for path in paths:
        for name, text in files.items():
            worth[name] = max(worth.get(name, 0), nearness(name, text, path, root))
    return [name for name in sorted(worth, key=lambda name: (-worth[name], name)) if worth[name]]


def nearness(name, text, path, root):
    """How near a test file is to a changed path; 0: it has nothing to do with it."""
    if path == name:
        return 900
    if path in GROUND or (path.startswith("tests/") and not Path(path).name.startswith("test_")):
        return 100 if path in GROUND or re.search(rf"\b{Path(path).stem}\b", text) else 0
    if Path(path).suffix not in CODE or path.startswith("tests/"):
        return 0
    if topic_of(path) in Path(name).stem:
        return 800
    named = sum(bool(re.search(rf"\b{word}\b", text)) for word in names_in(root / path))
    if named:
        return 200 + min(named, 500)
    top = path.removeprefix("templates/").split("/")[0]
    return 10 if name.startswith(f"tests/{top}/") or name == "tests/test_pages.py" else 0


def topic_of(path):
    """`advocacy/models/followups.py` and `templates/advocacy/followup_close.html` → "followup"."""
    stem = Path(path).stem.strip("_")
    word = stem.split("_")[0] if path.startswith("templates/") else stem
    return re.sub(r"ies$", "y", word) if word.endswith("ies") else word.removesuffix("s")


def names_in(path):
    """
    Return the public names that a Python file defines; none of another file, or of one that is
    gone.
    """
    if path.suffix != ".py" or not path.exists():
        return set()
    try:
        body = ast.parse(path.read_text()).body
    except SyntaxError:  # while it is being written
        return set()
    names = {node.name for node in body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
    return {name for name in names if not name.startswith("_")}
