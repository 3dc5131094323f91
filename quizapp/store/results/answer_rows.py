"""Every answer of a class, one by one, for its file; a part of the class is in memory at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.store.models import Assignment, Attempt, Response
from quizapp.store.quizzes import ServedExercise, load_quiz_revision
from quizapp.store.regrade import load_exercise
from quizapp.store.results.matrix import Learner

LEARNERS = 25
"""Whose answers are read at a time."""


@dataclass(frozen=True)
class AnswerRow:
    """One answer: who, to which step of what, as asked and as marked; points 0–10,000.

    `marked_by` is the revision whose key gave the points. What does not count is set aside in the
    class. `number` is that of the attempt, `position` that of the exercise in it.
    """

    learner: Learner
    assignment: Assignment
    number: int
    position: int
    asked: ServedExercise
    marked_by: ServedExercise
    step: int
    payload: Mapping[str, Any]
    points: int
    right: bool
    counts: bool
    answered_at: datetime


def class_answers(
    session: Session, learners: Sequence[Learner], assignments: Sequence[Assignment]
) -> Iterator[AnswerRow]:
    """Yield all answers of some learners to some assignments, in the order of both.

    Then by attempt, place in the quiz and step. Answers of attempts under way are among them.
    """
    regraded: dict[str, ServedExercise] = {}
    given = {assignment.id: assignment for assignment in assignments}
    order = {name: place for place, name in enumerate(given)}
    rest = iter(learners)
    while part := {learner.id: learner for learner in islice(rest, LEARNERS)}:
        rows = [
            _row(session, row, part[row.account_id], given[row.assignment_id], regraded)
            for row in session.execute(_select(list(part), list(given)))
        ]
        places = {name: place for place, name in enumerate(part)}
        yield from sorted(
            rows,
            key=lambda row: (
                places[row.learner.id],
                order[row.assignment.id],
                row.number,
                row.position,
                row.step,
            ),
        )


def _select(learners: list[int], assignments: list[int]) -> Any:
    return (
        select(
            Attempt.account_id,
            Attempt.assignment_id,
            Attempt.number,
            Attempt.quiz_revision,
            Attempt.excluded,
            Attempt.set_aside,
            Response.exercise_id,
            Response.exercise_revision,
            Response.graded_revision,
            Response.step,
            Response.payload,
            Response.points,
            Response.right,
            Response.answered_at,
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Attempt.account_id.in_(learners), Attempt.assignment_id.in_(assignments))
    )


def _row(
    session: Session,
    row: Any,
    learner: Learner,
    assignment: Assignment,
    regraded: dict[str, ServedExercise],
) -> AnswerRow:
    quiz = load_quiz_revision(session, row.quiz_revision)
    counted = [served.id for served in quiz.counted(row.excluded)]
    asked = quiz.get_exercise(row.exercise_id)
    marked_by = asked
    if row.graded_revision not in (None, asked.revision):
        if row.graded_revision not in regraded:
            regraded[row.graded_revision] = load_exercise(session, row.graded_revision)
        marked_by = regraded[row.graded_revision]
    return AnswerRow(
        learner=learner,
        assignment=assignment,
        number=row.number,
        position=counted.index(row.exercise_id) + 1,
        asked=asked,
        marked_by=marked_by,
        step=row.step,
        payload=row.payload,
        points=row.points,
        right=row.right,
        counts=row.exercise_id not in (row.set_aside or ()),
        answered_at=row.answered_at,
    )
