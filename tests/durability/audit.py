"""Compares a database with what learners were told, and its kept rows with the answers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select, text

from quizapp.core.scores import attempt_score
from quizapp.store.models import CellState, canonical_json
from quizapp.store.statements import table

KINDS = ("hits", "misses", "false_alarms", "correct_rejections")
Rows = list[Any]


@dataclass(frozen=True)
class Acknowledged:
    """An answer of which a learner was told that it is stored."""

    attempt: int
    exercise: str
    payload: Mapping[str, Any]


def find_faults(engine: Engine, log: Iterable[Acknowledged]) -> list[str]:
    """Return every breach of "an acknowledged answer is never lost, doubled or changed"."""
    with engine.connect() as connection:
        answers = connection.execute(select(table("responses"))).all()
        attempts = connection.execute(select(table("attempts"))).all()
        scores = connection.execute(select(table("attempt_scores"))).all()
        cells = connection.execute(select(table("cells"))).all()
        faults = [*_integrity(connection)]
    by_attempt: dict[int, Rows] = defaultdict(list)
    for answer in answers:
        by_attempt[answer.attempt_id].append(answer)
    kept = {score.attempt_id: score for score in scores}
    faults += find_lost(answers, log)
    for attempt in attempts:
        faults += _torn(attempt, by_attempt[attempt.id], kept.get(attempt.id))
    faults += _cells(attempts, kept, cells)
    return faults


def _integrity(connection: Any) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    said = connection.execute(text("PRAGMA integrity_check")).scalars().all()
    if said != ["ok"]:
        yield f"integrity check: {said}"
    if connection.execute(text("PRAGMA foreign_key_check")).all():
        yield "a row refers to none"


def find_lost(answers: Rows, log: Iterable[Acknowledged]) -> Iterator[str]:
    """Compare the rows of `responses` with what learners were told."""
    stored: dict[tuple[int, str], list[str]] = defaultdict(list)
    for answer in answers:
        stored[answer.attempt_id, answer.exercise_id].append(canonical_json(answer.payload))
    for key, found in stored.items():
        if len(found) > 1:
            yield f"{key} is stored {len(found)} times"
    for told in log:
        found = stored[told.attempt, told.exercise]
        if not found:
            yield f"lost: {told}"
        elif found[0] != canonical_json(told.payload):
            yield f"changed: {told} is {found[0]}"


def _torn(attempt: Any, answers: Rows, score: Any) -> Iterator[str]:
    """Recompute a score row from the answers of its attempt."""
    if score is None:
        yield f"attempt {attempt.id} has {len(answers)} answers and no score row"
        return
    aside = attempt.set_aside or ()
    counted = [answer for answer in answers if answer.exercise_id not in aside]
    points, left = [answer.points for answer in counted], attempt.exercises - len(aside)
    due = {
        "answered": len(answers),
        "points_sum": sum(points),
        "score": attempt_score(points, left) if left else 0,
    } | {kind: sum(getattr(answer, kind) for answer in counted) for kind in KINDS}
    found = {name: getattr(score, name) for name in due}
    if found != due:
        yield f"the score of attempt {attempt.id} is {found}, its answers give {due}"
    if attempt.finished_at is None and len(answers) >= attempt.exercises:
        yield f"attempt {attempt.id} has all its answers and is not finished"


def _cells(attempts: Rows, scores: Mapping[int, Any], cells: Rows) -> Iterator[str]:
    """Recompute every cell from the attempts of its learner."""
    by_cell: dict[tuple[int, int], Rows] = defaultdict(list)
    for attempt in attempts:
        if attempt.assignment_id is not None:
            by_cell[attempt.account_id, attempt.assignment_id].append(attempt)
    found = {(cell.account_id, cell.assignment_id): cell for cell in cells}
    for key in by_cell.keys() ^ found.keys():
        yield f"{key} has {'a cell and no attempt' if key in found else 'an attempt and no cell'}"
    for key in by_cell.keys() & found.keys():
        cell, mine = found[key], sorted(by_cell[key], key=lambda attempt: attempt.number)
        first, finished = mine[0], [a for a in mine if a.finished_at is not None]
        state = CellState.FINISHED if first in finished else CellState.IN_PROGRESS
        score = scores.get(first.id)
        due = (first.id, state, len(finished), first.late)
        if (cell.attempt_id, cell.state, cell.tries, cell.late) != due:
            yield f"cell {key} is {tuple(cell)}, its attempts give {due}"
        if score is None or (cell.answered, cell.score) != (score.answered, score.score):
            yield f"cell {key} is {tuple(cell)}, its score row is {score}"
