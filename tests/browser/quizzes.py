"""The quizzes that the tests do, with answers to them; knows no page."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from quizapp.content.library import load_library
from quizapp.content.model import Quiz
from quizapp.core import scores
from quizapp.exercises.base import UNSURE, FormPair, Payload
from quizapp.exercises.registry import get_kind
from quizapp.paths import QUESTIONS

SOURCE = "hua-bin-2025"
MARKING = "mots-charges-1"
LABELS = "fait-ou-opinion-1"
NUMBERS = "verifier-un-nombre-2"
QUIZZES = (MARKING, LABELS, NUMBERS)
# Which answers are wrong, so that the three quizzes end with three different scores.
WRONG = {MARKING: (1,), LABELS: (1, 3), NUMBERS: (1, 3, 4)}
UNSURE_AT = 2


@dataclass(frozen=True)
class Answer:
    """What somebody answers to an exercise, and what it is worth (0–10,000)."""

    pairs: list[FormPair]
    points: int

    @property
    def is_unsure(self) -> bool:
        return self.pairs == [("unsure", "1")]


@cache
def _quizzes() -> dict[str, Quiz]:
    library = load_library([QUESTIONS])
    return {quiz.id: quiz for quiz in library.quizzes.values() if quiz.language == "fr"}


def get_quiz(name: str) -> Quiz:
    """Return a quiz of the shipped pack; KeyError if there is none."""
    return _quizzes()[name]


def find_exercise(name: str) -> Any:
    """Return an exercise of the shipped pack by its id; StopIteration if there is none."""
    every = (exercise for quiz in _quizzes().values() for exercise in quiz.exercises)
    return next(exercise for exercise in every if exercise.id == name)


def right(exercise: Any) -> Answer:
    """Return the answer that the key holds."""
    return _answer(exercise, get_kind(exercise.kind).samples(exercise).right)


def answers(quiz: Quiz) -> list[Answer]:
    """Return an answer to each exercise: right ones, some wrong ones, an unsure one."""
    chosen = []
    for number, exercise in enumerate(quiz.exercises):
        samples = get_kind(exercise.kind).samples(exercise)
        payload = samples.wrong if number in WRONG[quiz.id] else samples.right
        chosen.append(_answer(exercise, dict(UNSURE) if number == UNSURE_AT else payload))
    return chosen


def percent(given: list[Answer]) -> int:
    """Return the score of an attempt with these answers, out of 100."""
    return scores.percent(scores.attempt_score([each.points for each in given], len(given)))


def title_of(exercise: Any) -> str | None:
    """Return the title that the author gave an exercise."""
    title: str | None = exercise.title
    return title


def _answer(exercise: Any, payload: Payload) -> Answer:
    kind = get_kind(exercise.kind)
    return Answer(kind.formdata(exercise, payload), kind.grade(exercise, payload).points)
