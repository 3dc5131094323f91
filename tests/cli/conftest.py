"""Runs commands: in this process, or as a server of their own; knows no command."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli import main

ROOT = Path(__file__).resolve().parents[2]
START = "from quizapp.cli import main; main()"


@dataclass(frozen=True)
class Served:
    """A server that runs: its address, what it printed, its process."""

    url: str
    said: str
    process: subprocess.Popen[str]


@pytest.fixture
def variables(tmp_path) -> dict[str, str]:
    """The environment of an installation in a folder of the test's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
    return {**kept, "QUIZAPP_DATA": str(tmp_path / "data"), "QUIZAPP_HASH_METHOD": "scrypt:128:1:1"}


@pytest.fixture
def run(variables) -> Callable[..., Result]:
    """Returns what a command printed and with which code it left."""

    def run(*arguments: str, **changes: str) -> Result:
        environment = {**variables, **changes}
        return CliRunner().invoke(main, arguments, env=environment, catch_exceptions=False)

    return run


@pytest.fixture
def serving(variables) -> Callable[..., object]:
    """Returns a context in which `python3 -m quizapp` serves on a free port."""

    @contextmanager
    def serving(*arguments: str, **changes: str) -> Iterator[Served]:
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", START, "--port", "0", *arguments],
            cwd=ROOT,
            env={**variables, **changes},
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

    return serving


def _await_start(process: subprocess.Popen[str]) -> Served:
    said = ""
    for line in process.stdout or ():
        said += line
        if line.startswith("Press Ctrl-C"):
            address = re.search(r"quizapp is at (\S+)", said)
            assert address, said
            return Served(address[1], said, process)
    raise AssertionError(said)
