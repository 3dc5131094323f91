"""How sure somebody was beside how often they were right; knows no exercise and no wording."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizapp.core.rates import wilson_interval

#: The probability of being right that each level of confidence stands for (exercises.md 2).
PROBABILITIES: Mapping[int, float] = {1: 0.40, 2: 0.70, 3: 0.95}
#: Answers of one level needed before its bar is shown.
MINIMUM = 10

Forecast = tuple[float, bool]
"""A probability said beforehand, 0–1, and whether it came true."""


@dataclass(frozen=True)
class Decomposition:
    """The parts of a Brier score, each 0–1: reliability − resolution + uncertainty.

    `reliability` = how far what was said lies from what happened (0 is best), `resolution` = how
    far the levels are told apart (more is better), `uncertainty` = what the questions alone give.
    """

    reliability: float
    resolution: float
    uncertainty: float

    @property
    def brier(self) -> float:
        """The Brier score that the parts add up to."""
        return self.reliability - self.resolution + self.uncertainty


@dataclass(frozen=True)
class Bar:
    """One level of confidence: the rate it stands for (0–1) beside `right` of `n` answers."""

    level: int
    stated: float
    n: int
    right: int

    @property
    def is_shown(self) -> bool:
        """Whether there are answers enough for a bar."""
        return self.n >= MINIMUM

    @property
    def rate(self) -> float | None:
        """The share right, 0–1; None without an answer."""
        return self.right / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson 95 % interval of the share; None without an answer."""
        return wilson_interval(self.right, self.n)

    @property
    def is_overconfident(self) -> bool:
        """Whether the whole interval lies under what was said."""
        return self.interval is not None and self.interval[1] < self.stated

    @property
    def is_underconfident(self) -> bool:
        """Whether the whole interval lies over what was said."""
        return self.interval is not None and self.interval[0] > self.stated


def brier(forecasts: Sequence[Forecast]) -> float | None:
    """Return mean((p − y)²), 0 best and 1 worst; None without a forecast.

    Source: Brier (1950), Monthly Weather Review 78, 1–3. Raises ValueError for p outside 0–1.
    """
    if any(not 0 <= p <= 1 for p, _ in forecasts):
        raise ValueError("a probability lies between 0 and 1")
    if not forecasts:
        return None
    return sum((p - y) ** 2 for p, y in forecasts) / len(forecasts)


def decompose(forecasts: Sequence[Forecast]) -> Decomposition | None:
    """Return the three parts of the Brier score; None without a forecast.

    With the n_k forecasts of one probability p_k of which the share ȳ_k came true, N in all of
    which the share ȳ did: reliability Σ n_k (p_k − ȳ_k)² / N, resolution Σ n_k (ȳ_k − ȳ)² / N,
    uncertainty ȳ (1 − ȳ). They add up exactly, since a group has one probability.
    Source: Murphy (1973), Journal of Applied Meteorology 12, 595–600.
    """
    if not forecasts:
        return None
    groups: dict[float, list[bool]] = {}
    for p, y in forecasts:
        groups.setdefault(p, []).append(y)
    n = len(forecasts)
    base = sum(y for _, y in forecasts) / n
    shares = [(p, len(ys), sum(ys) / len(ys)) for p, ys in groups.items()]
    return Decomposition(
        reliability=sum(count * (p - share) ** 2 for p, count, share in shares) / n,
        resolution=sum(count * (share - base) ** 2 for _, count, share in shares) / n,
        uncertainty=base * (1 - base),
    )


def reliability_bars(answers: Iterable[tuple[int, bool]]) -> tuple[Bar, ...]:
    """Return a bar for each level of confidence, from (level 1–3, right) of each answer.

    Raises KeyError for another level.
    """
    counts = {level: [0, 0] for level in PROBABILITIES}
    for level, right in answers:
        counts[level][0] += 1
        counts[level][1] += right
    return tuple(Bar(level, PROBABILITIES[level], n, right) for level, (n, right) in counts.items())
