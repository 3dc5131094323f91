"""One learner of a class: skills, assignments, attempts, notes; changes nothing."""

from typing import Any

from quizapp.store import notes
from quizapp.store.db import db
from quizapp.store.results import (
    MatrixRow,
    class_learner_attempts,
    class_learner_skills,
    class_matrix,
)
from quizapp.web.clock import now
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.owned import get_learner, get_taught_class
from quizapp.web.teacher.skills import skill_words


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
        notes=notes.list_class_notes(db.session(), class_id, member.account_id),
        attempts=class_learner_attempts(db.session(), class_id, member.account_id),
        **skill_words(),
    )


def _given(assignments: tuple[Any, ...], row: MatrixRow | None) -> list[tuple[Any, Any]]:
    return list(zip(assignments, row.cells, strict=True)) if row else []
