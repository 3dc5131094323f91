"""Deletes a person or a class with everything that hangs on them; knows no page and no secret.

What refers to an account by a foreign key goes with it. What stays, since it tells what was decided
about others, keeps one number instead of the person, which no account has.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    delete,
    exists,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session, aliased

from quizapp.store import audit
from quizapp.store.accounts import retire_ids
from quizapp.store.classes import grow_roster_version
from quizapp.store.limits import forget_tries
from quizapp.store.models import (
    Account,
    AccountSession,
    Attempt,
    Membership,
    OneTimeLink,
    Role,
    SchoolClass,
)
from quizapp.store.statements import table

TRACES = (
    ("audit", "account_id"),
    ("contests", "closed_by"),
    ("notes", "written_by"),
    ("regrades", "account_id"),
    ("set_asides", "set_by"),
)
"""Columns that name an account without a foreign key, in rows that stay after it."""
AUDITED_AS = ("account:{}", "a:{}")
"""How the audit writes an account down as the object of an action."""
AUDITED_DETAILS = ("account", "learner", "teacher")
"""The details in which the audit names an account besides the object."""


class LastAdministrator(Exception):
    """Without this account nobody could administer the installation."""


@dataclass(frozen=True)
class LoneClass:
    """A class that one account alone teaches."""

    id: int
    name: str
    learners: int


class TaughtAlone(Exception):
    """The account is the only teacher of classes that were not named for deletion."""

    def __init__(self, classes: Sequence[LoneClass]) -> None:
        super().__init__(f"the only teacher of {len(classes)} classes")
        self.classes = tuple(classes)


def list_lone_classes(session: Session, account_id: int) -> list[LoneClass]:
    """Return the classes, archived ones too, that no other teacher who may sign in teaches."""
    other, person, learner = aliased(Membership), aliased(Account), aliased(Membership)
    has_other = (
        exists()
        .where(other.class_id == SchoolClass.id, other.account_id != account_id)
        .where(other.role == Role.TEACHER, other.ended_at.is_(None))
        .where(person.id == other.account_id, person.active.is_(True))
        .where(person.is_teacher.is_(True))
    )
    rows = session.execute(
        select(SchoolClass.id, SchoolClass.name)
        .join(Membership, Membership.class_id == SchoolClass.id)
        .where(
            Membership.account_id == account_id,
            Membership.role == Role.TEACHER,
            Membership.ended_at.is_(None),
            ~has_other,
        )
        .order_by(SchoolClass.id)
    ).all()
    counted = session.scalars(
        select(learner.class_id).where(
            learner.class_id.in_([row.id for row in rows]),
            learner.role == Role.LEARNER,
            learner.ended_at.is_(None),
        )
    ).all()
    return [LoneClass(row.id, row.name, counted.count(row.id)) for row in rows]


def is_last_administrator(session: Session, account_id: int, *, lock: bool = False) -> bool:
    """Tell whether nobody else who may sign in administers.

    `lock`, inside a write transaction, keeps two administrators from letting go of each other.
    """
    statement = (
        select(Account.id)
        .where(Account.is_admin.is_(True), Account.active.is_(True))
        .order_by(Account.id)
    )
    found = session.scalars(statement.with_for_update() if lock else statement).all()
    return list(found) == [account_id]


def delete_account(
    session: Session, account_id: int, now: datetime, *, with_classes: Collection[int] = ()
) -> int:
    """Delete an account and everything of it; return the number that the audit keeps instead.

    Inside a write transaction. A class that it teaches alone goes too if it is among
    `with_classes`. Raises LastAdministrator, TaughtAlone, LookupError for no such account.
    """
    account = session.get(Account, account_id, populate_existing=True)
    if account is None:
        raise LookupError(account_id)
    if is_last_administrator(session, account_id, lock=True):
        raise LastAdministrator
    lone = list_lone_classes(session, account_id)
    if any(each.id not in with_classes for each in lone):
        raise TaughtAlone(lone)
    for each in lone:
        delete_class(session, each.id)
        audit.record(session, account_id, "class.delete", now, target=f"class:{each.id}")
    _tell_classes(session, account_id)
    forget_tries(session, account.login_name)
    unused = OneTimeLink.used_at.is_(None)
    session.execute(delete(OneTimeLink).where(OneTimeLink.created_by == account_id, unused))
    opaque = _forget_in_traces(session, account_id)
    session.execute(delete(Account).where(Account.id == account_id))
    session.expunge(account)
    retire_ids(session, [account_id])
    audit.record(session, None, "account.delete", now, target=AUDITED_AS[0].format(opaque))
    return opaque


def delete_class(session: Session, class_id: int) -> None:
    """Delete a class with its codes, assignments and their attempts; inside a write transaction.

    Its learners keep their accounts and what they practised alone, but for those accounts that
    exist for this class only: simulated learners and slips that nobody has used.
    """
    orphans = session.execute(
        select(Account.id, Account.login_name)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.class_id == class_id,
            Membership.role == Role.LEARNER,
            ~_is_elsewhere(class_id),
            or_(Account.is_demo.is_(True), _is_nobodys()),
        )
    ).all()
    for orphan in orphans:
        forget_tries(session, orphan.login_name)
        _forget_in_traces(session, orphan.id)
    session.execute(delete(SchoolClass).where(SchoolClass.id == class_id))
    session.execute(delete(Account).where(Account.id.in_([orphan.id for orphan in orphans])))
    if orphans:
        retire_ids(session, [orphan.id for orphan in orphans])
    session.expire_all()


def _is_elsewhere(class_id: int) -> ColumnElement[bool]:
    other = aliased(Membership)
    return exists().where(other.account_id == Account.id, other.class_id != class_id)


def _is_nobodys() -> ColumnElement[bool]:
    """Return the condition that nobody ever signed in to an account or did anything with it."""
    claimed = aliased(Membership)
    return and_(
        Account.is_teacher.is_(False),
        Account.is_author.is_(False),
        Account.is_admin.is_(False),
        ~exists().where(claimed.account_id == Account.id, claimed.claimed_at.is_not(None)),
        ~exists().where(AccountSession.account_id == Account.id),
        ~exists().where(Attempt.account_id == Account.id),
    )


def _tell_classes(session: Session, account_id: int) -> None:
    """Let everything that is derived from the members of a class be computed anew."""
    theirs = select(Membership.class_id).where(Membership.account_id == account_id)
    for class_id in session.scalars(theirs).all():
        grow_roster_version(session, class_id)


def _forget_in_traces(session: Session, account_id: int) -> int:
    """Put a number that no account has in the place of an account in what stays; return it."""
    opaque = -1 - secrets.randbelow(2**31 - 1)
    for name, column in TRACES:
        trace = table(name)
        session.execute(update(trace).where(trace.c[column] == account_id).values({column: opaque}))
    log = table("audit")
    written = [each.format(account_id) for each in AUDITED_AS]
    session.execute(
        update(log).where(log.c.object.in_(written)).values(object=AUDITED_AS[0].format(opaque))
    )
    _forget_in_details(session, account_id, opaque)
    return opaque


def _forget_in_details(session: Session, account_id: int, opaque: int) -> None:
    log = table("audit")
    text = type_coerce(log.c.detail, Text)
    named = or_(*(text.like(f'%"{name}":{account_id}%') for name in AUDITED_DETAILS))
    for row in session.execute(select(log.c.id, log.c.detail).where(named)).all():
        detail = {
            name: opaque if name in AUDITED_DETAILS and value == account_id else value
            for name, value in row.detail.items()
        }
        session.execute(update(log).where(log.c.id == row.id).values(detail=detail))
