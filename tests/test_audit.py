"""`make audit` never says "none" where it could not ask."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOOD = {"name": "django", "version": "5.2", "vulns": []}
HOLE = {"id": "PYSEC-1", "fix_versions": ["5.2.1"]}


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        ([GOOD], 0, "1 packages looked up, 0 known holes."),
        ([GOOD | {"vulns": [HOLE]}], 1, "django 5.2: PYSEC-1 (fixed in: 5.2.1)"),
        ([GOOD, {"name": "sinergi", "skip_reason": "unknown"}], 3, "Not looked up: sinergi."),
        (None, 3, "Nothing was looked up: ConnectionError: no network"),
    ],
    ids=["none", "some", "unknown", "no network"],
)
def test_the_exit_code_tells_none_some_and_nobody_asked(tmp_path, answer, code, says):
    told = None if answer is None else json.dumps({"dependencies": answer})
    module = f"print({told!r})" if told else "raise SystemExit('ConnectionError: no network')"
    (tmp_path / "pip_audit.py").write_text(module)
    ended = subprocess.run(
        [sys.executable, ROOT / "tests" / "audit.py", "requirements.txt"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == code and says in ended.stdout + ended.stderr
