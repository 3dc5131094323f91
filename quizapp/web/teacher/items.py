"""How a class answered an assignment: exercise by exercise, hardest first, and one of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, request

from quizapp.exercises.registry import get_kind
from quizapp.store.db import db
from quizapp.store.models import Assignment, SchoolClass
from quizapp.store.quizzes import ServedExercise
from quizapp.store.regrade import Offer, Scope, find_offers
from quizapp.store.results import (
    AssignmentSummary,
    ExerciseSummary,
    Handed,
    ItemAnswers,
    Learner,
    MatrixCell,
    assignment_summary,
    class_matrix,
    item_answers,
    list_learners,
)
from quizapp.web.clock import now
from quizapp.web.item_words import FIRM, FigureLine, item_lines, say_discrimination, total_lines
from quizapp.web.library import current_library
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.assignment import ADDRESS
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.matrix_sheet import number_names
from quizapp.web.teacher.owned import get_assignment, get_taught_class

VERSION = re.compile("[1-9][0-9]?")
"""Which of the versions of an exercise, the most answered first."""


@dataclass(frozen=True)
class ShownItem:
    """An exercise with its figures in words; `advice` is empty under FIRM learners.

    `is_doubtful`: its key should be read again. `version` tells it from other revisions of it.
    """

    summary: ExerciseSummary
    question: Any
    advice: str
    is_doubtful: bool
    lines: Sequence[FigureLine]
    version: int

    @property
    def served(self) -> ServedExercise:
        """The exercise as it was asked."""
        return self.summary.exercise

    @property
    def query(self) -> dict[str, Any]:
        """What its address says besides the exercise."""
        return {"version": self.version} if self.version > 1 else {}


@blueprint.get(ADDRESS, endpoint="assignment")
@teacher_required
def show_assignment(class_id: int, assignment: int) -> str:
    """Show how each exercise went, hardest first, and who has not handed in."""
    school_class = get_taught_class(class_id)
    found = get_assignment(school_class, assignment)
    summary = assignment_summary(db.session(), found)
    return class_page(
        "assignment",
        school_class,
        "class_assignments",
        assignment=found,
        summary=summary,
        items=shown_items(summary),
        total=total_lines(summary.total, summary.counted),
        waiting=list_waiting(school_class, found),
        offers=list_offers(found),
        firm=FIRM,
        now=now(),
    )


@blueprint.get(f"{ADDRESS}/items/<slug:exercise>", endpoint="item")
@teacher_required
def show_item(class_id: int, assignment: int, exercise: str) -> str:
    """Show the answers to one exercise by option, or over the passage, and who gave them."""
    school_class = get_taught_class(class_id)
    found = get_assignment(school_class, assignment)
    items = shown_items(assignment_summary(db.session(), found))
    item = find_item(items, exercise, request.args.get("version", "1"))
    at = items.index(item)
    hidden = request.args.get("names") == "0"
    return class_page(
        "item",
        school_class,
        "class_assignments",
        assignment=found,
        item=item,
        answers=get_answers(found, item),
        names=read_names(school_class, hidden=hidden),
        hidden=hidden,
        previous=items[at - 1] if at else None,
        following=items[at + 1] if at + 1 < len(items) else None,
        place=at + 1,
        items=items,
    )


def shown_items(summary: AssignmentSummary) -> list[ShownItem]:
    """Return the exercises from the hardest to the easiest, those set aside last."""
    versions: dict[str, int] = {}
    shown = []
    for each in summary.exercises:
        versions[each.exercise.id] = versions.get(each.exercise.id, 0) + 1
        shown.append(_shown(each, versions[each.exercise.id]))
    return sorted(shown, key=lambda item: (item.summary.set_aside, item.summary.facility or 0.0))


def _shown(summary: ExerciseSummary, version: int) -> ShownItem:
    served, figures = summary.exercise, summary.figures
    firm = summary.compared >= FIRM
    value = figures.discrimination
    return ShownItem(
        summary=summary,
        question=get_kind(served.kind).question(served.exercise),
        advice=say_discrimination(value) if firm else "",
        is_doubtful=firm and value is not None and value < 0,
        lines=item_lines(figures, summary.compared, set_aside=summary.set_aside),
        version=version,
    )


def find_item(items: Sequence[ShownItem], exercise: str, version: str) -> ShownItem:
    """Return an exercise that the class was asked; 404 for any other, or another version."""
    wanted = (exercise, int(version)) if VERSION.fullmatch(version) else None
    found = [item for item in items if (item.served.id, item.version) == wanted]
    if not found:
        abort(404)
    return found[0]


def get_answers(assignment: Assignment, item: ShownItem) -> ItemAnswers:
    """Return the answers to an exercise; 404 when the last of them has just gone."""
    answers = item_answers(db.session(), assignment, item.summary.key)
    if answers is None:
        abort(404)
    return answers


def read_names(school_class: SchoolClass, *, hidden: bool) -> dict[int, str]:
    """Return how each learner is called on the page: by name, or "Learner 7" as in the matrix."""
    learners = list_learners(db.session(), school_class.id)
    if hidden:
        return number_names(learner.id for learner in learners)
    return {learner.id: learner.name for learner in learners}


def list_offers(assignment: Assignment) -> list[Offer]:
    """Return the exercises of the assignment whose key changed after the class was marked."""
    quiz = (assignment.source_id, assignment.quiz_id)
    return find_offers(db.session(), current_library(), Scope(assignment.class_id), quiz)


def list_waiting(
    school_class: SchoolClass, assignment: Assignment
) -> list[tuple[Learner, MatrixCell]]:
    """Return who has not finished an assignment, with how far they are."""
    matrix = class_matrix(db.session(), school_class.id, now())
    place = [each.id for each in matrix.assignments].index(assignment.id)
    cells = [(row.learner, row.cells[place]) for row in matrix.rows]
    return [each for each in cells if each[1].state is not Handed.FINISHED]
