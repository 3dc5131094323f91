"""Knows accounts: their names, secrets (as hashes made elsewhere), roles and language."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.core.names import fold_name
from quizapp.store import sessions
from quizapp.store.installation import find_value, set_value
from quizapp.store.models import Account, SecretKind

ROLES = ("teacher", "author", "admin")
"""Roles that are given; every account may learn."""
LONGEST_NAME = 60
RETIRED = "retired_account"
"""The setting that keeps the highest number of a deleted account."""


class NameTaken(Exception):
    """Another account has this log-in name, in some spelling."""


@dataclass(frozen=True)
class Secret:
    """How an account will prove who it is; `hashed` by the web layer or the command line."""

    kind: SecretKind
    hashed: str | None


@dataclass(frozen=True)
class Credentials:
    """What a log-in is checked against."""

    account_id: int
    password_hash: str | None
    active: bool


@dataclass(frozen=True)
class Staff:
    """An account with roles, as administrators list it."""

    id: int
    login_name: str
    roles: tuple[str, ...]
    active: bool
    created_at: datetime


def create_account(
    session: Session,
    login_name: str,
    secret: Secret,
    now: datetime,
    *,
    roles: Collection[str] = (),
    language: str | None = None,
) -> int:
    """Insert an account and return its id; the INSERT reserves the name. Raises NameTaken."""
    account = Account(
        id=_unused_id(session),
        login_name=login_name,
        login_key=fold_name(login_name),
        password_hash=secret.hashed,
        secret_kind=secret.kind,
        language=language,
        created_at=now,
        **_role_columns(roles),
    )
    session.add(account)
    try:
        session.flush()
    except IntegrityError as error:
        raise NameTaken(login_name) from error
    return account.id


def retire_ids(session: Session, account_ids: Iterable[int]) -> None:
    """Note that accounts are deleted, so that no other ever has their numbers.

    SQLite gives the highest number out again, under which logs, and answers that wait in a browser,
    know somebody else; PostgreSQL never does.
    """
    if session.get_bind().dialect.name == "sqlite":
        retired = int(find_value(session, RETIRED) or 0)
        set_value(session, RETIRED, str(max((retired, *account_ids))))


def _unused_id(session: Session) -> int | None:
    """Return a number above all that were ever given; None where the database sees to it."""
    retired = find_value(session, RETIRED)
    highest = session.scalar(select(func.max(Account.id))) if retired else None
    return int(retired) + 1 if retired and (highest or 0) <= int(retired) else None


def _role_columns(roles: Collection[str]) -> dict[str, bool]:
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"no such role: {sorted(unknown)}")
    return {f"is_{role}": role in roles for role in ROLES}


def find_credentials(session: Session, login_name: str) -> Credentials | None:
    """Return what to check a log-in against, for a name in any spelling."""
    row = session.execute(
        select(Account.id, Account.password_hash, Account.active).where(
            Account.login_key == fold_name(login_name)
        )
    ).first()
    return Credentials(*row) if row else None


def find_credentials_of(session: Session, account_id: int) -> Credentials | None:
    """Return what to check the present secret of an account against."""
    row = session.execute(
        select(Account.id, Account.password_hash, Account.active).where(Account.id == account_id)
    ).first()
    return Credentials(*row) if row else None


def taken_names(session: Session, login_names: Iterable[str]) -> set[str]:
    """Return those of the names that an account has already."""
    keys = {fold_name(name): name for name in login_names}
    rows = session.scalars(select(Account.login_key).where(Account.login_key.in_(keys)))
    return {keys[key] for key in rows}


def set_secret(
    session: Session, account_id: int, secret: Secret, now: datetime, *, but: str = ""
) -> None:
    """Give an account a new secret and end its sessions, but one that is to stay."""
    session.execute(
        update(Account)
        .where(Account.id == account_id)
        .values(password_hash=secret.hashed, secret_kind=secret.kind, epoch=Account.epoch + 1)
    )
    sessions.end_sessions(session, account_id, now, but=but)


def set_language(session: Session, account_id: int, language: str) -> None:
    """Remember in which language an account reads the interface."""
    session.execute(update(Account).where(Account.id == account_id).values(language=language))


def set_shortcuts(session: Session, account_id: int, on: bool) -> None:
    """Remember whether single keys do something on the pages of exercises."""
    session.execute(update(Account).where(Account.id == account_id).values(shortcuts=on))


def set_roles(session: Session, account_id: int, roles: Collection[str], now: datetime) -> None:
    """Give an account exactly these roles and end its sessions."""
    session.execute(update(Account).where(Account.id == account_id).values(**_role_columns(roles)))
    sessions.end_sessions(session, account_id, now)


def set_active(session: Session, account_id: int, active: bool, now: datetime) -> None:
    """Let an account sign in or not; its sessions end at their next request."""
    session.execute(update(Account).where(Account.id == account_id).values(active=active))
    sessions.end_sessions(session, account_id, now)


def list_staff(session: Session) -> Sequence[Staff]:
    """Return the accounts with roles, by name."""
    rows = session.scalars(
        select(Account)
        .where(or_(Account.is_teacher, Account.is_author, Account.is_admin))
        .order_by(Account.login_key)
    )
    return [_staff(account) for account in rows]


def find_staff(session: Session, account_id: int) -> Staff | None:
    """Return an account with roles."""
    return next((staff for staff in list_staff(session) if staff.id == account_id), None)


def _staff(account: Account) -> Staff:
    roles = tuple(role for role in ROLES if getattr(account, f"is_{role}"))
    return Staff(account.id, account.login_name, roles, account.active, account.created_at)
