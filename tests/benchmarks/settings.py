"""Production settings with the two pages that the benchmark compares ours with."""

import os

os.environ.setdefault("SECRET_KEY", "abcdefghij" * 6)
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1")
os.environ.setdefault("HTTPS", "0")

from sinergi.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
LOGGING = {"version": 1, "disable_existing_loggers": True}
