"""One learner of a class, and one attempt of theirs; changes nothing."""

from dataclasses import dataclass
from typing import Any

from quizapp.store.attempts import AttemptState, StoredResponse
from quizapp.store.db import db
from quizapp.store.quizzes import ServedExercise
from quizapp.store.results import (
    MatrixRow,
    class_learner_attempts,
    class_learner_skills,
    class_matrix,
)
from quizapp.web.clock import now
from quizapp.web.permissions import teacher_required
from quizapp.web.reviews import is_regraded, stored_review
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.owned import get_attempt, get_learner, get_taught_class
from quizapp.web.teacher.skills import skill_words


@dataclass(frozen=True)
class AnsweredExercise:
    """An exercise of an attempt with its correction; both None when it was not answered.

    `regraded` marks follow a corrected key.
    """

    served: ServedExercise
    response: StoredResponse | None
    review: Any
    regraded: bool


@blueprint.get("/teach/classes/<id:class_id>/learners/<id:learner>", endpoint="learner")
@teacher_required
def show_learner(class_id: int, learner: int) -> str:
    """Show a learner's skills, assignments and attempts in this class."""
    school_class = get_taught_class(class_id)
    member = get_learner(school_class, learner)
    matrix = class_matrix(db.session(), class_id, now())
    row = next((row for row in matrix.rows if row.learner.id == member.account_id), None)
    return class_page(
        "learner",
        school_class,
        "class_results",
        member=member,
        given=_given(matrix.assignments, row),
        average=row.average if row else None,
        skills=class_learner_skills(db.session(), class_id, member.account_id),
        attempts=class_learner_attempts(db.session(), class_id, member.account_id),
        **skill_words(),
    )


@blueprint.get("/teach/classes/<id:class_id>/attempts/<id:attempt>", endpoint="attempt")
@teacher_required
def show_attempt(class_id: int, attempt: int) -> str:
    """Show every answer of an attempt beside the key."""
    school_class = get_taught_class(class_id)
    found = get_attempt(school_class, attempt)
    return class_page(
        "attempt",
        school_class,
        "class_results",
        attempt=found,
        member=get_learner(school_class, found.account_id),
        answered=[answered_exercise(found, served) for served in found.exercises],
    )


def answered_exercise(attempt: AttemptState, served: ServedExercise) -> AnsweredExercise:
    """Return an exercise of an attempt as the template reviews it."""
    response = attempt.response(served.id)
    review = None
    if response is not None:
        review = stored_review(served, response)
    return AnsweredExercise(served, response, review, is_regraded(response))


def _given(assignments: tuple[Any, ...], row: MatrixRow | None) -> list[tuple[Any, Any]]:
    return list(zip(assignments, row.cells, strict=True)) if row else []
