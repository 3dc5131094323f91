"""The rule of five: what of a group's answers may be shown to the group; knows no page.

Displays for a class show sums over at least FLOOR learners, and so must the difference of two
displays, one after the other, and what can be worked out by subtraction.
"""

from collections.abc import Mapping
from dataclasses import dataclass

#: The smallest number of learners that a figure shown to a class may stand for.
FLOOR = 5


@dataclass(frozen=True)
class ShownCount:
    """A count as it may be shown: exactly `n` where that is not None, else at least `least`.

    Both None: not shown.
    """

    n: int | None = None
    least: int | None = None

    @property
    def shown(self) -> int | None:
        """The number to draw: the count, or the least that it can be; None where not shown."""
        return self.least if self.n is None else self.n


HIDDEN = ShownCount()


def released(n: int) -> int:
    """Return how many of n learners are shown: groups of FLOOR, so that no step shows fewer."""
    if n < 0:
        raise ValueError(f"{n} learners")
    return n - n % FLOOR


def show_part(n: int, total: int) -> ShownCount:
    """Return how a part n of `total` is shown: neither it nor the rest is shown under FLOOR.

    A rest under FLOOR makes it "at least total − FLOOR + 1". Raises ValueError unless
    0 ≤ n ≤ total.
    """
    if not 0 <= n <= total:
        raise ValueError(f"{n} of {total}")
    if total < FLOOR or n < FLOOR:
        return HIDDEN
    if total - n < FLOOR:
        # With few learners the bound itself would be a small number.
        least = total - FLOOR + 1
        return ShownCount(least=least) if least >= FLOOR else HIDDEN
    return ShownCount(n)


def show_options(counts: Mapping[str, int], total: int) -> dict[str, ShownCount]:
    """Return how the counts of options are shown of which each of `total` learners chose one.

    Those under FLOOR are hidden, and the next smallest with them until what is hidden stands for
    at least FLOOR learners or nobody, since it is the total less what is shown. Where a single one
    is left it is shown as "at least". Learners who chose none of them belong to what is hidden.
    """
    if sum(counts.values()) > total:
        raise ValueError(f"{sum(counts.values())} answers of {total} learners")
    by_size = sorted((n, name) for name, n in counts.items() if n >= FLOOR)
    rest = total - sum(n for n, _ in by_size)
    while len(by_size) > 1 and 0 < rest < FLOOR:
        rest += by_size.pop(0)[0]
    seen = {name for _, name in by_size}
    return {name: show_part(n, total) if name in seen else HIDDEN for name, n in counts.items()}
