"""An installation of the portal in a folder of its own, worked on by its commands."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STATE = "import json; from tests.drills import compare; print(json.dumps(compare.as_json()))"


class Portal:
    def __init__(self, folder, database, **variables):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = os.environ | {"BACKUP_DIR": "", "BACKUP_KEY": "", "DEBUG": "1"}
        self.environment |= {"DATA_DIR": str(folder), "DATABASE_URL": database} | variables
        self.environment["DJANGO_SETTINGS_MODULE"] = "sinergi.settings"

    def manage(self, *arguments):
        """Return what a command says; a failure ends the drill with its words."""
        return self._run("manage.py", *map(str, arguments))

    def python(self, code):
        return self._run("-c", f"import django; django.setup(); {code}")

    def state(self):
        return json.loads(self.python(STATE))

    def _run(self, *arguments):
        ended = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode:
            raise RuntimeError(f"{' '.join(arguments)[:80]}: {ended.stderr}")
        return ended.stdout
