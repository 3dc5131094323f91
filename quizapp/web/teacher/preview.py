"""An assignment as its learners meet it, for its teacher: graded on the spot, nothing kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask_babel import pgettext
from werkzeug.wrappers import Response

from quizapp.store.db import db
from quizapp.store.models import Assignment, SchoolClass
from quizapp.store.quizzes import ServedExercise, choose_language, find_quiz, quiz_languages
from quizapp.web.i18n import current_language
from quizapp.web.learner.exercise_page import (
    Part,
    Step,
    ask_part,
    asked_for,
    review_part,
    verdict,
)
from quizapp.web.library import current_library
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted, typed
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.owned import get_assignment, get_taught_class

ADDRESS = "/teach/classes/<id:class_id>/assignments/<id:assignment>/preview"


@dataclass(frozen=True)
class Preview:
    """The exercises of an assignment and the one that is shown."""

    school_class: SchoolClass
    assignment: Assignment
    exercises: Sequence[ServedExercise]
    served: ServedExercise

    @property
    def place(self) -> int:
        """The number of the exercise, from 1."""
        return [each.id for each in self.exercises].index(self.served.id) + 1

    @property
    def end(self) -> str:
        """The address of the assignment."""
        return url_for(
            "teacher.assignment",
            class_id=self.school_class.id,
            assignment=self.assignment.id,
        )

    def url(self, exercise: ServedExercise) -> str:
        """Return the address of an exercise of the preview."""
        return url_for(
            "teacher.preview_exercise",
            class_id=self.school_class.id,
            assignment=self.assignment.id,
            exercise=exercise.id,
        )

    def step(self) -> Step:
        """Return what follows: the next exercise, at the end the assignment."""
        if self.place < len(self.exercises):
            return Step(self.url(self.exercises[self.place]), pgettext("pupil", "Next exercise"))
        return Step(self.end, pgettext("adult", "End of the preview"))


def open_preview(class_id: int, assignment: int, exercise: str | None = None) -> Preview:
    """Return an exercise of an assignment as it is asked now, the first one unless named.

    In the assignment's language, else the teacher's. 404 for what is not asked, or not there.
    """
    school_class = get_taught_class(class_id)
    found = get_assignment(school_class, assignment)
    quiz, library = (found.source_id, found.quiz_id), current_library()
    languages = quiz_languages(db.session(), library, *quiz)
    if not languages:
        abort(404)
    language = choose_language(languages, found.language, current_language())
    served = find_quiz(db.session(), library, *quiz, language)
    exercises = served.counted(found.excluded) if served else ()
    asked = [each for each in exercises if exercise in (None, each.id)]
    if not asked:
        abort(404)
    return Preview(school_class, found, exercises, asked[0])


@blueprint.get(ADDRESS, endpoint="preview")
@teacher_required
def show_first(class_id: int, assignment: int) -> Response:
    """Go to the first exercise."""
    preview = open_preview(class_id, assignment)
    return redirect(preview.url(preview.served), 303)


@blueprint.route(f"{ADDRESS}/<slug:exercise>", methods=["GET", "POST"], endpoint="preview_exercise")
@refillable
@teacher_required
def try_exercise(class_id: int, assignment: int, exercise: str) -> str | tuple[str, int]:
    """Ask an exercise and explain its answer, as to a learner; store nothing."""
    preview = open_preview(class_id, assignment, exercise)
    if not submitted():
        return _render(preview, ask_part(preview.served, typed() or asked_for()))
    part = ask_part(preview.served, typed(), check=True)
    if part.complaints:
        return _render(preview, part), 422
    part = review_part(preview.served, part.form.payload())
    grade = part.review.grade
    return _render(preview, part, verdict(grade.points, unsure=grade.unsure))


def _render(preview: Preview, part: Part, title: str = "") -> str:
    return render_template(
        "teacher/preview.html",
        preview=preview,
        part=part,
        verdict=title,
        answer_url=request.path,
        following=preview.step() if title else None,
    )
