"""One transaction of a regrade: new marks with their log, score rows and cells that follow."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from quizapp.exercises.base import Grade
from quizapp.store.models import Regrade
from quizapp.store.regrade.grading import (
    TRIALS,
    Refusal,
    choose_grade,
    mark_columns,
    stored_grade,
)
from quizapp.store.regrade.scope import attempts, responses
from quizapp.store.statements import table

scores = table("attempt_scores")
cells = table("cells")
log = table("regraded_responses")
MARKED = ("marks", "points", "right", *TRIALS, "graded_revision", "settled_revision")

_MARK = (
    update(responses)
    .where(responses.c.id == bindparam("response"))
    .values({name: bindparam(f"new_{name}", type_=responses.c[name].type) for name in MARKED})
)
_POINTS = scores.c.points_sum + bindparam("add_points")
_EXERCISES: Any = bindparam("of_exercises")
# Mean over the exercises of the attempt that count, halves up, as core.scores.attempt_score.
_ADD = (
    update(scores)
    .where(scores.c.attempt_id == bindparam("attempt"))
    .values(
        points_sum=_POINTS,
        score=(2 * _POINTS + _EXERCISES) // (2 * _EXERCISES),
        version=scores.c.version + 1,
        **{name: scores.c[name] + bindparam(f"add_{name}") for name in TRIALS},
    )
)


def apply_batch(
    session: Session, regrade: Regrade, statement: Any, grades: Mapping[int, Grade | Refusal]
) -> None:
    """Bring some answers up to a regrade, unless that was done meanwhile; inside a write.

    `statement` selects what is still to do; `grades` are the marks under its revision's key.
    """
    todo = statement.where(responses.c.id.in_(grades))
    locked = [row.attempt_id for row in session.execute(todo)]
    lock = select(attempts.c.id).where(attempts.c.id.in_(locked)).order_by(attempts.c.id)
    session.execute(lock.with_for_update())
    changes = []
    for row in session.execute(todo):
        before = stored_grade(row)
        chosen = choose_grade(regrade.choice, before, grades[row.id])
        if chosen is not None:
            changes.append((row, before, *chosen))
    if changes:
        _mark(session, regrade, changes)
        _follow(session, changes)


Change = tuple[Any, Grade, Grade, bool]


def _mark(session: Session, regrade: Regrade, changes: Sequence[Change]) -> None:
    marks, lines = [], []
    for row, before, after, is_current in changes:
        graded = regrade.to_revision if is_current else row.graded_revision
        new = mark_columns(after) | {
            "graded_revision": graded,
            "settled_revision": regrade.to_revision,
        }
        marks.append({"response": row.id} | {f"new_{name}": new[name] for name in MARKED})
        lines.append(
            {
                "regrade_id": regrade.id,
                "response_id": row.id,
                "from_revision": row.settled_revision or row.exercise_revision,
                "before": mark_columns(before),
                "after": mark_columns(after),
            }
        )
    session.execute(_MARK, marks)
    session.execute(insert(log), lines)


def _follow(session: Session, changes: Sequence[Change]) -> None:
    """Let score rows and cells follow; those whose figures stay the same stay as they are.

    So do those of a class that has set the exercise aside: only the answer has new marks.
    """
    deltas = [
        _delta(row, before, after)
        for row, before, after, _ in changes
        if before != after and row.exercise_id not in (row.set_aside or ())
    ]
    moved = [delta for delta in deltas if any(delta[f"add_{name}"] for name in ("points", *TRIALS))]
    if not moved:
        return
    session.execute(_ADD, moved)
    score = select(scores.c.score).where(scores.c.attempt_id == cells.c.attempt_id)
    session.execute(
        update(cells)
        .where(cells.c.attempt_id.in_([delta["attempt"] for delta in moved]))
        .values(score=score.scalar_subquery(), version=cells.c.version + 1)
    )


def _delta(row: Any, before: Grade, after: Grade) -> dict[str, int]:
    old, new = asdict(before.trials), asdict(after.trials)
    return {
        "attempt": row.attempt_id,
        "of_exercises": row.exercises - len(row.set_aside or ()),
        "add_points": after.points - before.points,
        **{f"add_{name}": new[name] - old[name] for name in TRIALS},
    }
