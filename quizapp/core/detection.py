"""Signal detection: telling signal from noise, and leaning; knows nothing of exercises."""

import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from quizapp.core.rates import Z_95

#: Below as many signal or noise trials of one learner, no d' is shown.
MINIMUM_TRIALS = 10
#: Below as many signal or noise trials, d' is marked as indicative.
FIRM_TRIALS = 20
#: |c| under this counts as balanced.
BALANCED_BELOW = 0.5


@dataclass(frozen=True)
class Trials:
    """Counts of yes/no trials; they add up. Raises ValueError for a negative count."""

    hits: int = 0
    misses: int = 0
    false_alarms: int = 0
    correct_rejections: int = 0

    def __post_init__(self) -> None:
        if min(self.hits, self.misses, self.false_alarms, self.correct_rejections) < 0:
            raise ValueError(f"negative count in {self!r}")

    def __add__(self, other: "Trials") -> "Trials":
        return Trials(
            self.hits + other.hits,
            self.misses + other.misses,
            self.false_alarms + other.false_alarms,
            self.correct_rejections + other.correct_rejections,
        )

    @property
    def signal(self) -> int:
        """Trials in which there was something to find."""
        return self.hits + self.misses

    @property
    def noise(self) -> int:
        """Trials in which there was nothing to find."""
        return self.false_alarms + self.correct_rejections


class Firmness(StrEnum):
    """How much the trials of one learner bear."""

    TOO_FEW = "too_few"
    INDICATIVE = "indicative"
    FIRM = "firm"


class Leaning(StrEnum):
    """What a learner tends to say when in doubt."""

    SUSPICIOUS = "suspicious"
    BALANCED = "balanced"
    TRUSTING = "trusting"


def corrected_rates(trials: Trials) -> tuple[float, float]:
    """Return (H', F'), strictly between 0 and 1: the log-linear correction, always applied.

    H' = (hits + ½)/(signal + 1), F' = (false alarms + ½)/(noise + 1). Source: Hautus (1995),
    Behavior Research Methods, Instruments, & Computers 27, 46–51.
    """
    hit_rate = (trials.hits + 0.5) / (trials.signal + 1)
    false_alarm_rate = (trials.false_alarms + 0.5) / (trials.noise + 1)
    return hit_rate, false_alarm_rate


def d_prime(trials: Trials) -> float:
    """Return discernment d' = z(H') − z(F'); 0 is guessing. Source: Hautus (1995)."""
    hit_z, false_alarm_z = map(NormalDist().inv_cdf, corrected_rates(trials))
    return hit_z - false_alarm_z


def criterion(trials: Trials) -> float:
    """Return bias c = −(z(H') + z(F'))/2: below 0 says "signal" too readily, above 0 too rarely.

    Source: Hautus (1995) for H' and F'.
    """
    hit_z, false_alarm_z = map(NormalDist().inv_cdf, corrected_rates(trials))
    return -(hit_z + false_alarm_z) / 2


def d_prime_error(trials: Trials) -> float:
    """Return the standard error of d', from the corrected rates; that of c is half of it.

    √(H'(1−H')/((signal+1)·φ(z(H'))²) + F'(1−F')/((noise+1)·φ(z(F'))²)), φ the standard normal
    density. Source: Gourevitch & Galanter (1967), Psychometrika 32, 25–33, with the rates of
    Hautus (1995).
    """
    normal = NormalDist()
    total = 0.0
    for rate, n in zip(corrected_rates(trials), (trials.signal, trials.noise), strict=True):
        total += rate * (1 - rate) / ((n + 1) * normal.pdf(normal.inv_cdf(rate)) ** 2)
    return math.sqrt(total)


def d_prime_interval(trials: Trials) -> tuple[float, float]:
    """Return d' ± 1.96 standard errors: its 95 % interval."""
    half = Z_95 * d_prime_error(trials)
    return d_prime(trials) - half, d_prime(trials) + half


def criterion_interval(trials: Trials) -> tuple[float, float]:
    """Return c ± 1.96 standard errors: its 95 % interval."""
    half = Z_95 * d_prime_error(trials) / 2
    return criterion(trials) - half, criterion(trials) + half


def leaning(trials: Trials) -> Leaning:
    """Return the bias in a word: balanced when |c| < 0.5, suspicious below, trusting above."""
    bias = criterion(trials)
    if abs(bias) < BALANCED_BELOW:
        return Leaning.BALANCED
    return Leaning.SUSPICIOUS if bias < 0 else Leaning.TRUSTING


def firmness(trials: Trials) -> Firmness:
    """Tell whether one learner's d' may be shown: from 10 trials of each sort, firm from 20."""
    fewest = min(trials.signal, trials.noise)
    if fewest < MINIMUM_TRIALS:
        return Firmness.TOO_FEW
    return Firmness.INDICATIVE if fewest < FIRM_TRIALS else Firmness.FIRM
