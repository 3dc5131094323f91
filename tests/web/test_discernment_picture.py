"""The picture of a class: left trusts, right distrusts, up spots better; no dot covers another."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.detection import Trials, criterion, d_prime
from quizapp.store.results.discernment import Shift, Standing
from quizapp.web.teacher.discernment_picture import (
    BOTTOM,
    LEFT,
    RADIUS,
    RIGHT,
    TOP,
    draw_arrows,
    place,
    spread,
)

ALL_YES, ALL_NO = Trials(20, 0, 20, 0), Trials(0, 20, 0, 20)
GOOD, GUESSING = Trials(20, 0, 0, 20), Trials(10, 10, 10, 10)


def at(trials: Trials) -> tuple[float, float]:
    return place(criterion(trials), d_prime(trials))


def test_who_calls_everything_false_is_right_and_who_believes_all_is_left() -> None:
    assert at(ALL_NO)[0] < at(GUESSING)[0] < at(ALL_YES)[0]
    assert at(GUESSING)[0] == pytest.approx((LEFT + RIGHT) / 2)


def test_who_spots_better_is_higher() -> None:
    assert at(GOOD)[1] < at(GUESSING)[1]


@given(st.floats(-9, 9), st.floats(-9, 9))
def test_no_point_leaves_the_frame(c: float, d: float) -> None:
    x, y = place(c, d)
    assert LEFT <= x <= RIGHT
    assert TOP <= y <= BOTTOM


@given(st.integers(0, 35), st.randoms(use_true_random=False))
def test_dots_of_a_class_can_all_be_read(n: int, chance: st.DataObject) -> None:
    points = [(200 + 40 * chance.random(), 120 + 40 * chance.random()) for _ in range(n)]  # type: ignore[attr-defined]
    found = spread(points)
    assert len(found) == n
    for i, one in enumerate(found):
        for other in found[:i]:
            assert math.dist(one, other) > 1.5 * RADIUS


def test_dots_that_have_room_stay_where_they_belong() -> None:
    points = [(100.0, 100.0), (200.0, 150.0)]
    assert spread(points) == points


def test_dots_make_room_for_a_mark_that_stays() -> None:
    (moved,) = spread([(100.0, 100.0)], [(100.0, 100.0)])
    assert math.dist(moved, (100, 100)) == pytest.approx(2 * RADIUS, abs=0.1)


def test_an_arrow_leads_from_before_to_after() -> None:
    shift = Shift(None, "s", "bilan", ("A", "B"), Standing(GUESSING), Standing(GOOD))
    (arrow,) = draw_arrows([shift], numbered=False)
    (x1, y1), (x2, y2) = at(GUESSING), at(GOOD)
    assert arrow.line == f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
    assert arrow.head.startswith(f"M{x2:.1f} {y2:.1f}L")
    assert arrow.number is None
