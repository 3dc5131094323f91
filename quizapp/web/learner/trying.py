"""One exercise to try, open to all: it is graded on the spot and nothing is stored."""

from flask import abort, render_template, request, url_for
from flask_login import current_user

from quizapp.exercises.registry import KINDS
from quizapp.store.db import db
from quizapp.store.quizzes import ServedExercise, ServedQuiz
from quizapp.store.release import has_unreleased_assignment
from quizapp.web.clock import now
from quizapp.web.learner.catalogue import list_entries
from quizapp.web.learner.exercise_page import Part, ask_part, asked_for, review_part, verdict
from quizapp.web.library import current_library
from quizapp.web.pages import blueprint
from quizapp.web.refill import refillable, submitted, typed

FIRST_KIND = "loaded_language"


@blueprint.route("/try", methods=["GET", "POST"], endpoint="try_exercise")
@refillable
def try_exercise() -> str | tuple[str, int]:
    """Ask one exercise and explain its answer."""
    served = choose_exercise(request.args.get("kind") or typed().get("kind"))
    # An exercise that is not asked any more is asked anew, not graded as another one.
    if not submitted() or typed().get("exercise") != served.id:
        return _render(served, ask_part(served, typed() or asked_for()))
    part = ask_part(served, typed(), check=True)
    if part.complaints:
        return _render(served, part), 422
    part = review_part(served, part.form.payload())
    grade = part.review.grade
    return _render(served, part, verdict(grade.points, unsure=grade.unsure))


def choose_exercise(kind: str | None) -> ServedExercise:
    """Return an exercise of the kind asked for, else of another kind; 404 without any.

    Raises 404 for a kind that does not exist, too.
    """
    if kind is not None and kind not in KINDS:
        abort(404)
    found = (find_exercise(each) for each in (kind or FIRST_KIND, *KINDS))
    return next((each for each in found if each is not None), None) or abort(404)


def find_exercise(kind: str) -> ServedExercise | None:
    """Return the first exercise of a kind, of the easiest quiz in the language of the page.

    A quiz that is an unreleased assignment of the person signed in is left out.
    """
    entries = [entry for entry in list_entries(current_library()) if kind in entry.skills]
    for entry in sorted(entries, key=lambda each: each.quiz.level):
        if not _is_unreleased(entry.quiz):
            return next(each for each in entry.quiz.exercises if each.kind == kind)
    return None


def _is_unreleased(quiz: ServedQuiz) -> bool:
    return current_user.is_authenticated and has_unreleased_assignment(
        db.session(), current_user.id, quiz.source_id, quiz.id, now()
    )


def _render(served: ServedExercise, part: Part, title: str = "") -> str:
    return render_template(
        "pages/try_exercise.html",
        part=part,
        exercise=served.id,
        verdict=title,
        answer_url=url_for("pages.try_exercise"),
        others=[kind for kind in KINDS if kind != served.kind and find_exercise(kind)],
    )
