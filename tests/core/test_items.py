"""Item and test statistics: an example worked out by hand, and a naive reckoning in fractions."""

import math
from fractions import Fraction
from statistics import correlation, mean, median, stdev, variance
from statistics import covariance as python_covariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items import (
    OptionFigures,
    covariance,
    discrimination_index,
    discriminative_efficiency,
    effective_weights,
    facility,
    item_figures,
    option_figures,
    rest_scores,
    total_figures,
)

Table = list[list[int]]

# Five learners, three items of 2 marks; totals 6, 4, 3, 1, 1.
HAND: Table = [[2, 2, 2], [2, 1, 1], [1, 2, 0], [1, 0, 0], [0, 0, 1]]
TABLES = st.integers(1, 5).flatmap(
    lambda items: st.lists(
        st.lists(st.integers(0, 10_000), min_size=items, max_size=items), min_size=1, max_size=8
    )
)


def test_an_example_worked_out_by_hand() -> None:
    # x = 2 2 1 1 0 (mean 1.2), o = 4 2 2 0 1 (mean 1.8): Σdxdo = 3.2, Σdx² = 2.8, Σdo² = 8.8;
    # sorted x against sorted o: 0·0 + 1·1 + 1·2 + 2·2 + 2·4 − 5·1.2·1.8 = 4.2.
    first, *_ = item_figures(HAND, 2)
    assert first.facility == pytest.approx(0.6)
    assert first.discrimination == pytest.approx(100 * 3.2 / math.sqrt(2.8 * 8.8))
    assert first.efficiency == pytest.approx(100 * 3.2 / 4.2)
    # Σdx·dT = Σdxdo + Σdx² = 6; the second item has 7, the third 5.
    roots = [math.sqrt(6), math.sqrt(7), math.sqrt(5)]
    weights = [each.weight for each in item_figures(HAND, 2)]
    assert weights == pytest.approx([100 * root / sum(roots) for root in roots])


def test_the_totals_of_the_example() -> None:
    # T = 6 4 3 1 1, mean 3, deviations 3 1 0 −2 −2: Σd² = 18, Σd³ = 12, Σd⁴ = 114.
    found = total_figures(HAND)
    assert (found.n, found.median) == (5, 3)
    assert found.deviation == pytest.approx(math.sqrt(4.5))
    assert found.skewness == pytest.approx(25 * (12 / 5) / (4 * 3) / 4.5**1.5)
    fourth = 25 * (6 * 114 / 5 - 12 * (18 / 5) ** 2) / (4 * 3 * 2)
    assert found.kurtosis == pytest.approx(fourth / 4.5**2)
    # Σ var of the items: (2.8 + 4 + 2.8) / 4 = 2.4.
    consistency = 100 * 3 / 2 * (1 - 2.4 / 4.5)
    assert found.consistency == pytest.approx(consistency) == pytest.approx(70)
    assert found.error_ratio == pytest.approx(100 * math.sqrt(0.3))
    assert found.standard_error == pytest.approx(math.sqrt(0.3) * math.sqrt(4.5))


def exact(one: list[int], other: list[int]) -> Fraction:
    n = len(one)
    products = sum(a * b for a, b in zip(one, other, strict=True))
    return (Fraction(products) - Fraction(sum(one) * sum(other), n)) / (n - 1)


def root(value: Fraction) -> float:
    return math.sqrt(value)


@given(TABLES)
def test_items_agree_with_a_naive_reckoning(table: Table) -> None:
    totals = [sum(row) for row in table]
    few = len(table) < 2
    weights = effective_weights(table)
    positive = (
        [] if few else [exact([row[i] for row in table], totals) for i in range(len(table[0]))]
    )
    whole = sum(root(each) for each in positive if each > 0)
    for i, figures in enumerate(item_figures(table, 10_000)):
        x, o = [row[i] for row in table], [sum(row) - row[i] for row in table]
        assert figures.facility == pytest.approx(sum(x) / len(x) / 10_000)
        flat = few or not exact(x, x) or not exact(o, o)
        if flat:
            assert (figures.discrimination, figures.efficiency) == (None, None)
        else:
            both = exact(x, o)
            spread = root(exact(x, x)) * root(exact(o, o))
            assert figures.discrimination == pytest.approx(100 * float(both) / spread, abs=1e-3)
            best = exact(sorted(x), sorted(o))
            assert figures.efficiency == pytest.approx(float(100 * both / best), rel=1e-5, abs=1e-2)
        if few or positive[i] < 0 or not whole:
            assert weights[i] is None
        else:
            assert weights[i] == pytest.approx(100 * root(positive[i]) / whole, abs=0.1)


@given(TABLES)
def test_totals_agree_with_a_naive_reckoning(table: Table) -> None:
    totals = [sum(row) for row in table]
    n, items, found = len(totals), len(table[0]), total_figures(table)
    assert found.median == median(totals)
    if n < 2:
        assert {found.deviation, found.consistency, found.standard_error} == {None}
        return
    spread = exact(totals, totals)
    assert found.deviation == pytest.approx(root(spread))
    if not spread:
        assert {found.skewness, found.kurtosis, found.consistency, found.error_ratio} == {None}
        return
    assert found.skewness == (None if n < 3 else pytest.approx(third(totals), abs=1e-6))
    assert found.kurtosis == (None if n < 4 else pytest.approx(fourth(totals), abs=1e-6))
    if items < 2:
        assert found.consistency is None
        return
    parts = sum(exact([row[i] for row in table], [row[i] for row in table]) for i in range(items))
    consistency = 100 * Fraction(items, items - 1) * (1 - parts / spread)
    assert found.consistency == pytest.approx(float(consistency), rel=1e-6, abs=1e-4)
    ratio = 100 * math.sqrt(max(Fraction(0), 1 - consistency / 100))
    assert found.error_ratio == pytest.approx(ratio, rel=1e-4, abs=1e-2)


def third(values: list[int]) -> float:
    """Return k₃/k₂^1.5 from sums of powers (Kendall & Stuart)."""
    n, s = len(values), [sum(Fraction(v) ** power for v in values) for power in range(4)]
    k3 = (2 * s[1] ** 3 - 3 * n * s[1] * s[2] + n**2 * s[3]) / (n * (n - 1) * (n - 2))
    return float(k3) / float(exact(values, values)) ** 1.5


def fourth(values: list[int]) -> float:
    """Return k₄/k₂² from sums of powers (Kendall & Stuart)."""
    n, s = len(values), [sum(Fraction(v) ** power for v in values) for power in range(5)]
    above = (
        -6 * s[1] ** 4
        + 12 * n * s[1] ** 2 * s[2]
        - 3 * n * (n - 1) * s[2] ** 2
        - 4 * n * (n + 1) * s[1] * s[3]
        + n**2 * (n + 1) * s[4]
    )
    return float(above / (n * (n - 1) * (n - 2) * (n - 3)) / exact(values, values) ** 2)


@given(TABLES, st.integers(1, 50))
def test_figures_stay_in_their_ranges(table: Table, divisor: int) -> None:
    shares = [[value / divisor for value in row] for row in table]
    for figures in item_figures(shares, 10_000):
        assert figures.facility is not None
        assert 0 <= figures.facility <= 1
        assert figures.discrimination is None or -100 <= figures.discrimination <= 100
        assert figures.efficiency is None or figures.efficiency <= 100
        assert figures.weight is None or 0 <= figures.weight <= 100
    whole = [weight for weight in effective_weights(shares) if weight is not None]
    assert not whole or sum(whole) == pytest.approx(100)


@pytest.mark.parametrize("value", [0.1, 1 / 3, 2 / 3, 7777.7])
def test_marks_that_are_all_equal_have_no_variance_in_floats_either(value: float) -> None:
    equal = [0.1 + value - 0.1, value, value, value + 1e-17]
    assert covariance(equal, equal) == 0
    assert discrimination_index(equal, [1, 2, 3, 4]) is None
    assert discriminative_efficiency(equal, [1, 2, 3, 4]) is None


def test_what_is_undefined_is_none() -> None:
    assert facility([], 1) is None
    assert item_figures([], 1) == []
    assert total_figures([]).median is None
    assert discrimination_index([1], [1]) is None
    assert effective_weights([[1, 2]]) == [None, None]
    assert effective_weights([[1], [1]]) == [None]
    with pytest.raises(ValueError, match="maximum"):
        facility([1], 0)
    with pytest.raises(ValueError, match="zip"):
        item_figures([[1, 2], [1]], 1)


def test_an_item_that_goes_against_the_rest_has_no_weight() -> None:
    table = [[1, 9], [2, 6], [3, 3]]
    first, second = item_figures(table, 10)
    assert (first.discrimination, first.weight) == (pytest.approx(-100), None)
    assert second.weight == pytest.approx(100)


def test_options_tell_who_chose_them() -> None:
    chosen = [{"a"}, {"a", "b"}, {"b"}, set()]
    assert option_figures("abc", chosen, [1, 2, 4, 0]) == [
        OptionFigures("a", 2, 0.5, 1.5),
        OptionFigures("b", 2, 0.5, 3),
        OptionFigures("c", 0, 0.0, None),
    ]
    assert option_figures(["a"], [], []) == [OptionFigures("a", 0, None, None)]
    assert rest_scores(HAND, 0) == [4, 2, 2, 0, 1]


# Six learners, four items, worked out in exact fractions with nothing of quizapp.
MIXED: Table = [[3, 0, 2, 1], [1, 1, 1, 1], [2, 3, 2, 1], [0, 1, 3, 1], [3, 2, 0, 1], [2, 3, 1, 1]]


def test_a_table_agrees_with_the_statistics_module() -> None:
    totals = [sum(row) for row in MIXED]
    found = total_figures(MIXED)
    assert found.deviation == pytest.approx(stdev(totals))
    columns = list(zip(*MIXED, strict=True))
    parts = sum(variance(column) for column in columns)
    consistency = 100 * 4 / 3 * (1 - parts / variance(totals))
    assert consistency < 0
    assert found.consistency == pytest.approx(consistency)
    assert found.error_ratio == pytest.approx(100 * math.sqrt(1 - consistency / 100))
    assert found.standard_error == pytest.approx(found.error_ratio * stdev(totals) / 100)
    roots = [max(0, python_covariance(column, totals)) ** 0.5 for column in columns]
    for at, figures in enumerate(item_figures(MIXED, 3)):
        marks, rest = columns[at], [t - x for t, x in zip(totals, columns[at], strict=True)]
        assert figures.facility == pytest.approx(mean(marks) / 3)
        if at == 3:
            assert (figures.discrimination, figures.efficiency) == (None, None)
            assert figures.weight == 0
            continue
        assert figures.discrimination == pytest.approx(100 * correlation(marks, rest))
        best = python_covariance(sorted(marks), sorted(rest))
        assert figures.efficiency == pytest.approx(100 * python_covariance(marks, rest) / best)
        negative = python_covariance(marks, totals) < 0
        weight = None if negative else pytest.approx(100 * roots[at] / sum(roots))
        assert figures.weight == weight


@given(TABLES, st.sampled_from([0, 1_000_000]))
def test_points_on_top_of_every_mark_change_no_correlation(table: Table, offset: int) -> None:
    moved = [[value + offset for value in row] for row in table]
    for was, now in zip(item_figures(table, 1), item_figures(moved, 1), strict=True):
        assert (was.discrimination is None) == (now.discrimination is None)
        if was.discrimination is not None:
            assert now.discrimination == pytest.approx(was.discrimination, abs=1e-3)


@pytest.mark.parametrize(("learners", "skewed", "peaked"), [(2, False, False), (3, True, False)])
def test_skewness_needs_three_learners_and_kurtosis_four(
    learners: int, skewed: bool, peaked: bool
) -> None:
    found = total_figures([[1, 0], [2, 1], [6, 3], [1, 1]][:learners])
    assert (found.skewness is not None, found.kurtosis is not None) == (skewed, peaked)


def test_one_learner_off_by_a_point_among_a_thousand_still_varies() -> None:
    nearly = [10_000] * 999 + [9_999]
    assert covariance(nearly, nearly) == pytest.approx(variance(nearly))
