"""An attempt as a whole: where it goes on, how it ends, what came of it; grades nothing."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.core import mastery
from quizapp.core.scores import FULL
from quizapp.store.attempts import AttemptState, StoredResponse, finish_attempt
from quizapp.store.db import db
from quizapp.store.notes import Written, find_note
from quizapp.store.results import skill_moves
from quizapp.web.clock import now
from quizapp.web.learner import blueprint
from quizapp.web.learner.exercise_page import Part, place_of, stored_part, title_of
from quizapp.web.learner.next_quiz import suggest
from quizapp.web.learner.own import actor, get_attempt
from quizapp.web.permissions import learner_required


@dataclass(frozen=True)
class Line:
    """An exercise in a list of the attempt; `part` (with its review) and `points` once released."""

    number: int
    id: str
    title: str
    stored: StoredResponse | None
    part: Part | None = None

    @property
    def points(self) -> int | None:
        """The points, 0–10,000; None before release."""
        return None if self.part is None else self.part.review.grade.points

    @property
    def is_mistake(self) -> bool:
        """Whether it is worth looking at again."""
        return self.points is not None and self.points < FULL


def list_lines(attempt: AttemptState) -> list[Line]:
    """Return every exercise of an attempt with what may be shown of it."""
    lines = []
    for served in attempt.exercises:
        stored = attempt.response(served.id)
        shown = attempt.shows_key(served.id)
        part = stored_part(served, stored) if shown else None
        lines.append(Line(place_of(attempt, served), served.id, title_of(served), stored, part))
    return lines


@blueprint.get("/attempts/<id:attempt>", endpoint="attempt")
@learner_required
def show_attempt(attempt: int) -> Response:
    """Go on with the first exercise without an answer, else to the results."""
    state = get_attempt(attempt)
    following = state.next_exercise
    if following is None or state.is_finished:
        return redirect(url_for("learner.results", attempt=attempt), 303)
    return redirect(url_for("learner.exercise", attempt=attempt, exercise=following.id), 303)


@blueprint.route("/attempts/<id:attempt>/finish", methods=["GET", "POST"], endpoint="finish")
@learner_required
def finish(attempt: int) -> str | Response:
    """Name what has no answer, then hand in what there is."""
    state = get_attempt(attempt)
    confirmed = request.method == "POST" and (
        not state.unanswered or request.form.get("confirm") == "1"
    )
    if confirmed and not state.is_finished:
        finish_attempt(db.session(), actor(), attempt_id=attempt, now=now())
    if confirmed or state.is_finished:
        return redirect(url_for("learner.results", attempt=attempt), 303)
    return render_template("learner/finish.html", attempt=state, lines=list_lines(state))


@blueprint.get("/attempts/<id:attempt>/results", endpoint="results")
@learner_required
def show_results(attempt: int) -> str | Response:
    """Show the score, the skills, the mistakes beside the key, one next step; or wait."""
    state = get_attempt(attempt)
    if not state.is_finished:
        return redirect(url_for("learner.attempt", attempt=attempt), 303)
    lines = list_lines(state)
    shows_moves = state.is_released and not state.is_review
    return render_template(
        "learner/results.html",
        attempt=state,
        lines=lines,
        mistakes=[line for line in lines if line.is_mistake],
        moves=skill_moves(db.session(), state, now()) if shows_moves else [],
        least_exercises=mastery.MINIMUM,
        suggestion=suggest(state),
        note=note_on(state),
    )


def note_on(attempt: AttemptState) -> Written | None:
    """Return what the learner's teacher wrote about the assignment of an attempt."""
    if attempt.assignment_id is None:
        return None
    return find_note(db.session(), attempt.assignment_id, attempt.account_id)
