"""What SQLite itself is told about one answer over the web: nothing more than it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from quizapp.app import create_app
from quizapp.settings import Settings
from quizapp.store.db import db
from tests.client import PageClient
from tests.durability.classroom import PASSWORD, fields, open_classroom, payloads

READS = 2
"""Who asks, and which revision the attempt is on."""
WRITES = 4
"""Whether it may be written, the answer, its score row, its cell."""
LAST = 2
"""The end of the attempt, in its own row and in the cell."""


@contextmanager
def traced(engine: Engine) -> Iterator[list[str]]:
    """The first words of every statement, while the block runs."""
    log: list[str] = []

    def note(statement: str) -> None:
        log.append(" ".join(statement.split()[:2]))

    def trace(connection: Any, *_: object) -> None:
        connection.set_trace_callback(note)

    event.listen(engine, "checkout", trace)
    try:
        yield log
    finally:
        event.remove(engine, "checkout", trace)


@pytest.fixture
def answers(own: Settings) -> Iterator[list[list[str]]]:
    """The statements of each answer of a quiz, the last one included."""
    classroom = open_classroom(own)
    assignment, quiz = classroom.assignments[0]
    app = create_app(own)
    page = PageClient(app)
    page.get("/login")
    page.submit({"name": classroom.names[0], "password": PASSWORD}, action="/login")
    page.get("/learn")
    attempt = page.post(f"/assignments/{assignment}/attempts").response.headers["Location"]
    found = []
    with app.app_context():
        engine = db.engine
    for exercise in quiz.exercises:
        pairs = fields(exercise, next(payloads(exercise)))
        with traced(engine) as log:
            page.post(f"{attempt}/exercises/{exercise.id}", pairs)
        found.append(log)
    yield found
    engine.dispose()


def test_an_answer_is_one_write_transaction_of_few_statements(answers: list[list[str]]) -> None:
    for log in answers:
        begun = log.index("BEGIN IMMEDIATE")
        reads, writes = log[:begun], log[begun:]
        assert (reads[0], reads[-1]) == ("BEGIN", "COMMIT")
        assert len(reads) == READS + 2, reads
        assert log.count("BEGIN IMMEDIATE") == 1
        assert (writes[0], writes[-1]) == ("BEGIN IMMEDIATE", "COMMIT")
        most = WRITES + (LAST if log is answers[-1] else 0)
        assert len(writes) == most + 2, writes
