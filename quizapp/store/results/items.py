"""How a class answered each exercise of an assignment, on first finished attempts only."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from quizapp.core.rates import wilson_interval
from quizapp.exercises.base import Tally
from quizapp.exercises.registry import get_kind
from quizapp.store.models import (
    Account,
    Assignment,
    Attempt,
    Cell,
    CellState,
    Membership,
    Response,
    Role,
)
from quizapp.store.quizzes import ServedExercise, load_quiz_revision


@dataclass(frozen=True)
class ExerciseSummary:
    """An exercise as it was asked (one revision) and how `n` learners answered it.

    `facility` = mean of points over all n, unanswered 0, in 0–1; None for n = 0. `right` of n
    with its Wilson 95 % interval; `unsure` said that they do not know; `tally` counts options.
    """

    exercise: ServedExercise
    position: int
    n: int
    answered: int
    facility: float | None
    right: int
    interval: tuple[float, float] | None
    unsure: int
    tally: Tally


@dataclass(frozen=True)
class AssignmentSummary:
    """The exercises of an assignment in the author's order, over `n` first finished attempts."""

    assignment: Assignment
    n: int
    exercises: tuple[ExerciseSummary, ...]


def assignment_summary(session: Session, assignment: Assignment) -> AssignmentSummary:
    """Return how the learners who are in the class now answered an assignment of it."""
    attempts = {row.id: row for row in session.execute(_first_attempts(assignment))}
    answers: dict[tuple[str, str], list[Any]] = {}
    for row in session.execute(_answers(assignment)):
        answers.setdefault((row.exercise_id, row.exercise_revision), []).append(row)
    asked: dict[tuple[str, str], tuple[int, ServedExercise]] = {}
    counts: dict[tuple[str, str], int] = {}
    for attempt in attempts.values():
        quiz = load_quiz_revision(session, attempt.quiz_revision)
        for position, exercise in enumerate(quiz.counted(attempt.excluded), 1):
            key = (exercise.id, exercise.revision)
            asked.setdefault(key, (position, exercise))
            counts[key] = counts.get(key, 0) + 1
    ordered = sorted(asked.items(), key=lambda item: (item[1][0], -counts[item[0]], item[0]))
    return AssignmentSummary(
        assignment=assignment,
        n=len(attempts),
        exercises=tuple(
            _summary(position, exercise, counts[key], answers.get(key, []))
            for key, (position, exercise) in ordered
        ),
    )


def _first_attempts(assignment: Assignment) -> Any:
    return _of_members(
        select(Attempt.id, Attempt.quiz_revision, Attempt.excluded)
        .join(Cell, Cell.attempt_id == Attempt.id)
        .order_by(Attempt.id),
        assignment,
    )


def _answers(assignment: Assignment) -> Any:
    return _of_members(
        select(
            Response.exercise_id,
            Response.exercise_revision,
            Response.payload,
            Response.points,
            Response.right,
            Response.unsure,
        )
        .join(Cell, Cell.attempt_id == Response.attempt_id)
        .where(Response.step == 1)
        .order_by(Response.id),
        assignment,
    )


def _of_members(statement: Any, assignment: Assignment) -> Any:
    return (
        statement.join(
            Membership,
            and_(Membership.class_id == Cell.class_id, Membership.account_id == Cell.account_id),
        )
        .join(Account, Account.id == Cell.account_id)
        .where(
            Cell.class_id == assignment.class_id,
            Cell.assignment_id == assignment.id,
            Cell.state == CellState.FINISHED,
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_(None),
            Account.active.is_(True),
        )
    )


def _summary(
    position: int, exercise: ServedExercise, n: int, answers: list[Any]
) -> ExerciseSummary:
    right = sum(row.right for row in answers)
    tally = get_kind(exercise.kind).tally(exercise.exercise, [row.payload for row in answers])
    return ExerciseSummary(
        exercise=exercise,
        position=position,
        n=n,
        answered=len(answers),
        facility=sum(row.points for row in answers) / (10_000 * n) if n else None,
        right=right,
        interval=wilson_interval(right, n),
        unsure=sum(row.unsure for row in answers),
        tally=tally,
    )
