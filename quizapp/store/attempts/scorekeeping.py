"""Score row and cell, brought up to each answer inside its transaction; knows no form."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, case, update
from sqlalchemy.orm import Session

from quizapp.exercises.base import Grade
from quizapp.store.attempts.context import Columns, is_late
from quizapp.store.models import CellState
from quizapp.store.statements import table

attempts = table("attempts")
scores = table("attempt_scores")
cells = table("cells")

_POINTS = scores.c.points_sum + bindparam("add_points")
_EXERCISES: BindParameter[int] = bindparam("of_exercises")
# Mean over the exercises of the attempt that count, halves up, as core.scores.attempt_score.
_ADD_ANSWER = (
    update(scores)
    .where(scores.c.attempt_id == bindparam("attempt"))
    .values(
        answered=scores.c.answered + 1,
        points_sum=_POINTS,
        score=(2 * _POINTS + _EXERCISES) // (2 * _EXERCISES),
        hits=scores.c.hits + bindparam("add_hits"),
        misses=scores.c.misses + bindparam("add_misses"),
        false_alarms=scores.c.false_alarms + bindparam("add_false_alarms"),
        correct_rejections=scores.c.correct_rejections + bindparam("add_correct_rejections"),
        version=scores.c.version + 1,
    )
    .returning(scores.c.answered, scores.c.score)
)
_ADD_STEP = (
    update(scores)
    .where(scores.c.attempt_id == bindparam("attempt"))
    .values(version=scores.c.version + 1)
)
_THE_CELL = (
    cells.c.class_id == bindparam("of_class"),
    cells.c.account_id == bindparam("of_account"),
    cells.c.assignment_id == bindparam("of_assignment"),
)
_FOLLOW_IN_CELL = (
    update(cells)
    .where(*_THE_CELL, cells.c.attempt_id == bindparam("attempt"))
    .values(
        answered=bindparam("now_answered"),
        score=bindparam("now_score"),
        version=cells.c.version + 1,
    )
)
_IS_FIRST = cells.c.attempt_id == bindparam("attempt")
# A retry leaves the first finished attempt in the cell and only counts.
_FINISH_IN_CELL = (
    update(cells)
    .where(*_THE_CELL)
    .values(
        state=case((_IS_FIRST, CellState.FINISHED), else_=cells.c.state),
        late=case((_IS_FIRST, bindparam("is_late")), else_=cells.c.late),
        tries=cells.c.tries + 1,
        version=cells.c.version + 1,
    )
)
_FINISH = (
    update(attempts)
    .where(attempts.c.id == bindparam("attempt"), attempts.c.finished_at.is_(None))
    .values(finished_at=bindparam("at"), late=bindparam("is_late"))
)


def keep_score(
    session: Session, row: Columns, exercise_id: str, grade: Grade, now: datetime
) -> bool:
    """Bring score row and cell up to a first step's grade; finish the attempt with the last one.

    What is set aside in the class counts as answered and in no figure.
    """
    aside = row.set_aside or ()
    counts = exercise_id not in aside
    added = {f"add_{name}": value * counts for name, value in asdict(grade.trials).items()}
    added["add_points"] = grade.points * counts
    left = max(1, row.exercises - len(aside))
    score = session.execute(_ADD_ANSWER, {"attempt": row.id, "of_exercises": left, **added}).one()
    if row.assignment_id is not None:
        values = {"now_answered": score.answered, "now_score": score.score}
        session.execute(_FOLLOW_IN_CELL, {**_cell(row), **values})
    return score.answered == row.exercises and finish(session, row, now)


def keep_step(session: Session, row: Columns) -> None:
    """Note that a further step is answered, which changes no score."""
    session.execute(_ADD_STEP, {"attempt": row.id})


def finish(session: Session, row: Columns, now: datetime) -> bool:
    """Finish the attempt; tell whether this call did it."""
    late = row.assignment_id is not None and is_late(row, now)
    result: Any = session.execute(_FINISH, {"attempt": row.id, "at": now, "is_late": late})
    if result.rowcount != 1:
        return False
    if row.assignment_id is not None:
        session.execute(_FINISH_IN_CELL, {**_cell(row), "is_late": late})
    return True


def _cell(row: Columns) -> dict[str, int]:
    return {
        "of_class": row.class_id,
        "of_account": row.account_id,
        "of_assignment": row.assignment_id,
        "attempt": row.id,
    }
