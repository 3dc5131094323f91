"""Quizzes as they are served: published revisions by hash; knows no attempt and no file format."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.content.model import Hashes, Library, Quiz
from quizapp.content.revisions import compile_exercise, hashes_of
from quizapp.exercises.further import FurtherStep
from quizapp.exercises.registry import get_kind
from quizapp.store.models import ExerciseRevision, Publication, QuizRevision
from quizapp.store.statements import insert_ignoring

Key = tuple[str, str, str]
KEPT = 512
_revisions: dict[str, "ServedQuiz"] = {}


class QuizMissing(Exception):
    """No such quiz is published, or no such exercise is in it."""


@dataclass(frozen=True)
class ServedExercise:
    """An exercise in one revision (hash), compiled; `document` is its self-contained text."""

    revision: str
    exercise: Any
    document: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The author's id, unique within the source."""
        return str(self.exercise.id)

    @property
    def kind(self) -> str:
        """The name of the kind, which is also the name of the skill."""
        return str(self.exercise.kind)

    @property
    def source(self) -> Mapping[str, Any]:
        """The article, as shown under the excerpt: id, title, author, date, rights …"""
        source: Mapping[str, Any] = self.document["source"]
        return source

    @cached_property
    def hashes(self) -> Hashes:
        """The three hashes; only `text` may appear in a page."""
        return hashes_of(self.exercise, self.document)

    @cached_property
    def further_steps(self) -> tuple[FurtherStep, ...]:
        """The steps asked after the first, in their order."""
        return get_kind(self.kind).further_steps(self.exercise)

    @cached_property
    def shown(self) -> list[dict[str, Any]]:
        """Ids and texts as they are shown, kept with each answer."""
        return get_kind(self.kind).shown(self.exercise)


@dataclass(frozen=True)
class ServedQuiz:
    """A quiz in one revision (hash); equal revisions are equal quizzes, for ever."""

    revision: str
    document: Mapping[str, Any]
    exercises: tuple[ServedExercise, ...]

    @property
    def source_id(self) -> str:
        """The id of the article."""
        return str(self.document["source"])

    @property
    def id(self) -> str:
        """The id of the quiz, unique within the source and shared by its languages."""
        return str(self.document["id"])

    @property
    def language(self) -> str:
        """The language of this revision."""
        return str(self.document["language"])

    @property
    def title(self) -> str:
        """The author's title."""
        return str(self.document["title"])

    @property
    def level(self) -> int:
        """How hard it is, 1–3."""
        return int(self.document["level"])

    @property
    def age(self) -> int | None:
        """From which age the author, of the quiz or else of the source, finds it suitable."""
        age: int | None = self.document.get("age")
        return age

    @property
    def source(self) -> Mapping[str, Any]:
        """The article, as shown under the excerpts."""
        return self.exercises[0].source

    @cached_property
    def by_id(self) -> Mapping[str, ServedExercise]:
        """The exercises by their ids."""
        return {served.id: served for served in self.exercises}

    def get_exercise(self, exercise_id: str) -> ServedExercise:
        """Return one exercise; raise QuizMissing when it is not in this revision."""
        try:
            return self.by_id[exercise_id]
        except KeyError:
            raise QuizMissing(exercise_id) from None

    def counted(self, excluded: list[str]) -> tuple[ServedExercise, ...]:
        """Return the exercises that are not left out, in the author's order."""
        return tuple(served for served in self.exercises if served.id not in excluded)


def serve(quiz: Quiz) -> ServedQuiz:
    """Return a quiz of the library as it is served."""
    cached = _revisions.get(quiz.revision)
    if cached is not None:
        return cached
    entries = zip(quiz.document["exercises"], quiz.exercises, strict=True)
    return _remember(
        ServedQuiz(
            quiz.revision,
            quiz.document,
            tuple(
                ServedExercise(entry["all"], exercise, quiz.exercise_documents[entry["all"]])
                for entry, exercise in entries
            ),
        )
    )


def find_quiz(
    session: Session, library: Library, source_id: str, quiz_id: str, language: str
) -> ServedQuiz | None:
    """Return a quiz as it is served now, None when there is none.

    From the library, else its last good revision from the database (broken file, other node).
    """
    quiz = library.quizzes.get((source_id, quiz_id, language))
    if quiz is not None:
        return serve(quiz)
    revision = session.scalar(
        select(Publication.revision).where(
            Publication.source_id == source_id,
            Publication.quiz_id == quiz_id,
            Publication.language == language,
            Publication.retired_at.is_(None),
        )
    )
    return None if revision is None else load_quiz_revision(session, revision)


def list_quizzes(session: Session, library: Library) -> list[ServedQuiz]:
    """Return every quiz that `find_quiz` finds, in each of its languages, in no order.

    Those of the library, and of the database those whose file is broken or on another node.
    """
    rows = session.scalars(select(Publication).where(Publication.retired_at.is_(None)))
    stored = [row.revision for row in rows if publication_key(row) not in library.quizzes]
    live = [serve(quiz) for quiz in library.quizzes.values()]
    return live + [load_quiz_revision(session, revision) for revision in stored]


def quiz_languages(
    session: Session, library: Library, source_id: str, quiz_id: str
) -> tuple[str, ...]:
    """Return the languages in which a quiz is served, sorted; empty when there is no such quiz."""
    stored = session.scalars(
        select(Publication.language).where(
            Publication.source_id == source_id,
            Publication.quiz_id == quiz_id,
            Publication.retired_at.is_(None),
        )
    )
    live = {key[2] for key in library.quizzes if key[:2] == (source_id, quiz_id)}
    return tuple(sorted(live | set(stored)))


def choose_language(languages: tuple[str, ...], *wishes: str | None) -> str:
    """Return the first wish that the quiz has, else its first language; QuizMissing without any."""
    if not languages:
        raise QuizMissing("no language")
    return next((wish for wish in wishes if wish in languages), languages[0])


def load_quiz_revision(session: Session, revision: str) -> ServedQuiz:
    """Return a stored revision; raise QuizMissing for an unknown hash.

    Revisions never change, so the process keeps the latest ones used.
    """
    cached = _revisions.get(revision)
    if cached is not None:
        return cached
    document = session.scalar(select(QuizRevision.document).where(QuizRevision.hash == revision))
    if document is None:
        raise QuizMissing(revision)
    wanted = [entry["all"] for entry in document["exercises"]]
    rows = session.execute(
        select(ExerciseRevision.hash, ExerciseRevision.document).where(
            ExerciseRevision.hash.in_(wanted)
        )
    )
    documents = {row.hash: row.document for row in rows}
    return _remember(
        ServedQuiz(revision, document, tuple(_compile(name, documents[name]) for name in wanted))
    )


def keep_revision(session: Session, quiz: ServedQuiz) -> None:
    """Store a revision and its exercises where they are not yet; inside a write transaction."""
    known = select(QuizRevision.hash).where(QuizRevision.hash == quiz.revision)
    if session.scalar(known) is not None:
        return
    for served in quiz.exercises:
        found = served.hashes
        session.execute(
            insert_ignoring(session, "exercise_revisions"),
            {
                "hash": served.revision,
                "exercise_id": served.id,
                "kind": served.kind,
                "text_hash": found.text,
                "key_hash": found.key,
                "document": served.document,
            },
        )
    session.execute(
        insert_ignoring(session, "quiz_revisions"),
        {
            "hash": quiz.revision,
            "source_id": quiz.source_id,
            "quiz_id": quiz.id,
            "language": quiz.language,
            "document": quiz.document,
        },
    )


def publication_key(row: Publication) -> Key:
    """Return source, quiz and language of a publication."""
    return (row.source_id, row.quiz_id, row.language)


def _remember(quiz: ServedQuiz) -> ServedQuiz:
    """Keep a revision in the process; the oldest goes when there are too many."""
    if len(_revisions) >= KEPT:
        _revisions.pop(next(iter(_revisions)), None)
    return _revisions.setdefault(quiz.revision, quiz)


def _compile(revision: str, document: Mapping[str, Any]) -> ServedExercise:
    return ServedExercise(revision, compile_exercise(document), document)
