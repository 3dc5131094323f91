"""One assignment of a class: how each exercise went, its terms, taking it away and back."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, make_response, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from quizapp.exercises.registry import get_kind
from quizapp.store import assignments, removed_assignments
from quizapp.store.db import db
from quizapp.store.models import Assignment, SchoolClass
from quizapp.store.regrade import Offer, Scope, find_offers
from quizapp.store.results import (
    ExerciseSummary,
    Handed,
    Learner,
    MatrixCell,
    assignment_summary,
    class_matrix,
)
from quizapp.web.clock import now
from quizapp.web.library import current_library
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting
from quizapp.web.teacher.assign_form import read_terms, terms_form
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.owned import get_assignment, get_taught_class

ADDRESS = "/teach/classes/<id:class_id>/assignments/<id:assignment>"


@dataclass(frozen=True)
class AskedExercise:
    """An exercise as its template needs it to show what the class answered."""

    kind: str
    title: str | None
    question: Any
    summary: ExerciseSummary


@blueprint.get(ADDRESS, endpoint="assignment")
@teacher_required
def show_assignment(class_id: int, assignment: int) -> str:
    """Show what the class answered, exercise by exercise, and who has not handed in."""
    school_class = get_taught_class(class_id)
    found = get_assignment(school_class, assignment)
    summary = assignment_summary(db.session(), found)
    return class_page(
        "assignment",
        school_class,
        "class_assignments",
        assignment=found,
        summary=summary,
        asked=[asked_exercise(each) for each in summary.exercises],
        waiting=list_waiting(school_class, found),
        offers=list_offers(found),
        now=now(),
    )


@blueprint.route(f"{ADDRESS}/terms", methods=["GET", "POST"], endpoint="assignment_terms")
@refillable
@teacher_required
def change_terms(class_id: int, assignment: int) -> Response:
    """Change due date, feedback and attempts."""
    school_class = get_taught_class(class_id)
    found = get_assignment(school_class, assignment)
    form = terms_form(found)
    terms = read_terms(form, found) if submitted() else None
    if terms is not None:
        with acting("assignment.change", f"assignment:{found.id}") as session:
            assignments.change_terms(session, found.id, terms)
        flash(gettext("The assignment is changed."), "good")
        return redirect(url_for("teacher.class_assignments", class_id=class_id), 303)
    page = class_page(
        "assignment_terms", school_class, "class_assignments", form=form, assignment=found
    )
    return make_response(page, 400 if form.errors else 200)


@blueprint.post(f"{ADDRESS}/remove", endpoint="remove_assignment")
@teacher_required
def remove_assignment(class_id: int, assignment: int) -> Response:
    """Take an assignment away; its answers are kept."""
    found = get_assignment(get_taught_class(class_id), assignment)
    with acting("assignment.remove", f"assignment:{found.id}") as session:
        assignments.remove_assignment(session, found.id, now())
    flash(gettext("“%(title)s” is removed. It can be brought back below.", title=found.title))
    return redirect(url_for("teacher.class_assignments", class_id=class_id), 303)


@blueprint.post(f"{ADDRESS}/restore", endpoint="restore_assignment")
@teacher_required
def restore_assignment(class_id: int, assignment: int) -> Response:
    """Bring a removed assignment back with all its answers."""
    school_class = get_taught_class(class_id)
    with acting("assignment.restore", f"assignment:{assignment}") as session:
        if not removed_assignments.restore_assignment(session, school_class.id, assignment):
            abort(404)
    flash(gettext("The assignment is back."), "good")
    return redirect(url_for("teacher.class_assignments", class_id=class_id), 303)


def asked_exercise(summary: ExerciseSummary) -> AskedExercise:
    """Return an exercise with the question that its tally refers to."""
    served = summary.exercise
    question = get_kind(served.kind).question(served.exercise)
    return AskedExercise(served.kind, served.exercise.title, question, summary)


def list_offers(assignment: Assignment) -> list[Offer]:
    """Return the exercises of the assignment whose key changed after the class was marked."""
    quiz = (assignment.source_id, assignment.quiz_id)
    return find_offers(db.session(), current_library(), Scope(assignment.class_id), quiz)


def list_waiting(
    school_class: SchoolClass, assignment: Assignment
) -> list[tuple[Learner, MatrixCell]]:
    """Return who has not finished an assignment, with how far they are."""
    matrix = class_matrix(db.session(), school_class.id, now())
    place = [each.id for each in matrix.assignments].index(assignment.id)
    cells = [(row.learner, row.cells[place]) for row in matrix.rows]
    return [each for each in cells if each[1].state is not Handed.FINISHED]
