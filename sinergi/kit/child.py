"""
Run work that may use unbounded time or memory in a child process, under limits that the system
enforces.

Whatever is in a file from outside, or in a text that is to be set as a page, may make its reader
eat all memory, never end, or abort. The child ends then; this process lives on and tells the
person. A worker is a function `worker(data, *arguments)`, named as "module:function", of a module
that imports nothing of Django; it yields the parts of its answer. It starts in some 15 ms, plus
what it imports.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from sinergi.kit.child_main import OUT_OF_MEMORY

MAIN = Path(__file__).with_name("child_main.py")
MEGABYTES = 512  # of address space, for whatever is done while a page waits
#: Children of one web process at a time, where it has several threads; and seconds to wait for
#: one's turn.
AT_ONCE, PATIENCE = 2, 15
#: What a child may know of this process's surroundings: where programs and libraries are, and no
#: secret.
KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")

_turns = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


class Stopped(Exception):
    """The child ended without having done its work; `output` is what it had answered until then."""

    def __init__(self, output=b""):
        super().__init__()
        self.output = output


class TooMuchMemory(Stopped):
    """The child needed more memory than it may have."""


class TooLong(Stopped):
    """The child computed for longer than it may."""


class Busy(Stopped):
    """
    The child got no turn, or too little of the processor: the machine is busy, and another time it
    may succeed.
    """


class Crashed(Stopped):
    """The child raised an exception or was ended by a signal; the reason is in the log."""


def run(worker, data, *arguments, seconds, megabytes=MEGABYTES, wall=None):
    """
    Return the answer (bytes) of the worker "module:function" to `data` (bytes); arguments arrive as
    text.

    Limits: `seconds` of the processor, `wall` seconds by the clock (default: five more),
    `megabytes` of memory. Raises Stopped.
    """
    told = map(str, (megabytes, seconds, *arguments))
    command = [sys.executable, "-I", str(MAIN), worker, *told]
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    try:
        ended = subprocess.run(  # noqa: S603
            command,
            input=data,
            capture_output=True,
            timeout=wall or seconds + 5,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as late:
        raise Busy(late.stdout or b"") from None
    finally:
        _turns.release()
    if ended.returncode:
        raise _reason(worker, ended)(ended.stdout)
    return ended.stdout


def _environment():
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    # A pool of threads, and an arena for each, would count against the limit on machines with many
    # processors.
    return kept | {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}


def _reason(worker, ended):
    """Return the subclass of Stopped that explains how the child ended."""
    code = ended.returncode
    # Rust aborts when it gets no memory; SIGKILL comes from the system when the machine itself has
    # none left.
    if code in (OUT_OF_MEMORY, -signal.SIGABRT, -getattr(signal, "SIGKILL", 0)):
        return TooMuchMemory
    if code == -getattr(signal, "SIGXCPU", 0):
        return TooLong
    said = ended.stderr[-2000:].decode(errors="replace")
    _log.warning("%s ended with %s: %s", worker, code, said)
    return Crashed
