"""The own account: language, a new secret; and registration of learners without a class."""

from flask import (
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask_babel import gettext, pgettext
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import Form, PasswordField

from quizapp.store import limits
from quizapp.store.accounts import Secret, find_credentials_of, set_secret
from quizapp.store.db import db, write
from quizapp.store.models import SecretKind
from quizapp.store.sessions import check_signed_in
from quizapp.web.clock import now
from quizapp.web.entry import blueprint
from quizapp.web.entry.join import create_learner
from quizapp.web.events import log_event
from quizapp.web.join_form import check, read_identity
from quizapp.web.passwords import check_secret, find_fault, hash_secret
from quizapp.web.permissions import learner_required
from quizapp.web.refill import refillable, submitted, typed


class SecretForm(Form):
    """The present secret and the one to come."""

    current = PasswordField()
    password = PasswordField()


@blueprint.route("/register", methods=["GET", "POST"])
@refillable
def register() -> Response:
    """Let a learner in who has no class, where the installation allows it."""
    if not current_app.config["OPEN_REGISTRATION"]:
        abort(404)
    if current_user.is_authenticated:
        return redirect(url_for("learner.home"), 303)
    identity = read_identity(db.session())
    wants_in = submitted() and not identity.wants_others
    if wants_in and check(identity) and create_learner(identity, None):
        name = identity.form.name.data
        flash(pgettext("pupil", "Next time, sign in as %(login)s.", login=name), "good")
        return redirect(url_for("learner.home"), 303)
    page = render_template("auth/register.html", identity=identity)
    return make_response(page, 400 if identity.form.errors else 200)


@blueprint.route("/account", methods=["GET", "POST"])
@learner_required
@refillable
def account() -> Response:
    """Show the own account and change its secret."""
    form = SecretForm(typed() or None)
    if submitted() and change_secret(form):
        flash(gettext("The password is changed. Other devices are signed out."), "good")
        return redirect(url_for("auth.account"), 303)
    page = render_template("auth/account.html", form=form)
    return make_response(page, 400 if form.errors else 200)


def change_secret(form: SecretForm) -> bool:
    """Store a new password when the present secret is right; wrong ones count as log-ins do."""
    fault = find_fault(form.password.data or "", current_user.login_name)
    if fault is not None:
        form.password.errors = [gettext(fault)]
        return False
    if not is_current_secret(form.current.data or ""):
        form.current.errors = [gettext("This is not the present password or PIN.")]
        return False
    hashed = hash_secret(form.password.data or "", current_app.config["HASH_METHOD"])
    session = db.session()
    with write(session):
        check_signed_in(session, current_user.session_id, now())
        secret = Secret(SecretKind.PASSWORD, hashed)
        set_secret(session, current_user.id, secret, now(), but=current_user.session_id)
        limits.forget_tries(session, current_user.login_name)
    log_event("password.changed", account=current_user.id)
    return True


def is_current_secret(secret: str) -> bool:
    """Tell whether this is the secret of the account signed in. Raises TooManyTries."""
    session = db.session()
    key = limits.account_key(current_user.login_name)
    with write(session):
        limits.check_limit(session, limits.ACCOUNT_DAY, key, now())
        limits.record_try(session, limits.ACCOUNT, key, now())
    found = find_credentials_of(session, current_user.id)
    session.commit()
    hashed = found.password_hash if found else None
    return check_secret(hashed, secret, current_app.config["HASH_METHOD"])
