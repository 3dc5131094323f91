"""Knows where the quizzes of this app come from; knows no file format and no page."""

from collections.abc import Sequence
from pathlib import Path

from flask import Flask, current_app

from quizapp.content.live import LiveLibrary
from quizapp.content.model import Library
from quizapp.store.db import db
from quizapp.store.quizzes import publish
from quizapp.web.clock import now

EXTENSION = "quizapp-library"


def init_library(app: Flask, folders: Sequence[Path]) -> None:
    """Read the folders of questions when they are first asked for, and after changes."""
    app.extensions[EXTENSION] = LiveLibrary(folders)


def current_library() -> Library:
    """Return the quizzes as they are now; a broken file keeps its last good quiz."""
    live: LiveLibrary = current_app.extensions[EXTENSION]
    return live.current()


def publish_library(app: Flask) -> None:
    """Store what is served now, so that a file that breaks over a restart stays in service."""
    with app.app_context():
        publish(db.session(), current_library(), now())
