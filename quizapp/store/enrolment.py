"""Accounts that a teacher makes for a class, and the PINs given to them; hashes nothing itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from quizapp.core.names import fold_name
from quizapp.store import limits, sessions
from quizapp.store.accounts import Secret, create_account
from quizapp.store.classes import grow_roster_version
from quizapp.store.models import Account, Membership, Role, SecretKind

NO_SECRET = Secret(SecretKind.NONE, None)


@dataclass(frozen=True)
class Newcomer:
    """A learner to be: what the class calls them and the name they sign in with."""

    label: str
    login: str


class Overtaken(Exception):
    """The class has changed since a list was compared with it."""


@dataclass(frozen=True)
class Taken:
    """Who stands in the way of a list: labels of the class, log-in names of its learners, others'.

    All folded by `fold_name`.
    """

    labels: frozenset[str]
    members: frozenset[str]
    others: frozenset[str]


def enrol(
    session: Session,
    class_id: int,
    newcomers: Sequence[Newcomer],
    now: datetime,
    *,
    language: str | None = None,
) -> list[int]:
    """Make an account and a membership for each newcomer and return the accounts in their order.

    Inside a write transaction, all of them or none. They cannot sign in before they have a PIN.
    A list that was taken in already gives the same accounts again: a second click changes
    nothing. Raises NameTaken when somebody else has one of the log-in names.
    """
    there = _find_again(session, class_id, newcomers)
    if newcomers and len(there) == len(newcomers):
        return [there[fold_name(each.login)] for each in newcomers]
    labels = find_taken(session, class_id, ()).labels
    if there or any(fold_name(each.label) in labels for each in newcomers):
        raise Overtaken
    made = []
    for each in newcomers:
        account = create_account(session, each.login, NO_SECRET, now, language=language)
        session.execute(
            insert(Membership).values(
                class_id=class_id,
                account_id=account,
                role=Role.LEARNER,
                label=each.label,
                joined_at=now,
            )
        )
        made.append(account)
    grow_roster_version(session, class_id)
    return made


def find_taken(session: Session, class_id: int, logins: Collection[str]) -> Taken:
    """Return what of a class and of a list of log-in names is there already."""
    rows = session.execute(
        select(Membership.label, Account.login_key)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.class_id == class_id, Membership.ended_at.is_(None))
    ).all()
    keys = {fold_name(login) for login in logins if login}
    known = frozenset(session.scalars(select(Account.login_key).where(Account.login_key.in_(keys))))
    members = frozenset(row.login_key for row in rows)
    labels = frozenset(fold_name(row.label) for row in rows if row.label)
    return Taken(labels, members & keys, known - members)


def find_epochs(
    session: Session, class_id: int, accounts: Collection[int] | None = None
) -> dict[int, int]:
    """Return the epochs of learners in a class who may be given a PIN, of all or of some.

    Not of an account with a role, nor of a simulated learner.
    """
    statement = (
        select(Account.id, Account.epoch)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.class_id == class_id,
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_(None),
            Account.is_teacher.is_(False),
            Account.is_author.is_(False),
            Account.is_admin.is_(False),
            Account.is_demo.is_(False),
        )
    )
    if accounts is not None:
        statement = statement.where(Account.id.in_(accounts))
    return {row.id: row.epoch for row in session.execute(statement)}


def give_pins(
    session: Session, hashed: Mapping[int, str], epochs: Mapping[int, int], now: datetime
) -> list[int]:
    """Store hashed PINs, end the sessions and lift the locks; return whose PIN it is now.

    Inside a write transaction. An account whose secret changed since its epoch was read keeps it.
    """
    given = []
    for account_id, text in hashed.items():
        login = session.scalar(
            update(Account)
            .where(Account.id == account_id, Account.epoch == epochs[account_id])
            .values(password_hash=text, secret_kind=SecretKind.PIN, epoch=Account.epoch + 1)
            .returning(Account.login_name)
        )
        if login is not None:
            sessions.end_sessions(session, account_id, now)
            limits.forget_tries(session, login)
            given.append(account_id)
    return given


def count_without_secret(session: Session, class_id: int) -> int:
    """Return how many learners of a class were made but have no PIN yet."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Membership)
            .join(Account, Account.id == Membership.account_id)
            .where(
                Membership.class_id == class_id,
                Membership.role == Role.LEARNER,
                Membership.ended_at.is_(None),
                Account.secret_kind == SecretKind.NONE,
                Account.is_demo.is_(False),
            )
        )
        or 0
    )


def find_secret(session: Session, accounts: Collection[int]) -> tuple[int, str] | None:
    """Return the first of the accounts that has a secret, with its hash; None when none has."""
    row = session.execute(
        select(Account.id, Account.password_hash)
        .where(Account.id.in_(accounts), Account.password_hash.is_not(None))
        .order_by(Account.id)
    ).first()
    return (row.id, row.password_hash or "") if row else None


def _find_again(session: Session, class_id: int, newcomers: Sequence[Newcomer]) -> dict[str, int]:
    """Return those of the newcomers who are in the class with this label and log-in name."""
    wanted = {fold_name(each.login): fold_name(each.label) for each in newcomers}
    rows = session.execute(
        select(Account.login_key, Account.id, Membership.label)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.class_id == class_id,
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_(None),
            Account.login_key.in_(wanted),
        )
    )
    return {
        row.login_key: row.id for row in rows if fold_name(row.label or "") == wanted[row.login_key]
    }
