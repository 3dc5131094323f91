"""kill -9 while the marks of a class change: each attempt is before or after, and it goes on."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.store.db import open_engine, open_session
from quizapp.store.models import Attempt, Regrade, RegradedResponse
from quizapp.store.set_asides import count_behind
from tests.durability.audit import find_faults
from tests.durability.conftest import copy_database
from tests.store.keys import LABELS, Lesson

PEOPLE = 24
KILLS = 5
LONGEST_DELAY = 0.01
"""Seconds from a batch to the kill, at most: some come within the next one."""
ROOT = Path(__file__).parents[2]


@pytest.fixture
def lesson(sqlite_template: Path, tmp_path: Path) -> Iterator[Lesson]:
    """A class that has handed in, before the key of an exercise changed."""
    engine = open_engine(copy_database(sqlite_template, tmp_path))
    with open_session(engine) as session:
        lesson = Lesson(session, tmp_path / "questions")
        school = lesson.school
        for actor in [school.learner, *(school.add_learner(f"l-{n}") for n in range(PEOPLE))]:
            lesson.hand_in(actor=actor)
        lesson.change_key(LABELS)
        session.commit()
        yield lesson
    engine.dispose()


def run(lesson: Lesson, what: str, *, batches: int | None, delay: float = 0.0) -> int:
    """Run a process that decides; kill it after so many batches; return what it exited with."""
    url = lesson.session.get_bind().engine.url.render_as_string(hide_password=False)
    arguments = [sys.executable, "-m", "tests.durability.decider", url, str(lesson.root), what]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        seen = 0
        for line in process.stdout:
            seen += line.strip() == "batch"
            if batches is not None and seen == batches:
                time.sleep(delay)
                os.kill(process.pid, signal.SIGKILL)
                break
        process.stdout.read()
        return process.wait(30)


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.parametrize("what", ["regrade", "set_aside"])
def test_a_decision_survives_kill_9_and_goes_on(lesson: Lesson, what: str) -> None:
    chance = random.Random(what)
    engine = lesson.session.get_bind().engine
    for _ in range(KILLS):
        delay = chance.uniform(0.0, LONGEST_DELAY)
        code = run(lesson, what, batches=chance.randint(1, 2), delay=delay)
        assert code == -signal.SIGKILL
        assert find_faults(engine, []) == []
    assert left(lesson, what) > 0, "the kills came too late to interrupt anything"
    assert run(lesson, what, batches=None) == 0
    assert left(lesson, what) == 0
    assert find_faults(engine, []) == []
    check(lesson.session, what)


def left(lesson: Lesson, what: str) -> int:
    """How many attempts are still as they were."""
    lesson.session.rollback()
    if what == "set_aside":
        return count_behind(lesson.session, lesson.school.class_id)
    return len(lesson.dry_run().lines)


def check(session: Session, what: str) -> None:
    session.rollback()
    attempts = session.scalar(select(func.count()).select_from(Attempt))
    if what == "regrade":
        assert session.scalar(select(func.count()).select_from(RegradedResponse)) == attempts
        assert session.scalars(select(Regrade.finished_at)).one() is not None
    else:
        assert set(map(str, session.scalars(select(Attempt.set_aside)))) == {str([LABELS])}
