"""Knows the time of the server, which tests replace; knows no time zone."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import current_app


def read_clock() -> datetime:
    """Return the server's time, aware, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the time of this app: the server's, or what CLOCK in its configuration says."""
    clock: Callable[[], datetime] = current_app.config["CLOCK"]
    return clock()
