"""gunicorn on the portal, with production settings, on 127.0.0.1 alone."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from tests.drills.portal import ROOT


def serve(folder, database, port, *, workers=2, log=None):
    """
    Start gunicorn on a database, with `folder` as its DATA_DIR; errors go to the file `log`, or are
    shown.
    """
    environment = os.environ | {
        "DEBUG": "",
        "SECRET_KEY": "latihan-" * 8,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "0",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "sinergi.settings",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "gunicorn", "sinergi.wsgi", "--workers", str(workers)]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "critical"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)


def children(pid):
    """Return the ids of a process's children, as text."""
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
