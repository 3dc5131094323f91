"""Scores as whole points, rounded half up and never through a float."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.scores import (
    FULL,
    Level,
    attempt_score,
    level_credit,
    percent,
    round_half_up,
    to_points,
)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("5/2", 3), ("-5/2", -2), ("1/2", 1), ("-1/2", 0), ("7/3", 2), ("8/3", 3), ("-8/3", -3)],
)
def test_halves_are_rounded_upwards(value: str, rounded: int) -> None:
    assert round_half_up(Fraction(value)) == rounded


@pytest.mark.parametrize(
    ("score", "points"),
    [(0, 0), (1, FULL), (Fraction(2, 3), 6667), (Fraction(1, 3), 3333), (Fraction(1, 20_000), 1)],
)
def test_a_score_becomes_points(score: Fraction | int, points: int) -> None:
    assert to_points(score) == points


@pytest.mark.parametrize("score", [Fraction(-1, 9), Fraction(10, 9)])
def test_a_score_outside_zero_and_one_is_refused(score: Fraction) -> None:
    with pytest.raises(ValueError, match="within"):
        to_points(score)


SCALE = ["inaccurate", "mostly_inaccurate", "misleading", "roughly_accurate", "accurate"]


@pytest.mark.parametrize("given_level", SCALE)
@pytest.mark.parametrize("key", SCALE)
def test_a_level_earns_one_for_the_same_and_half_for_a_neighbour(
    given_level: str, key: str
) -> None:
    distance = abs(SCALE.index(given_level) - SCALE.index(key))
    assert level_credit(given_level, key) == [1, Fraction(1, 2), 0, 0, 0][distance]


@pytest.mark.parametrize("level", SCALE)
def test_unverifiable_is_right_only_if_equal(level: str) -> None:
    assert level_credit("unverifiable", level) == level_credit(level, "unverifiable") == 0
    assert level_credit("unverifiable", "unverifiable") == 1


@pytest.mark.parametrize("level", Level)
def test_always_saying_one_level_never_averages_over_half(level: Level) -> None:
    earned = [level_credit(level, key) for key in SCALE]
    assert Fraction(sum(earned), len(SCALE)) <= Fraction(1, 2)


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="perhaps"):
        level_credit("perhaps", "accurate")


def test_levels_up_to_misleading_are_signal_and_unverifiable_is_neither() -> None:
    assert [Level(level).rank for level in SCALE] == [1, 2, 3, 4, 5]
    assert [Level(level).is_signal for level in SCALE] == [True, True, True, False, False]
    assert (Level.UNVERIFIABLE.rank, Level.UNVERIFIABLE.is_signal) == (None, None)


def test_an_attempt_is_the_mean_over_all_its_exercises_unanswered_ones_at_zero() -> None:
    assert attempt_score([10_000, 5_000], 4) == 3750
    assert attempt_score([], 3) == 0
    assert attempt_score([1, 0], 2) == 1
    assert attempt_score([10_000] * 7, 7) == FULL


@pytest.mark.parametrize(("points", "exercises"), [([], 0), ([1, 2], 1), ([], -1)])
def test_an_attempt_without_exercises_or_with_too_many_marks_is_refused(
    points: list[int], exercises: int
) -> None:
    with pytest.raises(ValueError, match="exercises"):
        attempt_score(points, exercises)


@pytest.mark.parametrize(
    ("points", "shown"), [(0, 0), (49, 0), (50, 1), (149, 1), (150, 2), (6650, 67), (10_000, 100)]
)
def test_points_are_shown_as_whole_percents_halves_up(points: int, shown: int) -> None:
    assert percent(points) == shown


@given(st.fractions(0, 1))
def test_points_are_the_nearest_whole_number(score: Fraction) -> None:
    error = to_points(score) - score * FULL
    assert -Fraction(1, 2) < error <= Fraction(1, 2)
