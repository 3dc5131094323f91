"""Knows who sends a request: the signed cookie, the session row behind it, sign-in and sign-out."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, current_app, g, session
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user, login_user

from quizapp.store import sessions
from quizapp.store.db import db
from quizapp.web.clock import now
from quizapp.web.conditional import is_poll

IDLE_LIMIT = timedelta(hours=2)
ABSOLUTE_LIMIT = timedelta(hours=12)


@dataclass(frozen=True, eq=False)
class Account(UserMixin):
    """The person who is signed in, read once per request.

    `session_id` is for `check_signed_in`; `shortcuts` says whether one key alone may do something.
    """

    token: str
    session_id: str
    id: int
    login_name: str
    language: str | None
    is_teacher: bool
    is_author: bool
    is_admin: bool
    shortcuts: bool

    def get_id(self) -> str:
        """Return what the cookie holds: the token of the session, not the account."""
        return self.token


class Visitor(AnonymousUserMixin):
    """Nobody in particular, with the attributes that templates ask of an account."""

    id = 0
    login_name = ""
    language: str | None = None
    is_teacher = False
    is_author = False
    is_admin = False
    shortcuts = True


def init_auth(app: Flask, *, secure: bool) -> None:
    """Set the flags of the session cookie and load the account that it names."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-quizapp" if secure else "quizapp",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=ABSOLUTE_LIMIT,
    )
    manager = LoginManager(app)
    manager.session_protection = None
    manager.anonymous_user = Visitor
    manager.user_loader(load_account)


def load_account(token: str) -> Account | None:
    """Return the account of a session that lives and was not idle for too long.

    The idle clock is in the cookie and moves by whole minutes, so that reading writes no row. A
    page that keeps itself up to date does not move it.
    """
    minute = int(now().timestamp()) // 60
    if minute - session.get("seen", 0) > IDLE_LIMIT.total_seconds() // 60:
        return None
    found = sessions.find_signed_in(db.session(), token, now())
    if found is None:
        return None
    if session["seen"] != minute and not is_poll():
        session["seen"] = minute
    return Account(
        token,
        found.session_id,
        found.id,
        found.login_name,
        found.language,
        found.is_teacher,
        found.is_author,
        found.is_admin,
        found.shortcuts,
    )


def start_session(account_id: int) -> str:
    """Store a session for an account and return its token; inside `write()`.

    A session that this browser had already ends in the same transaction.
    """
    if current_user.is_authenticated:
        sessions.end_session(db.session(), current_user.session_id, now())
    return sessions.start_session(db.session(), account_id, now(), ABSOLUTE_LIMIT)


def sign_in(token: str) -> None:
    """Give this browser a stored session; everything that the cookie held before is dropped."""
    session.clear()
    session.permanent = True
    session["seen"] = int(now().timestamp()) // 60
    g.pop("language", None)
    account = load_account(token)
    if account is None:
        raise LookupError("a session that was just stored is not there")
    login_user(account)


def forget_account() -> None:
    """Drop everything from the cookie of this browser; its session row is ended by the caller."""
    session.clear()
    become_visitor()


def become_visitor() -> None:
    """Treat the rest of this request as nobody's, without asking the database."""
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
