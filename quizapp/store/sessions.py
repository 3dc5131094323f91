"""Knows who is signed in: a row per sign-in, found by the hash of a token; knows no cookie."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quizapp.store.models import Account, AccountSession


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
    row = session.execute(
        select(
            AccountSession.id,
            Account.id,
            Account.login_name,
            Account.language,
            Account.is_teacher,
            Account.is_author,
            Account.is_admin,
        )
        .join(Account, Account.id == AccountSession.account_id)
        .where(
            AccountSession.id == hash_token(token),
            AccountSession.ended_at.is_(None),
            AccountSession.expires_at > now,
            Account.active.is_(True),
        )
    ).first()
    return SignedIn(*row) if row else None


def check_signed_in(session: Session, session_id: str, now: datetime) -> None:
    """Raise SignedOut unless the session still lives; for use inside `write()`."""
    lives = session.scalar(
        select(AccountSession.id)
        .join(Account, Account.id == AccountSession.account_id)
        .where(
            AccountSession.id == session_id,
            AccountSession.ended_at.is_(None),
            AccountSession.expires_at > now,
            Account.active.is_(True),
        )
    )
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
