"""
What lies in deploy/ fits what the portal has: variables, commands, secrets of addresses, limits.
`make deployments` tries it as a whole.
"""

import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import get_commands

from sinergi.kit.logs import SECRETS
from sinergi.kit.middleware import MAX_BODY
from sinergi.kit.outages import DATABASE_GONE

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "debian/systemd").iterdir())
SCRIPTS = [DEPLOY / "debian/install.sh", DEPLOY / "debian/sinergi"]
SCRIPTS += sorted((DEPLOY / "container").glob("*.sh"))
COMPOSE, CONTAINERFILE = ROOT / "compose.yaml", ROOT / "Containerfile"
NGINX = "".join(path.read_text() for path in sorted((DEPLOY / "debian/nginx").iterdir()))
CADDY = (DEPLOY / "caddy/Caddyfile").read_text()
#: Not for a server: whoever tries it out sets it.
ONLY_TRYING_OUT = {"DEBUG"}
VARIABLE = re.compile(r"^([A-Z][A-Z0-9_]+)=", re.MULTILINE)


def given():
    """Return the variables of the example."""
    return VARIABLE.findall((DEPLOY / "sinergi.env.example").read_text())


def documented():
    """Return the variables in the table of docs/operations.md."""
    table = (ROOT / "docs/operations.md").read_text().partition("## Chores")[0]
    rows = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
    return set(re.findall(r"`([A-Z][A-Z0-9_]+)`", " ".join(rows)))


def substituted(path):
    """Return what compose takes from .env."""
    return set(re.findall(r"\$\{([A-Z][A-Z0-9_]+)", path.read_text()))


def words(path, key):
    """Return the words of each line `key=…` of a unit, continued lines joined."""
    text = path.read_text().replace("\\\n", " ")
    return [shlex.split(line) for line in re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)]


class TestVariables:
    def test_each_stands_once(self):
        assert len(given()) == len(set(given()))

    def test_each_is_read_by_the_portal_or_by_compose(self):
        assert set(given()) <= documented() | substituted(COMPOSE)

    def test_none_is_missing(self):
        assert documented() - ONLY_TRYING_OUT <= set(given())

    def test_what_compose_asks_for_is_there(self):
        """Images may be named without being a setting of the portal."""
        asked = {name for name in substituted(COMPOSE) if not name.endswith("_IMAGE")}
        assert asked <= set(given())

    def test_settings_read_what_is_documented(self):
        """gunicorn reads how many processes it has by itself."""
        read = "".join(
            (ROOT / f"sinergi/{name}.py").read_text() for name in ("settings", "environment")
        )
        assert {name for name in documented() if f'"{name}"' not in read} == {"WEB_CONCURRENCY"}

    def test_no_secret_is_filled_in(self):
        text = (DEPLOY / "sinergi.env.example").read_text()
        assert re.findall(r"^\w*(?:KEY|PASSWORD|TOKEN)\w*=.+$", text, re.MULTILINE) == []


class TestUnits:
    services = [path for path in UNITS if path.suffix == ".service"]

    def test_there_are_some(self):
        assert len(self.services) == 3

    @pytest.mark.parametrize("path", services, ids=lambda path: path.stem)
    def test_starts_what_there_is(self, path):
        ((program, *arguments),) = words(path, "ExecStart")
        assert program.startswith("/srv/sinergi/.venv/bin/")
        if arguments[0] == "manage.py":
            assert arguments[1] in get_commands()
        else:
            assert arguments[0] == "sinergi.wsgi"

    def test_each_timer_has_its_service(self):
        timers = {path.stem for path in UNITS if path.suffix == ".timer"}
        assert timers == {path.stem for path in self.services} - {"sinergi"}

    def test_containers_run_the_same_commands(self):
        for path in self.services:
            (command,) = words(path, "ExecStart")
            if command[1] == "manage.py":
                assert f"manage.py, {command[2]}]" in COMPOSE.read_text()
            else:
                served = re.findall(r'"([^"]+)"', CONTAINERFILE.read_text().split("\nCMD ")[1])
                apart = {"127.0.0.1:8000", "0.0.0.0:8000"}
                assert set(command[1:]) ^ set(served[1:]) == apart


class TestProxies:
    @pytest.mark.parametrize("proxy", [NGINX, CADDY], ids=["nginx", "caddy"])
    def test_leaves_out_every_secret_that_the_log_leaves_out(self, proxy):
        for place in re.findall(r"\((/[a-z/]+/)", SECRETS.pattern):
            assert place in proxy

    def test_refuses_what_the_portal_refuses(self):
        megabytes = MAX_BODY // 1024**2
        assert f"client_max_body_size {megabytes}m;" in NGINX
        assert f"max_size {megabytes}MiB" in CADDY

    def test_says_the_same_as_the_portal(self):
        page = (DEPLOY / "pages/unavailable.html").read_text()
        assert f"<h1>{DATABASE_GONE.heading}</h1>" in page
        own = (ROOT / "templates/413.html").read_text()
        page = " ".join((DEPLOY / "pages/too-large.html").read_text().split())
        text = own.partition("{% block text %}")[2].partition("{% endblock %}")[0]
        assert " ".join(text.split()) in page

    def test_has_no_way_to_uploads(self):
        assert "/var/lib/sinergi" not in NGINX + CADDY


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_can_be_read_and_run(path):
    shell = path.read_text().splitlines()[0].rpartition("/")[2].split()[-1]
    ended = subprocess.run([shell, "-n", path], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert path.stat().st_mode & 0o111


def test_pages_of_the_proxies_need_nothing_else():
    for path in (DEPLOY / "pages").iterdir():
        assert re.findall(r"(?:src|href)=|url\(|<script", path.read_text()) == []


@pytest.mark.parametrize("suffix", ["tar", "tar.gpg"])
def test_a_backup_in_a_checkout_is_taken_into_nothing(suffix):
    """Neither into a commit, nor into an image, nor into a version on a server."""
    path = f"sinergi/sinergi-20261127T183000Z.{suffix}"
    ignored = subprocess.run(["git", "check-ignore", "--quiet", path], cwd=ROOT, check=False)
    assert ignored.returncode == 0
    assert f"**/*.{suffix}" in (ROOT / ".dockerignore").read_text().splitlines()
    assert f"--exclude='*.{suffix}'" in (DEPLOY / "debian/install.sh").read_text()


def test_static_files_are_collected_into_the_version(tmp_path):
    """What an update collects is not what the version in use reads, nor what one goes back to."""
    command = [sys.executable, "-c", "from sinergi import settings; print(settings.STATIC_ROOT)"]
    environment = {"DEBUG": "1", "DATA_DIR": str(tmp_path)}
    said = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    folder = Path(said.stdout.strip()).relative_to(ROOT)
    assert f'"$version/{folder}"' in (DEPLOY / "debian/install.sh").read_text()


class TestUpdate:
    """The order of install.sh, between the moment the portal stops and the one it serves again."""

    STEPS = (
        'as_service "$version" collectstatic',
        "trap '' HUP INT",
        'systemctl stop "$unit"',
        'as_service "$writer" backup',
        'as_service "$version" migrate',
        'mv -T "$home.new" "$home"',
        "systemctl restart sinergi.service",
        "trap - HUP INT",
    )

    def test_each_step_follows_the_one_before(self):
        """The backup has all that was stored, and who loses the connection loses nothing else."""
        text = (DEPLOY / "debian/install.sh").read_text()
        places = [text.index(step) for step in self.STEPS]
        assert [text.count(step) for step in self.STEPS] == [1] * len(self.STEPS)
        assert places == sorted(places)

    def test_stops_every_unit_and_timers_first(self):
        """A chore at work is not "active", and a timer would start another one."""
        text = (DEPLOY / "debian/install.sh").read_text()
        (stopped,) = re.findall(r"^for unit in (.+); do$", text, re.MULTILINE)
        assert sorted(stopped.split()) == sorted(
            path.name for path in UNITS if path.suffix != ".conf"
        )
        assert [name.endswith(".timer") for name in stopped.split()][:2] == [True, True]

    def test_a_restore_stops_every_unit_too(self):
        """As docs/deployment.md says it."""
        text = (ROOT / "docs/deployment.md").read_text().partition("### Restore")[2]
        stopped = re.search(r"^systemctl stop (.+)$", text, re.MULTILINE)[1].split()
        units = {path.name for path in UNITS if path.suffix != ".conf"}
        assert {name if "." in name else f"{name}.service" for name in stopped} == units


class TestContainers:
    def test_volumes_have_the_names_that_the_documentation_removes(self):
        name = re.search(r"^name: (\w+)$", COMPOSE.read_text(), re.MULTILINE)[1]
        volumes = re.findall(r"^  (\w+):$", COMPOSE.read_text().partition("\nvolumes:\n")[2], re.M)
        text = (ROOT / "docs/deployment.md").read_text()
        removed = re.search(r"^docker compose down\ndocker volume rm (.+)$", text, re.MULTILINE)[1]
        assert set(removed.split()) <= {f"{name}_{volume}" for volume in volumes}

    @pytest.mark.parametrize("variable", ["POSTGRES_PASSWORD", "SITE_URL"])
    def test_compose_refuses_to_start_without(self, variable):
        used = re.findall(rf"\$\{{{variable}(.*?)\}}", COMPOSE.read_text())
        assert used and all(after.startswith(":?") for after in used)

    @pytest.mark.parametrize(
        ("age", "said"), [(None, "backed up\n"), (90_000, "backed up\n"), (80_000, "")]
    )
    def test_a_backup_is_made_up_for_when_the_machine_was_off(self, tmp_path, age, said):
        """At the start, unless one is younger than a day; the first sleep ends the script."""
        backups, programs = tmp_path / "backups", tmp_path / "bin"
        backups.mkdir()
        programs.mkdir()
        if age:
            backup = backups / "sinergi-20261127T183000Z.tar"
            backup.touch()
            os.utime(backup, times=(time.time() - age,) * 2)
        (backups / ".sinergi-20261128T183000Z.abc.unfinished").touch()
        (programs / "sleep").write_text("#!/bin/sh\nkill $PPID\n")
        (programs / "sleep").chmod(0o755)
        environment = os.environ | {
            "LEAVES_FILES_IN": str(backups),
            "PATH": f"{programs}:{os.environ['PATH']}",
        }
        ended = subprocess.run(
            ["sh", DEPLOY / "container/every.sh", "86400", "66600", "echo", "backed up"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, said, "")


def test_the_number_of_processes_is_never_empty():
    """gunicorn reads it, to which an empty one is no number."""
    text = (DEPLOY / "sinergi.env.example").read_text()
    assert re.search(r"^WEB_CONCURRENCY=\d+$", text, re.MULTILINE)


def test_caddy_offers_what_compose_publishes():
    assert "/udp" in COMPOSE.read_text() or "protocols h1 h2\n" in CADDY
