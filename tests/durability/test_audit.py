"""The audit finds what it is there to find: each breach, planted in a database by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from quizapp.store.attempts import Actor, record_answer, start_assigned
from quizapp.store.db import open_engine, open_session
from quizapp.store.quizzes import serve
from quizapp.store.statements import table
from tests.durability.audit import Acknowledged, find_faults, find_lost
from tests.durability.classroom import open_classroom, payloads, read_questions
from tests.durability.conftest import copy_database, settings_on


@pytest.fixture
def engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """A database of the test's own, since it is going to be spoilt."""
    engine = open_engine(copy_database(sqlite_template, tmp_path))
    yield engine
    engine.dispose()


@pytest.fixture
def log(engine: Engine, tmp_path: Path) -> list[Acknowledged]:
    """Two answers of an attempt with more exercises, both acknowledged."""
    now = datetime.now(UTC)
    room = open_classroom(settings_on(str(engine.url), tmp_path))
    assignment, quiz = room.assignments[0]
    told = []
    with open_session(engine) as session:
        actor = Actor(session.execute(text("SELECT id FROM accounts")).scalar_one())
        attempt = start_assigned(
            session, read_questions(), actor, assignment_id=assignment, language="fr", now=now
        )
        for served in serve(quiz).exercises[:2]:
            payload = next(payloads(served.exercise))
            record_answer(
                session, actor, attempt_id=attempt, exercise=served, payload=payload, now=now
            )
            told.append(Acknowledged(attempt, served.id, payload))
    return told


def test_a_sound_database_has_no_faults(engine: Engine, log: list[Acknowledged]) -> None:
    assert find_faults(engine, log) == []


FAULTS = {
    "lost": "DELETE FROM responses WHERE id = 1",
    "changed": """UPDATE responses SET payload = '{"unsure": true}' WHERE id = 1""",
    "the score of": "UPDATE attempt_scores SET points_sum = points_sum - 1",
    "no score row": "DELETE FROM attempt_scores",
    "an attempt and no cell": "DELETE FROM cells",
    "its score row": "UPDATE cells SET answered = 1",
    "its attempts give": "UPDATE cells SET state = 'finished'",
    "is not finished": "UPDATE attempts SET exercises = 2",
    "a row refers to none": "DELETE FROM memberships; DELETE FROM accounts",
}


@pytest.mark.parametrize("words", FAULTS)
def test_a_planted_fault_is_found(engine: Engine, log: list[Acknowledged], words: str) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        for statement in FAULTS[words].split(";"):
            connection.exec_driver_sql(statement)
    faults = find_faults(engine, log)
    assert any(words in fault for fault in faults), faults


def test_a_second_row_for_one_answer_is_found(engine: Engine, log: list[Acknowledged]) -> None:
    with engine.connect() as connection:
        rows = list(connection.execute(select(table("responses"))))
    assert list(find_lost(rows, log)) == []
    assert any("is stored 2 times" in fault for fault in find_lost(rows + rows[:1], log))
