"""
Variables of the environment, read for the settings. What cannot be meant is refused in words: the
person who reads them runs a server in Indonesia and wrote the variable a minute ago.

An empty variable is one that was not given: a line `NAME=` of a file for systemd or compose.
"""

import os
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on", "ya"}
NO = {"0", "false", "no", "off", "tidak"}


def refuse(name, why):
    """Return the error for a variable that cannot be meant."""
    return ImproperlyConfigured(f"Variabel lingkungan {name}: {why}.")


def text(name, default=""):
    return os.environ.get(name, "").strip() or default


def texts(name, default=""):
    """Return the parts of a list separated by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def needed(name, why):
    """Return a variable that production cannot do without."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"Variabel lingkungan {name} belum diisi: {why}. Untuk mencoba di komputer sendiri, isi"
            " DEBUG=1."
        )
    return value


def flag(name, default=False):
    value = text(name).casefold()
    if not value:
        return default
    if value not in YES | NO:
        raise refuse(name, f"isinya 1 atau 0, bukan “{value}”")
    return value in YES


def number(name, default, least=0):
    """Return a whole number, at least `least`."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdecimal() or int(value) < least:
        raise refuse(name, f"isinya bilangan bulat, paling sedikit {least}, bukan “{value}”")
    return int(value)


def choice(name, among, default):
    """Return one of these words, whatever the case it was written in."""
    value = text(name, default)
    for word in among:
        if word.casefold() == value.casefold():
            return word
    raise refuse(name, f"pilih salah satu: {', '.join(among)}, bukan “{value}”")


def database(folder):
    """
    Return the database, as one of DATABASES: that of DATABASE_URL, or a file of SQLite in `folder`.
    """
    try:
        found = dj_database_url.parse(
            text("DATABASE_URL", f"sqlite:///{folder / 'sinergi.sqlite3'}"),
            conn_max_age=number("DATABASE_CONN_MAX_AGE", 600),
            conn_health_checks=True,
        )
    except ValueError as error:  # the address holds a password: it is not repeated
        raise refuse("DATABASE_URL", "isinya postgres://pengguna:sandi@host/nama") from error
    options = found.setdefault("OPTIONS", {})
    if found["ENGINE"] == "django.db.backends.postgresql":
        options.setdefault("connect_timeout", number("DATABASE_CONNECT_TIMEOUT", 5, 1))
        if flag("DATABASE_POOLER"):
            # A pooler in transaction mode (PgBouncer) hands each transaction to another session and
            # takes no parameters at the start: the role has them (docs/operations.md).
            found["DISABLE_SERVER_SIDE_CURSORS"] = True
        else:
            options["options"] = " ".join(f"-c {name}" for name in _session_parameters())
    if found["ENGINE"] == "django.db.backends.sqlite3":
        # Writers queue instead of failing: each takes its lock when it begins and waits for the one
        # before it.
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return found


def _session_parameters():
    """
    Yield what each session of PostgreSQL is told.

    Compiling a query costs more than any of ours takes: the ledger of the country 1,210 ms with
    it, 180 ms without. What is asked for often lies in memory, or on a disk without moving parts:
    there a page of an index costs about what the next page of a table does. One query stays on one
    core: a second process for it costs a month of the country's calendar more than it saves, 41 ms
    instead of 30, and the other cores serve other people. A statement that takes longer than a page
    may is given up before gunicorn gives up the process (sinergi.wsgi); commands have no such
    limit.
    """
    seconds = number("DATABASE_STATEMENT_TIMEOUT", 20)
    yield "jit=off"
    yield "random_page_cost=1.1"
    yield "max_parallel_workers_per_gather=0"
    yield f"statement_timeout={seconds * 1000 if flag('SERVES_PAGES') else 0}"


def uploads_storage():
    """Return where uploads are kept, as one of STORAGES: a folder, or a bucket if one is named."""
    bucket = text("AWS_STORAGE_BUCKET_NAME")
    if not bucket:
        return {"BACKEND": "sinergi.kit.storage.WholeFileStorage"}
    endpoint = text("AWS_S3_ENDPOINT_URL")
    parts = urlsplit(endpoint)
    if endpoint and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise refuse("AWS_S3_ENDPOINT_URL", "alamat lengkap, misalnya https://s3.example.go.id")
    keys = {name: text(name) for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    for name, value in keys.items():
        if not value:
            raise refuse(name, "belum diisi, padahal AWS_STORAGE_BUCKET_NAME diisi")
    return {
        "BACKEND": "sinergi.kit.object_storage.BucketStorage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint or None,
            "region_name": text("AWS_S3_REGION_NAME", "us-east-1"),
            "access_key": keys["AWS_ACCESS_KEY_ID"],
            "secret_key": keys["AWS_SECRET_ACCESS_KEY"],
            "location": text("AWS_LOCATION").strip("/"),
            "addressing_style": choice(
                "AWS_S3_ADDRESSING_STYLE", ("auto", "path", "virtual"), "auto"
            ),
        },
    }
