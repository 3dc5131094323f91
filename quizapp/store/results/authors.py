"""How learners of all classes answered a quiz the first time, for its authors; counts, no names.

Only finished first attempts on assignments, outside demonstration classes, of learners who are
still in the class: practice and review are the learner's alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from quizapp.core.items import ItemFigures, TotalFigures, item_figures, total_figures
from quizapp.core.rates import wilson_interval
from quizapp.core.scores import FULL
from quizapp.exercises.base import Tally
from quizapp.exercises.registry import get_kind
from quizapp.store.models import (
    Account,
    Assignment,
    Attempt,
    Membership,
    Response,
    Role,
    SchoolClass,
)
from quizapp.store.quizzes import ServedExercise, ServedQuiz, load_quiz_revision

ENOUGH = 5
"""Learners under whom an author is shown nothing of an exercise."""


@dataclass(frozen=True)
class ExerciseFigures:
    """How `n` learners answered an exercise whose text and key are as they are now.

    `facility` 0–1, unanswered 0; `right` of n with its Wilson 95 % interval. `item` is None
    unless at least ENOUGH learners had all exercises of the quiz as they are now.
    """

    exercise: ServedExercise
    n: int
    facility: float
    right: int
    interval: tuple[float, float] | None
    unsure: int
    tally: Tally
    item: ItemFigures | None


@dataclass(frozen=True)
class QuizFigures:
    """The figures of the exercises that have enough learners, by id; `total` of the whole quiz.

    `n` learners had every exercise as it is now; `total` is None under ENOUGH of them.
    """

    n: int
    exercises: dict[str, ExerciseFigures]
    total: TotalFigures | None


@dataclass(frozen=True)
class _Sitting:
    """One first attempt: the answers by exercise, of those asked as they are now."""

    asked: frozenset[str]
    answers: dict[str, Any]

    def points(self, exercise_id: str) -> int:
        answer = self.answers.get(exercise_id)
        return 0 if answer is None else int(answer.points)


def quiz_figures(session: Session, quiz: ServedQuiz) -> QuizFigures:
    """Return how first attempts on a quiz went, exercise by exercise, where at least ENOUGH did."""
    sittings = _sittings(session, quiz)
    ids = [served.id for served in quiz.exercises]
    whole = [each for each in sittings if each.asked.issuperset(ids)]
    table = [[each.points(name) for name in ids] for each in whole]
    enough = len(table) >= ENOUGH
    items = dict(zip(ids, item_figures(table, FULL), strict=True)) if enough else {}
    found = {
        served.id: _figures(served, theirs, items.get(served.id))
        for served in quiz.exercises
        if len(theirs := [each for each in sittings if served.id in each.asked]) >= ENOUGH
    }
    return QuizFigures(len(table), found, total_figures(table) if enough else None)


def _sittings(session: Session, quiz: ServedQuiz) -> list[_Sitting]:
    rows = session.execute(_attempts(quiz)).all()
    first = {row.account_id: row for row in reversed(rows)}
    answers: dict[int, dict[str, Any]] = {}
    for answer in session.execute(_answers(quiz)):
        answers.setdefault(answer.attempt_id, {})[answer.exercise_id] = answer
    now = {served.id: served for served in quiz.exercises}
    return [_Sitting(_same(session, row, now), answers.get(row.id, {})) for row in first.values()]


def _same(session: Session, row: Any, now: dict[str, ServedExercise]) -> frozenset[str]:
    """Return the exercises of an attempt that had the text and the key that they have now."""
    quiz = load_quiz_revision(session, row.quiz_revision)
    return frozenset(
        served.id
        for served in quiz.counted(row.excluded)
        if served.id in now and _version(served) == _version(now[served.id])
    )


def _version(served: ServedExercise) -> tuple[str, str]:
    return served.hashes.text, served.hashes.key


def _attempts(quiz: ServedQuiz) -> Any:
    statement = select(Attempt.id, Attempt.account_id, Attempt.quiz_revision, Attempt.excluded)
    return _counted(statement, quiz).order_by(Attempt.finished_at, Attempt.id)


def _answers(quiz: ServedQuiz) -> Any:
    statement = select(
        Response.attempt_id,
        Response.exercise_id,
        Response.payload,
        Response.points,
        Response.right,
        Response.unsure,
    ).join(Attempt, Attempt.id == Response.attempt_id)
    return _counted(statement, quiz).where(Response.step == 1).order_by(Response.id)


def _counted(statement: Any, quiz: ServedQuiz) -> Any:
    return (
        statement.join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(SchoolClass, SchoolClass.id == Assignment.class_id)
        .join(Account, Account.id == Attempt.account_id)
        .join(
            Membership,
            and_(
                Membership.class_id == Assignment.class_id,
                Membership.account_id == Attempt.account_id,
            ),
        )
        .where(
            Attempt.source_id == quiz.source_id,
            Attempt.quiz_id == quiz.id,
            Attempt.language == quiz.language,
            Attempt.number == 1,
            Attempt.finished_at.is_not(None),
            SchoolClass.is_demo.is_(False),
            Account.is_demo.is_(False),
            Account.active.is_(True),
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_(None),
        )
    )


def _figures(
    served: ServedExercise, sittings: Sequence[_Sitting], item: ItemFigures | None
) -> ExerciseFigures:
    n = len(sittings)
    given = [each.answers[served.id] for each in sittings if served.id in each.answers]
    right = sum(answer.right for answer in given)
    return ExerciseFigures(
        exercise=served,
        n=n,
        facility=sum(answer.points for answer in given) / (FULL * n),
        right=right,
        interval=wilson_interval(right, n),
        unsure=sum(answer.unsure for answer in given),
        tally=get_kind(served.kind).tally(served.exercise, [answer.payload for answer in given]),
        item=item,
    )
