"""A cluster of PostgreSQL of its own, in a folder that is gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg2

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
"""


def programs():
    """Return the folder of initdb, pg_ctl and pg_basebackup of the newest PostgreSQL, or None."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    return next((path for path in reversed(found) if (path / "initdb").exists()), None)


def missing():
    """Return the row of a drill that cannot be tried here: wrong where nothing may be left out."""
    may_be_left_out = os.environ.get("REQUIRE_ALL") != "1"
    return ("initdb tidak ditemukan, dilewati", "-", "-", may_be_left_out)


class Cluster:
    """`folder` holds the socket, the log of the server, and `data`."""

    def __init__(self, folder, bin_):
        self.folder, self.bin = folder, bin_
        self.server = {"host": str(folder), "user": "postgres"}
        self.serving = folder / "data"

    @property
    def url(self):
        return f"postgres://postgres@{quote(str(self.folder), safe='')}/sinergi"

    def run(self, program, *arguments):
        """Run one of PostgreSQL's programs, as the system's user: root may not serve."""
        command = [str(self.bin / program), *map(str, arguments)]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL)

    def make_folder(self, name):
        path = self.folder / name
        path.mkdir()
        self.give(path)
        return path

    def give(self, path):
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(path, user.pw_uid, user.pw_gid)

    def start(self, data=None):
        self.serving = data or self.serving
        self.run("pg_ctl", "-D", self.serving, "-w", "-l", self.folder / "server.log", "start")

    def stop(self, how="fast"):
        self.run("pg_ctl", "-D", self.serving, "-m", how, "-w", "stop")

    def connect(self, database="sinergi"):
        return closing(psycopg2.connect(dbname=database, **self.server))


@contextmanager
def running_cluster(settings=""):
    """Start a cluster with these settings and a database `sinergi`, and give it up at the end."""
    # The path of a socket has to be short.
    with tempfile.TemporaryDirectory(prefix="sinergi-pg-") as name:
        cluster = Cluster(Path(name), programs())
        cluster.give(cluster.folder)
        data = cluster.serving
        cluster.run(
            "initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8"
        )
        with (data / "postgresql.conf").open("a") as file:
            file.write((SETTINGS + settings).format(folder=cluster.folder))
        cluster.start()
        try:
            with cluster.connect("postgres") as one:
                one.autocommit = True
                one.cursor().execute("CREATE DATABASE sinergi")
            yield cluster
        finally:
            cluster.stop("immediate")


def wait(until, seconds=60):
    for _ in range(seconds * 10):
        if until():
            return
        time.sleep(0.1)
    raise RuntimeError("Terlalu lama menunggu.")
