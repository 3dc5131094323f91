"""The path of an answer: one write that stores it once, with its score row and its cell."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from quizapp.exercises.base import Grade, confidence_of
from quizapp.exercises.registry import get_kind
from quizapp.store.attempts.context import (
    Actor,
    Columns,
    attempt_context,
    is_closed,
)
from quizapp.store.attempts.refusals import (
    AssignmentClosed,
    AttemptFinished,
    AttemptMissing,
    AttemptRefused,
    PracticeBlocked,
)
from quizapp.store.attempts.responses import StoredResponse, find_response
from quizapp.store.attempts.scorekeeping import finish, keep_score
from quizapp.store.db import write
from quizapp.store.models import canonical_json
from quizapp.store.quizzes import ServedExercise, load_quiz_revision
from quizapp.store.release import has_unreleased_assignment
from quizapp.store.statements import insert_ignoring


class Outcome(StrEnum):
    """What became of an answer: stored, stored before, or another one is stored."""

    STORED = "stored"
    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Recorded:
    """The outcome, the answer that is stored (not the one just sent), and the attempt's end."""

    outcome: Outcome
    response: StoredResponse
    finished: bool


@dataclass(frozen=True)
class Answer:
    """An answer with its marks, as it goes into the database; `shown` is what it was given to."""

    attempt_id: int
    step: int
    served: ServedExercise
    payload: Mapping[str, Any]
    grade: Grade
    shown: list[dict[str, Any]]

    def stored(self, now: datetime) -> StoredResponse:
        """Return the answer as the database has it once it is inserted."""
        grade = self.grade
        return StoredResponse(
            exercise_id=self.served.id,
            step=self.step,
            kind=self.served.kind,
            exercise_revision=self.served.revision,
            payload=json.loads(canonical_json(self.payload)),
            marks=json.loads(canonical_json(grade.marks)),
            points=grade.points,
            right=grade.right,
            unsure=grade.unsure,
            trials=grade.trials,
            answered_at=now.astimezone(UTC),
        )


def record_answer(
    session: Session,
    actor: Actor,
    *,
    attempt_id: int,
    exercise: ServedExercise,
    payload: Mapping[str, Any],
    now: datetime,
) -> Recorded:
    """Grade the answer to a first step and store it once, in one write transaction of its own.

    `payload` is the canonical one of the kind's form. An answer that is there already is never
    changed. The attempt finishes with the answer to its last exercise. Raises an AttemptRefused
    when nothing was stored, Busy or Unavailable when the database did not take it.
    """
    grade = get_kind(exercise.kind).grade(exercise.exercise, payload)
    answer = Answer(attempt_id, 1, exercise, payload, grade, exercise.shown)
    with write(session):
        row = attempt_context(session, actor, attempt_id, now)
        check_exercise(session, row, exercise)
        refusal = _refusal(session, row, now)
        if refusal is None and insert_answer(session, answer, now):
            finished = keep_score(session, row, exercise.id, grade, now)
            return Recorded(Outcome.STORED, answer.stored(now), finished)
        stored = find_response(session, attempt_id, exercise.id)
        if stored is None:
            raise refusal or AttemptMissing(exercise.id)
        return compare_answers(row, stored, payload)


def finish_attempt(session: Session, actor: Actor, *, attempt_id: int, now: datetime) -> bool:
    """Finish an attempt with what is answered, in a write transaction of its own.

    Unanswered exercises count 0. Tells whether this call finished it (False: it was finished).
    Raises an AttemptRefused.
    """
    with write(session):
        row = attempt_context(session, actor, attempt_id, now)
        return row.finished_at is None and finish(session, row, now)


def check_exercise(session: Session, row: Columns, exercise: ServedExercise) -> None:
    """Raise AttemptMissing for an exercise of another attempt or revision, or one left out."""
    quiz = load_quiz_revision(session, row.quiz_revision)
    mine = quiz.by_id.get(exercise.id)
    if mine is None or mine.revision != exercise.revision or exercise.id in row.excluded:
        raise AttemptMissing(exercise.id)


def _refusal(session: Session, row: Columns, now: datetime) -> AttemptRefused | None:
    """Return why the attempt takes no new answer now, None when it does."""
    if row.finished_at is not None:
        return AttemptFinished()
    if row.assignment_id is not None:
        return AssignmentClosed() if is_closed(row, now) else None
    blocked = has_unreleased_assignment(session, row.account_id, row.source_id, row.quiz_id, now)
    return PracticeBlocked() if blocked else None


def compare_answers(row: Columns, stored: StoredResponse, payload: Mapping[str, Any]) -> Recorded:
    """Tell whether an answer is the one that is stored."""
    same = canonical_json(stored.payload) == canonical_json(payload)
    outcome = Outcome.SAME if same else Outcome.DIFFERENT
    return Recorded(outcome, stored, row.finished_at is not None)


def insert_answer(session: Session, answer: Answer, now: datetime) -> bool:
    """Insert the answer unless one is there; tell whether it was inserted."""
    grade, served = answer.grade, answer.served
    values = {
        "attempt_id": answer.attempt_id,
        "exercise_id": served.id,
        "step": answer.step,
        "kind": served.kind,
        "exercise_revision": served.revision,
        "shown": answer.shown,
        "payload": answer.payload,
        "marks": grade.marks,
        "points": grade.points,
        "right": grade.right,
        "unsure": grade.unsure,
        **asdict(grade.trials),
        "answered_at": now,
        "confidence": confidence_of(answer.payload),
    }
    statement = insert_ignoring(session, "responses", returning="id")
    return session.scalar(statement, values) is not None
