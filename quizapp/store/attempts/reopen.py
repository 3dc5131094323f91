"""Taking a finished attempt back to its learner, who goes on where answers are missing; no page."""

from enum import StrEnum
from typing import Any

from sqlalchemy import case, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.store.models import Attempt, AttemptScore, Cell, CellState


class Reopening(StrEnum):
    """What became of it: reopened, or why it cannot be."""

    DONE = "done"
    NOT_FINISHED = "not_finished"
    ALL_ANSWERED = "all_answered"
    LATER_ATTEMPT = "later_attempt"


def reopen_attempt(session: Session, attempt_id: int) -> Reopening:
    """Open a finished attempt on an assignment again; its answers stay and are final.

    Its cell is under way again, and is late anew when it is finished. Refused when nothing is
    left to answer, and when the learner has a later attempt: one is open at most, and the first
    finished one counts. Inside a write transaction.
    """
    attempt = session.execute(
        select(Attempt.account_id, Attempt.assignment_id, Attempt.number, Attempt.finished_at)
        .where(Attempt.id == attempt_id, Attempt.assignment_id.is_not(None))
        .with_for_update(of=Attempt)
    ).one()
    refusal = _refusal(session, attempt_id, attempt)
    if refusal is not None:
        return refusal
    try:
        with session.begin_nested():
            _open(session, attempt_id)
    except IntegrityError:
        return Reopening.LATER_ATTEMPT
    _follow_in_cell(session, attempt_id, attempt)
    return Reopening.DONE


def why_not(session: Session, attempt_id: int) -> Reopening | None:
    """Return why an attempt on an assignment cannot be reopened now, None when it can."""
    attempt = session.execute(
        select(
            Attempt.account_id, Attempt.assignment_id, Attempt.number, Attempt.finished_at
        ).where(Attempt.id == attempt_id, Attempt.assignment_id.is_not(None))
    ).one()
    return _refusal(session, attempt_id, attempt)


def _refusal(session: Session, attempt_id: int, attempt: Any) -> Reopening | None:
    if attempt.finished_at is None:
        return Reopening.NOT_FINISHED
    left = session.scalar(
        select(Attempt.exercises - AttemptScore.answered)
        .join(AttemptScore, AttemptScore.attempt_id == Attempt.id)
        .where(Attempt.id == attempt_id)
    )
    if not left:
        return Reopening.ALL_ANSWERED
    latest = session.scalar(
        select(func.max(Attempt.number)).where(
            Attempt.account_id == attempt.account_id,
            Attempt.assignment_id == attempt.assignment_id,
        )
    )
    return Reopening.LATER_ATTEMPT if latest != attempt.number else None


def _open(session: Session, attempt_id: int) -> None:
    session.execute(
        update(Attempt).where(Attempt.id == attempt_id).values(finished_at=None, late=False),
        execution_options={"synchronize_session": False},
    )


def _follow_in_cell(session: Session, attempt_id: int, attempt: Any) -> None:
    is_shown = Cell.attempt_id == attempt_id
    session.execute(
        update(Cell)
        .where(Cell.account_id == attempt.account_id, Cell.assignment_id == attempt.assignment_id)
        .values(
            state=case((is_shown, CellState.IN_PROGRESS), else_=Cell.state),
            late=case((is_shown, False), else_=Cell.late),
            tries=Cell.tries - 1,
            version=Cell.version + 1,
        ),
        execution_options={"synchronize_session": False},
    )
