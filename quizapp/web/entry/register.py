"""Registers a learner who has no class, where the installation allows it."""

from flask import abort, current_app, flash, make_response, redirect, render_template, url_for
from flask_babel import pgettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.store.db import db
from quizapp.web.entry import blueprint
from quizapp.web.entry.join import create_learner
from quizapp.web.join_form import check, read_identity
from quizapp.web.refill import refillable, submitted


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
