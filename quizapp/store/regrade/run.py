"""Regrades, batch by batch: marks, log, score rows and cells in one transaction each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quizapp.exercises.base import Grade
from quizapp.store.contests import close_corrected
from quizapp.store.db import write
from quizapp.store.models import Regrade, RegradeChoice
from quizapp.store.quizzes import keep_revision
from quizapp.store.regrade.batch import apply_batch
from quizapp.store.regrade.dry_run import DryRun, select_answers
from quizapp.store.regrade.grading import Refusal, Regrader
from quizapp.store.regrade.live import ExerciseKey, LiveExercise, changed_revisions, load_exercise
from quizapp.store.regrade.scope import Scope, responses
from quizapp.store.statements import insert_ignoring

BATCH = 500
"""Attempts in one transaction: each has at most one answer to an exercise."""

Progress = Callable[[int, int], None]


class RegradeRefused(Exception):
    """No answer can be marked with the current key: their marks can be left, or made full."""


class NothingToRegrade(Exception):
    """No answer of the scope was marked with another key."""


class RegradeUnderWay(Exception):
    """Another choice was begun and is not complete: it has to be finished first."""

    def __init__(self, choice: RegradeChoice) -> None:
        super().__init__(choice.value)
        self.choice = choice


def check_choice(found: DryRun, choice: RegradeChoice) -> None:
    """Raise NothingToRegrade or RegradeRefused when a choice would change nothing at all."""
    if not found.lines:
        raise NothingToRegrade
    needs_key = choice in (RegradeChoice.CURRENT, RegradeChoice.EITHER)
    if needs_key and found.refused == len(found.lines):
        raise RegradeRefused


def open_regrade(
    session: Session,
    live: LiveExercise,
    scope: Scope,
    choice: RegradeChoice,
    *,
    account_id: int | None,
    now: datetime,
) -> int:
    """Return the id of the scope's open regrade of an exercise, begun if there is none.

    One that was interrupted before the key changed again gives way. Inside a write transaction.
    Raises RegradeUnderWay when it was begun with another choice.
    """
    keep_revision(session, live.quiz)
    key = ExerciseKey(live.quiz.source_id, live.quiz.language, live.exercise.id)
    former = find_open_regrade(session, key, scope)
    if former is not None and former.to_revision != live.exercise.revision:
        _finish(session, former.id, now)
    session.execute(
        insert_ignoring(session, "regrades"),
        {
            **key._asdict(),
            "class_id": scope.class_id,
            "account_id": account_id,
            "to_revision": live.exercise.revision,
            "choice": choice,
            "started_at": now,
        },
    )
    found = find_open_regrade(session, key, scope)
    if found is None:
        raise NothingToRegrade
    if found.choice is not choice:
        raise RegradeUnderWay(found.choice)
    return found.id


def find_open_regrade(session: Session, key: ExerciseKey, scope: Scope) -> Regrade | None:
    """Return the regrade of an exercise that was begun in a scope and is not complete."""
    return session.scalar(
        select(Regrade).where(
            Regrade.class_id.is_not_distinct_from(scope.class_id),
            Regrade.source_id == key.source_id,
            Regrade.language == key.language,
            Regrade.exercise_id == key.exercise_id,
            Regrade.finished_at.is_(None),
        )
    )


def run_regrade(
    session: Session,
    regrade_id: int,
    now: datetime,
    *,
    batches: int | None = None,
    progress: Progress = lambda done, total: None,
) -> bool:
    """Go on with a regrade and tell whether it is complete; perhaps for some batches only.

    One write transaction for each batch: what is interrupted goes on where it stopped, and
    running it again changes nothing. Answers of attempts under way are left alone.
    """
    regrade = session.get_one(Regrade, regrade_id)
    key = ExerciseKey(regrade.source_id, regrade.language, regrade.exercise_id)
    current = load_exercise(session, regrade.to_revision)
    regrader = Regrader(session, current)
    changed = changed_revisions(session, {key: current.hashes.key}).get(key, frozenset())
    statement = select_answers(key, Scope(regrade.class_id), changed)
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    last = done = 0
    while batches is None or batches > 0:
        batches = None if batches is None else batches - 1
        rows = session.execute(statement.where(responses.c.id > last).limit(BATCH)).all()
        if not rows:
            _complete(session, regrade, key, changed, now)
            return True
        grades = _grade(regrader, rows)
        with write(session):
            apply_batch(session, regrade, statement, grades)
        last, done = rows[-1].id, done + len(rows)
        progress(done, total)
    return False


def _grade(regrader: Regrader, rows: Sequence[Any]) -> Mapping[int, Grade | Refusal]:
    """Grade outside the write transaction: what was answered never changes."""
    return {row.id: regrader.grade(row.exercise_revision, row.payload) for row in rows}


def _complete(
    session: Session, regrade: Regrade, key: ExerciseKey, changed: frozenset[str], now: datetime
) -> None:
    """Finish a regrade; what was contested of the former keys is answered by the correction."""
    with write(session):
        _finish(session, regrade.id, now)
        close_corrected(
            session,
            (key.source_id, key.language, key.exercise_id),
            changed,
            class_id=regrade.class_id,
            closed_by=regrade.account_id,
            now=now,
        )


def _finish(session: Session, regrade_id: int, now: datetime) -> None:
    open_one = update(Regrade).where(Regrade.id == regrade_id, Regrade.finished_at.is_(None))
    with write(session):
        session.execute(open_one.values(finished_at=now))
