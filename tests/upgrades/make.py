"""
Keep the database of an earlier version: `python -m tests.upgrades.make NAME COMMIT`.

The code of the commit is laid out in a folder of its own, migrates an empty database and loads its
demonstration for one province, on SQLite and on PostgreSQL; both databases are kept packed in
`fixtures`, with a manifest of how many rows each table of a model has. CONTRIBUTING.md says when.
PYTHON names another interpreter, for a version that needs other packages.
"""

import json
import lzma
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tests.drills.backup import scratch_database
from tests.drills.portal import ROOT

FIXTURES = Path(__file__).parent / "fixtures"
PYTHON = os.environ.get("PYTHON", sys.executable)
#: Lines of pg_dump that are for psql alone, or that older servers do not know.
NOT_FOR_ALL = r"(?m)^(\\(un)?restrict .*|SET transaction_timeout.*)\n"
#: What the code of that version does: its demonstration, and somebody who stays signed in.
FILL = """
import django; django.setup()
from importlib import import_module
from django.conf import settings
from sinergi.accounts.models import User
from sinergi.home import demo
demo.load(whole_country=False)
account = User.objects.get(username="sekretariat")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session["_auth_user_id"] = str(account.pk)
session["_auth_user_backend"] = "sinergi.accounts.backends.RoleBackend"
session["_auth_user_hash"] = account.get_session_auth_hash()
session.set_expiry(50 * 365 * 24 * 3600)
session.create()
print(session.session_key)
"""
COUNT = """
import django; django.setup()
import json
from django.apps import apps
print(json.dumps({m._meta.db_table: m._default_manager.count()
    for m in apps.get_models(include_auto_created=True) if m._meta.managed}))
"""


def keep(name, commit):
    """Write the fixtures of one version."""
    with tempfile.TemporaryDirectory(prefix="sinergi-versi-") as folder:
        code, data = Path(folder, "code"), Path(folder, "data")
        code.mkdir()
        command = ["git", "archive", commit]
        archive = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        subprocess.run(["tar", "x", "-C", code], input=archive.stdout, check=True)
        manifest = {"commit": commit}
        manifest["sqlite"] = fill(code, data, "")
        pack(name, "sqlite3", whole_file(data / "sinergi.sqlite3"))
        with scratch_database("versi") as url:
            manifest["postgresql"] = fill(code, Path(folder, "other"), url)
            pack(name, "sql", dump(url))
        path = FIXTURES / f"{name}.json"
        path.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")


def fill(code, data, database):
    """Return {"session": its key, "rows": {table: rows}} of a database that the code has filled."""
    environment = os.environ | {"DEBUG": "1", "DATA_DIR": str(data), "DATABASE_URL": database}
    environment["DJANGO_SETTINGS_MODULE"] = "sinergi.settings"

    def run(*arguments):
        ended = subprocess.run(
            [PYTHON, *arguments],
            cwd=code,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return ended.stdout.strip().splitlines()

    run("manage.py", "migrate", "--verbosity", "0")
    return {"session": run("-c", FILL)[-1], "rows": json.loads(run("-c", COUNT)[-1])}


def whole_file(path):
    """Return a SQLite database as one file, without what its log still holds."""
    copy = path.with_suffix(".copy")
    with closing(sqlite3.connect(path)) as database, closing(sqlite3.connect(copy)) as other:
        database.backup(other)
    return copy.read_bytes()


def dump(url):
    """Return a PostgreSQL database as statements that any driver runs."""
    command = ["pg_dump", "--no-owner", "--no-privileges", "--rows-per-insert=200", url]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return re.sub(NOT_FOR_ALL, "", text).encode()


def pack(name, suffix, content):
    packed = lzma.compress(content, preset=9)
    (FIXTURES / f"{name}.{suffix}.xz").write_bytes(packed)


if __name__ == "__main__":
    keep(*sys.argv[1:])
