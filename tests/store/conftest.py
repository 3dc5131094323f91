"""A session on each kind of database, the real questions, and a class with a quiz assigned."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.content.library import load_library
from quizapp.content.model import Library
from quizapp.store.db import open_engine, open_session
from tests.store.keys import Lesson
from tests.store.school import School, open_school

QUESTIONS = Path(__file__).parents[2] / "questions"


@pytest.fixture(scope="session")
def library() -> Library:
    """The questions that the project ships."""
    return load_library([QUESTIONS])


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine as the app opens it, on a database with the tables."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session as the app opens it."""
    with open_session(engine) as session:
        yield session


@pytest.fixture
def school(session: Session, library: Library) -> School:
    """A class with a teacher and one learner, who has one quiz to do."""
    return open_school(session, library)


@pytest.fixture
def lesson(session: Session, tmp_path: Path) -> Lesson:
    """A class on a few questions of our own, which can be edited."""
    return Lesson(session, tmp_path / "questions")
