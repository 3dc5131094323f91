"""Questions as Moodle knows them, and the grades that it allows; knows no file format."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

RIGHT, HALF, WRONG = Decimal(100), Decimal(50), Decimal(0)

# fmt: off
ALLOWED = tuple(map(Decimal, (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30",
    "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0",
)))
# fmt: on
"""The percentages of a grade that Moodle has in its list; an import refuses or bends others."""

MOST_RIGHT = 20
"""Right options that one question may have: 20 × 5 %."""


@dataclass(frozen=True)
class Choice:
    """An option: HTML, the percentage of the grade that it gives or takes, HTML feedback."""

    html: str
    fraction: Decimal
    feedback: str


@dataclass(frozen=True)
class Answer:
    """An accepted number with its tolerance; both exact."""

    value: Decimal
    tolerance: Decimal


@dataclass(frozen=True)
class Label:
    """How a question is found again: an id, unique in its category, and a plain name."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """What all questions have: HTML texts; `weight` is its share of an exercise, 0–1."""

    label: Label
    html: str
    feedback: str
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, kw_only=True)
class ChoiceQuestion(Question):
    """A multiple choice: `single` for one answer, else several that add up."""

    choices: tuple[Choice, ...]
    single: bool = True


@dataclass(frozen=True, kw_only=True)
class NumberQuestion(Question):
    """A number to type; `right` is the feedback for one that is accepted."""

    answers: tuple[Answer, ...]
    right: str


def shares(n: int) -> list[Decimal]:
    """Return allowed percentages for n right options, 1–20, that add up to 100.

    Up to ten they are equal, beyond that 10 % for the first and 5 % for the rest.
    """
    if not 1 <= n <= MOST_RIGHT:
        raise ValueError(f"no grades for {n} right options")
    if n <= 10:
        equal = min(ALLOWED, key=lambda allowed: abs(allowed - Decimal(100) / n))
        return [equal] * n
    tens = MOST_RIGHT - n
    return [Decimal(10)] * tens + [Decimal(5)] * (n - tens)


def weights(parts: Sequence[int]) -> list[Decimal]:
    """Return what parts of a whole are worth, to seven places, as Moodle keeps them."""
    total = sum(parts)
    return [(Decimal(part) / total).quantize(Decimal("0.0000001")) for part in parts]


def plain(number: Decimal) -> str:
    """Write a number with a decimal point, without exponent without needless zeros and −0."""
    text = f"{number + 0:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
