"""The product's settings, made quick and separate for tests."""

import os
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="sinergi-tests-"))
os.environ.setdefault("DEBUG", "1")
os.environ["DEBUG_TOOLBAR"] = "0"
os.environ["DATA_DIR"] = str(SCRATCH)
os.environ.pop("AWS_STORAGE_BUCKET_NAME", None)

from sinergi.settings import *  # noqa: E402, F403

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = SCRATCH / "media"
STATIC_ROOT = SCRATCH / "static"
STATICFILES_DIRS = [*STATICFILES_DIRS]  # noqa: F405
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"django.request": {"level": "CRITICAL"}},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, and not memory: the server of the browser tests and two requests at once have
    # connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}  # noqa: F405
else:
    DATABASES["default"]["ENGINE"] = "tests.postgresql"  # noqa: F405
    # Tables of a few rows: looking for the best order of seventeen joins takes thirty times as long
    # as joining them, and nobody minds which commit is lost when the machine stops. What is
    # answered is the same.
    options = DATABASES["default"].setdefault("OPTIONS", {})  # noqa: F405
    options["options"] = (
        f"{options.get('options', '')} -c join_collapse_limit=1 -c synchronous_commit=off"
    )
