"""Knows where the quizzes of this app come from and stores them when they change; knows no page."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from flask import Flask, Response, current_app, g
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from quizapp.content.live import LiveLibrary
from quizapp.content.model import Library
from quizapp.store.db import Unavailable, db, open_session
from quizapp.store.publishing import publish
from quizapp.web.clock import now

EXTENSION = "quizapp-library"
PUBLISHER = "quizapp-publisher"
AGAIN_AFTER = 2.0
"""Seconds after which a library that could not be stored is tried again."""

WAIT = 0.5
"""Seconds that storing a library waits for other writers; it can wait for the next look."""

logger = logging.getLogger(__name__)


class Publisher:
    """Stores each library that comes to be served, once; a database in trouble puts it off."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._published: Library | None = None
        self._next_try = float("-inf")

    def note(self, library: Library) -> None:
        """Take a library for stored."""
        self._published = library

    def store(self, session: Session, library: Library, *, wait: float = WAIT) -> bool:
        """Store a library if it is not yet; False if that must be tried again later.

        One thread at a time: the others go on without waiting.
        """
        if library is self._published:
            return True
        if self._clock() < self._next_try or not self._lock.acquire(blocking=False):
            return False
        try:
            publish(session, library, now(), wait=wait)
        except (SQLAlchemyError, Unavailable) as error:
            self._next_try = self._clock() + AGAIN_AFTER
            logger.warning("changed questions are not stored yet: %s", error)
            return False
        else:
            self.note(library)
            return True
        finally:
            self._lock.release()


def init_library(app: Flask, folders: Sequence[Path]) -> None:
    """Read the folders of questions when they are first asked for, and after changes."""
    app.extensions[EXTENSION] = LiveLibrary(folders)
    app.extensions[PUBLISHER] = Publisher()
    app.after_request(_store_library)


def current_library() -> Library:
    """Return the quizzes as they are now; a broken file keeps its last good quiz."""
    live: LiveLibrary = current_app.extensions[EXTENSION]
    g.library = live.current()
    library: Library = g.library
    return library


def question_folders() -> tuple[Path, ...]:
    """Return the folders of questions."""
    live: LiveLibrary = current_app.extensions[EXTENSION]
    return live.roots


def publish_library(app: Flask) -> None:
    """Store what is served now, so that a file that breaks over a restart stays in service."""
    with app.app_context():
        library = current_library()
        publish(db.session(), library, now())
        app.extensions[PUBLISHER].note(library)


def _store_library(response: Response) -> Response:
    """Store what this request was served from, in a session and a transaction of its own."""
    library: Library | None = g.get("library")
    publisher: Publisher = current_app.extensions[PUBLISHER]
    if library is not None:
        with open_session(db.engine) as session:
            publisher.store(session, library)
    return response
