"""What the matrix of a large class costs, as a multiple of reading its cells and no more."""

import shutil
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

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


ANSWERS_OF_A_SCHOOL, ANSWERS_OF_A_REGION = 200_000, 10_000_000
PER_ATTEMPT = 8
SAME = 1.2
ATTEMPTS = """
WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :last)
INSERT INTO attempts (id, account_id, assignment_id, purpose, source_id, quiz_id, language,
    quiz_revision, number, exercises, excluded, started_at, finished_at, late)
SELECT i, 1000000 + i, 1000000 + i / 30, 'assigned', 'hua-bin-2025', 'q', 'fr', 'none', 1, 8, '[]',
    '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000', 0 FROM n
"""
OTHER_CELLS = """
WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :last)
INSERT INTO cells (class_id, account_id, assignment_id, state, attempt_id, score, answered,
    exercises, tries, late, version)
SELECT 1000000 + i / 240, 1000000 + i, 1000000 + i / 30, 'finished', i, i % 10001, 8, 8, 1, 0, 8
FROM n
"""
RESPONSES = """
WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :last)
INSERT INTO responses (attempt_id, exercise_id, step, kind, exercise_revision, shown, payload,
    marks, points, right, unsure, hits, misses, false_alarms, correct_rejections, answered_at)
SELECT i / 8, 'exercise-' || (i % 8), 1, 'fact_or_opinion', 'none', '[]',
    '{"labels":{"s1":"accurate","s2":"judgement"}}', '{}', i % 10001, i % 2, 0, 1, 0, 0, 1,
    '2026-01-01 00:00:00.000000' FROM n
"""


def fill(settings: Settings, already: int, answers: int) -> None:
    """Bring the answers of other classes from so many to so many, by SQL alone."""
    with closing(sqlite3.connect(str(sqlite_path(settings.database_url)))) as database:
        database.execute("PRAGMA journal_mode=OFF")
        database.execute("PRAGMA synchronous=OFF")
        database.execute("PRAGMA cache_size=-400000")
        base = 10_000_000  # beyond the attempts of the class that is measured
        attempts = {
            "first": base + already // PER_ATTEMPT,
            "last": base + answers // PER_ATTEMPT,
        }
        database.execute(ATTEMPTS, attempts)
        database.execute(OTHER_CELLS, attempts)
        place = {"first": base * PER_ATTEMPT + already, "last": base * PER_ATTEMPT + answers}
        database.execute(RESPONSES, place)
        database.commit()
        database.execute("PRAGMA journal_mode=WAL")


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.full
@pytest.mark.timeout(1800)
def test_ten_million_answers_cost_the_matrix_nothing(
    own: Settings, class_id: int, tmp_path: Path
) -> None:
    """Two databases, asked in turns, so that other work on the machine disturbs both alike."""
    now, school = datetime.now(UTC), sqlite_path(own.database_url)
    assert school is not None
    fill(own, 0, ANSWERS_OF_A_SCHOOL)
    region = tmp_path / "region.db"
    shutil.copyfile(school, region)
    large = replace(own, database_url=f"sqlite:///{region}")
    fill(large, ANSWERS_OF_A_SCHOOL, ANSWERS_OF_A_REGION)
    with ExitStack() as stack:
        few, many = (
            stack.enter_context(open_session(open_engine(each.database_url)))
            for each in (own, large)
        )
        bottoms, tops = [], []
        for _ in range(1 + 3 * RUNS):
            bottoms.append(cpu(lambda: class_matrix(few, class_id, now)))
            tops.append(cpu(lambda: class_matrix(many, class_id, now)))
    print(f"\nmatrix {1000 * median(bottoms):.0f} ms CPU, with 10 M {1000 * median(tops):.0f} ms")
    report("matrix, 10 M answers ÷ 200 k", ratio(tops[1:], bottoms[1:]), SAME, SAME)
