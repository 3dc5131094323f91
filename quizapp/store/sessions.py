"""Knows who is signed in: a row per sign-in, found by the hash of a token; knows no cookie."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from quizapp.store.models import AccountSession
from quizapp.store.statements import table


class SignedOut(Exception):
    """The session ended between the start of the request and its write."""


@dataclass(frozen=True)
class SignedIn:
    """An account as one request sees it; `session_id` is the row of its sign-in."""

    session_id: str
    id: int
    login_name: str
    language: str | None
    is_teacher: bool
    is_author: bool
    is_admin: bool
    shortcuts: bool


_accounts = table("accounts")
_sessions = table("sessions")
# Asked for at every request, therefore built once.
_SIGNED_IN = (
    select(
        _sessions.c.id,
        _accounts.c.id,
        _accounts.c.login_name,
        _accounts.c.language,
        _accounts.c.is_teacher,
        _accounts.c.is_author,
        _accounts.c.is_admin,
        _accounts.c.shortcuts,
    )
    .join(_accounts, _accounts.c.id == _sessions.c.account_id)
    .where(
        _sessions.c.id == bindparam("token_hash"),
        _sessions.c.ended_at.is_(None),
        _sessions.c.expires_at > bindparam("at"),
        _accounts.c.active.is_(True),
    )
)


def hash_token(token: str) -> str:
    """Return the id of the row for a token; the database never sees the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(session: Session, account_id: int, now: datetime, lifetime: timedelta) -> str:
    """Store a sign-in that ends after `lifetime` at the latest; return its token."""
    token = secrets.token_urlsafe(32)
    session.execute(
        insert(AccountSession).values(
            id=hash_token(token),
            account_id=account_id,
            created_at=now,
            expires_at=now + lifetime,
        )
    )
    return token


def find_signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Return the active account of a token whose session lives, in one SELECT."""
    row = session.execute(_SIGNED_IN, {"token_hash": hash_token(token), "at": now}).first()
    return SignedIn(*row) if row else None


def check_signed_in(session: Session, session_id: str, now: datetime) -> None:
    """Raise SignedOut unless the session still lives; for use inside `write()`."""
    lives = session.execute(_SIGNED_IN, {"token_hash": session_id, "at": now}).first()
    if lives is None:
        raise SignedOut


def end_session(session: Session, session_id: str, now: datetime) -> None:
    """End one sign-in, on every machine that holds its cookie."""
    session.execute(
        update(AccountSession)
        .where(AccountSession.id == session_id, AccountSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_sessions(session: Session, account_id: int, now: datetime, *, but: str = "") -> None:
    """End all sign-ins of an account, but one that is to stay."""
    session.execute(
        update(AccountSession)
        .where(
            AccountSession.account_id == account_id,
            AccountSession.id != but,
            AccountSession.ended_at.is_(None),
        )
        .values(ended_at=now)
    )
