"""Item and test statistics of first attempts, as Moodle's quiz report; knows no exercise.

Marks come as a table: one row a learner, one column an item, S rows and p columns. (Co)variances
are over S − 1. What is undefined is None, never 0; what varies by less than a tolerance does not
vary, since floats seldom give 0.0. Source of all formulas: Moodle, "Quiz statistics
calculations"; the k-statistics are those of Kendall & Stuart, The Advanced Theory of Statistics.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import fmean, median

Column = Sequence[float]

#: Marks whose deviations are all under this part of the largest mark are equal.
TOLERANCE = 1e-9
#: A covariance under this part of the product of the largest deviations is nothing.
NOTHING = 1e-12


@dataclass(frozen=True)
class ItemFigures:
    """How one item behaves.

    `facility` 0–1; `discrimination` −100–100; `efficiency` at most 100; `weight` 0–100, None
    where the item's covariance with the total is negative.
    """

    facility: float | None
    discrimination: float | None
    efficiency: float | None
    weight: float | None


@dataclass(frozen=True)
class TotalFigures:
    """How the totals of a test spread; `median`, `deviation`, `standard_error` in marks.

    `consistency` is at most 100 and may be negative, `error_ratio` 0 or more.
    """

    n: int
    median: float | None
    deviation: float | None
    skewness: float | None
    kurtosis: float | None
    consistency: float | None
    error_ratio: float | None
    standard_error: float | None


@dataclass(frozen=True)
class OptionFigures:
    """How many of all answers chose an option: `share` 0–1; `rest` is their mean rest score."""

    option: str
    n: int
    share: float | None
    rest: float | None


def facility(marks: Column, maximum: float) -> float | None:
    """Return mean(x) / max, in 0–1; None without marks. Raises ValueError for max ≤ 0."""
    if maximum <= 0:
        raise ValueError(f"a maximum of {maximum}")
    return fmean(marks) / maximum if marks else None


def covariance(one: Column, other: Column) -> float | None:
    """Return Σ(x − x̄)(y − ȳ) / (S − 1), 0 where it is under the tolerance; None for S < 2."""
    if len(one) < 2:
        return None
    return _product(_deviations(one), _deviations(other))


def _deviations(marks: Column) -> list[float]:
    """Return x − x̄ of every mark, all 0 where the largest is under the tolerance."""
    mean = fmean(marks)
    found = [mark - mean for mark in marks]
    nothing = max(map(abs, found)) <= TOLERANCE * max(map(abs, marks))
    return [0.0] * len(found) if nothing else found


def _product(one: Column, other: Column) -> float:
    """Return Σab / (S − 1) of deviations, 0 where it is under the tolerance."""
    found = math.fsum(a * b for a, b in zip(one, other, strict=True)) / (len(one) - 1)
    scale = max(map(abs, one)) * max(map(abs, other))
    return found if abs(found) > NOTHING * scale else 0.0


def rest_scores(table: Sequence[Column], item: int) -> list[float]:
    """Return o = T − x of every row: what a learner has on the other items."""
    return [math.fsum((*row[:item], *row[item + 1 :])) for row in table]


def discrimination_index(marks: Column, rest: Column) -> float | None:
    """Return 100·cov(x, o) / √(var x · var o), in −100–100; None where a variance is nothing."""
    both, one, other = covariance(marks, rest), covariance(marks, marks), covariance(rest, rest)
    if both is None or not one or not other:
        return None
    return max(-100.0, min(100.0, 100 * both / math.sqrt(one) / math.sqrt(other)))


def discriminative_efficiency(marks: Column, rest: Column) -> float | None:
    """Return 100·cov(x, o) / cov(sorted x, sorted o), at most 100; None where that is nothing."""
    both, best = covariance(marks, rest), covariance(sorted(marks), sorted(rest))
    return None if both is None or not best else min(100.0, 100 * both / best)


def effective_weights(table: Sequence[Column]) -> list[float | None]:
    """Return 100·√cov(xᵢ, T) / Σ√cov(xⱼ, T) of each item, the sum over covariances ≥ 0.

    None for an item whose covariance is negative, for all where S < 2 or nothing varies.
    """
    totals = [math.fsum(row) for row in table]
    found = [covariance(column, totals) for column in zip(*table, strict=True)]
    roots = [None if each is None or each < 0 else math.sqrt(each) for each in found]
    whole = math.fsum(root for root in roots if root is not None)
    return [None if root is None or not whole else min(100.0, 100 * root / whole) for root in roots]


def item_figures(table: Sequence[Column], maximum: float) -> list[ItemFigures]:
    """Return the figures of every item of a table, each worth `maximum`; ValueError if ragged."""
    weights = effective_weights(table)
    columns = list(zip(*table, strict=True))
    rests = [rest_scores(table, item) for item in range(len(columns))]
    return [
        ItemFigures(
            facility=facility(marks, maximum),
            discrimination=discrimination_index(marks, rest),
            efficiency=discriminative_efficiency(marks, rest),
            weight=weight,
        )
        for marks, rest, weight in zip(columns, rests, weights, strict=True)
    ]


def total_figures(table: Sequence[Column]) -> TotalFigures:
    """Return the figures of the totals.

    SD = √k₂ (S > 1), skewness k₃/k₂^1.5 (S > 2), kurtosis k₄/k₂² (S > 3), internal consistency
    CIC = 100·p/(p − 1)·(1 − Σvar xᵢ / k₂) (p > 1), error ratio 100·√(1 − CIC/100), standard error
    = error ratio · SD / 100.
    """
    totals = [math.fsum(row) for row in table]
    spread = covariance(totals, totals)
    deviation = None if spread is None else math.sqrt(spread)
    consistency = _consistency(table, spread)
    ratio = None if consistency is None else 100 * math.sqrt(max(0.0, 1 - consistency / 100))
    return TotalFigures(
        n=len(totals),
        median=median(totals) if totals else None,
        deviation=deviation,
        skewness=_skewness(totals, spread),
        kurtosis=_kurtosis(totals, spread),
        consistency=consistency,
        error_ratio=ratio,
        standard_error=None if ratio is None or deviation is None else ratio * deviation / 100,
    )


def _moment(values: Column, power: int) -> float:
    mean = fmean(values)
    return math.fsum((value - mean) ** power for value in values) / len(values)


def _skewness(totals: Column, spread: float | None) -> float | None:
    n = len(totals)
    if n < 3 or not spread:
        return None
    third = n**2 * _moment(totals, 3) / ((n - 1) * (n - 2))
    return float(third / spread**1.5)


def _kurtosis(totals: Column, spread: float | None) -> float | None:
    n = len(totals)
    if n < 4 or not spread:
        return None
    second, fourth = _moment(totals, 2), _moment(totals, 4)
    above = n**2 * ((n + 1) * fourth - 3 * (n - 1) * second**2)
    return float(above / ((n - 1) * (n - 2) * (n - 3)) / spread**2)


def _consistency(table: Sequence[Column], spread: float | None) -> float | None:
    columns = list(zip(*table, strict=True))
    p = len(columns)
    if p < 2 or not spread:
        return None
    parts = math.fsum(covariance(column, column) or 0.0 for column in columns)
    return min(100.0, 100 * p / (p - 1) * (1 - parts / spread))


def option_figures(
    options: Sequence[str], chosen: Sequence[Collection[str]], rest: Column
) -> list[OptionFigures]:
    """Return n, share and mean rest score of each option; answer i chose `chosen[i]`.

    The share is None without answers, the rest score where nobody chose the option.
    """
    figures = []
    for option in options:
        theirs = [o for names, o in zip(chosen, rest, strict=True) if option in names]
        share = len(theirs) / len(chosen) if chosen else None
        figures.append(OptionFigures(option, len(theirs), share, fmean(theirs) if theirs else None))
    return figures
