"""Which exercises the assignments of a class ask, as served now or as asked before; no answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.content.model import Library
from quizapp.store.assignments import list_assignments
from quizapp.store.models import Assignment, Attempt
from quizapp.store.quizzes import (
    QuizMissing,
    ServedExercise,
    ServedQuiz,
    choose_language,
    find_quiz,
    load_quiz_revision,
    quiz_languages,
)

Place = tuple[str, str]
"""Source id and exercise id, whatever the language."""


@dataclass(frozen=True)
class AskedExercise:
    """An exercise with the first assignment of the class that asks it, and its place there."""

    assignment: Assignment
    served: ServedExercise
    position: int


def asked_exercises_of(
    session: Session, library: Library, class_id: int, language: str
) -> Mapping[Place, AskedExercise]:
    """Return every exercise that the assignments of a class ask, perhaps in this language."""
    found: dict[Place, AskedExercise] = {}
    for assignment in list_assignments(session, class_id):
        asked = asked_by(session, library, assignment, language).values()
        for position, served in enumerate(asked, 1):
            place = (assignment.source_id, served.id)
            found.setdefault(place, AskedExercise(assignment, served, position))
    return found


def asked_by(
    session: Session, library: Library, assignment: Assignment, language: str
) -> Mapping[str, ServedExercise]:
    """Return the exercises of an assignment by id, in its language, else in this one if it can.

    Besides those of the quiz as it is served, those that attempts were asked before it changed.
    """
    found: dict[str, ServedExercise] = {}
    for quiz in _quizzes(session, library, assignment, language):
        for served in quiz.counted(assignment.excluded):
            found.setdefault(served.id, served)
    return found


def _quizzes(
    session: Session, library: Library, assignment: Assignment, language: str
) -> Iterator[ServedQuiz]:
    name = (assignment.source_id, assignment.quiz_id)
    try:
        languages = quiz_languages(session, library, *name)
        chosen = choose_language(languages, assignment.language, language)
    except QuizMissing:
        live = None
    else:
        live = find_quiz(session, library, *name, chosen)
    if live is not None:
        yield live
    asked = select(Attempt.quiz_revision).where(Attempt.assignment_id == assignment.id)
    for revision in sorted(session.scalars(asked.distinct())):
        yield load_quiz_revision(session, revision)
