"""The classes of a teacher: the list, a new one, the demonstration."""

from collections.abc import Sequence

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import Field, Form, StringField

from quizapp.core.messages import N_
from quizapp.store import audit, classes
from quizapp.store.classes import LONGEST_NAME, TaughtClass
from quizapp.store.db import db, write
from quizapp.web import demonstration
from quizapp.web.clock import now
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted, typed
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting, tidy


class ClassForm(Form):
    """The name of a class."""

    name = StringField()


@blueprint.route("/teach", methods=["GET", "POST"], endpoint="home")
@refillable
@teacher_required
def show_home() -> Response:
    """List the classes; make one."""
    form = ClassForm(typed() or None)
    name = read_name(form.name) if submitted() else None
    if name is not None:
        with acting("class.create") as session:
            class_id = classes.create_class(session, name, current_user.id, now())
        flash(gettext("The class is there. Choose what it will work on."), "good")
        return redirect(url_for("teacher.class_assignments", class_id=class_id), 303)
    taught = list_classes()
    page = render_template(
        "teacher/home.html",
        form=form,
        demonstration=next((each for each in taught if each.is_demo), None),
        classes=[each for each in taught if not each.is_demo],
        archived=classes.list_taught_classes(db.session(), current_user.id, archived=True),
        quiz=request.args.get("quiz"),
    )
    return make_response(page, 400 if form.errors else 200)


@blueprint.post("/teach/demonstration", endpoint="demonstration")
@teacher_required
def load_demonstration() -> Response:
    """Load the class of simulated learners, or what is missing of it, and open it."""
    if all(not each.is_demo for each in list_classes()):
        session = db.session()
        with write(session):
            audit.record(session, current_user.id, "demonstration.load", now())
    return demonstration.load_some()


def list_classes() -> Sequence[TaughtClass]:
    """Return the classes of the teacher signed in."""
    return classes.list_taught_classes(db.session(), current_user.id)


def read_name(field: Field) -> str | None:
    """Return the name of a class, tidied; None, with the reason on the field, for none."""
    name = tidy(field.data)
    if name and len(name) <= LONGEST_NAME:
        return name
    fault = N_("This name is too long: 80 characters at most.")
    if not name:
        fault = N_("Give the class a name, such as 9B.")
    field.errors = [*field.errors, gettext(fault)]
    return None
