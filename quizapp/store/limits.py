"""Counts wrong tries per account and address and says when the next one is allowed.

It knows neither passwords nor codes: a caller records a try before it looks whether it is right,
and takes it back when it was, so that tries made at the same moment are counted too.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from quizapp.core.names import fold_name
from quizapp.store.models import LoginFailure


@dataclass(frozen=True)
class Limit:
    """At most `tries` wrong ones within `window`, per key of a scope."""

    scope: str
    tries: int
    window: timedelta


ACCOUNT = Limit("account", 10, timedelta(minutes=15))
ACCOUNT_DAY = Limit("account", 60, timedelta(days=1))
"""Over the same tries as ACCOUNT, which are recorded once: only to be checked."""
ADDRESS = Limit("address", 300, timedelta(minutes=15))
CODE = Limit("code", 300, timedelta(minutes=15))
KEPT_FOR = timedelta(days=1)
"""The longest window; older rows count for nothing."""


class TooManyTries(Exception):
    """The limit is reached; the next try is allowed after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many tries, wait {retry_after} s")
        self.retry_after = retry_after


def account_key(login_name: str) -> str:
    """Return the key under which tries for a name count, whether an account has it or not."""
    return hashlib.sha256(fold_name(login_name).encode()).hexdigest()


def record_try(session: Session, limit: Limit, key: str, now: datetime) -> int:
    """Count one try as wrong and return its id; raise TooManyTries when there is none left."""
    check_limit(session, limit, key, now)
    session.execute(
        delete(LoginFailure).where(
            LoginFailure.scope == limit.scope,
            LoginFailure.key == key,
            LoginFailure.at < now - KEPT_FOR,
        )
    )
    failure = LoginFailure(scope=limit.scope, key=key, at=now)
    session.add(failure)
    session.flush()
    return failure.id


def check_limit(session: Session, limit: Limit, key: str, now: datetime) -> None:
    """Raise TooManyTries when no try is left under a key."""
    opens = find_opening(session, limit, key, now)
    if opens is not None:
        raise TooManyTries(max(1, ceil((opens - now).total_seconds())))


def find_opening(session: Session, limit: Limit, key: str, now: datetime) -> datetime | None:
    """Return when the next try is allowed, None when it is allowed now."""
    recent = (
        select(LoginFailure.at)
        .where(
            LoginFailure.scope == limit.scope,
            LoginFailure.key == key,
            LoginFailure.at > now - limit.window,
        )
        .order_by(LoginFailure.at.desc())
        .limit(limit.tries)
        .subquery()
    )
    count, oldest = session.execute(select(func.count(), func.min(recent.c.at))).one()
    return oldest + limit.window if count >= limit.tries else None


def find_lock(session: Session, login_name: str, now: datetime) -> datetime | None:
    """Return until when an account is locked by wrong tries, None when it is not."""
    key = account_key(login_name)
    ends = [find_opening(session, limit, key, now) for limit in (ACCOUNT, ACCOUNT_DAY)]
    return max((end for end in ends if end is not None), default=None)


def take_back(session: Session, try_id: int) -> None:
    """Remove a try that turned out right."""
    session.execute(delete(LoginFailure).where(LoginFailure.id == try_id))


def forget_tries(session: Session, login_name: str) -> None:
    """Lift the lock of an account: after a right try, or because a teacher says so."""
    session.execute(
        delete(LoginFailure).where(
            LoginFailure.scope == ACCOUNT.scope, LoginFailure.key == account_key(login_name)
        )
    )
