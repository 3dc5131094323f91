"""Who the simulated learners are and when they hand in: drawn from a seed, the same each time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from quizapp.store.demonstration.minds import Mind

NAMES = (
    *("Alix", "Amir", "Anna", "Basile", "Camille", "Chloé", "Daniel", "Elena"),
    *("Fatou", "Gabriel", "Hugo", "Inès", "Jade", "Karim", "Léa", "Lina"),
    *("Malo", "Mina", "Noah", "Oscar", "Rosa", "Sacha", "Tom", "Yanis"),
)
# The ends of the scales are there in every class; the others are drawn.
SET_MINDS = {
    0: Mind(discernment=1.1, bias=-1.3),
    1: Mind(discernment=1.1, bias=1.3),
    2: Mind(discernment=3.4, bias=0.0, doubt=0.0),
    3: Mind(discernment=0.1, bias=0.1, doubt=0.1),
    4: Mind(discernment=3.0, bias=0.1, doubt=0.0),
}
DAY = timedelta(days=1)
GAIN = (0.14, 0.09)
"""Mean and spread of what one lesson adds to d'."""


class Habit(StrEnum):
    """How a learner deals with one assignment."""

    IN_TIME = "in_time"
    LATE = "late"
    UNFINISHED = "unfinished"
    ABSENT = "absent"


# Learners who make sure that every state of a cell is in the class: (learner, assignment).
SET_HABITS = {
    (5, 0): Habit.LATE,
    (6, 0): Habit.UNFINISHED,
    (7, 0): Habit.ABSENT,
    (9, 2): Habit.LATE,  # has more time, and uses it
}
STEADY = frozenset({0, 1, 2, 3, 4})


@dataclass(frozen=True)
class Plan:
    """What one learner does with one assignment; `answers` = None for all exercises."""

    habit: Habit
    starts_at: datetime
    answers: int | None
    rng: Random


def mind(seed: int, learner: int, lessons: int = 0) -> Mind:
    """Return the mind of a learner (from 0) after some lessons, from which some learn more."""
    rng = Random(f"{seed}/gain/{learner}")  # noqa: S311 - a simulation, no secret
    return _first_mind(seed, learner).after(lessons, rng.gauss(*GAIN))


def _first_mind(seed: int, learner: int) -> Mind:
    if learner in SET_MINDS:
        return SET_MINDS[learner]
    rng = Random(f"{seed}/mind/{learner}")  # noqa: S311 - a simulation, no secret
    return Mind(
        discernment=min(3.2, max(0.2, rng.gauss(2.1, 0.8))),
        bias=rng.gauss(0.0, 0.35),
        doubt=rng.choice((0.0, 0.02, 0.05, 0.1)),
    )


def plan(seed: int, learner: int, assignment: int, due_at: datetime, now: datetime) -> Plan:
    """Return what a learner does with the assignment of that number, due then."""
    rng = Random(f"{seed}/plan/{learner}/{assignment}")  # noqa: S311 - a simulation, no secret
    habit = SET_HABITS.get((learner, assignment)) or _habit(learner, rng, due_at < now)
    start = due_at - timedelta(hours=rng.uniform(6, 96))
    if habit is Habit.LATE:
        start = due_at + timedelta(hours=rng.uniform(1, 20))
    start = min(start, now - timedelta(hours=rng.uniform(1, 10)))
    answers = rng.randint(1, 3) if habit is Habit.UNFINISHED else None
    return Plan(habit, start.replace(microsecond=0), answers, rng)


def _habit(learner: int, rng: Random, is_past: bool) -> Habit:
    if learner in STEADY:
        return Habit.IN_TIME
    habits = (Habit.IN_TIME, Habit.LATE, Habit.UNFINISHED, Habit.ABSENT)
    weights = (82, 7, 4, 7) if is_past else (45, 0, 15, 40)
    return rng.choices(habits, weights)[0]
