"""Starts, kills and restarts worker processes of one app; knows no page."""

import json
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from quizapp.settings import Settings

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
COUNTS = struct.Struct("qq")


class Workers:
    """Processes that serve one database; `ports[i]` stays that of worker i over its restarts."""

    def __init__(self, process: "subprocess.Popen[str]", memory: Path, ports: list[int]) -> None:
        self._process = process
        self._memory = memory
        self.ports = ports
        self.pids = [self._ask("start", worker) for worker in range(len(ports))]

    def kill(self, worker: int) -> int:
        """Send SIGKILL; return how many POSTs had come in and were not answered at that moment."""
        os.kill(self.pids[worker], signal.SIGKILL)
        status = self._ask("wait", worker)
        assert status == -signal.SIGKILL, f"worker {worker} had ended before: {status}"
        return self.begun(worker) - self.ended(worker)

    def start(self, worker: int) -> None:
        """Start a worker that was killed; what is known of its requests starts at zero."""
        with self._memory.open("r+b") as file:
            file.seek(worker * COUNTS.size)
            file.write(COUNTS.pack(0, 0))
        self.pids[worker] = self._ask("start", worker)

    def wait_for(self, worker: int, replies: int) -> None:
        """Wait until a worker has answered so many POSTs since its start."""
        deadline = time.monotonic() + PATIENCE
        while self.ended(worker) < replies:
            assert time.monotonic() < deadline, f"worker {worker} answers nobody"
            time.sleep(0.002)

    def begun(self, worker: int) -> int:
        """How many POSTs came in since the worker was started."""
        return self._counts(worker)[0]

    def ended(self, worker: int) -> int:
        """How many of them were answered."""
        return self._counts(worker)[1]

    def _counts(self, worker: int) -> tuple[int, int]:
        begun, ended = COUNTS.unpack_from(self._memory.read_bytes(), worker * COUNTS.size)
        return begun, ended

    def _ask(self, command: str, worker: int) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{command} {worker}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the server process died"
        return int(answer)


@contextmanager
def serve_from_processes(
    settings: Settings,
    *,
    workers: int = 2,
    rehearse: tuple[str, int] | None = None,
    program: str = "tests.durability.worker",
) -> Iterator[Workers]:
    """Serve an app from worker processes until the block ends.

    `rehearse` names a learner and an assignment that is answered before any worker is forked, so
    that a restarted one is at its work at once.
    """
    memory = settings.data / "requests.memory"
    memory.write_bytes(bytes(COUNTS.size * workers))
    process = subprocess.Popen(
        [sys.executable, "-m", program],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    order = {
        "settings": asdict(settings),
        "memory": str(memory),
        "workers": workers,
        "rehearse": rehearse,
    }
    try:
        process.stdin.write(json.dumps(order, default=str) + "\n")
        process.stdin.flush()
        ports = json.loads(process.stdout.readline())
        yield Workers(process, memory, ports)
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()
