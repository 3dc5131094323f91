"""Corrected keys in a class: its teacher decides what becomes of its marks."""

from typing import Any

from flask import abort, make_response, redirect, url_for
from werkzeug.wrappers import Response

from quizapp.store.db import db
from quizapp.store.models import Assignment
from quizapp.store.regrade import LiveExercise, Scope, asked_exercises
from quizapp.store.results import list_learners
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted, typed
from quizapp.web.regrading import (
    CHOICES,
    ChoiceForm,
    choices_of,
    commit,
    get_live,
    read_choice,
    regrade_page,
)
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.owned import get_assignment, get_taught_class

ADDRESS = (
    "/teach/classes/<id:class_id>/assignments/<id:assignment>"
    "/regrade/<slug:language>/<slug:exercise>"
)


@blueprint.route(ADDRESS, methods=["GET", "POST"], endpoint="regrade")
@refillable
@teacher_required
def regrade(class_id: int, assignment: int, language: str, exercise: str) -> Response:
    """Show what a corrected key would change in the class's marks; change them."""
    school_class = get_taught_class(class_id)
    given = get_assignment(school_class, assignment)
    page = regrade_page(get_asked(given, language, exercise), Scope(class_id))
    form = ChoiceForm(typed() or None)
    choice = read_choice(form, page) if submitted() else None
    if choice is not None:
        done = commit(page, Scope(class_id), choice)
        place: dict[str, Any] = {"class_id": class_id, "assignment": assignment}
        here = url_for("teacher.regrade", **place, language=language, exercise=exercise)
        return redirect(url_for("teacher.assignment", **place) if done else here, 303)
    names = {each.id: each.name for each in list_learners(db.session(), class_id)}
    shown = class_page(
        "regrade", school_class, "class_assignments", assignment=given, page=page, form=form,
        choices=choices_of(page), choice_names=CHOICES, names=names,
    )  # fmt: skip
    return make_response(shown, 400 if form.errors else 200)


def get_asked(assignment: Assignment, language: str, exercise: str) -> LiveExercise:
    """Return an exercise that the assignment's quiz has asked, as it is served now; else 404."""
    quiz = (assignment.source_id, assignment.quiz_id, language)
    if exercise not in asked_exercises(db.session(), *quiz):
        abort(404)
    return get_live(assignment.source_id, language, exercise)
