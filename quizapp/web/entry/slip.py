"""Lets a learner into a class of slips: the name and the PIN that the teacher gave."""

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import pgettext
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import Form, PasswordField, StringField

from quizapp.store import classes, slips
from quizapp.store.classes import Entrance
from quizapp.store.db import db, write
from quizapp.web.auth import sign_in
from quizapp.web.clock import now
from quizapp.web.entry.login import Proof, admit, forgive, prove
from quizapp.web.events import log_event
from quizapp.web.refill import submitted, typed


class SlipForm(Form):
    """What is printed on a slip; the field of the secret is named as that of the log-in."""

    name = StringField(filters=[lambda text: (text or "").strip()])
    password = PasswordField()


def join_with_slip(entrance: Entrance) -> Response:
    """Ask for the name and the PIN of the slip and let its learner in, the first time."""
    if current_user.is_authenticated:
        return stay_signed_in(entrance)
    form = SlipForm(typed() or None)
    if submitted():
        # A PIN is printed in two groups, and typed so.
        proof = prove(form.name.data or "", (form.password.data or "").replace(" ", ""))
        claimed = proof and slips.is_claimed(db.session(), entrance.class_id, proof.account_id)
        if proof is not None and claimed is not None:
            return send_to_login(proof) if claimed else let_in(entrance, proof)
        form.password.errors = [
            pgettext("pupil", "This name and this PIN are on no slip of this class.")
        ]
    page = render_template("auth/join_slip.html", entrance=entrance, form=form)
    return make_response(page, 422 if form.errors else 200)


def stay_signed_in(entrance: Entrance) -> Response:
    """Say to somebody who is signed in whether they are in the class, or what to do to come in."""
    role = classes.find_role(db.session(), entrance.class_id, current_user.id)
    template = "auth/join_signed_in.html" if role else "auth/join_slip_signed_in.html"
    return make_response(render_template(template, entrance=entrance, role=role))


def let_in(entrance: Entrance, proof: Proof) -> Response:
    """Sign the learner in, once: a slip that was used meanwhile leads to the log-in."""
    session = db.session()
    with write(session):
        is_first = slips.claim_slips(session, proof.account_id, now())
        if is_first:
            token = admit(proof)
    if not is_first:
        return send_to_login(proof)
    sign_in(token)
    log_event("slip.claimed", account=proof.account_id, class_id=entrance.class_id)
    text = pgettext(
        "pupil",
        "You are in the class %(name)s. Keep your slip: next time, sign in as %(login)s.",
        name=entrance.name,
        login=current_user.login_name,
    )
    flash(text, "good")
    return redirect(url_for("learner.home"), 303)


def send_to_login(proof: Proof) -> Response:
    """Send who uses a slip again to the log-in page."""
    with write(db.session()):
        forgive(proof)
    flash(pgettext("pupil", "This slip is in use already. Sign in here with its name and PIN."))
    return redirect(url_for("auth.login"), 303)
