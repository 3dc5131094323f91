"""What the authors' files compile to: sources, quizzes, the library; knows no YAML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from quizapp.exercises.base import AnyExercise, Severity

QuizKey = tuple[str, str, str]
"""Source id, quiz id, language."""


@dataclass(frozen=True, order=True)
class LocatedProblem:
    """A problem and where it stands: file, line and column from 1, and the line as written."""

    path: str
    line: int
    column: int
    code: str
    params: Mapping[str, Any] = field(default_factory=dict, compare=False)
    severity: Severity = field(default=Severity.ERROR, compare=False)
    source_line: str = field(default="", compare=False)


@dataclass(frozen=True)
class Hashes:
    """SHA-256 (hex) of what a learner sees, of what grading depends on, and of everything.

    Only `text` may appear in a page.
    """

    text: str
    key: str
    all: str


@dataclass(frozen=True)
class SourcePassage:
    """One numbered passage of a source, in NFC, with its translations by language."""

    id: str
    text: str
    translations: Mapping[str, str]


@dataclass(frozen=True)
class SourceEvidence:
    """One piece of evidence; `publisher`, `unit`, `period` and `says` by language.

    A text that is equal in all languages stands under that of the source.
    """

    id: str
    publisher: Mapping[str, str]
    title: str
    date: str
    url: str
    figure: str | None
    unit: Mapping[str, str]
    period: Mapping[str, str]
    says: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Source:
    """An article: who wrote it when, what may be quoted, its passages and the evidence.

    One that was read again is another one, also when nothing in it has changed.
    `words` is the length of the whole article, None if the author did not say; `path` is
    relative to the folder of questions.
    """

    id: str
    title: str
    author: str
    date: str
    genre: str
    language: str
    rights: str
    age: int | None
    words: int | None
    passages: Mapping[str, SourcePassage]
    evidence: Mapping[str, SourceEvidence]
    path: str


@dataclass(frozen=True)
class QuizForm:
    """Which of two parallel forms a quiz is."""

    pair: str
    letter: str


@dataclass(frozen=True)
class Revision:
    """A quiz as it is served and stored: `hash` is the SHA-256 of `document`.

    `exercise_documents` are by their `all` hash, `exercise_hashes` by exercise id.
    """

    hash: str
    document: dict[str, Any]
    exercise_documents: Mapping[str, dict[str, Any]]
    exercise_hashes: Mapping[str, Hashes]


@dataclass(frozen=True)
class Quiz:
    """A quiz in one language, and its revision, which is not made before it is asked for.

    `path` is relative to the folder of questions. `notes` are for teachers and authors and are in
    no revision.
    """

    source: Source
    id: str
    language: str
    title: str
    intro: str
    level: int
    form: QuizForm | None
    steps: tuple[str, ...]
    age: int | None
    notes: str | None
    exercises: tuple[AnyExercise, ...]
    path: str
    make_revision: Callable[[], Revision] = field(repr=False, compare=False)

    @cached_property
    def _revision(self) -> Revision:
        return self.make_revision()

    @property
    def revision(self) -> str:
        """The hash of its document."""
        return self._revision.hash

    @property
    def document(self) -> dict[str, Any]:
        """What is stored of it."""
        return self._revision.document

    @property
    def exercise_documents(self) -> Mapping[str, dict[str, Any]]:
        """What is stored of its exercises, by their `all` hash, in order."""
        return self._revision.exercise_documents

    @property
    def exercise_hashes(self) -> Mapping[str, Hashes]:
        """The hashes of its exercises by their ids."""
        return self._revision.exercise_hashes

    @property
    def key(self) -> QuizKey:
        """Source id, quiz id, language."""
        return self.source.id, self.id, self.language

    def exercise(self, name: str) -> AnyExercise:
        """Return the exercise with this id; KeyError if there is none."""
        for exercise in self.exercises:
            if exercise.id == name:
                return exercise
        raise KeyError(name)


@dataclass(frozen=True)
class Library:
    """All that can be served, and what is wrong with the rest.

    `broken_paths` are the files that have errors; a quiz of such a file is here only if an
    earlier good version of it is being kept.
    """

    sources: Mapping[str, Source] = field(default_factory=dict)
    quizzes: Mapping[QuizKey, Quiz] = field(default_factory=dict)
    problems: tuple[LocatedProblem, ...] = ()
    broken_paths: frozenset[str] = frozenset()
