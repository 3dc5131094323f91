"""Gives web tests a clock that they set and people who can sign in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.client import PageClient
from tests.web.people import People

if TYPE_CHECKING:
    from flask import Flask


class Clock:
    """The time of an app under test; it moves when told to."""

    def __init__(self, start: datetime) -> None:
        self.time = start

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **spans: float) -> None:
        """Move forward by the parts of a timedelta."""
        self.time += timedelta(**spans)


@pytest.fixture
def clock(app: "Flask") -> Clock:
    """The clock of the app: Monday 5 October 2026, 10 in the morning in Paris."""
    clock = Clock(datetime(2026, 10, 5, 8, tzinfo=UTC))
    app.config["CLOCK"] = clock
    return clock


@pytest.fixture
def people(app: "Flask", clock: Clock) -> People:
    """Makes accounts and classes in the app's database."""
    return People(app, clock)


@pytest.fixture
def client_of(app: "Flask", people: People) -> Callable[[str], PageClient]:
    """Returns a client signed in under a name; the account must exist."""

    def sign_in(name: str) -> PageClient:
        client = PageClient(app)
        people.sign_in(client, name)
        return client

    return sign_in
