"""What a stored answer is worth under another key, or why it cannot be read with it; pure."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from quizapp.content.revisions import InvalidDocument
from quizapp.core.detection import Trials
from quizapp.core.scores import FULL
from quizapp.exercises.base import Grade
from quizapp.exercises.registry import get_kind
from quizapp.store.attempts.responses import StoredResponse
from quizapp.store.models import RegradeChoice
from quizapp.store.quizzes import ServedExercise
from quizapp.store.regrade.live import load_exercise

TRIALS = ("hits", "misses", "false_alarms", "correct_rejections")
FULL_CREDIT = "full_credit"


class Refusal(StrEnum):
    """Why an answer cannot be marked with the current key."""

    GONE = "gone"
    REWORDED = "reworded"
    UNREADABLE = "unreadable"


def find_refusal(answered: ServedExercise, current: ServedExercise) -> Refusal | None:
    """Return why answers to one revision mean nothing in another, None when they mean the same.

    What an answer names must all be there and read as it did; order does not matter.
    """
    if answered.kind != current.kind:
        return Refusal.GONE
    kind = get_kind(current.kind)
    before, now = kind.asked(answered.exercise), kind.asked(current.exercise)
    if before == now:
        return None
    return Refusal.REWORDED if before.keys() <= now.keys() else Refusal.GONE


class Regrader:
    """Grades stored answers with one revision of their exercise; remembers what it compared."""

    def __init__(self, session: Session, current: ServedExercise) -> None:
        self.current = current
        self._session = session
        self._refusals: dict[str, Refusal | None] = {current.revision: None}

    def grade(self, revision: str, payload: Mapping[str, Any]) -> Grade | Refusal:
        """Return the marks of an answer to a revision under the current key, or why there are none.

        The payload itself is read as it is stored and never changed.
        """
        if revision not in self._refusals:
            self._refusals[revision] = self._compare(revision)
        refusal = self._refusals[revision]
        if refusal is not None:
            return refusal
        return get_kind(self.current.kind).grade(self.current.exercise, payload)

    def _compare(self, revision: str) -> Refusal | None:
        try:
            return find_refusal(load_exercise(self._session, revision), self.current)
        except InvalidDocument:
            return Refusal.UNREADABLE


def stored_grade(row: Row[*tuple[Any, ...]]) -> Grade:
    """Return the marks that a row of `responses` has now."""
    trials = Trials(*(getattr(row, name) for name in TRIALS))
    return Grade(row.points, row.right, row.unsure, trials, row.marks)


def choose_grade(
    choice: RegradeChoice, before: Grade, current: Grade | Refusal
) -> tuple[Grade, bool] | None:
    """Return the marks after a choice and whether they are the current key's; None = refused.

    `EITHER` is the better of the two, the current key's at a tie. Full credit needs no key, so
    answers that cannot be read with the current one get it too.
    """
    if choice is RegradeChoice.LEAVE:
        return before, False
    if choice is RegradeChoice.FULL:
        base = before if isinstance(current, Refusal) else current
        marks = base.marks | {FULL_CREDIT: True}
        full = replace(base, points=FULL, right=True, unsure=before.unsure, marks=marks)
        return full, base is current
    if isinstance(current, Refusal):
        return None
    if choice is RegradeChoice.EITHER and before.points > current.points:
        return before, False
    return current, True


def mark_columns(grade: Grade) -> dict[str, Any]:
    """Return a grade as the columns of `responses` that hold it."""
    return {
        "marks": grade.marks,
        "points": grade.points,
        "right": grade.right,
        **asdict(grade.trials),
    }


def graded_exercise(
    session: Session, answered: ServedExercise, stored: StoredResponse | None
) -> ServedExercise:
    """Return the exercise whose key gave the stored marks: the one answered unless regraded."""
    if stored is None or stored.graded_revision in (None, answered.revision):
        return answered
    return load_exercise(session, str(stored.graded_revision))
