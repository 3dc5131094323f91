"""What the matrix of a large class costs, as a multiple of reading its cells and no more."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from quizapp.settings import Settings
from quizapp.store.db import open_engine, open_session, sqlite_path
from quizapp.store.results import class_matrix
from tests.bench.measure import RUNS, cpu, median, ratio, report
from tests.durability.classroom import open_classroom

LEARNERS = 1_000
ASSIGNMENTS = 20
AIM = 4.0
CHECK = 8.0
BARE = """
SELECT account_id, assignment_id, state, score, late, answered, exercises, tries, attempt_id
FROM cells WHERE class_id = ?
"""
CELLS = """
INSERT INTO cells (class_id, account_id, assignment_id, state, attempt_id, score, answered,
                   exercises, tries, late, version)
SELECT m.class_id, m.account_id, a.id,
       CASE (m.account_id + a.id) % 5 WHEN 0 THEN 'in_progress' ELSE 'finished' END,
       m.account_id * 1000 + a.id, (m.account_id * 37 + a.id * 911) % 10001, 7, 8, 1, 0, 8
FROM memberships m JOIN assignments a ON a.class_id = m.class_id WHERE m.class_id = ?
"""


@pytest.fixture
def class_id(own: Settings) -> int:
    """A class of 1,000 learners with a cell for each of 20 assignments."""
    classroom = open_classroom(own, learners=LEARNERS, assignments=ASSIGNMENTS)
    with closing(sqlite3.connect(str(sqlite_path(own.database_url)))) as database:
        database.execute(CELLS, (classroom.class_id,))
        database.commit()
    return classroom.class_id


def test_the_matrix_reads_no_answer(own: Settings, class_id: int) -> None:
    """So that it costs the same however many answers there are."""
    log: list[str] = []
    engine = open_engine(own.database_url)
    with open_session(engine) as session:
        session.connection().connection.set_trace_callback(log.append)  # type: ignore[attr-defined]
        class_matrix(session, class_id, datetime.now(UTC))
    engine.dispose()
    assert any("FROM cells" in statement for statement in log)
    assert not any("responses" in statement for statement in log)


@pytest.mark.alone
@pytest.mark.slow
def test_the_matrix_costs_little_more_than_its_cells(own: Settings, class_id: int) -> None:
    now = datetime.now(UTC)
    engine = open_engine(own.database_url)
    with (
        open_session(engine) as session,
        closing(sqlite3.connect(str(sqlite_path(own.database_url)))) as bare,
    ):
        matrix = class_matrix(session, class_id, now)
        assert sum(len(row.cells) for row in matrix.rows) == LEARNERS * ASSIGNMENTS
        tops, bottoms = [], []
        for _ in range(RUNS):
            bottoms.append(cpu(lambda: bare.execute(BARE, (class_id,)).fetchall()))
            tops.append(cpu(lambda: class_matrix(session, class_id, now)))
    engine.dispose()
    print(f"\nmatrix {1000 * median(tops):.0f} ms CPU, its cells {1000 * median(bottoms):.0f} ms")
    report("matrix ÷ bare SELECT", ratio(tops, bottoms), AIM, CHECK)
