"""Two server processes on one database, for a module of tests; a class for each test."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from quizapp.settings import Settings
from quizapp.store.db import open_engine
from quizapp.store.models import Feedback
from tests.conftest import BOTH, CHEAP_HASH, SECRET_KEY
from tests.durability.classroom import (
    LANGUAGE,
    PASSWORD,
    Classroom,
    open_classroom,
    read_questions,
)
from tests.durability.learner import Learner
from tests.durability.workers import Workers, serve_from_processes
from tests.postgres import Server


@pytest.fixture(scope="module", params=BOTH)
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """Settings of two processes on one database; once for each kind of database."""
    folder = tmp_path_factory.mktemp("shared")
    if request.param == "sqlite":
        yield settings_on(copy_database(request.getfixturevalue("sqlite_template"), folder), folder)
        return
    server: Server = request.getfixturevalue("postgresql")
    name = f"quizapp_{folder.name}_{folder.parent.name}".replace("-", "_")
    url = server.create(name, template=request.getfixturevalue("postgresql_template"))
    yield settings_on(url, folder)
    server.drop(name)


def copy_database(template: Path, folder: Path) -> str:
    """Copy a SQLite database that nobody has open; return the URL of the copy."""
    path = folder / "quizapp.db"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


def settings_on(url: str, folder: Path, **changes: Any) -> Settings:
    """Return settings with which a log-in costs next to nothing."""
    values = {"secret_key": SECRET_KEY, "hash_method": CHEAP_HASH}
    return Settings(data=folder, database_url=url, **values | changes)


@pytest.fixture(scope="module")
def workers(shared: Settings) -> Iterator[Workers]:
    """Two processes that serve the database."""
    with serve_from_processes(shared) as workers:
        yield workers


@pytest.fixture
def classroom(shared: Settings) -> Classroom:
    """A class with one learner and every quiz; stored answers are shown as they were given."""
    quizzes = sum(key[2] == LANGUAGE for key in read_questions().quizzes)
    return open_classroom(shared, assignments=quizzes, feedback=Feedback.AT_END)


@pytest.fixture(scope="module")
def engine(shared: Settings) -> Iterator[Engine]:
    """The database, to look at what became of it."""
    engine = open_engine(shared.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def browsers(workers: Workers, classroom: Classroom) -> Iterator[list[Learner]]:
    """Twenty connections of one learner, half of them to each process."""
    with ExitStack() as stack:
        first = Learner(workers.ports)
        stack.callback(first.close)
        first.sign_in(classroom.names[0], PASSWORD)
        found = []
        for number in range(20):
            browser = Learner(workers.ports, first.cookies)
            browser.token = first.token
            browser.turn_to(number)
            stack.callback(browser.close)
            found.append(browser)
        yield found
