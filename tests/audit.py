"""
Ask for known holes of the packages in the locks (`make audit`): pip-audit, which asks a service of
the network. Ends with 0 for none, 1 for some, 3 where nobody could be asked: that is not "none".
"""

import json
import subprocess
import sys

NONE, SOME, NOT_ASKED = 0, 1, 3


def audit(locks):
    """Print what is known of the packages in these files, and return the exit code."""
    files = [f"--requirement={lock}" for lock in locks]
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps"),
            *("--format=json", "--progress-spinner=off", *files),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        packages = json.loads(ended.stdout)["dependencies"]
    except ValueError:
        why = ended.stderr.strip().splitlines()[-1:] or ["no answer"]
        print(f"Nothing was looked up: {why[0]}", file=sys.stderr)
        return NOT_ASKED
    # A package that the service does not know was not looked up either.
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    holes = [(package, hole) for package in packages for hole in package.get("vulns", [])]
    for package, hole in holes:
        fixed = ", ".join(hole["fix_versions"]) or "none yet"
        print(f"{package['name']} {package['version']}: {hole['id']} (fixed in: {fixed})")
    print(f"{len(packages) - len(unknown)} packages looked up, {len(holes)} known holes.")
    if unknown:
        print(f"Not looked up: {', '.join(unknown)}.", file=sys.stderr)
    if holes:
        return SOME
    return NOT_ASKED if unknown else NONE


if __name__ == "__main__":
    sys.exit(audit(sys.argv[1:]))
