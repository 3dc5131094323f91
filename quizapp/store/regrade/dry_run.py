"""What a regrade would change, answer by answer; writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.exercises.base import Grade
from quizapp.store.models import RegradeChoice
from quizapp.store.quizzes import ServedExercise
from quizapp.store.regrade.grading import Refusal, Regrader, choose_grade, stored_grade
from quizapp.store.regrade.live import ExerciseKey, changed_revisions
from quizapp.store.regrade.scope import Scope, answers, attempts, responses


@dataclass(frozen=True)
class RegradeLine:
    """One answer: its marks now and under the current key, or why it has none there.

    `marked_by` is the revision whose key gave the marks that it has now.
    """

    response_id: int
    attempt_id: int
    account_id: int
    before: Grade
    current: Grade | Refusal
    marked_by: str

    def after(self, choice: RegradeChoice) -> Grade | None:
        """Return the marks after a choice, None where it is refused."""
        chosen = choose_grade(choice, self.before, self.current)
        return None if chosen is None else chosen[0]


@dataclass(frozen=True)
class DryRun:
    """All answers of a scope whose key changed; `under_way` more are left alone until handed in."""

    key: ExerciseKey
    live: ServedExercise
    lines: tuple[RegradeLine, ...]
    under_way: int

    @property
    def refused(self) -> int:
        """How many answers cannot be marked with the current key."""
        return sum(isinstance(line.current, Refusal) for line in self.lines)

    @cached_property
    def changes(self) -> Mapping[RegradeChoice, tuple[int, int]]:
        """For each choice how many answers gain points and how many lose some."""
        return {choice: self._count(choice) for choice in RegradeChoice}

    def _count(self, choice: RegradeChoice) -> tuple[int, int]:
        pairs = [(line.before.points, line.after(choice)) for line in self.lines]
        steps = [after.points - before for before, after in pairs if after is not None]
        return sum(step > 0 for step in steps), sum(step < 0 for step in steps)


def dry_run(session: Session, key: ExerciseKey, live: ServedExercise, scope: Scope) -> DryRun:
    """Return what the live revision of an exercise would change in a scope."""
    changed = changed_revisions(session, {key: live.hashes.key}).get(key, frozenset())
    regrader = Regrader(session, live)
    return DryRun(
        key=key,
        live=live,
        lines=tuple(
            RegradeLine(
                response_id=row.id,
                attempt_id=row.attempt_id,
                account_id=row.account_id,
                before=stored_grade(row),
                current=regrader.grade(row.exercise_revision, row.payload),
                marked_by=row.graded_revision or row.exercise_revision,
            )
            for row in session.execute(select_answers(key, scope, changed)).all()
        ),
        under_way=_count_under_way(session, key, scope, changed),
    )


def select_answers(key: ExerciseKey, scope: Scope, changed: frozenset[str]) -> Any:
    """Select the answers to one exercise with the account that gave them, the oldest first."""
    columns = select(responses, attempts.c.account_id, attempts.c.exercises, attempts.c.set_aside)
    return _of_exercise(answers(columns, scope, changed), key).order_by(responses.c.id)


def _count_under_way(
    session: Session, key: ExerciseKey, scope: Scope, changed: frozenset[str]
) -> int:
    columns = select(func.count())
    statement = _of_exercise(answers(columns, scope, changed, finished=False), key)
    return session.scalar(statement) or 0


def _of_exercise(statement: Any, key: ExerciseKey) -> Any:
    return statement.where(
        attempts.c.source_id == key.source_id,
        attempts.c.language == key.language,
        responses.c.exercise_id == key.exercise_id,
    )
