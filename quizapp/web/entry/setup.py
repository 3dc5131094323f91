"""Makes the accounts of staff from one-time links: the first administrator, invited people."""

from flask import abort, current_app, flash, make_response, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms import BooleanField, Form, PasswordField, StringField

from quizapp.core.messages import N_
from quizapp.store import audit, installation
from quizapp.store.accounts import LONGEST_NAME, NameTaken, Secret, create_account
from quizapp.store.db import db, write
from quizapp.store.installation import Link, LinkDead
from quizapp.store.models import LinkPurpose, SecretKind
from quizapp.web import demonstration
from quizapp.web.auth import sign_in, start_session
from quizapp.web.clock import now
from quizapp.web.entry import blueprint
from quizapp.web.events import log_event
from quizapp.web.i18n import current_language, time_zones
from quizapp.web.next_page import start_page
from quizapp.web.passwords import find_fault, hash_secret
from quizapp.web.refill import refillable, submitted, typed


class StaffForm(Form):
    """Name and password of somebody with roles."""

    name = StringField(filters=[lambda text: (text or "").strip()])
    password = PasswordField()

    def check(self) -> bool:
        """Tell whether they can be taken, and put what is wrong on the fields."""
        if not self.name.data:
            self.refuse_name(gettext("Choose a name to sign in with."))
        elif len(self.name.data) > LONGEST_NAME or "@" in self.name.data:
            self.refuse_name(gettext("Choose a name of at most 60 signs, not an e-mail address."))
        fault = find_fault(self.password.data or "", self.name.data or "")
        if fault is not None:
            self.password.errors = [gettext(fault)]
        return not self.errors

    def refuse_name(self, message: str) -> None:
        """Put an error on the name."""
        self.name.errors = [message]

    def secret(self) -> Secret:
        """Return the password, hashed."""
        method = current_app.config["HASH_METHOD"]
        return Secret(SecretKind.PASSWORD, hash_secret(self.password.data or "", method))


class SetupForm(StaffForm):
    """What the first administrator decides once."""

    time_zone = StringField()
    demonstration = BooleanField(default=True)

    def check(self) -> bool:
        """Check the time zone too."""
        if self.time_zone.data not in time_zones():
            self.time_zone.errors = [gettext("Choose a time zone of the list.")]
        return super().check()


@blueprint.route("/setup/<token>", methods=["GET", "POST"])
@refillable
def setup(token: str) -> Response:
    """Make the first administrator, who teaches and writes exercises too."""
    link = get_link(token, LinkPurpose.SETUP)
    form = SetupForm(typed() or None, data={"time_zone": current_app.config["TIME_ZONE"]})
    if submitted() and form.check() and create_staff(form, link, form.time_zone.data):
        flash(gettext("Everything is ready. Welcome!"), "good")
        if form.demonstration.data:
            return demonstration.load_some()
        return redirect(start_page(), 303)
    zones = [(name, name.replace("_", " ")) for name in time_zones()]
    page = render_template("auth/setup.html", form=form, zones=zones)
    return make_response(page, 400 if form.errors else 200)


@blueprint.route("/invitations/<token>", methods=["GET", "POST"])
@refillable
def invitation(token: str) -> Response:
    """Make the account of somebody who was invited."""
    link = get_link(token, LinkPurpose.INVITATION)
    form = StaffForm(typed() or None)
    if submitted() and form.check() and create_staff(form, link, None):
        flash(gettext("Your account is ready. Welcome!"), "good")
        return redirect(start_page(), 303)
    page = render_template("auth/invitation.html", form=form, roles=link.roles)
    return make_response(page, 400 if form.errors else 200)


def get_link(token: str, purpose: LinkPurpose) -> Link:
    """Return the link of a token; 404, in words of its own, for one that works no more."""
    link = installation.find_link(db.session(), token, purpose, now())
    if link is None:
        abort(make_response(render_template("auth/dead_link.html"), 404))
    return link


def create_staff(form: StaffForm, link: Link, time_zone: str | None) -> bool:
    """Use up the link and store account and session at once; False when the name is taken."""
    session = db.session()
    secret = form.secret()
    name = form.name.data or ""
    try:
        with write(session):
            installation.use_link(session, link, now())
            account_id = create_account(
                session, name, secret, now(), roles=link.roles, language=current_language()
            )
            if time_zone is not None:
                installation.set_value(session, installation.TIME_ZONE, time_zone)
            audit.record(session, account_id, "account.create", now(), target=f"a:{account_id}")
            token = start_session(account_id)
    except NameTaken:
        form.refuse_name(gettext(N_("Somebody has this name already. Choose another.")))
        return False
    except LinkDead:
        abort(make_response(render_template("auth/dead_link.html"), 404))
    sign_in(token)
    log_event("account.created", account=account_id, roles=list(link.roles))
    return True
