"""Serves the app on a free port for tests; knows no page."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from waitress.server import create_server

from quizapp.app import create_app
from quizapp.settings import Settings


@dataclass(frozen=True)
class LiveServer:
    """An app that answers at `url` (no slash at its end) while the test runs."""

    app: Flask
    settings: Settings
    url: str


@contextmanager
def serve(settings: Settings, app: Flask | None = None) -> Iterator[LiveServer]:
    """Serve an app with these settings, a new one if none is given, until the block ends."""
    app = app or create_app(settings)
    connections: dict[int, object] = {}
    server = create_server(app, map=connections, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, name="live-server", daemon=True)
    thread.start()
    try:
        yield LiveServer(app, settings, f"http://127.0.0.1:{server.effective_port}")
    finally:
        server.close()
        server.task_dispatcher.shutdown(timeout=5)
        thread.join(timeout=5)
