"""Scores as exact whole points; knows the levels of a verdict and nothing of exercises."""

import functools
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

#: Points of a full score; all scores are stored as integers 0–10,000.
FULL = 10_000


class Level(StrEnum):
    """The verdict on a number, from true to false, and the one outside that scale."""

    ACCURATE = "accurate"
    ROUGHLY_ACCURATE = "roughly_accurate"
    MISLEADING = "misleading"
    MOSTLY_INACCURATE = "mostly_inaccurate"
    INACCURATE = "inaccurate"
    UNVERIFIABLE = "unverifiable"

    @property
    def rank(self) -> int | None:
        """Place on the scale, 5 (accurate) to 1 (inaccurate); None for unverifiable."""
        return _RANKS[self]

    @property
    def is_signal(self) -> bool | None:
        """Whether the level calls the number into question (rank ≤ 3); None for unverifiable."""
        return None if self.rank is None else self.rank <= 3


_RANKS: dict[Level, int | None] = {
    level: 5 - place if level is not Level.UNVERIFIABLE else None
    for place, level in enumerate(Level)
}


def round_half_up(value: Fraction) -> int:
    """Round to the nearest integer, halves upwards (2.5 → 3, −2.5 → −2), exactly."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def to_points(score: Fraction | int) -> int:
    """Return a score of 0–1 in points, 0–10,000, halves up; ValueError outside the range."""
    if not 0 <= score <= 1:
        raise ValueError(f"score {score} is not within 0 and 1")
    return round_half_up(Fraction(score) * FULL)


@functools.lru_cache(maxsize=128)
def level_credit(given: str, key: str) -> Fraction:
    """Return the credit for a verdict: 1 the same, ½ a neighbour on the scale, else 0.

    "unverifiable" has no neighbour. Raises ValueError for a level that does not exist.
    """
    mine, right = Level(given), Level(key)
    if mine is right:
        return Fraction(1)
    if mine.rank is not None and right.rank is not None and abs(mine.rank - right.rank) == 1:
        return Fraction(1, 2)
    return Fraction(0)


def attempt_score(points: Sequence[int], exercises: int) -> int:
    """Return the mean of points over the exercises that count, 0–10,000, halves up.

    Exercises without an answer count 0; those set aside must be left out of both arguments.
    Raises ValueError without exercises or with more points than exercises.
    """
    if exercises < 1 or len(points) > exercises:
        raise ValueError(f"{len(points)} marks for {exercises} exercises")
    return round_half_up(Fraction(sum(points), exercises))


def percent(points: int) -> int:
    """Return points (0–10,000) as a whole percentage, halves up."""
    return round_half_up(Fraction(points * 100, FULL))
