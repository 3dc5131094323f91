"""Where the points of a class lie in the picture of discernment and bias; knows no word."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.store.results.discernment import Discernment, Shift, Standing
from quizapp.store.results.skills import LearnerSkills

WIDTH, HEIGHT = 420, 320
LEFT, RIGHT, TOP, BOTTOM = 34, 410, 16, 268
BIAS = 2.25
"""The largest |c| drawn; with forty cases of each sort no learner goes beyond."""
LOWEST, HIGHEST = -1.0, 4.0
RADIUS = 8.0
"""Of a dot that holds a number, in units of the picture."""
ROUNDS = 60
HEAD = 8.0


@dataclass(frozen=True)
class Dot:
    """A learner at their place; `number` leads to the table."""

    number: int
    x: float
    y: float
    row: LearnerSkills


@dataclass(frozen=True)
class Arrow:
    """A move from one form to the other: the line and the three corners of its head."""

    number: int | None
    line: str
    head: str
    end: tuple[float, float]
    shift: Shift


@dataclass(frozen=True)
class Picture:
    """The points of a class, in units of the picture."""

    dots: tuple[Dot, ...]
    median: tuple[float, float] | None
    pool: tuple[float, float] | None


def place(c: float, d: float) -> tuple[float, float]:
    """Return where a bias and a discernment lie: trusting left, suspicious right, better up.

    What lies beyond the frame is drawn on its edge.
    """
    across = (BIAS - max(-BIAS, min(BIAS, c))) / (2 * BIAS)
    up = (max(LOWEST, min(HIGHEST, d)) - LOWEST) / (HIGHEST - LOWEST)
    return LEFT + across * (RIGHT - LEFT), BOTTOM - up * (BOTTOM - TOP)


def draw(found: Discernment) -> Picture:
    """Return the picture of a class; learners are numbered from the best discernment down."""
    rows = sorted(found.shown, key=lambda row: -(row.overall.d_prime or 0))
    points = [_place(Standing(row.overall.trials)) for row in rows]
    median = place(*found.median) if found.median else None
    pool = _place(found.pool) if found.pool else None
    apart = spread(points, [mark for mark in (median, pool) if mark])
    dots = [Dot(n, *apart[n - 1], row) for n, row in enumerate(rows, 1)]
    return Picture(tuple(dots), median, pool)


def draw_arrows(shifts: Iterable[Shift], *, numbered: bool) -> list[Arrow]:
    """Return the arrows of moves, those of learners numbered in their order."""
    return [_arrow(shift, number if numbered else None) for number, shift in enumerate(shifts, 1)]


def spread(
    points: Sequence[tuple[float, float]], marks: Sequence[tuple[float, float]] = ()
) -> list[tuple[float, float]]:
    """Push dots that would cover one another, or a mark, just far enough apart to be read."""
    placed = [list(point) for point in points]
    for _ in range(ROUNDS):
        pairs = [(one, other) for i, one in enumerate(placed) for other in placed[:i]]
        pairs += [(one, list(mark)) for one in placed for mark in marks]
        moved = [_part(*pair, angle=i) for i, pair in enumerate(pairs)]
        if not any(moved):
            break
    return [(x, y) for x, y in placed]


def _part(one: list[float], other: list[float], *, angle: int) -> bool:
    """Push two points apart where they are too near; tell whether they were."""
    across, down = one[0] - other[0], one[1] - other[1]
    distance = math.hypot(across, down)
    missing = 2 * RADIUS - distance
    if missing <= 0.01:
        return False
    if distance < 0.01:
        across, down, distance = math.cos(angle), math.sin(angle), 1.0
    for point, sign in ((one, 1), (other, -1)):
        moved = point[0] + sign * across / distance * missing / 2
        point[0] = min(RIGHT - RADIUS, max(LEFT + RADIUS, moved))
        moved = point[1] + sign * down / distance * missing / 2
        point[1] = min(BOTTOM - RADIUS, max(TOP + RADIUS, moved))
    return True


def _place(standing: Standing) -> tuple[float, float]:
    return place(standing.criterion, standing.d_prime)


def _arrow(shift: Shift, number: int | None) -> Arrow:
    (x1, y1), (x2, y2) = _place(shift.before), _place(shift.after)
    angle = math.atan2(y2 - y1, x2 - x1)
    corners = [(x2, y2)] + [
        (x2 - HEAD * math.cos(angle + turn), y2 - HEAD * math.sin(angle + turn))
        for turn in (0.45, -0.45)
    ]
    head = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"
    return Arrow(number, f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}", head, (x2, y2), shift)
