"""Runs `python3 -m quizapp` as a server of its own, for tests; knows no page."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START = "from quizapp.cli import main; main()"


@dataclass(frozen=True)
class Served:
    """A server that runs: its address, what it printed, its process."""

    url: str
    said: str
    process: subprocess.Popen[str]

    @property
    def setup_link(self) -> str:
        """The one-time link that it printed; AssertionError if it printed none."""
        found = re.search(r"https?://\S+/setup/\S+", self.said)
        assert found, self.said
        return found[0]


def variables_for(data: Path) -> dict[str, str]:
    """Return the environment of an installation in a folder, with passwords hashed cheaply."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
    return {**kept, "QUIZAPP_DATA": str(data), "QUIZAPP_HASH_METHOD": "scrypt:128:1:1"}


@contextmanager
def serving(variables: Mapping[str, str], *arguments: str) -> Iterator[Served]:
    """Serve on a free port until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", START, "--port", "0", *arguments],
        cwd=ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    with process:
        try:
            yield _await_start(process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)


def _await_start(process: subprocess.Popen[str]) -> Served:
    said = ""
    for line in process.stdout or ():
        said += line
        if line.startswith("Press Ctrl-C"):
            address = re.search(r"quizapp is at (\S+)", said)
            assert address, said
            return Served(address[1], said, process)
    raise AssertionError(said)
