"""
The lines of the log: as text, or as JSON for a collector (LOG_FORMAT). Neither has what opens
something by itself, nor what a row of the database says of a person.
"""

import logging
import re

from django.db import Error as DatabaseError
from django_guid import get_guid
from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

#: What stands in an address that opens something by itself, around the secret.
SECRETS = re.compile(
    r"(/kalender/)[^/\s\"']+(\.ics)|(/undangan/[^/\s]+/)[^/\s\"']+(/?)"
    r"|(/ringkasan/berhenti/)[^/\s\"']+(/?)"
)


def without_secrets(line):
    return SECRETS.sub(lambda found: "…".join(part for part in found.groups() if part), line)


def without_row_values(trace, error):
    """
    Return the text of a traceback with the first line alone of each database error in it: the rest
    of PostgreSQL's message quotes the row that it refused, and the statement.
    """
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        first, _, rest = str(error).partition("\n")
        if rest and (isinstance(error, DatabaseError) or hasattr(error, "pgcode")):
            trace = trace.replace(str(error), first)
        error = error.__cause__ or error.__context__
    return trace


class RequestIdFilter(logging.Filter):
    """Give each line the number of its request, or "-" for a command's."""

    def filter(self, record):
        record.request_id = get_guid() or "-"
        return True


class RefusalFilter(logging.Filter):
    """
    Write one line for a request that was refused (403, 404, …): Django adds the traceback of the
    refusal, which says where it was decided and nothing about what went wrong.
    """

    def filter(self, record):
        if record.levelno < logging.ERROR:
            record.exc_info = None
        return True


class CleanFormatter(logging.Formatter):
    """A formatter whose lines have neither secrets nor values of rows."""

    def formatException(self, exc_info):
        return without_row_values(super().formatException(exc_info), exc_info[1])

    def format(self, record):
        return without_secrets(super().format(record))


class LineFormatter(CleanFormatter):
    """Writes text: time, level, logger, number of the request, message."""


class JSONFormatter(CleanFormatter, JsonFormatter):
    """Writes one JSON object a line, with the same and, of an error, its traceback."""

    def __init__(self, *args, **kwargs):
        # What Django hangs on a record of a request is the request itself, address and all.
        kwargs.setdefault("reserved_attrs", [*RESERVED_ATTRS, "request"])
        kwargs.setdefault("json_ensure_ascii", False)
        kwargs.setdefault(
            "rename_fields", {"asctime": "time", "levelname": "level", "name": "logger"}
        )
        super().__init__(*args, **kwargs)
