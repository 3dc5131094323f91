"""The own account: language, one-key shortcuts, a new password or PIN."""

from dataclasses import dataclass

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import Form, HiddenField, PasswordField, StringField

from quizapp.core.messages import N_
from quizapp.store import accounts, limits
from quizapp.store.accounts import Secret, find_credentials_of, set_secret
from quizapp.store.db import db, write
from quizapp.store.models import SecretKind
from quizapp.store.sessions import check_signed_in
from quizapp.web import passwords
from quizapp.web.clock import now
from quizapp.web.entry import blueprint
from quizapp.web.events import log_event
from quizapp.web.join_form import PASSWORD, PIN
from quizapp.web.passwords import check_secret, find_fault, hash_secret
from quizapp.web.permissions import learner_required
from quizapp.web.refill import refillable, submitted, typed


class SecretForm(Form):
    """The present secret and the one to come: a password, or for learners the PIN offered."""

    current = PasswordField()
    secret = StringField(default=PASSWORD)
    password = PasswordField()
    offer = HiddenField()


@dataclass
class NewSecret:
    """The form of a new secret, with the PIN that its page offers; staff have passwords only."""

    form: SecretForm
    pin: str
    is_staff: bool

    @property
    def wants_pin(self) -> bool:
        """Whether the PIN was chosen, by somebody who may."""
        return self.form.secret.data == PIN and not self.is_staff

    def find_fault(self) -> bool:
        """Put what is wrong with the new secret on its fields; tell whether something is."""
        form = self.form
        if not self.wants_pin:
            fault = find_fault(form.password.data or "", current_user.login_name)
            form.password.errors = [gettext(fault)] if fault else []
        elif passwords.accept_pin(typed().get("offer", ""), _key()) is None:
            text = N_("This code is too old. Note the new one below and send again.")
            form.secret.errors = [gettext(text)]
        return bool(form.errors)

    def hashed(self) -> Secret:
        """Return the new secret, hashed; ask only when there is no fault."""
        method: str = current_app.config["HASH_METHOD"]
        if self.wants_pin:
            return Secret(SecretKind.PIN, hash_secret(self.pin, method))
        return Secret(SecretKind.PASSWORD, hash_secret(self.form.password.data or "", method))


@blueprint.route("/account", methods=["GET", "POST"])
@learner_required
@refillable
def account() -> Response:
    """Show the own account and change its secret."""
    new = read_new_secret()
    if submitted() and change_secret(new):
        flash(gettext("The change is saved. Other devices are signed out."), "good")
        return redirect(url_for("auth.account"), 303)
    page = render_template("auth/account.html", new=new, form=new.form)
    return make_response(page, 400 if new.form.errors else 200)


@blueprint.post("/account/shortcuts")
@learner_required
def set_shortcuts() -> Response:
    """Let single keys do something on the pages of exercises, or not."""
    wanted = request.form.get("on") == "1"
    session = db.session()
    with write(session):
        check_signed_in(session, current_user.session_id, now())
        accounts.set_shortcuts(session, current_user.id, wanted)
    said = gettext("One-key shortcuts are on.") if wanted else gettext("One-key shortcuts are off.")
    flash(said, "good")
    return redirect(url_for("auth.account"), 303)


def read_new_secret() -> NewSecret:
    """Read the form of this request; offer the PIN it had, or a new one."""
    form = SecretForm(typed() or None)
    pin = passwords.accept_pin(form.offer.data or "", _key()) or passwords.new_pin()
    form.offer.data = passwords.offer_pin(pin, _key())
    is_staff = current_user.is_teacher or current_user.is_author or current_user.is_admin
    return NewSecret(form, pin, is_staff)


def change_secret(new: NewSecret) -> bool:
    """Store the new secret when the present one is right; wrong ones count as log-ins do."""
    if new.find_fault() or not prove_secret(new.form):
        return False
    secret = new.hashed()
    session = db.session()
    with write(session):
        check_signed_in(session, current_user.session_id, now())
        set_secret(session, current_user.id, secret, now(), but=current_user.session_id)
        limits.forget_tries(session, current_user.login_name)
    log_event("password.changed", account=current_user.id, kind=secret.kind.value)
    return True


def prove_secret(form: Form) -> bool:
    """Tell whether the field `current` holds the secret of the account; else put an error on it.

    A wrong one counts as a wrong log-in. Raises TooManyTries.
    """
    if is_current_secret(form["current"].data or ""):
        return True
    form["current"].errors = [gettext("This is not the present password or PIN.")]
    return False


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


def _key() -> str:
    key: str = current_app.config["SECRET_KEY"]
    return key
