"""Gives web tests a clock that they set and people who can sign in."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.client import PageClient
from tests.web.people import People

if TYPE_CHECKING:
    from flask import Flask

    from tests.web.routes_world import World


QUICK = {"test_csrf.py", "test_i18n.py", "test_next_page.py"}
"""What a change anywhere shows in; together the others take minutes."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of single pages as slow."""
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here and item.path.name not in QUICK:
            item.add_marker(pytest.mark.slow)


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


@pytest.fixture(scope="session")
def furnished(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> "World":
    """Two classes with their people and work, made once for the whole run."""
    from tests.web.routes_world import open_world

    return open_world(tmp_path_factory.mktemp("world"), sqlite_template)


@pytest.fixture
def world(furnished: "World") -> "Iterator[World]":
    """The two classes; after the test every row is again what it was."""
    yield furnished
    furnished.reset()
