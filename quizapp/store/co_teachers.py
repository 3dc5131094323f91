"""The teachers of a class: who they are, one more, one less, never none; knows no learner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quizapp.core.names import fold_name
from quizapp.store.classes import grow_roster_version
from quizapp.store.models import Account, Membership, Role
from quizapp.store.statements import insert


@dataclass(frozen=True)
class Teacher:
    """A teacher of a class."""

    account_id: int
    login_name: str
    joined_at: datetime
    active: bool


class NoTeacher(LookupError):
    """No active teacher account has this name."""


class IsLearner(LookupError):
    """The account is a learner of this class now."""


class LastTeacher(Exception):
    """A class keeps at least one teacher."""


def list_teachers(session: Session, class_id: int) -> Sequence[Teacher]:
    """Return the teachers of a class, who came first on top."""
    rows = session.execute(
        select(Account.id, Account.login_name, Membership.joined_at, Account.active)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.class_id == class_id,
            Membership.role == Role.TEACHER,
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.joined_at, Membership.id)
    )
    return [Teacher(*row) for row in rows]


def add_teacher(session: Session, class_id: int, login_name: str, now: datetime) -> int:
    """Let another teacher teach a class too and return their account; twice is once.

    Inside a write transaction. Raises NoTeacher for a name of nobody, and alike for one of
    somebody who is no teacher or may not sign in; IsLearner for a learner of the class.
    """
    found = session.execute(
        select(Account.id, Membership.role, Membership.ended_at)
        .outerjoin(
            Membership,
            (Membership.account_id == Account.id) & (Membership.class_id == class_id),
        )
        .where(
            Account.login_key == fold_name(login_name),
            Account.is_teacher.is_(True),
            Account.active.is_(True),
        )
    ).first()
    if found is None:
        raise NoTeacher
    if found.role is Role.LEARNER and found.ended_at is None:
        raise IsLearner
    values = {"role": Role.TEACHER, "ended_at": None, "joined_at": now}
    session.execute(
        insert(session, "memberships")
        .values(class_id=class_id, account_id=found.id, **values)
        .on_conflict_do_update(
            index_elements=["class_id", "account_id"],
            set_=values,
            where=Membership.ended_at.is_not(None),
        )
    )
    grow_roster_version(session, class_id)
    return int(found.id)


def remove_teacher(session: Session, class_id: int, account_id: int, now: datetime) -> bool:
    """Take a class from one of its teachers; tell whether they taught it.

    Inside a write transaction. Raises LastTeacher when nobody who may sign in would be left.
    """
    grow_roster_version(session, class_id)  # also the lock for which a second removal waits
    teaching = (
        Membership.class_id == class_id,
        Membership.role == Role.TEACHER,
        Membership.ended_at.is_(None),
    )
    others = session.scalar(
        select(func.count())
        .select_from(Membership)
        .join(Account, Account.id == Membership.account_id)
        .where(*teaching, Membership.account_id != account_id)
        .where(Account.active.is_(True), Account.is_teacher.is_(True))
    )
    if not others:
        raise LastTeacher
    result: Any = session.execute(
        update(Membership)
        .where(*teaching, Membership.account_id == account_id)
        .values(ended_at=now)
    )
    return bool(result.rowcount)
