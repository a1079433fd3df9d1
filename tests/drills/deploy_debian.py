"""
deploy/debian/install.sh on a Debian made for it, as docs/deployment.md says: systemd, PostgreSQL
and nginx run there as on a server, in a container.
"""

import re
import threading
import time

from tests.drills import podman as containers
from tests.drills import visitor as visits
from tests.drills.podman import CERTIFICATES, ROOT, free_port, until
from tests.drills.visitor import HOST, Visitor, row

TITLE = "Peladen Debian: deploy/debian/install.sh"
COLUMNS = ("harus", "ternyata")
IMAGE = "localhost/debian-server"
SERVER = f"""
FROM {containers.BASE}
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive \\
    apt-get install -y -qq --no-install-recommends systemd systemd-sysv dbus >/dev/null
"""
UNAVAILABLE = "Portal sedang tidak dapat dihubungi"
#: How long an update may keep people waiting, in seconds, on a machine that does other things too.
AWAY = 120
#: Of what is tried here: a container may not load modules of the kernel.
FAILED = "systemctl --failed --plain --no-legend 'sinergi*' 'nginx*' 'postgresql*'"
SOURCE = "/usr/local/src/sinergi"
SETTINGS = "/etc/sinergi/sinergi.env"
FOLDER = "/etc/systemd/system"
SITE = "/etc/nginx/sites-available/sinergi"
UNITS = ("sinergi.service", "sinergi-daily.timer", "sinergi-backup.timer")
ATTEMPTS = (
    "from axes.models import AccessAttempt as attempts;"
    " print(attempts.objects.filter(ip_address='203.0.113.9').count(), attempts.objects.count())"
)
KEY = "kata-sandi-cadangan-latihan"


class Server:
    """A Debian in a container, and what is asked of it as root."""

    def __init__(self, podman, folder):
        self.podman, self.folder = podman, folder
        self.port, self.plain_port = free_port(), free_port()
        published = [f"127.0.0.1:{self.port}:443", f"127.0.0.1:{self.plain_port}:80"]
        podman(
            *("run", "--detach", "--name", "server", "--systemd=always", "--privileged"),
            *("--volume", f"{ROOT}:{SOURCE}:ro", *podman.certificates()),
            *("--publish", published[0], "--publish", published[1]),
            *(IMAGE, "/sbin/init"),
        )
        until(lambda: "running" in self.said("systemctl is-system-running"))

    def run(self, command):
        """Return what a line of shell says; a failure ends the drill with its words."""
        return self.podman("exec", "server", "bash", "-c", command)

    def said(self, command):
        return self.podman.ask("exec", "server", "bash", "-c", command).stdout.strip()

    def code(self, command):
        return self.podman.ask("exec", "server", "bash", "-c", command).returncode

    def install(self, *arguments):
        """Return (exit code, words) of install.sh; pip trusts what this machine trusts."""
        ended = self.podman.ask(
            *("exec", "--env", f"PIP_CERT={CERTIFICATES}", "server"),
            *(f"{SOURCE}/deploy/debian/install.sh", *arguments),
        )
        return ended.returncode, ended.stdout

    def install_by(self, line):
        """Return the exit code of a line of shell that leads its own group of processes."""
        return self.podman.ask(
            *("exec", "--env", f"PIP_CERT={CERTIFICATES}", "server"),
            *("setsid", "--wait", "bash", "-c", line),
        ).returncode

    def visitor(self):
        """Return somebody who trusts the certificate that install.sh made."""
        trusted = self.folder / "trusted.pem"
        trusted.write_text(self.run("cat /etc/sinergi/tls/fullchain.pem"))
        return Visitor(self.port, trusted, self.plain_port)

    def python(self, code):
        """Return what the portal's own Python prints."""
        return self.run(f'sinergi shell -v 0 -c "{code}"')


class Watcher(threading.Thread):
    """Somebody who asks for the sign-in page twice a second until told to stop."""

    def __init__(self, visitor):
        super().__init__(daemon=True)
        self.visitor, self.stopping = visitor, threading.Event()
        self.away, self.odd = 0.0, set()

    def run(self):
        last = time.monotonic()
        while not self.stopping.wait(0.5):
            answer = self.visitor.ask("/masuk/")
            now = time.monotonic()
            if answer.status != 200:
                self.away += now - last
                if UNAVAILABLE not in answer.text:
                    self.odd.add(answer.status)
            last = now

    def stop(self):
        self.stopping.set()
        self.join(60)


def drill(folder):
    """Yield (what, expected, found, whether it is as it must be)."""
    if lacking := containers.lacking():
        yield f"tidak dicoba: {lacking}", "-", "-", False
        return
    with containers.containers(folder) as podman:
        podman.make_base()
        podman.build(IMAGE, SERVER)
        server = Server(podman, folder)
        yield from _first(server)
        yield from _seen(server)
        yield from _away(server)
        yield from _commands(server)
        yield from _again(server)
        yield from _disturbed(server)
        yield from _restored(server)


def _first(server):
    code, said = server.install()
    yield row("tanpa nama host: ditolak", True, code == 2 and "host name" in said)
    code, said = server.install(HOST)
    if code:
        raise RuntimeError(said[-3000:])
    yield row("install.sh", 0, code)
    for unit in UNITS:
        yield row(unit, "active", server.said(f"systemctl is-active {unit}"))
        enabled = server.said(f"systemctl is-enabled {unit}")
        yield row(f"{unit} setelah mesin dinyalakan lagi", "enabled", enabled)
    yield row("satuan yang gagal", "", server.said(FAILED))
    verified = server.said(f"cd {FOLDER} && systemd-analyze verify sinergi*.service sinergi*.timer")
    yield row("systemd-analyze verify", "", verified)
    found = server.said("systemd-analyze security --no-pager sinergi.service | tail -n 1")
    exposure = float(re.search(r"[\d.]+(?= )", found)[0])
    yield "systemd-analyze security, paling banyak", "3.0", str(exposure), exposure <= 3
    mode = server.run(f"stat -c '%a %U:%G' {SETTINGS}")
    yield row("berkas lingkungan", "640 root:sinergi", mode)
    owner = server.run("stat -c %U /proc/$(systemctl show -P MainPID sinergi)")
    yield row("gunicorn berjalan sebagai", "sinergi", owner)
    listening = server.said("awk '$4 == \"0A\" && $2 ~ /:1F40$/ {print $2}' /proc/net/tcp*")
    yield row("gunicorn hanya pada 127.0.0.1", "0100007F:1F40", listening)


def _seen(server):
    visitor = server.visitor()
    yield from visits.rows(visitor)
    number = visitor.ask("/masuk/").headers.get("X-Request-ID", "tidak ada")
    logged = server.run("cat /var/log/nginx/sinergi.log")
    yield row("nomor permintaan ada di log nginx", True, number in logged)


def _away(server):
    visitor = server.visitor()
    visits.ask_with_secrets(visitor)
    server.run("systemctl stop sinergi")
    page = visitor.ask("/masuk/")
    yield row("gunicorn berhenti: dijawab", 502, page.status)
    yield row("dengan kata-kata", True, UNAVAILABLE in page.text)
    visits.ask_with_secrets(visitor)
    server.run("systemctl start sinergi")
    yield row("gunicorn kembali", True, until(lambda: visitor.status("/sehat/") == 200))
    before = server.run("systemctl show -P MainPID sinergi")
    server.run("systemctl kill --signal=KILL sinergi")
    until(lambda: server.run("systemctl show -P MainPID sinergi") not in {before, "0"})
    yield row(
        "gunicorn dibunuh: kembali sendiri", True, until(lambda: visitor.status("/sehat/") == 200)
    )
    logs = f"grep -rc {visits.SECRET} /var/log/nginx | grep -v ':0$'"
    yield row("rahasia alamat di log nginx", "", server.said(logs))
    journal = server.said(f"journalctl --quiet | grep -c {visits.SECRET}")
    yield row("rahasia alamat di jurnal", "0", journal)


def _commands(server):
    check = "sinergi check --deploy --fail-level WARNING"
    yield row("check --deploy --fail-level WARNING", 0, server.code(check))
    yield row("doctor", 0, server.code("sinergi doctor"))
    for unit in ("sinergi-backup", "sinergi-daily"):
        server.said(f"systemctl start {unit}")
        result = server.said(f"systemctl show -P Result {unit}")
        yield row(f"{unit}.service", "success", result)
    found = server.run("stat -c '%U %a' /var/backups/sinergi/*")
    yield row("cadangan", "sinergi 600", found)
    server.python(visits.DATA)
    visitor = server.visitor()
    claim = {"X-Forwarded-For": "203.0.113.9"}
    wrong = visitor.sign_in(visits.NAME, "salah", **claim)
    yield row("sandi salah", 200, wrong.status)
    found = server.python(ATTEMPTS)
    yield row("alamat yang disebut pengunjung sendiri dipercaya", "0 1", found)
    yield row("masuk", 302, visitor.sign_in(visits.NAME, visits.PASSWORD).status)
    team = visitor.ask("/tim/")
    path = visits.TEAM.search(team.headers.get("Location") or team.text)[0]
    paper = visitor.ask(f"{path}kop/contoh/")
    yield row("PDF, dibuat proses anak yang dibatasi", True, paper.body.startswith(b"%PDF"))
    server.visiting = visitor


def _again(server):
    """Run install.sh as an update, after its files were changed by whoever runs the server."""
    server.run(f"echo LOG_FORMAT=json >> {SETTINGS}; echo BACKUP_KEY={KEY} >> {SETTINGS}")
    server.run(f"echo '# mine' >> {SITE}")
    digests = f"sha256sum {SETTINGS} {SITE} /etc/sinergi/tls/*"
    before, counts = server.run(digests), server.python(visits.COUNTS)
    first = server.run("readlink /srv/sinergi")
    watcher = Watcher(server.visitor())
    watcher.start()
    code, said = server.install()
    watcher.stop()
    if code:
        raise RuntimeError(said[-3000:])
    yield row("install.sh sekali lagi", 0, code)
    yield row(
        "lingkungan, situs, sertifikat seperti sebelumnya", True, server.run(digests) == before
    )
    yield row("akun, rapat, berkas", counts, server.python(visits.COUNTS))
    away = watcher.away
    yield "detik tidak melayani selagi diperbarui, paling banyak", AWAY, f"{away:.0f}", away <= AWAY
    yield row("dijawab dengan kata-kata selama itu", set(), watcher.odd)
    yield row("versi lain dipakai", True, server.run("readlink /srv/sinergi") != first)
    backups = server.run("ls /var/backups/sinergi | grep -c gpg")
    yield row("cadangan baru sebelum diperbarui, terenkripsi", "1", backups)
    yield row("yang sudah masuk tetap masuk", 200, server.visiting.status("/tindak-lanjut/"))
    server.visitor().sign_in(visits.NAME, "salah")
    logged = server.said("journalctl -u sinergi -o cat | grep -c '\"request_id\"'")
    yield row("baris log sebagai JSON", True, int(logged) > 0)
    code, _ = server.install()
    yield row("install.sh ketiga kali", 0, code)
    yield row("versi yang disimpan", "2", server.run("ls /srv/sinergi-versions | wc -l"))


def _disturbed(server):
    """Update with a backup that fails, and with somebody who leaves; nginx stays off if it was."""
    counts, version = server.python(visits.COUNTS), server.run("readlink /srv/sinergi")
    visitor = server.visitor()
    server.run(f"echo BACKUP_DIR=/proc/nowhere >> {SETTINGS}")
    code, _ = server.install()
    yield row("cadangan gagal: install.sh", 2, code)
    yield row("versi seperti sebelumnya", version, server.run("readlink /srv/sinergi"))
    yield row("portal melayani", True, until(lambda: visitor.status("/sehat/") == 200))
    server.run(f"sed -i '$d' {SETTINGS}")

    # As when the connection is lost and somebody presses Ctrl-C, and nginx is not wanted any more.
    server.run("systemctl disable --now --quiet nginx")
    alone = "echo $$ >/run/install.pid; exec " + f"{SOURCE}/deploy/debian/install.sh"
    ended = []
    update = threading.Thread(target=lambda: ended.append(server.install_by(alone)))
    update.start()
    until(lambda: server.said("systemctl is-active sinergi") != "active", 600)
    server.run("kill -HUP -- -$(cat /run/install.pid); kill -INT -- -$(cat /run/install.pid)")
    update.join(600)
    yield row("Ctrl-C selagi portal dihentikan: install.sh", [0], ended)
    yield row("versi lain dipakai", True, server.run("readlink /srv/sinergi") != version)
    yield row(
        "nginx yang dimatikan tetap mati", "inactive", server.said("systemctl is-active nginx")
    )
    server.run("systemctl enable --now --quiet nginx")
    yield row("portal melayani", True, until(lambda: visitor.status("/sehat/") == 200))
    yield row("akun, rapat, berkas", counts, server.python(visits.COUNTS))


def _restored(server):
    """Do what docs/deployment.md says under Restore, as it stands there."""
    counts = server.python(visits.COUNTS)
    server.run("systemctl start sinergi-backup")
    file = server.run("ls /var/backups/sinergi/* | tail -n 1")
    lines = documented("Restore")
    ended = server.podman.ask("exec", "server", "bash", "-c", f"set -e; FILE={file}\n{lines}")
    yield row("pulih menurut docs/deployment.md", 0, ended.returncode)
    yield row("akun, rapat, berkas", counts, server.python(visits.COUNTS))
    visitor = server.visitor()
    yield row("portal melayani", True, until(lambda: visitor.status("/sehat/") == 200))
    yield row("masuk", 302, visitor.sign_in(visits.NAME, visits.PASSWORD).status)


def documented(heading):
    """Return the commands under this heading of docs/deployment.md."""
    _, _, rest = (ROOT / "docs/deployment.md").read_text().partition(f"# {heading}\n")
    return rest.split("```")[1].strip()
