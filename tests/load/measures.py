"""Times of each page, memory of each web process, and the table of both."""

import os
import platform
import statistics
import threading
from collections import defaultdict
from pathlib import Path

EVERY = 1  # second, memory is looked at
#: How much more a web process may hold in the last tenth of the requests than in the second.
GROWTH = 1.10


class MemoryWatch(threading.Thread):
    """Resident memory of each process, with how many requests were answered by then."""

    def __init__(self, pids, answers, stopping):
        super().__init__(daemon=True)
        self.answers, self.stopping = answers, stopping
        self.seen = {pid: [] for pid in pids}  # pid → [(requests, MB)]

    def run(self):
        while not self.stopping.wait(EVERY):
            for pid, samples in self.seen.items():
                path = Path(f"/proc/{pid}/statm")
                if path.exists():
                    pages = int(path.read_text().split()[1])
                    samples.append((len(self.answers), pages * os.sysconf("SC_PAGE_SIZE") / 2**20))

    def rows(self):
        """Return [(MB in the second tenth, MB in the last tenth, most MB)] of the processes."""
        whole = len(self.answers)
        found = []
        for samples in self.seen.values():
            second = [mb for n, mb in samples if whole * 0.1 <= n < whole * 0.2]
            last = [mb for n, mb in samples if n >= whole * 0.9]
            if second and last:
                most = max(mb for _, mb in samples)
                found.append((statistics.median(second), statistics.median(last), most))
        return found


def processor_seconds(pids):
    """Return what these processes, and their children that have ended, took of the processors."""
    fields = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids)
    return sum(sum(map(int, one[11:15])) for one in fields) / os.sysconf("SC_CLK_TCK")


def quantile(times, share):
    """Return the time, in the unit given, that this share of them does not exceed."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def machine(database):
    """Return in words what was measured on."""
    size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{os.cpu_count()} cores, {size:.0f} GiB, Python {platform.python_version()}, {database}"


def print_times(answers):
    """Print a table of the pages, the slowest first, and all of them together."""
    by_page = defaultdict(list)
    for answer in answers:
        by_page[answer.page].append(answer.seconds * 1000)
    print("| Page | requests | p50 (ms) | p95 (ms) | max (ms) |")
    print("|---|---:|---:|---:|---:|")
    rows = sorted(by_page.items(), key=lambda row: -quantile(row[1], 0.95))
    for name, times in [("**all**", [t for _, one in rows for t in one]), *rows]:
        row = [statistics.median(times), quantile(times, 0.95), max(times)]
        figures = " | ".join(f"{ms:,.0f}" for ms in row)
        print(f"| {name} | {len(times):,} | {figures} |")


def print_goals(goals):
    """Print (what, goal, found, whether it is met) as a table; return whether all are."""
    print("\n| Goal | | measured | |")
    print("|---|---:|---:|---|")
    for what, goal, found, is_met in goals:
        print(f"| {what} | {goal} | {found} | {'yes' if is_met else '**no**'} |")
    print(flush=True)
    return all(is_met for *_, is_met in goals)
