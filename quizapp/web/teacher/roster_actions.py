"""What a teacher does to the roster of a class: names, secrets, locks, who is in, the code."""

from flask import abort, current_app, flash, make_response, request
from flask import session as cookie
from flask_babel import gettext, pgettext
from werkzeug.wrappers import Response

from quizapp.store import accounts, classes, limits, roster
from quizapp.store.accounts import Secret
from quizapp.store.classes import LONGEST_LABEL
from quizapp.store.models import SchoolClass, SecretKind
from quizapp.web.clock import now
from quizapp.web.events import log_event
from quizapp.web.passwords import hash_secret, new_pin
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted, typed
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting, tidy
from quizapp.web.teacher.home import ClassForm, read_name
from quizapp.web.teacher.owned import get_learner, get_member, get_taught_class
from quizapp.web.teacher.roster import NEW_PIN, back_to, roster_page

CLASS = "/teach/classes/<id:class_id>"
LEARNER = f"{CLASS}/learners/<id:learner>"


@blueprint.post(f"{CLASS}/name", endpoint="rename_class")
@refillable
@teacher_required
def rename_class(class_id: int) -> Response:
    """Give the class another name."""
    school_class = get_taught_class(class_id)
    form = ClassForm(typed())
    name = read_name(form.name) if submitted() else None
    if name is None:
        return make_response(roster_page(school_class, form), 400 if form.errors else 200)
    with acting("class.rename", _target(school_class)) as session:
        roster.rename_class(session, class_id, name)
    flash(gettext("The class has a new name."), "good")
    return back_to(school_class)


@blueprint.post(f"{CLASS}/code", endpoint="renew_code")
@teacher_required
def renew_code(class_id: int) -> Response:
    """Give the class a new code; the old one opens nothing any more."""
    school_class = get_taught_class(class_id)
    if school_class.is_demo:
        abort(404)
    with acting("class.renew_code", _target(school_class)) as session:
        classes.renew_code(session, class_id, now())
    flash(gettext("The class has a new code. The old one works no more; nobody has left."), "good")
    return back_to(school_class)


@blueprint.post(f"{CLASS}/joining", endpoint="set_joining")
@teacher_required
def set_joining(class_id: int) -> Response:
    """Open or close the class to new learners."""
    school_class = get_taught_class(class_id)
    is_open = request.form.get("open") == "1"
    with acting("class.joining", _target(school_class), open=is_open) as session:
        classes.set_join_open(session, class_id, is_open)
    said = gettext("Joining is open.") if is_open else gettext("Joining is closed.")
    flash(said, "good")
    return back_to(school_class)


@blueprint.post(f"{LEARNER}/label", endpoint="set_label")
@teacher_required
def set_label(class_id: int, learner: int) -> Response:
    """Set what the teachers call a learner; empty = the log-in name."""
    school_class = get_taught_class(class_id)
    member = get_learner(school_class, learner)
    label = tidy(request.form.get("label"))
    if len(label) > LONGEST_LABEL:
        flash(pgettext("adult", "This name is too long: 60 characters at most."), "bad")
        return back_to(school_class)
    with acting("learner.label", f"account:{member.account_id}", class_id=class_id) as session:
        classes.set_label(session, class_id, member.account_id, label or None)
    flash(
        gettext("%(login)s is shown as “%(name)s”.", login=member.login_name, name=label)
        if label
        else gettext("%(login)s is shown under this name.", login=member.login_name),
        "good",
    )
    return back_to(school_class)


@blueprint.post(f"{LEARNER}/secret", endpoint="reset_secret")
@teacher_required
def reset_secret(class_id: int, learner: int) -> Response:
    """Give a learner a new PIN, shown once; the old secret and its sessions end."""
    school_class = get_taught_class(class_id)
    member = get_learner(school_class, learner)
    if not member.resettable:
        abort(404)
    pin = new_pin()
    hashed = hash_secret(pin, current_app.config["HASH_METHOD"])
    with acting("learner.secret", f"account:{member.account_id}", class_id=class_id) as session:
        secret = Secret(SecretKind.PIN, hashed)
        accounts.set_secret(session, member.account_id, secret, now())
        limits.forget_tries(session, member.login_name)
    log_event("secret.reset", target=member.account_id)
    cookie[NEW_PIN] = {"account": member.account_id, "pin": pin}
    return back_to(school_class)


@blueprint.post(f"{LEARNER}/unlock", endpoint="unlock_learner")
@teacher_required
def unlock_learner(class_id: int, learner: int) -> Response:
    """Let a learner try again after wrong tries."""
    school_class = get_taught_class(class_id)
    member = get_learner(school_class, learner)
    with acting("learner.unlock", f"account:{member.account_id}", class_id=class_id) as session:
        limits.forget_tries(session, member.login_name)
    flash(gettext("%(name)s can sign in again.", name=member.name), "good")
    return back_to(school_class)


@blueprint.post(f"{LEARNER}/remove", endpoint="remove_learner")
@teacher_required
def remove_learner(class_id: int, learner: int) -> Response:
    """Take a learner out of the class; the answers are kept, out of all figures."""
    school_class = get_taught_class(class_id)
    member = get_learner(school_class, learner)
    with acting("learner.remove", f"account:{member.account_id}", class_id=class_id) as session:
        classes.remove_learner(session, class_id, member.account_id, now())
    flash(gettext("%(name)s is no longer in the class. You find them below.", name=member.name))
    return back_to(school_class)


@blueprint.post(f"{LEARNER}/restore", endpoint="restore_learner")
@teacher_required
def restore_learner(class_id: int, learner: int) -> Response:
    """Take a removed learner back with all their results."""
    school_class = get_taught_class(class_id)
    member = get_member(school_class, learner)
    with acting("learner.restore", f"account:{member.account_id}", class_id=class_id) as session:
        classes.restore_learner(session, class_id, member.account_id)
    flash(gettext("%(name)s is in the class again.", name=member.name), "good")
    return back_to(school_class)


def _target(school_class: SchoolClass) -> str:
    return f"class:{school_class.id}"
