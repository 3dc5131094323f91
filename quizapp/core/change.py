"""How discernment and bias changed between two sets of trials; knows nothing of exercises."""

import math
from enum import StrEnum

from quizapp.core.detection import Trials, criterion, d_prime, d_prime_error
from quizapp.core.rates import Z_95


class Change(StrEnum):
    """What a before and an after say, as far as their trials bear it."""

    BETTER = "better"
    BETTER_SUSPICIOUS = "better_suspicious"
    BETTER_TRUSTING = "better_trusting"
    WORSE = "worse"
    SUSPICIOUS = "suspicious"
    TRUSTING = "trusting"
    UNCLEAR = "unclear"


def judge_change(before: Trials, after: Trials) -> Change:
    """Return how d' and c moved: a move counts from 1.96 standard errors of the difference.

    The standard error of a difference is √(e₁² + e₂²), those of c half of those of d'
    (`d_prime_error`). Spotting better comes before leaning otherwise; suspicious = c fell.
    """
    error = math.hypot(d_prime_error(before), d_prime_error(after))
    spotted = (d_prime(after) - d_prime(before)) / error
    leant = (criterion(after) - criterion(before)) / (error / 2)
    if spotted > Z_95:
        return _leaning(leant, Change.BETTER_SUSPICIOUS, Change.BETTER_TRUSTING, Change.BETTER)
    if spotted < -Z_95:
        return Change.WORSE
    return _leaning(leant, Change.SUSPICIOUS, Change.TRUSTING, Change.UNCLEAR)


def _leaning(moved: float, suspicious: Change, trusting: Change, neither: Change) -> Change:
    if moved < -Z_95:
        return suspicious
    return trusting if moved > Z_95 else neither
