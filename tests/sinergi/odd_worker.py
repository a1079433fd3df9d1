"""A child process that does what `data` says, mostly something bad (test_child.py)."""

import json
import os
import sys
import time


def misbehave(data, *arguments):
    yield b"begun "
    yield globals()[data.decode()](*arguments)


def answer(*arguments):
    return " ".join(arguments).encode()


def eat(*arguments):
    return b"x" * (1 << 40)


def abort(*arguments):
    os.abort()


def compute(*arguments):
    while True:
        pass


def sleep(*arguments):
    time.sleep(60)


def fail(*arguments):
    raise ValueError


def talk(*arguments):
    sys.stdout.write("said by a library")
    os.write(1, b"and by a C one")
    return b"done"


def look(*arguments):
    return json.dumps(dict(os.environ)).encode()
