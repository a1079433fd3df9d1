"""
compose.yaml and the Containerfile, as docs/deployment.md says, with Podman.

No registry of images is asked: Python's image is stood in for by Debian's Python, PostgreSQL's by
Debian's PostgreSQL 15, Caddy's by Debian's Caddy.
"""

import json
import secrets
import subprocess
import sys

from tests.drills import podman as containers
from tests.drills import visitor as visits
from tests.drills.podman import BASE, CERTIFICATES, ROOT, free_port, until
from tests.drills.visitor import HOST, Visitor, row

TITLE = "Kontainer: compose.yaml"
COLUMNS = ("harus", "ternyata")
PYTHON, DATABASE, CADDY = "localhost/python", "localhost/postgres", "localhost/caddy"
PORTAL = "localhost/sinergi"
INSTALL = "RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq"
OF_PYTHON = f"FROM {BASE}\n{INSTALL} --no-install-recommends python3 python3-venv >/dev/null\n"
OF_CADDY = f"""
FROM {BASE}
{INSTALL} --no-install-recommends caddy >/dev/null
ENV XDG_DATA_HOME=/data XDG_CONFIG_HOME=/config
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
"""
AUTHORITY = "/data/caddy/pki/authorities/local/root.crt"


class ComposedPortal:
    """A checkout with its .env, and podman-compose in it."""

    def __init__(self, podman, folder):
        self.podman, self.checkout = podman, folder / "portal"  # not the name of compose.yaml
        self.port, self.plain_port = free_port(), free_port()
        self.trusted = folder / "trusted.pem"
        self.checkout.mkdir()
        names = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(names, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
        pack = ["tar", "-C", ROOT, "--null", "--exclude=.venv", "-T", "-", "-c"]
        packed = subprocess.run(pack, input=listed, check=True, stdout=subprocess.PIPE).stdout
        subprocess.run(["tar", "-x"], cwd=self.checkout, input=packed, check=True)
        self.write_environment()
        self.command = self._compose(podman.store)

    def write_environment(self):
        given = {
            "SECRET_KEY": secrets.token_urlsafe(60),
            "ALLOWED_HOSTS": HOST,
            "SITE_URL": f"https://{HOST}",
            "POSTGRES_PASSWORD": secrets.token_hex(24),
            "CADDY_TLS": "tls internal",
            "HTTP_LISTEN": f"127.0.0.1:{self.plain_port}",
            "HTTPS_LISTEN": f"127.0.0.1:{self.port}",
        }
        lines = []
        for line in (self.checkout / "deploy/sinergi.env.example").read_text().splitlines():
            name, is_given, _ = line.partition("=")
            lines.append(f"{name}={given[name]}" if is_given and name in given else line)
        lines += [f"POSTGRES_IMAGE={DATABASE}", f"CADDY_IMAGE={CADDY}", ""]
        (self.checkout / ".env").write_text("\n".join(lines))

    def _compose(self, store):
        """Return podman-compose of PyPI, which works on this drill's store."""
        if not (store / "compose").exists():
            subprocess.run([sys.executable, "-m", "venv", store / "compose"], check=True)
            pip = [store / "compose/bin/pip", "install", "--quiet", "podman-compose>=1.5"]
            subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
        podman = store / "podman"
        podman.write_text(f'#!/bin/sh\nexec {" ".join(self.podman.command)} "$@"\n')
        podman.chmod(0o755)
        return [store / "compose/bin/podman-compose", "--podman-path", podman]

    def ask(self, *arguments):
        return subprocess.run(
            [*self.command, *map(str, arguments)],
            cwd=self.checkout,
            env=self.podman.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )

    def compose(self, *arguments):
        """Return what podman-compose says; a failure ends the drill with its words."""
        ended = self.ask(*arguments)
        if ended.returncode:
            raise RuntimeError(f"compose {' '.join(arguments)[:80]}: {ended.stdout[-3000:]}")
        return ended.stdout.strip()

    def manage(self, *arguments):
        return self.ask("exec", "-T", "web", "python", "manage.py", *arguments)

    def python(self, code):
        """Return the last line that the portal's own Python prints."""
        ended = self.manage("shell", "-v", "0", "-c", code)
        if ended.returncode:
            raise RuntimeError(ended.stdout[-3000:])
        return (ended.stdout.strip().splitlines() or [""])[-1]

    def inspect(self, service, format_):
        return self.podman("inspect", f"sinergi_{service}_1", "--format", format_, check=False)

    def visitor(self):
        """Return somebody who trusts Caddy's own authority, once there is one."""
        until(lambda: not self.ask("exec", "-T", "proxy", "test", "-s", AUTHORITY).returncode)
        self.trusted.write_text(self.compose("exec", "-T", "proxy", "cat", AUTHORITY))
        return Visitor(self.port, self.trusted, self.plain_port)


def drill(folder):
    """Yield (what, expected, found, whether it is as it must be)."""
    if lacking := containers.lacking():
        yield f"tidak dicoba: {lacking}", "-", "-", False
        return
    with containers.containers(folder) as podman:
        podman.make_base()
        podman.build(PYTHON, OF_PYTHON)
        podman.build(CADDY, OF_CADDY)
        images = ROOT / "tests/drills/images/database"
        podman("build", "-q", "-t", DATABASE, "--build-arg", f"BASE={BASE}", images)
        portal = ComposedPortal(podman, folder)
        yield from _built(portal)
        yield from _up(portal)
        visitor = portal.visitor()
        yield row("portal melayani", True, until(lambda: visitor.status("/sehat/") == 200))
        yield from visits.rows(visitor)
        yield from _logged(portal, visitor)
        yield from _commands(portal, visitor)
        yield from _updated(portal, visitor)
        yield from _restored(portal, visitor)
        portal.ask("down")


def _built(portal):
    options = ["--build-arg", f"BASE={PYTHON}", *portal.podman.certificates()]
    options += ["--secret", f"id=pip,src={portal.podman.write_pip_settings()}"]
    ended = portal.podman.ask("build", "-t", PORTAL, *options, portal.checkout)
    if ended.returncode:
        raise RuntimeError(ended.stdout[-3000:])
    yield row("citra dibangun dari requirements.txt", 0, ended.returncode)
    held = portal.podman("run", "--rm", PORTAL, "sh", "-c", "ls -a; id -un; find . -name .env")
    yield row("pengguna di dalamnya", "sinergi", held.splitlines()[-1])
    left_out = {".env", ".git", ".venv", "tests"}
    yield row("tanpa .env, .git, dan uji", set(), left_out & set(held.splitlines()))
    history = portal.podman("history", "--no-trunc", PORTAL)
    yield row("tanpa pengaturan pip mesin ini", False, CERTIFICATES in history)


def _up(portal):
    portal.compose("up", "-d")
    for service in ("database", "web", "daily", "backup", "proxy"):
        state = until(lambda s=service: portal.inspect(s, "{{.State.Status}}") == "running")
        yield row(f"{service} berjalan", True, state)
    listed = ["exec", "-T", "backup", "ls", "/var/backups/sinergi"]
    made = until(lambda: ".tar" in portal.ask(*listed).stdout)
    yield row("cadangan pertama dibuat segera", True, made)
    code = portal.inspect("migrate", "{{.State.ExitCode}}")
    yield row("migrate", "0", code)
    held = json.loads(portal.inspect("web", "{{json .HostConfig}}"))
    yield row("web: sistem berkas hanya dibaca", True, held["ReadonlyRootfs"])
    yield row("web: memori, GB", 3.0, held["Memory"] / 1024**3)
    bounds = portal.compose(
        "exec", "-T", "web", "grep", "-E", "CapBnd|NoNewPrivs", "/proc/1/status"
    )
    yield row("web: tanpa hak istimewa", ["0" * 16, "1"], bounds.split()[1::2])


def _logged(portal, visitor):
    visits.ask_with_secrets(visitor)
    number = visitor.ask("/masuk/").headers.get("X-Request-ID", "tidak ada")
    portal.compose("stop", "web")
    page = visitor.ask("/masuk/")
    yield row("web berhenti: dijawab", 502, page.status)
    yield row("dengan kata-kata", True, "Portal sedang tidak dapat dihubungi" in page.text)
    visits.ask_with_secrets(visitor)
    log = portal.podman("logs", "sinergi_proxy_1")
    yield row("nomor permintaan ada di log proksi", True, number in log)
    yield row("rahasia alamat di log proksi", 0, log.count(visits.SECRET))
    portal.compose("start", "web")
    yield row("web kembali", True, until(lambda: visitor.status("/sehat/") == 200))
    log = portal.podman("logs", "sinergi_web_1")
    yield row("rahasia alamat di log web", 0, log.count(visits.SECRET))


def _commands(portal, visitor):
    health = portal.podman.ask("healthcheck", "run", "sinergi_web_1")
    yield row("pemeriksaan kesehatan web", 0, health.returncode)
    check = portal.manage("check", "--deploy", "--fail-level", "WARNING")
    yield row("check --deploy --fail-level WARNING", 0, check.returncode)
    yield row("doctor", 0, portal.manage("doctor").returncode)
    for service in ("daily", "backup"):
        ended = portal.ask("exec", "-T", service, "python", "manage.py", service)
        yield row(service, 0, ended.returncode)
    portal.python(visits.DATA)
    yield row("masuk", 302, visitor.sign_in(visits.NAME, visits.PASSWORD).status)
    team = visitor.ask("/tim/")
    path = visits.TEAM.search(team.headers.get("Location") or team.text)[0]
    paper = visitor.ask(f"{path}kop/contoh/")
    yield row("PDF, dibuat proses anak yang dibatasi", True, paper.body.startswith(b"%PDF"))


def _updated(portal, visitor):
    """Make all containers anew, as an update does."""
    counts = portal.python(visits.COUNTS)
    portal.compose("stop", "web", "daily")
    portal.compose("exec", "-T", "backup", "python", "manage.py", "backup")
    portal.compose("down")
    portal.compose("up", "-d")
    yield row(
        "kontainer baru: portal melayani", True, until(lambda: visitor.status("/sehat/") == 200)
    )
    yield row("akun, rapat, berkas", counts, portal.python(visits.COUNTS))
    yield row("yang sudah masuk tetap masuk", 200, visitor.status("/tindak-lanjut/"))


def _restored(portal, visitor):
    counts = portal.python(visits.COUNTS)
    listed = portal.compose("exec", "-T", "backup", "ls", "/var/backups/sinergi")
    file = listed.split()[-1]
    portal.compose("down")
    portal.podman("volume", "rm", "sinergi_database", "sinergi_media")
    portal.compose("up", "-d", "database")
    ended = portal.ask(
        *("run", "--rm", "-T", "--no-deps", "backup", "sh", "deploy/container/with-database.sh"),
        *("python", "manage.py", "restore", f"/var/backups/sinergi/{file}"),
    )
    yield row("pulih ke volume kosong", 0, ended.returncode)
    portal.compose("up", "-d")
    yield row("portal melayani", True, until(lambda: visitor.status("/sehat/") == 200))
    yield row("akun, rapat, berkas", counts, portal.python(visits.COUNTS))
