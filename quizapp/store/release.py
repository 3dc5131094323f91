"""When a learner may see keys: the release of answers, computed when read; knows no page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Integer, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from quizapp.store.models import (
    Assignment,
    Attempt,
    Extension,
    Feedback,
    Membership,
    Role,
    SchoolClass,
    UTCDateTime,
)

Number: TypeAlias = Any
"""The id of an account or assignment, given or in a column."""
Moment: TypeAlias = datetime | ColumnElement[datetime]


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
    now: Moment, assignment: type[Assignment] = Assignment
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
    """Return, on Attempt outer-joined with Assignment, that its answers may be shown.

    `released`, and no other assignment of the quiz holds them back: of the same quiz given in two
    classes, or practised before it was given, the answers wait for the later release.
    """
    return and_(
        or_(
            Attempt.assignment_id.is_(None),
            Assignment.feedback == Feedback.AT_ONCE,
            and_(Assignment.feedback == Feedback.AT_END, Attempt.finished_at.is_not(None)),
            and_(Assignment.feedback == Feedback.AFTER_DUE, is_past_latest_due(now)),
        ),
        ~is_held(Attempt, Attempt.assignment_id, Attempt.account_id, now),
    )


def is_held(
    quiz: type[Attempt] | type[Assignment], own: Number, account_id: Number, now: datetime
) -> ColumnElement[bool]:
    """Return that another assignment than the learner's `own` holds the keys of a quiz back.

    Each that is unreleased holds back what is practised (`own` NULL). What is assigned waits for
    those alone whose answers come at the end or after due: who gives a quiz with feedback at once
    lets its keys be known, and holds up no other class's feedback.
    """
    given = aliased(Assignment)
    return exists().where(
        given.source_id == quiz.source_id,
        given.quiz_id == quiz.quiz_id,
        or_(own.is_(None), and_(given.id != own, given.feedback != Feedback.AT_ONCE)),
        _is_unreleased(given, account_id, now),
    )


def has_unreleased_assignment(
    session: Session, account_id: int, source_id: str, quiz_id: str, now: datetime
) -> bool:
    """Tell whether practising a quiz would show the keys of an assignment too early.

    In any language. An assignment is unreleased until the learner has finished it, or until the
    latest due date where feedback comes after it. One that takes no more answers from the
    learner, is removed or excused counts no more.
    """
    values = {"account": account_id, "source": source_id, "quiz": quiz_id, "now": now}
    return session.scalar(_UNRELEASED, values) is not None


def has_holding_assignment(session: Session, attempt: Attempt, now: datetime) -> bool:
    """Return `is_held` of one attempt."""
    own = attempt.assignment_id
    if own is None:
        return has_unreleased_assignment(
            session, attempt.account_id, attempt.source_id, attempt.quiz_id, now
        )
    values = {"account": attempt.account_id, "now": now, "own": own}
    quiz = {"source": attempt.source_id, "quiz": attempt.quiz_id}
    return session.scalar(_HOLDING, {**values, **quiz}) is not None


def list_unreleased(session: Session, account_id: int, now: datetime) -> set[tuple[str, str]]:
    """Return the quizzes (source, id) of which a learner has an unreleased assignment."""
    rows = session.execute(_ALL_UNRELEASED, {"account": account_id, "now": now})
    return {(row.source_id, row.quiz_id) for row in rows}


def _is_unreleased(
    assignment: type[Assignment], account_id: Number, now: Moment
) -> ColumnElement[bool]:
    waits_for_due = assignment.feedback == Feedback.AFTER_DUE
    return and_(
        assignment.removed_at.is_(None),
        _is_learner(assignment, account_id),
        ~_granted(assignment, account_id, lambda own: own.excused.is_(True)),
        or_(
            and_(waits_for_due, ~is_past_latest_due(now, assignment)),
            and_(
                ~waits_for_due,
                ~_has_finished(assignment, account_id),
                _takes_answers(assignment, account_id, now),
            ),
        ),
    )


def _takes_answers(
    assignment: type[Assignment], account_id: Number, now: Moment
) -> ColumnElement[bool]:
    """Return that the learner can still answer; an extension keeps an assignment open."""
    room = aliased(SchoolClass)
    archived = exists().where(room.id == assignment.class_id, room.archived_at.is_not(None))
    return and_(
        or_(
            assignment.closes_at.is_(None),
            assignment.closes_at > now,
            _granted(assignment, account_id, lambda own: own.due_at > now),
        ),
        ~archived.correlate_except(room),
    )


def _is_learner(assignment: type[Assignment], account_id: Number) -> ColumnElement[bool]:
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


def _has_finished(assignment: type[Assignment], account_id: Number) -> ColumnElement[bool]:
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


def _granted(
    assignment: type[Assignment],
    account_id: Number,
    what: Callable[[type[Extension]], ColumnElement[bool]],
) -> ColumnElement[bool]:
    """Return that the learner's own extension of an assignment says so."""
    granted = aliased(Extension)
    return (
        exists()
        .where(
            granted.assignment_id == assignment.id,
            granted.account_id == account_id,
            what(granted),
        )
        .correlate_except(granted)
    )


# Built once, since they are asked with an answer to a practice and with most pages.
_ALL_UNRELEASED = select(Assignment.source_id, Assignment.quiz_id).where(
    _is_unreleased(
        Assignment, bindparam("account", type_=Integer), bindparam("now", type_=UTCDateTime)
    )
)
_UNRELEASED = _ALL_UNRELEASED.where(
    Assignment.source_id == bindparam("source"), Assignment.quiz_id == bindparam("quiz")
).limit(1)
_HOLDING = _UNRELEASED.where(
    Assignment.id != bindparam("own"), Assignment.feedback != Feedback.AT_ONCE
)
