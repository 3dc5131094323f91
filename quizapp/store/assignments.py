"""Quizzes given to classes, extensions, and a learner's list of them; knows no answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from quizapp.store.models import (
    Assignment,
    Attempt,
    AttemptScore,
    Cell,
    CellState,
    Extension,
    Feedback,
    Membership,
    Purpose,
    Role,
    SchoolClass,
)
from quizapp.store.release import is_held, is_past_latest_due
from quizapp.store.statements import insert


@dataclass(frozen=True)
class Terms:
    """How a quiz is assigned; `language` None = the learner's choice, dates aware."""

    feedback: Feedback = Feedback.AT_ONCE
    language: str | None = None
    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None
    attempts_limit: int = 1
    excluded: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        """Raise ValueError for terms that contradict themselves."""
        if self.feedback is Feedback.AFTER_DUE and self.due_at is None:
            raise ValueError("feedback after the due date needs a due date")
        if self.attempts_limit < 1:
            raise ValueError("an assignment allows at least one attempt")
        dates = [date for date in (self.opens_at, self.due_at, self.closes_at) if date]
        if dates != sorted(dates):
            raise ValueError("an assignment opens, is due and closes in this order")


@dataclass(frozen=True)
class LearnerAssignment:
    """An assignment as one learner sees it; score 0–10,000 of the first finished attempt.

    `score` is None unless finished and released, or where all exercises are set aside in the
    class: `nothing_counts`.
    """

    id: int
    class_id: int
    class_name: str
    source_id: str
    quiz_id: str
    language: str | None
    title: str
    feedback: Feedback
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    excused: bool
    attempts_limit: int
    state: CellState | None
    answered: int
    exercises: int
    tries: int
    late: bool
    open_attempt: int | None
    first_attempt: int | None
    nothing_counts: bool
    score: int | None


@dataclass(frozen=True)
class OpenAttempt:
    """An unfinished practice of a learner."""

    id: int
    source_id: str
    quiz_id: str
    language: str
    quiz_revision: str
    answered: int
    exercises: int
    started_at: datetime


def assign(
    session: Session,
    class_ids: Iterable[int],
    quiz: tuple[str, str, str],
    terms: Terms,
    *,
    created_by: int | None,
    now: datetime,
) -> list[int]:
    """Assign a quiz (source, id, title) to classes and return the assignments, one per class.

    Inside a write transaction.
    """
    source_id, quiz_id, title = quiz
    rows = [
        Assignment(
            class_id=class_id,
            source_id=source_id,
            quiz_id=quiz_id,
            title=title,
            created_by=created_by,
            created_at=now,
            **_columns(terms),
        )
        for class_id in class_ids
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def change_terms(session: Session, assignment_id: int, terms: Terms) -> None:
    """Replace the terms of an assignment; attempts under way keep language and exercises."""
    session.execute(
        update(Assignment).where(Assignment.id == assignment_id).values(**_columns(terms))
    )


def extend(
    session: Session,
    assignment_id: int,
    account_id: int,
    *,
    due_at: datetime | None = None,
    excused: bool = False,
) -> None:
    """Give one learner another due date, or excuse them; replaces what was granted before."""
    values = {"due_at": due_at, "excused": excused}
    session.execute(
        insert(session, "extensions")
        .values(assignment_id=assignment_id, account_id=account_id, **values)
        .on_conflict_do_update(index_elements=["assignment_id", "account_id"], set_=values)
    )


def remove_assignment(session: Session, assignment_id: int, now: datetime) -> bool:
    """Take an assignment away, its answers kept; tell whether it was there."""
    result: Any = session.execute(
        update(Assignment)
        .where(Assignment.id == assignment_id, Assignment.removed_at.is_(None))
        .values(removed_at=now)
    )
    return bool(result.rowcount)


def list_assignments(session: Session, class_id: int) -> Sequence[Assignment]:
    """Return the assignments of a class that are not removed, oldest first."""
    return session.scalars(
        select(Assignment)
        .where(Assignment.class_id == class_id, Assignment.removed_at.is_(None))
        .order_by(Assignment.created_at, Assignment.id)
    ).all()


def find_assignment(session: Session, class_id: int, assignment_id: int) -> Assignment | None:
    """Return an assignment of this class, None when it is another's, removed or unknown."""
    return session.scalar(
        select(Assignment).where(
            Assignment.id == assignment_id,
            Assignment.class_id == class_id,
            Assignment.removed_at.is_(None),
        )
    )


def list_learner_assignments(
    session: Session, account_id: int, now: datetime
) -> list[LearnerAssignment]:
    """Return what a learner has to do or has done in their classes; open ones due first on top."""
    open_attempt = (
        select(func.max(Attempt.id))
        .where(
            Attempt.assignment_id == Assignment.id,
            Attempt.account_id == account_id,
            Attempt.finished_at.is_(None),
        )
        .scalar_subquery()
    )
    rows = session.execute(_of_learner(account_id, now, open_attempt))
    found = [_learner_assignment(row) for row in rows]
    far = datetime.max.replace(tzinfo=UTC)
    return sorted(
        found,
        key=lambda a: (a.state is CellState.FINISHED, a.due_at is None, a.due_at or far, a.id),
    )


def list_open_practice(session: Session, account_id: int) -> list[OpenAttempt]:
    """Return a learner's unfinished practices, the latest first."""
    rows = session.execute(
        select(Attempt, AttemptScore.answered)
        .join(AttemptScore, AttemptScore.attempt_id == Attempt.id)
        .where(
            Attempt.account_id == account_id,
            Attempt.purpose == Purpose.PRACTICE,
            Attempt.finished_at.is_(None),
        )
        .order_by(Attempt.started_at.desc(), Attempt.id.desc())
    )
    return [
        OpenAttempt(
            id=attempt.id,
            source_id=attempt.source_id,
            quiz_id=attempt.quiz_id,
            language=attempt.language,
            quiz_revision=attempt.quiz_revision,
            answered=answered,
            exercises=attempt.exercises,
            started_at=attempt.started_at,
        )
        for attempt, answered in rows
    ]


def _of_learner(account_id: int, now: datetime, open_attempt: Any) -> Any:
    return (
        select(
            Assignment,
            SchoolClass.name.label("class_name"),
            Cell,
            Extension,
            open_attempt.label("open_attempt"),
            is_past_latest_due(now).label("past_due"),
            is_held(Assignment, Assignment.id, account_id, now).label("is_held"),
        )
        .join(SchoolClass, SchoolClass.id == Assignment.class_id)
        .join(Membership, Membership.class_id == SchoolClass.id)
        .outerjoin(Cell, and_(Cell.assignment_id == Assignment.id, Cell.account_id == account_id))
        .outerjoin(
            Extension,
            and_(Extension.assignment_id == Assignment.id, Extension.account_id == account_id),
        )
        .where(
            Membership.account_id == account_id,
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_(None),
            SchoolClass.archived_at.is_(None),
            Assignment.removed_at.is_(None),
        )
        .execution_options(populate_existing=True)
    )


def _columns(terms: Terms) -> dict[str, Any]:
    return {
        "feedback": terms.feedback,
        "language": terms.language,
        "opens_at": terms.opens_at,
        "due_at": terms.due_at,
        "closes_at": terms.closes_at,
        "attempts_limit": terms.attempts_limit,
        "excluded": sorted(terms.excluded),
    }


def _learner_assignment(row: Any) -> LearnerAssignment:
    assignment, cell, extension = row.Assignment, row.Cell, row.Extension
    finished = cell is not None and cell.state is CellState.FINISHED
    nothing_counts = cell is not None and cell.set_aside == cell.exercises
    waits = row.is_held or (assignment.feedback is Feedback.AFTER_DUE and not row.past_due)
    return LearnerAssignment(
        id=assignment.id,
        class_id=assignment.class_id,
        class_name=row.class_name,
        source_id=assignment.source_id,
        quiz_id=assignment.quiz_id,
        language=assignment.language,
        title=assignment.title,
        feedback=assignment.feedback,
        opens_at=assignment.opens_at,
        due_at=extension.due_at if extension and extension.due_at else assignment.due_at,
        closes_at=assignment.closes_at,
        excused=bool(extension and extension.excused),
        attempts_limit=assignment.attempts_limit,
        state=cell.state if cell else None,
        answered=cell.answered if cell else 0,
        exercises=cell.exercises if cell else 0,
        tries=cell.tries if cell else 0,
        late=bool(cell and cell.late),
        open_attempt=row.open_attempt,
        first_attempt=cell.attempt_id if cell else None,
        nothing_counts=nothing_counts,
        score=cell.score if finished and not waits and not nothing_counts else None,
    )
