"""Knows classes, their codes and who belongs to them; knows nothing of assignments or answers."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Update, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.core.codes import is_code, new_code
from quizapp.store.models import Account, ClassCode, Joining, Membership, Role, SchoolClass

LONGEST_NAME = 80
LONGEST_LABEL = 60


class Door(StrEnum):
    """What a code opens: `unknown` for a code that is wrong or was renewed."""

    OPEN = "open"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    ARCHIVED = "archived"
    ROSTER = "roster"


@dataclass(frozen=True)
class Entrance:
    """A class as who holds its code sees it; `class_id` 0 and no name for an unknown code."""

    door: Door
    code: str
    class_id: int = 0
    name: str = ""


@dataclass(frozen=True)
class TaughtClass:
    """A class in the list of one of its teachers."""

    id: int
    name: str
    is_demo: bool
    join_open: bool
    code: str | None
    learners: int


@dataclass(frozen=True)
class Member:
    """A learner of a class as its teachers see them; `ended_at` when removed."""

    account_id: int
    login_name: str
    label: str | None
    joined_at: datetime
    ended_at: datetime | None
    active: bool

    @property
    def shown_name(self) -> str:
        """The label that the teacher gave, else the log-in name."""
        return self.label or self.login_name


def create_class(session: Session, name: str, teacher_id: int, now: datetime) -> int:
    """Create a class with a code, taught by one account; return its id."""
    made = SchoolClass(name=name, created_at=now)
    session.add(made)
    session.flush()
    session.execute(
        insert(Membership).values(
            class_id=made.id, account_id=teacher_id, role=Role.TEACHER, joined_at=now
        )
    )
    renew_code(session, made.id, now)
    return made.id


def renew_code(session: Session, class_id: int, now: datetime) -> str:
    """End the code of a class and give it one that no class ever had; members stay."""
    session.execute(
        update(ClassCode)
        .where(ClassCode.class_id == class_id, ClassCode.ended_at.is_(None))
        .values(ended_at=now)
    )
    rng = secrets.SystemRandom()
    for _ in range(20):
        code = new_code(rng)
        try:
            with session.begin_nested():
                session.execute(
                    insert(ClassCode).values(code=code, class_id=class_id, created_at=now)
                )
        except IntegrityError:
            continue
        return code
    raise LookupError("twenty codes in a row were taken")


def find_entrance(session: Session, code: str) -> Entrance:
    """Return what a normalised code opens."""
    if not is_code(code):
        return Entrance(Door.UNKNOWN, code)
    found = session.execute(
        select(SchoolClass)
        .join(ClassCode, ClassCode.class_id == SchoolClass.id)
        .where(ClassCode.code == code, ClassCode.ended_at.is_(None))
    ).scalar_one_or_none()
    if found is None:
        return Entrance(Door.UNKNOWN, code)
    return Entrance(_door(found), code, found.id, found.name)


def _door(found: SchoolClass) -> Door:
    if found.archived_at is not None:
        return Door.ARCHIVED
    if not found.join_open or found.is_demo:
        return Door.CLOSED
    return Door.ROSTER if found.joining is Joining.ROSTER else Door.OPEN


def join_class(session: Session, class_id: int, account_id: int, now: datetime) -> None:
    """Make an account a learner of a class; who is or was a member is one again, in that role."""
    if find_role(session, class_id, account_id) is not None:
        return
    ended = update(Membership).where(
        Membership.class_id == class_id, Membership.account_id == account_id
    )
    if not session.execute(ended.values(ended_at=None).returning(Membership.id)).all():
        session.execute(
            insert(Membership).values(
                class_id=class_id, account_id=account_id, role=Role.LEARNER, joined_at=now
            )
        )
    grow_roster_version(session, class_id)


def find_role(session: Session, class_id: int, account_id: int) -> Role | None:
    """Return what an account does in a class now."""
    return session.scalar(
        select(Membership.role).where(
            Membership.class_id == class_id,
            Membership.account_id == account_id,
            Membership.ended_at.is_(None),
        )
    )


def grow_roster_version(session: Session, class_id: int) -> None:
    """Tell everything that is derived from the members that they changed."""
    session.execute(
        update(SchoolClass)
        .where(SchoolClass.id == class_id)
        .values(roster_version=SchoolClass.roster_version + 1)
    )


def find_taught_class(session: Session, class_id: int, teacher_id: int) -> SchoolClass | None:
    """Return a class that the account teaches."""
    return session.scalar(
        select(SchoolClass)
        .join(Membership, Membership.class_id == SchoolClass.id)
        .where(
            SchoolClass.id == class_id,
            Membership.account_id == teacher_id,
            Membership.role == Role.TEACHER,
            Membership.ended_at.is_(None),
        )
    )


def list_taught_classes(
    session: Session, teacher_id: int, *, archived: bool = False
) -> Sequence[TaughtClass]:
    """Return the classes that an account teaches, newest first: those in use, or those archived."""
    learners = (
        select(func.count())
        .where(
            Membership.class_id == SchoolClass.id,
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_(None),
        )
        .scalar_subquery()
    )
    taught = select(Membership.class_id).where(
        Membership.account_id == teacher_id,
        Membership.role == Role.TEACHER,
        Membership.ended_at.is_(None),
    )
    rows = session.execute(
        select(
            SchoolClass.id,
            SchoolClass.name,
            SchoolClass.is_demo,
            SchoolClass.join_open,
            ClassCode.code,
            learners,
        )
        .outerjoin(ClassCode, (ClassCode.class_id == SchoolClass.id) & ClassCode.ended_at.is_(None))
        .where(
            SchoolClass.id.in_(taught),
            SchoolClass.archived_at.is_not(None) if archived else SchoolClass.archived_at.is_(None),
        )
        .order_by(SchoolClass.created_at.desc(), SchoolClass.id.desc())
    )
    return [TaughtClass(*row) for row in rows]


def list_learners(session: Session, class_id: int, *, removed: bool = False) -> Sequence[Member]:
    """Return the learners of a class by log-in name, or those who were removed."""
    rows = session.execute(
        select(
            Account.id,
            Account.login_name,
            Membership.label,
            Membership.joined_at,
            Membership.ended_at,
            Account.active,
        )
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.class_id == class_id,
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_not(None) if removed else Membership.ended_at.is_(None),
        )
        .order_by(Account.login_key)
    )
    return [Member(*row) for row in rows]


def find_code(session: Session, class_id: int) -> str | None:
    """Return the code of a class that works now."""
    return session.scalar(
        select(ClassCode.code).where(ClassCode.class_id == class_id, ClassCode.ended_at.is_(None))
    )


def set_join_open(session: Session, class_id: int, is_open: bool) -> None:
    """Let learners join by the code or not."""
    session.execute(update(SchoolClass).where(SchoolClass.id == class_id).values(join_open=is_open))


def archive_class(session: Session, class_id: int, now: datetime) -> None:
    """Put a class away: nobody joins it any more; its results stay."""
    session.execute(update(SchoolClass).where(SchoolClass.id == class_id).values(archived_at=now))


def restore_class(session: Session, class_id: int) -> None:
    """Take a class back into use, with everything in it."""
    session.execute(update(SchoolClass).where(SchoolClass.id == class_id).values(archived_at=None))


def set_label(session: Session, class_id: int, account_id: int, label: str | None) -> None:
    """Set what the teachers of a class call a learner."""
    session.execute(_membership(class_id, account_id).values(label=label or None))
    grow_roster_version(session, class_id)


def remove_learner(session: Session, class_id: int, account_id: int, now: datetime) -> None:
    """End a learner's membership; it can be restored."""
    session.execute(_membership(class_id, account_id).values(ended_at=now))
    grow_roster_version(session, class_id)


def restore_learner(session: Session, class_id: int, account_id: int) -> None:
    """Take a removed learner back with all their results."""
    session.execute(_membership(class_id, account_id).values(ended_at=None))
    grow_roster_version(session, class_id)


def _membership(class_id: int, account_id: int) -> Update:
    return update(Membership).where(
        Membership.class_id == class_id,
        Membership.account_id == account_id,
        Membership.role == Role.LEARNER,
    )
