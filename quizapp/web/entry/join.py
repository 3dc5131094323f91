"""Brings a learner into a class: code, pseudonym and secret, or one button when signed in."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import pgettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.core.codes import normalise_code
from quizapp.store import classes, limits, slips
from quizapp.store.accounts import NameTaken, create_account
from quizapp.store.classes import Door, Entrance
from quizapp.store.db import db, write
from quizapp.store.sessions import check_signed_in
from quizapp.web.auth import sign_in, start_session
from quizapp.web.clock import now
from quizapp.web.entry import blueprint
from quizapp.web.entry.slip import join_with_slip
from quizapp.web.events import log_event
from quizapp.web.i18n import current_language
from quizapp.web.join_form import CodeForm, NewIdentity, check, read_identity, refuse_name
from quizapp.web.refill import refillable, submitted, typed

LONGEST_CODE = 40
DOORS_IN = (Door.OPEN, Door.ROSTER)
"""What lets learners in: with a name of their own, or with a slip."""


@blueprint.route("/join", methods=["GET", "POST"])
@refillable
def join() -> Response:
    """Ask for the code of a class."""
    form = CodeForm(typed() or None)
    if not submitted():
        return make_response(render_template("auth/join.html", form=form))
    shown = (form.code.data or "")[:LONGEST_CODE]
    entrance = find_entrance(normalise_code(shown))
    if entrance.door not in DOORS_IN:
        return refuse_code(shown, entrance)
    return redirect(url_for("auth.join_class", code=entrance.code), 303)


@blueprint.route("/join/<code>", methods=["GET", "POST"])
@refillable
def join_class(code: str) -> Response:
    """Ask who the learner is and let them in."""
    entrance = find_entrance(normalise_code(code[:LONGEST_CODE]))
    if entrance.door not in DOORS_IN:
        return refuse_code(code[:LONGEST_CODE], entrance)
    if entrance.door is Door.ROSTER:
        return join_with_slip(entrance)
    if current_user.is_authenticated:
        return join_as_member(entrance)
    identity = read_identity(db.session())
    wants_in = submitted() and not identity.wants_others
    if wants_in and check(identity) and create_learner(identity, entrance.class_id):
        welcome(entrance, identity)
        return redirect(url_for("learner.home"), 303)
    page = render_template("auth/join_class.html", entrance=entrance, identity=identity)
    return make_response(page, 400 if identity.form.errors else 200)


def find_entrance(code: str) -> Entrance:
    """Return what a code opens; a wrong one counts against the address. Raises TooManyTries."""
    session = db.session()
    address = request.remote_addr or ""
    limits.check_limit(session, limits.CODE, address, now())
    entrance = classes.find_entrance(session, code)
    if entrance.door is Door.UNKNOWN and code:
        with write(session):
            limits.record_try(session, limits.CODE, address, now())
    return entrance


def words_for(entrance: Entrance) -> str:
    """Return why a code opens nothing, and what to do about it."""
    if not entrance.code:
        return pgettext("pupil", "Type the code that your teacher shows.")
    if entrance.door is Door.CLOSED:
        return pgettext(
            "pupil", "This class takes nobody in at the moment. Ask your teacher to open it."
        )
    if entrance.door is Door.ARCHIVED:
        return pgettext("pupil", "This class is over. Ask your teacher for the code of your class.")
    return pgettext("pupil", "No class has this code. Compare it sign by sign with your teacher's.")


def refuse_code(shown: str, entrance: Entrance) -> Response:
    """Show the field again with the code in it and why it opens nothing."""
    form = CodeForm(data={"code": shown})
    form.code.errors = [words_for(entrance)]
    status = 404 if entrance.door is Door.UNKNOWN and request.method == "GET" else 400
    return make_response(render_template("auth/join.html", form=form), status)


def create_learner(identity: NewIdentity, class_id: int | None) -> bool:
    """Store account, membership and session at once; False when the name is taken by now."""
    session = db.session()
    secret = identity.secret()
    name = identity.form.name.data or ""
    try:
        with write(session):
            account_id = create_account(session, name, secret, now(), language=current_language())
            if class_id is not None:
                classes.join_class(session, class_id, account_id, now())
                slips.claim_slips(session, account_id, now())
            token = start_session(account_id)
    except NameTaken:
        refuse_name(identity, session)
        return False
    sign_in(token)
    log_event("account.created", account=account_id, class_id=class_id)
    return True


def join_as_member(entrance: Entrance) -> Response:
    """Let somebody in who is signed in already, at the press of one button."""
    if not submitted():
        role = classes.find_role(db.session(), entrance.class_id, current_user.id)
        page = render_template("auth/join_signed_in.html", entrance=entrance, role=role)
        return make_response(page)
    session = db.session()
    with write(session):
        check_signed_in(session, current_user.session_id, now())
        classes.join_class(session, entrance.class_id, current_user.id, now())
        slips.claim_slips(session, current_user.id, now())
    log_event("class.joined", account=current_user.id, class_id=entrance.class_id)
    welcome(entrance, None)
    return redirect(url_for("learner.home"), 303)


def welcome(entrance: Entrance, identity: NewIdentity | None) -> None:
    """Say on the next page that it worked, and the name to sign in with the next time."""
    if identity is None:
        flash(pgettext("pupil", "You are in the class %(name)s.", name=entrance.name), "good")
        return
    text = pgettext(
        "pupil",
        "You are in the class %(name)s. Next time, sign in as %(login)s.",
        name=entrance.name,
        login=identity.form.name.data,
    )
    flash(text, "good")
