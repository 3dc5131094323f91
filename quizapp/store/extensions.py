"""What is granted to one learner: more time, or nothing to do; and what is late by it; no page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, select, update
from sqlalchemy.orm import Session

from quizapp.store.assignments import extend
from quizapp.store.models import Assignment, Attempt, Cell, CellState, Extension


@dataclass(frozen=True)
class Granted:
    """The exception for a learner: another due date, or `excused`; neither = none."""

    due_at: datetime | None = None
    excused: bool = False

    @property
    def is_something(self) -> bool:
        """Whether there is an exception at all."""
        return self.excused or self.due_at is not None


def find_granted(session: Session, assignment_id: int, account_id: int) -> Granted:
    """Return what is granted to a learner for an assignment."""
    row = session.execute(
        select(Extension.due_at, Extension.excused).where(*_of(assignment_id, account_id))
    ).one_or_none()
    return Granted() if row is None else Granted(*row)


def list_granted(session: Session, assignment_id: int) -> dict[int, Granted]:
    """Return what is granted for an assignment, by learner."""
    rows = session.execute(
        select(Extension.account_id, Extension.due_at, Extension.excused).where(
            Extension.assignment_id == assignment_id
        )
    )
    return {account_id: Granted(due_at, excused) for account_id, due_at, excused in rows}


def grant(session: Session, assignment_id: int, account_id: int, granted: Granted) -> None:
    """Grant a learner something in place of what was granted before, or lift it.

    What is late follows. Inside a write transaction.
    """
    if granted.is_something:
        extend(session, assignment_id, account_id, due_at=granted.due_at, excused=granted.excused)
    else:
        session.execute(delete(Extension).where(*_of(assignment_id, account_id)))
    follow_due(session, assignment_id)


def follow_due(session: Session, assignment_id: int) -> None:
    """Bring "late" of finished attempts and cells up to the due dates as they are now.

    Inside the write transaction that changed a date; what does not change is not written.
    """
    own = (
        select(Extension.due_at)
        .where(
            Extension.assignment_id == Attempt.assignment_id,
            Extension.account_id == Attempt.account_id,
        )
        .scalar_subquery()
    )
    due = (
        select(func.coalesce(own, Assignment.due_at))
        .where(Assignment.id == Attempt.assignment_id)
        .scalar_subquery()
    )
    late = func.coalesce(Attempt.finished_at > due, False)
    session.execute(
        update(Attempt)
        .where(
            Attempt.assignment_id == assignment_id,
            Attempt.finished_at.is_not(None),
            Attempt.late != late,
        )
        .values(late=late),
        execution_options={"synchronize_session": False},
    )
    shown = and_(Attempt.id == Cell.attempt_id, Attempt.late != Cell.late)
    session.execute(
        update(Cell)
        .where(
            Cell.assignment_id == assignment_id,
            Cell.state == CellState.FINISHED,
            exists().where(shown),
        )
        .values(late=~Cell.late, version=Cell.version + 1),
        execution_options={"synchronize_session": False},
    )


def _of(assignment_id: int, account_id: int) -> tuple[Any, ...]:
    return (Extension.assignment_id == assignment_id, Extension.account_id == account_id)
