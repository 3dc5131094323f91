"""Who answers what now: one SELECT with all that decides whether a write is allowed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from quizapp.store.attempts.refusals import (
    AttemptMissing,
    NotAMember,
    SignedOut,
)
from quizapp.store.models import Role
from quizapp.store.statements import table

Columns = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class Actor:
    """The learner who acts; `session_id` None = trusted code that has no session of the web."""

    account_id: int
    session_id: str | None = None


attempts = table("attempts")
assignments = table("assignments")
classes = table("classes")
memberships = table("memberships")
extensions = table("extensions")
accounts = table("accounts")
sessions = table("sessions")

_ACTOR = (
    accounts.c.active,
    sessions.c.id.label("session_id"),
    sessions.c.ended_at.label("session_ended_at"),
    sessions.c.expires_at.label("session_expires_at"),
)
_MEMBER = (
    memberships.c.id.label("membership_id"),
    memberships.c.ended_at.label("membership_ended_at"),
    classes.c.archived_at,
    extensions.c.due_at.label("extended_due_at"),
    extensions.c.excused,
)
_SESSION_ON = and_(sessions.c.account_id == accounts.c.id, sessions.c.id == bindparam("session_id"))


def _membership_on(account: Any) -> Any:
    return and_(
        memberships.c.class_id == assignments.c.class_id,
        memberships.c.account_id == account,
        memberships.c.role == Role.LEARNER,
    )


def _extension_on(account: Any) -> Any:
    return and_(extensions.c.assignment_id == assignments.c.id, extensions.c.account_id == account)


ATTEMPT: Select[*tuple[Any, ...]] = (
    select(
        attempts,
        assignments.c.class_id,
        assignments.c.due_at,
        assignments.c.closes_at,
        assignments.c.removed_at,
        *_ACTOR,
        *_MEMBER,
    )
    .select_from(
        attempts.join(accounts, accounts.c.id == attempts.c.account_id)
        .outerjoin(sessions, _SESSION_ON)
        .outerjoin(assignments, assignments.c.id == attempts.c.assignment_id)
        .outerjoin(classes, classes.c.id == assignments.c.class_id)
        .outerjoin(memberships, _membership_on(attempts.c.account_id))
        .outerjoin(extensions, _extension_on(attempts.c.account_id))
    )
    .where(attempts.c.id == bindparam("attempt_id"), accounts.c.id == bindparam("account_id"))
    .with_for_update(of=attempts)
)
ASSIGNMENT: Select[*tuple[Any, ...]] = (
    select(assignments, *_ACTOR, *_MEMBER)
    .select_from(
        assignments.join(classes, classes.c.id == assignments.c.class_id)
        .join(accounts, accounts.c.id == bindparam("account_id"))
        .outerjoin(sessions, _SESSION_ON)
        .outerjoin(memberships, _membership_on(accounts.c.id))
        .outerjoin(extensions, _extension_on(accounts.c.id))
    )
    .where(assignments.c.id == bindparam("assignment_id"))
    .with_for_update(read=True, of=classes)  # what is set aside changes after this write, or before
)
ACTOR: Select[*tuple[Any, ...]] = (
    select(*_ACTOR)
    .select_from(accounts.outerjoin(sessions, _SESSION_ON))
    .where(accounts.c.id == bindparam("account_id"))
)


def attempt_context(session: Session, actor: Actor, attempt_id: int, now: datetime) -> Columns:
    """Return the attempt with its assignment, class and membership, locked for this write.

    Raises SignedOut, AttemptMissing (another's attempt too) or NotAMember.
    """
    row = session.execute(ATTEMPT, {**_actor(actor), "attempt_id": attempt_id}).one_or_none()
    if row is None:
        raise AttemptMissing(str(attempt_id))
    check_actor(row, actor, now)
    if row.assignment_id is not None:
        check_member(row)
    return row


def assignment_context(
    session: Session, actor: Actor, assignment_id: int, now: datetime
) -> Columns:
    """Return the assignment with the learner's membership; raises as `attempt_context`."""
    row = session.execute(
        ASSIGNMENT, {**_actor(actor), "assignment_id": assignment_id}
    ).one_or_none()
    if row is None:
        raise AttemptMissing(str(assignment_id))
    check_actor(row, actor, now)
    check_member(row)
    return row


def check_signed_in(session: Session, actor: Actor, now: datetime) -> None:
    """Raise SignedOut unless the actor's account is active and the session lives."""
    row = session.execute(ACTOR, _actor(actor)).one_or_none()
    if row is None:
        raise SignedOut
    check_actor(row, actor, now)


def check_actor(row: Columns, actor: Actor, now: datetime) -> None:
    """Raise SignedOut unless the account in the row is active and its session lives."""
    if not row.active:
        raise SignedOut
    if actor.session_id is None:
        return
    ended = row.session_id is None or row.session_ended_at is not None
    if ended or row.session_expires_at <= now:
        raise SignedOut


def check_member(row: Columns) -> None:
    """Raise NotAMember unless the learner is in the class now."""
    if row.membership_id is None or row.membership_ended_at is not None:
        raise NotAMember


def due_at(row: Columns) -> datetime | None:
    """Return the learner's own due date: the extension's, else the assignment's."""
    extended: datetime | None = row.extended_due_at
    return extended or row.due_at


def is_closed(row: Columns, now: datetime) -> bool:
    """Tell whether the assignment takes no answer any more; an extension keeps it open."""
    if row.removed_at is not None or row.archived_at is not None:
        return True
    closes: datetime | None = row.closes_at
    return closes is not None and now >= max(closes, row.extended_due_at or closes)


def is_late(row: Columns, now: datetime) -> bool:
    """Tell whether finishing now is after the learner's due date."""
    due = due_at(row)
    return due is not None and now > due


def _actor(actor: Actor) -> dict[str, Any]:
    return {"account_id": actor.account_id, "session_id": actor.session_id}
