"""First finished attempts on an assignment with their answers: what all its figures count."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Text, and_, select, type_coerce
from sqlalchemy.orm import Session

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
from quizapp.store.results.matrix import Learner


class Answer(NamedTuple):
    """The answer to the first step of one exercise, points 0–10,000 as they are now.

    `payload` is shared by equal answers, whose canonical `text` is the same: read it only.
    """

    attempt_id: int
    exercise_id: str
    text: str
    points: int
    right: bool
    unsure: bool
    graded_revision: str | None
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Sitting:
    """The first finished attempt of somebody who is in the class now.

    `asked` are the exercises in the author's order, as they were asked; those in `set_aside` do
    not count.
    """

    attempt_id: int
    learner: Learner
    asked: Mapping[str, ServedExercise]
    set_aside: frozenset[str]
    answers: Mapping[str, Answer]

    def points(self, exercise_id: str) -> int:
        """Return the points of an exercise, 0 without an answer."""
        answer = self.answers.get(exercise_id)
        return 0 if answer is None else answer.points

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """The ids of the exercises that count, in the author's order."""
        return tuple(name for name in self.asked if name not in self.set_aside)

    @cached_property
    def total(self) -> int:
        """The points of all exercises that count."""
        return sum(self.points(name) for name in self.counted)

    def rest(self, exercise_id: str) -> int:
        """Return o = T − x: the points on the other exercises that count."""
        return self.total - (self.points(exercise_id) if exercise_id in self.counted else 0)


def class_sittings(session: Session, assignment: Assignment) -> list[Sitting]:
    """Return the first finished attempts of the learners in the class, in the order of finishing.

    Two queries, and two for each revision of the quiz that this process has not seen yet.
    """
    answers: dict[int, dict[str, Answer]] = {}
    payloads: dict[str, Any] = {}
    for row in session.execute(_answers(assignment)):
        # Classes give the same few answers: each is read once.
        payload = payloads.get(row[2])
        if payload is None:
            payload = payloads[row[2]] = json.loads(row[2])
        answer = Answer._make((*row, payload))
        answers.setdefault(answer.attempt_id, {})[answer.exercise_id] = answer
    return [
        Sitting(
            attempt_id=row.id,
            learner=Learner(row.account_id, row.login_name, row.label),
            asked={
                served.id: served
                for served in load_quiz_revision(session, row.quiz_revision).counted(row.excluded)
            },
            set_aside=frozenset(row.set_aside or ()),
            answers=answers.get(row.id, {}),
        )
        for row in session.execute(_first_attempts(assignment)).all()
    ]


def _first_attempts(assignment: Assignment) -> Any:
    columns = (Attempt.id, Attempt.quiz_revision, Attempt.excluded, Attempt.set_aside)
    person = (Attempt.account_id, Account.login_name, Membership.label)
    return _of_members(
        select(*columns, *person)
        .join(Cell, Cell.attempt_id == Attempt.id)
        .order_by(Attempt.finished_at, Attempt.id),
        assignment,
    )


def _answers(assignment: Assignment) -> Any:
    return _of_members(
        select(
            Response.attempt_id,
            Response.exercise_id,
            type_coerce(Response.payload, Text),
            Response.points,
            Response.right,
            Response.unsure,
            Response.graded_revision,
        )
        .join(Cell, Cell.attempt_id == Response.attempt_id)
        .where(Response.step == 1),
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
