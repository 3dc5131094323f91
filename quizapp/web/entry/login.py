"""Signs people in by name and secret, and out; knows no class."""

from dataclasses import dataclass

from flask import current_app, flash, redirect, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from quizapp.store import limits, sessions, slips
from quizapp.store.accounts import LONGEST_NAME, find_credentials
from quizapp.store.db import db, write
from quizapp.web import login_page
from quizapp.web.auth import forget_account, sign_in, start_session
from quizapp.web.clock import now
from quizapp.web.entry import blueprint
from quizapp.web.events import log_event
from quizapp.web.i18n import LANGUAGE_COOKIE
from quizapp.web.login_page import LoginForm
from quizapp.web.next_page import is_own_path, next_page
from quizapp.web.passwords import check_secret
from quizapp.web.refill import KEPT, fields_to_keep, refill, refillable, submitted, typed


@dataclass(frozen=True)
class Proof:
    """Somebody who gave a right name and secret, and the tries that were counted for it."""

    account_id: int
    name: str
    tries: tuple[int, ...]


@blueprint.route("/login", methods=["GET", "POST"])
@refillable
def login() -> Response:
    """Ask for name and secret; go on to where the person wanted to go."""
    if request.method != "POST" and current_user.is_authenticated:
        return redirect(next_page(), 303)
    form = LoginForm(typed() or None)
    if not submitted():
        return login_page.render(form=form, kept=kept_fields())
    account_id = check_login(form.name.data or "", form.password.data or "")
    if account_id is None:
        form.password.errors = [gettext("This name and this secret do not belong together.")]
        return login_page.render(401, form=form, kept=kept_fields())
    return go_on() or redirect(next_page(), 303)


def kept_fields() -> list[tuple[str, str]]:
    """Return the fields of the form that waits for this log-in."""
    return [
        (name.removeprefix(KEPT), value)
        for name, values in request.form.lists()
        for value in values
        if name.startswith(KEPT)
    ] or (fields_to_keep() if request.endpoint != "auth.login" else [])


def go_on() -> Response | None:
    """Show the form that waited for the log-in, filled in and not sent; None when none did."""
    waiting = request.form.get("form", "")
    if not is_own_path(waiting) or not waiting.strip("/"):
        return None
    return refill(waiting, MultiDict(kept_fields()), 200)


def check_login(name: str, secret: str) -> int | None:
    """Sign in the account of a name and its secret and return its id, None when one is wrong.

    Raises TooManyTries.
    """
    proof = prove(name, secret)
    if proof is None:
        return None
    with write(db.session()):
        token = admit(proof)
    sign_in(token)
    log_event("login", account=proof.account_id)
    return proof.account_id


def prove(name: str, secret: str) -> Proof | None:
    """Return who a name and its secret belong to, None when one of them is wrong.

    The try counts before the secret is looked at, and stops counting with `admit`. Raises
    TooManyTries. The hash is computed for every try, outside the transaction.
    """
    if len(name) > LONGEST_NAME or not name.strip():
        return None
    tries = record_tries(name)
    found = find_credentials(db.session(), name)
    db.session.commit()
    hashed = found.password_hash if found else None
    right = check_secret(hashed, secret, current_app.config["HASH_METHOD"])
    if found is None or not right or not found.active:
        log_event("login.failed", account=found.account_id if found else None)
        return None
    return Proof(found.account_id, name, tuple(tries))


def admit(proof: Proof) -> str:
    """Store a session and return its token; inside a write transaction.

    The tries that led here count no more, and the slip of the learner is in use from now on.
    """
    store = db.session()
    forgive(proof)
    slips.claim_slips(store, proof.account_id, now())
    return start_session(proof.account_id)


def forgive(proof: Proof) -> None:
    """Let the tries that led to the right secret count no more; inside a write transaction."""
    for each in proof.tries:
        limits.take_back(db.session(), each)
    limits.forget_tries(db.session(), proof.name)


def record_tries(name: str) -> list[int]:
    """Count a try for a name and for this address; raise TooManyTries when one has none left."""
    store = db.session()
    key = limits.account_key(name)
    with write(store):
        limits.check_limit(store, limits.ACCOUNT_DAY, key, now())
        return [
            limits.record_try(store, limits.ACCOUNT, key, now()),
            limits.record_try(store, limits.ADDRESS, request.remote_addr or "", now()),
        ]


@blueprint.post("/logout")
def logout() -> Response:
    """End the session, so that a copy of the cookie is worth nothing either."""
    if current_user.is_authenticated:
        store = db.session()
        with write(store):
            sessions.end_session(store, current_user.session_id, now())
        log_event("logout", account=current_user.id)
    forget_account()
    flash(gettext("You are signed out."), "good")
    return leave_nothing(redirect("/", 303))


def leave_nothing(response: Response) -> Response:
    """Take from a browser, which others may use next, the language that somebody chose."""
    response.delete_cookie(LANGUAGE_COOKIE, httponly=True, secure=request.is_secure, samesite="Lax")
    return response
