"""One assignment of a class: its terms, taking it away and back."""

from flask import abort, flash, make_response, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from quizapp.store import assignments, extensions, removed_assignments
from quizapp.web.clock import now
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting
from quizapp.web.teacher.assigning import warn_of_known_keys
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.owned import get_assignment, get_taught_class
from quizapp.web.teacher.terms_form import askable, read_terms, terms_form

ADDRESS = "/teach/classes/<id:class_id>/assignments/<id:assignment>"


@blueprint.route(f"{ADDRESS}/terms", methods=["GET", "POST"], endpoint="assignment_terms")
@refillable
@teacher_required
def change_terms(class_id: int, assignment: int) -> Response:
    """Change dates, feedback, attempts, language and what is asked."""
    school_class = get_taught_class(class_id)
    found = get_assignment(school_class, assignment)
    offered = askable(found.source_id, found.quiz_id)
    form = terms_form(found, offered)
    terms = read_terms(form, offered, found) if submitted() else None
    if terms is not None:
        with acting("assignment.change", f"assignment:{found.id}") as session:
            assignments.change_terms(session, found.id, terms)
            extensions.follow_due(session, found.id)
        flash(gettext("The assignment is changed."), "good")
        warn_of_known_keys(terms)
        return redirect(url_for("teacher.class_assignments", class_id=class_id), 303)
    page = class_page(
        "assignment_terms",
        school_class,
        "class_assignments",
        form=form,
        offered=offered,
        assignment=found,
    )
    return make_response(page, 422 if form.errors else 200)


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
