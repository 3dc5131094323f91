"""The word for a skill and the rule behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.detection import Trials
from quizapp.core.mastery import MINIMUM, RIGHT_FROM, WINDOW, Mastery, is_right, judge

BALANCED = Trials(8, 2, 2, 8)
SUSPICIOUS = Trials(10, 0, 10, 0)
TRUSTING = Trials(0, 10, 0, 10)


@pytest.mark.parametrize(
    ("right", "n", "trials", "word"),
    [
        (0, 0, Trials(), "not_enough"),
        (7, 7, BALANCED, "not_enough"),
        (7, 8, BALANCED, "acquired"),
        (6, 8, BALANCED, "progressing"),
        (8, 10, BALANCED, "progressing"),
        (15, 20, BALANCED, "acquired"),
        (14, 20, BALANCED, "progressing"),
        (20, 20, SUSPICIOUS, "progressing"),
        (20, 20, TRUSTING, "progressing"),
        (10, 20, BALANCED, "progressing"),
        (9, 20, BALANCED, "needs_work"),
        (4, 8, BALANCED, "progressing"),
        (3, 8, BALANCED, "needs_work"),
        (0, 20, SUSPICIOUS, "needs_work"),
    ],
)
def test_the_word_follows_the_rule(right: int, n: int, trials: Trials, word: str) -> None:
    assert judge(right, n, trials) is Mastery(word)


def test_the_figures_of_the_rule_are_those_of_the_design() -> None:
    assert (WINDOW, MINIMUM, RIGHT_FROM) == (20, 8, 7_500)
    assert [is_right(points) for points in (7_499, 7_500, 10_000)] == [False, True, True]


def test_more_right_than_answered_is_refused() -> None:
    with pytest.raises(ValueError, match="9 successes of 8"):
        judge(9, 8, BALANCED)


ORDER = [Mastery.NEEDS_WORK, Mastery.PROGRESSING, Mastery.ACQUIRED]


@given(st.integers(MINIMUM, WINDOW).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))))
def test_one_more_right_answer_never_lowers_the_word(counts: tuple[int, int]) -> None:
    right, n = counts
    before, after = judge(right, n, BALANCED), judge(right + 1, n, BALANCED)
    assert ORDER.index(before) <= ORDER.index(after)
