"""What is stored about the person signed in: to read, to take along, to delete for good."""

import json

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import Form, PasswordField, SelectMultipleField

from quizapp.store import own_data
from quizapp.store.db import db, write
from quizapp.store.own_data import LastAdministrator, LoneClass, TaughtAlone
from quizapp.store.own_export import Data, export_account
from quizapp.store.sessions import check_signed_in
from quizapp.web.auth import forget_account
from quizapp.web.clock import now
from quizapp.web.entry import blueprint
from quizapp.web.entry.account import prove_secret
from quizapp.web.entry.login import leave_nothing
from quizapp.web.entry.own_story import tell_story
from quizapp.web.events import log_event
from quizapp.web.exports import file_name
from quizapp.web.permissions import learner_required
from quizapp.web.refill import refillable, submitted, typed


class DeletionForm(Form):
    """The present secret, and the classes that go too (their ids)."""

    current = PasswordField()
    classes = SelectMultipleField(validate_choice=False)


@blueprint.get("/account/data")
@learner_required
def own_page() -> str:
    """Show what is stored about the person, in words."""
    log_event("own_data.read", account=current_user.id)
    data = read_own_data()
    return render_template("auth/own_data.html", data=data, story=tell_story(data))


@blueprint.get("/account/data.json")
@learner_required
def own_file() -> Response:
    """Hand over what is stored about the person, as a file."""
    log_event("own_data.exported", account=current_user.id)
    text = json.dumps(read_own_data(), ensure_ascii=False, indent=1)
    response = make_response(text)
    response.content_type = "application/json; charset=utf-8"
    name = f"quizapp-{file_name(current_user.login_name)}-{now():%Y-%m-%d}.json"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def read_own_data() -> Data:
    """Return the data of the person signed in."""
    return export_account(db.session(), current_user.id, now())


@blueprint.route("/account/delete", methods=["GET", "POST"])
@learner_required
@refillable
def delete_account() -> Response:
    """Say what is deleted, ask for the secret, and delete it at once."""
    form = DeletionForm(typed() or None)
    lone = own_data.list_lone_classes(db.session(), current_user.id)
    is_last = own_data.is_last_administrator(db.session(), current_user.id)
    if submitted() and not is_last and may_delete(form, lone) and delete_for_good(form):
        forget_account()
        flash(gettext("The account and everything in it are deleted."), "good")
        return leave_nothing(redirect(url_for("pages.home"), 303))
    page = render_template("auth/delete_account.html", form=form, lone=lone, is_last=is_last)
    return make_response(page, 422 if submitted() else 200)


def may_delete(form: DeletionForm, lone: list[LoneClass]) -> bool:
    """Tell whether every class that would have no teacher may go, and the secret is right."""
    ticked = set(form.classes.data or [])
    missing = [each for each in lone if str(each.id) not in ticked]
    if missing:
        form.classes.errors = [
            ngettext(
                "Nobody else teaches this class. Add a colleague to it, or tick it.",
                "Nobody else teaches these classes. Add a colleague to each, or tick it.",
                len(missing),
            )
        ]
        return False
    return prove_secret(form)


def delete_for_good(form: DeletionForm) -> bool:
    """Delete the account with the classes ticked; False when things changed meanwhile."""
    ticked = [int(each) for each in form.classes.data or [] if each.isascii() and each.isdigit()]
    session = db.session()
    try:
        with write(session):
            check_signed_in(session, current_user.session_id, now())
            opaque = own_data.delete_account(session, current_user.id, now(), with_classes=ticked)
    except (LastAdministrator, TaughtAlone):
        form.current.errors = [gettext("Something changed meanwhile. Look at the page again.")]
        return False
    log_event("account.deleted", account=opaque, classes=len(ticked))
    return True
