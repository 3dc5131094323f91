"""Knows the people of a class as its teachers handle them; knows no result of anybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, exists, or_, select, update
from sqlalchemy.orm import Session

from quizapp.store.limits import ACCOUNT, ACCOUNT_DAY, KEPT_FOR, account_key
from quizapp.store.models import (
    Account,
    AccountSession,
    Joining,
    LoginFailure,
    Membership,
    Role,
    SchoolClass,
    SecretKind,
)


@dataclass(frozen=True)
class RosterMember:
    """A learner of a class, now or until `ended_at`; `active` = may sign in.

    `resettable` says that a teacher may give a new secret: not to an account with a role, whose
    power the teacher would get, and not to a simulated learner. `has_secret` is False between the
    making of an account and its PIN; `has_come` = signed in at least once.
    """

    account_id: int
    login_name: str
    label: str | None
    joined_at: datetime
    ended_at: datetime | None
    active: bool
    resettable: bool
    has_secret: bool
    has_come: bool

    @property
    def name(self) -> str:
        """The label that the teacher gave, else the log-in name."""
        return self.label or self.login_name


def list_members(session: Session, class_id: int) -> Sequence[RosterMember]:
    """Return all who are or were learners of a class, by log-in name."""
    rows = session.execute(_members(class_id).order_by(Account.login_key))
    return [_member(row) for row in rows]


def find_member(session: Session, class_id: int, account_id: int) -> RosterMember | None:
    """Return somebody who is or was a learner of this class."""
    row = session.execute(_members(class_id).where(Account.id == account_id)).one_or_none()
    return None if row is None else _member(row)


def rename_class(session: Session, class_id: int, name: str) -> None:
    """Give a class another name."""
    session.execute(update(SchoolClass).where(SchoolClass.id == class_id).values(name=name))


def set_joining(session: Session, class_id: int, joining: Joining) -> None:
    """Let learners in with a pseudonym of their own, or with slips alone."""
    session.execute(update(SchoolClass).where(SchoolClass.id == class_id).values(joining=joining))


def list_locks(session: Session, login_names: Iterable[str], now: datetime) -> dict[str, datetime]:
    """Return until when accounts are locked by wrong tries, by log-in name, in one query."""
    names = {account_key(name): name for name in login_names}
    rows = session.execute(
        select(LoginFailure.key, LoginFailure.at)
        .where(
            LoginFailure.scope == ACCOUNT.scope,
            LoginFailure.key.in_(names),
            LoginFailure.at > now - KEPT_FOR,
        )
        .order_by(LoginFailure.at.desc())
    )
    tries: dict[str, list[datetime]] = {}
    for key, at in rows:
        tries.setdefault(key, []).append(at)
    locks = {names[key]: _lock(found, now) for key, found in tries.items()}
    return {name: until for name, until in locks.items() if until is not None}


def _lock(tries: Sequence[datetime], now: datetime) -> datetime | None:
    """Return when the last of the limits opens again, for tries from the latest to the first."""
    ends = [
        tries[limit.tries - 1] + limit.window
        for limit in (ACCOUNT, ACCOUNT_DAY)
        if len(tries) >= limit.tries
    ]
    return max((end for end in ends if end > now), default=None)


def _members(class_id: int) -> Select[*tuple[Any, ...]]:
    has_role = or_(Account.is_teacher, Account.is_author, Account.is_admin)
    return (
        select(
            Account.id,
            Account.login_name,
            Membership.label,
            Membership.joined_at,
            Membership.ended_at,
            Account.active,
            or_(has_role, Account.is_demo).label("is_protected"),
            Account.secret_kind,
            or_(
                Membership.claimed_at.is_not(None),
                exists().where(AccountSession.account_id == Account.id),
            ).label("has_come"),
        )
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.class_id == class_id, Membership.role == Role.LEARNER)
    )


def _member(row: Row[*tuple[Any, ...]]) -> RosterMember:
    return RosterMember(
        account_id=row.id,
        login_name=row.login_name,
        label=row.label,
        joined_at=row.joined_at,
        ended_at=row.ended_at,
        active=row.active,
        resettable=not row.is_protected,
        has_secret=row.secret_kind is not SecretKind.NONE,
        has_come=row.has_come,
    )
