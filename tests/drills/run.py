"""
`make drill`: bad days tried out on installations made for it, with a table of what was compared.

Each drill is a module with a TITLE and `drill(folder)`, which yields (what, before, after, whether
it is as it must be), and may name its two COLUMNS. Names after the command choose some of them:
`make deployments` those that are none of these.
"""

import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

DRILLS = ("backup", "point_in_time", "restarts")


def main(names):
    wrong = 0
    for name in names or DRILLS:
        module = import_module(f"tests.drills.{name}")
        print(f"\n{module.TITLE}\n", flush=True)
        first, second = getattr(module, "COLUMNS", ("sebelum", "sesudah"))
        print(f"{'':60} {first:>10} {second:>10}", flush=True)
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="sinergi-latihan-") as folder:
            for what, before, after, is_right in module.drill(Path(folder)):
                wrong += not is_right
                mark = "ya" if is_right else "TIDAK"
                print(f"{what:60} {before:>10} {after:>10}  {mark}", flush=True)
        print(f"{time.monotonic() - began:.0f} detik", flush=True)
    print(f"\n{wrong} tidak sesuai." if wrong else "\nSemua sesuai.", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
