"""Stored answers as frozen values; reads them, never writes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from quizapp.core.detection import Trials
from quizapp.store.attempts.refusals import AttemptMissing
from quizapp.store.statements import table

responses = table("responses")


@dataclass(frozen=True)
class StoredResponse:
    """An answer as it is in the database; points 0–10,000.

    `graded_revision` is the one whose key gave the marks, None for that of the answer itself.
    """

    exercise_id: str
    step: int
    kind: str
    exercise_revision: str
    payload: dict[str, Any]
    marks: dict[str, Any]
    points: int
    right: bool
    unsure: bool
    trials: Trials
    answered_at: datetime
    graded_revision: str | None = None


def find_response(
    session: Session, attempt_id: int, exercise_id: str, step: int = 1
) -> StoredResponse | None:
    """Return the stored answer to one step of an exercise, None when there is none."""
    row = session.execute(
        _ONE_RESPONSE, {"attempt": attempt_id, "exercise": exercise_id, "number": step}
    ).one_or_none()
    return None if row is None else stored_response(row)


def get_response(
    session: Session, attempt_id: int, exercise_id: str, step: int = 1
) -> StoredResponse:
    """Return the stored answer to one step of an exercise; AttemptMissing when there is none."""
    found = find_response(session, attempt_id, exercise_id, step)
    if found is None:
        raise AttemptMissing(exercise_id)
    return found


def stored_response(row: Row[*tuple[Any, ...]]) -> StoredResponse:
    """Return a row of `responses` as the frozen value that leaves this layer."""
    return StoredResponse(
        exercise_id=row.exercise_id,
        step=row.step,
        kind=row.kind,
        exercise_revision=row.exercise_revision,
        payload=row.payload,
        marks=row.marks,
        points=row.points,
        right=row.right,
        unsure=row.unsure,
        trials=Trials(row.hits, row.misses, row.false_alarms, row.correct_rejections),
        answered_at=row.answered_at,
        graded_revision=row.graded_revision,
    )


_ONE_RESPONSE: Select[*tuple[Any, ...]] = select(responses).where(
    responses.c.attempt_id == bindparam("attempt"),
    responses.c.exercise_id == bindparam("exercise"),
    responses.c.step == bindparam("number"),
)
