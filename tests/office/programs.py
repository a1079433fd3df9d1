"""LibreOffice and qpdf, as programs of the machine."""

import shutil
import subprocess

SOFFICE, QPDF = "soffice", "qpdf"
SECONDS = 60  # for one file; LibreOffice takes two


def check_pdf(path):
    """Return what qpdf finds wrong with a PDF, or ""."""
    ended = subprocess.run(
        [shutil.which(QPDF), "--check", str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    return "" if ended.returncode == 0 else ended.stdout + ended.stderr


def text_of(path, *, profile):
    """
    Return what LibreOffice reads in a document or in the first sheet of a workbook, or None where
    it cannot open it; `profile` is a folder for its settings.
    """
    return texts_of([path], profile=profile)[path]


def texts_of(paths, *, profile):
    """Return {path: what LibreOffice reads in it, or None}; all of them are of one kind."""
    kind = "csv" if paths[0].suffix == ".xlsx" else "txt:Text (encoded):UTF8"
    command = [shutil.which(SOFFICE), f"-env:UserInstallation=file://{profile}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(paths[0].parent), *map(str, paths)]
    subprocess.run(command, capture_output=True, check=False, timeout=SECONDS + 5 * len(paths))
    return {path: _read(path.with_suffix(f".{kind[:3]}")) for path in paths}


def _read(path):
    return path.read_text(encoding="utf-8-sig", errors="replace") if path.exists() else None
