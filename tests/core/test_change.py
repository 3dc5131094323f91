"""Before and after: what is said of a change, and what chance could do is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.change import Change, judge_change
from quizapp.core.detection import Trials


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (Trials(50, 50, 50, 50), Trials(80, 20, 20, 80), Change.BETTER),
        (Trials(80, 20, 20, 80), Trials(50, 50, 50, 50), Change.WORSE),
        (Trials(50, 50, 50, 50), Trials(90, 10, 90, 10), Change.SUSPICIOUS),
        (Trials(50, 50, 50, 50), Trials(10, 90, 10, 90), Change.TRUSTING),
        (Trials(50, 50, 50, 50), Trials(98, 2, 60, 40), Change.BETTER_SUSPICIOUS),
        (Trials(50, 50, 50, 50), Trials(40, 60, 2, 98), Change.BETTER_TRUSTING),
        (Trials(50, 50, 50, 50), Trials(50, 50, 50, 50), Change.UNCLEAR),
        (Trials(6, 4, 4, 6), Trials(8, 2, 3, 7), Change.UNCLEAR),
        (Trials(2, 8, 8, 2), Trials(10, 0, 0, 10), Change.BETTER),
    ],
)
def test_a_change_is_named_once_its_trials_bear_it(
    before: Trials, after: Trials, change: Change
) -> None:
    assert judge_change(before, after) is change


counts = st.integers(0, 40)
trials = st.builds(Trials, counts, counts, counts, counts)


@given(trials)
def test_nothing_changes_between_equal_trials(same: Trials) -> None:
    assert judge_change(same, same) is Change.UNCLEAR


@given(trials, trials)
def test_what_is_better_one_way_is_worse_the_other_way(one: Trials, other: Trials) -> None:
    better = {Change.BETTER, Change.BETTER_SUSPICIOUS, Change.BETTER_TRUSTING}
    assert (judge_change(one, other) in better) is (judge_change(other, one) is Change.WORSE)
