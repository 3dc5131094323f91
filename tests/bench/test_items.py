"""What the item analysis of a large class costs, as a multiple of reading its marks and no more."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from quizapp import paths
from quizapp.content.library import load_library
from quizapp.content.model import Library
from quizapp.exercises.base import canonical_json
from quizapp.exercises.registry import get_kind
from quizapp.settings import Settings
from quizapp.store.assignments import find_assignment
from quizapp.store.db import open_engine, open_session, sqlite_path, write
from quizapp.store.models import Assignment
from quizapp.store.quizzes import ServedExercise, ServedQuiz, keep_revision, serve
from quizapp.store.results import assignment_summary, item_answers
from quizapp.store.results.projected import project_assignment, project_item
from tests.bench.measure import RUNS, cpu, median, ratio, report
from tests.durability.classroom import open_classroom

LEARNERS = 200
ITEMS = 20
AIM = 20.0
CHECK = 20.0
BARE = """
SELECT r.attempt_id, r.exercise_id, r.points FROM responses r
JOIN cells c ON c.attempt_id = r.attempt_id
WHERE c.class_id = ? AND c.assignment_id = ? AND c.state = 'finished' AND r.step = 1
"""


@pytest.fixture(scope="module")
def library() -> Library:
    """The questions that the project ships."""
    return load_library([paths.QUESTIONS])


def long_quiz(library: Library) -> ServedQuiz:
    """Return a quiz of 20 exercises of all three kinds, as the store keeps one."""
    served: dict[str, ServedExercise] = {}
    quizzes = [serve(quiz) for key, quiz in sorted(library.quizzes.items()) if key[2] == "fr"]
    columns = [list(quiz.exercises) for quiz in quizzes]
    while len(served) < ITEMS:
        for column in columns:
            if column and len(served) < ITEMS:
                each = column.pop()
                served.setdefault(each.id, each)
    document = dict(quizzes[0].document) | {
        "exercises": [{"id": each.id, "all": each.revision} for each in served.values()]
    }
    return ServedQuiz("f" * 64, document, tuple(served.values()))


def fill(session: Session, database: Path, quiz: ServedQuiz, class_id: int) -> int:
    """Let everybody in the class answer the whole quiz, right or wrong; return the assignment."""
    with write(session):
        keep_revision(session, quiz)
        assignment = session.query(Assignment).filter_by(class_id=class_id).first()
        assert assignment is not None
        assignment_id = assignment.id
    with closing(sqlite3.connect(str(database))) as raw:
        people = raw.execute(
            "SELECT account_id FROM memberships WHERE class_id = ? AND role = 'learner'",
            (class_id,),
        ).fetchall()
        for number, (account,) in enumerate(people):
            _attempt(raw, quiz, (class_id, assignment_id), account, number)
        raw.commit()
    return assignment_id


def _attempt(
    raw: sqlite3.Connection, quiz: ServedQuiz, place: tuple[int, int], account: int, number: int
) -> None:
    now = "2026-10-05 08:00:00.000000"
    attempt = raw.execute(
        "INSERT INTO attempts (account_id, assignment_id, purpose, source_id, quiz_id, language,"
        " quiz_revision, number, exercises, excluded, started_at, finished_at, late)"
        " VALUES (?, ?, 'assigned', ?, ?, 'fr', ?, 1, ?, '[]', ?, ?, 0)",
        (account, place[1], quiz.source_id, quiz.id, quiz.revision, ITEMS, now, now),
    ).lastrowid
    raw.execute(
        "INSERT INTO cells (class_id, account_id, assignment_id, state, attempt_id, score,"
        " answered, exercises, tries, late, version) VALUES (?, ?, ?, 'finished', ?, 0, ?, ?, 1,"
        " 0, 1)",
        (place[0], account, place[1], attempt, ITEMS, ITEMS),
    )
    for at, served in enumerate(quiz.exercises):
        kind = get_kind(served.kind)
        samples = kind.samples(served.exercise)
        payload = samples.right if (number * 7 + at * 3) % 5 else samples.wrong
        if served.kind == "loaded_language":  # nearly everybody marks other words
            words = list(served.exercise.word_values.values())
            marks = [list(word) for place, word in enumerate(words) if (number >> place % 8) & 1]
            payload = {"marks": marks, "none": not marks}
        grade = kind.grade(served.exercise, payload)
        raw.execute(
            "INSERT INTO responses (attempt_id, exercise_id, step, kind, exercise_revision, shown,"
            " payload, marks, points, right, unsure, hits, misses, false_alarms,"
            " correct_rejections, answered_at) VALUES (?, ?, 1, ?, ?, '[]', ?, '{}', ?, ?, 0, 0, 0,"
            " 0, 0, ?)",
            (attempt, served.id, served.kind, served.revision, canonical_json(payload),
             grade.points, grade.right, now),
        )  # fmt: skip


@pytest.mark.parametrize("learners", [10, LEARNERS])
def test_the_number_of_queries_does_not_grow_with_the_class(
    own: Settings, library: Library, learners: int
) -> None:
    classroom = open_classroom(own, learners=learners, assignments=1)
    engine, path = open_engine(own.database_url), sqlite_path(own.database_url)
    assert path is not None
    log: list[str] = []
    with open_session(engine) as session:
        number = fill(session, path, long_quiz(library), classroom.class_id)
        session.rollback()
        assignment = find_assignment(session, classroom.class_id, number)
        assert assignment is not None
        session.connection().connection.set_trace_callback(log.append)  # type: ignore[attr-defined]
        summary = assignment_summary(session, assignment)
        assert item_answers(session, assignment, summary.exercises[0].key) is not None
        slide = project_assignment(session, assignment).slides[0]
        assert project_item(session, assignment, slide, reveal=True).total == learners
    engine.dispose()
    assert len([line for line in log if line.startswith("SELECT")]) <= 10


@pytest.mark.alone
@pytest.mark.slow
def test_item_analysis_costs_little_more_than_reading_the_marks(
    own: Settings, library: Library
) -> None:
    classroom = open_classroom(own, learners=LEARNERS, assignments=1)
    path = sqlite_path(own.database_url)
    assert path is not None
    engine = open_engine(own.database_url)
    with open_session(engine) as session, closing(sqlite3.connect(str(path))) as bare:
        number = fill(session, path, long_quiz(library), classroom.class_id)
        session.rollback()
        assignment = find_assignment(session, classroom.class_id, number)
        assert assignment is not None
        summary = assignment_summary(session, assignment)
        assert (summary.compared, summary.counted) == (LEARNERS, ITEMS)
        assert sum(each.answered for each in summary.exercises) == LEARNERS * ITEMS
        tops, bottoms = [], []
        for _ in range(RUNS):
            where = (classroom.class_id, number)
            bottoms.append(cpu(lambda: bare.execute(BARE, where).fetchall()))  # noqa: B023
            tops.append(cpu(lambda: assignment_summary(session, assignment)))
    engine.dispose()
    print(f"\nitems {1000 * median(tops):.0f} ms CPU, marks {1000 * median(bottoms):.1f} ms")
    report("item analysis ÷ bare SELECT", ratio(tops, bottoms), AIM, CHECK)
