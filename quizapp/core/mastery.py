"""The word for a learner's hold of one skill; knows the rule, not where the answers come from.

The rule, in this order, over the last WINDOW distinct exercises of the skill at first response:
1. fewer than MINIMUM exercises: not enough to tell;
2. Wilson lower bound of the rate right ≥ ACQUIRED_FROM and |c| < BALANCED_BELOW: acquired;
3. rate right < NEEDS_WORK_BELOW: needs work;
4. else: progressing.
Levels can go down. The pages print the rule from these constants.
"""

from enum import StrEnum

from quizapp.core.detection import BALANCED_BELOW, Trials, criterion
from quizapp.core.rates import wilson_interval

#: Distinct exercises looked at, the latest first.
WINDOW = 20
#: Exercises needed before anything is said.
MINIMUM = 8
#: Step-1 points (of 10,000) from which a first response is right.
RIGHT_FROM = 7_500
#: The Wilson 95 % lower bound of the rate right needed for "acquired".
ACQUIRED_FROM = 0.5
#: The bias |c| needed for "acquired" is under this.
BIAS_BELOW = BALANCED_BELOW
#: The rate right under which the skill needs work.
NEEDS_WORK_BELOW = 0.5


class Mastery(StrEnum):
    """The four words for a skill."""

    NOT_ENOUGH = "not_enough"
    NEEDS_WORK = "needs_work"
    PROGRESSING = "progressing"
    ACQUIRED = "acquired"


def is_right(points: int) -> bool:
    """Tell whether step-1 points (0–10,000) count as right."""
    return points >= RIGHT_FROM


def judge(right: int, n: int, trials: Trials) -> Mastery:
    """Return the word for `right` of `n` exercises and their trials, by the rule above.

    The caller picks the exercises (see WINDOW). Raises ValueError unless 0 ≤ right ≤ n.
    """
    interval = wilson_interval(right, n)
    if interval is None or n < MINIMUM:
        return Mastery.NOT_ENOUGH
    if interval[0] >= ACQUIRED_FROM and abs(criterion(trials)) < BIAS_BELOW:
        return Mastery.ACQUIRED
    if right / n < NEEDS_WORK_BELOW:
        return Mastery.NEEDS_WORK
    return Mastery.PROGRESSING
