"""The grounds of the heat-map: the colours of the design, and enough contrast for every text."""

import re
from itertools import pairwise

import pytest

from quizapp.paths import STATIC

ITEMS = (STATIC / "css" / "items.css").read_text("utf-8")
BASE = (STATIC / "css" / "base.css").read_text("utf-8")
DESIGN = {
    1: ("#fdf0cf", "#1b1c20"),
    2: ("#fbd48b", "#1b1c20"),
    3: ("#f3a64a", "#1b1c20"),
    4: ("#b8560b", "#fff"),
    5: ("#6b2500", "#fff"),
}
TEXT, LINE = 4.5, 3.0


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def scheme(dark: bool, name: str) -> str:
    """Return a colour of base.css in the light or the dark scheme."""
    found = re.findall(rf"--{name}: (#[0-9a-f]+);", BASE)
    return str(found[1 if dark else 0])


def test_the_reckoning_is_that_of_wcag() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("step", DESIGN)
def test_grounds_and_their_text_are_those_of_the_design(step: int) -> None:
    found = re.search(rf"\.heat-{step} {{ --heat: (#\w+); --on-heat: (#\w+); }}", ITEMS)
    assert found is not None
    assert found.groups() == DESIGN[step]
    assert contrast(*DESIGN[step]) >= TEXT


@pytest.mark.parametrize("dark", [False, True])
def test_words_without_a_ground_and_numbers_are_read_in_both_schemes(dark: bool) -> None:
    surface = scheme(dark, "surface")
    assert contrast(scheme(dark, "ink"), surface) >= TEXT
    assert contrast(scheme(dark, "accent"), surface) >= LINE  # brackets and underline


def test_grounds_grow_darker_so_that_they_hold_in_grey() -> None:
    shades = [luminance(ground) for ground, _ in DESIGN.values()]
    assert shades == sorted(shades, reverse=True)
    assert min(a - b for a, b in pairwise(shades)) > 0.05


def test_grounds_and_brackets_are_printed() -> None:
    paper = ITEMS[ITEMS.index("@media print") :]
    assert "print-color-adjust: exact" in paper
    assert ".heat-key, .heat-opens::before, .heat-closes::after { border-color: #000; }" in paper
