"""The exercises as they are served now, and stored revisions whose key is another one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.content.model import Library
from quizapp.content.revisions import compile_exercise
from quizapp.store.models import ExerciseRevision, QuizRevision
from quizapp.store.quizzes import (
    QuizMissing,
    ServedExercise,
    ServedQuiz,
    list_quizzes,
)

Changed = Mapping["ExerciseKey", frozenset[str]]


class ExerciseKey(NamedTuple):
    """An exercise whichever quiz it stands in: ids are unique in a source, languages apart."""

    source_id: str
    language: str
    exercise_id: str


@dataclass(frozen=True)
class LiveExercise:
    """An exercise as it is served now, in the quiz in which it stands now."""

    quiz: ServedQuiz
    exercise: ServedExercise


def live_exercises(
    session: Session, library: Library, source_id: str | None = None
) -> dict[ExerciseKey, LiveExercise]:
    """Return the exercises that are served now, perhaps of one source only."""
    return {
        ExerciseKey(quiz.source_id, quiz.language, served.id): LiveExercise(quiz, served)
        for quiz in list_quizzes(session, library)
        if source_id in (None, quiz.source_id)
        for served in quiz.exercises
    }


def changed_revisions(
    session: Session, keys: Mapping[ExerciseKey, str], quiz_id: str | None = None
) -> Changed:
    """Return for each exercise the stored revisions that have another key than the one given.

    `keys` holds key hashes; perhaps only what one quiz has ever asked is looked at.
    """
    found: dict[ExerciseKey, set[str]] = {}
    rows = session.execute(
        select(ExerciseRevision.hash, ExerciseRevision.key_hash).where(
            ExerciseRevision.exercise_id.in_({key.exercise_id for key in keys})
        )
    )
    key_hashes = {row.hash: row.key_hash for row in rows}
    for key, revision in _revisions(session, {key.source_id for key in keys}, quiz_id):
        if key in keys and key_hashes[revision] != keys[key]:
            found.setdefault(key, set()).add(revision)
    return {key: frozenset(revisions) for key, revisions in found.items()}


def asked_exercises(session: Session, source_id: str, quiz_id: str, language: str) -> set[str]:
    """Return the ids of the exercises that any stored revision of a quiz has asked."""
    statement = select(QuizRevision.document).where(
        QuizRevision.source_id == source_id,
        QuizRevision.quiz_id == quiz_id,
        QuizRevision.language == language,
    )
    return {
        entry["id"] for document in session.scalars(statement) for entry in document["exercises"]
    }


def load_exercise(session: Session, revision: str) -> ServedExercise:
    """Return a stored exercise; QuizMissing for an unknown hash, InvalidDocument as it compiles."""
    document = session.scalar(
        select(ExerciseRevision.document).where(ExerciseRevision.hash == revision)
    )
    if document is None:
        raise QuizMissing(revision)
    return ServedExercise(revision, compile_exercise(document), document)


def _revisions(
    session: Session, sources: set[str], quiz_id: str | None
) -> Iterator[tuple[ExerciseKey, str]]:
    """Yield every exercise of every stored quiz with its revision there."""
    statement = select(QuizRevision.source_id, QuizRevision.language, QuizRevision.document)
    statement = statement.where(QuizRevision.source_id.in_(sources))
    if quiz_id is not None:
        statement = statement.where(QuizRevision.quiz_id == quiz_id)
    for row in session.execute(statement):
        for entry in row.document["exercises"]:
            yield ExerciseKey(row.source_id, row.language, entry["id"]), entry["all"]
