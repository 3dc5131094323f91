"""Who needs help with which skill, and which exercises are worth reopening; knows no page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.core.mastery import Mastery
from quizapp.core.rates import wilson_interval
from quizapp.exercises.registry import KINDS
from quizapp.store.results.matrix import Learner
from quizapp.store.results.skills import ClassSkills, FirstResponse, SkillFigures

Place = tuple[str, str]
"""Source id and exercise id, whatever the language."""

MOST = 4
"""Exercises named at a time."""
FEWEST = 5
"""Answers from which an exercise is said to be hard for a class."""
OFTEN_MISSED = 0.5
"""Share right under which an exercise is worth reopening with everybody."""


@dataclass(frozen=True)
class Missed:
    """An exercise that a learner did not get right, with the attempt in which they answered it."""

    place: Place
    attempt_id: int


@dataclass(frozen=True)
class Need:
    """A learner to be helped with a skill: their figures, and the latest exercises they missed."""

    learner: Learner
    figures: SkillFigures
    missed: tuple[Missed, ...]


@dataclass(frozen=True)
class HardExercise:
    """An exercise that `right` of the `n` who answered it got right, with the 95 % interval."""

    place: Place
    right: int
    n: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson 95 % interval of the share right."""
        return wilson_interval(self.right, self.n)


@dataclass(frozen=True)
class SkillNeeds:
    """A skill with who needs help, the least right first, and what the class missed most."""

    skill: str
    learners: tuple[Need, ...]
    exercises: tuple[HardExercise, ...]


def class_needs(skills: ClassSkills, responses: Sequence[FirstResponse]) -> list[SkillNeeds]:
    """Return for each skill who is "to be worked on" by the rule of mastery, and with what."""
    needs = []
    for i, skill in enumerate(KINDS):
        given = [response for response in responses if response.kind == skill]
        needy = [
            Need(row.learner, row.skills[i], _missed(given, row.learner.id))
            for row in skills.learners
            if row.skills[i].mastery is Mastery.NEEDS_WORK
        ]
        needy.sort(key=lambda need: need.figures.right / need.figures.n)
        needs.append(SkillNeeds(skill, tuple(needy), _hard(given)))
    return needs


def _missed(given: Iterable[FirstResponse], account_id: int) -> tuple[Missed, ...]:
    wrong = [each for each in given if each.account_id == account_id and not each.right]
    return tuple(
        Missed((each.source_id, each.exercise_id), each.attempt_id)
        for each in wrong[: -MOST - 1 : -1]
    )


def _hard(given: Iterable[FirstResponse]) -> tuple[HardExercise, ...]:
    counted: dict[Place, list[bool]] = {}
    for each in given:
        counted.setdefault((each.source_id, each.exercise_id), []).append(each.right)
    hard = [
        HardExercise(place, sum(right), len(right))
        for place, right in counted.items()
        if len(right) >= FEWEST and sum(right) < OFTEN_MISSED * len(right)
    ]
    return tuple(sorted(hard, key=lambda each: (each.right / each.n, each.place))[:MOST])
