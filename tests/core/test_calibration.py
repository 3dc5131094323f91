"""The Brier score, its decomposition, and the bars of the three levels of confidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.calibration import (
    MINIMUM,
    PROBABILITIES,
    Bar,
    brier,
    decompose,
    reliability_bars,
)

HAPPENED = [True, False, True, True, False, True, True, False]
SAID = [0.9, 0.6, 0.7, 0.8, 0.3, 0.5, 1, 0.9]
LEVELS = st.lists(st.tuples(st.sampled_from(sorted(PROBABILITIES)), st.booleans()), min_size=1)
FORECASTS = st.lists(
    st.tuples(st.floats(0, 1, allow_nan=False), st.booleans()), min_size=1, max_size=60
)


def test_the_value_to_check_by() -> None:
    found = list(zip(SAID, HAPPENED, strict=True))
    assert brier(found) == pytest.approx(0.20625)


@given(FORECASTS)
def test_the_parts_add_up_to_the_score(forecasts: list[tuple[float, bool]]) -> None:
    parts = decompose(forecasts)
    assert parts is not None
    assert parts.brier == pytest.approx(brier(forecasts), abs=1e-12)
    assert 0 <= parts.uncertainty <= 0.25
    assert -1e-12 <= parts.resolution <= parts.uncertainty + 1e-12
    assert 0 <= parts.reliability <= 1


@given(LEVELS)
def test_the_parts_of_the_three_levels_follow_their_bars(answers: list[tuple[int, bool]]) -> None:
    parts = decompose([(PROBABILITIES[level], right) for level, right in answers])
    bars = [bar for bar in reliability_bars(answers) if bar.rate is not None]
    assert parts is not None
    apart = sum(bar.n * (bar.stated - (bar.rate or 0)) ** 2 for bar in bars) / len(answers)
    assert parts.reliability == pytest.approx(apart)
    assert sum(bar.n for bar in bars) == len(answers)


def test_whoever_always_says_the_base_rate_is_reliable_and_resolves_nothing() -> None:
    parts = decompose([(0.5, True), (0.5, False)])
    assert parts is not None
    assert (parts.reliability, parts.resolution, parts.uncertainty) == (0, 0, 0.25)


def test_without_answers_there_is_no_score() -> None:
    assert brier([]) is None
    assert decompose([]) is None
    assert [bar.rate for bar in reliability_bars([])] == [None, None, None]


@pytest.mark.parametrize("probability", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(probability: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        brier([(probability, True)])


def test_a_bar_is_shown_from_ten_answers() -> None:
    nine = reliability_bars([(2, True)] * (MINIMUM - 1))
    ten = reliability_bars([(2, True)] * MINIMUM)
    assert [bar.is_shown for bar in nine] == [False, False, False]
    assert [bar.is_shown for bar in ten] == [False, True, False]


def test_only_a_whole_interval_on_one_side_says_too_sure_or_not_sure_enough() -> None:
    too_sure = Bar(3, 0.95, 10, 5)
    near = Bar(2, 0.70, 10, 6)
    not_enough = Bar(1, 0.40, 10, 9)
    assert (too_sure.is_overconfident, too_sure.is_underconfident) == (True, False)
    assert (near.is_overconfident, near.is_underconfident) == (False, False)
    assert (not_enough.is_overconfident, not_enough.is_underconfident) == (False, True)


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(KeyError):
        reliability_bars([(4, True)])
