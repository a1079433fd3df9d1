"""
Encryption of a backup by the `gpg` of the system, with a passphrase.

gpg streams, notices what was changed or cut off, and is in every distribution: without Sinergi a
backup is opened by `gpg --decrypt FILE | tar x`. (openssl enc authenticates nothing, age asks for
a passphrase at a terminal only, a format of our own would need Sinergi.)
"""

import contextlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager

from sinergi.operations.backups.errors import BackupError

SHORTEST_KEY = 16
#: The count of rounds is given, because gpg asks its agent for one otherwise; AES packs nothing
#: smaller that is packed already.
ENCRYPT = ("--symmetric", "--cipher-algo", "AES256", "--compress-algo", "none")
ENCRYPT += ("--s2k-digest-algo", "SHA512", "--s2k-count", "65011712")


@contextmanager
def encrypting(file, key):
    """Give a stream to write to; what lands in the open `file` is encrypted if there is a key."""
    if not key:
        yield file
        return
    with _gpg(key, *ENCRYPT, stdin=subprocess.PIPE, stdout=file) as (process, ended):
        try:
            yield process.stdin
            process.stdin.close()
        except BrokenPipeError:  # gpg has gone, and says why
            pass
        ended()


@contextmanager
def decrypting(file, key):
    """Give a stream to read what the open `file` holds; the end is checked when it is left."""
    if not key:
        yield file
        return
    with _gpg(key, "--decrypt", stdin=file, stdout=subprocess.PIPE) as (process, ended):
        try:
            yield process.stdout
        except (BackupError, tarfile.TarError):
            _read_on(process.stdout)
            ended()  # gpg's own reason comes first: what follows a wrong key is no archive either
            raise
        _read_on(process.stdout)
        ended()


def _read_on(stream):
    while stream.read(1 << 20):
        pass


@contextmanager
def _gpg(key, *arguments, **streams):
    """Start gpg in a home of its own, without agent; it is gone when this is left."""
    program = shutil.which("gpg")
    if program is None:
        raise BackupError("Program gpg tidak ditemukan. Pasang dulu: apt-get install gpg.")
    if len(key) < SHORTEST_KEY or "\n" in key:
        raise BackupError(
            f"BACKUP_KEY harus satu baris dan paling sedikit {SHORTEST_KEY} karakter."
        )
    reading, writing = os.pipe()
    os.write(writing, key.encode() + b"\n")
    os.close(writing)
    with (
        tempfile.TemporaryDirectory(prefix="sinergi-gpg-") as home,
        tempfile.TemporaryFile() as told,
    ):
        command = [program, "--homedir", home, "--batch", "--no-tty", "--quiet", "--no-options"]
        command += ["--no-autostart", "--pinentry-mode", "loopback"]
        command += ["--passphrase-fd", str(reading), *arguments]
        try:
            process = subprocess.Popen(  # noqa: S603
                command,
                pass_fds=[reading],
                stderr=told,
                env={**os.environ, "LC_ALL": "C"},
                **streams,
            )
        finally:
            os.close(reading)

        def ended():
            if process.wait():
                told.seek(0)
                raise BackupError(_words(told.read().decode(errors="replace")))

        try:
            yield process, ended
        finally:
            process.kill()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    _close(stream)
            process.wait()


def _close(stream):
    with contextlib.suppress(BrokenPipeError):
        stream.close()


def _words(told):
    if "Bad session key" in told:
        return "BACKUP_KEY tidak cocok dengan cadangan ini."
    if "No space left" in told or "File too large" in told:
        return "Tempat penyimpanan penuh."
    if "manipulated" in told or "premature" in told.lower() or "decrypt" in told:
        return "Cadangan ini rusak atau terpotong."
    last = told.strip().splitlines()
    return f"gpg gagal: {last[-1] if last else 'tanpa keterangan'}"
