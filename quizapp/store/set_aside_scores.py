"""Scores, cells and trials of attempts over the exercises that count, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from quizapp.core.scores import attempt_score
from quizapp.store.statements import table

attempts = table("attempts")
responses = table("responses")
scores = table("attempt_scores")
cells = table("cells")

TRIALS = ("hits", "misses", "false_alarms", "correct_rejections")
_KEEP_LIST = (
    update(attempts)
    .where(attempts.c.id == bindparam("attempt"))
    .values(set_aside=bindparam("aside", type_=attempts.c.set_aside.type))
)
_KEEP_SCORE = (
    update(scores)
    .where(scores.c.attempt_id == bindparam("attempt"))
    .values(
        {name: bindparam(f"new_{name}") for name in ("points_sum", "score", *TRIALS)}
        | {"version": scores.c.version + 1}
    )
)
_KEEP_CELL = (
    update(cells)
    .where(cells.c.attempt_id == bindparam("attempt"))
    .values(
        set_aside=bindparam("left_out"),
        score=bindparam("new_score"),
        version=cells.c.version + 1,
    )
)


def recount(
    session: Session, wanted: Sequence[tuple[Any, list[str] | None]]
) -> list[tuple[int, int]]:
    """Leave exercises out of attempts (row of the table, ids; None for none).

    Inside a write transaction that has locked the attempts. Returns the scores (0 to 10,000)
    before and after of those handed in that have a score.
    """
    chunk = [row.id for row, _ in wanted]
    before, sums = _scores(session, chunk), _sums(session, chunk)
    lists, kept, moved = [], [], []
    for row, aside in wanted:
        new = _count(sums.get(row.id, ()), aside or (), row.exercises)
        left_out = len(aside) if aside else None
        lists.append({"attempt": row.id, "aside": aside})
        kept.append({"attempt": row.id, "left_out": left_out} | new)
        if row.finished_at is not None and left_out != row.exercises:
            moved.append((before[row.id], new["new_score"]))
    session.execute(_KEEP_LIST, lists)
    session.execute(_KEEP_SCORE, kept)
    session.execute(_KEEP_CELL, kept)
    return moved


def _scores(session: Session, chunk: Sequence[int]) -> Mapping[int, int]:
    statement = select(scores.c.attempt_id, scores.c.score)
    rows = session.execute(statement.where(scores.c.attempt_id.in_(chunk)))
    return {row.attempt_id: row.score for row in rows}


def _sums(session: Session, chunk: Sequence[int]) -> Mapping[int, list[Any]]:
    """Return the first steps of the answers of some attempts."""
    columns = (responses.c[name] for name in ("attempt_id", "exercise_id", "points", *TRIALS))
    statement = select(*columns).where(responses.c.attempt_id.in_(chunk), responses.c.step == 1)
    found: dict[int, list[Any]] = {}
    for row in session.execute(statement):
        found.setdefault(row.attempt_id, []).append(row)
    return found


def _count(answers: Iterable[Any], aside: Sequence[str], exercises: int) -> dict[str, int]:
    """Return the columns of a score row over the answers that count; 0 where none can."""
    counted = [answer for answer in answers if answer.exercise_id not in aside]
    points = [answer.points for answer in counted]
    left = exercises - len(aside)
    return {
        "new_points_sum": sum(points),
        "new_score": attempt_score(points, left) if left else 0,
        **{f"new_{name}": sum(getattr(each, name) for each in counted) for name in TRIALS},
    }
