"""When a learner may see keys: the release of answers, computed when read; knows no page."""

from datetime import datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from quizapp.store.models import Assignment, Attempt, Extension, Feedback, Membership, Role

Account: TypeAlias = ColumnElement[int] | InstrumentedAttribute[int]
"""The id of an account, given or in a column."""


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


def is_past_latest_due(
    now: datetime, assignment: type[Assignment] = Assignment
) -> ColumnElement[bool]:
    """Return the condition that no due date of the joined assignment lies ahead."""
    later = aliased(Extension)
    return and_(
        assignment.due_at <= now,
        ~exists().where(
            later.assignment_id == assignment.id, later.excused.is_(False), later.due_at > now
        ),
    )


def answers_released(now: datetime) -> ColumnElement[bool]:
    """Return `released` as a condition on Attempt outer-joined with Assignment.

    Practice from before the quiz was assigned waits with the assignment.
    """
    given = aliased(Assignment)
    also_assigned = exists().where(
        given.source_id == Attempt.source_id,
        given.quiz_id == Attempt.quiz_id,
        _is_unreleased(given, Attempt.account_id, now),
    )
    return or_(
        and_(Attempt.assignment_id.is_(None), ~also_assigned),
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
    statement = (
        select(Assignment.id)
        .where(
            Assignment.source_id == source_id,
            Assignment.quiz_id == quiz_id,
            _is_unreleased(Assignment, literal(account_id), now),
        )
        .limit(1)
    )
    return session.scalar(statement) is not None


def _is_unreleased(
    assignment: type[Assignment], account_id: Account, now: datetime
) -> ColumnElement[bool]:
    is_open = or_(assignment.closes_at.is_(None), assignment.closes_at > now)
    waits_for_due = assignment.feedback == Feedback.AFTER_DUE
    return and_(
        assignment.removed_at.is_(None),
        _is_learner(assignment, account_id),
        ~_is_excused(assignment, account_id),
        or_(
            and_(waits_for_due, ~is_past_latest_due(now, assignment)),
            and_(~waits_for_due, ~_has_finished(assignment, account_id), is_open),
        ),
    )


def _is_learner(assignment: type[Assignment], account_id: Account) -> ColumnElement[bool]:
    member = aliased(Membership)
    return (
        exists()
        .where(
            member.class_id == assignment.class_id,
            member.account_id == account_id,
            member.role == Role.LEARNER,
            member.ended_at.is_(None),
        )
        .correlate_except(member)  # the account may be a column of the outermost statement
    )


def _has_finished(assignment: type[Assignment], account_id: Account) -> ColumnElement[bool]:
    done = aliased(Attempt)
    return (
        exists()
        .where(
            done.assignment_id == assignment.id,
            done.account_id == account_id,
            done.finished_at.is_not(None),
        )
        .correlate_except(done)
    )


def _is_excused(assignment: type[Assignment], account_id: Account) -> ColumnElement[bool]:
    granted = aliased(Extension)
    return (
        exists()
        .where(
            granted.assignment_id == assignment.id,
            granted.account_id == account_id,
            granted.excused.is_(True),
        )
        .correlate_except(granted)
    )
