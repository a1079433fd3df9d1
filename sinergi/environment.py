"""
Variables of the environment, read for the settings. What cannot be meant is refused in words: the
person who reads them runs a server in Indonesia and wrote the variable a minute ago.

An empty variable is one that was not given: a line `NAME=` of a file for systemd or compose.
"""

import os
from urllib.parse import urlsplit

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
            "location": text("AWS_LOCATION"),
            "addressing_style": choice(
                "AWS_S3_ADDRESSING_STYLE", ("auto", "path", "virtual"), "auto"
            ),
        },
    }
