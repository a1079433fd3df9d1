"""
Main program of a child process of sinergi.kit.child: set the limits, run the worker, write its
answer, end.

Arguments: the worker ("module:function"), megabytes, seconds, then the worker's own. Imports
nothing of Django.
"""

import importlib
import os
import sys

try:
    import resource
except ImportError:
    resource = None  # Windows has no such limits; the parent's clock and the workers' checks remain

OUT_OF_MEMORY = 77  # the exit status that tells the parent


def limit(megabytes, seconds):
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)
        # The soft limit comes first, and its signal (SIGXCPU) says why.
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main():
    name, megabytes, seconds, *arguments = sys.argv[1:]
    limit(int(megabytes), int(seconds))
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no part of the answer
    sys.path.append(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    try:
        module, _, function = name.partition(":")
        work = getattr(importlib.import_module(module), function)
        for part in work(sys.stdin.buffer.read(), *arguments):
            answer.write(part)
            answer.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # without another allocation
    answer.close()


if __name__ == "__main__":
    main()
