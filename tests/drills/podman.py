"""
Containers of a drill: a store of their own in a folder that is gone afterwards, reachable at
127.0.0.1 alone. Needs root, Podman, and debootstrap for the base.

DRILL_STORE names a folder that is kept instead: the images of an earlier run are used again.
DRILL_SUITE names another Debian than 12, for deploy_debian.
"""

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SUITE = os.environ.get("DRILL_SUITE", "bookworm")
BASE = "localhost/debian"
#: Certificates that this machine trusts, and where a container finds them.
HOST_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
CERTIFICATES = "/run/host-certificates.crt"
#: What works on cgroups of both versions, and where limits may not be raised.
SETTINGS = """
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
{runtime}
[network]
network_config_dir = "{networks}"
"""


def lacking():
    """Return what a drill needs and this machine lacks, in words, or ""."""
    if os.getuid():
        return "hanya oleh root"
    return ", ".join(name for name in ("podman", "debootstrap") if shutil.which(name) is None)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Podman:
    def __init__(self, store):
        self.store = store
        store.mkdir(parents=True, exist_ok=True)
        runtime = 'runtime = "runc"' if shutil.which("runc") else ""
        # Networks are not part of a store: without a folder of their own, this drill would clear
        # away those of others.
        settings = SETTINGS.format(runtime=runtime, networks=store / "networks")
        (store / "networks").mkdir(exist_ok=True)
        (store / "containers.conf").write_text(settings)
        self.environment = os.environ | {"CONTAINERS_CONF": str(store / "containers.conf")}
        self.command = ["podman", "--root", str(store / "root"), "--runroot", str(store / "run")]
        # A reset would take the events of every other store along.
        self.command += ["--tmpdir", str(store / "events")]

    def __call__(self, *arguments, check=True, **options):
        """Return what a command of Podman says on both streams; a failure has its words."""
        ended = self.ask(*arguments, **options)
        if check and ended.returncode:
            raise RuntimeError(
                f"podman {' '.join(map(str, arguments))[:100]}: {ended.stdout[-3000:]}"
            )
        return ended.stdout.strip()

    def ask(self, *arguments, **options):
        options = {"text": True, "timeout": 1200} | options
        return subprocess.run(
            [*self.command, *map(str, arguments)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            **options,
        )

    def clear(self):
        """Remove containers, volumes and networks; images stay."""
        # Twice: one that others need goes after them.
        self("rm", "--all", "--force", "--time", "5", check=False)
        self("rm", "--all", "--force", "--time", "5", check=False)
        self("volume", "prune", "--force", check=False)
        self("network", "prune", "--force", check=False)

    def has_image(self, name):
        return not self.ask("image", "exists", name).returncode

    def build(self, name, text, *options):
        """Build an image of a Containerfile's text, without files."""
        self("build", "-q", "-t", name, *options, "-f", "-", input=text)

    def make_base(self):
        """Make the smallest Debian from its packages: no registry of images is asked."""
        if self.has_image(BASE):
            return
        folder = self.store / "base"
        subprocess.run(
            ["debootstrap", "--variant=minbase", SUITE, folder],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        pack = ["tar", "-C", folder, "--exclude=./dev/*", "--exclude=./var/cache/apt/*.bin"]
        pack += ["--exclude=./var/cache/apt/archives/*.deb", "-cf", self.store / "base.tar", "."]
        subprocess.run(pack, check=True)
        self("import", self.store / "base.tar", BASE)
        shutil.rmtree(folder)
        (self.store / "base.tar").unlink()

    def write_pip_settings(self):
        """Return a file that tells pip in a container what it is told on this machine."""
        told = {"cert": CERTIFICATES} if HOST_CERTIFICATES.exists() else {}
        for key in ("index-url", "trusted-host"):
            ended = subprocess.run(
                ["pip", "config", "get", f"global.{key}"],
                capture_output=True,
                text=True,
                check=False,
            )
            if not ended.returncode:
                told[key] = ended.stdout.strip()
        path = self.store / "pip.conf"
        lines = [f"{key} = {value}" for key, value in told.items()]
        path.write_text("\n".join(["[global]", *lines, ""]))
        return path

    def certificates(self):
        """Return the options that lay this machine's certificates where `pip.conf` says."""
        if not HOST_CERTIFICATES.exists():
            return []
        return ["-v", f"{HOST_CERTIFICATES}:{CERTIFICATES}:ro"]


@contextmanager
def containers(folder):
    """Give a Podman whose containers, networks, volumes and images are gone at the end."""
    kept = os.environ.get("DRILL_STORE")
    podman = Podman(Path(kept) if kept else folder / "containers")
    podman.clear()
    try:
        yield podman
    finally:
        podman.clear()
        if not kept:
            podman("system", "reset", "--force", check=False)


def until(asked, seconds=120):
    """Return the first true answer of `asked`, or its last one when the time is over."""
    end = time.monotonic() + seconds
    while not (answer := asked()) and time.monotonic() < end:
        time.sleep(0.5)
    return answer
