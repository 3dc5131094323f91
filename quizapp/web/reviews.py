"""The correction of a stored answer as it was marked last; knows no page."""

from dataclasses import replace
from typing import Any

from quizapp.exercises.registry import get_kind
from quizapp.store.attempts import StoredResponse
from quizapp.store.db import db
from quizapp.store.quizzes import ServedExercise
from quizapp.store.regrade import graded_exercise


def stored_review(served: ServedExercise, stored: StoredResponse) -> Any:
    """Return the correction by the key, and with the points, that the answer has now.

    After a regrade that is the corrected key; the question is the one that was asked.
    """
    graded = graded_exercise(db.session(), served, stored)
    review = get_kind(graded.kind).review(graded.exercise, stored.payload)
    grade = replace(review.grade, points=stored.points, right=stored.right)
    return replace(review, grade=grade)


def is_regraded(stored: StoredResponse | None) -> bool:
    """Tell whether the marks are others than those of the key on which the answer was given."""
    if stored is None:
        return False
    return stored.graded_revision is not None or "full_credit" in stored.marks
