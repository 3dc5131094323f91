"""What one graded, stored answer costs, as a multiple of the least that a stored form costs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from quizapp.settings import Settings
from quizapp.store.attempts import Actor, start_assigned
from quizapp.store.db import open_engine, open_session
from tests.bench.measure import RUNS, cpu_of, linux, median, ratio, report
from tests.durability.classroom import PASSWORD, Classroom, fields, open_classroom, payloads
from tests.durability.conftest import copy_database, settings_on
from tests.durability.learner import Learner
from tests.durability.workers import Workers, serve_from_processes

BATCH = 200
AIM = 2.5
CHECK = 3.6

Answers = Iterator[tuple[str, list[tuple[str, str]]]]


def open_attempts(settings: Settings, classroom: Classroom) -> list[tuple[int, Any]]:
    """Start an attempt of every assignment for the first learner; return its exercises."""
    engine = open_engine(settings.database_url)
    found = []
    with open_session(engine) as session:
        actor = Actor(session.execute(text("SELECT min(id) FROM accounts")).scalar_one())
        for assignment, quiz in classroom.assignments[1:]:
            attempt = start_assigned(
                session,
                classroom.library,
                actor,
                assignment_id=assignment,
                language="fr",
                now=datetime.now(UTC),
            )
            found += [(attempt, exercise) for exercise in quiz.exercises]
    engine.dispose()
    return found


def answer_batch(workers: Workers, learner: Learner, answers: Answers, status: int) -> float:
    """Send a batch one by one; return the CPU seconds of the server for one."""
    before = cpu_of(workers.pids[0])
    for _ in range(BATCH):
        path, pairs = next(answers)
        reply = learner.post(path, pairs)
        assert reply.status == status, reply.page
    return (cpu_of(workers.pids[0]) - before) / BATCH


@linux
@pytest.mark.alone
@pytest.mark.slow
def test_an_answer_costs_little_more_than_a_stored_form(
    own: Settings, sqlite_template: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "floor"
    folder.mkdir()
    bare = settings_on(copy_database(sqlite_template, folder), folder)
    classroom = open_classroom(own, assignments=200)
    exercises = open_attempts(own, classroom)
    with (
        serve_from_processes(own, workers=1, rehearse=classroom.rehearsal) as app,
        serve_from_processes(bare, workers=1, program="tests.bench.floor") as floor,
    ):
        learner, nobody = Learner(app.ports), Learner(floor.ports)
        learner.sign_in(classroom.names[0], PASSWORD)
        nobody.get("/answer")
        answers = iter(
            (f"/attempts/{attempt}/exercises/{each.id}", fields(each, next(payloads(each))))
            for attempt, each in exercises
        )
        forms = iter(lambda: ("/answer", [("answer", "24-29 30-36")]), None)
        answer_batch(app, learner, answers, 303)
        answer_batch(floor, nobody, forms, 200)
        tops, bottoms = [], []
        for _ in range(RUNS):
            bottoms.append(answer_batch(floor, nobody, forms, 200))
            tops.append(answer_batch(app, learner, answers, 303))
        learner.close()
        nobody.close()
    print(f"\nanswer {1000 * median(tops):.2f} ms CPU, floor {1000 * median(bottoms):.2f} ms CPU")
    report("answer ÷ floor", ratio(tops, bottoms), AIM, CHECK)
