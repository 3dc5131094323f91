"""The quizzes that the tests do, with answers to them; knows no page."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from quizapp.content.library import load_library
from quizapp.content.model import Library, Quiz
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
def _library() -> Library:
    return load_library([QUESTIONS])


def get_quiz(name: str, language: str) -> Quiz:
    """Return a shipped quiz in a language, else in that of its source; KeyError without one."""
    quizzes = _library().quizzes
    return quizzes.get((SOURCE, name, language)) or quizzes[SOURCE, name, "fr"]


def find_exercise(name: str, language: str) -> Any:
    """Return a shipped exercise by its id; StopIteration if there is none."""
    names = dict.fromkeys(quiz for _, quiz, _ in _library().quizzes)
    every = (exercise for quiz in names for exercise in get_quiz(quiz, language).exercises)
    return next(exercise for exercise in every if exercise.id == name)


def right(exercise: Any) -> Answer:
    """Return the answer that the key holds."""
    return _answer(exercise, get_kind(exercise.kind).samples(exercise).right)


def wrong(exercise: Any) -> Answer:
    """Return an answer that the key refuses."""
    return _answer(exercise, get_kind(exercise.kind).samples(exercise).wrong)


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


def _answer(exercise: Any, payload: Payload) -> Answer:
    kind = get_kind(exercise.kind)
    return Answer(kind.formdata(exercise, payload), kind.grade(exercise, payload).points)
