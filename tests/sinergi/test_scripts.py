"""The scripts as `collectstatic` makes them: small, and naming each other by hash."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from sinergi.kit.staticfiles import BundledStaticFilesStorage, lean_script

JS = Path(__file__).parent.parent.parent / "static" / "js"
NAMES = sorted(path.name for path in JS.glob("*.js"))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return {name: what `collectstatic` makes of it} of our scripts."""
    root = tmp_path_factory.mktemp("static")
    paths, storage = {}, BundledStaticFilesStorage(location=root)
    for finder in finders.get_finders():
        for path, source in finder.list([]):
            if path in {f"js/{name}" for name in NAMES}:
                paths[path] = source, path
                with source.open(path) as file:
                    storage.save(path, file)
    assert not [error for _, _, error in storage.post_process(paths) if error not in (True, False)]
    return {name: (root / storage.hashed_files[f"js/{name}"]).read_text() for name in NAMES}


def imports_of_script(text):
    return re.findall(r'(?:from |import |import\()"\./([^"]+)"', text)


@pytest.mark.parametrize("name", NAMES)
def test_a_script_imports_by_hash_what_it_imports(built, name):
    told = imports_of_script(lean_script((JS / name).read_text()))
    made = imports_of_script(built[name])
    assert all(re.search(r"\.\w{12}\.js$", one) for one in made)
    assert [re.sub(r"\.\w{12}\.js$", ".js", one) for one in made] == told


def test_comments_go_and_the_code_stays():
    text = '  // Why.\n  const url = "http://localhost"; // gone\n  say(" // stays");\n'
    assert lean_script(text) == 'const url = "http://localhost";say(" // stays");'


def test_the_queue_and_the_worker_are_small(built):
    """On every page: at most 5 KB with Brotli, as they are served; photos, where there are any."""
    weights = {name: len(brotli.compress(text.encode())) for name, text in built.items()}
    assert weights["queue.js"] + weights["worker.js"] <= 5_000, weights
    assert weights["photo.js"] <= 2_000, weights
