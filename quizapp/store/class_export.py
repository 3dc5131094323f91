"""Says what a class holds, for a copy of it before it is deleted; knows no file and no page.

What its teachers see: the people with their labels, the assignments, the answers to them. What a
learner practises alone is not in it.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from quizapp.store.models import (
    Account,
    Assignment,
    Attempt,
    AttemptScore,
    Membership,
    Response,
    SchoolClass,
    canonical_json,
)

Row = dict[str, Any]
FORMAT = "quizapp/class/1"
ANSWER_COLUMNS = (
    *("learner", "label", "assignment", "attempt", "exercise", "step", "kind", "answered_at"),
    *("late", "points", "right", "unsure", "answer"),
)
"""Columns of the table of answers; points of 10,000."""


def export_class(session: Session, class_id: int, now: datetime) -> Row:
    """Return a class with all that its teachers see, as values of JSON; LookupError for none.

    Moments are texts in UTC (ISO 8601); scores and points are of 10,000.
    """
    school_class = session.get(SchoolClass, class_id)
    if school_class is None:
        raise LookupError(class_id)
    return {
        "format": FORMAT,
        "exported_at": now.isoformat(),
        "name": school_class.name,
        "created_at": school_class.created_at.isoformat(),
        "people": _rows(session, _people(class_id)),
        "assignments": _rows(session, _assignments(class_id)),
        "attempts": _rows(session, _attempts(class_id)),
        "answers": _rows(session, _answers(class_id)),
    }


def answer_table(data: Row) -> list[Sequence[str | int | None]]:
    """Return the answers of `export_class` as rows of cells under ANSWER_COLUMNS."""
    people = {row["id"]: row for row in data["people"]}
    titles = {row["id"]: row["title"] for row in data["assignments"]}
    attempts = {row["id"]: row for row in data["attempts"]}
    table: list[Sequence[str | int | None]] = [ANSWER_COLUMNS]
    for answer in data["answers"]:
        attempt = attempts[answer["attempt_id"]]
        person = people.get(attempt["account_id"], {})
        table.append(
            (
                person.get("login_name"),
                person.get("label"),
                titles[attempt["assignment_id"]],
                attempt["number"],
                answer["exercise_id"],
                answer["step"],
                answer["kind"],
                answer["answered_at"],
                int(attempt["late"]),
                answer["points"],
                int(answer["right"]),
                int(answer["unsure"]),
                canonical_json(answer["payload"]),
            )
        )
    return table


def _people(class_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Account.id,
            Account.login_name,
            Membership.role,
            Membership.label,
            Membership.joined_at,
            Membership.ended_at,
        )
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.class_id == class_id)
        .order_by(Account.id)
    )


def _assignments(class_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Assignment.id,
            Assignment.title,
            Assignment.source_id,
            Assignment.quiz_id,
            Assignment.feedback,
            Assignment.due_at,
            Assignment.created_at,
            Assignment.removed_at,
        )
        .where(Assignment.class_id == class_id)
        .order_by(Assignment.id)
    )


def _attempts(class_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Attempt.id,
            Attempt.account_id,
            Attempt.assignment_id,
            Attempt.number,
            Attempt.language,
            Attempt.started_at,
            Attempt.finished_at,
            Attempt.late,
            AttemptScore.answered,
            AttemptScore.score,
        )
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(AttemptScore, AttemptScore.attempt_id == Attempt.id)
        .where(Assignment.class_id == class_id)
        .order_by(Attempt.id)
    )


def _answers(class_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Response.attempt_id,
            Response.exercise_id,
            Response.step,
            Response.kind,
            Response.payload,
            Response.points,
            Response.right,
            Response.unsure,
            Response.confidence,
            Response.answered_at,
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Assignment.class_id == class_id)
        .order_by(Response.id)
    )


def _rows(session: Session, statement: Select[*tuple[Any, ...]]) -> list[Row]:
    return [
        {name: _plain(value) for name, value in row._mapping.items()}
        for row in session.execute(statement)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
