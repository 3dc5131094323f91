"""What a class is to do: the list, and the form that assigns quizzes; knows no answer."""

from collections.abc import Sequence

from flask import flash, make_response, redirect, request, url_for
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.store import assignments, removed_assignments
from quizapp.store.assignments import Terms
from quizapp.store.db import db
from quizapp.store.models import SchoolClass
from quizapp.store.results import class_matrix
from quizapp.web.clock import now
from quizapp.web.library import current_library
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting
from quizapp.web.teacher.assign_form import (
    Offer,
    chosen_offers,
    list_offers,
    new_assign_form,
    read_terms,
)
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.owned import get_taught_class


@blueprint.route(
    "/teach/classes/<id:class_id>/assignments",
    methods=["GET", "POST"],
    endpoint="class_assignments",
)
@refillable
@teacher_required
def show_assignments(class_id: int) -> Response:
    """List the assignments of a class; assign quizzes."""
    school_class = get_taught_class(class_id)
    matrix = class_matrix(db.session(), class_id, now())
    offers = list_offers(current_library(), matrix.assignments)
    form = new_assign_form(request.args.get("quiz", ""))
    if submitted():
        chosen, terms = chosen_offers(form, offers), read_terms(form)
        if chosen and terms:
            assign(school_class, chosen, terms)
            return redirect(url_for("teacher.class_results", class_id=class_id), 303)
    page = class_page(
        "class_assignments",
        school_class,
        "class_assignments",
        form=form,
        offers=offers,
        given=list(zip(matrix.assignments, matrix.averages, strict=True)),
        learners=len(matrix.rows),
        removed=removed_assignments.list_removed(db.session(), class_id),
        now=now(),
    )
    return make_response(page, 400 if form.errors else 200)


def assign(school_class: SchoolClass, chosen: Sequence[Offer], terms: Terms) -> None:
    """Assign quizzes to a class; one that a double click assigned meanwhile is not doubled."""
    target = f"class:{school_class.id}"
    quizzes = [offer.value for offer in chosen]
    with acting("assignment.create", target, quizzes=quizzes) as session:
        given = assignments.list_assignments(session, school_class.id)
        known = {(each.source_id, each.quiz_id) for each in given}
        for offer in chosen:
            if offer.name not in known:
                assignments.assign(
                    session,
                    [school_class.id],
                    (*offer.name, offer.entry.quiz.title),
                    terms,
                    created_by=current_user.id,
                    now=now(),
                )
    flash(
        ngettext("The quiz is assigned.", "%(num)s quizzes are assigned.", len(chosen)),
        "good",
    )
