"""Serves an app from forked processes that can be killed; knows no page and no check.

Run as a program by `tests.durability.workers`. The first line of its input is the order (JSON);
further lines are `start <worker>` and `wait <worker>`, each answered with one line.
"""

import gc
import json
import mmap
import os
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask

from quizapp.app import create_app
from quizapp.cli import server
from quizapp.settings import Settings
from quizapp.store.db import db
from quizapp.store.models import Assignment
from quizapp.web.library import current_library
from tests.client import PageClient
from tests.durability.classroom import LANGUAGE, PASSWORD, fields, payloads

COUNTS = struct.Struct("qq")


class Counted:
    """Notes in memory that outlives the process how many POSTs came in and were answered."""

    def __init__(self, app: Callable[..., Iterable[bytes]], memory: mmap.mmap, worker: int) -> None:
        self._app = app
        self._memory = memory
        self._at = worker * COUNTS.size
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """Answer a request whole, so that it counts as answered when its page is made."""
        if environ["REQUEST_METHOD"] != "POST":
            return list(self._app(environ, start_response))
        self._add(1, 0)
        try:
            return list(self._app(environ, start_response))
        finally:
            self._add(0, 1)

    def _add(self, begun: int, ended: int) -> None:
        with self._lock:
            before = COUNTS.unpack_from(self._memory, self._at)
            COUNTS.pack_into(self._memory, self._at, before[0] + begun, before[1] + ended)


class Forks:
    """The worker processes of one app, which has no connection open when they are made."""

    def __init__(self, app: Flask, settings: Settings, order: dict[str, Any]) -> None:
        self._app = app
        self._settings = settings
        with Path(order["memory"]).open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 0)
        self.listeners = [_listen() for _ in range(order["workers"])]
        self.pids: dict[int, int] = {}

    @property
    def ports(self) -> list[int]:
        """Where the workers answer."""
        return [int(listener.getsockname()[1]) for listener in self.listeners]

    def start(self, worker: int) -> int:
        """Fork a worker and return its process id."""
        pid = os.fork()
        if pid:
            self.pids[worker] = pid
            return pid
        try:
            self._serve(worker)
        finally:
            os._exit(1)

    def _serve(self, worker: int) -> None:
        for number, listener in enumerate(self.listeners):
            if number != worker:
                listener.close()
        app = self._app
        app.wsgi_app = Counted(app.wsgi_app, self._memory, worker)  # type: ignore[method-assign]
        server.run(app, self.listeners[worker], self._settings)

    def wait(self, worker: int) -> int:
        """Return how a worker ended: its exit code, or the negative signal."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pids.pop(worker), 0)[1])

    def kill(self) -> None:
        """End what still runs."""
        for worker, pid in list(self.pids.items()):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            self.wait(worker)


def _read_settings(values: dict[str, Any]) -> Settings:
    paths = {
        "data": Path(values["data"]),
        "questions": tuple(Path(folder) for folder in values["questions"]),
    }
    return Settings(**values | paths)


def _warm(app: Flask, rehearse: tuple[str, int] | None) -> Flask:
    """Do once what every worker would do at its first requests; leave no connection open."""
    if rehearse is not None:
        _rehearse(app, *rehearse)
    with app.app_context():
        current_library()
        db.engine.dispose()
    gc.freeze()
    return app


def _rehearse(app: Flask, name: str, assignment: int) -> None:
    """Sign a learner in and do one assignment."""
    page = PageClient(app)
    page.get("/login")
    page.submit({"name": name, "password": PASSWORD}, action="/login")
    page.get("/learn")
    attempt = page.post(f"/assignments/{assignment}/attempts").response.headers["Location"]
    with app.app_context():
        row = db.session.get_one(Assignment, assignment)
        quiz = current_library().quizzes[row.source_id, row.quiz_id, LANGUAGE]
    for exercise in quiz.exercises:
        path = f"{attempt}/exercises/{exercise.id}"
        page.get(path)
        page.post(path, fields(exercise, next(payloads(exercise))))


def _listen() -> socket.socket:
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    listener.set_inheritable(True)
    return listener


def prepare(settings: Settings, order: dict[str, Any]) -> Flask:
    """Return the app, ready to be forked."""
    return _warm(create_app(settings), order["rehearse"])


def main(make: Callable[[Settings, dict[str, Any]], Flask] = prepare) -> None:
    """Carry out orders until the input ends."""
    order = json.loads(sys.stdin.readline())
    settings = _read_settings(order["settings"])
    forks = Forks(make(settings, order), settings, order)
    print(json.dumps(forks.ports), flush=True)
    try:
        for line in sys.stdin:
            command, worker = line.split()
            act = {"start": forks.start, "wait": forks.wait}[command]
            print(act(int(worker)), flush=True)
    finally:
        forks.kill()


if __name__ == "__main__":
    main()
