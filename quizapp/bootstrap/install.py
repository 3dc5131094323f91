"""Installs the packages of a lock file with pip, in plain words; knows no environment's life."""

import subprocess
import sys
import time
from collections import deque
from pathlib import Path

SHOWN_LINES = 8
"""Lines of pip's own words that a failure shows."""


class BootstrapError(Exception):
    """The packages cannot be had; its text tells the person what to do."""


def read_names(lock: Path) -> list[str]:
    """Return the packages of a lock file that every system needs."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and line[0].isalnum() and ";" not in line]
    return [pin.partition("==")[0] for pin in pins]


def install(python: Path, lock: Path, folder: Path) -> None:
    """Install exactly the wheels of a lock file, each checked against its hash.

    pip looks where PIP_INDEX_URL, PIP_FIND_LINKS and its configuration say. Raises
    BootstrapError with pip's last words when a wheel is missing, altered or out of reach.
    """
    total = len(read_names(lock))
    print(f"Installing the packages ({total}) into {folder.name}, only this once …", flush=True)
    started = time.monotonic()
    command = [str(python), "-I", "-m", "pip", "install", "--no-input", "--no-deps"]
    command += ["--disable-pip-version-check", "--progress-bar=off", "--require-hashes"]
    command += ["--only-binary=:all:", "--requirement", str(lock)]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        words = _follow(pip, total)
    if pip.returncode != 0:
        raise BootstrapError(
            "the packages could not be installed. Is there a network? pip says:\n    "
            + "\n    ".join(words)
        )
    print(f"Ready after {time.monotonic() - started:.0f} seconds.", flush=True)


def _follow(pip: "subprocess.Popen[str]", total: int) -> list[str]:
    """Show how far pip has come and return its last lines."""
    words: deque[str] = deque(maxlen=SHOWN_LINES)
    seen = 0
    for line in pip.stdout or ():
        words.append(line.rstrip())
        if line.startswith("Collecting "):
            seen += 1
            _show(f"{min(seen, total)} of {total}: {line.split()[1].partition('==')[0]}")
        elif line.startswith("Installing collected"):
            _show("putting them in place")
    _show("")
    return list(words)


def _show(text: str) -> None:
    """Write over the last line of a terminal; a file gets no such lines."""
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="", flush=True)
