"""Measures as CPU time and medians, which other work on the machine disturbs least."""

import statistics
import sys
import time
from collections.abc import Callable

import pytest

RUNS = 5


def cpu_of(pid: int) -> float:
    """Return the seconds of CPU that a process of this machine has used so far."""
    return time.clock_gettime((~pid << 3) | 2)  # clock_getcpuclockid(3) of Linux


def cpu(act: Callable[[], object]) -> float:
    """Return the seconds of CPU that this process needs to run `act`."""
    started = time.process_time()
    act()
    return time.process_time() - started


def median(figures: list[float]) -> float:
    """Return the median, which one disturbed run does not move."""
    return statistics.median(figures)


def ratio(tops: list[float], bottoms: list[float]) -> float:
    """Return the median of the ratios of pairs of runs, one soon after the other."""
    return median([top / bottom for top, bottom in zip(tops, bottoms, strict=True)])


def report(what: str, figure: float, aim: float, check: float, unit: str = "×") -> None:
    """Print a figure beside its aim, and fail when it is beyond the check against regressions."""
    met = "met" if figure <= aim else "NOT MET"
    print(f"\n{what}: {figure:.2f} {unit} (aim {aim:g}: {met}; check {check:g})")
    assert figure <= check, f"{what}: {figure:.2f} {unit}, more than {check:g}"


linux = pytest.mark.skipif(sys.platform != "linux", reason="reads CPU clocks of other processes")
