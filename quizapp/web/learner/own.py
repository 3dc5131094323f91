"""Finds what belongs to the person signed in; everything else is a page that does not exist."""

from flask import abort
from flask_login import current_user

from quizapp.store.attempts import Actor, AttemptState, find_attempt, find_exercise
from quizapp.store.db import db
from quizapp.store.quizzes import ServedExercise
from quizapp.web.clock import now


def actor() -> Actor:
    """Return who writes: the account with the session row that must still live."""
    return Actor(current_user.id, current_user.session_id)


def get_attempt(attempt_id: int) -> AttemptState:
    """Return an attempt of the person signed in; 404 for another's and for none."""
    found = find_attempt(db.session(), attempt_id, current_user.id, now())
    if found is None:
        abort(404)
    return found


def get_exercise(attempt: AttemptState, exercise_id: str) -> ServedExercise:
    """Return an exercise of the revision on which the attempt began; 404 for any other."""
    found = next((each for each in attempt.exercises if each.id == exercise_id), None)
    return found or abort(404)


def get_own_exercise(attempt_id: int, exercise_id: str) -> ServedExercise:
    """Return an exercise of an attempt of the person signed in, without the rest; else 404."""
    found = find_exercise(db.session(), attempt_id, current_user.id, exercise_id)
    return found or abort(404)
