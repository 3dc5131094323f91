"""Knows the forms with which a learner becomes somebody: code, pseudonym, secret."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, HiddenField, PasswordField, StringField

from quizapp.core.messages import N_
from quizapp.store.accounts import Secret
from quizapp.store.models import SecretKind
from quizapp.web import passwords
from quizapp.web.i18n import current_language
from quizapp.web.pseudonyms import is_pseudonym, suggest_pseudonyms
from quizapp.web.refill import submitted, typed

PIN = "pin"
PASSWORD = "password"  # noqa: S105  the name of a choice


class CodeForm(Form):
    """The code of a class as it is typed."""

    code = StringField()


class IdentityForm(Form):
    """Which pseudonym, and which of the two kinds of secret."""

    name = StringField()
    secret = StringField(default=PIN)
    password = PasswordField()
    offer = HiddenField()


@dataclass
class NewIdentity:
    """The form of a new learner, with the pseudonyms and the PIN that its page offers."""

    form: IdentityForm
    names: list[str]
    pin: str

    @property
    def wants_others(self) -> bool:
        """Whether the button for other pseudonyms was pressed."""
        return "others" in typed()

    def secret(self) -> Secret:
        """Return the secret that was chosen, hashed; ask only after `check`."""
        method: str = current_app.config["HASH_METHOD"]
        if self.form.secret.data == PIN:
            return Secret(SecretKind.PIN, passwords.hash_secret(self.pin, method))
        hashed = passwords.hash_secret(self.form.password.data or "", method)
        return Secret(SecretKind.PASSWORD, hashed)


def read_identity(session: Session) -> NewIdentity:
    """Read the form of this request; offer the pseudonyms and PIN it had, or new ones."""
    fields: MultiDict[str, str] = typed()
    form = IdentityForm(fields or None)
    key: str = current_app.config["SECRET_KEY"]
    pin = passwords.accept_pin(form.offer.data or "", key) or passwords.new_pin()
    form.offer.data = passwords.offer_pin(pin, key)
    names = [name for name in fields.getlist("shown") if is_pseudonym(name)][:3]
    if not names or "others" in fields:
        names = suggest_pseudonyms(session, current_language())
    if form.name.data not in names:
        form.name.data = names[0] if not submitted() or "others" in fields else None
    return NewIdentity(form, names, pin)


def check(identity: NewIdentity) -> bool:
    """Tell whether the form can be taken, and put what is wrong with it on its fields."""
    form = identity.form
    if form.name.data is None:
        _refuse(form.name, N_("Choose one of the names."))
    if form.secret.data == PASSWORD:
        fault = passwords.find_fault(form.password.data or "", form.name.data or "")
        if fault is not None:
            _refuse(form.password, fault)
    elif form.secret.data != PIN:
        _refuse(form.secret, N_("Choose how you will sign in."))
    elif passwords.accept_pin(typed().get("offer", ""), current_app.config["SECRET_KEY"]) is None:
        _refuse(form.secret, N_("This code is too old. Note the new one below and send again."))
    return not form.errors


def refuse_name(identity: NewIdentity, session: Session) -> None:
    """Say that somebody took the name meanwhile and offer others."""
    identity.names = suggest_pseudonyms(session, current_language())
    identity.form.name.data = None
    _refuse(identity.form.name, N_("Somebody was faster: this name is taken. Choose another."))


def _refuse(field: Field, message: str) -> None:
    field.errors = [*field.errors, gettext(message)]
