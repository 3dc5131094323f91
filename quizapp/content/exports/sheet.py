"""What an export needs to know of a quiz, and how it speaks; knows no format."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.content.model import Quiz
from quizapp.content.revisions import SOURCE_FIELDS
from quizapp.exercises.base import AnyExercise


@dataclass(frozen=True)
class Sheet:
    """A quiz to export: `source` has the fields that are shown under an excerpt."""

    source: Mapping[str, Any]
    id: str
    language: str
    title: str
    exercises: Sequence[AnyExercise]

    @property
    def category(self) -> str:
        """Where Moodle keeps the questions: below the course, by source and quiz."""
        return f"$course$/top/{self.source['id']}/{self.id}"


@dataclass(frozen=True)
class Voice:
    """The language of the file: `say` translates a msgid, `day` writes an ISO date in words."""

    say: Callable[[str], str]
    day: Callable[[str], str] = str


def sheet_of(quiz: Quiz) -> Sheet:
    """Return the sheet of a quiz of the library."""
    source = {name: getattr(quiz.source, name) for name in SOURCE_FIELDS}
    return Sheet(source, quiz.id, quiz.language, quiz.title, quiz.exercises)
