"""The lines of the log: an address that opens something by itself is written without its secret."""

import logging
import re

#: What stands in such an address, around the secret.
SECRETS = re.compile(
    r"(/kalender/)[^/\s\"']+(\.ics)|(/undangan/[^/\s]+/)[^/\s\"']+(/?)"
    r"|(/ringkasan/berhenti/)[^/\s\"']+(/?)"
)


def without_secrets(line):
    return SECRETS.sub(lambda found: "…".join(part for part in found.groups() if part), line)


class RouteFormatter(logging.Formatter):
    """Writes /kalender/….ics, /undangan/MQ/…/ of an invitation, and /ringkasan/berhenti/…/."""

    def format(self, record):
        return without_secrets(super().format(record))
