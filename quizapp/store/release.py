"""When a learner may see keys: the release of answers, computed when read; knows no page."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from quizapp.store.models import Assignment, Attempt, Extension, Feedback, Membership, Role


def released(
    feedback: Feedback | None, *, finished: bool, latest_due: datetime | None, now: datetime
) -> bool:
    """Tell whether the given answers of an attempt are released to its learner.

    `feedback` None = no assignment (practice, review): at once. After due = now ≥ the latest due
    date of the assignment, extensions included. Source: product.md section 3, "Feedback".
    """
    if feedback is None or feedback is Feedback.AT_ONCE:
        return True
    if feedback is Feedback.AT_END:
        return finished
    return latest_due is not None and now >= latest_due


def latest_due(session: Session, assignment_id: int) -> datetime | None:
    """Return the latest due date of an assignment, extensions included; None when it has none."""
    dates = session.scalars(
        select(Assignment.due_at)
        .where(Assignment.id == assignment_id)
        .union_all(
            select(Extension.due_at).where(
                Extension.assignment_id == assignment_id, Extension.excused.is_(False)
            )
        )
    )
    return max((date for date in dates if date is not None), default=None)


def is_past_latest_due(now: datetime) -> ColumnElement[bool]:
    """Return the condition that no due date of the joined Assignment lies ahead."""
    later = aliased(Extension)
    return and_(
        Assignment.due_at <= now,
        ~exists().where(
            later.assignment_id == Assignment.id, later.excused.is_(False), later.due_at > now
        ),
    )


def answers_released(now: datetime) -> ColumnElement[bool]:
    """Return `released` as a condition on Attempt outer-joined with Assignment."""
    return or_(
        Attempt.assignment_id.is_(None),
        Assignment.feedback == Feedback.AT_ONCE,
        and_(Assignment.feedback == Feedback.AT_END, Attempt.finished_at.is_not(None)),
        and_(Assignment.feedback == Feedback.AFTER_DUE, is_past_latest_due(now)),
    )


def has_unreleased_assignment(
    session: Session, account_id: int, source_id: str, quiz_id: str, now: datetime
) -> bool:
    """Tell whether practising a quiz would show the keys of an assignment too early.

    In any language. An assignment is unreleased until the learner has finished it, or until the
    latest due date where feedback comes after it. One that is closed, removed or excused counts
    no more.
    """
    is_open = or_(Assignment.closes_at.is_(None), Assignment.closes_at > now)
    waits_for_due = Assignment.feedback == Feedback.AFTER_DUE
    statement = (
        select(Assignment.id)
        .join(Membership, Membership.class_id == Assignment.class_id)
        .where(
            Membership.account_id == account_id,
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_(None),
            Assignment.source_id == source_id,
            Assignment.quiz_id == quiz_id,
            Assignment.removed_at.is_(None),
            ~_is_excused(account_id),
            or_(
                and_(waits_for_due, ~is_past_latest_due(now)),
                and_(~waits_for_due, ~_has_finished(account_id), is_open),
            ),
        )
        .limit(1)
    )
    return session.scalar(statement) is not None


def _has_finished(account_id: int) -> ColumnElement[bool]:
    return exists().where(
        Attempt.assignment_id == Assignment.id,
        Attempt.account_id == account_id,
        Attempt.finished_at.is_not(None),
    )


def _is_excused(account_id: int) -> ColumnElement[bool]:
    return exists().where(
        Extension.assignment_id == Assignment.id,
        Extension.account_id == account_id,
        Extension.excused.is_(True),
    )
