"""Contested keys: the authors' queue with the reasons given, and closing it; changes no mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.content.model import Library, Quiz
from quizapp.store.contests import ContestedKey, close_contests, list_contested
from quizapp.store.db import db
from quizapp.store.models import ContestState
from quizapp.web.acting import acting
from quizapp.web.author import blueprint
from quizapp.web.clock import now
from quizapp.web.library import current_library
from quizapp.web.permissions import author_required


@dataclass(frozen=True)
class ShownContest:
    """A contested key with where to look at it; `href` is empty for one that is served no more.

    `is_former` tells that the exercise has changed since.
    """

    contested: ContestedKey
    title: str
    language: str
    href: str
    is_former: bool


@blueprint.get("/contests", endpoint="contests")
@author_required
def show_contests() -> str:
    """List the keys that somebody contests, the most contested first."""
    library = current_library()
    found = [show_contest(each, library) for each in list_contested(db.session())]
    return render_template("author/contests.html", contests=found)


@blueprint.post(
    "/contests/<slug:source>/<slug:language>/<slug:exercise>", endpoint="close_contests"
)
@author_required
def close(source: str, language: str, exercise: str) -> Response:
    """Close the contests of an exercise as kept or corrected; 404 where there are none."""
    place = (source, language, exercise)
    corrected = request.form.get("state") == ContestState.CORRECTED
    state = ContestState.CORRECTED if corrected else ContestState.KEPT
    with acting("contest.close", "/".join(place), state=state.value) as session:
        if not close_contests(session, place, state, closed_by=current_user.id, now=now()):
            abort(404)
    flash(gettext("The reasons are closed."), "good")
    return redirect(url_for("author.contests"), 303)


def show_contest(contested: ContestedKey, library: Library) -> ShownContest:
    """Return a contested key with the address of its exercise on the author's page."""
    quiz = find_place(contested, list(library.quizzes.values()))
    if quiz is None:
        return ShownContest(contested, contested.exercise_id, contested.language, "", True)
    number = [each.id for each in quiz.exercises].index(contested.exercise_id) + 1
    address = url_for("author.quiz", source=quiz.source.id, quiz=quiz.id, language=quiz.language)
    return ShownContest(
        contested=contested,
        title=f"{quiz.title}, {contested.exercise_id}",
        language=quiz.language,
        href=f"{address}#exercise-{number}",
        is_former=quiz.exercise_hashes[contested.exercise_id].all != contested.exercise_revision,
    )


def find_place(contested: ContestedKey, quizzes: Sequence[Quiz]) -> Quiz | None:
    """Return the quiz that has the exercise now; it may have moved since."""
    return next(
        (
            quiz
            for quiz in quizzes
            if (quiz.source.id, quiz.language) == (contested.source_id, contested.language)
            and contested.exercise_id in quiz.exercise_hashes
        ),
        None,
    )
