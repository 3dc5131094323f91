"""Discernment and bias by signal detection; rates with their intervals."""

import random
from itertools import starmap
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.detection import (
    Firmness,
    Leaning,
    Trials,
    corrected_rates,
    criterion,
    criterion_interval,
    d_prime,
    d_prime_error,
    d_prime_interval,
    firmness,
    leaning,
)
from quizapp.core.rates import wilson_interval

COUNTS = st.integers(0, 500)
TRIALS = st.builds(Trials, COUNTS, COUNTS, COUNTS, COUNTS)


def test_the_values_of_the_design_are_met() -> None:
    trials = Trials(hits=8, misses=2, false_alarms=3, correct_rejections=7)
    assert corrected_rates(trials) == (8.5 / 11, 3.5 / 11)
    assert d_prime(trials) == pytest.approx(1.2206, abs=5e-5)
    assert criterion(trials) == pytest.approx(-0.1375, abs=5e-5)


def test_without_trials_there_is_neither_discernment_nor_bias() -> None:
    assert (d_prime(Trials()), criterion(Trials())) == (0, 0)


def test_perfect_answers_stay_finite() -> None:
    assert d_prime(Trials(10, 0, 0, 10)) == pytest.approx(3.3812, abs=5e-4)


def test_saying_signal_to_everything_leans_to_suspicion_and_the_reverse_to_trust() -> None:
    assert leaning(Trials(10, 0, 10, 0)) is Leaning.SUSPICIOUS
    assert leaning(Trials(0, 10, 0, 10)) is Leaning.TRUSTING
    assert leaning(Trials(8, 2, 2, 8)) is Leaning.BALANCED
    assert criterion(Trials(10, 0, 10, 0)) < 0 < criterion(Trials(0, 10, 0, 10))


@pytest.mark.parametrize(
    ("signal", "noise", "expected"),
    [(9, 30, "too_few"), (10, 10, "indicative"), (30, 19, "indicative"), (20, 20, "firm")],
)
def test_few_trials_of_one_learner_are_hidden_or_marked(
    signal: int, noise: int, expected: str
) -> None:
    assert firmness(Trials(signal, 0, 0, noise)) is Firmness(expected)


def test_trials_add_up() -> None:
    total = sum(starmap(Trials, [(1, 2, 3, 4), (10, 20, 30, 40)]), Trials())
    assert total == Trials(11, 22, 33, 44)
    assert (total.signal, total.noise) == (33, 77)


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Trials(0, -1, 0, 0)


@given(TRIALS)
def test_swapping_yes_and_no_turns_the_bias_round(trials: Trials) -> None:
    mirrored = Trials(
        hits=trials.correct_rejections,
        misses=trials.false_alarms,
        false_alarms=trials.misses,
        correct_rejections=trials.hits,
    )
    assert d_prime(mirrored) == pytest.approx(d_prime(trials), abs=1e-9)
    assert criterion(mirrored) == pytest.approx(-criterion(trials), abs=1e-9)


@given(TRIALS)
def test_one_more_hit_never_lowers_discernment(trials: Trials) -> None:
    assert d_prime(trials + Trials(hits=1)) > d_prime(trials) - 1e-12


@pytest.mark.parametrize(
    ("successes", "n", "lower", "upper"),
    [(7, 8, 0.529, 0.978), (8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0)],
)
def test_wilson_intervals_meet_the_values_of_the_design(
    successes: int, n: int, lower: float, upper: float
) -> None:
    assert wilson_interval(successes, n) == pytest.approx((lower, upper), abs=5e-4)


def test_a_rate_of_nothing_has_no_interval() -> None:
    assert wilson_interval(0, 0) is None


@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (6, 5), (0, -1)])
def test_impossible_counts_are_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="successes of"):
        wilson_interval(successes, n)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_rate_and_mirrors(counts: tuple[int, int]) -> None:
    successes, n = counts
    interval = wilson_interval(successes, n)
    mirror = wilson_interval(n - successes, n)
    assert interval is not None
    assert mirror is not None
    assert 0 <= interval[0] <= successes / n <= interval[1] <= 1
    assert (1 - mirror[1], 1 - mirror[0]) == pytest.approx(interval, abs=1e-12)


def test_the_standard_error_is_the_spread_of_many_like_learners() -> None:
    rng = random.Random(1967)

    def drawn(n: int, rate: float) -> tuple[int, int]:
        yes = sum(rng.random() < rate for _ in range(n))
        return yes, n - yes

    many = [Trials(*drawn(60, 0.75), *drawn(60, 0.3)) for _ in range(1500)]
    expected = Trials(45, 15, 18, 42)
    assert stdev(map(d_prime, many)) == pytest.approx(d_prime_error(expected), rel=0.1)
    assert stdev(map(criterion, many)) == pytest.approx(d_prime_error(expected) / 2, rel=0.1)


@given(TRIALS)
def test_an_interval_lies_around_its_figure_and_that_of_bias_is_half_as_wide(
    trials: Trials,
) -> None:
    low, high = d_prime_interval(trials)
    narrow = criterion_interval(trials)
    assert low < d_prime(trials) < high
    assert narrow[0] < criterion(trials) < narrow[1]
    assert high - low == pytest.approx(2 * (narrow[1] - narrow[0]))


def test_more_trials_make_a_narrower_interval() -> None:
    few, many = Trials(8, 2, 3, 7), Trials(80, 20, 30, 70)
    assert d_prime_error(many) < d_prime_error(few) / 2
