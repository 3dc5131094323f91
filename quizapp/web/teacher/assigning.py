"""What classes are to do: the list, and the form that assigns quizzes; knows no answer."""

from collections.abc import Sequence

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import ngettext, pgettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.store import assignments, classes, removed_assignments
from quizapp.store.assignments import Terms
from quizapp.store.classes import TaughtClass
from quizapp.store.db import db
from quizapp.store.models import Feedback, SchoolClass
from quizapp.store.results import Matrix, class_matrix
from quizapp.web.clock import now
from quizapp.web.library import current_library
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting
from quizapp.web.teacher.assign_form import (
    AssignForm,
    Offer,
    chosen_classes,
    chosen_offers,
    languages_of,
    list_offers,
    new_assign_form,
)
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.owned import get_taught_class
from quizapp.web.teacher.terms_form import askable, read_terms


@blueprint.route(
    "/teach/classes/<id:class_id>/assignments",
    methods=["GET", "POST"],
    endpoint="class_assignments",
)
@refillable
@teacher_required
def show_assignments(class_id: int) -> Response:
    """List the assignments of a class; assign quizzes, perhaps to other classes as well."""
    school_class = get_taught_class(class_id)
    matrix = class_matrix(db.session(), class_id, now())
    offers = list_offers(current_library(), matrix.assignments)
    others = list_classes(school_class)
    form = new_assign_form(quiz=request.args.get("quiz", ""))
    if submitted():
        chosen, terms = chosen_offers(form, offers), read_terms(form, languages_of(offers))
        targets = chosen_classes(form, others, needed=False)
        if chosen and terms and not form.errors:
            assign([class_id, *(each.id for each in targets)], chosen, terms)
            return redirect(url_for("teacher.class_results", class_id=class_id), 303)
    return assignments_page(school_class, matrix, form=form, offers=offers, others=others)


def assignments_page(
    school_class: SchoolClass,
    matrix: Matrix,
    *,
    form: AssignForm,
    offers: Sequence[Offer],
    others: Sequence[TaughtClass],
) -> Response:
    """Return the page of what the class is to do, with the form as it stands."""
    page = class_page(
        "class_assignments",
        school_class,
        "class_assignments",
        form=form,
        offers=offers,
        offered=languages_of(offers),
        others=others,
        given=list(zip(matrix.assignments, matrix.averages, strict=True)),
        learners=len(matrix.rows),
        removed=removed_assignments.list_removed(db.session(), school_class.id),
        now=now(),
    )
    return make_response(page, 422 if form.errors else 200)


@blueprint.route(
    "/teach/assign/<slug:source>/<slug:quiz>", methods=["GET", "POST"], endpoint="assign_quiz"
)
@refillable
@teacher_required
def assign_quiz(source: str, quiz: str) -> Response:
    """Assign one quiz to classes; the newest is ticked."""
    offer = find_offer(source, quiz)
    offered, taught = askable(source, quiz), list_classes()
    form = new_assign_form(
        quiz=offer.value, classes=[each.id for each in taught[:1]], asked=offered.ids
    )
    if submitted():
        form.quiz.data = [offer.value]
        terms, targets = read_terms(form, offered), chosen_classes(form, taught, needed=True)
        if terms and not form.errors:
            assign([each.id for each in targets], [offer], terms)
            return redirect(url_after(targets), 303)
    page = render_template(
        "teacher/assign_quiz.html", form=form, offer=offer, offered=offered, classes=taught
    )
    return make_response(page, 422 if form.errors else 200)


def find_offer(source: str, quiz: str) -> Offer:
    """Return a quiz that can be assigned; 404 for one that is not there."""
    found = (each for each in list_offers(current_library(), ()) if each.name == (source, quiz))
    return next(found, None) or abort(404)


def list_classes(own: SchoolClass | None = None) -> list[TaughtClass]:
    """Return the classes of the teacher signed in, newest first, without `own`."""
    taught = classes.list_taught_classes(db.session(), current_user.id)
    return [each for each in taught if not each.is_demo and (own is None or each.id != own.id)]


def url_after(targets: Sequence[TaughtClass]) -> str:
    """Return the page on which what was assigned is seen."""
    if len(targets) == 1:
        return url_for("teacher.class_results", class_id=targets[0].id)
    return url_for("teacher.home")


def assign(class_ids: Sequence[int], chosen: Sequence[Offer], terms: Terms) -> None:
    """Assign quizzes to classes; what a class has already is not doubled."""
    target = f"class:{class_ids[0]}"
    quizzes = [offer.value for offer in chosen]
    made = 0
    with acting("assignment.create", target, quizzes=quizzes, classes=list(class_ids)) as session:
        for class_id in class_ids:
            given = assignments.list_assignments(session, class_id)
            known = {(each.source_id, each.quiz_id) for each in given}
            for offer in chosen:
                if offer.name not in known:
                    assignments.assign(
                        session,
                        [class_id],
                        (*offer.name, offer.entry.quiz.title),
                        terms,
                        created_by=current_user.id,
                        now=now(),
                    )
                    made += 1
    tell(made, terms, len(class_ids) * len(chosen))


def tell(made: int, terms: Terms, wanted: int) -> None:
    """Say what was assigned, and what follows from its terms."""
    if made:
        flash(ngettext("The quiz is assigned.", "%(num)s quizzes are assigned.", made), "good")
    if made < wanted:
        flash(pgettext("adult", "What a class had already was left as it is."))
    warn_of_known_keys(terms)


def warn_of_known_keys(terms: Terms) -> None:
    """Say that a second attempt is made with the keys known, where it is."""
    if terms.attempts_limit > 1 and terms.feedback is Feedback.AT_ONCE:
        flash(
            pgettext(
                "adult",
                "Answers are explained at once and several attempts are allowed: the second "
                "attempt is made with the keys known. The matrix counts the first one.",
            ),
            "warn",
        )
