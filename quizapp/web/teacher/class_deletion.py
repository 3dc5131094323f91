"""Deletes a class with everything in it, after its files were offered; knows no table."""

from flask import flash, make_response, redirect, url_for
from flask_babel import gettext, pgettext
from werkzeug.wrappers import Response
from wtforms import Form, StringField

from quizapp.core.names import fold_name
from quizapp.store import own_data, roster
from quizapp.store.assignments import list_assignments
from quizapp.store.db import db
from quizapp.web.events import log_event
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted, typed
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.class_settings import CLASS, target
from quizapp.web.teacher.owned import get_taught_class


class DeletionForm(Form):
    """The name of the class, typed by whoever means it."""

    name = StringField()


@blueprint.route(f"{CLASS}/delete", methods=["GET", "POST"], endpoint="delete_class")
@refillable
@teacher_required
def delete_class(class_id: int) -> Response:
    """Say what goes, offer the files, and delete the class once its name is typed."""
    school_class = get_taught_class(class_id)
    form = DeletionForm(typed() or None)
    if submitted():
        if fold_name(form.name.data or "") == fold_name(school_class.name):
            name = school_class.name
            with acting("class.delete", target(school_class)) as session:
                own_data.delete_class(session, class_id)
            log_event("class.deleted", class_id=class_id)
            flash(gettext("%(name)s is deleted with all its results.", name=name), "good")
            return redirect(url_for("teacher.home"), 303)
        form.name.errors = [pgettext("adult", "Type the name of the class as it stands above.")]
    members = roster.list_members(db.session(), class_id)
    page = class_page(
        "class_delete",
        school_class,
        "class_settings",
        form=form,
        learners=len(members),
        assignments=len(list_assignments(db.session(), class_id)),
    )
    return make_response(page, 422 if form.errors else 200)
